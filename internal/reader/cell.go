package reader

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// cell settles how a cell of a workbook is read, by how it is shown and how it
// is stored. Texts are both. Of a number the format may add what is wanted (the
// zeros of a ZIP code) or take it away (the digits of a position); a date is
// stored as a count of days since a day that the workbook chooses.
func cell(shown, stored string, since1904 bool) string {
	n, isNumber := number(stored)
	switch {
	case shown == stored || !isNumber || shown == "TRUE" || shown == "FALSE":
		return shown
	case n < 0 && !strings.Contains(shown, "-"):
		return stored // (84.2) is how bookkeepers write -84.2
	}
	if digits(shown) == digits(stored) || strings.TrimLeft(digits(shown), "0") == stored {
		return shown // 05201, (555) 555-0100
	}
	if m, ok := number(strings.NewReplacer(",", "", "$", "", "%", "").Replace(shown)); ok {
		if same(m, n) {
			return shown // 41.67 where 41.670000000000002 is stored
		}
		return stored
	}
	if t, err := excelize.ExcelDateToTime(n, since1904); err == nil && dateLike(n, shown) {
		return isoDate(n, t)
	}
	return stored
}

func number(text string) (float64, bool) {
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil && finite(n)
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// same allows for the last bits of a number that was once decimal.
func same(a, b float64) bool {
	const precision = 1e-14
	return math.Abs(a-b) <= precision*math.Max(math.Abs(a), math.Abs(b))
}

// dateLike leaves fractions alone: 1 1/2 is the first noon of 1900 as well.
func dateLike(days float64, shown string) bool {
	const before1930 = 10_000
	return (days >= before1930 || days >= 0 && days < 1) && strings.ContainsAny(shown, "/-:. ") && digits(shown) != ""
}

func isoDate(days float64, t time.Time) string {
	t = t.Round(time.Second)
	switch {
	case days < 1:
		return t.Format("15:04")
	case days == math.Trunc(days):
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05")
}
