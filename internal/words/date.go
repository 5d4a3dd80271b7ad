package words

import (
	"strconv"
	"time"
)

// Date writes a day: "March 11, 2024".
func (l *Language) Date(t time.Time) string {
	return l.T("date.day", "day", strconv.Itoa(t.Day()), "month", l.monthOf(t.Month()), "year", strconv.Itoa(t.Year()))
}

// PartialDate writes an ISO day, month or year, "2024-03-11", "2024-03" or
// "2024", with as much as it says; what is none of these comes back as it is.
func (l *Language) PartialDate(iso string) string {
	if t, err := time.Parse(time.DateOnly, iso); err == nil {
		return l.Date(t)
	}
	if t, err := time.Parse("2006-01", iso); err == nil {
		return l.T("date.month", "month", l.T("month."+strconv.Itoa(int(t.Month()))), "year", strconv.Itoa(t.Year()))
	}
	if t, err := time.Parse("2006", iso); err == nil {
		return l.T("date.year", "year", strconv.Itoa(t.Year()))
	}
	return iso
}

// When writes an ISO day, month or year with its preposition: "on March 11,
// 2024", "in March 2024", "in 2024".
func (l *Language) When(iso string) string {
	key := "date.in"
	if _, err := time.Parse(time.DateOnly, iso); err == nil {
		key = "date.on"
	}
	return l.T(key, "date", l.PartialDate(iso))
}

// Since writes the same as a beginning: "since March 11, 2024", "since March
// 2024", "since 2024".
func (l *Language) Since(iso string) string {
	key := "date.since"
	if _, err := time.Parse(time.DateOnly, iso); err == nil {
		key = "date.since_day"
	}
	return l.T(key, "date", l.PartialDate(iso))
}

// monthOf names a month beside a day of it, which is another form of its name in
// some languages.
func (l *Language) monthOf(m time.Month) string {
	return l.T("month_of." + strconv.Itoa(int(m)))
}

// MonthDay writes a day of any year: "May 1".
func (l *Language) MonthDay(m time.Month, day int) string {
	return l.T("date.month_day", "day", strconv.Itoa(day), "month", l.monthOf(m))
}

// Weekday names a day of the week; days are plural where the language has it.
func (l *Language) Weekday(d time.Weekday) string {
	return l.T("weekday." + strconv.Itoa(int(d)))
}
