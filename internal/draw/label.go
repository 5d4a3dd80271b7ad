package draw

import "slices"

// Names of towns. A large town has larger letters.
const (
	nameSize      = 12.0
	largeNameSize = 14.0
	largeRank     = 100_000
)

// maxLabels is how many names a picture has at most: with more nobody finds any.
const maxLabels = 16

// maxLetters is how many bytes a name may have; a longer one would cross half of a phone.
const maxLetters = 40

// A beside is a place for a name near its dot: the corner of the text that is fixed, and how far it is
// from the dot in CSS pixels.
type beside struct {
	x, y   float64 // y is that of the baseline
	anchor float64 // 0: the text begins there, 0.5: its middle, 1: it ends there
	is     string  // the same for SVG
}

const (
	middle = ` text-anchor="middle"`
	end    = ` text-anchor="end"`
)

// besides are tried in turn. The last ones leave room for a pin on the dot.
var besides = []beside{
	{6, 4, 0, ""}, {-6, 4, 1, end}, {0, -6, 0.5, middle}, {0, 15, 0.5, middle},
	{15, 4, 0, ""}, {-15, 4, 1, end}, {0, 25, 0.5, middle}, {0, -17, 0.5, middle},
}

// appendLabels names the towns that there is room for, the largest first.
func (c *canvas) appendLabels(dst []byte, labels []Label) []byte {
	if len(labels) == 0 {
		return dst
	}
	c.order = c.order[:0]
	for i := range labels {
		c.order = append(c.order, i)
	}
	slices.SortStableFunc(c.order, func(a, b int) int { return labels[b].Rank - labels[a].Rank })
	begin := len(dst)
	dst = append(dst, `<g class="m-name" translate="no" fill="#3a3630" stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke">`...)
	none, placed := len(dst), 0
	for _, i := range c.order {
		if before := len(dst); placed < maxLabels {
			if dst = c.appendLabel(dst, &labels[i]); len(dst) > before {
				placed++
			}
		}
	}
	if len(dst) == none {
		return dst[:begin]
	}
	return append(dst, "</g>"...)
}

func (c *canvas) appendLabel(dst []byte, l *Label) []byte {
	if l.Text == "" || len(l.Text) > maxLetters {
		return dst
	}
	x, y := c.frame.pixel(l.At)
	size := nameSize
	if l.Rank >= largeRank {
		size = largeNameSize
	}
	width := textWidth(l.Text, size)
	dot := rect{x - 3, y - 3, x + 3, y + 3}
	dotted := c.crowd.free(dot)
	for _, at := range besides {
		left, base := x+at.x-at.anchor*width, y+at.y
		if !c.crowd.claim(rect{left - 2, base - size*0.85, left + width + 2, base + size*0.3}) {
			continue
		}
		if dotted {
			c.crowd.take(dot)
			dst = append(dst, "<circle"...)
			dst = attribute(dst, "cx", x)
			dst = attribute(dst, "cy", y)
			dst = append(dst, ` r="2"/>`...)
		}
		dst = append(dst, "<text"...)
		dst = append(dst, at.is...)
		if size != nameSize {
			dst = attribute(dst, "font-size", size)
		}
		dst = appendTextAt(dst, x+at.x, base)
		dst = escape(dst, l.Text)
		return append(dst, "</text>"...)
	}
	return dst
}
