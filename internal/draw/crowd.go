package draw

// A rect is a part of the picture that something takes, in CSS pixels.
type rect struct{ left, top, right, bottom float64 }

func (r rect) meets(o rect) bool {
	return r.left < o.right && o.left < r.right && r.top < o.bottom && o.top < r.bottom
}

// A crowd is what already stands in the picture.
type crowd struct {
	whole rect
	taken []rect
}

// margin is how far text stays from the edges of the picture, in CSS pixels.
const margin = 3

func (c *crowd) reset(f frame) {
	c.whole = rect{margin, margin, f.width - margin, f.height - margin}
	c.taken = c.taken[:0]
}

// take keeps others off a part.
func (c *crowd) take(r rect) { c.taken = append(c.taken, r) }

// free reports whether a part lies in the picture and nobody has it.
func (c *crowd) free(r rect) bool {
	if r.left < c.whole.left || r.top < c.whole.top || r.right > c.whole.right || r.bottom > c.whole.bottom {
		return false
	}
	for _, t := range c.taken {
		if t.meets(r) {
			return false
		}
	}
	return true
}

// claim takes a part if it is free.
func (c *crowd) claim(r rect) bool {
	if !c.free(r) {
		return false
	}
	c.take(r)
	return true
}

// textWidth is about how wide text is in a sans-serif font, in CSS pixels: rather too wide than too
// narrow, for which fonts a phone has is not known.
func textWidth(text string, size float64) float64 {
	var em float64
	for _, r := range text {
		em += runeWidth(r)
	}
	return em * size
}

// runeWidth is about the width of a letter in ems.
func runeWidth(r rune) float64 {
	switch {
	case r == 'i' || r == 'l' || r == 'j' || r == '.' || r == ',' || r == ' ' || r == '\'' || r == 'I':
		return 0.31
	case r == 'm' || r == 'w' || r == 'M' || r == 'W':
		return 0.92
	case 'A' <= r && r <= 'Z':
		return 0.7
	case r < 0x1100:
		return 0.59
	default: // Chinese, Japanese and Korean
		return 1
	}
}
