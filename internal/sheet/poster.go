package sheet

import (
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
	e := l.entry(first)
	e.Number = ""
	e.Name, e.Address, e.Where = clip(e.Name, posterName), clip(e.Address, posterText), clip(e.Where, posterText)
	for i := range e.Columns {
		for j := range e.Columns[i].Lines {
			e.Columns[i].Lines[j].Text = clip(e.Columns[i].Lines[j].Text, posterLine)
		}
	}
	p.Entry = &e
	p.Heading = l.posterHeading(first.Site)
	p.Map = l.draw(hits[:1], posterMapWidth, posterMapHeight)
	if l.OneQR != "" {
		p.QR, p.Short = l.OneQR, l.OneShort
	}
	return p
}

// Room for the texts of a poster, in columns: what is longer would push the rest
// off the sheet.
const (
	posterName = 90
	posterText = 120
	posterLine = 200
)

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
	tearoffColumns = 60
	tabs           = 10
)

func (l layout) tearoff() *views.SheetTearoff {
	t := &views.SheetTearoff{SheetHead: l.head()}
	t.Map = ""
	hits := l.Hits()
	shown := hits[:min(l.tearoffPlaces(), len(hits))]
	for _, h := range shown {
		t.Entries = append(t.Entries, l.brief(h, tearoffColumns))
	}
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

// tearoffPlaces is fewer where each is said twice.
func (l layout) tearoffPlaces() int {
	if l.bilingual() {
		return tearoffPlaces - 1
	}
	return tearoffPlaces
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
		tab.Call = l.said("sheet.tab_call", "number", l.Emergency)
	}
	if hits := l.Hits(); l.Short == "" && len(hits) > 0 {
		tab.Short, tab.Phone = clip(hits[0].Site.Name, tabColumns), phoneOf(l.Tellers[0], hits[0].Site)
	}
	return tab
}
