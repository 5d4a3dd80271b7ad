package hours

import "time"

// A date is a day of the calendar.
type date struct {
	year    int
	month   time.Month
	day     int
	weekday time.Weekday
}

// dateOf is the date by the clock of the time's own zone.
func dateOf(t time.Time) date {
	year, month, day := t.Date()
	return date{year, month, day, t.Weekday()}
}

// minuteOf is the minute by the clock of the time's own zone.
func minuteOf(t time.Time) Minute { return Minute(t.Hour()*60 + t.Minute()) }

func (d date) monthDay() MonthDay { return MonthDay{d.month, d.day} }

func (d date) is(t time.Time) bool {
	year, month, day := t.Date()
	return d.year == year && d.month == month && d.day == day
}

func (d date) add(days int) date {
	return dateOf(time.Date(d.year, d.month, d.day+days, 12, 0, 0, 0, time.UTC))
}

// nth is which of its weekday in the month it is, from 1.
func (d date) nth() int { return (d.day-1)/7 + 1 }

// last reports whether it is the last of its weekday in the month.
func (d date) last() bool { return d.add(7).month != d.month }

// clock is the moment of a minute of this date in the zone of now, and never
// before now: an hour that the clocks show twice counts as long as it lasts, and
// an hour that they leave out is over when it would begin.
func (d date) clock(now time.Time, m Minute) time.Time {
	at := time.Date(d.year, d.month, d.day, 0, int(m), 0, 0, now.Location())
	if wall := dateOf(at).minutes() + int64(minuteOf(at)); wall != d.minutes()+int64(m) {
		start, end := at.ZoneBounds()
		if wall > d.minutes()+int64(m) {
			return start
		}
		return end
	}
	if at.After(now) {
		return at
	}
	return now.Add(time.Duration(m-minuteOf(now))*time.Minute - time.Duration(now.Second())*time.Second).Truncate(time.Second)
}

// minutes of the calendar up to this date, to compare wall clocks.
func (d date) minutes() int64 {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC).Unix() / 60
}
