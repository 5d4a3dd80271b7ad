package web

import (
	"github.com/paulmach/orb"

	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
)

// An origin is where distances are measured from: the middle of an area, or a
// position that a person gave. A given one is never written anywhere.
type origin struct {
	point     orb.Point
	precision site.Precision  // of the point: never finer than it is known
	place     gazetteer.Place // the area, or the nearest town to a position
	given     bool            // a position or an address, not an area with a page
	part      bool            // only a part of the typed text was used
}

// originOf measures from the middle of an area.
func originOf(p gazetteer.Place) origin {
	return origin{point: p.Point, precision: precisionOf(p.Precision), place: p}
}

// originAt measures from a position; the nearest town stands for it in words.
func (t *tongue) originAt(p orb.Point, precision site.Precision) origin {
	town, _ := t.Places.NearestTown(p)
	return origin{point: p, precision: precision, place: town, given: true}
}

// sortable says whether a phone may sort the list by the exact distance, which
// it knows and we don't.
func (o origin) sortable() bool { return o.given && o.precision == devicePrecision }

// devicePrecision is that of a position rounded to 0.01 degree.
const devicePrecision = site.AtStreet

// precisionOf puts the gazetteer's words into the site's. The middle of a
// county or a state says no more than the middle of a town.
func precisionOf(p gazetteer.Precision) site.Precision {
	for _, known := range site.Precisions() {
		if string(known) == string(p) {
			return known
		}
	}
	return site.AtTown
}

// unit is what people measure with there.
func (o origin) unit() words.Unit {
	if o.place.Country == "US" {
		return words.Miles
	}
	return words.Kilometres
}

// steps is how finely a distance may be written, in miles and in kilometres, by
// the coarser end. The middle of a ZIP is 2.6 km from its addresses and the
// middle of a town 4.5 km, at the median (reference measurements on 3,220 real
// addresses): writing less than that would be made up.
var steps = map[site.Precision][2]float64{
	site.Exact:      {words.Miles: 0.1, words.Kilometres: 0.1},
	site.AtAddress:  {words.Miles: 0.1, words.Kilometres: 0.1},
	site.AtStreet:   {words.Miles: 0.5, words.Kilometres: 1},
	site.AtPostcode: {words.Miles: 1, words.Kilometres: 2},
	site.AtTown:     {words.Miles: 5, words.Kilometres: 5},
}

// From these distances on, in metres, a whole number says enough, and then tens.
const (
	wholeFrom = 1_600
	tensFrom  = 160_000
)

// distance says how far a hit is, with its honesty: from what it was measured,
// and what is not known of where it ends.
func (t *tongue) distance(o origin, h edition.Hit) string { return t.distanceFrom(o, h, !o.given) }

// distanceOnPaper does not say from what it was measured: the sheet says it once.
func (t *tongue) distanceOnPaper(o origin, h edition.Hit) string { return t.distanceFrom(o, h, false) }

func (t *tongue) distanceFrom(o origin, h edition.Hit, named bool) string {
	pos, asked := h.Site.Position, ""
	if h.Site.Consent.Position != site.RevealAll {
		asked = "_withheld"
	}
	if !pos.Mapped() && sameArea(o, h.Site) {
		return t.say.T("distance.in_area"+asked, "area", pos.Of)
	}
	text := t.length(o, h)
	if named {
		text = t.say.T("distance.from_middle", "distance", text, "area", o.place.Name)
	}
	if !pos.Mapped() {
		text = t.say.T("distance.to_middle"+asked, "distance", text, "area", pos.Of)
	}
	return words.Capital(t.say.Sentence(text))
}

// length is how far a hit is, as finely as both of its ends are known.
func (t *tongue) length(o origin, h edition.Hit) string {
	precision := edition.Coarser(o.precision, h.Site.Position.Precision)
	return t.say.Distance(h.Metres, o.unit(), o.step(precision, h.Metres))
}

// step is how finely a distance may be written.
func (o origin) step(p site.Precision, metres float64) float64 {
	step := steps[p][o.unit()]
	switch {
	case metres >= tensFrom:
		return max(step, 10)
	case metres >= wholeFrom:
		return max(step, 1)
	}
	return step
}

// sameArea says whether a site that is known only by its area lies in the area
// that the person asked about, so that any number would be made up.
func sameArea(o origin, s *site.Site) bool {
	if o.given || o.place.Region != s.Address.Region || o.place.Country != s.Address.Country {
		return false
	}
	switch s.Position.Precision {
	case site.AtPostcode:
		return o.place.Kind == gazetteer.Postcode && o.place.Name == s.Position.Of
	case site.AtTown:
		return o.place.Slug == s.Address.Town || o.place.Kind == gazetteer.Postcode && o.place.Town == s.Position.Of
	}
	return false
}

// placeName names a place with its state or province: "Chicago, IL", "94103".
func (t *tongue) placeName(p gazetteer.Place) string {
	if p.Kind == gazetteer.Postcode || p.Kind == gazetteer.State || p.Region == "" {
		return p.Name
	}
	return p.Name + ", " + p.Region
}
