package ingest

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A fault of a text is something that was wrong with it and was put right.
type fault uint8

// The faults.
const (
	faultMarkup  fault = 1 << iota // HTML
	faultHidden                    // control characters, and marks that reorder or hide text
	faultEncoded                   // characters were lost before the file was written
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
		case hidden(r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(visible), " ")
}

// tidy cleans a text, takes markup off it unless it is plain text by its form,
// joins its lines with between, and says what was wrong.
func tidy(text, between string, plain bool) (string, fault) {
	if len(text) > 1 && text[0] == '\'' && strings.IndexByte(formulas, text[1]) >= 0 {
		text = text[1:] // as Cell wrote it
	}
	if isClean(text) && (plain || !markedUp(text)) {
		return text, 0
	}
	var faults fault
	if undecoded(text) {
		text = repaired.Replace(strings.ToValidUTF8(text, "?"))
		faults |= faultEncoded
	}
	if !plain && markedUp(text) {
		text = unmarked(text)
		faults |= faultMarkup
	}
	if strings.ContainsFunc(text, hidden) {
		faults |= faultHidden
	}
	if !strings.ContainsAny(text, "\n\r") {
		return clean(text), faults
	}
	var b strings.Builder
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = clean(line); line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(joint(b.String(), between))
		}
		b.WriteString(line)
	}
	return b.String(), faults
}

// joint is what joins a line to those before it: no second mark where they end
// with one.
func joint(before, between string) string {
	if strings.ContainsRune(";,.:", rune(before[len(before)-1])) {
		return " "
	}
	return between
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

// hidden says whether a character is not seen, or changes the direction of what
// stands around it: a name must not be able to turn a phone number round. White
// space is not hidden.
func hidden(r rune) bool {
	switch {
	case unicode.IsControl(r):
		return !unicode.IsSpace(r)
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return true
	case r == '\u200e' || r == '\u200f' || r == '\u061c' || r == '\u200b' || r == '\ufeff':
		return true
	}
	return false
}

// undecoded finds the traces of a file read in the wrong encoding: a lost
// character, and UTF-8 that was taken for Windows-1252 ("Ã" before a character
// of U+0080 to U+00BF, which begins with the byte C2; "São" has none).
func undecoded(text string) bool {
	return !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) ||
		strings.Contains(text, "ï¿½") || strings.Contains(text, "â€") || strings.Contains(text, "Ã\xc2")
}

// repaired undoes UTF-8 that was read as Windows-1252 and written again, where
// nothing was lost by it.
var repaired = strings.NewReplacer(
	"â€”", "—", "â€“", "–", "â€™", "’", "â€˜", "‘", "â€œ", "“", "â€\u009d", "”", "â€¢", "•", "â€¦", "…",
	"ï¿½", "\ufffd", // what was lost already, lost once more
	"Ã©", "é", "Ã¨", "è", "Ã±", "ñ", "Ã¡", "á", "Ã³", "ó", "Ã¼", "ü", "Ã§", "ç",
)

// markedUp says whether a text holds HTML: a tag, or an entity.
func markedUp(text string) bool {
	if at := strings.IndexByte(text, '<'); at >= 0 {
		for ; at >= 0 && at+1 < len(text); at = nextByte(text, '<', at+1) {
			if c := text[at+1] | 0x20; c >= 'a' && c <= 'z' || text[at+1] == '/' || text[at+1] == '!' {
				if strings.IndexByte(text[at:], '>') > 0 {
					return true
				}
			}
		}
	}
	at := strings.IndexByte(text, '&')
	return at >= 0 && strings.IndexByte(text[at:], ';') > 1 && html.UnescapeString(text) != text
}

func nextByte(text string, c byte, from int) int {
	at := strings.IndexByte(text[from:], c)
	if at < 0 {
		return -1
	}
	return from + at
}

// lineTags end a line; every other tag goes without a trace.
var lineTags = map[string]bool{"br": true, "p": true, "li": true, "tr": true, "div": true, "h1": true, "h2": true, "h3": true, "ul": true, "ol": true, "table": true, "hr": true}

// unmarked is the text of a piece of HTML. It is not a browser: what comes out
// is escaped again wherever it is shown.
func unmarked(text string) string {
	var b strings.Builder
	for text != "" {
		open := strings.IndexByte(text, '<')
		if open < 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:open])
		text = text[open:]
		end := strings.IndexByte(text, '>')
		if end < 0 || !markedUp(text[:end+1]) {
			b.WriteByte('<')
			text = text[1:]
			continue
		}
		name := tagName(text[1:end])
		text = text[end+1:]
		switch {
		case lineTags[name]:
			b.WriteByte('\n')
		case name == "td" || name == "th":
			b.WriteByte(' ')
		case name == "script" || name == "style":
			text = afterTag(text, "</"+name)
		}
	}
	return html.UnescapeString(b.String())
}

func tagName(inside string) string {
	inside = strings.ToLower(strings.TrimPrefix(inside, "/"))
	end := strings.IndexFunc(inside, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end >= 0 {
		inside = inside[:end]
	}
	return inside
}

// afterTag skips to what follows a closing tag; to the end where there is none.
func afterTag(text, closing string) string {
	at := strings.Index(strings.ToLower(text), closing)
	if at < 0 {
		return ""
	}
	_, after, _ := strings.Cut(text[at:], ">")
	return after
}
