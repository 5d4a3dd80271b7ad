package hours

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// A reading is a sentence, a text and what it is read as.
type sentence struct{ name, text, want string }

func testReadings(t *testing.T, list []sentence) {
	t.Helper()
	for _, c := range list {
		t.Run(c.name, func(t *testing.T) {
			if got := canonical(Parse(c.text)); got != c.want {
				t.Errorf("%q is read\n%q, want\n%q", c.text, got, c.want)
			}
		})
	}
}

func TestProse(t *testing.T) {
	testReadings(t, []sentence{
		{"a range of days and times", "Monday to Friday 9am to 5pm", "scheduled mo-fr 09:00-17:00"},
		{"days after the times", "8:15 a.m. - 4:15 p.m., Tuesday through Thursday", "scheduled tu-th 08:15-16:15"},
		{"times, days, times, days", "9am-1pm Saturday, 10am-2pm Sunday", "scheduled sa 09:00-13:00; su 10:00-14:00"},
		{"a list and a range of days", "Mon, Wed - Fri & Sun 10am–3pm", "scheduled mo,we-fr,su 10:00-15:00"},
		{"a range over the end of the week", "Friday-Monday 11am-2pm", "scheduled mo,fr-su 11:00-14:00"},
		{"a lunch gap", "Tue-Thu 8:10am-12pm, 1:10pm-4pm", "scheduled tu-th 08:10-12:00; tu-th 13:10-16:00"},
		{"closed for lunch", "Mon-Wed 8am-4pm (closed 12-1 for lunch)", "scheduled mo-we 08:00-12:00; mo-we 13:00-16:00"},
		{"closed for lunch first", "Mon-Wed 8am-4pm, closed for lunch 12:30-1:15", "scheduled mo-we 08:00-12:30; mo-we 13:15-16:00"},
		{"closed on one afternoon", "Mon-Thu 8am-4pm. Closed Wednesday 12-4", "scheduled mo,tu,th 08:00-16:00; we 08:00-12:00"},
		{"a night", "daily 9pm-6am", "scheduled mo-su 21:00-06:00"},
		{"noon and midnight", "Saturdays noon to midnight", "scheduled sa 12:00-24:00"},
		{"twelve noon", "Sat 9:20 - 12 noon", "scheduled sa 09:20-12:00"},
		{"midnight as 12am", "Mon 3pm-12am", "scheduled mo 15:00-24:00"},
		{"a minute to midnight is midnight", "Mon 12:00am-11:59pm", "scheduled mo 00:00-24:00"},
		{"weeks of the month", "2nd and 4th Tuesday of the month, 3:20-5pm", "scheduled tu[2,4] 15:20-17:00"},
		{"the last weekday of the month", "last Wednesday of every month 10am-1pm", "scheduled we[-1] 10:00-13:00"},
		{"weeks of the month on two lines", "1st Monday: 1pm-2pm\n3rd Monday: 1pm-2pm", "scheduled mo[1,3] 13:00-14:00"},
		{"a week of the month as an afterthought", "1:15p - 2:45p W (3rd Wednesday of the month)", "scheduled we[3] 13:15-14:45"},
		{"closed in one week of the month", "Mon-Thu 9am-5pm, closed 2nd Thursday of the month", "scheduled mo-we 09:00-17:00; th[1,3,4,5] 09:00-17:00"},
		{"every day around the clock", "Open 24 hours a day, 7 days a week", "always_open"},
		{"around the clock", "around the clock", "always_open"},
		{"around the clock on some days", "24 hours Monday-Thursday", "scheduled mo-th 00:00-24:00"},
		{"always but for holidays", "24/7 except holidays", "scheduled mo-su 00:00-24:00; ph closed"},
		{"by appointment", "By appointment only. Call (555) 555-0123", "by_appointment"},
		{"some days by appointment", "Mon-Wed 8:20am-4pm; Thursdays by appointment", "scheduled mo-we 08:20-16:00"},
		{"hours by appointment are not open hours", "Saturday 9am-1pm by appointment", "by_appointment"},
		{"or by appointment", "Tue 10am-3pm or by appointment", "scheduled tu 10:00-15:00"},
		{"closed on holidays", "Mon-Fri 8:05am-4pm, closed on federal holidays", "scheduled mo-fr 08:05-16:00; ph closed"},
		{"holidays with hours", "Mon-Fri 8am-8pm, weekends and holidays 10am-4pm", "scheduled mo-fr 08:00-20:00; sa,su 10:00-16:00; ph open 10:00-16:00"},
		{"holidays as on any other day", "Daily 8am-8pm including holidays", "scheduled mo-su 08:00-20:00; ph open"},
		{"only some holidays are not all holidays", "Mon-Fri 8am-3pm, closed major holidays", "scheduled mo-fr 08:00-15:00"},
		{"holidays of somebody", "Tue-Fri 8am-3pm except Alder Creek College holidays", "scheduled tu-fr 08:00-15:00"},
		{"dates that are closed", "Daily 10am-6pm, closed Christmas Day and Thanksgiving", "scheduled mo-su 10:00-18:00; on 12-25/12-25; on thanksgiving"},
		{"a day that is taken out", "Daily 10am-6pm except Tuesdays", "scheduled mo,we-su 10:00-18:00"},
		{"a season", "April through September: Mon-Fri 7:45am-4pm", "scheduled 04-01/09-30 mo-fr 07:45-16:00"},
		{"two seasons", "Nov-Feb: Sat 10am-2pm; Mar-Oct: Sat 9am-4pm", "scheduled 03-01/10-31 sa 09:00-16:00; 11-01/02-29 sa 10:00-14:00"},
		{"a season after the hours", "Sat 10am-2pm, May to August", "scheduled 05-01/08-31 sa 10:00-14:00"},
		{"a season on the last line", "Sat 10am-2pm\n(May-August)", "scheduled 05-01/08-31 sa 10:00-14:00"},
		{"seasons as headings", "May-Sep\nMon 9am-5pm\nSun closed\nOct-Apr\nMon 10am-4pm", "scheduled 05-01/09-30 mo 09:00-17:00; 10-01/04-30 mo 10:00-16:00"},
		{"a season by dates", "Jan 15 - Mar 31: Mon-Fri 9am-noon", "scheduled 01-15/03-31 mo-fr 09:00-12:00"},
		{"lines that were lost", "Mon-Wed 9:15AM-5PMThursday, 10AM-6PM", "scheduled mo-we 09:15-17:00; th 10:00-18:00"},
		{"lines of HTML", "Monday: 9AM-4PM <br> Tuesday: Closed <br/> Friday: 9AM-2PM", "scheduled mo 09:00-16:00; fr 09:00-14:00"},
		{"days and times on lines of their own", "Monday\n9am-4pm\nTuesday\n9am-3pm", "scheduled mo 09:00-16:00; tu 09:00-15:00"},
		{"closed on a line of its own", "Monday\n9am-4pm\nTuesday\nClosed", "scheduled mo 09:00-16:00"},
		{"a dash that was decoded twice", "Sunday: 8AM\u00ef\u00bf\u00bd4PM", "scheduled su 08:00-16:00"},
		{"misspelt days", "Modnay-Thrusday 8am-noon, Satruday 9am-noon", "scheduled mo-th 08:00-12:00; sa 09:00-12:00"},
		{"letters for days", "8a – 4p MTWR", "scheduled mo-th 08:00-16:00"},
		{"letters in a list", "M/W/F 1-4pm", "scheduled mo,we,fr 13:00-16:00"},
		{"letters with a range", "M-Th 10am-4pm; Sa 10am-1pm", "scheduled mo-th 10:00-16:00; sa 10:00-13:00"},
		{"mornings that are mornings", "Sunday mornings 7:15am-8:15am", "scheduled su 07:15-08:15"},
		{"Spanish", "lunes a jueves de 9am a 4pm, sábado 10am a 1pm", "scheduled mo-th 09:00-16:00; sa 10:00-13:00"},
		{"Spanish, every day", "todos los días 24 horas", "always_open"},
		{"the clock of 24 hours", "Mon-Fri 9:00-17:30", "scheduled mo-fr 09:00-17:30"},
		{"the clock without colons", "Mon-Fri 0830-1630", "scheduled mo-fr 08:30-16:30"},
	})
}

