package hours

import "slices"

// A group is what some neighbouring tokens say together.
type group struct {
	says   says
	days   []dayPart   // of theDays
	dates  []Exception // of theDays: dates and named holidays, which can only be closed
	public bool        // of theDays: public holidays are among them
	own    bool        // of theDays: holidays of the organisation are among them
	spans  []Span      // of theTimes
	season season      // of theSeason
	within *token      // of theDays: the part of the day that the text names
}

// says is what a group is about.
type says int

const (
	theDays says = iota
	theTimes
	theSeason
	isClosed
	isExcept
	isAppointment
	isAlsoAppointment
	isOr
	isStop
	isAskFirst
	isHolidaysToo
)

// A dayPart is days of the week, every week or in some weeks of the month.
type dayPart struct {
	days Days
	nth  []int
}

// A grouper gathers tokens into groups.
type grouper struct {
	rest []token
}

// groups gathers all tokens, or says that they can't be.
func groups(tokens []token) ([]group, bool) {
	g := grouper{tokens}
	var list []group
	for len(g.rest) > 0 {
		if n := len(list); g.peek(0).means == forLunch && n > 1 && list[n-2].says == isClosed && list[n-1].says == theTimes {
			g.skip(1)
			continue
		}
		made, ok := g.group()
		if !ok {
			return nil, false
		}
		if len(made) == 2 && len(list) > 0 && list[len(list)-1].everyDay() {
			made = made[:1] // Monday to Sunday, 24 hours daily
		}
		list = append(list, made...)
	}
	return list, true
}

func (g *group) everyDay() bool {
	return g.says == theDays && len(g.days) == 1 && g.days[0].days == EveryDay && !g.public && !g.own && len(g.dates) == 0
}

func (g *grouper) peek(i int) token {
	if i < len(g.rest) {
		return g.rest[i]
	}
	return token{}
}

func (g *grouper) skip(n int) { g.rest = g.rest[n:] }

// group takes the next group; a separator that only divides two groups of
// different kinds makes none.
func (g *grouper) group() ([]group, bool) {
	switch g.peek(0).means {
	case pause, andAlso:
		g.skip(1)
		return nil, true
	case through: // "Monday - 9am to 5pm"
		dash := g.peek(0).text == "-"
		g.skip(1)
		return nil, dash
	case orElse:
		return g.simple(isOr)
	case stop:
		return g.simple(isStop)
	case shut:
		return g.simple(isClosed)
	case butNot:
		return g.simple(isExcept)
	case holidaysToo:
		return g.simple(isHolidaysToo)
	case appointment:
		return g.simple(isAppointment)
	case orAppointment:
		return g.simple(isAlsoAppointment)
	case askFirst:
		return g.simple(isAskFirst)
	case nonStop:
		g.skip(1)
		return []group{{says: theTimes, spans: []Span{{dayStart, dayEnd}}}, {says: theDays, days: []dayPart{{days: EveryDay}}}}, true
	case aClock, between, wholeDay:
		return one(g.times())
	case aMonth, aDate:
		if made, ok := g.season(); ok {
			return []group{made}, true
		}
	}
	return one(g.dayList())
}

func (g *grouper) simple(s says) ([]group, bool) {
	g.skip(1)
	return []group{{says: s}}, true
}

func one(made group, ok bool) ([]group, bool) { return []group{made}, ok }

// times takes "9-12, 1-5" and settles it as the hours of one day.
func (g *grouper) times() (group, bool) {
	made := group{says: theTimes}
	if g.peek(0).means == wholeDay {
		g.skip(1)
		made.spans = []Span{{dayStart, dayEnd}}
		return made, true
	}
	var list []interval
	for {
		next, n := g.interval()
		if n == 0 {
			return made, false
		}
		list = append(list, next)
		g.skip(n)
		n = g.connectors()
		if first := g.peek(n).means; first != aClock && first != between {
			break
		}
		g.skip(n)
	}
	var ok bool
	made.spans, ok = settle(list)
	return made, ok
}

// interval takes two times and what joins them.
func (g *grouper) interval() (interval, int) {
	at, joined := 0, false
	if g.peek(0).means == between {
		at, joined = 1, g.peek(2).means == andAlso
	}
	joined = joined || g.peek(at+1).means == through
	opens, closes := g.peek(at), g.peek(at+2)
	if !joined || opens.means != aClock || closes.means != aClock {
		return interval{}, 0
	}
	return interval{opens.clock, closes.clock}, at + 3
}

// connectors is how many tokens join the members of a list here.
func (g *grouper) connectors() int {
	n := 0
	for g.peek(n).means == pause || g.peek(n).means == andAlso {
		n++
	}
	return n
}

// dayList takes "Monday, Wednesday - Friday and holidays".
func (g *grouper) dayList() (group, bool) {
	made := group{says: theDays}
	for {
		if !g.dayItem(&made) {
			return made, false
		}
		n := g.connectors()
		if !startsDays(g.peek(n).means) || n == 0 && !made.mayGoOn() {
			return made, true
		}
		g.skip(n)
	}
}

