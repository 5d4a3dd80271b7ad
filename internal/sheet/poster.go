package sheet

import (
	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/site"
	"carrypoint/views"
)

// Size of the map of a poster, in CSS pixels.
const (
	posterMapWidth  = 420
	posterMapHeight = 260
)

// poster is the first site of the list in large letters.
func (l layout) poster() *views.SheetPoster {
	p := &views.SheetPoster{SheetHead: l.head(), Foot: l.columns(func(t facts.Teller) []views.Fact {
		return []views.Fact{{Text: t.Say.T("sheet.call")}, {Class: "fine", Text: l.dates(t)}}
	})}
	p.Map = ""
	hits := l.Hits()
	if len(hits) == 0 {
		p.None = l.said("sheet.none")
		return p
	}
	first := hits[0]
	e := l.posterEntry(first)
	p.Entry = &e
	p.Crowded = l.crowded(e)
	p.Heading = l.posterHeading(first.Site)
	p.Map = l.draw(hits[:1], posterMapWidth, posterMapHeight)
	if l.OneQR != "" {
		p.QR, p.Short, p.Newest = l.OneQR, l.OneShort, l.said("sheet.scan_site")
	}
	return p
}

// Room for the texts of a poster, in columns: what is longer would push the rest
// off the sheet.
const (
	posterName   = 90
	posterText   = 120
	posterPhones = 2
)

// A poster has room for so many lines of facts, of so many columns, in large
// letters and, where they are many, in small ones.
const (
	posterRows, posterColumns           = 11, 62
	posterSmallRows, posterSmallColumns = 17, 84
)

func (l layout) posterEntry(h edition.Hit) views.SheetEntry {
	e := l.entry(h)
	e.Number = ""
	e.Name, e.Address, e.Where = clip(e.Name, posterName), clip(e.Address, posterText), clip(e.Where, posterText)
	e.Phones = e.Phones[:min(posterPhones, len(e.Phones))]
	room, width := posterSmallRows, l.width(posterSmallColumns)
	for i := range e.Columns {
		lines := e.Columns[i].Lines
		if linesHigh(lines, width) <= room {
			continue
		}
		for j := range lines {
			lines[j].Text = clip(lines[j].Text, max(1, room/len(lines))*width)
		}
	}
	return e
}

// linesHigh is how many rows lines take at a width in columns.
func linesHigh(lines []views.Fact, width int) (n int) {
	for _, line := range lines {
		n += rows(line.Text, width)
	}
	return n
}

// crowded says whether the facts need small letters.
func (l layout) crowded(e views.SheetEntry) bool {
	used := 2 * (rows(e.Name, posterColumns/3) + len(e.Phones) - 2)
	if e.Where != "" {
		used++
	}
	most := 0
	for _, c := range e.Columns {
		most = max(most, linesHigh(c.Lines, l.width(posterColumns)))
	}
	return used+most > posterRows
}

// width is that of a column of text where the sheet has so many columns.
func (l layout) width(columns int) int { return columns / len(l.Tellers) }

func (l layout) posterHeading(s *site.Site) []views.Said {
	key := "sheet.poster.near."
	if l.Scope == Picked {
		key = "sheet.poster.one."
	}
	switch {
	case l.Discreet:
		key += "plain"
	case s.Supplies.Has(site.Naloxone) == site.Yes:
		key += "naloxone"
	default:
		key += "other"
	}
	return l.said(key)
}

// A poster with tabs has room for few places; the code and the tabs lead to the rest.
const (
	tearoffPlaces  = 5
	tearoffColumns = 46
	tabs           = 10
)

// What the parts of a poster with tabs take of its height, in lines of its text, and
// how many letters their lines have.
const (
	tearoffEmColumns, tearoffEmLine     = 66, 1.1
	tearoffFootColumns, tearoffFootLine = 76, 1.0
	tearoffFineColumns, tearoffFineLine = 116, 0.65
	tearoffToldColumns, tearoffToldLine = 57, 0.81 // beside the code, in small letters
	tearoffGaps, tearoffEntryGap        = 2.6, 0.45
)

