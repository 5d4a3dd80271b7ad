package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

func TestLinesAreChainedWhereTwoMeet(t *testing.T) {
	for name, c := range map[string]struct{ lines, want []orb.LineString }{
		"one line": {
			[]orb.LineString{{{0, 0}, {1, 1}}},
			[]orb.LineString{{{0, 0}, {1, 1}}},
		},
		"three in a row, one of them backwards": {
			[]orb.LineString{{{0, 0}, {1, 0}}, {{2, 0}, {1, 0}}, {{2, 0}, {3, 0}}},
			[]orb.LineString{{{0, 0}, {1, 0}, {2, 0}, {3, 0}}},
		},
		"the middle first": {
			[]orb.LineString{{{1, 0}, {2, 0}}, {{0, 0}, {1, 0}}},
			[]orb.LineString{{{2, 0}, {1, 0}, {0, 0}}},
		},
		"a fork stays": {
			[]orb.LineString{{{0, 0}, {1, 0}}, {{1, 0}, {2, 1}}, {{1, 0}, {2, -1}}},
			[]orb.LineString{{{0, 0}, {1, 0}}, {{1, 0}, {2, 1}}, {{1, 0}, {2, -1}}},
		},
		"a ring of two": {
			[]orb.LineString{{{0, 0}, {1, 0}}, {{1, 0}, {1, 1}, {0, 0}}},
			[]orb.LineString{{{1, 0}, {0, 0}, {1, 1}, {1, 0}}},
		},
		"a ring by itself": {
			[]orb.LineString{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}},
			[]orb.LineString{{{0, 0}, {1, 1}, {1, 0}, {0, 0}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, chain(c.lines)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestABandLiesAroundItsLineAndWindsAsLandDoes(t *testing.T) {
	for name, line := range map[string][2]orb.Point{
		"east":  {{0, 49}, {10, 49}},
		"west":  {{10, 49}, {0, 49}},
		"south": {{0, 49}, {0, 40}},
		"askew": {{0, 0}, {3, 4}},
	} {
		t.Run(name, func(t *testing.T) {
			ring := orb.Ring(band(line[0], line[1]))
			middle := orb.Point{(line[0][0] + line[1][0]) / 2, (line[0][1] + line[1][1]) / 2}
			if !ring.Closed() || ring.Orientation() != orb.CCW || !planar.RingContains(ring, middle) {
				t.Errorf("%v", ring)
			}
		})
	}
}

func TestARunEndsWhereAStepIsNotKept(t *testing.T) {
	line := orb.LineString{{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}}
	got := runs(line, func(middle orb.Point) bool { return middle[0] != 1.5 })
	want := []orb.LineString{{{0, 0}, {1, 0}}, {{2, 0}, {3, 0}, {4, 0}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestATraceTellsWhatLiesAlongALine(t *testing.T) {
	border := newTrace([]orb.LineString{{{-120, 49}, {-110, 49}}})
	for name, c := range map[string]struct {
		at   orb.Point
		want bool
	}{
		"on it":        {orb.Point{-115.123, 49}, true},
		"beside it":    {orb.Point{-115.123, 49.02}, true},
		"far from it":  {orb.Point{-115.123, 49.2}, false},
		"past its end": {orb.Point{-109.8, 49}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := border.passes(c.at); got != c.want {
				t.Errorf("passes(%v) = %v", c.at, got)
			}
		})
	}
}

const square2 = `{"transform":{"scale":[1,1],"translate":[10,20]},"arcs":[[[0,0],[4,0],[0,4]],[[4,4],[-4,0],[0,-4]]],` +
	`"objects":{"nation":{"geometries":[{"type":"Polygon","id":"1","arcs":[[0,1]]},{"type":null}]}}}`

func TestATopologyIsRead(t *testing.T) {
	file := func(content string) func(string, string) ([]byte, error) {
		return func(string, string) ([]byte, error) { return []byte(content), nil }
	}
	read := func(content, object string) (*topology, error) {
		return readTopology(file(content), "atlas", "a.json", object)
	}
	topology, err := read(square2, "nation")
	if err != nil {
		t.Fatal(err)
	}
	want := []orb.LineString{{{10, 20}, {14, 20}, {14, 24}, {10, 24}, {10, 20}}}
	if diff := cmp.Diff(want, topology.all("nation")); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct{ content, object, want string }{
		"not JSON":                  {"<html>", "nation", "atlas: a.json: invalid character"},
		"without what is asked for": {square2, "states", "it has no states"},
		"an arc that is not there":  {strings.Replace(square2, "[[0,1]]", "[[0,2]]", 1), "nation", "arc 2 of 2"},
		"one backwards neither":     {strings.Replace(square2, "[[0,1]]", "[[0,-9]]", 1), "nation", "arc 8 of 2"},
		"rings that are no rings":   {strings.Replace(square2, "[[0,1]]", `"x"`, 1), "nation", "cannot unmarshal"},
		"an arc without points":     {strings.Replace(square2, "[[4,4],[-4,0],[0,-4]]", "[]", 1), "nation", "arc 1 has fewer than two points"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := read(c.content, c.object); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want %q", err, c.want)
			}
		})
	}
}

func TestWhatCanNotBeFetchedIsSaid(t *testing.T) {
	missing := errors.New("no such package")
	if _, err := basemap(func(string, string) ([]byte, error) { return nil, missing }); !errors.Is(err, missing) {
		t.Errorf("the error is %v", err)
	}
}
