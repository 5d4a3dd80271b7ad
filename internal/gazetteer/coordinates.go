package gazetteer

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// coordinates reads a pair of degrees as people write them, latitude first unless letters say otherwise:
//
//	40.7, -74.0    40.7 N 74.0 W    N40.7 W74.0    40°42'46"N 74°0'22"W    geo:40.7,-74.0;u=35
//
// Whole numbers alone need a comma or a letter, for "12 34" is no place. 0, 0 is a missing value and no place.
func coordinates(text string) (Place, bool) {
	text = strings.TrimSpace(strings.ToLower(text))
	if rest, ok := strings.CutPrefix(text, "geo:"); ok {
		return geoURI(rest)
	}
	s := scanner{rest: text}
	first, ok := s.angle()
	if !ok {
		return Place{}, false
	}
	comma := s.separator()
	second, ok := s.angle()
	if !ok || s.rest != "" {
		return Place{}, false
	}
	if !comma && first.plain && second.plain {
		return Place{}, false
	}
	return pair(first, second)
}

// geoURI reads what follows "geo:" in a URI of RFC 5870, of which the height, the parameters and what some
// programs add behind a question mark are left out.
func geoURI(text string) (Place, bool) {
	text, _, _ = strings.Cut(text, "?")
	text, parameters, _ := strings.Cut(text, ";")
	for parameter := range strings.SplitSeq(parameters, ";") {
		if crs, ok := strings.CutPrefix(parameter, "crs="); ok && crs != "wgs84" {
			return Place{}, false
		}
	}
	numbers := strings.Split(text, ",")
	if len(numbers) < 2 || len(numbers) > 3 {
		return Place{}, false
	}
	lat, latOK := decimal(numbers[0])
	lon, lonOK := decimal(numbers[1])
	if !latOK || !lonOK {
		return Place{}, false
	}
	return pair(angle{degrees: lat}, angle{degrees: lon})
}

// pair makes a place of two angles.
func pair(lat, lon angle) (Place, bool) {
	if lat.axis == 'x' || lon.axis == 'y' {
		lat, lon = lon, lat
	}
	if lat.axis == 'x' || lon.axis == 'y' || (lat.axis == 0) != (lon.axis == 0) {
		return Place{}, false // two latitudes, or one letter only
	}
	if math.Abs(lat.degrees) > 90 || math.Abs(lon.degrees) > 180 || lat.degrees == 0 && lon.degrees == 0 {
		return Place{}, false
	}
	return Place{Kind: Point, Precision: Exact, Point: orb.Point{lon.degrees, lat.degrees}}, true
}

// An angle is one of the two numbers.
type angle struct {
	degrees float64
	axis    byte // 'y' for N and S, 'x' for E and W, 0 without a letter
	plain   bool // a whole number without a sign of degrees or a letter
}

// A scanner reads angles off the beginning of a text.
type scanner struct{ rest string }

// maxDigits bounds a number: finer than a nanometre.
const maxDigits = 20

// The signs of degrees, minutes and seconds, as keyboards and books have them.
var (
	degreeSigns = []string{"°", "º", "˚", "deg", "d"}
	minuteSigns = []string{"'", "′", "’", "‘", "´", "min", "m"}
	secondSigns = []string{`"`, "″", "”", "“", "''", "′′", "sec", "s"}
)

func (s *scanner) angle() (angle, bool) {
	axis, sign := s.axis(true)
	negative := s.take("-") || s.take("−") || s.take("–")
	if !negative {
		s.take("+")
	}
	degrees, whole, ok := s.number()
	if !ok || negative && axis != 0 {
		return angle{}, false
	}
	marked := s.takeOne(degreeSigns)
	if marked && whole {
		degrees += s.minutes()
	}
	if axis == 0 {
		axis, sign = s.axis(false)
	}
	if negative && axis != 0 {
		return angle{}, false
	}
	if negative {
		sign = -1
	}
	return angle{degrees: degrees * sign, axis: axis, plain: whole && !marked && axis == 0}, true
}

// minutes reads the minutes and seconds after whole degrees, in degrees.
func (s *scanner) minutes() float64 {
	const perDegree = 60
	before := s.rest
	minutes, whole, ok := s.number()
	if !ok || minutes >= perDegree || !s.takeOne(minuteSigns) {
		s.rest = before
		return 0
	}
	if !whole {
		return minutes / perDegree
	}
	before = s.rest
	seconds, _, ok := s.number()
	if !ok || seconds >= perDegree || !s.takeOne(secondSigns) {
		s.rest = before
		seconds = 0
	}
	return (minutes + seconds/perDegree) / perDegree
}

// axis reads the letter of a direction; "o" is oeste. Before a number it must stand at once or after spaces,
// and behind one no other letter may follow it.
func (s *scanner) axis(before bool) (axis byte, sign float64) {
	s.spaces()
	if s.rest == "" || len(s.rest) > 1 && isLetter(s.rest[1]) {
		return 0, 1
	}
	axis, sign = 0, 1
	switch s.rest[0] {
	case 'n':
		axis = 'y'
	case 's':
		axis, sign = 'y', -1
	case 'e':
		axis = 'x'
	case 'w', 'o':
		axis, sign = 'x', -1
	default:
		return 0, 1
	}
	if !before && s.opensNumber() {
		return 0, 1 // "40.7 w74.0": the letter is that of the next
	}
	s.rest = s.rest[1:]
	s.spaces()
	return axis, sign
}

// opensNumber reports whether a digit follows the letter at once.
func (s *scanner) opensNumber() bool { return len(s.rest) > 1 && isDigit(s.rest[1]) }

// number reads digits with at most one point.
func (s *scanner) number() (n float64, whole, ok bool) {
	s.spaces()
	length, points := 0, 0
	for length < len(s.rest) && (isDigit(s.rest[length]) || s.rest[length] == '.') {
		if s.rest[length] == '.' {
			points++
		}
		length++
	}
	n, ok = decimal(s.rest[:length])
	if !ok {
		return 0, false, false
	}
	s.rest = s.rest[length:]
	return n, points == 0, true
}

// decimal reads a number without an exponent; never NaN or an infinity.
func decimal(text string) (float64, bool) {
	if len(text) > maxDigits || strings.Trim(text, "+-.0123456789") != "" || strings.Trim(text, "+-.") == "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}

// separator takes what stands between the two, and reports whether it was a comma or semicolon.
func (s *scanner) separator() bool {
	s.spaces()
	comma := s.take(",") || s.take(";")
	s.spaces()
	return comma
}

func (s *scanner) spaces() { s.rest = strings.TrimLeft(s.rest, " \t\n\r\u00a0") }

func (s *scanner) take(sign string) bool {
	rest, ok := strings.CutPrefix(s.rest, sign)
	if ok {
		s.rest = rest
	}
	return ok
}

func (s *scanner) takeOne(signs []string) bool {
	s.spaces()
	for _, sign := range signs {
		if s.take(sign) {
			s.spaces()
			return true
		}
	}
	return false
}
