package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

func TestWhatJumpsOverTheMeridianIsTakenApart(t *testing.T) {
	square := func(west, east float64) orb.LineString {
		return orb.LineString{{west, 65}, {east, 65}, {east, 66}, {west, 66}, {west, 65}}
	}
	pole := orb.LineString{{-120, -80}, {0, -80}, {120, -80}, {-120, -80}}
	for name, c := range map[string]struct {
		ring  orb.LineString
		wants []orb.Bound
	}{
		"a ring that does not":  {square(-170, -160), []orb.Bound{square(-170, -160).Bound()}},
		"a ring that does":      {square(170, -170), []orb.Bound{square(-180, -170).Bound(), square(170, 180).Bound()}},
		"a ring around a pole":  {pole, []orb.Bound{pole.Bound()}},
		"one that only touches": {square(170, 180), []orb.Bound{square(170, 180).Bound()}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []orb.Bound
			for _, part := range ringsApart(c.ring) {
				got = append(got, part.Bound())
			}
			if diff := cmp.Diff(c.wants, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("a line", func(t *testing.T) {
		want := []orb.LineString{{{-180, 65}, {-170, 65}}, {{170, 65}, {180, 65}}}
		if diff := cmp.Diff(want, linesApart(orb.LineString{{170, 65}, {-170, 65}})); diff != "" {
			t.Error(diff)
		}
	})
}
