package hours

import "slices"

// A reader pairs groups into rules. Days wait for their times, and times for
// their days, over a line end at most.
type reader struct {
	rules    []Rule
	closed   []dayPart   // days that are closed
	except   []dayPart   // days that are closed although others include them
	gaps     []gap       // times that are closed
	dates    []Exception // dates that are closed
	holidays HolidayRule
	hours    []Span    // of public holidays
	visits   []dayPart // days by appointment
	allVisit bool      // everything is by appointment
	ask      bool      // a telephone number, or a word for it
	season   season    // of the rules that are being read
	heading  bool      // seasons are headings over several lines
	seasonal bool      // a line before this had a season of its own
	days     *group    // wait for their times
	times    *group    // wait for their days
	last     *group    // the days of the rule before, whose times may go on
	begun    int       // how many rules there were before this segment
}

// A gap is a time at which those days are closed; without days, all of them.
type gap struct {
	days []dayPart
	span Span
}

// read takes the groups of a whole text. It reports false when something is
// left over or contradicts the rest.
func (r *reader) read(list []group) bool {
	n := len(list)
	list = slices.DeleteFunc(list, func(g group) bool { return g.says == isHolidaysToo })
	if len(list) < n {
		r.holidays = HolidaysOpen
	}
	segments := split(list)
	for i, segment := range segments {
		days, times := r.days, r.times
		if !r.segment(segment, i == len(segments)-1) {
			return false
		}
		if days != nil && r.days == days || times != nil && r.times == times {
			return false // they waited for this segment, and it is about something else
		}
	}
	return r.days == nil && r.times == nil
}

// split cuts a list at its stops, and before a season that begins something new.
func split(list []group) [][]group {
	var segments [][]group
	var open []group
	for i, g := range list {
		begins := g.says == theSeason && i+1 < len(list) && list[i+1].says != isStop
		if (g.says == isStop || begins) && len(open) > 0 {
			segments, open = append(segments, open), nil
		}
		if g.says != isStop {
			open = append(open, g)
		}
	}
	if len(open) > 0 {
		segments = append(segments, open)
	}
	return segments
}

// segment reads the groups between two stops.
func (r *reader) segment(list []group, last bool) bool {
	before := r.begun
	r.begun = len(r.rules)
	if len(list) > 1 || list[0].says != theTimes {
		r.last = nil
	}
	if len(list) == 1 && list[0].says == theSeason {
		return r.lonelySeason(list[0].season, before == 0 && last)
	}
	if first := list[0]; first.says == theSeason {
		if r.heading {
			return false
		}
		r.season, list = first.season, list[1:]
		defer func() { r.season, r.seasonal = season{}, true }()
	} else if r.seasonal {
		return false // the season before may go on, or may not
	}
	if end := list[len(list)-1]; end.says == theSeason {
		if r.season != (season{}) || len(list) != 3 {
			return false // one rule's season, or that of all?
		}
		r.season, list = end.season, list[:2]
		defer func() { r.season = season{} }()
	}
	if last && len(list) == 1 && r.refine(&list[0]) {
		return true
	}
	return r.phrases(list)
}

// lonelySeason is a season between two stops: a heading when it stands before
// all rules, as do all after it; at the end, the season of the only line.
func (r *reader) lonelySeason(s season, ofAll bool) bool {
	switch {
	case r.heading, len(r.rules) == 0 && r.days == nil && r.times == nil:
		r.season, r.heading = s, true
		return true
	case !ofAll || r.seasonal:
		return false
	}
	for i := range r.rules {
		r.rules[i].From, r.rules[i].To = s.from, s.to
	}
	return len(r.rules) > 0
}

// refine takes a last remark such as "(2nd Friday of the month)" after the hours
// of Fridays alone.
func (r *reader) refine(g *group) bool {
	if g.says != theDays || len(g.days) != 1 || len(g.days[0].nth) == 0 || len(g.dates) > 0 || len(r.rules) == 0 {
		return false
	}
	for _, rule := range r.rules {
		if rule.Days != g.days[0].days || len(rule.Nth) > 0 {
			return false
		}
	}
	for i := range r.rules {
		r.rules[i].Nth = g.days[0].nth
	}
	return true
}

// phrases pairs the groups of a segment, the first deciding whether days stand
// before their times or after.
func (r *reader) phrases(list []group) bool {
	if len(list) == 1 {
		return r.lonely(&list[0])
	}
	for len(list) > 0 {
		n := r.pair(list)
		if n == 0 {
			return false
		}
		list = list[n:]
	}
	return true
}

// lonely reads a segment of one group.
func (r *reader) lonely(g *group) bool {
	switch g.says {
	case theDays:
		if r.times != nil {
			times := r.times
			r.times = nil
			return r.rule(g, times)
		}
		waiting := r.days == nil
		r.days = g
		return waiting
	case theTimes:
		switch {
		case r.days != nil:
			days := r.days
			r.days = nil
			return r.rule(days, g)
		case r.last != nil:
			return r.rule(r.last, g)
		}
		waiting := r.times == nil
		r.times = g
		return waiting
	case isAppointment:
		if r.days != nil {
			r.visits = append(r.visits, r.days.days...)
			r.days = nil
			return true
		}
		r.allVisit = true
		return true
	case isClosed:
		days := r.days
		r.days = nil
		return days != nil && r.shut(days, false)
	case isAlsoAppointment:
		return len(r.rules) > 0
	case isAskFirst:
		r.ask = true
		return true
	}
	return false
}

