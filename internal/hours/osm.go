package hours

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// readOSM reads OpenStreetMap's opening_hours, as far as it says when: days,
// weeks of the month, months, dates, public holidays, times of the 24-hour
// clock, "off", and 24/7. It reports false for a text that is not of that form.
// What is of that form and can't be known here, such as sunset, an open end
// ("09:00+") or school holidays, is Unknown.
//
// See https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification.
func readOSM(text string) (Schedule, bool) {
	words, ok := osmWords(text)
	if !ok {
		return Schedule{}, false
	}
	r := osmReader{rest: words}
	if s, ok := r.read(); ok {
		return s, true
	}
	if slices.ContainsFunc(words, func(w string) bool { return osmOnly[w] || strings.HasPrefix(w, `"`) }) {
		return Schedule{Status: Unknown}, true
	}
	return Schedule{}, false // "Th 9-5" is prose
}

var (
	osmWord  = regexp.MustCompile(`24/7|[0-9]{1,2}:[0-9]{2}|[0-9]+|[A-Za-z]+|"[^"]*"|\|\||[-,:;+()\[\]]`)
	osmSpace = regexp.MustCompile(`\s+`)
	osmTime  = regexp.MustCompile(`^[0-9]{2}:[0-9]{2}$`)
)

var osmDays = map[string]Days{"Mo": Monday, "Tu": Tuesday, "We": Wednesday, "Th": Thursday, "Fr": Friday, "Sa": Saturday, "Su": Sunday}

var osmMonths = map[string]time.Month{
	"Jan": time.January, "Feb": time.February, "Mar": time.March, "Apr": time.April, "May": time.May, "Jun": time.June,
	"Jul": time.July, "Aug": time.August, "Sep": time.September, "Oct": time.October, "Nov": time.November, "Dec": time.December,
}

// osmOnly are words that show that a text is OpenStreetMap's form and no other.
var osmOnly = map[string]bool{
	"PH": true, "SH": true, "off": true, "unknown": true, "sunrise": true, "sunset": true, "dawn": true, "dusk": true,
	"easter": true, "week": true, "+": true, "||": true, "[": true, "24/7": true,
}

// osmWords cuts a text that consists of nothing but words of the form, and has
// one that says when.
func osmWords(text string) ([]string, bool) {
	words := osmWord.FindAllString(text, -1)
	if osmSpace.ReplaceAllString(strings.Join(words, ""), "") != osmSpace.ReplaceAllString(text, "") {
		return nil, false
	}
	says := false
	for _, w := range words {
		switch {
		case osmDays[w] != 0, osmMonths[w] != 0, osmOnly[w]:
			says = true
		case kindOf(rune(w[0])) == letter && w != "open" && w != "closed":
			return nil, false
		}
	}
	return words, says
}

// An osmRule is the part between two semicolons.
type osmRule struct {
	parts   []dayPart
	seasons []season
	dates   []Exception
	public  bool // public holidays
	spans   []Span
	off     bool
	more    bool // adds to the rules before it instead of replacing them
	broken  bool // has a date or a week that there is not
}

// An osmReader takes words from the front.
type osmReader struct {
	rest  []string
	rules []Rule
	made  Schedule
}

func (r *osmReader) peek(i int) string {
	if i < len(r.rest) {
		return r.rest[i]
	}
	return ""
}

