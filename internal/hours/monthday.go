package hours

import (
	"fmt"
	"time"
)

// A MonthDay is a day of any year. The zero value is no day.
type MonthDay struct {
	Month time.Month
	Day   int
}

// String is "05-01".
func (d MonthDay) String() string { return fmt.Sprintf("%02d-%02d", int(d.Month), d.Day) }

// IsZero reports whether it is no day.
func (d MonthDay) IsZero() bool { return d == MonthDay{} }

// MarshalText writes "05-01".
func (d MonthDay) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads "05-01".
func (d *MonthDay) UnmarshalText(text []byte) error {
	at, err := time.Parse("2006-01-02", "2000-"+string(text)) // 2000 has a 29 February
	if err != nil {
		return fmt.Errorf("%q is not a day like 05-01", text)
	}
	*d = MonthDay{at.Month(), at.Day()}
	return nil
}

// monthDays is how many days a month can have.
var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func (d MonthDay) valid() bool {
	return d.Month >= time.January && d.Month <= time.December && d.Day >= 1 && d.Day <= monthDays[d.Month]
}

func (d MonthDay) next() MonthDay {
	switch {
	case d.Day < monthDays[d.Month]:
		return MonthDay{d.Month, d.Day + 1}
	case d.Month == time.December:
		return MonthDay{time.January, 1}
	}
	return MonthDay{d.Month + 1, 1}
}

func (d MonthDay) previous() MonthDay {
	switch {
	case d.Day > 1:
		return MonthDay{d.Month, d.Day - 1}
	case d.Month == time.January:
		return MonthDay{time.December, 31}
	}
	return MonthDay{d.Month - 1, monthDays[d.Month-1]}
}

func (d MonthDay) before(other MonthDay) bool {
	return d.Month < other.Month || d.Month == other.Month && d.Day < other.Day
}

// A season is the days of a year from one day to another, both included; it
// may run over the end of the year. The zero value is all year.
type season struct{ from, to MonthDay }

func (s season) has(d MonthDay) bool {
	switch {
	case s.from.IsZero():
		return true
	case s.to.before(s.from):
		return !d.before(s.from) || !s.to.before(d)
	}
	return !d.before(s.from) && !s.to.before(d)
}

// rest is the part of the year that is not in the season.
func (s season) rest() season { return season{s.to.next(), s.from.previous()} }

// meets reports whether the two seasons share a day.
func (s season) meets(other season) bool {
	return s.from.IsZero() || other.from.IsZero() || s.has(other.from) || other.has(s.from)
}

func monthDay(month, day int) MonthDay { return MonthDay{time.Month(month), day} }
