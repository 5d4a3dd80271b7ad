package site

import (
	"fmt"
	"time"
)

// A Date is a day, or only a month or a year where a source says no more:
// "2026-11-24", "2026-11", "2026". The zero value is no date.
type Date string

// ParseDate reads an ISO 8601 day, month or year, or nothing.
func ParseDate(text string) (Date, error) {
	if text == "" {
		return "", nil
	}
	if _, ok := Date(text).start(); !ok {
		return "", fmt.Errorf("%q is not a date like 2026-11-24, 2026-11 or 2026", text)
	}
	return Date(text), nil
}

// Start is the first day that the date may mean, at midnight UTC, so that an
// age worked out from it is never too young. It is false for no date.
func (d Date) Start() (time.Time, bool) { return d.start() }

func (d Date) start() (time.Time, bool) {
	var layout string
	switch len(d) {
	case len(time.DateOnly):
		layout = time.DateOnly
	case len("2006-01"):
		layout = "2006-01"
	case len("2006"):
		layout = "2006"
	default:
		return time.Time{}, false
	}
	t, err := time.Parse(layout, string(d))
	return t, err == nil
}

// AgeDays is how many whole days the date lies before now, at the most. It is
// false for no date and for a date in the future, which nobody can have known.
func (d Date) AgeDays(now time.Time) (int, bool) {
	start, ok := d.start()
	if !ok || start.After(now.AddDate(0, 0, 1)) {
		return 0, false
	}
	return max(0, int(now.Sub(start).Hours()/24)), true
}
