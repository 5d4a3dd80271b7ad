package draw

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestRanks(t *testing.T) {
	var r ranker
	for name, c := range map[string]struct {
		points []near
		filled bool
		want   []uint8
	}{
		"none":                             {nil, true, nil},
		"a point on a straight line":       {[]near{{0, 0}, {5, 0}, {10, 0}}, false, []uint8{rankOf(100), 0, rankOf(100)}},
		"a bay":                            {[]near{{0, 0}, {5, 8}, {10, 0}}, false, []uint8{rankOf(100), rankOf(80), rankOf(100)}},
		"a loop that ends by its start":    {[]near{{0, 0}, {5, 80}, {10, 0}}, false, []uint8{rankOf(800), rankOf(800), rankOf(800)}},
		"an island goes whole":             {[]near{{0, 0}, {5, 8}, {10, 0}}, true, []uint8{rankOf(80), rankOf(80), rankOf(80)}},
		"its shore goes with it":           {[]near{{0, 0}, {5, 8}, {10, 0}, {0, 0}}, false, []uint8{rankOf(80), rankOf(80), rankOf(80), 0}},
		"where a cell cuts land, it stays": {[]near{{-overlap, 0}, {5, 8}, {-overlap, 9}}, true, []uint8{kept, rankOf(81), kept}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := r.rank(nil, c.points, c.filled); !slices.Equal(got, c.want) {
				t.Errorf("rank = %v, want %v", got, c.want)
			}
		})
	}
}

// A shore and the land behind it are wound and begun differently, and must still lose the same points.
func TestRanksDependOnNoDirection(t *testing.T) {
	coordinate := rapid.Int16Range(0, cellSteps)
	ring := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) near {
		return near{coordinate.Draw(t, "x"), coordinate.Draw(t, "y")}
	}), 3, 60, rapid.ID)
	rapid.Check(t, func(t *rapid.T) {
		points := ring.Draw(t, "ring")
		begin := rapid.IntRange(0, len(points)-1).Draw(t, "begin")
		other := slices.Concat(points[begin:], points[:begin])
		slices.Reverse(other)
		var r ranker
		of := map[near]uint8{}
		for i, rank := range r.rank(nil, points, true) {
			of[points[i]] = rank
		}
		for i, rank := range r.rank(nil, other, true) {
			if of[other[i]] != rank {
				t.Fatalf("%v ranks %d, and %d when the ring runs the other way", other[i], of[other[i]], rank)
			}
		}
	})
}

func TestARankIsHalfADoubling(t *testing.T) {
	for i, area := range []int64{0, 1, 2, 3, 4, 6, 8, 12, 16} {
		if i > 0 && rankOf(area) <= rankOf(area-1) {
			t.Errorf("rankOf(%d) = %d, like that of one less", area, rankOf(area))
		}
	}
	if largest := rankOf(2 * (cellSteps + 2*overlap) * (cellSteps + 2*overlap)); largest >= kept {
		t.Errorf("the rank of a whole cell is %d, like that of a point that stays", largest)
	}
}
