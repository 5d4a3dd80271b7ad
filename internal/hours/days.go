package hours

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Days is a set of weekdays: Monday is bit 0, Sunday bit 6.
type Days uint8

// The days of the week, and the sets that have names.
const (
	Monday Days = 1 << iota
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
	Sunday

	Weekdays = Monday | Tuesday | Wednesday | Thursday | Friday
	Weekend  = Saturday | Sunday
	EveryDay = Weekdays | Weekend
)

// dayCodes are the codes of OpenStreetMap and iCalendar, in week order.
var dayCodes = [7]string{"mo", "tu", "we", "th", "fr", "sa", "su"}

// dayOf is the set of one weekday.
func dayOf(w time.Weekday) Days { return 1 << ((int(w) + 6) % 7) }

// Has reports whether the weekday is in the set.
func (d Days) Has(w time.Weekday) bool { return d&dayOf(w) != 0 }

// List is the codes of the days in week order: "mo" to "su".
func (d Days) List() []string {
	var list []string
	for i, code := range dayCodes {
		if d&(1<<i) != 0 {
			list = append(list, code)
		}
	}
	return list
}

// MarshalJSON writes ["mo","tu"].
func (d Days) MarshalJSON() ([]byte, error) { return json.Marshal(d.List()) }

// UnmarshalJSON reads ["mo","tu"].
func (d *Days) UnmarshalJSON(data []byte) error {
	var list []string
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	*d = 0
	for _, code := range list {
		i := slices.Index(dayCodes[:], code)
		if i < 0 {
			return fmt.Errorf("%q is not a day of the week", code)
		}
		*d |= 1 << i
	}
	return nil
}

// first is the earliest day of the set in week order, 0 for Monday.
func (d Days) first() int {
	for i := range dayCodes {
		if d&(1<<i) != 0 {
			return i
		}
	}
	return len(dayCodes)
}

// through is the days from the only day of one set to the only day of another,
// both included; it may run over the end of the week.
func (d Days) through(last Days) (Days, bool) {
	if !d.single() || !last.single() || d == last {
		return 0, false
	}
	set := d
	for at := d; at != last; {
		at <<= 1
		if at > Sunday {
			at = Monday
		}
		set |= at
	}
	return set, true
}

func (d Days) single() bool { return d != 0 && d&(d-1) == 0 }
