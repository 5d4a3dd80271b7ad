package edition

import (
	"slices"
	"time"

	"carrypoint/internal/site"
)

// indexChecks reads the day of every check once, so that neither a search nor a
// count has to.
func (e *Edition) indexChecks() {
	e.checked = make([]site.Day, len(e.sites))
	e.checks = nil
	for i := range e.sites {
		e.checked[i] = e.sites[i].CheckedOn.Day()
		if e.checked[i] != site.NoDay {
			e.checks = append(e.checks, e.checked[i])
		}
	}
	slices.Sort(e.checks)
}

// Checked counts the sites that were ever checked. A check in the future is none.
func (e *Edition) Checked(at time.Time) int { return len(e.checksUntil(site.DayOf(at))) }

// CheckedWithin counts the sites that were checked at most so many days ago.
func (e *Edition) CheckedWithin(days int, at time.Time) int {
	return e.checkedWithin(days, site.DayOf(at))
}

// MedianAge is in days: half of the sites that were ever checked, or one more,
// were checked at most so long ago. It is false where none was.
func (e *Edition) MedianAge(at time.Time) (days int, ok bool) {
	today := site.DayOf(at)
	checks := e.checksUntil(today)
	if len(checks) == 0 {
		return 0, false
	}
	return int(today - checks[len(checks)/2]), true
}

// Hidden counts the sites that the operator's rule keeps out of lists.
func (e *Edition) Hidden(p site.Policy, at time.Time) int { return e.hiddenOn(p, site.DayOf(at)) }

// HiddenIn counts those of them that lie in an area.
func (e *Edition) HiddenIn(area Area, p site.Policy, at time.Time) int {
	today := site.DayOf(at)
	if e.hiddenOn(p, today) == 0 {
		return 0
	}
	n := 0
	for _, i := range e.areas[area] {
		if p.Hides(e.checked[i], today) {
			n++
		}
	}
	return n
}

func (e *Edition) hiddenOn(p site.Policy, today site.Day) int {
	if p.HideAfterDays == 0 {
		return 0
	}
	return len(e.checksUntil(today)) - e.checkedWithin(p.HideAfterDays, today)
}

func (e *Edition) checkedWithin(days int, today site.Day) int {
	checks := e.checksUntil(today)
	older, _ := slices.BinarySearch(checks, today-site.Day(days))
	return len(checks) - older
}

// checksUntil are the days of all checks that can be true today, in order.
func (e *Edition) checksUntil(today site.Day) []site.Day {
	n, _ := slices.BinarySearch(e.checks, today+1)
	return e.checks[:n]
}
