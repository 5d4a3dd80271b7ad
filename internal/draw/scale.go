package draw

import "github.com/paulmach/orb"

// appendFrom draws where distances are measured from: a dot in a circle, or a soft disc if that is only
// the middle of an area.
func (c *canvas) appendFrom(dst []byte, m *Map) []byte {
	if m.From == nil {
		return dst
	}
	x, y := c.frame.pixel(*m.From)
	c.crowd.take(rect{x - 11, y - 11, x + 11, y + 11})
	if m.FromVague {
		dst = append(dst, `<circle class="m-from" fill="#1d4ed8" fill-opacity=".2" stroke="#1d4ed8" stroke-width="1.5" stroke-dasharray="3 3" r="10"`...)
	} else {
		dst = append(dst, `<circle class="m-from" fill="#fff" stroke="#1d4ed8" stroke-width="2.5" r="7"`...)
	}
	dst = attribute(dst, "cx", x)
	dst = attribute(dst, "cy", y)
	dst = append(dst, `/><circle class="m-dot" fill="#1d4ed8" r="3"`...)
	dst = attribute(dst, "cx", x)
	dst = attribute(dst, "cy", y)
	return append(dst, "/>"...)
}

// smallestRing is the radius of a ring that is still to be told from the dot in it, in CSS pixels.
const smallestRing = 22

// appendRings draws the circles around From whose text has room.
func (c *canvas) appendRings(dst []byte, m *Map) []byte {
	if m.From == nil {
		return dst
	}
	for _, r := range m.Rings {
		dst = c.appendRing(dst, *m.From, r)
	}
	return dst
}

// appendRing writes its text where the ring is lowest, or highest.
func (c *canvas) appendRing(dst []byte, from orb.Point, r Ring) []byte {
	x, y := c.frame.pixel(from)
	radius := c.frame.radius(r.Metres, from)
	if !(radius >= smallestRing) {
		return dst
	}
	half := textWidth(r.Text, nameSize) / 2
	for _, base := range []float64{y + radius + 4, y - radius + 4} {
		if !c.crowd.claim(rect{x - half - 2, base - 11, x + half + 2, base + 4}) {
			continue
		}
		dst = append(dst, `<circle class="m-ring" fill="none" stroke="#1d4ed8" stroke-opacity=".6" stroke-dasharray="5 5"`...)
		dst = attribute(dst, "cx", x)
		dst = attribute(dst, "cy", y)
		dst = attribute(dst, "r", radius)
		dst = append(dst, `/><text class="m-far" fill="#1e40af" stroke="#fff" stroke-width="3" paint-order="stroke" text-anchor="middle"`...)
		dst = appendTextAt(dst, x, base)
		dst = escape(dst, r.Text)
		return append(dst, "</text>"...)
	}
	return dst
}

// defaultUnit is what a scale bar counts in if the caller does not say, in metres.
const defaultUnit = 1000

// appendScale draws the scale bar in the bottom left corner.
func (c *canvas) appendScale(dst []byte, m *Map) []byte {
	if m.ScaleText == nil {
		return dst
	}
	unit := m.ScaleUnit
	if !(unit > 0) {
		unit = defaultUnit
	}
	view := c.frame.bound()
	pixels := c.frame.radius(1, view.Center()) // of one metre
	metres := roundLength(c.frame.width/4/pixels, unit)
	text, base := m.ScaleText(metres), c.frame.height-7
	width := metres * pixels
	c.crowd.take(rect{0, base - 18, max(width, textWidth(text, nameSize)) + 14, c.frame.height})
	dst = append(dst, `<path class="m-scale" fill="none" stroke="#3a3630" stroke-width="2" d="M8 `...)
	dst = decimal(dst, base-5)
	dst = append(dst, `v5h`...)
	dst = decimal(dst, width)
	dst = append(dst, `v-5"/><text class="m-name" fill="#3a3630" stroke="#fff" stroke-width="3" paint-order="stroke"`...)
	dst = appendTextAt(dst, 12, base-4)
	dst = escape(dst, text)
	return append(dst, "</text>"...)
}

// roundLength is the longest length up to most that is 1, 2 or 5, or that times a power of ten, units.
func roundLength(most, unit float64) float64 {
	length := unit
	for length > most {
		length /= 10
	}
	for length*10 <= most {
		length *= 10
	}
	for _, times := range []float64{5, 2} {
		if length*times <= most {
			return length * times
		}
	}
	return length
}
