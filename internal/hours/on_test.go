package hours

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWhatAScheduleHasOnADate(t *testing.T) {
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 12, 0, 0, 0, time.UTC) }
	nine := []Span{{9 * 60, 17 * 60}}
	for _, test := range []struct {
		name, raw string
		on        time.Time
		want      DayPlan
	}{
		{"a usual day", "Mon-Fri 9am-5pm", day(11, 25), DayPlan{Known: true, Usual: true, Spans: nine}},
		{"a day without hours is closed", "Mon-Fri 9am-5pm", day(11, 28), DayPlan{Known: true, Usual: true}},
		{"a public holiday that nobody speaks of", "Mon-Fri 9am-5pm", day(11, 26), DayPlan{Holiday: "thanksgiving"}},
		{"a public holiday on which it is closed", "Mon-Fri 9am-5pm, closed holidays", day(11, 26), DayPlan{Known: true, Holiday: "thanksgiving"}},
		{"in some weeks of the month", "1st and 3rd Tuesday 2pm-4pm", day(12, 1), DayPlan{Known: true, Usual: true, Spans: []Span{{14 * 60, 16 * 60}}}},
		{"in the other weeks", "1st and 3rd Tuesday 2pm-4pm", day(12, 8), DayPlan{Known: true, Usual: true}},
		{"it never closes", "24/7", day(11, 26), DayPlan{Known: true, Usual: true, Holiday: "thanksgiving", Spans: []Span{{0, 24 * 60}}}},
		{"what can't be read says nothing", "9-5 or so", day(11, 25), DayPlan{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Parse(test.raw).On(test.on, "US")); diff != "" {
				t.Errorf("%+v: %s", Parse(test.raw), diff)
			}
		})
	}
}

// Law: what is open at a moment by At is in a plan of that date or of the one before.
func TestAPlanHoldsWhatIsOpen(t *testing.T) {
	texts := []string{"Mon-Fri 9am-5pm", "daily 8pm-2am", "Tue 2pm-4pm; Sat 10am-noon", "2nd Wednesday 1pm-3pm", "24/7"}
	rapid.Check(t, func(t *rapid.T) {
		s := Parse(rapid.SampledFrom(texts).Draw(t, "hours"))
		at := time.Date(2026, 1, 1, 0, rapid.IntRange(0, 500*24*60).Draw(t, "minute"), 0, 0, time.UTC)
		if s.At(at, "US").State != Open {
			return
		}
		now := minuteOf(at)
		for _, span := range s.On(at, "US").Spans {
			if span.Opens <= now && (now < span.Closes || span.Closes <= span.Opens) {
				return
			}
		}
		for _, span := range s.On(at.AddDate(0, 0, -1), "US").Spans {
			if span.Closes <= span.Opens && now < span.Closes {
				return
			}
		}
		t.Fatalf("open at %s, and no plan has it", at)
	})
}
