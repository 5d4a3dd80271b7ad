package streets

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// dashes are written for one another.
const dashes = "-‐‑‒–—―−"

// halves are the fractions that house numbers have, as one sign.
var halves = strings.NewReplacer("½", " 1/2 ", "¼", " 1/4 ", "¾", " 3/4 ", "⅓", " 1/3 ", "⅔", " 2/3 ", "º", "", "ª", "", "№", "#")

// silent are the marks that people leave out without a space: "O'Hara", "St.", "P.O.".
const silent = "'’‘`´ʻʼ."

// parting are the signs that part an address: what stands before them is complete.
const parting = ",;()[]|\n\r\t"

// fold writes a text in lower case without accents, its words parted by single spaces, its dashes plain. The
// signs that mean something in an address stay (- / # &), and those that part one become commas.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range norm.NFKD.String(halves.Replace(text)) {
		foldRune(&b, r)
	}
	return strings.TrimSuffix(b.String(), " ")
}

func foldRune(b *strings.Builder, r rune) {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		b.WriteRune(unicode.ToLower(r))
	case strings.ContainsRune(silent, r) || unicode.Is(unicode.Mn, r):
	case strings.ContainsRune(dashes, r):
		b.WriteByte('-')
	case r == '/' || r == '⁄':
		b.WriteByte('/')
	case r == '#' || r == '&':
		b.WriteString(" " + string(r) + " ")
	case strings.ContainsRune(parting, r):
		b.WriteByte(',')
	case b.Len() > 0 && !strings.HasSuffix(b.String(), " "):
		b.WriteByte(' ')
	}
}

// townKey is the form in which the names of towns are compared.
func townKey(name string) string {
	words := strings.Fields(signs.Replace(fold(name)))
	for i, word := range words {
		if long, ok := inside[word]; ok {
			words[i] = long
		}
		if word == "st" && i < len(words)-1 {
			words[i] = "saint"
		}
	}
	return strings.Join(words, "")
}

// postcodeKey is the part of a postal code that files and addresses are compared by: five digits of a ZIP, the
// first half of a Canadian code, and else the whole, without spaces.
func postcodeKey(code string) string {
	code = strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, code))
	switch {
	case len(code) == zipLength+zipMore && allDigits(code):
		return code[:zipLength]
	case len(code) == halfLength || len(code) == 2*halfLength:
		if code[0] >= 'A' && isDigit(code[1]) && code[2] >= 'A' {
			return code[:halfLength]
		}
	}
	return code
}

// The lengths of a ZIP, of what can follow it, and of half a Canadian postal code.
const (
	zipLength  = 5
	zipMore    = 4
	halfLength = 3
)

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func allDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}
