package streets

import (
	"fmt"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// TestANumberOfARangeStandsOnItsSideOfItsLine is the law that all else serves: every house number of every range,
// in any spelling, stands beside the line of that range, on the side of its parity.
func TestANumberOfARangeStandsOnItsSideOfItsLine(t *testing.T) {
	features := cityOf(3, 20, 6)
	s, _ := imported(t, ImportOptions{}, zipped(t, countyName, features))
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(features).Draw(t, "feature")
		from, err := strconv.Atoi(f.rfrom)
		if err != nil {
			t.Fatal(err)
		}
		number := from + rapid.IntRange(0, 99).Draw(t, "number")
		text := fmt.Sprintf(rapid.SampledFrom([]string{"%d %s", "%d %s Apt 4", "Suite 9, %d %s", "%d½ %s", "77–%d %s", "%dB %s"}).Draw(t, "spelling"), number, f.name)
		spot, ok := s.Find(Address{Street: text, PostalCode: f.zipl, Country: "CA"}) // where units stand first
		if ok {
			t.Fatalf("%s is in another country, but was found: %+v", text, spot)
		}
		spot, ok = s.Find(Address{Street: text, PostalCode: f.zipl})
		if !ok || spot.Precision != AtAddress {
			t.Fatalf("%s is %+v, %v", text, spot, ok)
		}
		metres, onLeft := fromLine(f.lines[0], spot.Point)
		if metres > sideMetres+0.5 || onLeft != (number%2 == 1) {
			t.Fatalf("%s is %v m from its line, on the left: %v", text, metres, onLeft)
		}
	})
}
