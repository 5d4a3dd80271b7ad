package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes a field's text fit for a page: white space runs become one space;
// control characters, and the marks that reorder or hide text, go. Words,
// accents and punctuation stay as published.
func clean(text string) string {
	if isClean(text) {
		return text
	}
	visible := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || reorders(r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(visible), " ")
}

// isClean spares the usual field, plain ASCII without a double or an outer
// space, the work of being made again.
func isClean(text string) bool {
	space := true
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c >= utf8.RuneSelf-1 || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return text == "" || !space
}

// reorders says whether a character changes the direction of what stands around
// it, or is not seen at all: a name must not be able to turn a phone number round.
func reorders(r rune) bool {
	switch {
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return true
	case r == '\u200e' || r == '\u200f' || r == '\u061c' || r == '\u200b' || r == '\ufeff':
		return true
	}
	return false
}

// undecoded finds the traces of a file read in the wrong encoding.
func undecoded(text string) bool {
	return !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) ||
		strings.Contains(text, "ï¿½") || strings.Contains(text, "â€")
}
