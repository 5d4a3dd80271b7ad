package hours

import (
	"strings"
	"time"
)

// A meaning is what a word or phrase says in opening hours.
type meaning int

const (
	notUnderstood meaning = iota
	aClock                // a time of day
	someDays              // days of the week
	anOrdinal             // first, 2nd, last
	inMonth               // "of each month"
	everyOne              // "every"
	otherOne              // "every other"
	through               // dash, to, until
	between               // the first of two times follows
	andAlso               // and, &, /
	orElse                // or
	pause                 // comma, colon
	stop                  // line end, semicolon, full stop, bracket
	shut                  // closed
	butNot                // except
	forLunch              // closed 12-1 for lunch
	appointment           // by appointment
	orAppointment         // or by appointment
	wholeDay              // 24 hours
	nonStop               // 24/7
	holidays              // public holidays
	ownHolidays           // holidays of an organisation, or only some of the public ones
	holidaysToo           // including holidays
	namedHoliday          // one public holiday
	aMonth                // a month alone
	aDate                 // a day of the year, or of one year
	partOfDay             // mornings, evenings
	askFirst              // call, with a number or without
	filler                // says nothing about when
)

// A token is one thing that a text says.
type token struct {
	means    meaning
	text     string // the lexemes, for what was not understood
	clock    clockTime
	days     Days
	nth      int // of anOrdinal
	month    time.Month
	date     MonthDay
	year     int
	exact    bool   // aDate in numbers or with a year: once, not every year
	holiday  string // of namedHoliday, when it moves: the key
	from, to Minute // of partOfDay: openings begin within it
}

// A phrase is lexemes and what they mean together.
type phrase struct {
	lexemes []string
	token   token
}

