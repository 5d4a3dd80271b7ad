package hours

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// at is a moment by the clock of a zone, such as "2026-11-23 10:00".
func at(t testing.TB, loc *time.Location, text string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, loc)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestOpenClosedOrNotKnownAtAMoment(t *testing.T) {
	for _, c := range []struct {
		name, hours, moment string
		state               State
		next                string // when open: closes; when closed: opens
		holiday             string
	}{
		{"on a Monday morning it is open until the evening", "Mon-Fri 9am-5pm", "2026-11-16 10:00", Open, "2026-11-16 17:00", ""},
		{"the first minute is open", "Mon-Fri 9am-5pm", "2026-11-16 09:00", Open, "2026-11-16 17:00", ""},
		{"the minute of closing is closed", "Mon-Fri 9am-5pm", "2026-11-16 17:00", Closed, "2026-11-17 09:00", ""},
		{"before opening it opens today", "Mon-Fri 9am-5pm", "2026-11-16 08:59", Closed, "2026-11-16 09:00", ""},
		{"on Friday evening it opens on Monday", "Mon-Fri 9am-5pm", "2026-11-20 18:00", Closed, "2026-11-23 09:00", ""},
		{"at lunch it opens after lunch", "Mon-Fri 9-12, 1-5", "2026-11-16 12:30", Closed, "2026-11-16 13:00", ""},
		{"after midnight the night before counts", "Fri 8pm-2am", "2026-11-21 01:30", Open, "2026-11-21 02:00", ""},
		{"before midnight it closes tomorrow", "Fri 8pm-2am", "2026-11-20 23:00", Open, "2026-11-21 02:00", ""},
		{"a night belongs to the day on which it began", "Fri 8pm-2am", "2026-11-20 01:30", Closed, "2026-11-20 20:00", ""},
		{"closing at midnight is the end of the day", "Daily 6am-12am", "2026-11-16 23:59", Open, "2026-11-17 00:00", ""},
		{"whole days that follow each other close after the last", "24 hours Mon-Fri", "2026-11-18 12:00", Open, "2026-11-21 00:00", ""},
		{"always open never closes", "24/7", "2026-11-26 03:00", Open, "", ""},
		{"the first Tuesday is open", "1st Tuesday of the month 1pm-4pm", "2026-12-01 13:30", Open, "2026-12-01 16:00", ""},
		{"the second Tuesday is closed", "1st Tuesday of the month 1pm-4pm", "2026-12-08 13:30", Closed, "", ""},
		{"the first opening within two weeks is found", "1st Tuesday of the month 1pm-4pm", "2026-11-18 13:30", Closed, "2026-12-01 13:00", ""},
		{"the last Saturday may be the fourth", "last Saturday of the month 9am-1pm", "2027-02-27 10:00", Open, "2027-02-27 13:00", ""},
		{"the last Saturday may be the fifth", "last Saturday of the month 9am-1pm", "2027-01-30 10:00", Open, "2027-01-30 13:00", ""},
		{"the fourth Saturday of five is not the last", "last Saturday of the month 9am-1pm", "2027-01-23 10:00", Closed, "2027-01-30 09:00", ""},
		{"a fifth Saturday", "5th Saturday of the month 9am-1pm", "2027-01-30 10:00", Open, "2027-01-30 13:00", ""},
		{"a season over the new year has January", "Nov-Mar Mo-Fr 09:00-17:00", "2027-01-12 10:00", Open, "2027-01-12 17:00", ""},
		{"a season over the new year has not July", "Nov-Mar Mo-Fr 09:00-17:00", "2027-07-13 10:00", Closed, "", ""},
		{"the last day of a season", "May to September: Mon-Fri 9am-5pm", "2026-09-30 10:00", Open, "2026-09-30 17:00", ""},
		{"the day after a season", "May to September: Mon-Fri 9am-5pm", "2026-10-01 10:00", Closed, "", ""},
		{"a yearly date that is closed", "Daily 9am-5pm, closed Dec 24", "2026-12-24 10:00", Closed, "2026-12-26 09:00", ""},
		{"a date of one year is closed in that year", "Mo-Su 09:00-17:00; 2026 Dec 29 off", "2026-12-29 10:00", Closed, "2026-12-30 09:00", ""},
		{"a date of one year is open in another", "Mo-Su 09:00-17:00; 2026 Dec 29 off", "2027-12-29 10:00", Open, "2027-12-29 17:00", ""},
		{"dates over the new year", "Mo-Su 09:00-17:00; Dec 24-Jan 02 off", "2027-01-02 10:00", Closed, "2027-01-03 09:00", ""},
		{"other hours on a date", "Mo-Su 09:00-17:00; Dec 24 09:00-12:00", "2026-12-24 11:00", Open, "2026-12-24 12:00", ""},
		{"a holiday that nobody speaks of is not known", "Mon-Fri 9am-5pm", "2026-11-26 10:00", NotKnown, "", "thanksgiving"},
		{"the night into such a holiday is not known", "Mon-Fri 8pm-2am", "2026-11-26 01:00", NotKnown, "", "thanksgiving"},
		{"the night out of such a holiday is not known", "Thu 8pm-2am", "2026-11-27 01:00", NotKnown, "", ""},
		{"before such a holiday it closes at midnight at the latest", "Wed 8pm-2am", "2026-11-25 23:00", Open, "2026-11-26 00:00", ""},
		{"the observed day of a holiday is not known either", "Mon-Fri 9am-5pm", "2027-07-05 10:00", NotKnown, "", "independence_day"},
		{"New Year's Day may be observed in the old year", "Mon-Fri 9am-5pm", "2027-12-31 10:00", NotKnown, "", "new_year"},
		{"closed on holidays is closed", "Mon-Fri 9am-5pm, closed holidays", "2026-11-26 10:00", Closed, "2026-11-27 09:00", ""},
		{"open on holidays is open", "Mo-Su,PH 09:00-17:00", "2026-11-26 10:00", Open, "2026-11-26 17:00", ""},
		{"open on holidays at other hours", "Mon-Fri 9am-5pm, holidays 10am-2pm", "2026-11-26 15:00", Closed, "2026-11-27 09:00", ""},
		{"closed on one holiday is closed on that", "Mon-Fri 9am-5pm, closed Thanksgiving", "2026-11-26 10:00", Closed, "2026-11-27 09:00", ""},
		{"closed on one holiday says nothing of another", "Mon-Fri 9am-5pm, closed Thanksgiving", "2026-11-11 10:00", NotKnown, "", "veterans_day"},
		{"open without knowing when is not known", "Mon-Fri", "2026-11-16 10:00", NotKnown, "", ""},
		{"by appointment is not known", "by appointment", "2026-11-16 10:00", NotKnown, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			loc := zone(t, "America/Chicago")
			got := Parse(c.hours).At(at(t, loc, c.moment), "US")
			if got.State != c.state || got.Holiday != c.holiday {
				t.Fatalf("%q at %s is %q, holiday %q; want %q, %q", c.hours, c.moment, got.State, got.Holiday, c.state, c.holiday)
			}
			var want time.Time
			if c.next != "" {
				want = at(t, loc, c.next)
			}
			next, not := got.Closes, got.Opens
			if c.state == Closed {
				next, not = got.Opens, got.Closes
			}
			if !next.Equal(want) || !not.IsZero() {
				t.Errorf("%q at %s changes at %v, want %v", c.hours, c.moment, next, want)
			}
		})
	}
}