func startsDays(m meaning) bool {
	switch m {
	case someDays, anOrdinal, everyOne, holidays, ownHolidays, namedHoliday, aMonth, aDate:
		return true
	}
	return false
}

// mayGoOn reports whether a day may follow without a comma: "Monday Tuesday,
// Friday 9-5". After a range it may be a day whose hours were lost.
func (made *group) mayGoOn() bool {
	return len(made.days) > 0 && made.days[len(made.days)-1].days.single() && len(made.dates) == 0
}

// dayItem takes one member of a list of days.
func (g *grouper) dayItem(made *group) bool {
	every := g.peek(0).means == everyOne
	if every {
		g.skip(1)
	}
	first := g.peek(0)
	switch first.means {
	case holidays, ownHolidays:
		g.skip(1)
		made.public = made.public || first.means == holidays
		made.own = made.own || first.means == ownHolidays
		return !every
	case namedHoliday, aDate:
		return !every && g.dateItem(made)
	case anOrdinal:
		return g.nthDays(made, every)
	case someDays:
		return g.weekdays(made)
	}
	return false
}

// weekdays takes one day, a range, or a named set such as weekdays.
func (g *grouper) weekdays(made *group) bool {
	part := dayPart{days: g.peek(0).days}
	g.skip(1)
	if last, n := g.rangeEnd(); n > 0 {
		var ok bool
		if part.days, ok = part.days.through(last); !ok {
			return false
		}
		g.skip(n)
		if _, n := g.rangeEnd(); n > 0 {
			return false // Mon-Wed-Fri
		}
	}
	made.days = append(made.days, part)
	return g.dayEnd(made, false)
}

// rangeEnd is the last day of a range that goes on here, and how many tokens
// that takes; commas may stand around a word: "Monday,through,Friday".
func (g *grouper) rangeEnd() (Days, int) {
	at := 0
	if g.peek(0).means == pause && g.peek(1).means == through && g.peek(1).text != "-" {
		at++
	}
	if g.peek(at).means != through {
		return 0, 0
	}
	at++
	if at == 2 && g.peek(at).means == pause {
		at++
	}
	if g.peek(at).means != someDays {
		return 0, 0
	}
	return g.peek(at).days, at + 1
}

// nthDays takes "1st and 3rd Thursday of the month". Every second Friday may be
// every other Friday, unless it is of the month.
func (g *grouper) nthDays(made *group, every bool) bool {
	part := dayPart{}
	for g.peek(0).means == anOrdinal {
		part.nth = append(part.nth, g.peek(0).nth)
		g.skip(1)
		if n := g.connectors(); g.peek(n).means == anOrdinal {
			g.skip(n)
		}
	}
	part.days = g.peek(0).days
	if g.peek(0).means != someDays || !part.days.single() {
		return false
	}
	g.skip(1)
	if g.peek(0).means == through {
		return false // first Monday to Friday
	}
	if every && len(part.nth) == 1 && part.nth[0] > 1 && g.peek(g.connectors()).means != inMonth {
		return false
	}
	slices.SortFunc(part.nth, byWeek)
	part.nth = slices.Compact(part.nth)
	made.days = append(made.days, part)
	if !g.dayEnd(made, true) {
		return false
	}
	n := g.connectors() // 1st Monday and Tuesday: which Tuesday?
	return g.peek(n).means != someDays || n != 1 || g.peek(0).means != andAlso
}

// byWeek puts the last week of the month after the others.
func byWeek(a, b int) int {
	week := func(n int) int { return (n + 8) % 8 } // -1 becomes 7
	return week(a) - week(b)
}

// dayEnd takes what may follow a day: "of the month", "mornings".
func (g *grouper) dayEnd(made *group, nth bool) bool {
	if n := g.connectors(); g.peek(n).means == inMonth {
		if !nth {
			return false
		}
		g.skip(n + 1)
	}
	if part := g.peek(0); part.means == partOfDay {
		made.within = &part
		g.skip(1)
	}
	return true
}

// dateItem takes a date, a range of dates or a named holiday.
func (g *grouper) dateItem(made *group) bool {
	first := g.peek(0)
	g.skip(1)
	e := Exception{Holiday: first.holiday, Year: first.year, From: first.date, To: first.date}
	if g.peek(0).means == through && g.peek(1).means == aDate {
		e.To = g.peek(1).date
		if e.Year == 0 {
			e.Year = g.peek(1).year
		}
		g.skip(2)
	}
	made.dates = append(made.dates, e)
	return true
}

// season takes "May through October" and "June 1 - August 31": every year.
func (g *grouper) season() (group, bool) {
	first, last := g.peek(0), g.peek(2)
	if g.peek(1).means != through || first.exact || last.exact || first.means != last.means {
		return group{}, false
	}
	made := group{says: theSeason, season: season{first.date, last.date}}
	if first.means == aMonth {
		made.season = season{monthDay(int(first.month), 1), monthDay(int(last.month), monthDays[last.month])}
	}
	g.skip(3)
	return made, true
}