// vocabulary is the phrases by their first lexeme, longest first.
var vocabulary = compile([]entry{
	{token{means: someDays, days: Monday}, "monday|mondays|mon|mons|lunes|lun"},
	{token{means: someDays, days: Tuesday}, "tuesday|tuesdays|tue|tues|martes"},
	{token{means: someDays, days: Wednesday}, "wednesday|wednesdays|wed|weds|miercoles"},
	{token{means: someDays, days: Thursday}, "thursday|thursdays|thu|thur|thurs|jueves"},
	{token{means: someDays, days: Friday}, "friday|fridays|fri|viernes"},
	{token{means: someDays, days: Saturday}, "saturday|saturdays|sat|sabado|sabados"},
	{token{means: someDays, days: Sunday}, "sunday|sundays|sun|domingo|domingos"},
	{token{means: someDays, days: Weekdays}, "weekday|weekdays|week days|entre semana"},
	{token{means: someDays, days: Weekend}, "weekend|weekends|fines de semana|fin de semana"},
	{token{means: someDays, days: EveryDay}, "daily|every day|everyday|each day|7 days a week|7 days per week|seven days a week|seven days per week|" +
		"7 days/week|7 days|seven days|any day of the week|every day of the week|all week|todos los dias|diario|diariamente"},

	{token{means: anOrdinal, nth: 1}, "first|1st"},
	{token{means: anOrdinal, nth: 2}, "second|2nd"},
	{token{means: anOrdinal, nth: 3}, "third|3rd"},
	{token{means: anOrdinal, nth: 4}, "fourth|4th"},
	{token{means: anOrdinal, nth: 5}, "fifth|5th"},
	{token{means: anOrdinal, nth: -1}, "last"},
	{token{means: inMonth}, "of the month|of each month|of every month|each month|every month|in the month|a month|of month|monthly|in each month"},
	{token{means: everyOne}, "every"},
	{token{means: otherOne}, "every other|alternate|alternating|biweekly|bi-weekly|fortnightly"},

	{token{means: through}, "-|to|thru|through|until|till|til|up to|hasta|al"},
	{token{means: between}, "between|between the hours of|entre las"},
	{token{means: andAlso}, "and|&|/|y|plus|and also|including|incl"},
	{token{means: orElse}, "or|o"},
	{token{means: pause}, ",|:"},
	{token{means: stop}, ";|.|(|)|[|]|\n"},

	{token{means: shut}, "closed|close|closed on|closed for lunch|closed from|closed for|not open|not open on|cerrado|cerrado los|cerrado el"},
	{token{means: butNot}, "excluding|excl|except|except for|except on|excepto"},
	{token{means: forLunch}, "for lunch"},
	{token{means: appointment}, "by appointment|by appointment only|by appt|by appt only|appointment only|appointments only|appt only|" +
		"by appointments|by appointments only|by appt. only|by appt.|available by appointment|con cita previa|con cita|solo con cita|cita previa"},
	{token{means: orAppointment}, "evenings by appointment|evening by appointment|after hours by appointment|after-hours by appointment|weekend appointments available|" +
		"evening appointments available|evening and weekend appointments available|or by appointment|and by appointment|or by appt|or by appt.|and by appt|also by appointment|or appointment"},
	{token{means: wholeDay}, "24 hours|24 hour|24-hour|24-hours|24hours|24hour|24hrs|24 hrs|24hr|24 hr|24h|24 h|24 hours a day|24 hours per day|24 hours/day|24hrs/day|24 hrs a day|" +
		"24 hours each day|any time of the day|any time of day|at any time of day|at any time of the day|twenty-four hours|twenty four hours|24 horas|las 24 horas|las 24 horas del dia|24 horas al dia"},
	{token{means: nonStop}, "24/7|24/7/365|24-7|24x7|24 hours daily|24 hours/7 days|24hrs/7 days|24 hours every day|always open|always available|always accessible|at all times|" +
		"at any time|any time|anytime|around the clock|all the time|24/7 daily|siempre abierto"},
	{token{means: holidays}, "holidays|holiday|all holidays|public holidays|federal holidays|legal holidays|national holidays|statutory holidays|stat holidays|" +
		"all federal holidays|all legal holidays|all public holidays|on holidays|dias festivos|festivos|feriados|los feriados|dias feriados"},
	{token{means: ownHolidays}, "major holidays|most holidays|some holidays|certain holidays|state holidays|county holidays|city holidays|county observed holidays|observed holidays|" +
		"school holidays|university holidays|college holidays|university and college holidays|bank holidays|religious holidays|jewish holidays|agency holidays|company holidays|office holidays"},

	{token{means: holidaysToo}, "including holidays|including all holidays|holidays included|365 days a year|365 days/year|every day of the year"},

	{token{means: namedHoliday, holiday: "thanksgiving"}, "thanksgiving|thanksgiving day"},
	{token{means: namedHoliday, holiday: "memorial_day"}, "memorial day"},
	{token{means: namedHoliday, holiday: "labor_day"}, "labor day"},
	{token{means: namedHoliday, holiday: "labour_day"}, "labour day"},
	{token{means: namedHoliday, holiday: "good_friday"}, "good friday"},
	{token{means: namedHoliday, holiday: "easter_monday"}, "easter monday"},
	{token{means: namedHoliday, holiday: "mlk_day"}, "mlk day|martin luther king day|martin luther king jr day|martin luther king jr. day"},
	{token{means: namedHoliday, holiday: "presidents_day"}, "presidents day"},
	{token{means: namedHoliday, holiday: "columbus_day"}, "columbus day"},
	{token{means: namedHoliday, date: MonthDay{time.January, 1}}, "new years|new years day|new year|new year day"},
	{token{means: namedHoliday, date: MonthDay{time.December, 31}}, "new years eve"},
	{token{means: namedHoliday, date: MonthDay{time.June, 19}}, "juneteenth"},
	{token{means: namedHoliday, date: MonthDay{time.July, 1}}, "canada day"},
	{token{means: namedHoliday, date: MonthDay{time.July, 4}}, "independence day|4th of july|fourth of july|july 4th|the 4th of july"},
	{token{means: namedHoliday, date: MonthDay{time.November, 11}}, "veterans day|remembrance day"},
	{token{means: namedHoliday, date: MonthDay{time.December, 24}}, "christmas eve"},
	{token{means: namedHoliday, date: MonthDay{time.December, 25}}, "christmas|christmas day|xmas|navidad"},
	{token{means: namedHoliday, date: MonthDay{time.December, 26}}, "boxing day"},

	{token{means: aMonth, month: time.January}, "january|jan|enero"},
	{token{means: aMonth, month: time.February}, "february|feb|febrero"},
	{token{means: aMonth, month: time.March}, "march|mar|marzo"},
	{token{means: aMonth, month: time.April}, "april|apr|abril"},
	{token{means: aMonth, month: time.May}, "may|mayo"},
	{token{means: aMonth, month: time.June}, "june|jun|junio"},
	{token{means: aMonth, month: time.July}, "july|jul|julio"},
	{token{means: aMonth, month: time.August}, "august|aug|agosto"},
	{token{means: aMonth, month: time.September}, "september|sept|sep|septiembre"},
	{token{means: aMonth, month: time.October}, "october|oct|octubre"},
	{token{means: aMonth, month: time.November}, "november|nov|noviembre"},
	{token{means: aMonth, month: time.December}, "december|dec|diciembre"},

	{token{means: partOfDay, from: 4 * 60, to: noon}, "morning|mornings"},
	{token{means: partOfDay, from: noon, to: 18 * 60}, "afternoon|afternoons"},
	{token{means: partOfDay, from: 16 * 60, to: dayEnd}, "evening|evenings|night|nights"},

	{token{means: aClock, clock: clockTime{minute: noon, half: fixed}}, "noon|12noon|12 noon|12:00noon|12:00 noon|mediodia|midday|12 midday"},
	{token{means: aClock, clock: clockTime{minute: dayStart, half: fixed}}, "midnight|12midnight|12 midnight|12:00midnight|12:00 midnight|medianoche"},

	{token{means: askFirst}, "call|please call|phone|tel"},

	// Words that say nothing about when. Keep this list short: "staff only" must
	// not be read as the public's hours, so neither word of it may be dropped.
	{token{means: filler}, "open|opens|opened|hours|hour|hrs|from|on|the|at|each|de|los|las|horario|horas|abierto|abierta|" +
		"available|accessible|access|only|open to the public|hours of operation|" +
		"walk-in|walk-ins|walk in|walk-ins welcome|walk ins welcome|drop-in|drop in|drop-in services available|drop-ins welcome|no appointment needed|no appointment necessary|no appointment required|" +
		"pick up|pickup|pick-up|contactless|contactless pick up|contactless pickup|" +
		"vending machine|vending machines|harm reduction vending machine|harm reduction vending machines|outdoor|year-round|year round"},
})

