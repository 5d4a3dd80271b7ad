package hours

import "fmt"

// A Minute counts minutes since local midnight: 0 to 1440, where 1440 is
// midnight at the end of the day.
type Minute int

// Midnight at the start and at the end of a day, and the middle between them.
const (
	dayStart Minute = 0
	noon     Minute = 12 * 60
	dayEnd   Minute = 24 * 60
)

// String is the 24-hour clock: "09:00", "24:00".
func (m Minute) String() string { return fmt.Sprintf("%02d:%02d", int(m)/60, int(m)%60) }

// MarshalText writes "09:00".
func (m Minute) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads "09:00", up to "24:00".
func (m *Minute) UnmarshalText(text []byte) error {
	var hour, minute int
	if _, err := fmt.Sscanf(string(text), "%02d:%02d", &hour, &minute); err != nil || len(text) != len("00:00") {
		return fmt.Errorf("%q is not a time like 09:00", text)
	}
	at := Minute(hour*60 + minute)
	if hour < 0 || minute < 0 || minute > 59 || at > dayEnd {
		return fmt.Errorf("%q is not a time of day", text)
	}
	*m = at
	return nil
}
