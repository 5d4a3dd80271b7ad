package edition

import (
	"slices"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/nearest"
	"carrypoint/internal/site"
)

// NearbyMetres is how far a place may be and still be told of as left out. It is
// 50 miles: further away, that a place may be open helps nobody.
const NearbyMetres = 80_467

// firstBatch is how many sites are looked at first when the filter must look at
// each of them: enough for a page under most filters.
const firstBatch = 64

// maxLooked is how many sites are looked at one by one, at most. What is open
// behind four thousand nearer ones is of no use, and looking takes time.
const maxLooked = 4096

// A Hit is a site found by a search.
type Hit struct {
	Site    *site.Site
	Zone    *time.Location // nil where not known
	Metres  float64        // on the globe, between the origin and the site's point
	Opening site.Opening
}

// Found is a page of hits, nearest first, ties by id.
type Found struct {
	Hits []Hit
	More bool // there are further hits
	// LeftOut counts, by the question that has no answer, the sites that may
	// meet the filter and are nearer than the first hit or within NearbyMetres.
	LeftOut map[Question]int
}

// Near finds sites around from that meet the filter: limit of them after the
// first skip. Hours are judged at at.
func (e *Edition) Near(from orb.Point, f Filter, at time.Time, skip, limit int) Found {
	want := skip + limit + 1 // one more tells whether there are more
	kept, leftOut := e.search(from, f, want)
	found := Found{More: len(kept) == want, LeftOut: leftOut}
	for _, n := range kept[min(skip, len(kept)):min(skip+limit, len(kept))] {
		hit := e.hit(e.found[n.Number], at)
		hit.Metres = n.Metres
		found.Hits = append(found.Hits, hit)
	}
	return found
}

// search finds the sites that meet the filter, and counts those that may.
func (e *Edition) search(from orb.Point, f Filter, want int) ([]nearest.Neighbour, map[Question]int) {
	kept := e.keep(from, f, want)
	if !f.asks() {
		return kept, nil
	}
	return kept, e.leftOut(from, f, kept)
}

// keep asks the index for ever more neighbours until enough meet the filter.
func (e *Edition) keep(from orb.Point, f Filter, want int) []nearest.Neighbour {
	index := f.certain()
	index.Keep = e.within(f.Within)
	if !f.looks() {
		return e.index.Near(nil, from, want, index)
	}
	for batch := firstBatch; ; batch = min(4*batch, maxLooked) {
		near := e.index.Near(nil, from, batch, index)
		last := len(near) < batch || batch == maxLooked
		kept := slices.DeleteFunc(near, func(n nearest.Neighbour) bool {
			keep, _ := f.Keeps(&e.sites[e.found[n.Number]], e.zones[e.found[n.Number]])
			return !keep
		})
		if len(kept) >= want || last {
			return kept[:min(want, len(kept))]
		}
	}
}

// leftOut counts the sites that may meet the filter, by what is not known.
func (e *Edition) leftOut(from orb.Point, f Filter, kept []nearest.Neighbour) map[Question]int {
	reach := float64(NearbyMetres)
	if len(kept) > 0 {
		reach = max(reach, kept[0].Metres)
	}
	counts := map[Question]int{}
	for _, n := range e.around(from, f, reach) {
		i := e.found[n.Number]
		if _, doubt := f.Keeps(&e.sites[i], e.zones[i]); doubt != "" {
			counts[doubt]++
		}
	}
	return counts
}

// around are the sites within reach that the filter may let in.
func (e *Edition) around(from orb.Point, f Filter, reach float64) []nearest.Neighbour {
	index := f.possible()
	index.Keep = e.within(f.Within)
	for batch := firstBatch; ; batch = min(4*batch, maxLooked) {
		near := e.index.Near(nil, from, batch, index)
		last := len(near) < batch || batch == maxLooked
		if last || near[len(near)-1].Metres > reach {
			return slices.DeleteFunc(near, func(n nearest.Neighbour) bool { return n.Metres > reach })
		}
	}
}

// within keeps the sites of an area; nil keeps all.
func (e *Edition) within(area Area) func(int32) bool {
	if area == (Area{}) {
		return nil
	}
	return func(number int32) bool {
		return slices.Contains(areasOf(&e.sites[e.found[number]]), area)
	}
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