func TestAMAndPMLeftOut(t *testing.T) {
	testReadings(t, []sentence{
		{"a day's work", "Mon 9-5", "scheduled mo 09:00-17:00"},
		{"an early day's work", "Mon 7:20-3:20", "scheduled mo 07:20-15:20"},
		{"a morning", "Mon 8:40-12", "scheduled mo 08:40-12:00"},
		{"an afternoon", "Mon 1:20-4:40", "scheduled mo 13:20-16:40"},
		{"from noon", "Mon 12-7:20", "scheduled mo 12:00-19:20"},
		{"over noon", "Mon 11-1:20", "scheduled mo 11:00-13:20"},
		{"an order that decides about the first", "Mon 7-8:20, 3:20-6", "scheduled mo 07:00-08:20; mo 15:20-18:00"},
		{"an order that decides about the second", "Mon 9-12, 6-8", "scheduled mo 09:00-12:00; mo 18:00-20:00"},
		{"pm at the end of an afternoon", "Mon 2-4:40pm", "scheduled mo 14:00-16:40"},
		{"pm at the end of a day", "Mon 10-7pm", "scheduled mo 10:00-19:00"},
		{"am at the end", "Mon 8:20-10am", "scheduled mo 08:20-10:00"},
		{"am at the start", "Mon 8am-4", "scheduled mo 08:00-16:00"},
		{"pm at the start", "Mon 2pm-5", "scheduled mo 14:00-17:00"},
		{"until noon", "Mon 8-noon", "scheduled mo 08:00-12:00"},
		{"a long day or a short evening", "Mon 8-9", "call_first"},
		{"a long day or a night shift", "Mon 11-7", "call_first"},
		{"a long day or a night shelter", "Mon 8:30-6:30", "call_first"},
		{"twelve hours, either way", "Mon 7-7", "call_first"},
		{"breakfast or dinner", "Mon 5-7", "call_first"},
		{"a morning or an evening", "Mon 8-10", "call_first"},
		{"an evening or a long day", "Mon 9-11pm", "call_first"},
		{"noon or midnight, both may be meant", "Mon 8-12pm", "call_first"},
		{"an end that may be noon or midnight", "Mon 8am-12", "call_first"},
		{"pm or am before a midnight", "Mon 8-12am", "call_first"},
		{"the small hours", "Mon 1-5am", "call_first"},
		{"one doubt makes all doubtful", "Mon 9-5, Tue 9-9", "call_first"},
	})
}

