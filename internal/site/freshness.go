package site

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// A Freshness is how far a site's last check can be trusted. Only a person or an
// official live feed checks a site: the date of its source and another import
// of the same file do not count. The zero value is the least of those that are
// listed, so that nothing is trusted by mistake.
type Freshness string

// The freshnesses, from the most trusted to the least.
const (
	Recent Freshness = "recent" // said with its day
	Aging  Freshness = "aging"  // said with its day, and to call first
	Stale  Freshness = "stale"  // not checked for long: after fresher ones that are about as near
	Older  Freshness = ""       // checked longer ago still, or never: listed apart, as not confirmed
	Hidden Freshness = "hidden" // in no list, because the operator says so
)

// A Policy is from which age on a site is trusted less. Ages are whole days
// since its check; one of exactly that age is still in the better class. The
// zero value is no policy: all sites are ordered alike and none is hidden.
type Policy struct {
	CallFirstAfterDays  int `toml:"call_first_after_days"`
	RankBehindAfterDays int `toml:"rank_behind_after_days"`
	RankBehindMetres    int `toml:"rank_behind_metres"` // how much further away a fresher site comes first
	OlderAfterDays      int `toml:"older_after_days"`
	HideAfterDays       int `toml:"hide_after_days"` // 0: never
}

// ErrPolicy says that the ages of a policy make no sense together.
var ErrPolicy = errors.New("these are no rules of freshness")

// maxBehindMetres is 50 miles: whoever is sent further past a nearer place, for
// the age of a check, is sent nowhere.
const maxBehindMetres = 80_467

// Check says why a policy can't be followed, or nothing.
func (p Policy) Check() error {
	switch {
	case p.CallFirstAfterDays < 1:
		return fmt.Errorf("%w: call_first_after_days is %d; it must be 1 or more", ErrPolicy, p.CallFirstAfterDays)
	case p.RankBehindAfterDays < p.CallFirstAfterDays:
		return fmt.Errorf("%w: rank_behind_after_days is %d; it must be call_first_after_days (%d) or more", ErrPolicy, p.RankBehindAfterDays, p.CallFirstAfterDays)
	case p.OlderAfterDays < p.RankBehindAfterDays:
		return fmt.Errorf("%w: older_after_days is %d; it must be rank_behind_after_days (%d) or more", ErrPolicy, p.OlderAfterDays, p.RankBehindAfterDays)
	case p.HideAfterDays != 0 && p.HideAfterDays < p.OlderAfterDays:
		return fmt.Errorf("%w: hide_after_days is %d; it must be 0 for never, or older_after_days (%d) or more", ErrPolicy, p.HideAfterDays, p.OlderAfterDays)
	case p.RankBehindMetres < 0 || p.RankBehindMetres > maxBehindMetres:
		return fmt.Errorf("%w: rank_behind_metres is %d; it must be 0 to %d", ErrPolicy, p.RankBehindMetres, maxBehindMetres)
	}
	return nil
}

// A Day is a whole day of UTC, counted from the first of 1970.
type Day int32

// NoDay is the day of no date. It is as long ago as a day can be.
const NoDay Day = math.MinInt32

// DayOf is the day on which a moment falls.
func DayOf(at time.Time) Day { return Day(math.Floor(float64(at.Unix()) / secondsInDay)) }

const secondsInDay = 24 * 60 * 60

// Day is the first day that the date may mean, so that nothing is taken to be
// younger than it is; NoDay for no date.
func (d Date) Day() Day {
	start, ok := d.start()
	if !ok {
		return NoDay
	}
	return DayOf(start)
}

// Of says how fresh a site is at a moment.
func (p Policy) Of(s *Site, now time.Time) Freshness {
	return p.Freshness(s.CheckedOn.Day(), DayOf(now))
}

// Freshness says how fresh what was checked on a day is today. A check in the
// future can't be true and is none. What was never checked has no age: it is
// older, and no age hides it.
func (p Policy) Freshness(checked, today Day) Freshness {
	switch {
	case p.Hides(checked, today):
		return Hidden
	case p.older(checked, today):
		return Older
	case p.Behind(checked, today):
		return Stale
	case age(checked, today) > p.CallFirstAfterDays:
		return Aging
	}
	return Recent
}

// Hides says whether the operator's rule keeps the site out of lists.
func (p Policy) Hides(checked, today Day) bool {
	return p.HideAfterDays > 0 && checked != NoDay && age(checked, today) > p.HideAfterDays
}

func (p Policy) older(checked, today Day) bool {
	return checked > today || age(checked, today) > p.OlderAfterDays
}

// Behind says whether the site comes after fresher ones that are up to
// RankBehindMetres further away.
func (p Policy) Behind(checked, today Day) bool {
	return checked > today || age(checked, today) > p.RankBehindAfterDays
}

// age is in days; the difference of two days may be too large for a Day.
func age(checked, today Day) int { return int(today) - int(checked) }
