package words

import (
	"math"
	"strconv"

	"golang.org/x/text/feature/plural"
)

// A Unit is what distances are written in.
type Unit int

// The units: miles in the United States, kilometres elsewhere.
const (
	Kilometres Unit = iota
	Miles
)

// Metres in one of each unit; the mile is the international one.
const (
	metresInKilometre = 1000
	metresInMile      = 1609.344
)

// Metres is how long one unit is.
func (u Unit) Metres() float64 {
	if u == Miles {
		return metresInMile
	}
	return metresInKilometre
}

func (u Unit) key() string {
	if u == Miles {
		return "distance.miles"
	}
	return "distance.kilometres"
}

// Length writes a length to the nearest step of the unit, "2 miles", "0.5 km",
// and says whether it is less than one step, in which case the step is written.
func (l *Language) Length(metres float64, u Unit, step float64) (text string, less bool) {
	steps := math.Round(metres / u.Metres() / step)
	if steps < 1 {
		steps, less = 1, true
	}
	return l.quantity(u.key(), steps*step), less
}

// Distance writes how far away something is, no finer than step: "about 2
// miles", "less than 1 mile".
func (l *Language) Distance(metres float64, u Unit, step float64) string {
	text, less := l.Length(metres, u, step)
	if less {
		return l.T("distance.less_than", "length", text)
	}
	return l.T("distance.about", "length", text)
}

// quantity writes a number with at most one decimal in its plural form.
func (l *Language) quantity(key string, v float64) string {
	whole, tenth := int(v), int(math.Round(v*10))%10
	if v >= 10_000_000 || tenth == 0 {
		return l.N(key, int(math.Round(v)))
	}
	form := plural.Cardinal.MatchPlural(l.tag, whole, 1, 1, tenth, tenth)
	return l.plural(key, strconv.Itoa(whole)+l.T("number.decimal")+strconv.Itoa(tenth), form, nil)
}
