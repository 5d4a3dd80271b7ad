package draw

import "math"

// Colours and widths in CSS pixels of the layers, on paper and on a light screen; Style has those of the dark. Water
// and land differ by an outline too, for a printer without colours.
var paints = [kinds]string{
	Land:   ` class="m-land" fill="#f7f5f0" stroke="none"`,
	Water:  ` class="m-water" fill="#cfe2ec" stroke="none"`,
	County: ` class="m-county" stroke="#dcd6cb" stroke-width=".8"`,
	State:  ` class="m-state" stroke="#aea496" stroke-width="1.2"`,
	Coast:  ` class="m-coast" stroke="#6d9ab5" stroke-width=".8"`,
	// A join is wider than the land on either side of it moves where points are left out.
	Join: ` class="m-join" stroke="#f7f5f0" stroke-width="8"`,
}

// bleed is by how many CSS pixels lines and fills go on beyond the edges of the picture.
const bleed = 3

// A ground is what lies below the places of one picture: the cells in its frame.
type ground struct {
	*Basemap
	frame frame
	sheet int
	view  box // what is drawn, in pixels
	cells []cell

	census  [kinds]census
	detail  uint8 // the rank from which points are drawn
	omitted [kinds]bool

	points, spare []point // scratch
}

// A cell is one cell in the frame.
type cell struct {
	first, end uint32  // its pieces
	left, top  float64 // pixels
}

// steps is a part of the picture in steps from the corner of the cell.
func (c cell) steps(b box, scale float64) box {
	x := func(v int32) int32 { return int32((float64(v) - c.left) / scale) }
	y := func(v int32) int32 { return int32((float64(v) - c.top) / scale) }
	return box{x(b.x0), y(b.y0), x(b.x1), y(b.y1)}
}

// look finds the cells of the frame. Columns go around the world; beyond its poles there is nothing.
func (g *ground) look(b *Basemap, f frame) {
	g.Basemap, g.frame, g.sheet = b, f, f.sheet()
	g.view = box{-bleed, -bleed, int32(f.width) + bleed, int32(f.height) + bleed}
	g.cells = g.cells[:0]
	across := cellsAcross(g.sheet)
	size := float64(world / across)
	right, bottom := f.left+f.width/f.perStep, f.top+f.height/f.perStep
	for y := max(0, int(math.Floor(f.top/size))); y < across && float64(y)*size <= bottom; y++ {
		for x := int(math.Floor(f.left / size)); float64(x)*size <= right; x++ {
			c := cell{left: (float64(x)*size - f.left) * f.perStep, top: (float64(y)*size - f.top) * f.perStep}
			c.first, c.end = b.piecesOf(g.sheet, x&(across-1), y)
			g.cells = append(g.cells, c)
		}
	}
}

// append draws the ground.
func (g *ground) append(dst []byte) []byte {
	floor, first := g.floor()
	g.focus(first)
	dst = append(dst, `<g fill="none" stroke-linejoin="round"><path`...)
	dst = append(dst, paints[floor]...)
	dst = append(dst, ` d="`...)
	p := path{dst: dst}
	p.line(corners(box{0, 0, int32(g.frame.width), int32(g.frame.height)}), true)
	dst = append(p.dst, `"/>`...)
	for layer := first; layer < len(g.layers); layer++ {
		if !g.omitted[g.layers[layer]] {
			dst = g.layer(dst, uint8(layer))
		}
	}
	return append(dst, `</g>`...)
}

// floor is what the picture is filled with, and the first layer above it. Where land fills every cell,
// what is below it can't be seen; where nothing is known there is no water either.
func (g *ground) floor() (Kind, int) {
	for layer := len(g.layers) - 1; layer >= 0; layer-- {
		if kind := g.layers[layer]; kind.filled() && g.fills(uint8(layer)) {
			return kind, layer + 1
		}
	}
	middle := spot{g.frame.left + g.frame.width/2/g.frame.perStep, g.frame.top + g.frame.height/2/g.frame.perStep}
	if g.sheet < sheets-1 && !g.knows(middle) {
		return Land, 0
	}
	return Water, 0
}

// fills reports whether a layer fills every cell.
func (g *ground) fills(layer uint8) bool {
	for _, c := range g.cells {
		full := false
		for i := c.first; i < c.end && !full; i++ {
			full = g.pieces[i].layer == layer && len(g.pointsOf(i)) == 0
		}
		if !full {
			return false
		}
	}
	return len(g.cells) > 0
}

// scale is how many pixels a step of the sheet is.
func (g *ground) scale() float64 { return g.frame.perStep * float64(stepOf(g.sheet)) }

// layer draws one layer, or nothing if none of it is in the frame.
func (g *ground) layer(dst []byte, layer uint8) []byte {
	kind, begin := g.layers[layer], len(dst)
	dst = append(dst, "<path"...)
	dst = append(dst, paints[kind]...)
	dst = append(dst, ` d="`...)
	p, none := path{dst: dst}, len(dst)
	for _, c := range g.cells {
		for i := c.first; i < c.end; i++ {
			if g.pieces[i].layer == layer {
				g.piece(&p, kind, c, i)
			}
		}
	}
	if len(p.dst) == none {
		return p.dst[:begin]
	}
	return append(p.dst, `"/>`...)
}

// piece writes what is seen of a piece. What has lost all but two points of a ring is gone.
func (g *ground) piece(p *path, kind Kind, c cell, number uint32) {
	g.place(c, number)
	ring := kind.filled() || closed(g.pointsOf(number))
	if len(g.points) < 2 || ring && len(g.points) < 3 || !g.view.meets(boxOf(g.points)) {
		return
	}
	switch {
	case g.view.contains(boxOf(g.points)):
		p.line(g.points, ring)
	case kind.filled():
		g.fill(p)
	default:
		if ring {
			g.points = append(g.points, g.points[0])
		}
		g.spare = clipLine(g.points, g.spare, g.view, func(part []point) { p.line(part, false) })
	}
}

// place puts the points of a piece that rank high enough into the picture.
func (g *ground) place(c cell, number uint32) {
	g.points = g.points[:0]
	scale := g.scale()
	put := func(x, y float64) {
		g.points = append(g.points, point{int32(math.Floor(c.left + x*scale + 0.5)), int32(math.Floor(c.top + y*scale + 0.5))})
	}
	points := g.pointsOf(number)
	ranks := g.ranksOf(number)
	for i, q := range points {
		if ranks[i] >= g.detail {
			put(float64(q.x), float64(q.y))
		}
	}
	if len(points) == 0 {
		for _, q := range corners(cellEdge) {
			put(float64(q.x), float64(q.y))
		}
	}
}

// fill writes the ring of g.points as far as it is seen.
func (g *ground) fill(p *path) {
	for _, s := range g.view.sides() {
		g.spare = clipRing(g.spare[:0], g.points, s)
		g.points, g.spare = g.spare, g.points
	}
	if g.points = straighten(g.points); len(g.points) > 2 {
		p.line(g.points, true)
	}
}

// corners wind as the outer rings of layers do.
func corners(b box) []point {
	return []point{{b.x0, b.y0}, {b.x0, b.y1}, {b.x1, b.y1}, {b.x1, b.y0}}
}
