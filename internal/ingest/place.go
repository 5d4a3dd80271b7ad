package ingest

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
)

// A placer gives sites their position, time zone and areas.
type placer struct {
	Places
	towns map[string]gazetteer.Place // by "city, region"; many rows share a town
	zones map[string]bool            // IANA names that were looked up
}

func newPlacer(p Places) placer {
	return placer{Places: p, towns: map[string]gazetteer.Place{}, zones: map[string]bool{}}
}

// place sets the position: the row's own coordinates, else its address in the
// street file, else the middle of its postal code, else of its town, else none.
// The precision says which. The areas are those of the place that was found, so
// that a site stands on the pages of its town and county. A site that is known
// by state only gets no time zone: a state may have two.
func (p placer) place(r *row, s *site.Site, survey *survey) {
	postcode, hasPostcode := p.postcode(r, s)
	town, hasTown := p.town(r, s)
	if run, ok := survey.runs[r.record.Row]; ok && hasPostcode && hasTown && !sameTown(postcode.Town, town.Name) {
		r.warn("zip_sequence", colPostalCode, fmt.Sprintf("the postal codes of rows %d to %d rise by one, as if a spreadsheet had filled them in, and this one is that of %s; it was not used", run[0], run[1], postcode.Town))
		hasPostcode = false
	}
	score := lowScore(r)
	if own, ok := r.position(survey); ok {
		s.Position = site.Position{Point: rounded(own), Precision: precision(r, score)}
		s.TimeZone = p.zoneAt(own, town, postcode)
	} else if s.Kind.Visited() {
		s.Position = p.found(s, postcode, hasPostcode, town, hasTown)
		if !s.Position.Known() {
			r.warn("no_position", noColumn, "it has neither coordinates nor a postal code nor a town that is known; it is listed by state and not on a map")
		}
	}
	if hasTown {
		s.Address.Town, s.Address.County = town.Slug, town.County
	}
	if hasPostcode && postcode.County != "" {
		s.Address.County = postcode.County
	}
	s.TimeZone = firstOf(p.zone(r), s.TimeZone, postcode.TimeZone, town.TimeZone)
}

// localMetres is how near its town a site is in the town's own time zone.
const localMetres = 20_000

// zoneAt is the time zone of a point: that of the row's own town where it is
// near, else that of the nearest town.
func (p placer) zoneAt(own orb.Point, town, postcode gazetteer.Place) string {
	agree := postcode.TimeZone == "" || postcode.TimeZone == town.TimeZone
	if town.TimeZone != "" && agree && geo.Distance(own, town.Point) < localMetres {
		return town.TimeZone
	}
	nearest, _ := p.Gazetteer.NearestTown(own)
	return nearest.TimeZone
}

// found places a site that has no coordinates of its own.
func (p placer) found(s *site.Site, postcode gazetteer.Place, hasPostcode bool, town gazetteer.Place, hasTown bool) site.Position {
	if p.Find != nil && s.Address.Street != "" {
		a := s.Address
		if point, precision, ok := p.Find(a.Street, a.City, a.Region, a.PostalCode, a.Country); ok {
			return site.Position{Point: rounded(point), Precision: precision}
		}
	}
	switch {
	case hasPostcode:
		return site.Position{Point: postcode.Point, Precision: site.AtPostcode, Of: postcode.Name}
	case hasTown:
		return site.Position{Point: town.Point, Precision: site.AtTown, Of: town.Name}
	}
	return site.Position{}
}

// sameTown says whether two names are of one town.
func sameTown(a, b string) bool { return gazetteer.Key(a) == gazetteer.Key(b) }

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// leastScore is the match score, of 100, below which a geocoder was not sure of
// the house: 46 of 1,043 rows of New Jersey's list.
const leastScore = 90

// lowScore says whether a geocoder was not sure of the house.
func lowScore(r *row) bool {
	text := strings.TrimSuffix(r.get(colMatchScore), "%")
	if text == "" {
		return false
	}
	score, err := strconv.ParseFloat(text, 64)
	if err != nil {
		r.warn("unknown_word", colMatchScore, fmt.Sprintf("%q is not a score from 0 to 100", text))
		return false
	}
	if score >= leastScore {
		return false
	}
	r.warn("low_match_score", colMatchScore, fmt.Sprintf("its position was matched with a score below %d; it is taken as near and not exact", leastScore))
	return true
}

// precision is what the row says of its coordinates. A low match score makes it
// no finer than the street.
func precision(r *row, lowScore bool) site.Precision {
	p := oneOf(r, colPrecision, site.Exact, site.Precisions())
	if lowScore && (p == site.Exact || p == site.AtAddress) {
		return site.AtStreet
	}
	return p
}

// point is the row's own point, before it is judged: the geometry, or the
// columns. Only what is no place on the globe is left out.
func (r *row) point() (orb.Point, bool) {
	if r.record.Point != nil {
		return *r.record.Point, onGlobe(*r.record.Point) && *r.record.Point != orb.Point{}
	}
	if r.get(colLat) == "" || r.get(colLon) == "" {
		return orb.Point{}, false
	}
	lat, latErr := strconv.ParseFloat(r.get(colLat), 64)
	lon, lonErr := strconv.ParseFloat(r.get(colLon), 64)
	p := orb.Point{lon, lat}
	return p, latErr == nil && lonErr == nil && onGlobe(p) && p != orb.Point{}
}

// onGlobe says whether a point is degrees: not NaN, not projected metres.
func onGlobe(p orb.Point) bool { return math.Abs(p.Lat()) <= 90 && math.Abs(p.Lon()) <= 180 }

