package facts

import (
	"slices"
	"strconv"
	"time"

	"carrypoint/internal/hours"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// daysOfWeek is all of them.
const daysOfWeek = 7

// Week is the opening hours as a table of days, those with the same hours
// together. It is empty where the hours could not be read with certainty.
func (t Teller) Week(s *site.Site) []views.DayHours {
	schedule := &s.Hours.Schedule
	switch schedule.Status {
	case hours.AlwaysOpen:
		return []views.DayHours{{Days: t.Say.T("hours.every_day"), Hours: t.Say.T("hours.all_day")}}
	case hours.Scheduled:
	default:
		return nil
	}
	rows := append(t.rows(schedule), t.monthly(schedule)...)
	if closed := closedDays(schedule); len(closed) > 0 {
		rows = append(rows, views.DayHours{Days: t.days(closed), Hours: t.Say.T("hours.closed")})
	}
	return rows
}

// rows are the days that have the same hours every week.
func (t Teller) rows(schedule *hours.Schedule) []views.DayHours {
	var rows []views.DayHours
	for _, g := range t.weekly(schedule) {
		rows = append(rows, views.DayHours{Days: t.days(g.days), Hours: g.hours})
	}
	return rows
}

// closedDays are the days that have no hours in any week.
func closedDays(schedule *hours.Schedule) []time.Weekday {
	var closed []time.Weekday
	for _, day := range schedule.Week() {
		if len(day.Intervals) == 0 {
			closed = append(closed, day.Weekday)
		}
	}
	return closed
}

// A sameHours is the days of a week that have the same hours.
type sameHours struct {
	days  []time.Weekday // Monday first
	hours string
}

// weekly groups the days by what they have every week.
func (t Teller) weekly(schedule *hours.Schedule) []sameHours {
	var groups []sameHours
	for _, day := range schedule.Week() {
		text := t.daily(day)
		if text == "" {
			continue
		}
		i := slices.IndexFunc(groups, func(g sameHours) bool { return g.hours == text })
		if i < 0 {
			i, groups = len(groups), append(groups, sameHours{hours: text})
		}
		groups[i].days = append(groups[i].days, day.Weekday)
	}
	return groups
}

// daily is the hours of a day of every week; empty where there are none.
func (t Teller) daily(day hours.Day) string {
	var spans []string
	for _, i := range day.Intervals {
		if len(i.Nth) == 0 {
			spans = append(spans, t.interval(i))
		}
	}
	return t.Say.List(spans)
}

// monthly is a row for each opening in some weeks of the month.
func (t Teller) monthly(schedule *hours.Schedule) []views.DayHours {
	var rows []views.DayHours
	for _, day := range schedule.Week() {
		for _, i := range day.Intervals {
			if len(i.Nth) == 0 {
				continue
			}
			days := t.Say.T("hours.nth", "nth", t.nth(i.Nth), "day", t.weekday(day.Weekday))
			rows = append(rows, views.DayHours{Days: days, Hours: t.interval(i)})
		}
	}
	return rows
}

// nth names weeks of the month: "1st and 3rd".
func (t Teller) nth(weeks []int) string {
	var names []string
	for _, n := range weeks {
		names = append(names, t.Say.T("nth."+strconv.Itoa(n)))
	}
	return t.Say.List(names)
}

// interval writes one opening with its season: "9am to 5pm, from May 1 to September 30".
func (t Teller) interval(i hours.Interval) string {
	text := t.Span(i.Span)
	if i.From.IsZero() {
		return text
	}
	return text + t.Say.T("list.comma") + t.Say.T("hours.season",
		"first", t.Say.MonthDay(i.From.Month, i.From.Day), "last", t.Say.MonthDay(i.To.Month, i.To.Day))
}

// Span writes one opening: "9am to 5pm".
func (t Teller) Span(s hours.Span) string {
	opens, closes := int(s.Opens), int(s.Closes)
	if s.Opens == 0 && (s.Closes == 0 || s.Closes.String() == "24:00") {
		return t.Say.T("hours.all_day")
	}
	end := t.Say.Clock(closes)
	if closes <= opens && closes > 0 {
		end = t.Say.T("hours.next_day", "closes", end)
	}
	return t.Say.T(t.key("hours.range"), "opens", t.Say.Clock(opens), "closes", end)
}

// days names days of the week: "Monday to Friday", "Tuesday and Thursday",
// "every day".
func (t Teller) days(days []time.Weekday) string {
	if len(days) == daysOfWeek {
		return t.Say.T("hours.every_day")
	}
	var names []string
	for i := 0; i < len(days); {
		last := i
		for last+1 < len(days) && days[last+1] == (days[last]+1)%7 {
			last++
		}
		names = append(names, t.run(days[i:last+1])...)
		i = last + 1
	}
	return t.Say.List(names)
}

// run names days that follow each other; two are not worth a "to".
func (t Teller) run(days []time.Weekday) []string {
	first, last := t.weekday(days[0]), t.weekday(days[len(days)-1])
	switch len(days) {
	case 1:
		return []string{first}
	case 2:
		return []string{first, last}
	}
	return []string{t.Say.T(t.key("hours.day_range"), "first", first, "last", last)}
}

// weekday names a day, in short where there is little room.
func (t Teller) weekday(d time.Weekday) string {
	if t.brief {
		return t.Say.T("weekday_short." + strconv.Itoa(int(d)))
	}
	return t.Say.Weekday(d)
}

// key is that of the short form of a message, where there is little room.
func (t Teller) key(key string) string {
	if t.brief {
		return key + "_short"
	}
	return key
}

// inOneLine writes a week in running text.
func (t Teller) inOneLine(week []views.DayHours) string {
	var days []string
	for _, d := range week {
		days = append(days, d.Days+" "+d.Hours)
	}
	return t.Say.Parts(days)
}

// CapitalDays begins each row of a table with a large letter.
func CapitalDays(week []views.DayHours) []views.DayHours {
	for i := range week {
		week[i].Days = words.Capital(week[i].Days)
	}
	return week
}
