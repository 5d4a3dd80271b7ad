package hours

// A clockTime is a time of day as written. Without am or pm its minute is that
// of the 12-hour clock, 12:00 counting as 720.
type clockTime struct {
	minute Minute
	half   half
}

// A half is what is known of the half of the day.
type half int

const (
	bare  half = iota // 9, 9:30
	am                // 9am: the minute is 0 to 719
	pm                // 9pm: the minute is 720 to 1439
	fixed             // noon, midnight, 17:00, 09:00: the minute is as written, to 1440
)

// readClock takes one time of day: 9, 9:30, 9.30, 930am, 9 a.m., 9a, 17:00, 0900.
func readClock(list []lexeme) (token, int) {
	hour, minute, n := readDigits(list)
	if n == 0 || hour > 24 || minute > 59 || hour == 24 && minute > 0 {
		return token{}, 0
	}
	half, size := readHalf(list[n:])
	written := list[0].text
	if half == bare && len(written) > 2 && (len(written) == 3 || hour >= 19) {
		return token{}, 0 // 930 or 2010 could be anything
	}
	at := Minute(hour*60 + minute)
	switch {
	case half != bare && (hour == 0 || hour > 12):
		return token{}, 0
	case half == am:
		at %= noon
	case half == pm:
		at = at%noon + noon
	case hour == 0, hour > 12, written[0] == '0', len(written) == 4:
		half = fixed
	}
	return token{means: aClock, text: written, clock: clockTime{at, half}}, n + size
}

// readDigits takes the hour and the minute.
func readDigits(list []lexeme) (hour, minute, n int) {
	switch first := list[0]; {
	case first.number(2) && len(list) > 2 && (list[1].text == ":" || list[1].text == ".") && list[1].near && list[2].near && list[2].number(2) && len(list[2].text) == 2:
		return atoi(first.text), atoi(list[2].text), 3
	case first.number(2):
		return atoi(first.text), 0, 1
	case first.number(4):
		number := atoi(first.text)
		return number / 100, number % 100, 1
	}
	return 0, 0, 0
}

// readHalf takes am, pm, a.m., p.m., and a or p right after the digits.
func readHalf(list []lexeme) (half, int) {
	if len(list) == 0 {
		return bare, 0
	}
	dotted := len(list) > 2 && list[1].text == "." && list[2].text == "m"
	size := 1
	if dotted {
		size = 3
		if len(list) > 3 && list[3].text == "." {
			size = 4
		}
	}
	switch text := list[0].text; {
	case text == "am", text == "a" && (dotted || list[0].near):
		return am, size
	case text == "pm", text == "p" && (dotted || list[0].near):
		return pm, size
	}
	return bare, 0
}

// An interval is two times as written.
type interval struct{ opens, closes clockTime }

// A reading is what two times can mean. Without an order to go by only sure
// readings count; in a list of one day's times the order can settle the rest.
type reading struct {
	span Span
	sure bool
}

// readings are what the interval may mean; none where it makes no sense.
//
// Hours of the 12-hour clock with am or pm left out are read only where nobody
// would read them otherwise. "9-5" is a day's work. "11-7" is also a night
// shift, "8:30-6:30" also a night shelter, "7-9" is breakfast or an evening
// class, "8-10" likewise: those are not sure.
func (i interval) readings() []reading {
	opens, closes := i.opens, i.closes
	var list []reading
	for _, o := range opens.minutes(false) {
		for _, c := range closes.minutes(true) {
			night := c <= o && opens.half == bare && closes.half == bare // nobody writes a night like that
			if span := (Span{o, c}); plausible(span) && !night {
				list = append(list, reading{span, sureOf(i, span)})
			}
		}
	}
	return list
}

// minutes are the minutes of the day that a time can mean.
func (c clockTime) minutes(end bool) []Minute {
	at := c.minute
	switch {
	case c.half == bare:
		return []Minute{asEnd(at%noon, end), at%noon + noon}
	case c.half == fixed && at == dayEnd && !end:
		return nil
	}
	return []Minute{asEnd(at, end)}
}

// asEnd makes midnight, and the minute before it, the end of the day where a
// time is an end.
func asEnd(at Minute, end bool) Minute {
	if end && (at == dayStart || at == dayEnd-1) {
		return dayEnd
	}
	return at
}

