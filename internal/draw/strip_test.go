package draw

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestAStripShowsTheLinesThatItHasByTheirNames(t *testing.T) {
	for _, test := range []struct {
		name  string
		strip Strip
		lines int
		names []string
	}{
		{"one line", Strip{Label: "a strip", Control: "control line"}, 1, []string{"control line"}},
		{"two lines", Strip{Label: "a strip", Control: "control line", Test: "test line"}, 2, []string{"control line", "test line"}},
		{"no line", Strip{Label: "a strip"}, 0, nil},
		{"names are text", Strip{Label: `a "<strip>"`, Control: "<b>&"}, 1, []string{"<b>&"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			svg := test.strip.SVG()
			label, texts := readStrip(t, svg)
			if label != test.strip.Label || strings.Join(texts, "|") != strings.Join(test.names, "|") {
				t.Errorf("it is called %q and names %q", label, texts)
			}
			if got := strings.Count(svg, `stroke-width="8"`); got != test.lines {
				t.Errorf("it has %d lines, want %d", got, test.lines)
			}
		})
	}
}

// readStrip parses a picture and gives its name and its texts.
func readStrip(t *testing.T, svg string) (label string, texts []string) {
	t.Helper()
	inText := false
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return label, texts
		} else if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inText = token.Name.Local == "text"
			for _, a := range token.Attr {
				if a.Name.Local == "aria-label" {
					label = a.Value
				}
			}
		case xml.CharData:
			if inText {
				texts = append(texts, string(token))
			}
		case xml.EndElement:
			inText = false
		}
	}
}