// take drops the next word if it is this one.
func (r *osmReader) take(word string) bool {
	if r.peek(0) != word || word == "" {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

func (r *osmReader) read() (Schedule, bool) {
	if len(r.rest) == 1 && strings.EqualFold(strings.Trim(r.rest[0], `"`), "by appointment") {
		return Schedule{Status: ByAppointment}, true
	}
	for more := false; ; {
		rule, ok := r.rule()
		rule.more = more
		if !ok || !r.apply(rule) {
			return Schedule{}, false
		}
		if len(r.rest) == 0 {
			break
		}
		if more = r.take(","); !more && !r.take(";") {
			return Schedule{}, false
		}
		if len(r.rest) == 0 { // a last semicolon
			break
		}
	}
	return r.schedule()
}

func (r *osmReader) schedule() (Schedule, bool) {
	s := r.made
	s.Status, s.Rules = Scheduled, tidy(r.rules)
	switch {
	case len(s.Rules) == 0 || contradictory(s.Rules):
		return Schedule{}, false
	case always(s.Rules) && len(s.Exceptions) == 0 && s.Holidays != HolidaysClosed &&
		(len(s.HolidayHours) == 0 || s.HolidayHours[0] == Span{dayStart, dayEnd}):
		return Schedule{Status: AlwaysOpen}, true
	}
	return s, true
}

// rule takes the words up to the next semicolon, or to a comma after which new
// days follow.
func (r *osmReader) rule() (osmRule, bool) {
	var rule osmRule
	if r.take("24/7") {
		rule.parts, rule.spans = []dayPart{{days: EveryDay}}, []Span{{dayStart, dayEnd}}
		return rule, true
	}
	for r.months(&rule) && r.take(",") {
	}
	r.take(":")
	for r.days(&rule) && r.take(",") {
	}
	selected := len(rule.parts)+len(rule.seasons)+len(rule.dates) > 0 || rule.public
	switch {
	case !selected, rule.broken:
		return rule, false
	case r.take("off"), r.take("closed"):
		rule.off = true
		return rule, true
	}
	ok := r.times(&rule)
	r.take("open")
	return rule, ok
}

// months takes "Apr-Oct", "Dec 25", "Dec 24-26", "Dec 24-Jan 02", "2026 Dec 25"
// and "2026 Dec 24-2027 Jan 02".
func (r *osmReader) months(rule *osmRule) bool {
	year := r.year()
	from, dated := r.date(0)
	if from.IsZero() {
		return false
	}
	to, lastYear := from, year
	if r.peek(0) == "-" && (osmMonths[r.peek(1)] != 0 || dated && isDayNumber(r.peek(1)) || year != 0 && osmMonths[r.peek(2)] != 0) {
		r.rest = r.rest[1:]
		if next := r.year(); next != 0 {
			lastYear = next
		}
		to, _ = r.date(from.Month)
	}
	newYear := 0
	if to.before(from) {
		newYear = 1
	}
	switch {
	case !from.valid() || !to.valid(), year != 0 && (!dated || lastYear != year+newYear):
		rule.broken = true
	case dated:
		rule.dates = append(rule.dates, Exception{Year: year, From: from, To: to})
	default:
		to.Day = monthDays[to.Month]
		rule.seasons = append(rule.seasons, season{from, to})
	}
	return true
}

// year takes the year before a month; 0 for none.
func (r *osmReader) year() int {
	if len(r.peek(0)) != len("2026") || osmMonths[r.peek(1)] == 0 {
		return 0
	}
	year := atoi(r.peek(0))
	r.rest = r.rest[1:]
	return year
}

// date takes a month and, if there is one, a day of it; or only a day.
func (r *osmReader) date(month time.Month) (at MonthDay, dated bool) {
	if next := osmMonths[r.peek(0)]; next != 0 {
		month = next
		r.rest = r.rest[1:]
	}
	if month == 0 {
		return MonthDay{}, false
	}
	if isDayNumber(r.peek(0)) {
		at = MonthDay{month, atoi(r.peek(0))}
		r.rest = r.rest[1:]
		return at, true
	}
	return MonthDay{month, 1}, false
}

func isDayNumber(word string) bool {
	return (lexeme{text: word}).number(2) && !strings.Contains(word, ":")
}

// days takes "Mo-Fr", "Th[1,3]", "Sa[-1]" and "PH".
func (r *osmReader) days(rule *osmRule) bool {
	if r.take("PH") {
		rule.public = true
		return true
	}
	part := dayPart{days: osmDays[r.peek(0)]}
	if part.days == 0 {
		return false
	}
	r.rest = r.rest[1:]
	if last := osmDays[r.peek(1)]; r.peek(0) == "-" && last != 0 {
		days, ok := part.days.through(last)
		part.days, rule.broken = days, rule.broken || !ok
		r.rest = r.rest[2:]
	}
	if r.take("[") {
		for {
			n, ok := r.week()
			if !ok {
				rule.broken = true
				return false
			}
			part.nth = append(part.nth, n)
			if !r.take(",") {
				break
			}
		}
		rule.broken = rule.broken || !r.take("]") || !part.days.single()
		slices.SortFunc(part.nth, byWeek)
		part.nth = slices.Compact(part.nth)
	}
	rule.parts = append(rule.parts, part)
	return true
}

func (r *osmReader) week() (int, bool) {
	if r.take("-") {
		return -1, r.take("1")
	}
	word := r.peek(0)
	if len(word) != 1 || word < "1" || word > "5" || r.peek(1) == "-" {
		return 0, false
	}
	r.rest = r.rest[1:]
	return atoi(word), true
}

// times takes "08:00-12:00,13:00-17:00".
func (r *osmReader) times(rule *osmRule) bool {
	for {
		if !osmTime.MatchString(r.peek(0)) || r.peek(1) != "-" || !osmTime.MatchString(r.peek(2)) {
			return false
		}
		s, ok := osmSpan(r.peek(0), r.peek(2))
		if !ok {
			return false
		}
		rule.spans = append(rule.spans, s)
		r.rest = r.rest[3:]
		if r.peek(0) != "," || !osmTime.MatchString(r.peek(1)) {
			return true
		}
		r.rest = r.rest[1:]
	}
}

// osmSpan is two times of the 24-hour clock; the second may go on to 26:00.
func osmSpan(from, to string) (Span, bool) {
	minute := func(text string) Minute { return Minute(atoi(text[:2])*60 + atoi(text[3:])) }
	opens, closes := minute(from), minute(to)
	if opens >= dayEnd || closes > 2*dayEnd || from[3] > '5' || to[3] > '5' {
		return Span{}, false
	}
	if closes > dayEnd {
		closes -= dayEnd
		if closes > opens {
			return Span{}, false
		}
	}
	s := Span{opens, asEnd(closes, true)}
	return s, s.Closes > s.Opens || plausible(s)
}

// apply adds a rule to those before it. Where both are about the same day the
// later one replaces the earlier, unless a comma joined them.
func (r *osmReader) apply(rule osmRule) bool {
	if len(rule.dates) > 0 {
		return len(rule.parts)+len(rule.seasons) == 0 && !rule.public && r.applyDates(rule)
	}
	if rule.public {
		if len(rule.seasons) > 0 || rule.more && r.made.Holidays == HolidaysOpen {
			return false
		}
		r.made.Holidays, r.made.HolidayHours = HolidaysOpen, rule.spans
		if rule.off {
			r.made.Holidays = HolidaysClosed
		}
		if len(rule.parts) == 0 {
			return true
		}
	}
	if len(rule.parts) == 0 {
		rule.parts = []dayPart{{days: EveryDay}}
	}
	if len(rule.seasons) == 0 {
		rule.seasons = []season{{}}
	}
	for _, part := range rule.parts {
		for _, time := range rule.seasons {
			if !r.replace(part, time, rule) {
				return false
			}
		}
	}
	return true
}

func (r *osmReader) applyDates(rule osmRule) bool {
	for _, e := range rule.dates {
		e.Hours = rule.spans
		r.made.Exceptions = append(r.made.Exceptions, e)
	}
	return true
}

// replace takes the days out of the rules before and adds the new hours.
func (r *osmReader) replace(part dayPart, time season, rule osmRule) bool {
	if !rule.more {
		var list []Rule
		for _, old := range r.rules {
			rest, ok := old.without(part, time)
			if !ok {
				return false
			}
			list = append(list, rest...)
		}
		r.rules = list
	}
	for _, s := range rule.spans {
		r.rules = append(r.rules, Rule{part.days, s.Opens, s.Closes, part.nth, time.from, time.to})
	}
	return true
}