// Bounds of what an opening can be. Beyond them a slip of the pen is likelier:
// "9am-5am", "1am-4pm", "12am-6pm", "9pm-12pm".
const (
	earliest     = 5 * 60 // a day's opening begins, at the earliest; before it only nights do
	lateClose    = 2 * 60 // a day that began in the morning ends, at the latest
	nightEnd     = noon   // a night ends before it
	longestNight = 15 * 60
)

// plausible reports whether anybody is open like that.
func plausible(s Span) bool {
	switch length := s.length(); {
	case s.Opens == dayStart && s.Closes == dayEnd:
		return true
	case s.Opens == s.Closes:
		return false
	case s.Opens < earliest:
		return s.Closes > s.Opens && s.Closes <= nightEnd
	case s.Closes > s.Opens:
		return true
	case s.Opens < noon:
		return s.Closes <= lateClose
	default:
		return s.Closes < nightEnd && length <= longestNight
	}
}

func (s Span) length() Minute {
	if s.Closes <= s.Opens {
		return s.Closes + dayEnd - s.Opens
	}
	return s.Closes - s.Opens
}

// sureOf reports whether one plausible reading of the interval is the only one
// that a careful person would think of.
func sureOf(i interval, s Span) bool {
	bareOpens, bareCloses := i.opens.half == bare, i.closes.half == bare
	switch {
	case bareOpens && bareCloses:
		return sureOfBoth(s)
	case bareOpens:
		return sureOfStart(i.closes, s)
	case bareCloses:
		return sureOfEnd(i.opens, s)
	}
	return true
}

const hour = 60

// sureOfBoth is for two times without am or pm.
func sureOfBoth(s Span) bool {
	o, c := s.Opens, s.Closes
	switch {
	case o >= 7*hour && o < 11*hour && c >= 13*hour && c <= 18*hour: // 9-5, 7:30-1, 10-6
		return true
	case o >= 8*hour && o < noon && c >= noon && c < 13*hour: // 8-12, 9-12:30, 11:30-12:30
		return true
	case o >= 11*hour && o < noon && c >= 13*hour && c <= 17*hour: // 11-3; 11-6 and 11-7 are night shifts too
		return true
	case o >= noon && o < 13*hour && c > o && c <= 21*hour: // 12-4, 12:30-8
		return true
	case o >= 13*hour && o < 17*hour && c > o && c <= 21*hour: // 1-5, 4-8; 5-7 is early or late
		return true
	}
	return false
}

// sureOfStart is for a start without am or pm: "9-5pm", "1-4pm", "9-11am".
func sureOfStart(end clockTime, s Span) bool {
	o, c := s.Opens, s.Closes
	if c <= o {
		return false // 10-2am: a long day or a night
	}
	switch {
	case end.half == fixed && end.minute == noon: // 8-noon
		return o >= earliest && o < noon
	case end.half == fixed && end.minute > noon && end.minute < dayEnd: // 9-17:00, 12-17:00
		return o >= earliest && o <= 13*hour
	case end.half == am: // 9-11am; 8-12am may be either half
		return o >= earliest && c < noon
	case end.half != pm || c == noon: // 8-midnight; 8-12pm may be meant to be midnight
		return false
	case o >= noon && o < 18*hour: // 1-4pm, 5-7pm
		return true
	case o >= 18*hour && o < 20*hour: // 7-9pm; 7-11pm may be a long day, 9-11pm too
		return c-o <= 3*hour
	}
	return o >= 6*hour && o%noon >= c%noon // 9-5pm: there is no later start before the end
}

// sureOfEnd is for an end without am or pm: "9am-5", "1pm-4", "noon-6".
func sureOfEnd(start clockTime, s Span) bool {
	o, c := s.Opens, s.Closes
	switch {
	case c%noon == 0: // 9am-12: noon or midnight
		return false
	case start.half == am: // 9am-5; 8am-10 may be either
		return c > noon && c%noon <= o
	case o == noon || start.half == pm && c > o: // noon-6, 1pm-4
		return c > o
	case start.half == pm: // 10pm-6
		return o >= 18*hour && c%noon < o%noon
	case start.half == fixed && o > noon: // 20:00-8:00
		return o >= 18*hour && c < nightEnd
	}
	return start.half == fixed && o >= earliest && c > noon && c%noon <= o // 09:00-5
}