// position is the row's own point where it can be believed; where not, a
// warning says why and the row is placed by its address.
func (r *row) position(survey *survey) (orb.Point, bool) {
	p, ok := r.point()
	latText, lonText := r.get(colLat), r.get(colLon)
	if !ok && r.record.Point == nil && latText == "" && lonText == "" {
		return p, false
	}
	warn := func(code, text string) (orb.Point, bool) {
		c := colLat
		if r.record.Point != nil {
			c = noColumn
		}
		r.warn(code, c, text)
		return p, false
	}
	if r.record.Point == nil && !ok {
		lat, latErr := strconv.ParseFloat(latText, 64)
		lon, lonErr := strconv.ParseFloat(lonText, 64)
		if latErr != nil || lonErr != nil || math.IsNaN(lat) || math.IsNaN(lon) {
			return warn("bad_coordinates", fmt.Sprintf("%q, %q are not degrees", latText, lonText))
		}
		p = orb.Point{lon, lat}
	}
	switch {
	case p == orb.Point{}:
		return warn("zero_coordinates", "0,0 is a missing value and not a place")
	case !onGlobe(p) && onGlobe(swapped(p)) && r.covers(swapped(p)):
		return warn("swapped_axes", "latitude and longitude have changed places; they were not used")
	case math.Abs(p.Lon()) > 180 && math.Abs(p.Lat()) > 90:
		return warn("projected_coordinates", "they are not degrees but metres or feet of a map projection; ask the publisher for WGS84, or the server for outSR=4326")
	case !onGlobe(p):
		return warn("bad_coordinates", "they are out of range; are they swapped, or projected metres?")
	case !r.covers(p) && r.covers(swapped(p)):
		return warn("swapped_axes", "they lie in the area or the country of the source only with latitude and longitude exchanged; they were not used")
	case !r.covers(p):
		return warn("outside_coverage", "they lie outside the area that the source covers, or outside its country; they were not used")
	}
	if _, ok := survey.clusters[pinOf(p)]; ok {
		return warn("coordinate_cluster", "rows of three or more different addresses have these same coordinates: they are a default or the middle of an area; they were not used")
	}
	return p, true
}

func swapped(p orb.Point) orb.Point { return orb.Point{p[1], p[0]} }

// covers says whether a point lies in the coverage of the source; without one,
// in its country, which is wide and still tells a lost sign or a swap.
func (r *row) covers(p orb.Point) bool {
	if r.plan.Coverage != nil {
		return r.plan.Coverage.Contains(p)
	}
	lon, lat := p.Lon(), p.Lat()
	switch strings.ToUpper(firstOf(r.get(colCountry), r.plan.Country)) {
	case "US": // from Maine and Samoa to Alaska; Guam and the last Aleutians are beyond 180
		return lat > -15 && lat < 72 && (lon < -64 || lon > 144)
	case "CA":
		return lat > 41 && lat < 84 && lon > -142 && lon < -52
	}
	return true
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
	place, ok := p.Gazetteer.Postcode(code)
	switch {
	case !ok:
		r.warn("unknown_postcode", colPostalCode, "the gazetteer does not know this postal code")
	case s.Address.Region != "" && place.Region != s.Address.Region || place.Country != s.Address.Country:
		r.warn("zip_not_in_state", colPostalCode, fmt.Sprintf("%s is in %s, the row says %s; it was not used", code, place.Region, s.Address.Region))
		return gazetteer.Place{}, false
	}
	return place, ok
}

func (p placer) town(r *row, s *site.Site) (gazetteer.Place, bool) {
	city := s.Address.City
	if city == "" {
		return gazetteer.Place{}, false
	}
	place := p.townNamed(city, s.Address.Region, s.Address.Country)
	if place.Name == "" {
		c := colCity
		if r.get(colCity) == "" {
			c = colFullAddress
		}
		r.warn("unknown_town", c, fmt.Sprintf("the gazetteer does not know %s, %s", city, s.Address.Region))
		return place, false
	}
	return place, true
}

// townNamed finds a town; its name is empty for none. Many rows share one.
func (p placer) townNamed(city, region, country string) gazetteer.Place {
	key := city + ", " + region
	place, done := p.towns[key]
	if !done {
		place = p.resolveTown(key, region, country)
		if len(p.towns) >= maxCached {
			clear(p.towns)
		}
		p.towns[key] = place
	}
	return place
}

// resolveTown finds the town in the row's own region and nowhere else. A
// corrected spelling is not good enough to put a site on a map.
func (p placer) resolveTown(text, region, country string) gazetteer.Place {
	answer := p.Gazetteer.Resolve(text)
	if answer.Near || answer.Part {
		return gazetteer.Place{}
	}
	for _, place := range answer.Places {
		settled := place.Kind == gazetteer.Town || place.Kind == gazetteer.Neighbourhood
		if settled && place.Region == region && place.Country == country {
			return place
		}
	}
	return gazetteer.Place{}
}

// zone keeps an IANA name that this binary knows.
func (p placer) zone(r *row) string {
	name := r.get(colTimeZone)
	if name == "" {
		return ""
	}
	known, done := p.zones[name]
	if !done {
		_, err := time.LoadLocation(name)
		known = err == nil && name != "Local"
		if len(p.zones) < maxCached {
			p.zones[name] = known
		}
	}
	if !known {
		r.warn("unknown_time_zone", colTimeZone, fmt.Sprintf("%q is not an IANA time zone", name))
		return ""
	}
	return name
}

// decimals of a degree are a tenth of a metre. What is finer is noise of whoever
// worked the position out, and would be a change with every release.
const decimals = 1e6

func rounded(p orb.Point) orb.Point {
	return orb.Point{math.Round(p.Lon()*decimals) / decimals, math.Round(p.Lat()*decimals) / decimals}
}
