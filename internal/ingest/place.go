package ingest

import (
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
)

// A placer gives sites their position, time zone and areas from the gazetteer.
type placer struct {
	places *gazetteer.Gazetteer
	towns  map[string]gazetteer.Place // by "city|region|country"; many rows share a town
}

func newPlacer(places *gazetteer.Gazetteer) placer {
	return placer{places: places, towns: map[string]gazetteer.Place{}}
}

// place sets the position: the row's own coordinates, else the middle of its
// postal code, else of its town, else none. The precision says which. The
// areas are those of the place that was found, so that a site stands on the
// pages of its town and county. A site that is known by state only gets no time
// zone: a state may have two.
func (p placer) place(r *row, s *site.Site) {
	postcode, hasPostcode := p.postcode(r, s)
	town, hasTown := p.town(r, s)
	switch own, ok := coordinates(r); {
	case ok:
		s.Position = site.Position{Point: own, Precision: oneOf(r, "precision", site.Exact, site.Precisions())}
		if nearest, _ := p.places.NearestTown(own); s.TimeZone == "" {
			s.TimeZone = nearest.TimeZone
		}
	case !s.Kind.Visited():
	case hasPostcode:
		s.Position = site.Position{Point: postcode.Point, Precision: site.AtPostcode, Of: postcode.Name}
	case hasTown:
		s.Position = site.Position{Point: town.Point, Precision: site.AtTown, Of: town.Name}
	default:
		r.warn("no_position", "", "it has neither coordinates nor a postal code nor a town that is known; it is listed by state and not on a map")
	}
	if hasTown {
		s.Address.Town, s.Address.County = town.Slug, town.County
	}
	if hasPostcode && postcode.County != "" {
		s.Address.County = postcode.County
	}
	s.TimeZone = firstOf(zone(r), s.TimeZone, postcode.TimeZone, town.TimeZone)
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// coordinates reads the lat and lon columns, in degrees. A pair that is not a
// place on land that anyone could mean is dropped with a warning.
func coordinates(r *row) (orb.Point, bool) {
	latText, lonText := r.get("lat"), r.get("lon")
	if latText == "" && lonText == "" {
		return orb.Point{}, false
	}
	lat, latErr := strconv.ParseFloat(latText, 64)
	lon, lonErr := strconv.ParseFloat(lonText, 64)
	switch {
	case latErr != nil || lonErr != nil || math.IsNaN(lat) || math.IsNaN(lon):
		r.warn("bad_coordinates", "lat", fmt.Sprintf("%q, %q are not degrees", latText, lonText))
	case math.Abs(lat) > 90 || math.Abs(lon) > 180:
		r.warn("bad_coordinates", "lat", "they are out of range; are they swapped, or projected metres?")
	case lat == 0 && lon == 0:
		r.warn("bad_coordinates", "lat", "0,0 is a missing value and not a place")
	default:
		return orb.Point{lon, lat}, true
	}
	return orb.Point{}, false
}

func (p placer) postcode(r *row, s *site.Site) (gazetteer.Place, bool) {
	code := s.Address.PostalCode
	if code == "" {
		return gazetteer.Place{}, false
	}
	if s.Address.Country == "CA" && len(code) > 3 {
		code = code[:3]
	}
	if s.Address.Country == "US" && len(code) > 5 {
		code = code[:5]
	}
	place, ok := p.places.Postcode(code)
	switch {
	case !ok:
		r.warn("unknown_postcode", "postal_code", "the gazetteer does not know this postal code")
	case place.Region != s.Address.Region || place.Country != s.Address.Country:
		r.warn("postcode_in_another_region", "postal_code", fmt.Sprintf("%s is in %s, the row says %s; it was not used", code, place.Region, s.Address.Region))
		return gazetteer.Place{}, false
	}
	return place, ok
}

func (p placer) town(r *row, s *site.Site) (gazetteer.Place, bool) {
	city := s.Address.City
	if city == "" {
		return gazetteer.Place{}, false
	}
	key := city + ", " + s.Address.Region
	place, done := p.towns[key]
	if !done {
		place = p.resolveTown(key, s)
		p.towns[key] = place
	}
	if place.Name == "" {
		r.warn("unknown_town", "city", fmt.Sprintf("the gazetteer does not know %s", key))
		return place, false
	}
	return place, true
}

// resolveTown finds the town in the row's own region and nowhere else. A
// corrected spelling is not good enough to put a site on a map.
func (p placer) resolveTown(text string, s *site.Site) gazetteer.Place {
	answer := p.places.Resolve(text)
	if answer.Near || answer.Part {
		return gazetteer.Place{}
	}
	for _, place := range answer.Places {
		settled := place.Kind == gazetteer.Town || place.Kind == gazetteer.Neighbourhood
		if settled && place.Region == s.Address.Region && place.Country == s.Address.Country {
			return place
		}
	}
	return gazetteer.Place{}
}
