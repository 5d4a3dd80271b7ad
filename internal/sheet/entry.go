package sheet

import (
	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// entry is one place with all that is known: its name, address and phones once,
// and the rest in each language.
func (l layout) entry(h edition.Hit) views.SheetEntry {
	s := h.Site
	e := views.SheetEntry{
		Number: l.number(h), Anchor: l.anchor(h),
		Name: s.Name, Where: s.AccessPoint, Source: words.Master, Phones: l.Tellers[0].Phones(s),
		Columns: l.columns(func(t facts.Teller) []views.Fact { return l.told(t, h) }),
	}
	if s.Kind.Visited() {
		e.Address = facts.AddressLine(s)
	}
	return e
}

// anchor is where the pin of a place leads.
func (l layout) anchor(h edition.Hit) string { return "e" + l.number(h) }

// told is what is known of a site in one language: first what may make the way
// useless, then hours, supplies, terms, and how sure we are.
func (l layout) told(t facts.Teller, h edition.Hit) []views.Fact {
	s := h.Site
	var lines []views.Fact
	add := func(class, text string) {
		if text != "" {
			lines = append(lines, views.Fact{Class: class, Text: text})
		}
	}
	add("far", t.Missing(s))
	add("", l.kind(t, h))
	if hours := t.Hours(s); hours.Text != "" {
		lines = append(lines, views.Fact{Class: "hours", Text: hours.Text, Quote: hours.Quote})
	}
	for _, text := range t.In(h.Zone).Soon(s) {
		add("soon", words.Capital(t.Say.Sentence(text)))
	}
	for _, f := range t.Supplies(s) {
		add("has "+f.Class, f.Text)
	}
	add("", t.Terms(s))
	add("", l.help(t, s))
	if len(s.Phones) == 0 && s.URL != "" {
		add("", t.Say.T("site.website")+" "+t.Say.Apart(s.URL))
	}
	add("fine", t.FreshAlone(s))
	return lines
}

// kind is what sort of place it is, and how far.
func (l layout) kind(t facts.Teller, h edition.Hit) string {
	text := t.Say.Sentence(t.Say.T("type." + string(h.Site.Type)))
	if h.Site.Kind == site.MobileStop {
		text += " " + t.Say.Sentence(t.Say.T("kind.mobile_stop"))
	}
	if l.Distance == nil || !h.Site.Kind.Visited() || !h.Site.Position.Known() {
		return text
	}
	return text + " " + l.Distance(t.Say, h)
}

// help is who gets in, and in which languages. What nobody knows of a door is left
// out: a sheet has no room to say what it does not say.
func (l layout) help(t facts.Teller, s *site.Site) string {
	var text string
	if s.StepFree != site.Unknown && s.Kind.Visited() {
		text = t.Say.T("step_free." + s.StepFree.String())
	}
	if spoken := t.Languages(s); spoken != "" {
		text += " " + spoken
	}
	return text
}