// A titleSize is the same for a title.
type titleSize struct {
	columns int
	line    float64
}

// tearoffTitles are those of a title in one language, and of two.
var tearoffTitles = map[bool][]titleSize{false: {{34, 2.1}}, true: {{42, 1.7}, {56, 1.35}}}

// tearoffRows is the height of the part above the tabs.
var tearoffRows = map[Paper]float64{Letter: 33, A4: 36}

func (l layout) tearoff() *views.SheetTearoff {
	t := &views.SheetTearoff{SheetHead: l.head()}
	t.Map = ""
	hits := l.Hits()
	room, used := l.tearoffRoom(t.SheetHead), 0.0
	for _, h := range hits[:min(tearoffPlaces, len(hits))] {
		e := l.brief(h, tearoffColumns)
		if used += l.tearoffEntry(e); used > room {
			break
		}
		t.Entries = append(t.Entries, e)
	}
	shown := hits[:len(t.Entries)]
	if len(shown) == 0 {
		t.None = l.said("sheet.none")
	}
	t.Foot = l.columns(func(t facts.Teller) []views.Fact {
		var lines []views.Fact
		if len(shown) > 0 {
			lines = []views.Fact{{Text: l.firstOf(t, len(shown)) + " " + t.Say.T("sheet.call")}}
		}
		return append(lines, views.Fact{Class: "fine", Text: l.dates(t)})
	})
	for range tabs {
		t.Tabs = append(t.Tabs, l.tab())
	}
	return t
}

// tearoffRoom is how many lines the places have, beside what stands above and below.
func (l layout) tearoffRoom(head views.SheetHead) float64 {
	left := tearoffRows[l.Paper] - tearoffGaps
	for _, said := range head.Overdose {
		left -= tearoffEmLine * float64(rows(said.Text, tearoffEmColumns))
	}
	for i, said := range head.Heading {
		size := tearoffTitles[l.bilingual()][i]
		left -= size.line * float64(rows(said.Text, size.columns))
	}
	highest := 0.0
	for _, t := range l.Tellers {
		call := rows(l.firstOf(t, tearoffPlaces)+" "+t.Say.T("sheet.call"), l.width(tearoffFootColumns))
		fine := rows(l.dates(t), l.width(tearoffFineColumns))
		highest = max(highest, tearoffFootLine*float64(call)+tearoffFineLine*float64(fine))
	}
	return left - highest
}

// tearoffEntry is how many lines a place takes.
func (l layout) tearoffEntry(e views.ZineEntry) float64 {
	n := rows(e.Name, tearoffColumns-6)
	if e.Address != "" {
		n += rows(e.Address, tearoffColumns)
	}
	if e.Phone != "" {
		n++
	}
	told := 0
	for _, c := range e.Columns {
		told = max(told, linesHigh(c.Lines, l.width(tearoffToldColumns)))
	}
	return float64(n) + tearoffToldLine*float64(told) + tearoffEntryGap
}

// tabColumns is how many letters stand in one line of a tab.
const tabColumns = 30

func (l layout) tab() views.SheetTab {
	key := "sheet.tab"
	if l.Discreet {
		key = "sheet.tab_plain"
	}
	tab := views.SheetTab{
		Texts: l.say(func(t facts.Teller) string { return clip(t.Say.T(key), tabColumns) }),
		Short: l.Short,
	}
	if !l.Discreet {
		tab.Call = l.said("sheet.tab_call", "number", l.Overdose.Call)
	}
	if hits := l.Hits(); l.Short == "" && len(hits) > 0 {
		tab.Short, tab.Phone = clip(hits[0].Site.Name, tabColumns), phoneOf(l.Tellers[0], hits[0].Site)
	}
	return tab
}
