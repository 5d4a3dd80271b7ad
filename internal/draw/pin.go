package draw

import (
	"strconv"
	"unicode/utf8"
)

// A group is pins so near to each other that one would hide the other. They become one pin that has all
// of their numbers.
type group struct {
	x, y  float64 // the spot, in CSS pixels
	left  float64 // the edge of the body of the pin
	width float64 // of the body
	vague bool    // no pin of the group knows its spot
	gone  bool    // joined to another
}

// Measures of a pin in CSS pixels, with its outline. A finger needs 24 by 24 (WCAG 2.5.8).
const (
	pinHeight = 24
	pinStem   = 7 // how far the spot lies below the body of a sharp pin
	pinText   = 13
)

// rect is where the body of the pin stands: above its spot, or around it where that is vague.
func (g *group) rect() rect {
	bottom := g.y - pinStem
	if g.vague {
		bottom = g.y + pinHeight/2
	}
	return rect{g.left, bottom - pinHeight, g.left + g.width, bottom}
}

// gather puts pins into groups that do not touch. A pin joins the first group that it touches; a group
// that grew may then touch another, and they become one.
func (c *canvas) gather(pins []Pin) {
	c.groups, c.owner = c.groups[:0], c.owner[:0]
	for i := range pins {
		x, y := c.frame.pixel(pins[i].At)
		c.owner = append(c.owner, len(c.groups))
		c.groups = append(c.groups, group{x: x, y: y, vague: pins[i].Vague})
		c.measure(len(c.groups)-1, pins)
		for last := len(c.groups) - 1; ; {
			other := c.touching(last)
			if other < 0 {
				break
			}
			last = c.join(min(other, last), max(other, last), pins)
		}
	}
}

// touching is another group that g touches, or -1.
func (c *canvas) touching(g int) int {
	r := c.groups[g].rect()
	for i := range c.groups {
		if i != g && !c.groups[i].gone && c.groups[i].rect().meets(r) {
			return i
		}
	}
	return -1
}

// join moves the pins of a group into an earlier one, whose number it returns. The first pin says where
// the group stands, but the first sharp one if there is any.
func (c *canvas) join(into, from int, pins []Pin) int {
	a, b := &c.groups[into], &c.groups[from]
	if a.vague && !b.vague {
		a.x, a.y, a.vague = b.x, b.y, false
	}
	b.gone = true
	for i, owner := range c.owner {
		if owner == from {
			c.owner[i] = into
		}
	}
	c.measure(into, pins)
	return into
}

// measure finds how wide a group must be for its text, and puts its body where it is seen whole.
func (c *canvas) measure(number int, pins []Pin) {
	g := &c.groups[number]
	c.text = c.appendNumbers(c.text[:0], number, pins)
	g.width = pinHeight
	if utf8.RuneCount(c.text) > 2 {
		g.width = min(c.frame.width, max(pinHeight+8, numbersWidth(c.text)+12)) // the smallest map is narrower than the longest text with its margins
	}
	g.left = max(0, min(c.frame.width-g.width, g.x-g.width/2))
}

// numbersWidth is about how wide the bold text of a pin is.
func numbersWidth(text []byte) float64 {
	var em float64
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		em += runeWidth(r)
		text = text[size:]
	}
	return em * pinText
}

// maxNumbers is how long the text of a pin may grow, in bytes. What is longer ends with dots: the name of
// the link has all.
const maxNumbers = 12

// appendNumbers writes what stands on the pin of a group: "3", "1, 4", "2–5".
func (c *canvas) appendNumbers(dst []byte, g int, pins []Pin) []byte {
	start := len(dst)
	for i := 0; i < len(c.owner); {
		if c.owner[i] != g {
			i++
			continue
		}
		last := c.run(i, pins)
		if len(dst) > start {
			dst = append(dst, ", "...)
			if len(dst)-start+len(pins[i].Label) > maxNumbers {
				return append(dst[:len(dst)-2], "…"...)
			}
		}
		dst = escape(dst, pins[i].Label)
		switch {
		case last > i+1:
			dst = append(dst, "–"...)
			dst = escape(dst, pins[last].Label)
		default:
			last = i
		}
		i = last + 1
	}
	return dst
}