func TestTheClockIsTheSitesOwn(t *testing.T) {
	s := Parse("Mon-Fri 9am-5pm")
	moment := at(t, zone(t, "America/New_York"), "2026-11-16 09:30")
	if got := s.At(moment, "US").State; got != Open {
		t.Errorf("in New York at 09:30 it is %s", got)
	}
	if got := s.At(moment.In(zone(t, "America/Los_Angeles")), "US").State; got != Closed {
		t.Errorf("in Los Angeles at 06:30 it is %s", got)
	}
	if got := s.At(at(t, zone(t, "America/St_Johns"), "2026-11-16 16:45"), "CA"); !got.Closes.Equal(at(t, zone(t, "America/St_Johns"), "2026-11-16 17:00")) {
		t.Errorf("in St. John's it closes at %v", got.Closes)
	}
}

func TestWhenTheClocksChange(t *testing.T) {
	loc := zone(t, "America/New_York")
	first := time.Date(2026, 11, 1, 5, 15, 0, 0, time.UTC).In(loc) // 01:15 summer time
	again := first.Add(time.Hour)                                  // 01:15 winter time
	spring := at(t, loc, "2027-03-14 01:45")
	for _, c := range []struct {
		name, hours string
		moment      time.Time
		closes      time.Time
	}{
		{"an hour that comes twice: the first time", "Sat 8pm-1:30am", first, first.Add(15 * time.Minute)},
		{"an hour that comes twice: the second time", "Sat 8pm-1:30am", again, again.Add(15 * time.Minute)},
		{"a closing in the hour that is left out is when it begins", "Mo-Su 20:00-02:30", spring, spring.Add(15 * time.Minute)},
		{"a night of the short day is an hour shorter", "Mo-Su 20:00-04:00", spring, spring.Add(75 * time.Minute)},
		{"a night of the long day is an hour longer", "Mo-Su 20:00-04:00", first, first.Add(3*time.Hour + 45*time.Minute)},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Parse(c.hours).At(c.moment, "US")
			if got.State != Open || !got.Closes.Equal(c.closes) {
				t.Errorf("at %v it is %s until %v, want until %v", c.moment, got.State, got.Closes, c.closes)
			}
		})
	}
}

