package main

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// A mean averages places on the globe by weight, as vectors: the mean of longitudes is wrong across the
// 180th meridian.
type mean struct{ x, y, z, weight float64 }

func (m *mean) add(p orb.Point, weight float64) {
	v := vectorOf(p)
	m.x, m.y, m.z, m.weight = m.x+weight*v[0], m.y+weight*v[1], m.z+weight*v[2], m.weight+weight
}

func (m *mean) known() bool { return m.weight > 0 }

func (m *mean) point() orb.Point {
	return orb.Point{degrees(math.Atan2(m.y, m.x)), degrees(math.Atan2(m.z, math.Hypot(m.x, m.y)))}
}

func degrees(radians float64) float64 { return radians * 180 / math.Pi }

func vectorOf(p orb.Point) [3]float64 {
	sinLat, cosLat := math.Sincos(p.Lat() * math.Pi / 180)
	sinLon, cosLon := math.Sincos(p.Lon() * math.Pi / 180)
	return [3]float64{cosLat * cosLon, cosLat * sinLon, sinLat}
}

const earthRadiusMetres = 6_371_008.8

// A crowd answers which of many places are nearest to one, by looking at all of them.
type crowd struct {
	vectors [][3]float64
}

func (c *crowd) add(p orb.Point) { c.vectors = append(c.vectors, vectorOf(p)) }

// nearest is the number of the nearest place, or -1.
func (c *crowd) nearest(p orb.Point) int {
	v := vectorOf(p)
	best, bestSquare := -1, math.Inf(1)
	for i, w := range c.vectors {
		if s := square3(v, w); s < bestSquare {
			best, bestSquare = i, s
		}
	}
	return best
}

// metresTo are the distances of the n nearest places, ascending, without p itself.
func (c *crowd) metresTo(p orb.Point, n int) []float64 {
	v := vectorOf(p)
	var squares []float64
	for _, w := range c.vectors {
		s := square3(v, w)
		if s == 0 || len(squares) == n && s >= squares[n-1] {
			continue
		}
		i, _ := slices.BinarySearch(squares, s)
		squares = slices.Insert(squares, i, s)
		squares = squares[:min(n, len(squares))]
	}
	for i, s := range squares {
		squares[i] = 2 * earthRadiusMetres * math.Asin(math.Sqrt(s)/2)
	}
	return squares
}

func square3(v, w [3]float64) float64 {
	x, y, z := v[0]-w[0], v[1]-w[1], v[2]-w[2]
	return x*x + y*y + z*z
}

// boundOf is the smallest bound of places. It leaves out the widest gap of longitudes, and so has Min east of
// Max where that is not the one at the 180th meridian.
func boundOf(points []orb.Point) orb.Bound {
	b := orb.MultiPoint(points).Bound()
	var lons []float64
	for _, p := range points {
		lons = append(lons, p.Lon())
	}
	slices.Sort(lons)
	widest := 360 - (b.Max.Lon() - b.Min.Lon())
	for i := 1; i < len(lons); i++ {
		if gap := lons[i] - lons[i-1]; gap > widest {
			widest = gap
			b.Min[0], b.Max[0] = lons[i], lons[i-1]
		}
	}
	return b
}
