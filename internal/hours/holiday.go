package hours

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/us"
)

// A holiday is a public holiday and the months it can fall in. The months save
// the reckoning for most of the year.
type holiday struct {
	key    string
	rule   *cal.Holiday
	months [2]time.Month
}

var usHolidays = []holiday{
	{"new_year", us.NewYear, [2]time.Month{time.December, time.January}},
	{"mlk_day", us.MlkDay, [2]time.Month{time.January}},
	{"presidents_day", us.PresidentsDay, [2]time.Month{time.February}},
	{"memorial_day", us.MemorialDay, [2]time.Month{time.May}},
	{"juneteenth", us.Juneteenth, [2]time.Month{time.June}},
	{"independence_day", us.IndependenceDay, [2]time.Month{time.July}},
	{"labor_day", us.LaborDay, [2]time.Month{time.September}},
	{"columbus_day", us.ColumbusDay, [2]time.Month{time.October}},
	{"veterans_day", us.VeteransDay, [2]time.Month{time.November}},
	{"thanksgiving", us.ThanksgivingDay, [2]time.Month{time.November}},
	{"christmas", us.ChristmasDay, [2]time.Month{time.December}},
}

// familyDay has a different name in some provinces; eight of them keep it.
var familyDay = &cal.Holiday{Month: time.February, Weekday: time.Monday, Offset: 3, Func: cal.CalcWeekdayOffset}

// caHolidays are those of the country and those that most provinces keep.
var caHolidays = []holiday{
	{"new_year", ca.NewYear, [2]time.Month{time.January}},
	{"family_day", familyDay, [2]time.Month{time.February}},
	{"good_friday", ca.GoodFriday, [2]time.Month{time.March, time.April}},
	{"easter_monday", ca.EasterMonday, [2]time.Month{time.March, time.April}},
	{"victoria_day", ca.VictoriaDay, [2]time.Month{time.May}},
	{"canada_day", ca.CanadaDay, [2]time.Month{time.July}},
	{"civic_holiday", ca.CivicDay, [2]time.Month{time.August}},
	{"labour_day", ca.LabourDay, [2]time.Month{time.September}},
	{"truth_and_reconciliation", ca.NationalDayForTruthAndReconciliation, [2]time.Month{time.September, time.October}},
	{"thanksgiving", ca.ThanksgivingDay, [2]time.Month{time.October}},
	{"remembrance_day", ca.RemembranceDay, [2]time.Month{time.November}},
	{"christmas", ca.ChristmasDay, [2]time.Month{time.December}},
	{"boxing_day", ca.BoxingDay, [2]time.Month{time.December}},
}

// Holiday is the public holiday of a country ("US" or "CA") that falls on or is
// observed on that day of the calendar, by the clock of the time's own zone.
// The keys are stable: pages have words for them.
func Holiday(country string, day time.Time) (key string, ok bool) {
	return holidayOn(country, dateOf(day))
}

func holidayOn(country string, d date) (key string, ok bool) {
	var list []holiday
	switch country {
	case "US":
		list = usHolidays
	case "CA":
		list = caHolidays
	}
	for i := range list {
		if h := &list[i]; (h.months[0] == d.month || h.months[1] == d.month) && h.falls(d) {
			return h.key, true
		}
	}
	return "", false
}

func (h *holiday) falls(d date) bool {
	year := d.year
	if d.month == time.December && h.rule.Month == time.January {
		year++ // New Year's Day observed on 31 December
	}
	actual, observed := h.rule.Calc(year)
	return d.is(actual) || d.is(observed)
}
