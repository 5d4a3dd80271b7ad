package hours

import (
	"cmp"
	"slices"
)

// weeks are the weeks of a month as a set: bits 1 to 5, and bit 7 for the last,
// which is the fourth or the fifth as well.
func weeks(nth []int) (set uint8) {
	if len(nth) == 0 {
		return 0xff
	}
	for _, n := range nth {
		if n == -1 {
			set |= 1<<7 | 1<<4 | 1<<5
		} else {
			set |= 1 << n
		}
	}
	return set
}

// overlap reports whether both rules can cover the same minute of a day.
func (r *Rule) overlap(o *Rule) bool {
	return r.meets(o) && r.Opens < o.end() && o.Opens < r.end()
}

// meets reports whether both rules can be about the same day.
func (r *Rule) meets(o *Rule) bool {
	return r.Days&o.Days != 0 && weeks(r.Nth)&weeks(o.Nth) != 0 && (season{r.From, r.To}).meets(season{o.From, o.To})
}

// end is when the opening ends, counted from midnight of the day it began.
func (r *Rule) end() Minute { return r.Opens + Span{r.Opens, r.Closes}.length() }

// contradictory reports whether two rules cover the same minute: then one of
// them is about something else, or replaces the other.
func contradictory(rules []Rule) bool {
	for i := range rules {
		for j := range i {
			if rules[i].overlap(&rules[j]) {
				return true
			}
		}
	}
	return false
}

// without is what is left of a rule when some days, in some weeks of the month,
// in some season are taken out. It reports false where rules can't say that.
func (r Rule) without(part dayPart, time season) ([]Rule, bool) {
	shared := r.Days & part.days
	own := season{r.From, r.To}
	if shared == 0 || weeks(r.Nth)&weeks(part.nth) == 0 || !own.meets(time) {
		return []Rule{r}, true
	}
	var list []Rule
	keep := func(days Days, nth []int, time season) {
		if days != 0 {
			list = append(list, Rule{days, r.Opens, r.Closes, nth, time.from, time.to})
		}
	}
	keep(r.Days&^shared, r.Nth, own)
	if time != (season{}) && time != own {
		if own != (season{}) {
			return nil, false
		}
		keep(shared, r.Nth, time.rest())
		own = time
	}
	if len(part.nth) > 0 && !slices.Equal(part.nth, r.Nth) {
		if len(r.Nth) > 0 || slices.Contains(part.nth, -1) {
			return nil, false
		}
		keep(shared, otherWeeks(part.nth), own)
	}
	return list, true
}

func otherWeeks(nth []int) []int {
	return slices.DeleteFunc([]int{1, 2, 3, 4, 5}, func(n int) bool { return slices.Contains(nth, n) })
}

// withGap takes a time out of the rules for those days; no days are all days.
// A time that no opening has in its middle or at its edge is a contradiction
// where the text names the days.
func withGap(rules []Rule, g gap) ([]Rule, bool) {
	var list []Rule
	cut := false
	for _, r := range rules {
		days := r.Days
		if g.days != nil {
			days = 0
			for _, part := range g.days {
				if len(part.nth) > 0 {
					return nil, false
				}
				days |= r.Days & part.days
			}
		}
		if days == 0 || g.span.Closes <= r.Opens || g.span.Opens >= r.end() {
			list = append(list, r)
			continue
		}
		if g.span.Closes <= g.span.Opens || g.span.Opens < r.Opens || g.span.Closes > r.end() {
			return nil, false
		}
		cut = true
		if other := r.Days &^ days; other != 0 {
			rest := r
			rest.Days = other
			list = append(list, rest)
		}
		if g.span.Opens > r.Opens {
			before := r
			before.Days, before.Closes = days, g.span.Opens
			list = append(list, before)
		}
		if g.span.Closes < r.end() {
			after := r
			after.Days, after.Opens = days, g.span.Closes
			list = append(list, after)
		}
	}
	return list, cut
}

// tidy gathers the days that have the same hours into one rule, then the weeks
// of the month that have the same days and hours, and puts the rules in order:
// by day, then by time.
func tidy(rules []Rule) []Rule {
	list := gather(rules, func(into, r *Rule) bool {
		if !slices.Equal(into.Nth, r.Nth) {
			return false
		}
		into.Days |= r.Days
		return true
	})
	list = gather(list, func(into, r *Rule) bool {
		if into.Days != r.Days || len(into.Nth) == 0 || len(r.Nth) == 0 {
			return false
		}
		nth := slices.Concat(into.Nth, r.Nth)
		slices.SortFunc(nth, byWeek)
		into.Nth = slices.Compact(nth)
		return true
	})
	slices.SortStableFunc(list, func(a, b Rule) int {
		return cmp.Or(
			cmp.Compare(a.Days.first(), b.Days.first()),
			cmp.Compare(a.Opens, b.Opens),
			cmp.Compare(a.Closes, b.Closes),
			cmp.Compare(a.From.String(), b.From.String()),
			slices.CompareFunc(a.Nth, b.Nth, byWeek),
			cmp.Compare(a.Days, b.Days),
		)
	})
	return list
}

// gather joins every rule to the first of those before it that has the same
// times and season and that takes it.
func gather(rules []Rule, join func(into, r *Rule) bool) []Rule {
	var list []Rule
	for _, r := range rules {
		joined := false
		for i := range list {
			o := &list[i]
			if o.Opens == r.Opens && o.Closes == r.Closes && o.From == r.From && o.To == r.To && join(o, &r) {
				joined = true
				break
			}
		}
		if !joined {
			list = append(list, r)
		}
	}
	return list
}

// always reports whether the rules leave out no minute of any week.
func always(rules []Rule) bool {
	return len(rules) == 1 && rules[0].Days == EveryDay && rules[0].Opens == dayStart && rules[0].Closes == dayEnd &&
		len(rules[0].Nth) == 0 && rules[0].From.IsZero()
}
