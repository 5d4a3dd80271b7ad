package hours

import (
	"slices"
	"time"
)

// A State is the answer to "is it open?".
type State string

// The states. NotKnown is never shown as either of the others.
const (
	Open     State = "open"
	Closed   State = "closed"
	NotKnown State = "unknown"
)

// lookAheadDays is how far ahead a next opening or closing is looked for. Two
// weeks find every weekly and most twice-monthly openings, and a date further
// away than that helps nobody today.
const lookAheadDays = 14

// A Moment is a schedule at one moment.
type Moment struct {
	State   State
	Closes  time.Time // when open: when it next closes; zero: not within two weeks
	Opens   time.Time // when closed: the next certain opening within two weeks, or zero
	Holiday string    // the key of that day's public holiday, when its hours are not known
}

// At answers for the moment t, which is in the site's own zone; country is "US"
// or "CA". On a public holiday that the schedule says nothing of it is not
// known whether it is open, except where it never closes.
func (s Schedule) At(t time.Time, country string) Moment {
	switch s.Status {
	case AlwaysOpen:
		return Moment{State: Open}
	case Scheduled:
		return (&clock{&s, country}).at(t)
	}
	return Moment{State: NotKnown}
}

// A clock is a schedule in a country.
type clock struct {
	*Schedule
	country string
}

func (c *clock) at(t time.Time) Moment {
	today, now := dateOf(t), minuteOf(t)
	plan := c.plan(today)
	if plan.kind == inDoubt {
		return Moment{State: NotKnown, Holiday: plan.holiday}
	}
	state, until := c.state(today, plan, now)
	switch state {
	case Open:
		return Moment{State: Open, Closes: c.closes(t, today, until)}
	case Closed:
		return Moment{State: Closed, Opens: c.opens(t, today, plan, now)}
	}
	return Moment{State: NotKnown}
}

// A plan says where the hours of a date come from.
type plan struct {
	kind    planKind
	spans   []Span // of a set day; none: closed
	holiday string // key
}

type planKind int

const (
	usual   planKind = iota // the rules
	set                     // these spans instead
	inDoubt                 // a holiday that the schedule says nothing of
)

func (c *clock) plan(d date) plan {
	for _, e := range slices.Backward(c.Exceptions) {
		if e.Holiday == "" && e.on(d) {
			return plan{kind: set, spans: e.Hours}
		}
	}
	key, ok := holidayOn(c.country, d)
	if !ok {
		return plan{}
	}
	for _, e := range slices.Backward(c.Exceptions) {
		if e.Holiday == key {
			return plan{kind: set, spans: e.Hours}
		}
	}
	switch {
	case c.Holidays == HolidaysClosed:
		return plan{kind: set}
	case c.Holidays == HolidaysOpen && len(c.HolidayHours) > 0:
		return plan{kind: set, spans: c.HolidayHours}
	case c.Holidays == HolidaysOpen:
		return plan{}
	}
	return plan{kind: inDoubt, holiday: key}
}

// on reports whether an exception with dates is about this date.
func (e *Exception) on(d date) bool {
	if !(season{e.From, e.To}).has(d.monthDay()) {
		return false
	}
	first := d.year
	if e.To.before(e.From) && !e.To.before(d.monthDay()) {
		first-- // it began in the year before
	}
	return e.Year == 0 || e.Year == first
}

// state is the state at a minute of a day that is not in doubt, and when it is
// open until when: up to 1440, the end of the day.
func (c *clock) state(d date, p plan, now Minute) (State, Minute) {
	if until := c.until(d, p, now); until > now {
		return Open, until
	}
	yesterday := d.add(-1)
	before := c.plan(yesterday)
	until := c.spill(yesterday, before, now)
	switch {
	case until <= now:
		return Closed, 0
	case before.kind == inDoubt, p.kind == set:
		return NotKnown, 0 // a night that runs out of or into a special day
	}
	return Open, until
}

// until is the end, within the day, of the openings that began that day and
// cover the minute; 0 for none.
func (c *clock) until(d date, p plan, now Minute) (until Minute) {
	each := func(opens, closes Minute) {
		if closes <= opens {
			closes = dayEnd
		}
		if opens <= now && now < closes {
			until = max(until, closes)
		}
	}
	c.eachSpan(d, p, each)
	return until
}

// spill is the end of the openings that began that day and cover the minute of
// the next day; 0 for none.
func (c *clock) spill(d date, p plan, now Minute) (until Minute) {
	c.eachSpan(d, p, func(opens, closes Minute) {
		if closes <= opens && now < closes {
			until = max(until, closes)
		}
	})
	return until
}

// eachSpan calls do for every opening that begins on the date. Of a day in
// doubt these are the openings that there may be.
func (c *clock) eachSpan(d date, p plan, do func(opens, closes Minute)) {
	if p.kind == set {
		for _, s := range p.spans {
			do(s.Opens, s.Closes)
		}
		return
	}
	for i := range c.Rules {
		if r := &c.Rules[i]; r.on(d) {
			do(r.Opens, r.Closes)
		}
	}
}

// on reports whether the rule is about this date.
func (r *Rule) on(d date) bool {
	if !r.Days.Has(d.weekday) || !(season{r.From, r.To}).has(d.monthDay()) {
		return false
	}
	return len(r.Nth) == 0 || slices.Contains(r.Nth, d.nth()) || slices.Contains(r.Nth, -1) && d.last()
}

// closes follows an opening over midnight for as long as it stays open.
func (c *clock) closes(t time.Time, d date, until Minute) time.Time {
	for range lookAheadDays {
		if next, ok := c.longer(d, until); ok {
			until = next
			continue
		}
		if until < dayEnd {
			return d.clock(t, until)
		}
		tomorrow := d.add(1)
		p := c.plan(tomorrow)
		if p.kind == inDoubt {
			return d.clock(t, until)
		}
		state, next := c.state(tomorrow, p, dayStart)
		if state != Open {
			return d.clock(t, until)
		}
		d, until = tomorrow, next
	}
	return time.Time{}
}

// longer is the end of an opening that takes over where another ends.
func (c *clock) longer(d date, until Minute) (Minute, bool) {
	if until >= dayEnd {
		return 0, false
	}
	state, next := c.state(d, c.plan(d), until)
	return next, state == Open
}

// opens is the first opening after now that is certain.
func (c *clock) opens(t time.Time, d date, p plan, now Minute) time.Time {
	for range lookAheadDays + 1 {
		first := dayEnd
		if p.kind != inDoubt {
			c.eachSpan(d, p, func(opens, _ Minute) {
				if opens > now {
					first = min(first, opens)
				}
			})
		}
		if first < dayEnd {
			if at := d.clock(t, first); at.Sub(t) <= lookAheadDays*24*time.Hour {
				return at
			}
			return time.Time{}
		}
		d, now = d.add(1), -1
		p = c.plan(d)
	}
	return time.Time{}
}
