package hours

import "slices"

// maxText is the longest text that is read, in bytes. The longest opening hours
// seen in a published list have 500; more is a page, not hours.
const maxText = 2000

// Parse reads a text. It never fails: a text that it can't read whole and with
// certainty is CallFirst, or Unknown when it says nothing of hours or is about
// dates that pass.
func Parse(text string) Schedule {
	if len(text) > maxText {
		return Schedule{Status: Unknown}
	}
	if s, ok := readOSM(text); ok {
		return s
	}
	return readTokens(tokens(lexemes(clean(text))))
}

// readTokens reads prose.
func readTokens(list []token) Schedule {
	if !all(list, understood) {
		return Schedule{Status: doubtful(list)}
	}
	found, ok := groups(list)
	if ok && onlyWholeDay(found) {
		return Schedule{Status: AlwaysOpen}
	}
	var r reader
	if ok && r.read(found) {
		if s, ok := r.schedule(); ok {
			return s
		}
	}
	return Schedule{Status: doubtful(list)}
}

// onlyWholeDay reports whether the text is "24 hours" and no more.
func onlyWholeDay(list []group) bool {
	spans := 0
	for _, g := range list {
		switch {
		case g.says == theTimes && g.spans[0] == Span{dayStart, dayEnd}:
			spans++
		case g.says != isStop && g.says != isHolidaysToo:
			return false
		}
	}
	return spans == 1
}

func understood(t token) bool { return t.means != notUnderstood }

func all(list []token, is func(token) bool) bool {
	return !slices.ContainsFunc(list, func(t token) bool { return !is(t) })
}

// doubtful is the status of a text that was not read: Unknown where it is about
// dates that pass or says nothing of hours, else CallFirst.
func doubtful(list []token) Status {
	closes := slices.ContainsFunc(list, func(t token) bool { return t.means == shut })
	status := Unknown
	for i, t := range list {
		switch {
		case t.means == aDate && (t.year != 0 || !closes):
			return Unknown
		case hintAtHours(list, i):
			status = CallFirst
		}
	}
	return status
}

// hintAtHours reports whether a token shows that a text is about hours. A
// number alone may be a street's.
func hintAtHours(list []token, i int) bool {
	switch t := list[i]; t.means {
	case notUnderstood:
		return hintsAtHours[t.text]
	case aClock:
		return t.clock.half != bare || i+1 < len(list) && list[i+1].means == through
	case anOrdinal, through, between, andAlso, orElse, pause, stop, everyOne:
		return false
	}
	return true
}

// schedule puts what was read together.
func (r *reader) schedule() (Schedule, bool) {
	if r.allVisit && len(r.rules) <= 1 || len(r.visits) > 0 && len(r.rules) == 0 {
		return Schedule{Status: ByAppointment}, true
	}
	if r.allVisit || r.ask || len(r.rules) == 0 || !r.takeOut() {
		return Schedule{}, false
	}
	rules := tidy(r.rules)
	if contradictory(rules) || len(rules) == 0 {
		return Schedule{}, false
	}
	if always(rules) && len(r.dates) == 0 && r.holidays != HolidaysClosed && len(r.hours) == 0 {
		return Schedule{Status: AlwaysOpen}, true
	}
	return Schedule{Scheduled, rules, r.dates, r.holidays, r.hours}, true
}

// takeOut takes what is closed or by appointment out of the rules.
func (r *reader) takeOut() bool {
	for _, part := range append(r.closed, r.visits...) {
		closed := Rule{Days: part.days, Nth: part.nth}
		if slices.ContainsFunc(r.rules, func(o Rule) bool { return o.meets(&closed) }) {
			return false // open and closed on the same day
		}
	}
	for _, part := range r.except {
		var list []Rule
		for _, rule := range r.rules {
			rest, ok := rule.without(part, season{})
			if !ok {
				return false
			}
			list = append(list, rest...)
		}
		r.rules = list
	}
	ok := true
	for _, g := range r.gaps {
		if r.rules, ok = withGap(r.rules, g); !ok {
			return false
		}
	}
	return true
}
