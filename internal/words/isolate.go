package words

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// Unicode's marks around a text that finds its own direction, so that it turns
// nothing round in a sentence of the other direction. They are not seen.
const (
	isolate    = "\u2068" // first strong isolate
	endIsolate = "\u2069" // pop directional isolate
)

// isolated puts the values for the gaps of a right-to-left sentence between
// marks where they are written from left to right: the name of a town, a phone
// number. Pairs are name, value, name, value.
func (l *Language) isolated(pairs []string) []string {
	if l.Dir != "rtl" {
		return pairs
	}
	apart := make([]string, len(pairs))
	copy(apart, pairs)
	for i := 1; i < len(apart); i += 2 {
		apart[i] = isolatedText(apart[i])
	}
	return apart
}

// Apart puts a text of a right-to-left language between marks, for a place where
// what stands around it runs from left to right.
func (l *Language) Apart(text string) string {
	if l.Dir != "rtl" {
		return text
	}
	return isolate + text + endIsolate
}

func isolatedText(text string) string {
	if !leftToRight(text) {
		return text
	}
	return isolate + text + endIsolate
}

// leftToRight says whether a text has letters that run from left to right, or
// numbers with a sign or a hyphen, outside of marks that it has already.
func leftToRight(text string) bool {
	depth := 0
	for len(text) > 0 {
		properties, size := bidi.LookupString(text)
		if size == 0 {
			return false // not UTF-8 to its end
		}
		switch class := properties.Class(); {
		case class == bidi.FSI || class == bidi.LRI || class == bidi.RLI:
			depth++
		case class == bidi.PDI:
			depth--
		case depth == 0 && (class == bidi.L || class == bidi.ES):
			return true
		}
		text = text[size:]
	}
	return false
}

// endsWithPoint says whether a text, without marks after it, ends with a full stop.
func endsWithPoint(text string) bool {
	return strings.HasSuffix(strings.TrimRight(text, endIsolate), ".")
}
