package words

import "strings"

// wideMarks hold the space after them within themselves, as Chinese has them.
const wideMarks = "。，、：；！？"

// wideSize is how many bytes each of them has in UTF-8.
const wideSize = 3

// Closed takes the spaces out of the text of a page, in HTML, that stand behind
// wide marks: pages put one between any two sentences, and Chinese has none there.
// Tags may stand between the mark and the space, and are left alone. It writes
// over page; another language's page comes back as it is.
func (l *Language) Closed(page []byte) []byte {
	if base, _ := l.tag.Base(); base.String() != "zh" {
		return page
	}
	closed, wide, inTag := page[:0], false, false
	for _, b := range page {
		if b == ' ' && wide && !inTag {
			continue
		}
		closed = append(closed, b)
		switch {
		case b == '<':
			inTag = true
		case inTag:
			inTag = b != '>'
		default:
			wide = endsWide(closed)
		}
	}
	return closed
}

func endsWide(text []byte) bool {
	return len(text) >= wideSize && strings.Contains(wideMarks, string(text[len(text)-wideSize:]))
}
