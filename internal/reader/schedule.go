package reader

import (
	"strings"
)

// scheduleText puts a schedule of HSDS in the words of OSM's opening_hours where
// they have words for it: "Mo,We 09:00-17:00", "Tu[2] 10:00-12:00". Where a
// schedule has bounds or steps that those do not say, they are added in English, which nobody
// takes for hours that hold always.
func scheduleText(o map[string]any) string {
	opens, closes := clock(plain(o["opens_at"])), clock(plain(o["closes_at"]))
	if opens == "" || closes == "" {
		return plain(o["description"])
	}
	var words []string
	if days := scheduleDays(plain(o["byday"])); days != "" {
		words = append(words, days)
	}
	words = append(words, opens+"-"+closes)
	monthly := strings.EqualFold(plain(o["freq"]), "MONTHLY") && !strings.ContainsAny(plain(o["byday"]), "123456789")
	for _, limit := range []struct {
		text string
		said bool
	}{
		{"every " + plain(o["interval"]) + " times", plain(o["interval"]) != "" && plain(o["interval"]) != "1"},
		{"on day " + plain(o["bymonthday"]) + " of the month", plain(o["bymonthday"]) != ""},
		{"in week " + plain(o["byweekno"]), plain(o["byweekno"]) != ""},
		{"monthly", monthly},
		{"from " + plain(o["valid_from"]), plain(o["valid_from"]) != ""},
		{"until " + firstOf(o, "valid_to", "until"), firstOf(o, "valid_to", "until") != ""},
		{plain(o["description"]), plain(o["description"]) != ""},
	} {
		if limit.said {
			words = append(words, "("+limit.text+")")
		}
	}
	return strings.Join(words, " ")
}

// clock is a time of day without its seconds and zone.
func clock(text string) string {
	if len(text) >= 5 && text[2] == ':' && digits(text[:2]+text[3:5]) == text[:2]+text[3:5] {
		return text[:5]
	}
	return ""
}

var osmDays = map[string]string{"MO": "Mo", "TU": "Tu", "WE": "We", "TH": "Th", "FR": "Fr", "SA": "Sa", "SU": "Su"}

// scheduleDays turns "MO,2TU,-1FR" into "Mo,Tu[2],Fr[-1]". What it does not know stays.
func scheduleDays(byDay string) string {
	var days []string
	for _, day := range strings.FieldsFunc(byDay, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		count := strings.TrimRight(day, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
		name, known := osmDays[strings.ToUpper(day[len(count):])]
		switch {
		case !known:
			days = append(days, day)
		case count == "":
			days = append(days, name)
		default:
			days = append(days, name+"["+strings.TrimPrefix(count, "+")+"]")
		}
	}
	return strings.Join(days, ",")
}
