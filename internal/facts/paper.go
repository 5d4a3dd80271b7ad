package facts

import (
	"slices"
	"strings"
	"time"

	"carrypoint/internal/hours"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// What is written on paper is read on another day, so none of this says whether
// a place is open.

// Hours are the weekly hours in one paragraph, and how old they are. Where none
// are known it says so, and what to do.
func (t Teller) Hours(s *site.Site) views.Quoted { return t.aged(s, t.Listed(s)) }

// HoursAloud are the same for who only listens: in one text, without the days that
// have none.
func (t Teller) HoursAloud(s *site.Site) string {
	week := t.Week(s)
	if schedule := &s.Hours.Schedule; schedule.Status == hours.Scheduled {
		week = append(t.rows(schedule), t.monthly(schedule)...)
	}
	hours := t.aged(s, t.listed(s, week))
	if hours.Quote == "" {
		return hours.Text
	}
	return hours.Text + " " + hours.Quote
}

// aged says of hours what makes them doubtful. Those that are quoted were not read,
// so they are never too old.
func (t Teller) aged(s *site.Site, listed views.Quoted) views.Quoted {
	switch doubt := s.OpenAt(t.Now, time.UTC).Doubt; doubt {
	case site.NoHours:
		if !s.Kind.Visited() {
			return views.Quoted{}
		}
		return views.Quoted{Text: t.Say.T("doubt.no_hours") + " " + t.CallFirst(s)}
	case site.Appointment:
		listed.Text = strings.TrimSpace(t.Say.T("doubt.by_appointment") + " " + listed.Text)
	case site.NotReadable:
		listed.Text = strings.TrimSpace(t.Say.T("doubt.not_readable") + " " + listed.Text)
	case site.TooOld:
		listed.Text += " " + t.hoursAge(s)
	}
	return listed
}

func (t Teller) hoursAge(s *site.Site) string {
	if s.Hours.AsOf == "" {
		return t.Say.T("hours.as_of_unknown")
	}
	return t.Say.T("hours.as_of", "when", t.Say.When(string(s.Hours.AsOf)))
}

// CallFirst is the way to find out, where there is one.
func (t Teller) CallFirst(s *site.Site) string {
	if len(s.Phones) > 0 {
		return t.Say.T("doubt.call")
	}
	return t.Say.T("doubt.no_phone")
}

// SoonDays is for how many days from today a sheet names the dates on which hours
// are other than usual.
const SoonDays = 14

// Soon are the dates within SoonDays on which the hours are other than usual, or
// not known because of a public holiday: "Thursday, November 26 (Thanksgiving): closed".
func (t Teller) Soon(s *site.Site) []string {
	if s.Hours.Schedule.Status != hours.Scheduled {
		return nil
	}
	var all []string
	for day := range t.dates(SoonDays) {
		plan := s.Hours.Schedule.On(day, s.Address.Country)
		switch {
		case !plan.Known:
			all = append(all, t.Say.T("sheet.soon_unknown", "day", t.date(day, plan.Holiday)))
		case !plan.Usual:
			all = append(all, t.Say.T("sheet.soon", "day", t.date(day, plan.Holiday), "hours", t.openings(plan.Spans)))
		}
	}
	return all
}

// Holidays are the public holidays of a country within SoonDays.
func (t Teller) Holidays(country string) []string {
	var all []string
	for day := range t.dates(SoonDays) {
		if key, ok := hours.Holiday(country, day); ok {
			all = append(all, t.Say.T("sheet.holiday", "day", words.Capital(t.date(day, key))))
		}
	}
	return all
}

// nextWithinDays is how far ahead the next dates of a stop are looked for: what
// comes once a month comes three times in it.
const nextWithinDays = 100

// Next are the next dates on which a site is listed as open, at most n, from
// today on: "Tuesday, December 1: 2pm to 4pm".
func (t Teller) Next(s *site.Site, n int) []string {
	if s.Hours.Schedule.Status != hours.Scheduled {
		return nil
	}
	var all []string
	for day := range t.dates(nextWithinDays) {
		plan := s.Hours.Schedule.On(day, s.Address.Country)
		if len(plan.Spans) > 0 && len(all) < n {
			all = append(all, t.Say.T("sheet.soon", "day", t.date(day, plan.Holiday), "hours", t.openings(plan.Spans)))
		}
	}
	return all
}

// dates are the next days, today first, at noon.
func (t Teller) dates(n int) func(yield func(time.Time) bool) {
	return func(yield func(time.Time) bool) {
		today := time.Date(t.Now.Year(), t.Now.Month(), t.Now.Day(), 12, 0, 0, 0, t.Now.Location())
		for i := range n {
			if !yield(today.AddDate(0, 0, i)) {
				return
			}
		}
	}
}

// date names a day without its year, and the holiday that it is.
func (t Teller) date(day time.Time, holiday string) string {
	text := t.Say.T("date.weekday", "day", t.Say.Weekday(day.Weekday()), "date", t.Say.MonthDay(day.Month(), day.Day()))
	if holiday == "" {
		return text
	}
	return t.Say.T("date.holiday", "day", text, "holiday", t.Say.T("holiday."+holiday))
}

func (t Teller) openings(spans []hours.Span) string {
	if len(spans) == 0 {
		return t.Say.T("hours.closed")
	}
	var all []string
	for _, s := range spans {
		all = append(all, t.Span(s))
	}
	return t.Say.List(all)
}

// On says what a site is listed to have on a day of the week, with the weeks or
// the season where it is not every week; opens is the first minute since
// midnight, or -1 where nothing is listed for that day.
func (t Teller) On(s *site.Site, day time.Weekday) (text string, opens int) {
	schedule := &s.Hours.Schedule
	if schedule.Status != hours.Scheduled {
		return "", -1
	}
	opens = -1
	var all []string
	for _, d := range schedule.Week() {
		if d.Weekday != day {
			continue
		}
		for _, i := range d.Intervals {
			if len(all) == 0 {
				opens = int(i.Opens)
			}
			all = append(all, t.inWeeks(i))
		}
	}
	return t.Say.List(all), opens
}

// inWeeks writes one opening, and in which weeks of the month it is.
func (t Teller) inWeeks(i hours.Interval) string {
	text := t.interval(i)
	if len(i.Nth) == 0 {
		return text
	}
	return text + " (" + t.Say.T("hours.weeks", "nth", t.nth(i.Nth)) + ")"
}

// Brief is what a pocket card has room for: "Mon–Fri 9am–5pm; Sat 10am–noon".
func (t Teller) Brief(s *site.Site) string {
	schedule := &s.Hours.Schedule
	switch schedule.Status {
	case hours.AlwaysOpen:
		return t.Say.T("hours.all_day")
	case hours.ByAppointment:
		return t.Say.T("sheet.by_appointment")
	case hours.Scheduled:
	default:
		return t.Say.T("sheet.hours_unknown")
	}
	short := t
	short.brief = true
	return short.inOneLine(append(short.rows(schedule), short.monthly(schedule)...))
}

// BriefSupplies is the same for what is listed, naloxone and fentanyl strips by name
// and the rest as others, and how sure we are: "Naloxone (not confirmed)". Where
// there is no room for all of it the supplies stay.
func (t Teller) BriefSupplies(s *site.Site) string { return t.howSure(t.inShort(s), s) }

// SuppliesAloud are the same for who only listens, with when they were listed where
// nobody has confirmed them: "Naloxone: listed in March 2024 (not confirmed)".
func (t Teller) SuppliesAloud(s *site.Site) string {
	list := t.inShort(s)
	oldest, listed := oldestListing(s.Supplies)
	switch {
	case !listed || t.WasChecked(s):
		return t.howSure(list, s)
	case oldest == "":
		return t.howSure(t.Say.T("supply.listed_undated", "supply", list), s)
	}
	return t.howSure(t.Say.T("supply.listed", "supply", list, "when", t.Say.When(month(oldest))), s)
}

func (t Teller) howSure(list string, s *site.Site) string {
	return words.Capital(t.Say.T("sheet.brief", "list", list, "fresh", t.FreshInShort(s)))
}

// inShort names naloxone and fentanyl strips, and the rest as others.
func (t Teller) inShort(s *site.Site) string {
	var names []string
	if s.Supplies.Has(site.Naloxone) == site.Yes {
		names = append(names, t.Say.T("sheet.short.naloxone"))
	}
	if s.Supplies.Has(site.FentanylTestStrips) == site.Yes {
		names = append(names, t.Say.T("sheet.short.strips"))
	}
	switch others := hasOthers(s.Supplies); {
	case len(names) == 0 && others:
		names = append(names, t.Say.T("sheet.short.other"))
	case len(names) == 0:
		names = append(names, t.Say.T("sheet.short.none"))
	}
	return strings.Join(names, t.Say.T("list.comma"))
}

// oldestListing is the earliest day on which one of the supplies that inShort tells
// of was listed, empty where one has no day, and whether any is listed.
func oldestListing(supplies site.Supplies) (oldest site.Date, listed bool) {
	var named, others []site.Date
	for _, s := range supplies {
		switch {
		case s.Status != site.Yes:
		case s.Code.Naloxone() || s.Code == site.FentanylTestStrips:
			named = append(named, s.AsOf)
		default:
			others = append(others, s.AsOf)
		}
	}
	if len(named) == 0 {
		named = others
	}
	if len(named) == 0 {
		return "", false
	}
	return slices.Min(named), true
}

func hasOthers(supplies site.Supplies) bool {
	for _, s := range supplies {
		if s.Status == site.Yes && !s.Code.Naloxone() && s.Code != site.FentanylTestStrips {
			return true
		}
	}
	return false
}
