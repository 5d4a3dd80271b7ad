package words

import "strings"

// wideMarks hold the space after them within themselves, as Chinese has them.
const wideMarks = "。，、：；！？"

// wideSize is how many bytes each of them has in UTF-8.
const wideSize = 3

// Closed takes the spaces out of a page that stand behind wide marks: pages put
// one between any two sentences, and Chinese has none there. It writes over page;
// another language's page comes back as it is.
func (l *Language) Closed(page []byte) []byte {
	if base, _ := l.tag.Base(); base.String() != "zh" {
		return page
	}
	closed := page[:0]
	for _, b := range page {
		if b != ' ' || !endsWide(closed) {
			closed = append(closed, b)
		}
	}
	return closed
}

func endsWide(text []byte) bool {
	return len(text) >= wideSize && strings.Contains(wideMarks, string(text[len(text)-wideSize:]))
}
