package draw

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var square = box{0, 0, 100, 100}

func TestLinesAreCutAtTheEdges(t *testing.T) {
	for name, c := range map[string]struct {
		line []point
		want [][]point
	}{
		"inside":                    {[]point{{1, 1}, {2, 2}}, [][]point{{{1, 1}, {2, 2}}}},
		"outside":                   {[]point{{-1, 1}, {-1, 9}}, nil},
		"across":                    {[]point{{-50, 50}, {150, 50}}, [][]point{{{0, 50}, {100, 50}}}},
		"out and in again":          {[]point{{50, 50}, {50, 150}, {60, 150}, {60, 50}}, [][]point{{{50, 50}, {50, 100}}, {{60, 100}, {60, 50}}}},
		"past a corner":             {[]point{{-60, 50}, {50, 160}}, nil},
		"through a corner's region": {[]point{{-10, 50}, {50, -10}}, [][]point{{{0, 40}, {40, 0}}}},
		"along an edge":             {[]point{{-10, 0}, {110, 0}}, [][]point{{{0, 0}, {100, 0}}}},
	} {
		t.Run(name, func(t *testing.T) {
			var got [][]point
			clipLine(c.line, nil, square, func(part []point) { got = append(got, slices.Clone(part)) })
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(point{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func anyLine(t *rapid.T) []point {
	coordinate := rapid.Int32Range(-300, 300)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) point {
		return point{coordinate.Draw(t, "x"), coordinate.Draw(t, "y")}
	}), 3, 40).Draw(t, "line")
}

func TestARingIsCutToItsBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ring := anyLine(t)
		for _, s := range square.sides() {
			ring = clipRing(nil, ring, s)
		}
		for _, p := range ring {
			if !square.holds(p) {
				t.Fatalf("%v is outside", p)
			}
		}
		if a := abs(area2(ring)); len(ring) > 0 && len(ring) < 5 && a > 2*100*100 {
			t.Fatalf("the area is %d", a)
		}
	})
}

func TestASimplifiedLineStaysWhereItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := anyLine(t)
		tolerance := rapid.Float64Range(0, 50).Draw(t, "tolerance")
		got := simplify(slices.Clone(line), tolerance)
		if got[0] != line[0] || got[len(got)-1] != line[len(line)-1] {
			t.Fatalf("the ends moved: %v of %v", got, line)
		}
		at := 0
		for i := 1; i < len(got); i++ {
			before := at
			for at++; line[at] != got[i] || !farthest(line[before:at+1], tolerance); at++ {
				if at == len(line)-1 {
					t.Fatalf("%v are not some of %v within %v", got, line, tolerance)
				}
			}
		}
	})
}

// farthest reports whether no point of a line is further than tolerance from the line between its ends.
func farthest(line []point, tolerance float64) bool {
	for _, p := range line {
		if math.Sqrt(distance2(p, line[0], line[len(line)-1])) > tolerance+1e-9 {
			return false
		}
	}
	return true
}
