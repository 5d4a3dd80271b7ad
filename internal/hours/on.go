package hours

import "time"

// A DayPlan is what a schedule says of one date.
type DayPlan struct {
	Known   bool   // false: a public holiday that the schedule says nothing of, or no schedule that can be read
	Usual   bool   // it is as on every such weekday; else an exception or a holiday changes it
	Holiday string // the key of the public holiday that the date is, if it is one
	Spans   []Span // the openings that begin on that date, in order; none: closed, where it is known
}

// On says what the schedule has on the date of day, by the clock of day's own
// zone; country is "US" or "CA". A night that runs into the date belongs to the
// date before.
func (s Schedule) On(day time.Time, country string) DayPlan {
	d := dateOf(day)
	holiday, _ := holidayOn(country, d)
	switch s.Status {
	case AlwaysOpen:
		return DayPlan{Known: true, Usual: true, Holiday: holiday, Spans: []Span{{Opens: dayStart, Closes: dayEnd}}}
	case Scheduled:
	default:
		return DayPlan{Holiday: holiday}
	}
	c := clock{&s, country}
	p := c.plan(d)
	if p.kind == inDoubt {
		return DayPlan{Holiday: holiday}
	}
	on := DayPlan{Known: true, Usual: p.kind == usual, Holiday: holiday}
	c.eachSpan(d, p, func(opens, closes Minute) { on.Spans = append(on.Spans, Span{opens, closes}) })
	return on
}