// pair reads the first few groups of a list and returns how many; 0 when they
// make no sense.
func (r *reader) pair(list []group) int {
	first, second, third := kind(list, 0), kind(list, 1), kind(list, 2)
	switch {
	case first == theDays && second == theTimes && third == isAppointment:
		return taken(3, r.visit(&list[0]))
	case first == theTimes && second == theDays && third == isAppointment:
		return taken(3, r.visit(&list[1]))
	case first == theDays && second == theTimes:
		r.last = &list[0]
		return taken(2, r.rule(&list[0], &list[1]))
	case first == theTimes && second == theDays:
		return taken(2, r.rule(&list[1], &list[0]))
	case first == theDays && second == isAppointment:
		r.visits = append(r.visits, list[0].days...)
		return taken(2, len(list[0].dates) == 0)
	}
	return r.closing(list)
}

// closing reads what is closed or said aside at the front of a list.
func (r *reader) closing(list []group) int {
	first, second, third := kind(list, 0), kind(list, 1), kind(list, 2)
	switch {
	case first == theDays && second == isClosed && third == theTimes:
		return taken(3, r.gap(&list[0], &list[2]))
	case first == theDays && second == isClosed:
		return taken(2, r.shut(&list[0], false))
	case first == theTimes && second == isClosed:
		return taken(2, len(list) == 2 && r.gap(nil, &list[0]))
	case first == isClosed && second == theDays && third == theTimes:
		return taken(3, len(list) == 3 && r.gap(&list[1], &list[2]))
	case first == isExcept && second == theDays && third == theTimes:
		return 0 // except Wednesday 9-12: the hours of that day, or those without it
	case (first == isClosed || first == isExcept) && second == theDays:
		return taken(2, r.shut(&list[1], true))
	case (first == isClosed || first == isExcept) && second == theTimes:
		return taken(2, len(list) == 2 && r.gap(nil, &list[1]))
	case first == isAlsoAppointment:
		return taken(1, len(r.rules) > 0)
	case first == isOr:
		return taken(1, len(r.rules) > 0 && (second == theTimes || second == theDays))
	case first == isAppointment:
		r.allVisit = true
		return 1
	case first == isAskFirst:
		r.ask = true
		return 1
	}
	return 0
}

// kind is what a group of a list says; after the end, a stop.
func kind(list []group, i int) says {
	if i < len(list) {
		return list[i].says
	}
	return isStop
}

// taken is n where that made sense.
func taken(n int, ok bool) int {
	if !ok {
		return 0
	}
	return n
}

// visit notes days by appointment. After other hours in the same breath it may
// be about those too.
func (r *reader) visit(days *group) bool {
	r.visits = append(r.visits, days.days...)
	return len(r.rules) == r.begun && len(days.dates) == 0
}

// rule makes the rules of some days and some times.
func (r *reader) rule(days, times *group) bool {
	if len(days.dates) > 0 || days.own && len(days.days) > 0 || days.within != nil && !days.fits(times.spans) {
		return false
	}
	if days.public {
		if r.holidays == HolidaysClosed {
			return false
		}
		r.holidays, r.hours = HolidaysOpen, times.spans
		if r.season != (season{}) {
			r.holidays, r.hours = HolidaysUnknown, nil // hours of a season are not for every holiday
		}
	}
	for _, part := range days.days {
		for _, s := range times.spans {
			r.rules = append(r.rules, Rule{part.days, s.Opens, s.Closes, part.nth, r.season.from, r.season.to})
		}
	}
	return true
}

// fits reports whether the times begin in the part of the day that was named.
func (g *group) fits(spans []Span) bool {
	return !slices.ContainsFunc(spans, func(s Span) bool { return s.Opens < g.within.from || s.Opens >= g.within.to })
}

// shut notes days that are closed. "Closed Sunday" after "daily" takes Sunday
// out; "Sunday: closed" in a list only says that no hours follow.
func (r *reader) shut(days *group, out bool) bool {
	if days.within != nil || r.season != (season{}) && (out || days.public || len(days.dates) > 0) {
		return false
	}
	if days.public {
		if r.holidays == HolidaysOpen {
			return false
		}
		r.holidays = HolidaysClosed
	}
	r.dates = append(r.dates, days.dates...)
	if out {
		r.except = append(r.except, days.days...)
	} else {
		r.closed = append(r.closed, days.days...)
	}
	return true
}

// gap notes times that are closed, on some days or on all.
func (r *reader) gap(days, times *group) bool {
	next := gap{}
	if days != nil {
		next.days = days.days
		if len(days.days) == 0 || len(days.dates) > 0 || days.public || days.own || days.within != nil {
			return false
		}
	}
	for _, s := range times.spans {
		next.span = s
		r.gaps = append(r.gaps, next)
	}
	return true
}
