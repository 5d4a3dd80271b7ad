package sheet

import (
	"strings"
	"unicode"
)

// Cards and booklets have fixed room. What does not fit is cut here, with dots that
// say so, and never by the printer.

// columns is how much room a text takes, in the width of a mean Latin letter.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n += fifths(r)
	}
	return (n + 4) / 5
}

// fifths is how wide a sign is, in fifths of a Latin letter. Signs of East Asia are
// twice as wide. Letters of Arabic were measured at seven tenths and count for a
// little more, because fonts differ; marks on letters take no room.
func fifths(r rune) int {
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) || r >= 0xFF00 && r <= 0xFF60:
		return 10
	case unicode.Is(unicode.Arabic, r):
		return 4
	}
	return 5
}

// clip cuts a text to some room, at a space where there is one near, and ends it
// with dots.
func clip(text string, room int) string {
	if columns(text) <= room {
		return text
	}
	n, end := 0, 0
	for i, r := range text {
		if n += fifths(r); n > 5*(room-1) {
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
