package web

import (
	"strings"
	"time"

	"carrypoint/internal/site"
	"carrypoint/views"
)

// freshFact says in words how sure we are of a site: who checked it and when,
// or that nobody did.
func (t *tongue) freshFact(s *site.Site, now time.Time) views.Fact {
	fact := views.Fact{Class: "small", Text: t.fresh(s, now)}
	if t.Policy.Of(s, now) == site.Stale {
		fact.Class = "small ask"
	}
	return fact
}

func (t *tongue) fresh(s *site.Site, now time.Time) string {
	switch freshness := t.Policy.Of(s, now); {
	case freshness == site.Recent:
		return t.checked(s)
	case freshness == site.Aging:
		return t.andCall(t.checked(s), s)
	case wasChecked(s, now):
		return t.andCall(t.say.T("fresh.stale", "since", t.say.Since(month(s.CheckedOn))), s)
	}
	return t.unconfirmed(s, now)
}

func (t *tongue) checked(s *site.Site) string {
	return t.say.T("fresh.checked_"+orUnknown(s.CheckedBy), "date", t.say.PartialDate(string(s.CheckedOn)))
}

// wasChecked is false where there is no day of a check, or one that is to come.
func wasChecked(s *site.Site, now time.Time) bool {
	day := s.CheckedOn.Day()
	return day != site.NoDay && day <= site.DayOf(now)
}

// month is the date without its day: what was checked long ago needs none.
func month(d site.Date) string { return string(d)[:min(len(d), len("2026-03"))] }

// andCall adds that one should call before going. Where its source lists the
// site no more, the page has said so already.
func (t *tongue) andCall(text string, s *site.Site) string {
	if s.MissingSince != "" {
		return text
	}
	return strings.TrimSpace(text + " " + t.beforeYouGo(s))
}

// beforeYouGo is what to do about a doubt. Where there is nobody to call, the
// doubt itself is said; and nobody goes to what comes by mail.
func (t *tongue) beforeYouGo(s *site.Site) string {
	switch {
	case len(s.Phones) == 0:
		return t.say.T("fresh.no_call")
	case !s.Kind.Visited():
		return t.say.T("doubt.call")
	}
	return t.say.T("fresh.call")
}

// unconfirmed says who lists a site that nobody has checked.
func (t *tongue) unconfirmed(s *site.Site, now time.Time) string {
	publisher := s.Source.Publisher
	if publisher == "" {
		publisher = t.say.T("fresh.somebody")
	}
	age, dated := s.Source.Date.AgeDays(now)
	if !dated {
		return t.say.T("fresh.undated", "publisher", publisher)
	}
	text := t.say.T("fresh.listed", "publisher", publisher, "date", t.say.PartialDate(string(s.Source.Date)))
	if age > oldDays {
		text += " " + t.say.T("fresh.old")
	}
	return text
}

// oldDays is the age from which a page says of a source's date that it is old.
const oldDays = 365

// missing says that its source lists a site no more; empty where it does.
func (t *tongue) missing(s *site.Site) string {
	if s.MissingSince == "" {
		return ""
	}
	return t.say.T("fresh.missing", "since", t.say.Since(string(s.MissingSince))) + " " + t.beforeYouGo(s)
}

// freshInShort is the same in a few words, for a place that has one line.
func (t *tongue) freshInShort(s *site.Site, now time.Time) string {
	switch freshness := t.Policy.Of(s, now); {
	case s.MissingSince != "":
		return t.say.T("fresh.short_missing")
	case freshness == site.Recent || freshness == site.Aging:
		return t.say.T("fresh.short_checked", "date", t.say.PartialDate(month(s.CheckedOn)))
	case wasChecked(s, now):
		return t.say.T("fresh.short_stale", "since", t.say.Since(month(s.CheckedOn)))
	}
	return t.say.T("fresh.short_never")
}