func TestPublicHolidays(t *testing.T) {
	for _, c := range []struct{ country, day, key string }{
		{"US", "2026-01-01", "new_year"}, {"US", "2026-01-19", "mlk_day"}, {"US", "2026-02-16", "presidents_day"},
		{"US", "2026-05-25", "memorial_day"}, {"US", "2026-06-19", "juneteenth"}, {"US", "2026-07-03", "independence_day"},
		{"US", "2026-07-04", "independence_day"}, {"US", "2026-09-07", "labor_day"}, {"US", "2026-10-12", "columbus_day"},
		{"US", "2026-11-11", "veterans_day"}, {"US", "2026-11-26", "thanksgiving"}, {"US", "2026-12-25", "christmas"},
		{"US", "2026-07-01", ""}, {"US", "2026-11-27", ""}, {"US", "2026-12-26", ""},
		{"CA", "2026-02-16", "family_day"}, {"CA", "2026-04-03", "good_friday"}, {"CA", "2026-04-06", "easter_monday"},
		{"CA", "2026-05-18", "victoria_day"}, {"CA", "2026-07-01", "canada_day"}, {"CA", "2026-08-03", "civic_holiday"},
		{"CA", "2026-09-07", "labour_day"}, {"CA", "2026-09-30", "truth_and_reconciliation"}, {"CA", "2026-10-12", "thanksgiving"},
		{"CA", "2026-11-11", "remembrance_day"}, {"CA", "2026-12-25", "christmas"}, {"CA", "2026-12-26", "boxing_day"},
		{"CA", "2026-12-28", "boxing_day"}, {"CA", "2022-01-03", "new_year"}, {"CA", "2023-10-02", "truth_and_reconciliation"},
		{"CA", "2026-07-04", ""}, {"", "2026-12-25", ""},
	} {
		day := at(t, zone(t, "America/Vancouver"), c.day+" 23:30")
		if key, ok := Holiday(c.country, day); key != c.key || ok != (c.key != "") {
			t.Errorf("%s in %q is %q, %v; want %q", c.day, c.country, key, ok, c.key)
		}
	}
}

func BenchmarkAt(b *testing.B) {
	s := Parse("Mon-Thu 9am-5pm, Fri 9am-12pm")
	loc := zone(b, "America/Chicago")
	for _, c := range []struct{ name, moment string }{
		{"open", "2026-11-16 10:00"}, {"closed", "2026-11-16 18:00"}, {"weekend", "2026-11-20 18:00"}, {"holiday", "2026-11-26 10:00"},
	} {
		moment := at(b, loc, c.moment)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.At(moment, "US")
			}
		})
	}
}
