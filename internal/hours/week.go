package hours

import "time"

// A Day is the openings of one weekday, in the order of their start.
type Day struct {
	Weekday   time.Weekday
	Intervals []Interval
}

// An Interval is one opening on a weekday. With Nth it is only in those weeks
// of the month, with From and To only in that season.
type Interval struct {
	Span
	Nth      []int    // 1 to 5, -1 the last; none: every week
	From, To MonthDay // zero: all year
}

// Week is the schedule as a table, Monday first. A schedule without rules has
// seven empty days: ask for its Status.
func (s Schedule) Week() [7]Day {
	var week [7]Day
	for i := range week {
		week[i].Weekday = time.Weekday((i + 1) % 7)
		for _, r := range s.Rules {
			if r.Days.Has(week[i].Weekday) {
				week[i].Intervals = append(week[i].Intervals, Interval{Span{r.Opens, r.Closes}, r.Nth, r.From, r.To})
			}
		}
	}
	return week
}