// run is the last pin of those from first on that follow each other in the list, in the group and in
// their numbers.
func (c *canvas) run(first int, pins []Pin) int {
	number, err := strconv.Atoi(pins[first].Label)
	last := first
	for err == nil && last+1 < len(c.owner) && c.owner[last+1] == c.owner[first] {
		var next int
		if next, err = strconv.Atoi(pins[last+1].Label); err != nil || next != number+1 {
			break
		}
		number = next
		last++
	}
	return last
}

// takePins keeps names off the pins and their stems.
func (c *canvas) takePins() {
	for i := range c.groups {
		if g := &c.groups[i]; !g.gone {
			r := g.rect()
			r.bottom = max(r.bottom, g.y)
			c.crowd.take(r)
		}
	}
}

func (c *canvas) appendPins(dst []byte, pins []Pin) []byte {
	if len(pins) == 0 {
		return dst
	}
	dst = append(dst, `<g font-size="13" font-weight="700" text-anchor="middle" stroke-width="2">`...)
	for g := range c.groups {
		if !c.groups[g].gone {
			dst = c.appendPin(dst, g, pins)
		}
	}
	return append(dst, "</g>"...)
}

// appendPin draws one pin: a link that is named after all of its places. It is no stop of the Tab key,
// for the list beside the map has the same links.
func (c *canvas) appendPin(dst []byte, g int, pins []Pin) []byte {
	first := true
	for i := range pins {
		if c.owner[i] != g {
			continue
		}
		if first {
			dst = append(dst, `<a href="`...)
			dst = escape(dst, pins[i].Href)
			dst = append(dst, `" tabindex="-1"><title>`...)
		} else {
			dst = append(dst, "; "...)
		}
		dst = escape(dst, pins[i].Label)
		dst = append(dst, ". "...)
		dst = escape(dst, pins[i].Title)
		first = false
	}
	dst = append(dst, "</title>"...)
	at := &c.groups[g]
	if at.vague {
		dst = appendVague(dst, at)
	} else {
		dst = appendSharp(dst, at)
	}
	dst = c.appendNumbers(dst, g, pins)
	return append(dst, "</text></a>"...)
}

// appendSharp draws a filled pin with its foot on the spot, and begins its text. The outline adds a pixel
// on every side: an arc has a radius of 11.
func appendSharp(dst []byte, g *group) []byte {
	dst = append(dst, `<path class="m-pin" fill="#8a1c4f" stroke="#fff" d="M`...)
	dst = decimal(dst, g.x)
	dst = append(dst, ' ')
	dst = decimal(dst, g.y)
	if g.width > pinHeight {
		dst = append(dst, "l-4-8H"...)
		dst = decimal(dst, g.left+pinHeight/2)
		dst = append(dst, "a11 11 0 0 1 0-22h"...)
		dst = decimal(dst, g.width-pinHeight)
		dst = append(dst, "a11 11 0 0 1 0 22H"...)
		dst = decimal(dst, g.x+4)
		dst = append(dst, `z"/>`...)
	} else {
		dst = append(dst, `l-4-9a11 11 0 1 1 8 0z"/>`...)
	}
	dst = append(dst, `<text class="m-num" fill="#fff"`...)
	return appendTextAt(dst, g.left+g.width/2, g.y-14.5)
}

// appendVague draws an open disc in a halo around the middle of the area in which the place is, and
// begins its text.
func appendVague(dst []byte, g *group) []byte {
	dst = append(dst, `<circle class="m-area" fill="#8a1c4f" fill-opacity=".16" r="20"`...)
	dst = attribute(dst, "cx", g.x)
	dst = attribute(dst, "cy", g.y)
	dst = append(dst, `/><rect class="m-vague" fill="#fff" stroke="#8a1c4f" stroke-dasharray="4 2" height="22" rx="11"`...)
	dst = attribute(dst, "x", g.left+1)
	dst = attribute(dst, "y", g.y-11)
	dst = attribute(dst, "width", g.width-2)
	dst = append(dst, `/><text class="m-vnum" fill="#8a1c4f"`...)
	return appendTextAt(dst, g.left+g.width/2, g.y+4.5)
}

func appendTextAt(dst []byte, x, y float64) []byte {
	dst = attribute(dst, "x", x)
	dst = attribute(dst, "y", y)
	return append(dst, '>')
}
