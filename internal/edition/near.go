package edition

import (
	"slices"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/site"
)

// NearbyMetres is how far a place may be and still be told of as left out. It is
// 50 miles: further away, that a place may be open helps nobody.
const NearbyMetres = 80_467

// A Hit is a site found by a search.
type Hit struct {
	Site    *site.Site
	Zone    *time.Location // nil where not known
	Metres  float64        // on the globe, between the origin and the site's point
	Rank    float64        // what a list is in the order of: Metres, or more (see Ranked)
	Opening site.Opening
}

// Found is a page of hits in the order of their ranks, ties by id.
type Found struct {
	Hits []Hit
	More bool // there are further hits
	// LeftOut counts, by the question that has no answer, the sites that may
	// meet the filter and are nearer than the nearest hit or within NearbyMetres.
	LeftOut map[Question]int
	Hidden  int // as near as that, and left out by the policy alone
}

// Near finds sites around from that meet the filter: limit of them after the
// first skip. Hours are judged at at.
func (e *Edition) Near(from orb.Point, f Filter, at time.Time, skip, limit int) Found {
	return e.Ranked(from, f, site.Policy{}, at, skip, limit)
}

func (e *Edition) hit(i int32, at time.Time) Hit {
	s := &e.sites[i]
	return Hit{Site: s, Zone: e.zones[i], Opening: s.OpenAt(at, e.zones[i])}
}

// Remote lists the mail, phone and delivery services of a state or province
// that meet the supplies of the filter, by name; what else the filter asks
// does not apply to them.
func (e *Edition) Remote(country, region string, f Filter, at time.Time) []Hit {
	supplies := Filter{Need: f.Need}
	return e.byName(e.apart[Area{Country: country, Region: region}], at, func(s *site.Site) bool {
		keep, _ := supplies.Keeps(s, nil)
		return keep && !s.Kind.Visited()
	})
}

// Unplaced lists the sites to visit in a state or province that no list by
// distance can hold, because nobody says where they are.
func (e *Edition) Unplaced(country, region string, f Filter, at time.Time) []Hit {
	return e.byName(e.apart[Area{Country: country, Region: region}], at, func(s *site.Site) bool {
		keep, _ := f.Keeps(s, nil)
		return keep && s.Kind.Visited()
	})
}

// Coarser gives the coarser of two precisions: a distance is written no finer
// than that.
func Coarser(a, b site.Precision) site.Precision {
	all := site.Precisions()
	if slices.Index(all, a) > slices.Index(all, b) {
		return a
	}
	return b
}
