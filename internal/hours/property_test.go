package hours

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// osmText writes a schedule in OpenStreetMap's form.
func osmText(s Schedule) string {
	code := func(i int) string { return strings.ToUpper(dayCodes[i][:1]) + dayCodes[i][1:] }
	spans := func(list []Span) string {
		var parts []string
		for _, p := range list {
			parts = append(parts, fmt.Sprintf("%s-%s", p.Opens, p.Closes))
		}
		return strings.Join(parts, ",")
	}
	var parts []string
	for _, r := range s.Rules {
		var days []string
		for i := range dayCodes {
			if r.Days&(1<<i) != 0 {
				days = append(days, code(i))
			}
		}
		text := strings.Join(days, ",")
		if len(r.Nth) > 0 {
			text += strings.ReplaceAll(fmt.Sprint(r.Nth), " ", ",")
		}
		if !r.From.IsZero() {
			text = fmt.Sprintf("%s-%s: %s", r.From.Month.String()[:3], r.To.Month.String()[:3], text)
		}
		parts = append(parts, text+" "+spans([]Span{{r.Opens, r.Closes}}))
	}
	text := strings.Join(parts, ", ")
	switch {
	case s.Holidays == HolidaysClosed:
		text += "; PH off"
	case s.Holidays == HolidaysOpen:
		text += "; PH " + spans(s.HolidayHours)
	}
	for _, e := range s.Exceptions {
		text += "; "
		if e.Year != 0 {
			text += fmt.Sprint(e.Year, " ")
		}
		date := func(d MonthDay) string { return fmt.Sprintf("%s %02d", d.Month.String()[:3], d.Day) }
		text += date(e.From)
		if e.To != e.From {
			text += "-"
			if e.Year != 0 {
				next := e.Year
				if e.To.before(e.From) {
					next++
				}
				text += fmt.Sprint(next, " ")
			}
			text += date(e.To)
		}
		if len(e.Hours) == 0 {
			text += " off"
		} else {
			text += " " + spans(e.Hours)
		}
	}
	return text
}

// drawSchedule makes a schedule whose rules don't contradict each other.
func drawSchedule(t *rapid.T) Schedule {
	s := Schedule{Status: Scheduled}
	span := rapid.Custom(func(t *rapid.T) Span {
		opens := Minute(rapid.IntRange(0, 95).Draw(t, "opens") * 15)
		closes := Minute(rapid.IntRange(1, 96).Draw(t, "closes") * 15)
		return Span{opens, closes}
	}).Filter(func(s Span) bool { return s.Closes > s.Opens || plausible(s) })
	for range rapid.IntRange(1, 4).Draw(t, "rules") {
		one := span.Draw(t, "span")
		r := Rule{Days: Days(rapid.IntRange(1, 127).Draw(t, "days")), Opens: one.Opens, Closes: one.Closes}
		if r.Days.single() && rapid.Bool().Draw(t, "monthly") {
			r.Nth = rapid.SliceOfNDistinct(rapid.SampledFrom([]int{1, 2, 3, 4, 5, -1}), 1, 3, rapid.ID).Draw(t, "nth")
			slices.SortFunc(r.Nth, byWeek)
		}
		if rapid.Bool().Draw(t, "seasonal") {
			from, to := rapid.IntRange(1, 12).Draw(t, "from"), rapid.IntRange(1, 12).Draw(t, "to")
			r.From, r.To = monthDay(from, 1), monthDay(to, monthDays[to])
		}
		if rules := append(slices.Clone(s.Rules), r); !contradictory(rules) {
			s.Rules = rules
		}
	}
	s.Rules = tidy(s.Rules)
	switch rapid.IntRange(0, 2).Draw(t, "holidays") {
	case 1:
		s.Holidays = HolidaysClosed
	case 2:
		s.Holidays, s.HolidayHours = HolidaysOpen, []Span{span.Draw(t, "holiday")}
	}
	for range rapid.IntRange(0, 2).Draw(t, "exceptions") {
		day := func(name string) MonthDay {
			return monthDay(rapid.IntRange(1, 12).Draw(t, name), rapid.IntRange(1, 28).Draw(t, name))
		}
		e := Exception{From: day("first"), To: day("last"), Year: rapid.SampledFrom([]int{0, 2026, 2027}).Draw(t, "year")}
		if rapid.Bool().Draw(t, "other hours") {
			e.Hours = []Span{span.Draw(t, "hours")}
		}
		s.Exceptions = append(s.Exceptions, e)
	}
	return s
}

func TestAScheduleWrittenAsOSMIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawSchedule(t)
		if always(want.Rules) {
			t.Skip("always open has no rules")
		}
		text := osmText(want)
		if got := Parse(text); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q is read\n%+v, want\n%+v", text, got, want)
		}
	})
}

// openAt is the definition of being open, minute by minute, without looking
// ahead: an opening that began that day or the day before covers the minute.
func openAt(s Schedule, moment time.Time, country string) State {
	hours := func(day time.Time) (spans []Span, certain, special bool) {
		for _, e := range slices.Backward(s.Exceptions) {
			for years := range 2 {
				from := time.Date(day.Year()-years, e.From.Month, e.From.Day, 0, 0, 0, 0, time.UTC)
				to := time.Date(day.Year()-years, e.To.Month, e.To.Day, 0, 0, 0, 0, time.UTC)
				if e.To.before(e.From) {
					to = to.AddDate(1, 0, 0)
				}
				if (e.Year == 0 || e.Year == from.Year()) && !day.Before(from) && !day.After(to) {
					return e.Hours, true, true
				}
			}
		}
		_, holiday := Holiday(country, day)
		if holiday && s.Holidays != HolidaysUnknown {
			return s.HolidayHours, true, true
		}
		for _, r := range s.Rules {
			nth := len(r.Nth) == 0
			for _, n := range r.Nth {
				nth = nth || n == (day.Day()+6)/7 || n == -1 && day.AddDate(0, 0, 7).Month() != day.Month()
			}
			month := day.Month()
			in := r.From.IsZero() || r.From.Month <= r.To.Month && month >= r.From.Month && month <= r.To.Month ||
				r.From.Month > r.To.Month && (month >= r.From.Month || month <= r.To.Month)
			if r.Days.Has(day.Weekday()) && nth && in {
				spans = append(spans, Span{r.Opens, r.Closes})
			}
		}
		return spans, !holiday, false
	}
	day := time.Date(moment.Year(), moment.Month(), moment.Day(), 0, 0, 0, 0, time.UTC)
	now := Minute(moment.Hour()*60 + moment.Minute())
	today, certain, special := hours(day)
	if !certain {
		return NotKnown
	}
	for _, p := range today {
		if p.Opens <= now && (now < p.Closes || p.Closes <= p.Opens) {
			return Open
		}
	}
	yesterday, certain, _ := hours(day.AddDate(0, 0, -1))
	for _, p := range yesterday {
		if p.Closes <= p.Opens && now < p.Closes {
			if !certain || special {
				return NotKnown
			}
			return Open
		}
	}
	return Closed
}

