package hours

import (
	"strconv"
	"strings"
)

// tokens gives every lexeme a meaning, alone or with its neighbours. A lexeme
// that has none becomes a token that is notUnderstood.
func tokens(list []lexeme) []token {
	var out []token
	spanish := false
	for len(list) > 0 {
		t, n := next(list)
		if n == 0 {
			t, n = token{text: list[0].text}, 1
		}
		spanish = spanish || t.means == someDays && spanishDay(list[0].text)
		if t.text == "a" && spanish {
			t.means = through // lunes a viernes; in English it is only in phrases
		}
		if t.means != filler {
			out = append(out, t)
		}
		list = list[n:]
	}
	return out
}

func spanishDay(text string) bool {
	switch text {
	case "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "sabados", "domingo", "domingos", "todos", "lun":
		return true
	}
	return false
}

// next is the first token of the list and how many lexemes it takes; 0 for none.
func next(list []lexeme) (token, int) {
	for _, read := range []func([]lexeme) (token, int){
		readPhone, readDate, readPhrase, readClock, readOwnHolidays, readDay,
	} {
		if t, n := read(list); n > 0 {
			return t, n
		}
	}
	return token{}, 0
}

func readPhrase(list []lexeme) (token, int) {
	for _, p := range vocabulary[list[0].text] {
		if n := len(p.lexemes); matches(list, p.lexemes) && !endsInNumber(list, p) {
			if p.token.means == someDays && len(p.token.text) <= len("thurs") && len(list) > n && list[n].near && list[n].text == "." {
				n++ // the full stop of "Mon." divides nothing
			}
			return p.token, n
		}
	}
	return token{}, 0
}

func matches(list []lexeme, words []string) bool {
	if len(list) < len(words) {
		return false
	}
	for i, w := range words {
		if list[i].text != w {
			return false
		}
	}
	return true
}

// endsInNumber reports whether the number that a phrase ends in goes on: 24-7
// in "24-7:30".
func endsInNumber(list []lexeme, p phrase) bool {
	n := len(p.lexemes)
	return list[n-1].number(9) && len(list) > n && list[n].near && (list[n].text == ":" || list[n].text == "/" || list[n].text == "a")
}

// readPhone takes a telephone number of ten digits, which says nothing about
// when unless a word before it does.
func readPhone(list []lexeme) (token, int) {
	at := 0
	skip := func(texts ...string) {
		for _, text := range texts {
			if at < len(list) && list[at].text == text {
				at++
			}
		}
	}
	for i, digits := range []int{3, 3, 4} {
		if i == 0 {
			skip("(")
		}
		if at >= len(list) || !list[at].number(digits) || len(list[at].text) != digits {
			return token{}, 0
		}
		at++
		if i == 0 {
			skip(")")
		}
		if i < 2 {
			skip("-", ".")
		}
	}
	return token{means: askFirst, text: "phone"}, at
}

// readDate takes 12/25, 12/25/2026, Dec 25, December 25th, 2026, June 2026.
func readDate(list []lexeme) (token, int) {
	month := 0
	for _, p := range vocabulary[list[0].text] {
		if p.token.means == aMonth {
			month = int(p.token.month)
		}
	}
	switch {
	case month > 0:
		return readMonth(list, month)
	case len(list) >= 3 && list[0].number(2) && list[1].text == "/" && list[2].number(2):
		return readSlashes(list)
	}
	return token{}, 0
}

func readSlashes(list []lexeme) (token, int) {
	t := token{means: aDate, exact: true, text: "date", date: monthDay(atoi(list[0].text), atoi(list[2].text))}
	if !t.date.valid() {
		return token{}, 0
	}
	if len(list) >= 5 && list[3].text == "/" && list[4].number(4) {
		t.year = atoi(list[4].text)
		if t.year < 100 {
			t.year += 2000
		}
		return t, 5
	}
	return t, 3
}

func readMonth(list []lexeme, month int) (token, int) {
	t := token{means: aMonth, text: list[0].text, month: monthDay(month, 1).Month}
	n := 1
	if len(list) > n && list[n].text == "." {
		n++
	}
	if len(list) > n && list[n].number(2) && !timeFollows(list[n:]) {
		t.means, t.date = aDate, monthDay(month, atoi(list[n].text))
		if !t.date.valid() {
			return token{}, 0
		}
		n++
		if len(list) > n && list[n].near && ordinalEnding(list[n].text) {
			n++
		}
	}
	comma := n
	if len(list) > comma && list[comma].text == "," {
		comma++
	}
	if len(list) > comma && isYear(list[comma]) {
		t.means, t.year, t.exact = aDate, atoi(list[comma].text), true
		return t, comma + 1
	}
	return t, n
}

// timeFollows reports whether the number begins a time of day: 9:30, 9am.
func timeFollows(list []lexeme) bool {
	_, _, n := readDigits(list)
	t, all := readClock(list)
	return n > 1 || all > n && t.clock.half != bare
}

func ordinalEnding(text string) bool {
	return text == "st" || text == "nd" || text == "rd" || text == "th"
}

func isYear(l lexeme) bool {
	return l.number(4) && len(l.text) == 4 && (strings.HasPrefix(l.text, "19") || strings.HasPrefix(l.text, "20"))
}

// atoi reads digits that have been counted.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// readOwnHolidays takes the holidays of somebody with a name of up to
// maxNameWords words: "Alder College holidays".
func readOwnHolidays(list []lexeme) (token, int) {
	for n := 1; n <= maxNameWords && n < len(list); n++ {
		if !isName(list[n-1:]) {
			return token{}, 0
		}
		for _, p := range vocabulary[list[n].text] {
			if p.token.means == ownHolidays && matches(list[n:], p.lexemes) {
				return p.token, n + len(p.lexemes)
			}
		}
	}
	return token{}, 0
}

// maxNameWords is how many words a name before "holidays" may have: "Upper
// Alder Creek College holidays".
const maxNameWords = 3

// isName reports whether the first lexeme is letters without another meaning.
func isName(list []lexeme) bool {
	_, n := readPhrase(list)
	return n == 0 && kindOf([]rune(list[0].text)[0]) == letter
}

// readDay takes day letters and the names of days with one letter wrong.
func readDay(list []lexeme) (token, int) {
	if days := list[0].days; days != 0 {
		return token{means: someDays, days: days, text: list[0].text}, 1
	}
	if days := misspelt(list[0].text); days != 0 {
		return token{means: someDays, days: days, text: list[0].text}, 1
	}
	return token{}, 0
}

// dayNames are what a misspelt day is compared with.
var dayNames = [7]string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// misspelt is the day whose name differs in one letter, the first being right:
// "Modnay", "Fiday", "Sunfay".
func misspelt(text string) Days {
	text = strings.TrimSuffix(text, "s")
	for i, name := range dayNames {
		if text != "" && text[0] == name[0] && oneApart(text, name) {
			return 1 << i
		}
	}
	return 0
}

// oneApart reports whether one letter more, less or other, or two swapped
// neighbours, make the one of the other.
func oneApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	case i == len(a):
		return true
	case a[i+1:] == b[i+1:]:
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
