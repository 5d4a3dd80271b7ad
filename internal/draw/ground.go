package draw

import "math"

// Colours and widths of the layers, on paper and on a light screen; Style has those of the dark. Water
// and land differ by an outline too, for a printer without colours.
var paints = [kinds]string{
	Land:   ` class="m-land" fill="#f7f5f0" stroke="none"`,
	Water:  ` class="m-water" fill="#cfe2ec" stroke="none"`,
	County: ` class="m-county" stroke="#dcd6cb" stroke-width="4"`,
	State:  ` class="m-state" stroke="#aea496" stroke-width="6"`,
	Coast:  ` class="m-coast" stroke="#6d9ab5" stroke-width="4"`,
}

// bleed is by how many CSS pixels lines and fills go on beyond the edges of the picture.
const bleed = 3

// A ground is what lies below the places of one picture: the cells in its frame.
type ground struct {
	*Basemap
	frame frame
	sheet int
	view  box // what is drawn, in grains
	cells []cell

	points, spare []point // scratch
}

// A cell is one cell in the frame.
type cell struct {
	first, end uint32  // its pieces
	left, top  float64 // grains
}

// look finds the cells of the frame. Columns go around the world; beyond its poles there is nothing.
func (g *ground) look(b *Basemap, f frame) {
	g.Basemap, g.frame, g.sheet = b, f, f.sheet()
	g.view = box{-bleed * grains, -bleed * grains, int32(f.width+bleed) * grains, int32(f.height+bleed) * grains}
	g.cells = g.cells[:0]
	across := cellsAcross(g.sheet)
	size := float64(world / across)
	right, bottom := f.left+f.width/f.perStep, f.top+f.height/f.perStep
	for y := max(0, int(math.Floor(f.top/size))); y < across && float64(y)*size <= bottom; y++ {
		for x := int(math.Floor(f.left / size)); float64(x)*size <= right; x++ {
			c := cell{left: (float64(x)*size - f.left) * f.perStep * grains, top: (float64(y)*size - f.top) * f.perStep * grains}
			c.first, c.end = b.piecesOf(g.sheet, x&(across-1), y)
			g.cells = append(g.cells, c)
		}
	}
}

// append draws the ground.
func (g *ground) append(dst []byte) []byte {
	floor, first := g.floor()
	dst = append(dst, `<g fill="none" stroke-linejoin="round" transform="scale(.2)"><path`...)
	dst = append(dst, paints[floor]...)
	dst = append(dst, ` d="`...)
	p := path{dst: dst}
	p.line(corners(box{0, 0, int32(g.frame.width) * grains, int32(g.frame.height) * grains}), true)
	dst = append(p.dst, `"/>`...)
	for layer := first; layer < len(g.layers); layer++ {
		dst = g.layer(dst, uint8(layer))
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
				g.piece(&p, kind, c, g.pointsOf(i))
			}
		}
	}
	if len(p.dst) == none {
		return p.dst[:begin]
	}
	return append(p.dst, `"/>`...)
}

// By how many grains a line may be drawn beside where it is, on the finest sheet and on the coarser ones.
// A map of half the continent has so many lines that it would be most of its page.
const (
	straight       = 0.45 * grains
	straightCoarse = 0.9 * grains
)

// speck is the area in grains of an island or a lake that is not drawn on a coarser sheet.
const speck = 6 * grains * grains

func (g *ground) simplify(line []point) []point {
	if g.sheet == 0 {
		return simplify(line, straight)
	}
	return simplify(line, straightCoarse)
}

// tiny reports whether a closed line is a speck.
func (g *ground) tiny(ring []point) bool {
	return g.sheet > 0 && ring[0] == ring[len(ring)-1] && abs(area2(ring)) < 2*speck
}

func (g *ground) piece(p *path, kind Kind, c cell, points []near) {
	g.place(c, points)
	if !g.view.meets(boxOf(g.points)) {
		return
	}
	if kind.filled() {
		g.fill(p)
		return
	}
	if g.points = g.simplify(g.points); g.tiny(g.points) {
		return
	}
	if g.view.contains(boxOf(g.points)) {
		p.line(g.points, false)
		return
	}
	g.spare = clipLine(g.points, g.spare, g.view, func(part []point) { p.line(part, false) })
}

// place puts the points of a piece into the picture.
func (g *ground) place(c cell, points []near) {
	g.points = g.points[:0]
	scale := g.frame.perStep * float64(stepOf(g.sheet)) * grains
	put := func(x, y float64) {
		g.points = append(g.points, point{int32(math.Floor(c.left + x*scale + 0.5)), int32(math.Floor(c.top + y*scale + 0.5))})
	}
	for _, q := range points {
		put(float64(q.x), float64(q.y))
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
	if len(g.points) == 0 {
		return
	}
	g.points = append(g.points, g.points[0])
	g.points = g.simplify(g.points)
	if ring := g.points[:len(g.points)-1]; len(ring) > 2 && !g.tiny(g.points) {
		p.line(ring, true)
	}
}

// corners wind as the outer rings of layers do.
func corners(b box) []point {
	return []point{{b.x0, b.y0}, {b.x0, b.y1}, {b.x1, b.y1}, {b.x1, b.y0}}
}