func TestAtAgreesWithCountingMinutes(t *testing.T) {
	zones := []*time.Location{time.UTC, zone(t, "America/New_York"), zone(t, "America/St_Johns")}
	rapid.Check(t, func(t *rapid.T) {
		s := drawSchedule(t)
		start := time.Date(2026, 12, 20, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "day"))
		moment := start.Add(time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "minute")) * time.Minute).
			In(rapid.SampledFrom(zones).Draw(t, "zone"))
		country := rapid.SampledFrom([]string{"US", "CA", ""}).Draw(t, "country")
		got := s.At(moment, country)
		if want := openAt(s, moment, country); got.State != want {
			t.Fatalf("%s at %v in %q is %s, want %s", osmText(s), moment, country, got.State, want)
		}
		change := moment
		for end := moment.Add(lookAheadDays * 24 * time.Hour); change.Before(end); change = change.Add(time.Minute) {
			state := openAt(s, change, country)
			if got.State == Open && state != Open || got.State == Closed && state == Open {
				break
			}
		}
		switch {
		case got.State == Open && !got.Closes.IsZero() && !got.Closes.Equal(change):
			t.Fatalf("%s at %v in %q closes at %v, want %v", osmText(s), moment, country, got.Closes, change)
		case got.State == Closed && !got.Opens.IsZero() && got.Opens.Before(change):
			t.Fatalf("%s at %v in %q opens at %v, want %v or later", osmText(s), moment, country, got.Opens, change)
		case got.State == Closed && !got.Opens.IsZero() && openAt(s, got.Opens, country) != Open:
			t.Fatalf("%s at %v in %q opens at %v and does not", osmText(s), moment, country, got.Opens)
		}
	})
}

// checkSchedule fails where a schedule breaks a promise.
func checkSchedule(t *testing.T, text string, s Schedule) {
	t.Helper()
	switch s.Status {
	case Scheduled:
		if len(s.Rules) == 0 || len(s.Rules) > len(text) {
			t.Fatalf("%q has %d rules", text, len(s.Rules))
		}
	case AlwaysOpen, ByAppointment, CallFirst, Unknown:
		if !reflect.DeepEqual(s, Schedule{Status: s.Status}) {
			t.Fatalf("%q is %s and says more: %+v", text, s.Status, s)
		}
	default:
		t.Fatalf("%q has the status %q", text, s.Status)
	}
	for _, r := range s.Rules {
		if r.Days == 0 || r.Days > EveryDay || r.Opens < 0 || r.Opens >= dayEnd || r.Closes <= 0 || r.Closes > dayEnd || r.Opens == r.Closes {
			t.Fatalf("%q has the rule %+v", text, r)
		}
		for i, n := range r.Nth {
			if n != -1 && (n < 1 || n > 5) || i > 0 && byWeek(r.Nth[i-1], n) >= 0 {
				t.Fatalf("%q has the weeks %v", text, r.Nth)
			}
		}
		if r.From.IsZero() != r.To.IsZero() || !r.From.IsZero() && (!r.From.valid() || !r.To.valid()) {
			t.Fatalf("%q has the season %v to %v", text, r.From, r.To)
		}
	}
	if contradictory(s.Rules) {
		t.Fatalf("%q contradicts itself: %s", text, canonical(s))
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"Mon-Fri 9-5", "Mo-Fr 08:00-17:00; PH off", "1st and 3rd Thu 2-4pm", "24/7", "M/W/F 9a-5p", "May-Oct: Sat 9-1", "closed Dec 25", "a\xffb", "9AM\u00ef\u00bf\u00bd5PM<br>",
		"Th[1,-1] 10:00-12:00, We 20:00-26:00", "lunes a viernes de 9 a 5", "Mon 12am-12am", "Fri 8pm-2am; closed 1st Fri of the month", "5 Dec 2026 - 3/4", "Th[1 10:00-11:00", "Feb 30 Mo 10:00-11:00", "2026 Jan Mo 10:00-11:00",
	} {
		f.Add(text)
	}
	moment := time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		s := Parse(text)
		checkSchedule(t, text, s)
		if again := Parse(text); !reflect.DeepEqual(s, again) {
			t.Fatalf("%q is read %+v, then %+v", text, s, again)
		}
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back Schedule
		if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, s) {
			t.Fatalf("%q: %s comes back as %+v, %v", text, data, back, err)
		}
		if m := s.At(moment, "US"); m.State == Open && !s.isRead() {
			t.Fatalf("%q is not read and open", text)
		}
	})
}