// An entry is a meaning and the phrases for it, divided by bars.
type entry struct {
	token   token
	phrases string
}

func compile(entries []entry) map[string][]phrase {
	table := map[string][]phrase{}
	for _, e := range entries {
		for _, text := range strings.Split(e.phrases, "|") {
			p := phrase{token: e.token}
			p.token.text = text
			for _, l := range lexemes(text) {
				p.lexemes = append(p.lexemes, l.text)
			}
			if text == "\n" {
				p.lexemes = []string{text}
			}
			table[p.lexemes[0]] = longestFirst(append(table[p.lexemes[0]], p))
		}
	}
	return table
}

// longestFirst keeps a list in order after one has been added at its end.
func longestFirst(list []phrase) []phrase {
	for i := len(list) - 1; i > 0 && len(list[i].lexemes) > len(list[i-1].lexemes); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	return list
}

// hintsAtHours are words that are not understood but show that a text is about
// hours, so that it is worth a call.
var hintsAtHours = map[string]bool{
	"vary": true, "varies": true, "varys": true, "varied": true, "hours": true, "hour": true, "open": true, "during": true,
	"schedule": true, "business": true, "season": true, "seasonal": true, "school": true, "call": true, "times": true,
	"summer": true, "winter": true, "week": true, "weekly": true, "day": true, "days": true,
}
