package sheet

import (
	"slices"
	"strconv"

	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/views"
)

// head is what stands before the places: what to do first of all, what the list
// is, how old, what it leaves out, the map, and where the newest list is.
func (l layout) head() views.SheetHead {
	return views.SheetHead{
		Overdose: l.said("sheet.overdose", "number", l.Overdose.Call),
		Heading:  l.say(func(t facts.Teller) string { return l.title(t.Say) }),
		About:    l.columns(l.about),
		Map:      l.draw(l.Hits(), mapWidth, mapHeight),
		QR:       l.QR,
		Newest:   l.said("sheet.newest"),
		Short:    l.Short,
	}
}

func (l layout) about(t facts.Teller) []views.Fact {
	lines := []views.Fact{{Class: "count", Text: l.reach(t)}, {Text: l.dates(t)}}
	add := func(text string) { lines = append(lines, views.Fact{Text: text}) }
	for _, text := range l.leftOut(t) {
		add(text)
	}
	for _, text := range t.Holidays(l.Country) {
		add(text)
	}
	if l.Len() > 0 {
		add(t.Say.T("sheet.call"))
	}
	if len(l.pins(l.Hits())) > 0 && l.Draw != nil && l.Format != Large {
		add(l.mapNote(t))
	}
	return lines
}

// reach is how many places there are, and how they were chosen and ordered.
func (l layout) reach(t facts.Teller) string {
	text := t.Say.N("sheet.places", l.Len())
	add := func(more string) { text += " " + more }
	length, _ := t.Say.Length(l.RadiusMetres, l.Unit, 1)
	switch {
	case l.Len() == 0:
		return t.Say.T("sheet.none")
	case l.Beyond:
		add(t.Say.T("sheet.nearest_beyond", "distance", length))
	case l.Scope == Near:
		add(t.Say.T("sheet.within", "distance", length, "place", l.Place))
	case l.ByTown && l.Format != Days:
		add(t.Say.T("sheet.by_town"))
	}
	if l.Day != nil && l.Format != Days {
		add(t.Say.T("sheet.weekday", "day", t.Say.Weekday(*l.Day)))
	}
	return text
}

// dates say which edition this is, when it was printed, and until when it counts.
func (l layout) dates(t facts.Teller) string {
	return t.Say.T("sheet.edition", "id", l.Edition, "date", t.Say.Date(l.Made)) + " " + l.printed("sheet.printed", t)
}

func (l layout) printed(key string, t facts.Teller) string {
	return t.Say.T(key, "date", t.Say.Date(t.Now), "next", t.Say.Date(t.Now.AddDate(0, 0, CheckAgainDays)))
}

// leftOut says how many places are not on the sheet, and why.
func (l layout) leftOut(t facts.Teller) []string {
	var all []string
	for _, reason := range Reasons() {
		switch n := l.LeftOut[reason]; {
		case n == 0:
		case reason == Hidden:
			all = append(all, t.Say.N("left_out.hidden", n, "days", strconv.Itoa(t.Policy.HideAfterDays)))
		default:
			all = append(all, t.Say.N("sheet.left."+string(reason), n, "most", strconv.Itoa(MaxSites)))
		}
	}
	for _, question := range edition.Questions() {
		if n := l.Doubts[question]; n > 0 {
			all = append(all, t.Say.N("left_out."+string(question), n))
		}
	}
	return all
}

// mapNote says how the map is to be read.
func (l layout) mapNote(t facts.Teller) string {
	text := t.Say.T("sheet.map")
	pins := l.pins(l.Hits())
	if slices.ContainsFunc(pins, func(p Pin) bool { return !p.Site.Position.Mapped() }) {
		text += " " + t.Say.T("map.vague")
	}
	if len(pins) == MaxPins {
		text += " " + t.Say.T("sheet.map_first", "n", t.Say.Number(MaxPins))
	}
	return text
}

// Size of the map of a list, in CSS pixels.
const (
	mapWidth  = 480
	mapHeight = 330
)
