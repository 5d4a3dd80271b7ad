package hours

import (
	"strings"
	"unicode"
)

// A lexeme is a run of letters, a run of digits, or one other character.
// Spaces and quotes are between lexemes.
type lexeme struct {
	text string // lower case; "\n" is a line end
	days Days   // of letters such as MWF, which only mean days in capitals
	near bool   // nothing stands between it and the lexeme before
}

// number reports whether the lexeme is digits, at most so many.
func (l lexeme) number(most int) bool {
	return l.text != "" && len(l.text) <= most && l.text[0] >= '0' && l.text[0] <= '9'
}

// lexemes cuts a clean text.
func lexemes(text string) []lexeme {
	var list []lexeme
	runes := []rune(text)
	near, afterDigits := false, false
	for start := 0; start < len(runes); {
		kind := kindOf(runes[start])
		end := start + 1
		for end < len(runes) && continues(kind, runes[end]) {
			end++
		}
		run := string(runes[start:end])
		switch kind {
		case space:
		case letter:
			for i, w := range words(run, near && afterDigits) {
				w.near = near || i > 0
				list = append(list, w)
			}
		default:
			list = append(list, lexeme{text: run, near: near})
		}
		near, afterDigits = kind != space, kind == digit
		start = end
	}
	return list
}

func continues(kind runeKind, r rune) bool {
	switch kind {
	case letter:
		return kindOf(r) == letter || r == '\''
	case digit:
		return kindOf(r) == digit
	}
	return false
}

type runeKind int

const (
	other runeKind = iota
	letter
	digit
	space
)

func kindOf(r rune) runeKind {
	switch {
	case r >= '0' && r <= '9':
		return digit
	case unicode.IsLetter(r):
		return letter
	case r == ' ' || r == '\'' || r == '"':
		return space
	}
	return other
}

// words cuts a run of letters where a lost line end has joined two words:
// "pmFriday", "ServicesMonday". Letters that stand for days stay together.
func words(run string, afterDigits bool) []lexeme {
	if days, ok := dayLetters(run); ok {
		return []lexeme{{text: strings.ToLower(run), days: days}}
	}
	var list []lexeme
	if n := halfLength(run); afterDigits && n > 0 {
		list = append(list, lexeme{text: strings.ToLower(run[:n])})
		run = run[n:]
	}
	start, before := 0, ' '
	for i, r := range run {
		if i > start && unicode.IsLower(before) && unicode.IsUpper(r) {
			list = append(list, word(run[start:i]))
			start = i
		}
		before = r
	}
	return append(list, word(run[start:]))
}

func word(run string) lexeme {
	days, _ := dayLetters(run)
	return lexeme{text: strings.ReplaceAll(strings.ToLower(run), "'", ""), days: days}
}

// halfLength is the length of "am", "pm", "noon" or "midnight" before more
// letters: "pmfriday".
func halfLength(run string) int {
	low := strings.ToLower(run)
	for _, half := range []string{"midnight", "noon", "am", "pm"} {
		if strings.HasPrefix(low, half) && len(low) > len(half) {
			return len(half)
		}
	}
	return 0
}

// dayLetters reads capitals that stand for days in week order: M, MWF, TTh,
// MTWRF. T is Tuesday, R and Th are Thursday. A lone S could be either day.
func dayLetters(run string) (Days, bool) {
	var set Days
	for rest := run; rest != ""; {
		day, size := dayLetter(rest)
		if size == 0 || day <= set { // a higher bit than all before: in week order
			return 0, false
		}
		set |= day
		rest = rest[size:]
	}
	if run == "MF" { // as often Monday to Friday
		return 0, false
	}
	return set, set != 0
}

func dayLetter(run string) (Days, int) {
	for _, two := range []struct {
		text string
		day  Days
	}{{"Mo", Monday}, {"Tu", Tuesday}, {"Th", Thursday}, {"Fr", Friday}, {"Sa", Saturday}, {"Su", Sunday}} {
		if strings.HasPrefix(run, two.text) {
			return two.day, 2
		}
	}
	switch run[0] {
	case 'M':
		return Monday, 1
	case 'T':
		return Tuesday, 1
	case 'W':
		return Wednesday, 1
	case 'R':
		return Thursday, 1
	case 'F':
		return Friday, 1
	}
	return 0, 0
}
