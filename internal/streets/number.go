package streets

import (
	"slices"
	"strconv"
	"strings"
)

// A number is a house number: digits, what stands before them and what stands behind. "12-34" in Queens has
// the head "12-", "N6W23001" in Wisconsin the head "n6w"; "123a" and "123 1/2" have a tail.
type number struct {
	head string
	n    int64
	tail string
}

// Bounds on house numbers. The Census has 12 characters for one; nine digits are never a house.
const (
	maxNumberLetters = 16
	maxNumberDigits  = 9
	maxTailLetters   = 3
)

var fractions = map[string]bool{"1/2": true, "1/4": true, "3/4": true, "1/3": true, "2/3": true}

// parseNumber reads a folded house number: "123", "12-34", "123a", "123-a", "123 1/2", "n6w23001".
func parseNumber(text string) (number, bool) {
	if len(text) > maxNumberLetters {
		return number{}, false
	}
	text, fraction, _ := strings.Cut(text, " ")
	if fraction != "" && !fractions[fraction] {
		return number{}, false
	}
	end := strings.LastIndexAny(text, "0123456789") + 1
	begin := end
	for begin > 0 && isDigit(text[begin-1]) {
		begin--
	}
	n := number{head: text[:begin], tail: strings.TrimPrefix(text[end:], "-") + fraction}
	if end == begin || end-begin > maxNumberDigits || !isHead(n.head) || !isTail(text[end:]) {
		return number{}, false
	}
	n.n, _ = strconv.ParseInt(text[begin:end], 10, 64) // at most nine digits
	if n.head != "" {
		n.head = withoutZeros(n.head)
	}
	return n, true
}

// isHead reports whether a text may stand before the last digits: nothing, "12-", "n6w", "w", "a-".
func isHead(text string) bool {
	letters, dash := 0, false
	for i := range len(text) {
		c := text[i]
		switch {
		case dash || c != '-' && !isDigit(c) && !isLetter(c):
			return false
		case c == '-':
			dash = i > 0
			if !dash {
				return false
			}
		case isLetter(c):
			letters++
		}
	}
	return letters <= 3 && (text == "" || dash || letters > 0)
}

// isTail reports whether a text may stand behind the last digits. "5th" is a street.
func isTail(text string) bool {
	text, dash := strings.CutPrefix(text, "-")
	if dash && text == "" || slices.Contains([]string{"st", "nd", "rd", "th"}, text) {
		return false
	}
	for i := range len(text) {
		if !isLetter(text[i]) {
			return false
		}
	}
	return len(text) <= maxTailLetters
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }

// withoutZeros leaves the zeros out with which a head begins: "07-" is "7-".
func withoutZeros(head string) string {
	if short := strings.TrimLeft(head, "0"); short != "" && isDigit(short[0]) {
		return short
	}
	return head
}

// hyphenated reports whether a number has two parts in figures, and gives the first.
func (x number) hyphenated() (first int64, ok bool) {
	figures, dash := strings.CutSuffix(x.head, "-")
	if !dash || !allDigits(figures) || len(figures) > maxNumberDigits {
		return 0, false
	}
	first, err := strconv.ParseInt(figures, 10, 64)
	return first, err == nil
}

// String is the form in which house numbers are compared and shown: "12-4" for "12-04".
func (x number) String() string { return x.head + strconv.FormatInt(x.n, 10) + x.tail }

// plain is the number without what stands behind it.
func (x number) plain() number { return number{head: x.head, n: x.n} }

// split reads a number that was written without its hyphen, as they do in Queens: 1234 for 12-34.
func (x number) split() (number, bool) {
	if x.head != "" || x.n < 100 {
		return number{}, false
	}
	return number{head: strconv.FormatInt(x.n/100, 10) + "-", n: x.n % 100, tail: x.tail}, true
}

// A span is a range of house numbers on one side of a line, in the direction of the line.
type span struct {
	line     int // among the lines of its street
	side     side
	from, to number
	both     bool // odd and even numbers stand on this side
}

// A side is where houses stand as one walks along a line.
type side byte

const (
	left side = iota
	right
)

// spanOf reads a range of house numbers. Numbers that do not compare are no range.
func spanOf(from, to number) (span, bool) {
	s := span{from: from.plain(), to: to.plain()}
	if from.head != to.head {
		_, one := from.hyphenated()
		_, two := to.hyphenated()
		if !one || !two {
			return span{}, false
		}
	}
	s.both = from.n%2 != to.n%2
	return s, true
}

// holds reports whether a house number lies in a span, and how far along, from 0 to 1.
func (s span) holds(x number) (along float64, ok bool) {
	if !s.both && x.n%2 != s.from.n%2 {
		return 0, false
	}
	if s.from.head == s.to.head {
		return shareOf(s.from.n, s.to.n, x.n), x.head == s.from.head && between(s.from.n, s.to.n, x.n)
	}
	first, ok := x.hyphenated()
	if !ok || x.n >= perBlock {
		return 0, false
	}
	from, _ := s.from.hyphenated()
	to, _ := s.to.hyphenated()
	begin, end, at := from*perBlock+s.from.n, to*perBlock+s.to.n, first*perBlock+x.n
	return shareOf(begin, end, at), between(begin, end, at)
}

// perBlock is how many numbers a block of Queens can have: the second part has two digits.
const perBlock = 100

func between(a, b, x int64) bool { return min(a, b) <= x && x <= max(a, b) }

// shareOf is how far x lies on the way from a to b. One house alone stands in the middle.
func shareOf(a, b, x int64) float64 {
	if a == b {
		return 0.5
	}
	return float64(x-a) / float64(b-a)
}