func TestWhatIsNotSureIsNotRead(t *testing.T) {
	testReadings(t, []sentence{
		{"nothing", "", "unknown"},
		{"no hours", "N/A", "unknown"},
		{"a street", "Cross street: 12th Avenue", "unknown"},
		{"the sun", "dawn to dusk", "unknown"},
		{"dates that pass", "3/1/2019 to 4/15/2019 Monday-Friday, 9am-1pm", "unknown"},
		{"one date", "Saturday, June 6, 2020 10am-2pm", "unknown"},
		{"dates without a year", "Saturday 5/2 and 5/9, 10am-2pm", "unknown"},
		{"days without times", "Tuesday and Thursday", "call_first"},
		{"times without days", "9am-5pm", "call_first"},
		{"some day without times", "Mon-Fri 9am-5pm, Saturday", "call_first"},
		{"a time without an end", "Fridays at 9am", "call_first"},
		{"a season that may be of one line or of two", "May-Sep: Mon 9am-5pm\nTue 9am-5pm", "call_first"},
		{"a season after two lines", "Mon 9am-5pm\nTue 9am-4pm\nMay-Sep", "call_first"},
		{"a season after two rules", "Mon 9am-5pm, Tue 9am-4pm, May-Sep", "call_first"},
		{"which days", "open five days a week from 11 to 4", "call_first"},
		{"which Fridays", "every other Friday 1-4pm", "call_first"},
		{"every third may be of the month or not", "every 3rd Friday 1-4pm", "call_first"},
		{"which Tuesday", "1st Monday and Tuesday 1-4pm", "call_first"},
		{"hours that vary", "Hours vary, call for times", "call_first"},
		{"business hours", "regular business hours", "call_first"},
		{"hours of a label", "Office: Monday-Friday, 9am-5pm", "call_first"},
		{"hours of several services", "Mon-Fri 9am-5pm (Office); Mon-Fri 10am-2pm (Showers)", "call_first"},
		{"hours of a telephone", "Crisis line 24 hours daily", "call_first"},
		{"hours with a condition", "Mon-Fri 9am-5pm or until supplies run out", "call_first"},
		{"hours of some people", "Mon-Fri 9am-5pm staff only", "call_first"},
		{"hours and a number to call", "Mon-Fri 9am-5pm, call (555) 555-0123", "call_first"},
		{"closed for now", "Temporarily closed", "call_first"},
		{"open and closed on the same day", "Monday: 9am-5pm\nMonday: closed", "call_first"},
		{"two hours for one day", "Mon-Fri 9am-5pm; Wed 9am-12pm", "call_first"},
		{"an exception with hours", "Mon-Fri 9am-5pm except Wednesday 9-12", "call_first"},
		{"an afternoon until midnight is a slip", "Tue 8am-12am; 1pm-3:30pm", "call_first"},
		{"a day that ends before the next begins is a slip", "Mon-Fri 9am-5am", "call_first"},
		{"the small hours are a slip", "Mon-Fri 1am-4pm", "call_first"},
		{"a lone S is Saturday or Sunday", "M-S 9am-5pm", "call_first"},
		{"MF is a list or a range", "MF 9am-5pm", "call_first"},
		{"the first word is not Wednesday", "We open 9am-5pm Monday", "call_first"},
		{"days whose times were lost", "Saturday\nMonday 9am-12pm\n1pm-2pm", "call_first"},
		{"a time that the range goes on from", "Monday 10pm-Tuesday 6am", "call_first"},
		{"morning in the evening", "Sunday mornings 7:15pm-8:15pm", "call_first"},
		{"too long", strings.Repeat("Mon 9am-5pm ", maxText/10), "unknown"},
	})
}

