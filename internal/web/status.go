package web

import (
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/hours"
	"carrypoint/internal/site"
	"carrypoint/views"
)

// status says whether a place is open, and what its listed hours are where
// that can't be said.
func (t *tongue) status(h edition.Hit, now time.Time) views.Status {
	said := func(class, text string) views.Status {
		return views.Status{Class: class, Text: views.Quoted{Text: text}}
	}
	listed := func(s views.Status) views.Status {
		s.Hours = t.tell().Listed(h.Site)
		return s
	}
	switch o := h.Opening; {
	case !h.Site.Kind.Visited() && o.Doubt == site.NoHours:
		return views.Status{} // mail has none, and nobody stands before a closed door
	case o.State == hours.Open && o.Closes.IsZero():
		return said("open", t.say.T("open.always"))
	case o.State == hours.Open:
		return said("open", t.say.T("open.until", "time", t.say.Clock(minutes(o.Closes))))
	case o.State == hours.Closed && o.Opens.IsZero():
		return listed(said("closed", t.say.T("open.closed")))
	case o.State == hours.Closed:
		return said("closed", t.say.T("open.opens", "when", t.when(o.Opens, now.In(h.Zone))))
	}
	return listed(said("ask", t.doubt(h)+" "+t.tell().CallFirst(h.Site)))
}

// minutes since midnight, by the clock of the time's own zone.
func minutes(at time.Time) int { return at.Hour()*60 + at.Minute() }

// when names an opening within two weeks: "at 9am", "tomorrow at 9am", "on
// Monday at 9am", or with its date when the weekday alone could mean two days.
func (t *tongue) when(opens, now time.Time) string {
	clock := t.say.Clock(minutes(opens))
	midnight := func(at time.Time) time.Time {
		return time.Date(at.Year(), at.Month(), at.Day(), 12, 0, 0, 0, time.UTC)
	}
	switch days := int(midnight(opens).Sub(midnight(now)).Hours() / 24); {
	case days == 0:
		return t.say.T("when.today", "time", clock)
	case days == 1:
		return t.say.T("when.tomorrow", "time", clock)
	case days < 7:
		return t.say.T("when.weekday", "time", clock, "day", t.say.Weekday(opens.Weekday()))
	}
	return t.say.T("when.date", "time", clock, "day", t.say.Weekday(opens.Weekday()), "date", t.say.MonthDay(opens.Month(), opens.Day()))
}

// doubt says why it is not known whether a place is open.
func (t *tongue) doubt(h edition.Hit) string {
	switch h.Opening.Doubt {
	case site.OnHoliday:
		return t.say.T("doubt.holiday", "holiday", t.say.T("holiday."+h.Opening.Holiday))
	case site.TooOld:
		if date := h.Site.Hours.AsOf; date != "" {
			return t.say.T("doubt.old", "when", t.say.When(string(date)))
		}
		return t.say.T("doubt.undated")
	}
	return t.say.T("doubt." + string(h.Opening.Doubt))
}
