package streets

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// someMetres are whole millimetres, up to 300 m: drawn as floats some are as short as 1e-168 m.
var someMetres = rapid.Map(rapid.IntRange(-300_000, 300_000), func(millimetres int) float64 { return float64(millimetres) / 1000 })

// someLine draws a line of a street, anywhere people live, with doubled points too.
var someLine = rapid.Custom(func(t *rapid.T) orb.LineString {
	pl := planeAt(orb.Point{rapid.Float64Range(-179, 179).Draw(t, "lon"), rapid.Float64Range(-60, 72).Draw(t, "lat")})
	line := orb.LineString{pl.origin}
	x, y := 0.0, 0.0
	for range rapid.IntRange(1, 6).Draw(t, "steps") {
		x += someMetres.Draw(t, "x")
		y += someMetres.Draw(t, "y")
		line = append(line, pl.from(x, y))
		if rapid.Bool().Draw(t, "twice") {
			line = append(line, line[len(line)-1])
		}
	}
	return line
})

// fromLine is how far a point lies from a line, and to the left of the nearest part of it (else to the right).
func fromLine(line orb.LineString, p orb.Point) (metres float64, onLeft bool) {
	metres = math.Inf(1)
	for i := 1; i < len(line); i++ {
		d := metresBetween(p, nearestOn(line[i-1], line[i], p))
		if d < metres {
			pl := planeAt(line[i-1])
			x, y := pl.to(line[i])
			px, py := pl.to(p)
			metres, onLeft = d, x*py-y*px > 0
		}
	}
	return metres, onLeft
}

func TestAHouseStandsBesideItsLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line, along := someLine.Draw(t, "line"), rapid.Float64Range(0, 1).Draw(t, "along")
		for _, s := range []side{left, right} {
			p := houseOn(line, along, s)
			if d, _ := fromLine(line, p); d > sideMetres+0.1 {
				t.Fatalf("%v lies %v m from %v", p, d, line)
			}
		}
		if lengthOf(line) > 1 {
			apart := metresBetween(houseOn(line, along, left), houseOn(line, along, right))
			if math.Abs(apart-2*sideMetres) > 0.1 {
				t.Fatalf("the sides lie %v m apart", apart)
			}
		}
	})
}

func TestHousesFollowEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := orb.LineString{{-100, 40}}
		length := rapid.Float64Range(20, 2000).Draw(t, "length")
		line = append(line, planeAt(line[0]).from(length, 0))
		a, b := rapid.Float64Range(0, 1).Draw(t, "a"), rapid.Float64Range(0, 1).Draw(t, "b")
		if east := houseOn(line, b, left).Lon() - houseOn(line, a, left).Lon(); a < b && east < 0 {
			t.Fatalf("%v comes after %v on a line of %v m", a, b, length)
		}
		if d, onLeft := fromLine(line, houseOn(line, a, left)); !onLeft || d < sideMetres-0.1 {
			t.Fatalf("%v lies %v m from it, left: %v", a, d, onLeft)
		}
	})
}

func TestALineWithoutLengthHasItsPoint(t *testing.T) {
	p := orb.Point{-100, 40}
	if got := houseOn(orb.LineString{p, p, p}, 0.3, left); got != p {
		t.Errorf("it is %v", got)
	}
}
