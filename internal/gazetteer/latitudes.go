package gazetteer

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// latitudes are the towns in the order of their latitude. The nearest is found from the latitude asked for
// outwards: a town is never nearer than its latitude is.
type latitudes struct {
	lat []int32 // 0.0001 degree, ascending
	at  []vector
	ids []int32
}

func newLatitudes(records []record) latitudes {
	var l latitudes
	for id := range records {
		if r := &records[id]; r.kind == Town && r.population > 0 {
			l.ids = append(l.ids, int32(id))
		}
	}
	slices.SortFunc(l.ids, func(a, b int32) int { return int(records[a].spot.lat) - int(records[b].spot.lat) })
	for _, id := range l.ids {
		l.lat = append(l.lat, records[id].spot.lat)
		l.at = append(l.at, unit(records[id].spot.point()))
	}
	return l
}

// nearest finds the nearest town to p and its distance in metres.
func (l *latitudes) nearest(p orb.Point) (int32, float64) {
	if !(math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90) {
		return none, 0
	}
	best, bestChord2 := none, math.Inf(1)
	from, lat := unit(p), int32(math.Round(p.Lat()*scale))
	north, _ := slices.BinarySearch(l.lat, lat)
	south := north - 1
	for north < len(l.lat) || south >= 0 {
		i := north
		if north == len(l.lat) || south >= 0 && lat-l.lat[south] < l.lat[north]-lat {
			i = south
			south--
		} else {
			north++
		}
		if leastChord2(l.lat[i]-lat) > bestChord2 {
			break
		}
		if c := from.chord2(l.at[i]); c < bestChord2 {
			best, bestChord2 = l.ids[i], c
		}
	}
	return best, arcMetres(bestChord2)
}

// leastChord2 is the square of the shortest chord between two latitudes, less the rounding of one.
func leastChord2(units int32) float64 {
	degrees := max(math.Abs(float64(units))-1, 0) / scale
	chord := 2 * math.Sin(degrees*math.Pi/360)
	return chord * chord
}
