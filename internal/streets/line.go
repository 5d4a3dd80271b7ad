package streets

import (
	"math"

	"github.com/paulmach/orb"
)

const (
	// sideMetres is how far from the middle of a street a house is put: the door of a house on a street of a town.
	sideMetres = 8
	// cornerMetres is kept from the ends of a line: the first house does not stand in the crossing.
	cornerMetres = 10
	// cornerShare is the part of a short line that is kept instead.
	cornerShare = 0.25
)

// metresPerDegree is the length of a degree of latitude, and of one of longitude at the equator.
const metresPerDegree = 111_195

// A plane has metres instead of degrees around a point: good for a few kilometres.
type plane struct {
	origin orb.Point
	east   float64 // metres to a degree of longitude
}

func planeAt(p orb.Point) plane {
	return plane{origin: p, east: metresPerDegree * math.Cos(p.Lat()*math.Pi/180)}
}

func (pl plane) to(p orb.Point) (x, y float64) {
	return (p.Lon() - pl.origin.Lon()) * pl.east, (p.Lat() - pl.origin.Lat()) * metresPerDegree
}

func (pl plane) from(x, y float64) orb.Point {
	p := orb.Point{pl.origin.Lon(), pl.origin.Lat() + y/metresPerDegree}
	if pl.east > 0 {
		p[0] += x / pl.east
	}
	return p
}

// metresBetween is the distance of two points that lie near each other.
func metresBetween(p, q orb.Point) float64 {
	return math.Hypot(planeAt(p).to(q))
}

func lengthOf(line orb.LineString) float64 {
	sum := 0.0
	for i := 1; i < len(line); i++ {
		sum += metresBetween(line[i-1], line[i])
	}
	return sum
}

// houseOn is the point of a house that stands so far along a line, from 0 to 1, on one of its sides. A line
// that has no length has no sides either.
func houseOn(line orb.LineString, along float64, s side) orb.Point {
	length := lengthOf(line)
	corner := min(cornerMetres, length*cornerShare)
	rest := corner + along*(length-2*corner)
	house := line[0]
	for i := 1; i < len(line); i++ {
		step := metresBetween(line[i-1], line[i])
		if step == 0 {
			continue
		}
		house = beside(line[i-1], line[i], min(rest, step)/step, s)
		if rest <= step {
			break
		}
		rest -= step
	}
	return house
}

// beside is the point so far from p to q, and then to the side.
func beside(p, q orb.Point, share float64, s side) orb.Point {
	pl := planeAt(p)
	x, y := pl.to(q)
	length := math.Hypot(x, y)
	turn := sideMetres / length
	if s == right {
		turn = -turn
	}
	return pl.from(x*share-y*turn, y*share+x*turn)
}

// middleOf is the point of a street that lies nearest to the middle of its box, and how far its farthest vertex is
// from there.
func middleOf(lines []orb.LineString) (middle orb.Point, reach float64) {
	bound := lines[0].Bound()
	for _, line := range lines {
		bound = bound.Union(line.Bound())
	}
	nearest := math.Inf(1)
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			p := nearestOn(line[i-1], line[i], bound.Center())
			if d := metresBetween(bound.Center(), p); d < nearest {
				middle, nearest = p, d
			}
		}
	}
	for _, line := range lines {
		for _, p := range line {
			reach = max(reach, metresBetween(middle, p))
		}
	}
	return middle, reach
}

// nearestOn is the point between p and q that lies nearest to c.
func nearestOn(p, q, c orb.Point) orb.Point {
	pl := planeAt(p)
	x, y := pl.to(q)
	cx, cy := pl.to(c)
	squared := x*x + y*y
	if squared == 0 {
		return p
	}
	share := min(max((x*cx+y*cy)/squared, 0), 1)
	return pl.from(x*share, y*share)
}
