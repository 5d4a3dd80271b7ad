package draw

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// A Kind says how a layer is drawn.
type Kind uint8

// The kinds of layers: two that are filled, three that are lines, and lines in the colour of land, along
// which the land of two atlases meets.
const (
	Land Kind = iota
	Water
	County
	State
	Coast
	Join
	kinds
)

func (k Kind) filled() bool { return k <= Water }

// A Layer is lines, or what they surround, of one kind. The rings of a filled layer are painted wherever
// they wind around at all, so that they may overlap; a hole runs against its outer ring. No line jumps
// over the 180th meridian.
type Layer struct {
	Kind  Kind
	Lines []orb.LineString // degrees; closed where the layer is filled

	// First and Last are the sheets that have the layer, from 0, the finest, to 2.
	First, Last int
}

// An Outline is what a basemap is made from.
type Outline struct {
	Layers []Layer     // painted in this order
	Known  []orb.Bound // where the outline is complete; elsewhere a map has no water
}

// What does not show, in steps of a sheet, which are coarsestPixels at most: how far a line may move, and
// the area of an island or a lake.
const (
	shiftSteps = 1.5
	speckArea  = 30
)

// magic begins a basemap and tells its version.
const magic = "draw1\n"

// Encode makes the file that OpenBasemap reads. The same outline makes the same bytes.
func (o Outline) Encode() ([]byte, error) {
	b := []byte(magic)
	b = binary.AppendUvarint(b, uint64(len(o.Known)))
	for _, k := range o.Known {
		north, south := project(orb.Point{k.Min.Lon(), k.Max.Lat()}), project(orb.Point{k.Max.Lon(), k.Min.Lat()})
		for _, v := range []float64{north.x, north.y, south.x, south.y} {
			b = binary.AppendUvarint(b, uint64(math.Round(v)))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(o.Layers)))
	for _, l := range o.Layers {
		b = append(b, byte(l.Kind))
	}
	for sheet := range sheets {
		b = appendSheet(b, o.cut(sheet))
	}
	return pack(b)
}

// pack compresses without the time of day.
func pack(b []byte) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(b); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// appendSheet writes the cells of a sheet that hold anything: how many there are, and for each of them
// its distance to the one before, its pieces, and of each piece its layer and its points as differences.
func appendSheet(b []byte, cells [][]piece) []byte {
	n := 0
	for _, pieces := range cells {
		if len(pieces) > 0 {
			n++
		}
	}
	b = binary.AppendUvarint(b, uint64(n))
	before := 0
	for number, pieces := range cells {
		if len(pieces) == 0 {
			continue
		}
		b = binary.AppendUvarint(b, uint64(number-before))
		before = number
		b = binary.AppendUvarint(b, uint64(len(pieces)))
		for _, p := range pieces {
			b = append(b, p.layer)
			b = appendPoints(b, p.points)
		}
	}
	return b
}

func appendPoints(b []byte, points []point) []byte {
	b = binary.AppendUvarint(b, uint64(len(points)))
	var before point
	for _, p := range points {
		b = binary.AppendVarint(b, int64(p.x-before.x))
		b = binary.AppendVarint(b, int64(p.y-before.y))
		before = p
	}
	return b
}

// A piece is what of a line or a ring lies in one cell, in steps from the cell's north-west corner. One
// without points fills the cell.
type piece struct {
	layer  uint8
	points []point
}

// cut is the content of every cell of a sheet, layer by layer.
func (o Outline) cut(sheet int) [][]piece {
	across := cellsAcross(sheet)
	c := cutter{across: across, cells: make([][]piece, across*across)}
	for i, l := range o.Layers {
		if sheet < l.First || sheet > l.Last {
			continue
		}
		c.layer = uint8(i)
		for _, line := range l.Lines {
			points := onSheet(line, sheet)
			closed := points[0] == points[len(points)-1]
			switch {
			case closed && abs(area2(points)) < 2*speckArea:
			case l.Kind.filled():
				c.ring(points[:len(points)-1], box{0, 0, int32(across), int32(across)})
			default:
				c.line(points)
			}
		}
	}
	return c.cells
}

// onSheet is a line in steps of a sheet, without the points that do not show there.
func onSheet(line orb.LineString, sheet int) []point {
	step := float64(stepOf(sheet))
	points := make([]point, 0, len(line))
	for _, p := range line {
		s := project(p)
		points = append(points, point{int32(math.Round(s.x / step)), int32(math.Round(s.y / step))})
	}
	return simplify(points, shiftSteps)
}

type cutter struct {
	layer  uint8
	across int
	cells  [][]piece
}

// ring cuts a ring in halves until each lies in one cell. Cells are those from x0, y0 to before x1, y1.
func (c *cutter) ring(ring []point, cells box) {
	edge := reach(cells)
	for _, s := range edge.sides() {
		ring = clipRing(nil, ring, s)
	}
	switch {
	case len(ring) < 3 || area2(ring) == 0:
	case cells.x1-cells.x0 == 1 && cells.y1-cells.y0 == 1:
		c.add(cells.x0, cells.y0, ring, edge)
	case cells.x1-cells.x0 >= cells.y1-cells.y0:
		middle := (cells.x0 + cells.x1) / 2
		c.ring(ring, box{cells.x0, cells.y0, middle, cells.y1})
		c.ring(ring, box{middle, cells.y0, cells.x1, cells.y1})
	default:
		middle := (cells.y0 + cells.y1) / 2
		c.ring(ring, box{cells.x0, cells.y0, cells.x1, middle})
		c.ring(ring, box{cells.x0, middle, cells.x1, cells.y1})
	}
}

// reach is what the pieces of cells may cover.
func reach(cells box) box {
	return box{
		cells.x0*cellSteps - overlap, cells.y0*cellSteps - overlap,
		cells.x1*cellSteps + overlap, cells.y1*cellSteps + overlap,
	}
}

func (c *cutter) line(line []point) {
	around := boxOf(line)
	for y := around.y0 / cellSteps; y <= min(around.y1/cellSteps, int32(c.across)-1); y++ {
		for x := around.x0 / cellSteps; x <= min(around.x1/cellSteps, int32(c.across)-1); x++ {
			cell := box{x * cellSteps, y * cellSteps, (x + 1) * cellSteps, (y + 1) * cellSteps}
			clipLine(line, nil, cell, func(part []point) { c.add(x, y, part, box{}) })
		}
	}
}

// add puts a piece into a cell. One that is the whole of edge fills it.
func (c *cutter) add(x, y int32, points []point, edge box) {
	p := piece{layer: c.layer}
	if !whole(points, edge) {
		for _, q := range points {
			p.points = append(p.points, point{q.x - x*cellSteps, q.y - y*cellSteps})
		}
	}
	number := int(y)*c.across + int(x)
	c.cells[number] = append(c.cells[number], p)
}

// whole reports whether a ring is all of a box.
func whole(ring []point, b box) bool {
	for _, p := range ring {
		if p.x != b.x0 && p.x != b.x1 || p.y != b.y0 && p.y != b.y1 {
			return false
		}
	}
	return abs(area2(ring)) == 2*int64(b.x1-b.x0)*int64(b.y1-b.y0)
}

func abs(v int64) int64 { return max(v, -v) }
