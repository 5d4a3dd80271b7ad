package words

import (
	"strconv"
	"time"
)

// Date writes a day: "March 11, 2024".
func (l *Language) Date(t time.Time) string {
	return l.T("date.day", "day", strconv.Itoa(t.Day()), "month", l.month(t), "year", strconv.Itoa(t.Year()))
}

// PartialDate writes an ISO day, month or year, "2024-03-11", "2024-03" or
// "2024", with as much as it says; what is none of these comes back as it is.
func (l *Language) PartialDate(iso string) string {
	if t, err := time.Parse(time.DateOnly, iso); err == nil {
		return l.Date(t)
	}
	if t, err := time.Parse("2006-01", iso); err == nil {
		return l.T("date.month", "month", l.month(t), "year", strconv.Itoa(t.Year()))
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

func (l *Language) month(t time.Time) string {
	return l.T("month." + strconv.Itoa(int(t.Month())))
}

// MonthDay writes a day of any year: "May 1".
func (l *Language) MonthDay(m time.Month, day int) string {
	return l.T("date.month_day", "day", strconv.Itoa(day), "month", l.T("month."+strconv.Itoa(int(m))))
}

// Weekday names a day of the week; days are plural where the language has it.
func (l *Language) Weekday(d time.Weekday) string {
	return l.T("weekday." + strconv.Itoa(int(d)))
}

// Clock writes minutes since midnight, 0 to 1440, the way people say them:
// "9am", "5:30pm", "noon", "midnight".
func (l *Language) Clock(minutes int) string {
	switch minutes % (24 * 60) {
	case 0:
		return l.T("clock.midnight")
	case 12 * 60:
		return l.T("clock.noon")
	}
	hour, minute := minutes/60%24, minutes%60
	key := "clock.am"
	if hour >= 12 {
		key = "clock.pm"
	}
	written := strconv.Itoa((hour+11)%12 + 1)
	if minute > 0 {
		written += ":" + string(rune('0'+minute/10)) + string(rune('0'+minute%10))
	}
	return l.T(key, "time", written)
}
