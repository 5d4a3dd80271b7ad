package streets

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/paulmach/orb"
)

// A street is what one source knows of one street in one area.
type street struct {
	name  string   // as the source writes it
	lines [][]byte // see packLine
	spans []span
	doors []door
}

// A door is an address of which the point is known.
type door struct {
	number string // as number.String gives it, or as its source does where that is no number
	point  orb.Point
}

// errPacked says that the bytes of a street are not those of one.
var errPacked = errors.New("the bytes of a street are damaged")

// perUnit is the fineness in which points are stored, 0.1 m: the Census has six decimals of a degree.
const perUnit = 1e6

func unitsOf(degrees float64) int64 { return int64(math.Round(degrees * perUnit)) }

// packLine writes a line as the steps from each of its points to the next.
func packLine(line orb.LineString) []byte {
	var packed []byte
	var x, y int64
	for _, p := range line {
		nextX, nextY := unitsOf(p.Lon()), unitsOf(p.Lat())
		packed = binary.AppendVarint(packed, nextX-x)
		packed = binary.AppendVarint(packed, nextY-y)
		x, y = nextX, nextY
	}
	return packed
}

func unpackLine(packed []byte) (orb.LineString, error) {
	r := unpacker{rest: packed}
	var line orb.LineString
	var x, y int64
	for len(r.rest) > 0 && r.err == nil {
		x += r.signed()
		y += r.signed()
		line = append(line, orb.Point{float64(x) / perUnit, float64(y) / perUnit})
	}
	if len(line) < 2 {
		return nil, errPacked
	}
	return line, r.err
}

// The marks of a span.
const (
	markRight = 1 << iota
	markBoth
	markHead  // both of its numbers have a head, the same
	markHeads // they have a head each
)

// pack writes all of a street but its name.
func (s *street) pack() []byte {
	packed := binary.AppendUvarint(nil, uint64(len(s.lines)))
	for _, line := range s.lines {
		packed = appendText(packed, line)
	}
	packed = binary.AppendUvarint(packed, uint64(len(s.spans)))
	for _, span := range s.spans {
		packed = span.pack(packed)
	}
	packed = binary.AppendUvarint(packed, uint64(len(s.doors)))
	var x, y int64
	for _, d := range s.doors {
		packed = appendText(packed, []byte(d.number))
		nextX, nextY := unitsOf(d.point.Lon()), unitsOf(d.point.Lat())
		packed = binary.AppendVarint(packed, nextX-x)
		packed = binary.AppendVarint(packed, nextY-y)
		x, y = nextX, nextY
	}
	return packed
}

func (s span) pack(packed []byte) []byte {
	var marks byte
	if s.side == right {
		marks |= markRight
	}
	if s.both {
		marks |= markBoth
	}
	switch {
	case s.from.head != s.to.head:
		marks |= markHeads
	case s.from.head != "":
		marks |= markHead
	}
	packed = append(binary.AppendUvarint(packed, uint64(s.line)), marks)
	if marks&(markHead|markHeads) != 0 {
		packed = appendText(packed, []byte(s.from.head))
	}
	if marks&markHeads != 0 {
		packed = appendText(packed, []byte(s.to.head))
	}
	packed = binary.AppendVarint(packed, s.from.n)
	return binary.AppendVarint(packed, s.to.n-s.from.n)
}

func appendText(packed, text []byte) []byte {
	return append(binary.AppendUvarint(packed, uint64(len(text))), text...)
}

// unpack reads what pack wrote.
func unpack(name string, packed []byte) (*street, error) {
	r := unpacker{rest: packed}
	s := &street{name: name}
	for range r.count() {
		s.lines = append(s.lines, r.text())
	}
	for range r.count() {
		s.spans = append(s.spans, r.span(len(s.lines)))
	}
	var x, y int64
	for range r.count() {
		number := string(r.text())
		x += r.signed()
		y += r.signed()
		s.doors = append(s.doors, door{number, orb.Point{float64(x) / perUnit, float64(y) / perUnit}})
	}
	if len(r.rest) > 0 {
		r.fail()
	}
	return s, r.err
}

// An unpacker reads packed bytes. After a failure it gives zeros.
type unpacker struct {
	rest []byte
	err  error
}

func (r *unpacker) fail() {
	r.rest, r.err = nil, errPacked
}

func (r *unpacker) unsigned() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *unpacker) signed() int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// count reads how many things follow: never more than there are bytes.
func (r *unpacker) count() int {
	n := r.unsigned()
	if n > uint64(len(r.rest)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *unpacker) text() []byte {
	n := r.count()
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return text
}

func (r *unpacker) mark() byte {
	if len(r.rest) == 0 {
		r.fail()
		return 0
	}
	mark := r.rest[0]
	r.rest = r.rest[1:]
	return mark
}

func (r *unpacker) span(lines int) span {
	var s span
	line, marks := r.unsigned(), r.mark()
	if line >= uint64(lines) {
		r.fail()
		return s
	}
	s.line, s.both = int(line), marks&markBoth != 0
	if marks&markRight != 0 {
		s.side = right
	}
	if marks&(markHead|markHeads) != 0 {
		s.from.head = string(r.text())
		s.to.head = s.from.head
	}
	if marks&markHeads != 0 {
		s.to.head = string(r.text())
	}
	s.from.n = r.signed()
	s.to.n = s.from.n + r.signed()
	return s
}
