package draw

import "strconv"

// A path writes the value of a d attribute in whole pixels, for every digit is a byte of the page: every subpath begins relative to the end of the one before,
// and numbers are joined as tightly as the grammar of SVG allows.
type path struct {
	dst []byte
	at  point // where the pen is
}

// line writes an open line, or a ring if closed, without points that coincide.
func (p *path) line(points []point, closed bool) {
	start := points[0]
	p.dst = append(p.dst, 'm')
	p.step(start, false)
	joined := false
	for _, q := range points[1:] {
		if q == p.at {
			continue
		}
		if !joined {
			p.dst = append(p.dst, 'l')
		}
		p.step(q, joined)
		joined = true
	}
	if closed {
		p.dst = append(p.dst, 'z')
		p.at = start
	}
}

// step moves the pen. A separator stands where the first number could be read as part of the one before.
func (p *path) step(to point, separate bool) {
	dx, dy := int64(to.x-p.at.x), int64(to.y-p.at.y)
	if separate && dx >= 0 {
		p.dst = append(p.dst, ' ')
	}
	p.dst = strconv.AppendInt(p.dst, dx, 10)
	if dy >= 0 {
		p.dst = append(p.dst, ' ')
	}
	p.dst = strconv.AppendInt(p.dst, dy, 10)
	p.at = to
}
