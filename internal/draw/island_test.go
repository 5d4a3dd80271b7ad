package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// coastline is the shore of an invented island in the Atlantic; pond is a lake in it.
var (
	coastline = orb.Ring{{-50, 30}, {-44, 30.5}, {-40, 29.6}, {-39.5, 35}, {-41, 39.8}, {-45.5, 40.2}, {-50.3, 39}, {-50, 30}}
	pond      = orb.Ring{{-46, 34}, {-44, 34}, {-44, 36}, {-46, 36}, {-46, 34}}
)

func island() Outline {
	return Outline{
		Known: []orb.Bound{{Min: orb.Point{-60, 20}, Max: orb.Point{-30, 50}}, {Min: orb.Point{170, -10}, Max: orb.Point{180, 10}}, {Min: orb.Point{-180, -10}, Max: orb.Point{-170, 10}}},
		Layers: []Layer{
			{Kind: Land, Last: 2, Lines: []orb.LineString{orb.LineString(coastline), {{178, -2}, {180, -2}, {180, 2}, {178, 2}, {178, -2}}, {{-180, -2}, {-177, -2}, {-177, 2}, {-180, 2}, {-180, -2}}}},
			{Kind: Water, Last: 2, Lines: []orb.LineString{orb.LineString(pond)}},
			{Kind: County, Lines: []orb.LineString{{{-47, 30.2}, {-47, 34.4}, {-46, 35}}}},
			{Kind: State, Last: 2, Lines: []orb.LineString{{{-50, 34.2}, {-47, 34.4}, {-39.6, 34.1}}}},
			{Kind: Coast, Last: 2, Lines: []orb.LineString{orb.LineString(coastline), orb.LineString(pond)}},
		},
	}
}

func open(t testing.TB, o Outline) *Basemap {
	t.Helper()
	content, err := o.Encode()
	if err != nil {
		t.Fatal(err)
	}
	b, err := OpenBasemap(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// An element is what an XML reader makes of part of a picture.
type element struct {
	name  string
	class string
	attr  map[string]string
	text  string
	depth int
}

func (e element) number(t testing.TB, name string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(e.attr[name], 64)
	if err != nil {
		t.Fatalf("%s of %s: %v", name, e.name, err)
	}
	return v
}

// elements reads a picture, in the order in which it is painted.
func elements(t testing.TB, svg []byte) []element {
	t.Helper()
	var all []element
	var open []int
	for in := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attr: map[string]string{}, depth: len(open)}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			e.class = e.attr["class"]
			open = append(open, len(all))
			all = append(all, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			all[open[len(open)-1]].text += string(token)
		}
	}
}

var pathTokens = regexp.MustCompile(`[mlz]|-?[0-9]+`)

// subpaths are the lines of a path of the ground, in CSS pixels.
func subpaths(t testing.TB, d string) [][]orb.Point {
	t.Helper()
	var all [][]orb.Point
	var at, start orb.Point
	tokens := pathTokens.FindAllString(d, -1)
	if joined := strings.Join(tokens, ""); joined != strings.ReplaceAll(d, " ", "") {
		t.Fatalf("not a path: %q", d)
	}
	for i := 0; i < len(tokens); {
		switch tokens[i] {
		case "z":
			at = start
			i++
			continue
		case "m":
			all = append(all, nil)
			i++
		case "l":
			i++
		}
		x, errX := strconv.Atoi(tokens[i])
		y, errY := strconv.Atoi(tokens[i+1])
		if errX != nil || errY != nil {
			t.Fatalf("not a pair of numbers: %q %q", tokens[i], tokens[i+1])
		}
		at = orb.Point{at[0] + float64(x), at[1] + float64(y)}
		if len(all[len(all)-1]) == 0 {
			start = at
		}
		all[len(all)-1] = append(all[len(all)-1], at)
		i += 2
	}
	return all
}

// colour is the class of what is painted last at a pixel, by the nonzero rule.
func colour(t testing.TB, svg []byte, x, y float64) string {
	t.Helper()
	seen := ""
	for _, e := range elements(t, svg) {
		if e.class != "m-land" && e.class != "m-water" {
			continue
		}
		winding := 0
		for _, ring := range subpaths(t, e.attr["d"]) {
			winding += windings(ring, x, y)
		}
		if winding != 0 {
			seen = e.class
		}
	}
	return seen
}

// windings is how often a ring runs around a spot.
func windings(ring []orb.Point, x, y float64) int {
	n := 0
	before := ring[len(ring)-1]
	for _, p := range ring {
		if (before[1] <= y) != (p[1] <= y) {
			if cross := before[0] + (y-before[1])/(p[1]-before[1])*(p[0]-before[0]); cross > x {
				if p[1] > before[1] {
					n++
				} else {
					n--
				}
			}
		}
		before = p
	}
	return n
}
