package sheet

import (
	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/site"
	"carrypoint/views"
)

// A sheet of cards has five rows of two.
const (
	cardRows   = 5
	cardAcross = 2
	cardPlaces = 3 // the nearest, on each card

	cardHeading = 60 // letters of the heading, over the whole width
)

// cardColumns is how many letters of a card's text stand beside the code, at 7.5 pt.
var cardColumns = map[Paper]int{Letter: 40, A4: 37}

// cards are ten times the nearest three, with what to do on the back. With two
// languages the left half of the sheet is in one and the right half in the other.
// The backs are in the mirrored order, so that a card has one language when the
// sheet was turned on its long edge.
func (l layout) cards() *views.SheetCards {
	left, right := l.Tellers[0], l.Tellers[len(l.Tellers)-1]
	c := new(views.SheetCards)
	for range cardRows {
		c.Fronts = append(c.Fronts, l.card(left), l.card(right))
		c.Backs = append(c.Backs, l.back(right), l.back(left))
	}
	return c
}

func (l layout) card(t facts.Teller) views.SheetCard {
	room := cardColumns[l.Paper]
	c := views.SheetCard{
		Tag: t.Say.Tag, Dir: t.Say.Dir,
		Overdose: t.Say.T("sheet.overdose_short", "number", l.Overdose.Call),
		Heading:  clip(l.title(t.Say), cardHeading),
		QR:       l.QR, Short: l.Short,
	}
	hits := l.Hits()
	shown := hits[:min(cardPlaces, len(hits))]
	for _, h := range shown {
		c.Places = append(c.Places, l.cardPlace(t, h, room))
	}
	if len(shown) == 0 {
		c.None = t.Say.T("sheet.none")
		return c
	}
	c.Small = []string{l.firstOf(t, len(shown))}
	return c
}

// firstOf says how many of the places of the list are shown.
func (l layout) firstOf(t facts.Teller, n int) string {
	key := "sheet.first_of"
	if l.Scope == Near {
		key = "sheet.nearest_of"
	}
	return t.Say.N(key, l.Len(), "first", t.Say.Number(n))
}

func (l layout) cardPlace(t facts.Teller, h edition.Hit, room int) views.CardPlace {
	s := h.Site
	p := views.CardPlace{
		Name: clip(s.Name, room-2), // bold letters are wider
		Text: clip(t.BriefSupplies(s), room),
	}
	p.Phone = phoneOf(t, s)
	p.Hours = clip(t.Brief(s), room-columns(p.Phone)*5/4-1) // the phone is bold
	if s.Kind.Visited() {
		p.Address = clip(facts.AddressLine(s), room)
	}
	return p
}

// phoneOf is the first number of a site: small formats have room for one.
func phoneOf(t facts.Teller, s *site.Site) string {
	for _, p := range t.Phones(s) {
		return p.Text
	}
	return ""
}

// A backSize is how many letters a line of a card's back has, and how much of its
// height a line takes, in points. Steps are as large as the rest leaves room for.
type backSize struct {
	class          string
	columns        int
	line, headline float64
}

var backSizes = []backSize{
	{"", 40, 11.9, 15}, {"mid", 45, 10.2, 13.5}, {"tight", 51, 9, 12},
}

const (
	backHeight  = 127.0 // points of the lower of the two papers, less its edges
	backColumns = 58    // letters in a line of small print
	backFine    = 8.7
)

func (l layout) back(t facts.Teller) views.SheetBack {
	b := views.SheetBack{
		Tag: t.Say.Tag, Dir: t.Say.Dir, Heading: t.Say.T("sheet.steps"), Steps: l.steps(t),
		Review: l.printed("sheet.printed_short", t) + " " + t.Say.T("sheet.edition", "id", l.Edition, "date", t.Say.Date(l.Made)) + " " + l.standing(t),
	}
	for _, size := range backSizes {
		b.Class = size.class
		if size.height(b) <= backHeight {
			break
		}
	}
	return b
}

// height is how high a back would be with letters of a size.
func (z backSize) height(b views.SheetBack) float64 {
	lines := 0
	for _, step := range b.Steps {
		lines += rows(step, z.columns)
	}
	return z.headline*float64(rows(b.Heading, z.columns)) + z.line*float64(lines) + backFine*float64(rows(b.Review, backColumns))
}
