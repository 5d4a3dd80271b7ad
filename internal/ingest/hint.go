package ingest

import (
	"slices"
	"strings"
	"unicode"
)

// wordsOf cuts a text into words in lower case: letters, digits and inner
// apostrophes. Marks that codes are written with stay as words of their own.
func wordsOf(text string) []string {
	var all []string
	start := -1
	lower := strings.ToLower(text)
	for i, r := range lower {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’' {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			all = append(all, lower[start:i])
			start = -1
		}
		if r == '#' || r == ':' || r == '*' {
			all = append(all, string(r))
		}
	}
	if start >= 0 {
		all = append(all, lower[start:])
	}
	return all
}

// hints are words and the beginnings of words to look for, by their first letter.
type hints [26][]string

func hintsOf(lists ...[]string) *hints {
	var h hints
	for _, word := range slices.Concat(lists...) {
		h[word[0]-'a'] = append(h[word[0]-'a'], word)
	}
	return &h
}

// in says whether one of the hints begins at the beginning of a word of the
// text, whatever its case. It makes nothing: it looks at every field of a
// million rows.
func (h *hints) in(text string) bool {
	inside := false
	for i := range len(text) {
		c := text[i] | 0x20
		if c < 'a' || c > 'z' {
			inside = false
			continue
		}
		if !inside {
			for _, hint := range h[c-'a'] {
				if i+len(hint) <= len(text) && strings.EqualFold(text[i:i+len(hint)], hint) {
					return true
				}
			}
		}
		inside = true
	}
	return false
}

// lettered says whether a text has a letter at all: coordinates, codes of
// places and numbers of phones have none.
func lettered(text string) bool {
	for i := range len(text) {
		if c := text[i] | 0x20; c >= 'a' && c <= 'z' {
			return true
		}
	}
	return false
}

// holds says whether a text has some words in it, whatever their case, without
// making a copy of it. Words are given in lower case ASCII.
func holds(text, words string) bool {
	for i := 0; i+len(words) <= len(text); i++ {
		if text[i]|0x20 == words[0]|0x20 && strings.EqualFold(text[i:i+len(words)], words) {
			return true
		}
	}
	return false
}

// words are whole words to look for.
type words struct {
	hints *hints
	all   []string
}

func newWords(all ...string) words { return words{hintsOf(all), all} }

// in says whether a text has one of the words.
func (w words) in(text string) bool {
	return w.hints.in(text) && slices.ContainsFunc(wordsOf(text), w.has)
}

func (w words) has(word string) bool { return slices.Contains(w.all, word) }
