package words

import (
	"fmt"
	"strconv"
)

// Clock writes minutes since midnight, 0 to 1440, the way people say them:
// "9am", "5:30pm", "noon", "midnight"; in other languages "17 h 30".
func (l *Language) Clock(minutes int) string {
	switch minutes % (24 * 60) {
	case 0:
		return l.T("clock.midnight")
	case 12 * 60:
		return l.T("clock.noon")
	}
	hour, minute := minutes/60%24, minutes%60
	half := "clock.am"
	if hour >= 12 {
		half = "clock.pm"
	}
	if l.T("clock.cycle") == "12" {
		hour = (hour+11)%12 + 1
	}
	key := "clock.time"
	if minute == 0 {
		key = "clock.whole"
	}
	return l.T(half, "time", l.T(key, "hour", strconv.Itoa(hour), "minute", fmt.Sprintf("%02d", minute)))
}
