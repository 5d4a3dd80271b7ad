package main

import (
	"encoding/json"
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// A ground is a county or state as us-atlas draws it.
type ground struct {
	id, name string // its number in the Census: "17", "17031"
	rings    []orb.LineString
	bound    orb.Bound // of the plane, for holds
}

// The counties and states of us-atlas are those of 2017, when Connecticut still had counties.
const (
	atlas     = "us-atlas"
	atlasFile = "counties-10m.json"
)

// grounds reads the counties or states.
func grounds(s *store, object string) ([]ground, error) {
	topology, err := readTopology(s.file, atlas, atlasFile, object)
	if err != nil {
		return nil, err
	}
	names, err := groundNames(s, object)
	if err != nil {
		return nil, err
	}
	var all []ground
	for _, shape := range topology.objects[object] {
		g := ground{id: shape.id, name: names[shape.id], rings: topology.rings(shape)}
		for i, ring := range g.rings {
			if i == 0 {
				g.bound = ring.Bound()
			}
			g.bound = g.bound.Union(ring.Bound())
		}
		all = append(all, g)
	}
	return all, nil
}

func groundNames(s *store, object string) (map[string]string, error) {
	content, err := s.file(atlas, atlasFile)
	if err != nil {
		return nil, err
	}
	var file struct {
		Objects map[string]struct {
			Geometries []struct {
				ID         string
				Properties struct{ Name string }
			}
		}
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", atlas, atlasFile, err)
	}
	names := map[string]string{}
	for _, g := range file.Objects[object].Geometries {
		names[g.ID] = g.Properties.Name
	}
	return names, nil
}

// holds reports whether a place lies in it.
func (g *ground) holds(p orb.Point) bool {
	if !g.bound.Contains(p) {
		return false
	}
	inside := false
	for _, ring := range g.rings {
		if planar.RingContains(orb.Ring(ring), p) {
			inside = !inside // a hole lies in its outer ring
		}
	}
	return inside
}

// extent is its bound on the globe.
func (g *ground) extent() orb.Bound {
	var points []orb.Point
	for _, ring := range g.rings {
		points = append(points, ring...)
	}
	return boundOf(points)
}
