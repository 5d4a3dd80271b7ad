package main

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// globe is all longitudes that a basemap has.
var globe = orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}

// ringsApart are a ring as it lies on either side of the 180th meridian, for a basemap jumps over it with
// none. Without a part in both, and around a pole, it is the ring as it was.
func ringsApart(ring orb.LineString) []orb.LineString {
	whole := unrolled(ring)
	if globe.Contains(whole.Bound().Min) && globe.Contains(whole.Bound().Max) || whole[0] != whole[len(whole)-1] {
		return []orb.LineString{ring}
	}
	var parts []orb.LineString
	for _, turn := range []float64{-360, 0, 360} {
		if part := clip.Ring(globe, orb.Ring(turned(whole, turn))); len(part) > 3 {
			parts = append(parts, orb.LineString(part))
		}
	}
	return parts
}

// linesApart are a line as it lies on either side of the 180th meridian.
func linesApart(line orb.LineString) []orb.LineString {
	whole := unrolled(line)
	if globe.Contains(whole.Bound().Min) && globe.Contains(whole.Bound().Max) {
		return []orb.LineString{line}
	}
	var parts []orb.LineString
	for _, turn := range []float64{-360, 0, 360} {
		parts = append(parts, clip.LineString(globe, turned(whole, turn))...)
	}
	return parts
}

// unrolled is a line that goes on beyond 180 or -180 where it would jump.
func unrolled(line orb.LineString) orb.LineString {
	whole := line.Clone()
	for i := 1; i < len(whole); i++ {
		whole[i][0] += 360 * math.Round((whole[i-1][0]-whole[i][0])/360)
	}
	return whole
}

// turned is a line as many degrees further east.
func turned(line orb.LineString, degrees float64) orb.LineString {
	line = line.Clone()
	for i := range line {
		line[i][0] += degrees
	}
	return line
}
