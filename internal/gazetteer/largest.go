package gazetteer

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// largest are the towns, the most populous first.
type largest struct {
	ids     []int32
	at      []orb.Point
	byLat   []int32   // places in ids, from south to north
	sortLat []float64 // their latitudes
}

// fewTowns is how many towns between two latitudes are looked through faster than the most populous ones of
// the world: the map of a town has its own few towns, that of a continent has the largest.
const fewTowns = 2_000

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
	for rank, id := range l.ids {
		l.at = append(l.at, records[id].spot.point())
		l.byLat = append(l.byLat, int32(rank))
	}
	slices.SortFunc(l.byLat, func(a, b int32) int { return cmp.Compare(l.at[a].Lat(), l.at[b].Lat()) })
	for _, rank := range l.byLat {
		l.sortLat = append(l.sortLat, l.at[rank].Lat())
	}
	return l
}

// within lists the most populous towns of a bound, at most limit.
func (l *largest) within(b orb.Bound, limit int) []int32 {
	south, _ := slices.BinarySearch(l.sortLat, b.Min.Lat())
	north, _ := slices.BinarySearch(l.sortLat, math.Nextafter(b.Max.Lat(), math.Inf(1)))
	if north-south <= fewTowns {
		return l.ofBand(l.byLat[min(south, north):north], b, limit)
	}
	return l.ofAll(b, limit)
}

// ofBand looks through the towns between two latitudes.
func (l *largest) ofBand(ranks []int32, b orb.Bound, limit int) []int32 {
	var found []int32
	for _, rank := range ranks {
		if holds(b, l.at[rank]) {
			found = append(found, rank)
		}
	}
	slices.Sort(found)
	found = found[:min(limit, len(found))]
	for i, rank := range found {
		found[i] = l.ids[rank]
	}
	return found
}

// ofAll looks through all towns until it has enough.
func (l *largest) ofAll(b orb.Bound, limit int) []int32 {
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
	return eastward(p.Lon(), b.Min.Lon()) <= eastward(b.Max.Lon(), b.Min.Lon()) || b.Max.Lon()-b.Min.Lon() >= 360
}

// eastward is how many degrees a longitude lies to the east of another, 0 to 360.
func eastward(lon, west float64) float64 {
	d := lon - west
	for d < 0 {
		d += 360
	}
	for d > 360 {
		d -= 360
	}
	return d
}
