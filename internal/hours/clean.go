package hours

import (
	"html"
	"regexp"
	"strings"
)

// mojibake is text that was decoded twice, and the marks that it stood for.
// What a lost character stood for can't be known; in opening hours it is a dash
// wherever the rest still reads, and the rest does not read elsewhere.
var mojibake = strings.NewReplacer(
	"\u00ef\u00bf\u00bd", "-", "\ufffd", "-",
	"\u00e2\u20ac\u201c", "-", "\u00e2\u20ac\u201d", "-", "\u00e2\u0080\u0093", "-", "\u00e2\u0080\u0094", "-",
	"\u00e2\u20ac\u2122", "'", "\u00c2\u00a0", " ", "\u00c2 ", " ",
)

// marks are the many ways to type a dash, a quote and a space.
var marks = strings.NewReplacer(
	"–", "-", "—", "-", "−", "-", "‐", "-", "‑", "-", "‒", "-", "―", "-", "\u0096", "-", "\u0097", "-",
	"’", "'", "‘", "'", "`", "'", "\u0092", "'",
	"\u00a0", " ", "\u2009", " ", "\u202f", " ", "\u2002", " ", "\u2003", " ", "\u200b", "", "\ufeff", "",
	"\t", " ", "_", " ", "\r\n", "\n", "\r", "\n",
	"é", "e", "á", "a", "í", "i", "É", "E", "Á", "A", "Í", "I",
)

var (
	htmlBreak = regexp.MustCompile(`(?i)<\s*/?\s*(br|p|div|li|tr)\b[^<>]*>`)
	htmlTag   = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
)

// clean makes one kind of dash, quote, space and line end of the many, and
// lines of HTML breaks. It drops nothing that can be read.
func clean(text string) string {
	if strings.ContainsAny(text, "<&") {
		text = htmlBreak.ReplaceAllString(text, "\n")
		text = htmlTag.ReplaceAllString(text, " ")
		text = html.UnescapeString(text)
	}
	return marks.Replace(mojibake.Replace(text))
}
