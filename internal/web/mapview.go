package web

import (
	"strconv"

	"carrypoint/internal/draw"
	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
)

// Size of the map in CSS pixels: a phone's width, and not the whole of its height.
const (
	mapWidth  = 360
	mapHeight = 300
)

// maxLabels names the towns that help to find one's way; more is clutter.
const maxLabels = 14

// resultsMap draws the hits around the origin, with its legend. Places are
// numbered as in the list; the pins are links to it. A position that a person
// gave is not drawn: the answer may be kept by a browser, and the map would
// show where they stood.
func (t *tongue) resultsMap(o origin, hits []edition.Hit, skip int) (svg, legend string) {
	if len(hits) == 0 {
		return "", ""
	}
	m := draw.Map{
		Width: mapWidth, Height: mapHeight, Title: t.say.T("map.title"),
		ScaleText: t.scale(o), ScaleUnit: o.unit().Metres(),
	}
	if !o.given {
		m.From, m.FromVague, m.Rings = &o.point, true, t.rings(o)
	}
	for i, h := range hits {
		number := strconv.Itoa(skip + i + 1)
		m.Pins = append(m.Pins, draw.Pin{
			At: h.Site.Position.Point, Label: number, Href: "#r" + number, Title: h.Site.Name, Vague: !h.Site.Position.Mapped(),
		})
	}
	return t.svg(m), t.legend(o, hits)
}

// svg draws a map with the names of its towns.
func (t *tongue) svg(m draw.Map) string {
	for _, town := range t.Places.TownsWithin(t.Basemap.View(m), maxLabels) {
		m.Labels = append(m.Labels, draw.Label{At: town.Point, Text: town.Name, Rank: town.Population})
	}
	return string(t.Basemap.SVG(nil, m))
}

// scale writes a length for the scale bar. The text of a map runs from left to
// right, so one that does not stands between marks.
func (t *tongue) scale(o origin) func(metres float64) string {
	return func(metres float64) string {
		text, _ := t.say.Length(metres, o.unit(), 0.1)
		return t.say.Apart(text)
	}
}

// ringUnits are the distances that the map draws circles at, in miles or
// kilometres: of these, one or two fit on any map.
var ringUnits = []float64{1, 5, 20, 100}

// rings are circles of round distances around the origin.
func (t *tongue) rings(o origin) []draw.Ring {
	var rings []draw.Ring
	for _, n := range ringUnits {
		metres := n * o.unit().Metres()
		rings = append(rings, draw.Ring{Metres: metres, Text: t.scale(o)(metres)})
	}
	return rings
}

// legend says what the map can't: that a soft pin is an area and not a spot.
func (t *tongue) legend(o origin, hits []edition.Hit) string {
	text := t.say.T("map.legend")
	for _, h := range hits {
		if !h.Site.Position.Mapped() {
			text += " " + t.say.T("map.vague")
			break
		}
	}
	if !o.given && o.place.Kind != gazetteer.Point {
		text += " " + t.say.T("map.from", "place", o.place.Name)
	}
	return text
}
