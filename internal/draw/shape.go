package draw

import "math"

// A point is a place on a grid of whole steps: the cells of a basemap, or the pixels of a picture.
// Y grows to the south.
type point struct{ x, y int32 }

// A box is a rectangle with its edges.
type box struct{ x0, y0, x1, y1 int32 }

func (b box) holds(p point) bool {
	return b.x0 <= p.x && p.x <= b.x1 && b.y0 <= p.y && p.y <= b.y1
}

// boxOf is the smallest box around points, of which there must be one.
func boxOf(points []point) box {
	b := box{points[0].x, points[0].y, points[0].x, points[0].y}
	for _, p := range points[1:] {
		b.x0, b.y0 = min(b.x0, p.x), min(b.y0, p.y)
		b.x1, b.y1 = max(b.x1, p.x), max(b.y1, p.y)
	}
	return b
}

func (b box) contains(c box) bool {
	return b.x0 <= c.x0 && c.x1 <= b.x1 && b.y0 <= c.y0 && c.y1 <= b.y1
}

func (b box) meets(c box) bool {
	return b.x0 <= c.x1 && c.x0 <= b.x1 && b.y0 <= c.y1 && c.y0 <= b.y1
}

// A side is one edge of a box, and what lies within it.
type side struct {
	vertical bool // the edge runs north and south: x is compared
	at       int32
	below    bool // within is at or below the edge, else at or above it
}

func (s side) within(p point) bool {
	v := p.y
	if s.vertical {
		v = p.x
	}
	if s.below {
		return v <= s.at
	}
	return v >= s.at
}

// cross is where the line from a to b meets the edge. The ends lie on different sides.
func (s side) cross(a, b point) point {
	if s.vertical {
		return point{s.at, along(a.y, b.y, s.at-a.x, b.x-a.x)}
	}
	return point{along(a.x, b.x, s.at-a.y, b.y-a.y), s.at}
}

// along is the value at part/whole of the way from a to b.
func along(a, b, part, whole int32) int32 {
	return a + int32(math.Round((float64(b)-float64(a))*float64(part)/float64(whole)))
}

func (b box) sides() [4]side {
	return [4]side{{true, b.x0, false}, {true, b.x1, true}, {false, b.y0, false}, {false, b.y1, true}}
}

// clipRing appends what of a ring lies within one side (Sutherland and Hodgman). The ring is not closed:
// its first point is not repeated. What is cut apart stays joined by lines along the edge, which a fill
// does not show.
func clipRing(dst, ring []point, s side) []point {
	if len(ring) == 0 {
		return dst
	}
	before := ring[len(ring)-1]
	for _, p := range ring {
		if s.within(p) != s.within(before) {
			dst = append(dst, s.cross(before, p))
		}
		if s.within(p) {
			dst = append(dst, p)
		}
		before = p
	}
	return dst
}

// straighten takes the points out of a ring, in place, that lie on the line between their neighbours, as
// they do where it was clipped.
func straighten(ring []point) []point {
	kept := ring[:0]
	for i, p := range ring {
		before, after := ring[len(ring)-1], ring[(i+1)%len(ring)]
		if len(kept) > 0 {
			before = kept[len(kept)-1]
		}
		if area2([]point{before, p, after}) != 0 {
			kept = append(kept, p)
		}
	}
	return kept
}

// clipSegment is what of the line from a to b lies within a box.
func clipSegment(a, b point, within box) (point, point, bool) {
	for _, s := range within.sides() {
		switch inA, inB := s.within(a), s.within(b); {
		case !inA && !inB:
			return a, b, false
		case !inA:
			a = s.cross(a, b)
		case !inB:
			b = s.cross(a, b)
		}
	}
	return a, b, true
}

// clipLine calls part with each part of a line that lies within a box. A part is valid until the call
// returns; scratch is used for them and returned for the next line.
func clipLine(line, scratch []point, within box, part func([]point)) []point {
	scratch = scratch[:0]
	for i := 1; i < len(line); i++ {
		a, b, seen := clipSegment(line[i-1], line[i], within)
		if !seen {
			continue
		}
		if n := len(scratch); n == 0 || scratch[n-1] != a {
			if n > 1 {
				part(scratch)
			}
			scratch = append(scratch[:0], a)
		}
		scratch = append(scratch, b)
	}
	if len(scratch) > 1 {
		part(scratch)
	}
	return scratch
}

// simplify keeps the points, in place, without which a line would move by more than tolerance (Douglas
// and Peucker). The ends stay. Of a ring, first and last stay.
func simplify(line []point, tolerance float64) []point {
	if len(line) < 3 {
		return line
	}
	kept := thin(line[:1], line, tolerance*tolerance)
	return append(kept, line[len(line)-1])
}

// thin appends the points to keep strictly between the ends of line. What it writes never overtakes what
// it has still to read, for it keeps at most what it has passed.
func thin(kept, line []point, tolerance2 float64) []point {
	a, b := line[0], line[len(line)-1]
	worst, at := tolerance2, 0
	for i := 1; i < len(line)-1; i++ {
		if d := distance2(line[i], a, b); d > worst {
			worst, at = d, i
		}
	}
	if at == 0 {
		return kept
	}
	kept = thin(kept, line[:at+1], tolerance2)
	kept = append(kept, line[at])
	return thin(kept, line[at:], tolerance2)
}

// distance2 is the square of the distance of p to the line between a and b.
func distance2(p, a, b point) float64 {
	x, y := float64(p.x-a.x), float64(p.y-a.y)
	dx, dy := float64(b.x-a.x), float64(b.y-a.y)
	if length := dx*dx + dy*dy; length > 0 {
		t := max(0, min(1, (x*dx+y*dy)/length))
		x, y = x-t*dx, y-t*dy
	}
	return x*x + y*y
}

// area2 is twice the area of a ring, positive where it runs clockwise on the screen.
func area2(ring []point) int64 {
	var sum int64
	before := point{}
	if len(ring) > 0 {
		before = ring[len(ring)-1]
	}
	for _, p := range ring {
		sum += int64(before.x)*int64(p.y) - int64(p.x)*int64(before.y)
		before = p
	}
	return sum
}
