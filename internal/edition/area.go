package edition

import (
	"slices"
	"strings"
	"time"

	"carrypoint/internal/site"
)

// An Area names a country, a state or province, and in it a county or a town,
// by the gazetteer's slugs in lower case. What is empty is not asked about:
// {"us", "il", "", ""} is all of Illinois.
type Area struct{ Country, Region, County, Town string }

// areasOf lists the areas that a site lies in: its country, its state or
// province, then what is finer.
func areasOf(s *site.Site) []Area {
	country, region := strings.ToLower(s.Address.Country), strings.ToLower(s.Address.Region)
	areas := []Area{{Country: country}, {Country: country, Region: region}}
	if s.Address.County != "" {
		areas = append(areas, Area{Country: country, Region: region, County: s.Address.County})
	}
	if s.Address.Town != "" {
		areas = append(areas, Area{Country: country, Region: region, Town: s.Address.Town})
	}
	return areas
}

func (e *Edition) indexAreas() {
	e.areas, e.apart = map[Area][]int32{}, map[Area][]int32{}
	for i := range e.sites {
		s := &e.sites[i]
		areas := areasOf(s)
		for _, area := range areas {
			e.areas[area] = append(e.areas[area], int32(i))
		}
		if !s.Kind.Visited() || !s.Position.Known() {
			e.apart[areas[1]] = append(e.apart[areas[1]], int32(i))
		}
	}
}

// Count is the number of sites of any kind in an area.
func (e *Edition) Count(area Area) int { return len(e.areas[area]) }

// byName lists those sites that keep agrees to, by name.
func (e *Edition) byName(sites []int32, at time.Time, keep func(*site.Site) bool) []Hit {
	var hits []Hit
	for _, i := range sites {
		if keep(&e.sites[i]) {
			hits = append(hits, e.hit(i, at))
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return strings.Compare(a.Site.Name, b.Site.Name) })
	return hits
}

// Regions lists the states and provinces of a country that have sites, and
// Within the counties and towns of a region that do, both by slug.
func (e *Edition) Regions(country string) []Area {
	return e.listed(func(a Area) bool {
		return a.Country == country && a.Region != "" && a.County == "" && a.Town == ""
	})
}

// Within lists the counties and towns of a region that have sites, by slug.
func (e *Edition) Within(country, region string) []Area {
	return e.listed(func(a Area) bool {
		return a.Country == country && a.Region == region && (a.County != "" || a.Town != "")
	})
}

func (e *Edition) listed(keep func(Area) bool) []Area {
	var areas []Area
	for area := range e.areas {
		if keep(area) {
			areas = append(areas, area)
		}
	}
	slices.SortFunc(areas, func(a, b Area) int {
		return strings.Compare(a.Region+"/"+a.County+"/"+a.Town, b.Region+"/"+b.County+"/"+b.Town)
	})
	return areas
}
