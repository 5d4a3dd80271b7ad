package facts

import (
	"strings"

	"carrypoint/internal/site"
	"carrypoint/views"
)

// Fresh says in words how sure we are of a site: who checked it and when,
// or that nobody did.
func (t Teller) Fresh(s *site.Site) views.Fact {
	fact := views.Fact{Class: "small", Text: t.fresh(s)}
	if t.Policy.Of(s, t.Now) == site.Stale {
		fact.Class = "small ask"
	}
	return fact
}

func (t Teller) fresh(s *site.Site) string {
	switch freshness := t.Policy.Of(s, t.Now); {
	case freshness == site.Recent:
		return t.checked(s)
	case freshness == site.Aging:
		return t.andCall(t.checked(s), s)
	case t.WasChecked(s):
		return t.andCall(t.Say.T("fresh.stale", "since", t.Say.Since(month(s.CheckedOn))), s)
	}
	return t.unconfirmed(s)
}

func (t Teller) checked(s *site.Site) string {
	return t.Say.T("fresh.checked_"+orUnknown(s.CheckedBy), "date", t.Say.PartialDate(string(s.CheckedOn)))
}

// WasChecked is false where there is no day of a check, or one that is to come.
func (t Teller) WasChecked(s *site.Site) bool {
	day := s.CheckedOn.Day()
	return day != site.NoDay && day <= site.DayOf(t.Now)
}

// month is the date without its day: what was checked long ago needs none.
func month(d site.Date) string { return string(d)[:min(len(d), len("2026-03"))] }

// andCall adds that one should call before going. Where its source lists the
// site no more, the page has said so already.
func (t Teller) andCall(text string, s *site.Site) string {
	if s.MissingSince != "" {
		return text
	}
	return strings.TrimSpace(text + " " + t.beforeYouGo(s))
}

// beforeYouGo is what to do about a doubt. Where there is nobody to call, the
// doubt itself is said; and nobody goes to what comes by mail.
func (t Teller) beforeYouGo(s *site.Site) string {
	switch {
	case len(s.Phones) == 0:
		return t.Say.T("fresh.no_call")
	case !s.Kind.Visited():
		return t.Say.T("doubt.call")
	}
	return t.Say.T("fresh.call")
}

// unconfirmed says who lists a site that nobody has checked.
func (t Teller) unconfirmed(s *site.Site) string {
	publisher := s.Source.Publisher
	if publisher == "" {
		publisher = t.Say.T("fresh.somebody")
	}
	age, dated := s.Source.Date.AgeDays(t.Now)
	if !dated {
		return t.Say.T("fresh.undated", "publisher", publisher)
	}
	text := t.Say.T("fresh.listed", "publisher", publisher, "date", t.Say.PartialDate(string(s.Source.Date)))
	if age > oldDays {
		text += " " + t.Say.T("fresh.old")
	}
	return text
}

// oldDays is the age from which a page says of a source's date that it is old.
const oldDays = 365

// Missing says that its source lists a site no more; empty where it does.
func (t Teller) Missing(s *site.Site) string {
	if s.MissingSince == "" {
		return ""
	}
	return t.Say.T("fresh.missing", "since", t.Say.Since(string(s.MissingSince))) + " " + t.beforeYouGo(s)
}

// FreshInShort is the same in a few words, for a place that has one line.
func (t Teller) FreshInShort(s *site.Site) string {
	switch freshness := t.Policy.Of(s, t.Now); {
	case s.MissingSince != "":
		return t.Say.T("fresh.short_missing")
	case freshness == site.Recent || freshness == site.Aging:
		return t.Say.T("fresh.short_checked", "date", t.Say.PartialDate(month(s.CheckedOn)))
	case t.WasChecked(s):
		return t.Say.T("fresh.short_stale", "since", t.Say.Since(month(s.CheckedOn)))
	}
	return t.Say.T("fresh.short_never")
}

// FreshAlone is how sure we are, on a page where no heading says that nobody has
// confirmed the place and that one should call.
func (t Teller) FreshAlone(s *site.Site) string {
	text := t.fresh(s)
	if t.WasChecked(s) {
		return text
	}
	return t.andCall(text, s)
}
