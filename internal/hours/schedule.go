package hours

// A Status is what is known of the opening hours as a whole.
type Status string

// The statuses. Only Scheduled comes with rules.
const (
	Scheduled     Status = "scheduled"
	AlwaysOpen    Status = "always_open"
	ByAppointment Status = "by_appointment"
	CallFirst     Status = "call_first" // there are hours, and they can't be read with certainty
	Unknown       Status = "unknown"    // the text says nothing of hours, or of hours that are long gone
)

// A Schedule is opening hours as read from a text. JSON gives it back exactly.
type Schedule struct {
	Status       Status      `json:"status"`
	Rules        []Rule      `json:"rules,omitempty"`
	Exceptions   []Exception `json:"exceptions,omitempty"` // the last that fits a day counts
	Holidays     HolidayRule `json:"holidays,omitempty"`
	HolidayHours []Span      `json:"holiday_hours,omitempty"` // with HolidaysOpen; none: the hours of that weekday
}

// A Rule is one opening on some days of the week.
type Rule struct {
	Days   Days     `json:"days"`
	Opens  Minute   `json:"opens"`         // before 24:00
	Closes Minute   `json:"closes"`        // at or before Opens: the next day
	Nth    []int    `json:"nth,omitempty"` // which of the month: 1 to 5, -1 the last; none: every week
	From   MonthDay `json:"from,omitzero"` // first day of the season; zero: all year
	To     MonthDay `json:"to,omitzero"`   // last day of the season; may be before From: over the new year
}

// A Span is one opening on a day.
type Span struct {
	Opens  Minute `json:"opens"`
	Closes Minute `json:"closes"` // at or before Opens: the next day
}

// An Exception is other hours, or none, on some dates or on one public holiday.
type Exception struct {
	Holiday string   `json:"holiday,omitempty"` // a key of Holiday; then there are no dates
	Year    int      `json:"year,omitempty"`    // the year of From; 0: every year
	From    MonthDay `json:"from,omitzero"`
	To      MonthDay `json:"to,omitzero"`     // included; may be before From: over the new year
	Hours   []Span   `json:"hours,omitempty"` // none: closed
}

// A HolidayRule is what the text says of public holidays.
type HolidayRule string

// The holiday rules.
const (
	HolidaysUnknown HolidayRule = ""
	HolidaysOpen    HolidayRule = "open"
	HolidaysClosed  HolidayRule = "closed"
)