func TestOpenStreetMap(t *testing.T) {
	testReadings(t, []sentence{
		{"days and times", "Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off", "scheduled mo-fr 08:00-17:00; sa 09:00-12:00; ph closed"},
		{"always", "24/7", "always_open"},
		{"always, and on holidays", "Mo-Su,PH 00:00-24:00", "always_open"},
		{"always but holidays", "24/7; PH off", "scheduled mo-su 00:00-24:00; ph closed"},
		{"weeks of the month", "Th[1,3] 14:00-17:00", "scheduled th[1,3] 14:00-17:00"},
		{"the last weekday", "Sa[-1] 10:00-14:00", "scheduled sa[-1] 10:00-14:00"},
		{"a season", "Apr-Oct: Mo-Fr 09:00-17:00", "scheduled 04-01/10-31 mo-fr 09:00-17:00"},
		{"a season every day", "Nov-Mar 10:00-16:00", "scheduled 11-01/03-31 mo-su 10:00-16:00"},
		{"a gap", "Mo,We,Fr 08:00-12:00,13:00-17:00", "scheduled mo,we,fr 08:00-12:00; mo,we,fr 13:00-17:00"},
		{"a later rule replaces", "Mo-Fr 08:00-17:00; We 08:00-12:00", "scheduled mo,tu,th,fr 08:00-17:00; we 08:00-12:00"},
		{"a rule after a comma adds", "Mo-Fr 08:00-12:00, We 14:00-18:00", "scheduled mo-fr 08:00-12:00; we 14:00-18:00"},
		{"a week that is off", "Mo-Th 08:00-18:00; Th[1] off", "scheduled mo-we 08:00-18:00; th[2,3,4,5] 08:00-18:00"},
		{"a season that replaces", "Mo 08:00-18:00; Jun-Aug Mo 09:00-12:00", "scheduled 09-01/05-31 mo 08:00-18:00; 06-01/08-31 mo 09:00-12:00"},
		{"holidays with hours", "Mo-Fr 08:00-18:00; PH 10:00-12:00", "scheduled mo-fr 08:00-18:00; ph open 10:00-12:00"},
		{"a date that is off", "Mo-Fr 08:00-18:00; Dec 25 off", "scheduled mo-fr 08:00-18:00; on 12-25/12-25"},
		{"dates of one year", "Mo-Fr 08:00-18:00; 2026 Dec 24-2027 Jan 02 off", "scheduled mo-fr 08:00-18:00; on 12-24/01-02 of 2026"},
		{"a night past 24", "Fr 20:00-26:00", "scheduled fr 20:00-02:00"},
		{"the sun", "Mo-Fr sunrise-sunset", "unknown"},
		{"an open end", "Mo-Fr 09:00+", "unknown"},
		{"school holidays", "Mo-Fr 09:00-17:00; SH off", "unknown"},
		{"a fallback", `Mo-Fr 09:00-17:00 || "on call"`, "unknown"},
		{"weeks of the year", "week 1-10 Mo 09:00-10:00", "unknown"},
		{"not known", "Mo-Fr unknown", "unknown"},
		{"off", "off", "unknown"},
		{"days without times", "Mo-Fr", "call_first"},
		{"times without days", "08:00-17:00", "call_first"},
		{"a day that ends before the next begins is a slip", "Mo-Fr 08:00-05:00", "call_first"},
		{"by appointment", `"by appointment"`, "by_appointment"},
	})
}

