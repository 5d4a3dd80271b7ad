package gazetteer

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// largest are the towns, the most populous first. To look through all of them takes less than drawing the
// map that they are wanted for.
type largest struct {
	ids []int32
	at  []orb.Point
}

func newLargest(records []record) largest {
	var l largest
	for id := range records {
		if records[id].kind == Town {
			l.ids = append(l.ids, int32(id))
		}
	}
	slices.SortFunc(l.ids, func(a, b int32) int {
		return cmp.Or(cmp.Compare(records[b].population, records[a].population), cmp.Compare(a, b))
	})
	for _, id := range l.ids {
		l.at = append(l.at, records[id].spot.point())
	}
	return l
}

// within lists the most populous towns of a bound, at most limit.
func (l *largest) within(b orb.Bound, limit int) []int32 {
	var found []int32
	for i, at := range l.at {
		if len(found) >= limit {
			break
		}
		if holds(b, at) {
			found = append(found, l.ids[i])
		}
	}
	return found
}

// holds reports whether a place lies in a bound. One that crosses the 180th meridian may say so in two ways:
// with Min east of Max, or with an edge beyond 180 degrees.
func holds(b orb.Bound, p orb.Point) bool {
	if p.Lat() < b.Min.Lat() || p.Lat() > b.Max.Lat() {
		return false
	}
	east := b.Max.Lon()
	if b.Min.Lon() > east {
		east += 360
	}
	for _, lon := range [3]float64{p.Lon() - 360, p.Lon(), p.Lon() + 360} {
		if b.Min.Lon() <= lon && lon <= east {
			return true
		}
	}
	return false
}
