package draw

import (
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// View is what the picture of m shows, in degrees. Its labels play no part in that, so the caller can
// look for towns in the view and then put them on the map. Where the view crosses the 180th meridian one
// of its edges lies beyond 180 or -180.
func (b *Basemap) View(m Map) orb.Bound { return m.frame().bound() }

// SVG appends the picture of m to dst, for use within a page or as a file.
func (b *Basemap) SVG(dst []byte, m Map) []byte {
	c := canvases.Get().(*canvas)
	defer canvases.Put(c)
	return c.draw(dst, b, &m)
}

// A canvas is what is needed to draw one picture. It is used again for the next.
type canvas struct {
	frame  frame
	ground ground
	groups []group
	owner  []int
	crowd  crowd
	order  []int
	text   []byte
}

var canvases = sync.Pool{New: func() any { return new(canvas) }}

// draw writes from the bottom to the top. What stands higher is placed earlier: nothing may hide a pin,
// and names take the room that is left.
func (c *canvas) draw(dst []byte, b *Basemap, m *Map) []byte {
	c.frame = m.frame()
	c.crowd.reset(c.frame)
	c.ground.look(b, c.frame)
	c.gather(m.Pins)
	c.takePins()

	dst = c.open(dst, m)
	dst = c.ground.append(dst)
	dst = c.appendRings(dst, m)
	dst = c.appendScale(dst, m)
	dst = c.appendFrom(dst, m)
	dst = c.appendLabels(dst, m.Labels)
	dst = c.appendPins(dst, m.Pins)
	return append(dst, "</svg>"...)
}

func (c *canvas) open(dst []byte, m *Map) []byte {
	width, height := int(c.frame.width), int(c.frame.height)
	dst = append(dst, `<svg xmlns="http://www.w3.org/2000/svg" class="m" role="group" aria-label="`...)
	dst = escape(dst, m.Title)
	dst = append(dst, `" width="`...)
	dst = strconv.AppendInt(dst, int64(width), 10)
	dst = append(dst, `" height="`...)
	dst = strconv.AppendInt(dst, int64(height), 10)
	dst = append(dst, `" viewBox="0 0 `...)
	dst = strconv.AppendInt(dst, int64(width), 10)
	dst = append(dst, ' ')
	dst = strconv.AppendInt(dst, int64(height), 10)
	// The picture is the same on a page that is read from right to left.
	dst = append(dst, `" direction="ltr" font-family="system-ui,sans-serif" font-size="12">`...)
	if m.Desc != "" {
		dst = append(dst, "<desc>"...)
		dst = escape(dst, m.Desc)
		dst = append(dst, "</desc>"...)
	}
	return dst
}

// attribute appends a number as an attribute.
func attribute(dst []byte, name string, v float64) []byte {
	dst = append(dst, ' ')
	dst = append(dst, name...)
	dst = append(dst, `="`...)
	dst = decimal(dst, v)
	return append(dst, '"')
}

// decimal appends a number with at most one decimal.
func decimal(dst []byte, v float64) []byte {
	tenths := int64(v*10 + 0.5)
	if v < 0 {
		tenths = int64(v*10 - 0.5)
	}
	if tenths < 0 {
		dst, tenths = append(dst, '-'), -tenths
	}
	dst = strconv.AppendInt(dst, tenths/10, 10)
	if tenths%10 != 0 {
		dst = append(dst, '.', byte('0'+tenths%10))
	}
	return dst
}

// escape appends text so that it is only text, in an element and in an attribute. What XML can't hold at
// all becomes a space.
func escape(dst []byte, text string) []byte {
	for _, r := range text {
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&quot;"...)
		case r < ' ' || r == 0x7F || r == 0xFFFE || r == 0xFFFF:
			dst = append(dst, ' ')
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}
