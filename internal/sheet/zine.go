package sheet

import (
	"strconv"

	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/views"
)

// Which page of a booklet holds what. Those between are for places. The style lays
// the pages out on the sheet: 5, 4, 3, 2 upside down, and 6, 7, 8, 1 below them.
// Folded twice across, cut in the middle and folded lengthwise, page follows page.
const (
	coverPage  = 1
	stepsPage  = 2 // and the next one, for a second language
	lastUpper  = 5
	lastPage   = 7
	closerPage = 8
)

// A panelSize is how much text a panel has room for, at 7.8 pt.
type panelSize struct{ columns, rows int }

var panelSizes = map[Paper]panelSize{Letter: {42, 29}, A4: {45, 28}}

// zine is eight small pages: a cover, what to do in each language, pages of places,
// and where the newest list is.
func (l layout) zine() *views.SheetZine {
	var pages [closerPage + 1]views.ZinePanel
	shown, page := 0, stepsPage
	for _, t := range l.Tellers {
		pages[page] = l.stepsPanel(t)
		page++
	}
	hits := l.Hits()
	for ; page <= lastPage && shown < len(hits); page++ {
		n := 0
		pages[page].Entries, n = l.panelEntries(hits[shown:])
		shown += n
	}
	l.fill(pages[page:closerPage])
	pages[coverPage] = l.cover(hits[:shown])
	pages[closerPage] = l.closer(shown)
	z := new(views.SheetZine)
	for page := coverPage; page <= closerPage; page++ {
		p := pages[page]
		p.Number = strconv.Itoa(page)
		if page >= stepsPage && page <= lastUpper {
			p.Class = "up"
		}
		z.Panels = append(z.Panels, p)
	}
	return z
}

// ruledLines is how many lines for notes a panel has room for.
const ruledLines = 9

// fill puts what is good to know on the pages that no place needs, a page for each
// language, and then lines to write on.
func (l layout) fill(free []views.ZinePanel) {
	for i := range free {
		if i >= len(l.Tellers) {
			free[i] = views.ZinePanel{Heading: l.said("sheet.notes"), Ruled: ruledLines}
			continue
		}
		t := l.Tellers[i]
		column := views.SheetColumn{Tag: t.Say.Tag, Dir: t.Say.Dir}
		for _, text := range append(t.Items(l.Overdose, "after"), t.Items(l.Overdose, "donts")...) {
			column.Lines = append(column.Lines, views.Fact{Text: text})
		}
		free[i] = views.ZinePanel{
			Heading: []views.Said{{Tag: t.Say.Tag, Dir: t.Say.Dir, Text: t.Say.T(l.Overdose.Part("after").Heading)}}, Lines: []views.SheetColumn{column},
		}
	}
}

// panelEntries are as many places as a panel has room for, one at least.
func (l layout) panelEntries(hits []edition.Hit) (entries []views.ZineEntry, n int) {
	size, used := panelSizes[l.Paper], 0.0
	for _, h := range hits {
		e := l.brief(h, size.columns)
		if used += entryRows(e, size.columns); used > float64(size.rows) && n > 0 {
			break
		}
		entries, n = append(entries, e), n+1
	}
	return entries, n
}

// entryGap is the gap after a place, in lines.
const entryGap = 0.6

// Most lines of a name or an address in a small format; more is cut with dots.
const briefRows = 2

// brief is a place in a few lines of some width.
func (l layout) brief(h edition.Hit, width int) views.ZineEntry {
	s := h.Site
	e := views.ZineEntry{
		Number: l.number(h), Anchor: l.anchor(h), Name: clip(s.Name, briefRows*(width-6)), Phone: phoneOf(l.Tellers[0], s),
		Columns: l.columns(func(t facts.Teller) []views.Fact {
			return []views.Fact{
				{Text: clip(t.Brief(s), briefRows*(width-4))},
				{Text: clip(t.BriefSupplies(s), briefRows*(width-4))},
			}
		}),
	}
	if s.Kind.Visited() {
		e.Address = clip(facts.AddressLine(s), briefRows*(width-4))
	}
	return e
}

// entryRows is how many lines a place takes in a booklet, with the gap after it.
func entryRows(e views.ZineEntry, width int) float64 {
	n := rows(e.Name, width-6)
	if e.Address != "" {
		n += rows(e.Address, width)
	}
	if e.Phone != "" {
		n++
	}
	for _, c := range e.Columns {
		n += linesHigh(c.Lines, width)
	}
	return float64(n) + entryGap
}

// Size of the map on a cover, in CSS pixels: as wide as a panel, and lower where the
// cover says everything twice.
const (
	coverMapWidth  = 230
	coverMapHeight = 150
	lowMapHeight   = 100
)

func (l layout) cover(shown []edition.Hit) views.ZinePanel {
	height := coverMapHeight
	if l.bilingual() {
		height = lowMapHeight
	}
	return views.ZinePanel{
		Big:     l.said("sheet.overdose", "number", l.Overdose.Call),
		Heading: l.say(func(t facts.Teller) string { return l.title(t.Say) }),
		Picture: l.draw(shown, coverMapWidth, height),
		Lines: l.columns(func(t facts.Teller) []views.Fact {
			return []views.Fact{{Text: l.firstOf(t, len(shown))}, {Text: l.printed("sheet.printed_short", t)}}
		}),
	}
}

func (l layout) stepsPanel(t facts.Teller) views.ZinePanel {
	said := func(text string) []views.Said {
		return []views.Said{{Tag: t.Say.Tag, Dir: t.Say.Dir, Text: text}}
	}
	return views.ZinePanel{
		Heading: said(t.Say.T("sheet.steps")), Foot: said(l.standing(t)),
		Steps: []views.ZineSteps{{Tag: t.Say.Tag, Dir: t.Say.Dir, Steps: l.steps(t)}},
	}
}

// closer is the last page: where the newest list is, and what this one leaves out.
func (l layout) closer(shown int) views.ZinePanel {
	p := views.ZinePanel{QR: l.QR, Short: l.Short}
	if l.QR != "" {
		p.Heading = l.said("sheet.newest")
	}
	p.Lines = l.columns(func(t facts.Teller) []views.Fact {
		var lines []views.Fact
		if more := l.Len() - shown; more > 0 {
			lines = append(lines, views.Fact{Text: t.Say.N("sheet.more", more)})
		}
		for _, text := range l.leftOut(t) {
			lines = append(lines, views.Fact{Text: text})
		}
		if shown > 0 {
			lines = append(lines, views.Fact{Text: t.Say.T("sheet.call")})
		} else {
			lines = append(lines, views.Fact{Text: t.Say.T("sheet.none")})
		}
		return lines
	})
	main := l.Tellers[0]
	p.Lines[0].Lines = append(p.Lines[0].Lines, views.Fact{Class: "fine", Text: main.Say.T("sheet.edition", "id", l.Edition, "date", main.Say.Date(l.Made))})
	p.Foot = l.said("sheet.sources_at")[:1]
	return p
}
