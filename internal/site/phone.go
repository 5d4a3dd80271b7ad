package site

import (
	"regexp"
	"strings"
)

// A Phone is a number to call or text.
type Phone struct {
	Raw string `json:"raw"`
	// Dial is what a tel: link holds: "+15555550123", "811" for a short code;
	// empty where the text could not be read as one number.
	Dial string `json:"dial,omitempty"`
	Ext  string `json:"ext,omitempty"`
}

var (
	extension = regexp.MustCompile(`(?i)[\s,;]*(?:x|ext\.?|extension|option|#)\s*(\d{1,6})\s*$`)
	northUS   = regexp.MustCompile(`^1?([2-9]\d{2})([2-9]\d{2})(\d{4})$`)
	areaCode  = regexp.MustCompile(`^\+?[\s(]*\d{3}|^\+?1\W*\d{3}`)
	shortCode = regexp.MustCompile(`^(?:[2-9]11|988|\d{5,6})$`)
)

// ParsePhone reads one number of the North American plan or a short code, with
// or without an extension and vanity letters. What it can't read keeps its
// text and gets no link: better no link than one that rings elsewhere.
func ParsePhone(text string) Phone {
	p := Phone{Raw: strings.TrimSpace(text)}
	if p.Dial = plainNumber(p.Raw); p.Dial == "" {
		p.readPatterns()
	}
	return p
}

// readPatterns reads what is not the usual number.
func (p *Phone) readPatterns() {
	number := p.Raw
	if m := extension.FindStringSubmatch(number); m != nil {
		p.Ext, number = m[1], strings.TrimSuffix(number, m[0])
	}
	digits := strings.Map(keypad, strings.TrimPrefix(number, "+"))
	switch {
	case !areaCode.MatchString(number):
		p.Ext = "" // words: letters stand for digits only after the area code
	case northUS.MatchString(digits):
		m := northUS.FindStringSubmatch(digits)
		p.Dial = "+1" + m[1] + m[2] + m[3]
	case shortCode.MatchString(digits) && p.Ext == "":
		p.Dial = digits
	default:
		p.Ext = ""
	}
}

// plainNumber reads the usual number, ten digits and the marks between them, as
// the patterns do: most of a million rows are written so. It is empty for any other.
func plainNumber(text string) string {
	var digits [10]byte
	n := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			if n == len(digits) {
				return ""
			}
			digits[n] = c
			n++
		case c == '(' && n == 0, n >= 3 && (c == ')' || c == '-' || c == '.' || c == ' '):
		default:
			return ""
		}
	}
	if n < len(digits) || digits[0] < '2' || digits[3] < '2' {
		return ""
	}
	return "+1" + string(digits[:])
}

// keypad keeps digits, turns letters into the digits they stand for, drops the
// punctuation of phone numbers, and keeps anything else so that it can't match.
func keypad(r rune) rune {
	const letters = "22233344455566677778889999"
	switch {
	case r >= '0' && r <= '9':
		return r
	case r >= 'A' && r <= 'Z':
		return rune(letters[r-'A'])
	case r >= 'a' && r <= 'z':
		return rune(letters[r-'a'])
	case strings.ContainsRune(" -.()‐‑–\u00a0/", r):
		return -1
	}
	return r
}

// TextCode says whether it is a short code that takes messages and no calls.
func (p Phone) TextCode() bool { return len(p.Dial) == 5 || len(p.Dial) == 6 }

// Text is the number as people in North America read it: 555-555-0123, with
// its extension; the raw text where it could not be read.
func (p Phone) Text() string {
	switch {
	case strings.HasPrefix(p.Dial, "+1") && len(p.Dial) == 12:
		text := p.Dial[2:5] + "-" + p.Dial[5:8] + "-" + p.Dial[8:]
		if p.Ext != "" {
			text += " ext. " + p.Ext
		}
		return text
	case p.Dial != "":
		return p.Dial
	}
	return p.Raw
}
