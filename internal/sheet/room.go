package sheet

import (
	"strings"
	"unicode"
)

// Cards and booklets have fixed room. What does not fit is cut here, with dots that
// say so, and never by the printer.

// columns is how much room a text takes, in the width of a mean Latin letter. Signs
// of East Asia are twice as wide.
func columns(text string) (n int) {
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) || r >= 0xFF00 && r <= 0xFF60:
			n += 2
		default:
			n++
		}
	}
	return n
}

// clip cuts a text to some room, at a space where there is one near, and ends it
// with dots.
func clip(text string, room int) string {
	if columns(text) <= room {
		return text
	}
	n, end := 0, 0
	for i, r := range text {
		if n += columns(string(r)); n > room-1 {
			break
		}
		end = i + len(string(r))
	}
	cut := text[:end]
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)*3/4 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;.:–-") + "…"
}

// wordWrap is how much more room a text takes for being broken at its spaces.
const wordWrap = 1.15

// rows is how many lines a text takes at a width in columns.
func rows(text string, width int) int {
	n := columns(text)
	if n <= width {
		return 1
	}
	return int(float64(n)*wordWrap)/width + 1
}
