package draw

import (
	"math"

	"github.com/paulmach/orb"
)

// world is the width and the height of the Web Mercator square in steps of the finest sheet. A step is
// 0.0007 degrees of longitude: finer than the lines, which are good to a few hundred metres.
const world = 1 << 19

// maxLatitude is where the square of Web Mercator ends.
const maxLatitude = 85.05112878

// A spot is a place in the square, in steps from its north-west corner.
type spot struct{ x, y float64 }

// project is where a place lies in the square. What is no place at all is the one at 0, 0.
func project(p orb.Point) spot {
	lon, lat := p.Lon(), p.Lat()
	if math.IsNaN(lon-lon) || math.IsNaN(lat-lat) {
		lon, lat = 0, 0
	}
	if lon < -180 || lon > 180 {
		lon = math.Remainder(lon, 360)
	}
	s := math.Sin(max(-maxLatitude, min(maxLatitude, lat)) * math.Pi / 180)
	return spot{(lon/360 + 0.5) * world, (0.5 - math.Log((1+s)/(1-s))/(4*math.Pi)) * world}
}

func longitude(x float64) float64 { return (x/world - 0.5) * 360 }

func latitude(y float64) float64 {
	return math.Atan(math.Sinh(math.Pi*(1-2*y/world))) * 180 / math.Pi
}

// turned is s, or the same place seen from the other side of the 180th meridian if that is nearer to
// beside.
func (s spot) turned(beside spot) spot {
	switch {
	case s.x-beside.x > world/2:
		s.x -= world
	case beside.x-s.x > world/2:
		s.x += world
	}
	return s
}

// A frame is the part of the square that a picture shows.
type frame struct {
	width, height float64 // CSS pixels
	left, top     float64 // steps
	perStep       float64 // CSS pixels in a step
}

// Room between the places and the edges, in CSS pixels: a sharp pin stands above its point, a vague one
// reaches as far below it, and there the scale bar lies.
const (
	roomAbove = 38
	roomBelow = 38
	roomAside = 26
)

// Sizes of a picture, in CSS pixels: a smaller one has no room for a pin, and a larger one is a mistake.
const (
	minSide = 120
	maxSide = 4096
)

// maxZoom is the closest that a map comes: about 60 metres to a pixel in the middle of the United States.
// Closer, the lines of counties and coasts are visibly wrong.
const maxZoom = 11

// closest is maxZoom in pixels to a step. At zoom 0 the square is 256 pixels wide.
var closest = 256 * math.Exp2(maxZoom) / world

// nowhere is what a map without a place shows: the contiguous United States.
var nowhere = []orb.Point{{-124.7, 24.5}, {-66.9, 49.4}}

// frame fits the places into the picture.
func (m *Map) frame() frame {
	f := frame{width: pictureSide(m.Width), height: pictureSide(m.Height)}
	low, high := m.extent()
	wide, tall := max(f.width-2*roomAside, f.width/4), max(f.height-roomAbove-roomBelow, f.height/4)
	f.perStep = min(closest, wide/max(high.x-low.x, 1), tall/max(high.y-low.y, 1))
	f.left = (low.x+high.x)/2 - f.width/2/f.perStep
	f.top = (low.y+high.y)/2 - (f.height+roomAbove-roomBelow)/2/f.perStep
	return f
}

func pictureSide(pixels int) float64 { return float64(max(minSide, min(maxSide, pixels))) }

// extent is the north-west and the south-east corner of the places, as near to each other as the globe
// allows around the first of them.
func (m *Map) extent() (low, high spot) {
	var first spot
	n := 0
	m.places(func(p orb.Point) {
		s := project(p)
		if n == 0 {
			first, low, high = s, s, s
		}
		s = s.turned(first)
		low.x, low.y = min(low.x, s.x), min(low.y, s.y)
		high.x, high.y = max(high.x, s.x), max(high.y, s.y)
		n++
	})
	return low, high
}

// places calls see with every place that the picture must show.
func (m *Map) places(see func(orb.Point)) {
	if m.From != nil {
		see(*m.From)
	}
	for i := range m.Pins {
		see(m.Pins[i].At)
	}
	if m.From == nil && len(m.Pins) == 0 {
		for _, p := range nowhere {
			see(p)
		}
	}
}

// bound is what the picture shows, in degrees. Where it crosses the 180th meridian one of its edges lies
// beyond 180 or -180.
func (f frame) bound() orb.Bound {
	bottom := f.top + f.height/f.perStep
	return orb.Bound{
		Min: orb.Point{longitude(f.left), latitude(bottom)},
		Max: orb.Point{longitude(f.left + f.width/f.perStep), latitude(f.top)},
	}
}

// pixel is where a place lies in the picture, in whole CSS pixels from its top left: the lines of the
// ground are not good to one, and a page has a hundred of these numbers.
func (f frame) pixel(p orb.Point) (x, y float64) {
	middle := spot{x: f.left + f.width/2/f.perStep}
	s := project(p).turned(middle)
	return math.Round((s.x - f.left) * f.perStep), math.Round((s.y - f.top) * f.perStep)
}

// radius is how many pixels a length is at a place.
func (f frame) radius(metres float64, at orb.Point) float64 {
	lat := max(-maxLatitude, min(maxLatitude, at.Lat())) * math.Pi / 180
	return metres / (earthGirthMetres * math.Cos(lat)) * world * f.perStep
}

// earthGirthMetres is the length of the equator.
const earthGirthMetres = 2 * math.Pi * orb.EarthRadius
