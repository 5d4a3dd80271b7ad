package draw

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Bounds of what is read. Each is several times what the shipped basemap has, so that a damaged or a
// hostile file can't take the memory of the server.
const (
	maxPoints = 1 << 20
	maxPieces = 1 << 17
	maxLayers = 16
	maxKnown  = 64
)

// ErrDamaged says that a file is no basemap, or not a whole one.
var ErrDamaged = errors.New("draw: the basemap is damaged")

// A Basemap is land, water and lines of the whole world, cut into cells. It is immutable, and safe for
// concurrent use.
type Basemap struct {
	layers []Kind
	known  []box // in steps

	cells  []uint32 // where the pieces of each cell begin; one more than there are cells
	pieces []stretch
	points []near
	ranks  []uint8 // of the points
}

// A stretch is where the points of a piece begin; they end where the next piece begins. The last stretch
// of a basemap only ends the one before.
type stretch struct {
	first uint32
	layer uint8
}

// near is a point in steps from the north-west corner of its cell: half the size of a point.
type near struct{ x, y int16 }

// OpenBasemap reads what Outline.Encode made.
func OpenBasemap(r io.Reader) (*Basemap, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return parse(z)
}

// parse reads a basemap that is not compressed.
func parse(r io.Reader) (*Basemap, error) {
	in := reader{from: bufio.NewReader(r)}
	b := in.basemap()
	if in.err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, in.err)
	}
	if _, err := in.from.ReadByte(); err != io.EOF {
		return nil, fmt.Errorf("%w: something follows the last sheet", ErrDamaged)
	}
	b.rank()
	return b, nil
}

// rank ranks the points, so that no picture has to.
func (b *Basemap) rank() {
	var r ranker
	b.ranks = make([]uint8, 0, len(b.points))
	for i := range len(b.pieces) - 1 {
		b.ranks = r.rank(b.ranks, b.pointsOf(uint32(i)), b.layers[b.pieces[i].layer].filled())
	}
}

// A reader reads numbers and remembers what first went wrong. After that it reads zeros.
type reader struct {
	from *bufio.Reader
	err  error
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// number reads a number up to limit.
func (r *reader) number(limit int, what string) int {
	if r.err != nil {
		return 0
	}
	v, err := binary.ReadUvarint(r.from)
	switch {
	case err != nil:
		r.fail("%s: %w", what, err)
		return 0
	case v > uint64(limit):
		r.fail("%s: %d is more than %d", what, v, limit)
		return 0
	}
	return int(v)
}

// step reads a coordinate as its difference to the one before.
func (r *reader) step(before int16) int16 {
	if r.err != nil {
		return 0
	}
	d, err := binary.ReadVarint(r.from)
	if err != nil {
		r.fail("coordinate: %w", err)
		return 0
	}
	if d < -2*cellSteps || d > 2*cellSteps {
		r.fail("coordinate: a difference of %d", d)
		return 0
	}
	v := int64(before) + d
	if v < -overlap || v > cellSteps+overlap {
		r.fail("coordinate: %d lies outside of its cell", v)
		return 0
	}
	return int16(v)
}

func (r *reader) basemap() *Basemap {
	for _, want := range []byte(magic) {
		if got, err := r.from.ReadByte(); err != nil || got != want {
			r.fail("it does not begin with %q", magic)
			return nil
		}
	}
	b := &Basemap{cells: make([]uint32, 0, firstCell(sheets)+1)}
	for range r.number(maxKnown, "known bounds") {
		edge := func() int32 { return int32(r.number(world, "known bound")) }
		b.known = append(b.known, box{edge(), edge(), edge(), edge()})
	}
	for range r.number(maxLayers, "layers") {
		b.layers = append(b.layers, Kind(r.number(int(kinds)-1, "kind of layer")))
	}
	if len(b.layers) == 0 {
		r.fail("it has no layers")
	}
	for sheet := range sheets {
		r.sheet(b, sheet)
	}
	b.cells = append(b.cells, uint32(len(b.pieces)))
	b.pieces = append(b.pieces, stretch{first: uint32(len(b.points))})
	return b
}

func (r *reader) sheet(b *Basemap, sheet int) {
	first, across := firstCell(sheet), cellsAcross(sheet)
	cells := across * across
	number := 0
	for i := range r.number(cells, "cells") {
		skip := r.number(cells, "next cell")
		if number += skip; number >= cells || i > 0 && skip == 0 {
			r.fail("next cell: %d after %d", number, number-skip)
		}
		if r.err != nil {
			return
		}
		b.emptyUntil(first + number + 1)
		for range r.number(maxPieces-len(b.pieces), "pieces") {
			r.piece(b)
		}
	}
	b.emptyUntil(first + cells)
}

// emptyUntil begins cells up to the one before number: each where the pieces now end.
func (b *Basemap) emptyUntil(number int) {
	for len(b.cells) < number {
		b.cells = append(b.cells, uint32(len(b.pieces)))
	}
}

func (r *reader) piece(b *Basemap) {
	layer := r.number(len(b.layers)-1, "layer")
	n := r.number(maxPoints-len(b.points), "points")
	if r.err != nil {
		return
	}
	b.pieces = append(b.pieces, stretch{uint32(len(b.points)), uint8(layer)})
	var p near
	for range n {
		p.x, p.y = r.step(p.x), r.step(p.y)
		if r.err != nil {
			return
		}
		b.points = append(b.points, p)
	}
}

// piecesOf are the numbers of the pieces of a cell, from first to before end.
func (b *Basemap) piecesOf(sheet, x, y int) (first, end uint32) {
	cell := firstCell(sheet) + y*cellsAcross(sheet) + x
	return b.cells[cell], b.cells[cell+1]
}

func (b *Basemap) pointsOf(piece uint32) []near {
	return b.points[b.pieces[piece].first:b.pieces[piece+1].first]
}

func (b *Basemap) ranksOf(piece uint32) []uint8 {
	return b.ranks[b.pieces[piece].first:b.pieces[piece+1].first]
}

// knows reports whether a place lies where the basemap is complete.
func (b *Basemap) knows(s spot) bool {
	x := s.x
	if x < 0 {
		x += world
	} else if x >= world {
		x -= world
	}
	p := point{int32(x), int32(max(0, min(world, s.y)))}
	for _, k := range b.known {
		if k.holds(p) {
			return true
		}
	}
	return false
}
