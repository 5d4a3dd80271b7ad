package draw

import (
	"html"
	"strconv"
	"strings"
)

// A Strip is a test strip with the lines that it shows, each under its name.
// Brands differ in the order of the lines, so that no name may say a side.
type Strip struct {
	Label   string // what the picture shows, for who does not see it
	Control string // the name of the control line; empty where it is not there
	Test    string // the name of the test line; empty where it is not there
}

// The places of the two lines, in the picture's own units: far enough from each
// other for a long name under each.
const (
	stripControlAt = 228
	stripTestAt    = 92
)

// SVG draws the strip, in the colour of the text around it.
func (s Strip) SVG() string {
	var b strings.Builder
	b.WriteString(`<svg viewBox="0 0 320 84" role="img" aria-label="` + html.EscapeString(s.Label) + `" fill="none" stroke="currentColor" stroke-width="2">` +
		`<path d="M8 9H312V45H8ZM284 9V45M14 15q4 4 0 8t0 8t0 8M20 15q4 4 0 8t0 8t0 8M48 9V45"/>`)
	for _, line := range []struct {
		name string
		at   int
	}{{s.Control, stripControlAt}, {s.Test, stripTestAt}} {
		if line.name != "" {
			x := strconv.Itoa(line.at)
			b.WriteString(`<path stroke-width="8" d="M` + x + ` 11V43"/><path d="M` + x + ` 47V58"/>` +
				`<text x="` + x + `" y="76" text-anchor="middle" font-size="16" fill="currentColor" stroke="none">` + html.EscapeString(line.name) + `</text>`)
		}
	}
	b.WriteString(`</svg>`)
	return b.String()
}