func TestAScheduleSurvivesJSON(t *testing.T) {
	for _, text := range []string{
		"", "24/7", "by appointment", "call", "Mon-Fri 9-12, 1-5; 1st and 3rd Saturday of the month 9am-noon; closed holidays",
		"Nov-Mar: Mon-Fri 10am-3pm", "Mo-Fr 08:00-18:00; PH 10:00-12:00; Dec 24-Jan 02 off; 2026 Dec 20 10:00-12:00", "Daily 8am-12am, closed Thanksgiving",
	} {
		want := Parse(text)
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Schedule
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q comes back from %s as %+v", text, data, got)
		}
	}
}

func TestTheRulesInJSON(t *testing.T) {
	data, err := json.Marshal(Parse("Mon-Wed 9am-5pm; 1st and last Sat of the month 3pm-12am").Rules)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"days":["mo","tu","we"],"opens":"09:00","closes":"17:00"},{"days":["sa"],"opens":"15:00","closes":"24:00","nth":[1,-1]}]`
	if string(data) != want {
		t.Errorf("the rules are\n%s, want\n%s", data, want)
	}
}

func TestWhatIsNotATimeOrADayIsRefused(t *testing.T) {
	for _, data := range []string{
		`{"opens":"9:00"}`, `{"opens":"24:01"}`, `{"opens":"09:60"}`, `{"opens":"-1:00"}`, `{"days":["monday"]}`, `{"days":7}`,
		`{"from":"02-30"}`, `{"from":"13-01"}`, `{"from":"5-1"}`,
	} {
		var r Rule
		if err := json.Unmarshal([]byte(data), &r); err == nil {
			t.Errorf("%s is read as %+v", data, r)
		}
	}
}

func TestTheWeekAsATable(t *testing.T) {
	week := Parse("Mon-Fri 9-12, 1-5; 2nd Saturday of the month 10am-noon").Week()
	if len(week[0].Intervals) != 2 || week[0].Intervals[1].Opens != 13*60 || week[6].Intervals != nil {
		t.Errorf("the week is %+v", week)
	}
	if sat := week[5]; sat.Weekday.String() != "Saturday" || len(sat.Intervals) != 1 || !reflect.DeepEqual(sat.Intervals[0].Nth, []int{2}) {
		t.Errorf("Saturday is %+v", sat)
	}
}

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"short", "Mon-Fri 9-5"},
		{"long", "Monday: 9AM-5PM <br> Tuesday: 9AM-5PM <br> Wednesday: 9AM-5PM <br> Thursday: 9AM-5PM <br> Friday: 9AM-5PM <br> Saturday: Closed"},
		{"osm", "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00; PH off"},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				Parse(c.text)
			}
		})
	}
}
