package reader

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxLabel is longer than any label; what is longer is a sentence in bold.
const maxLabel = 60

// labelled finds the values that stand in the HTML of a description: in a table
// of two columns, or after a label in bold that ends with a colon.
func labelled(description string) []field {
	if !strings.Contains(description, "<") || len(description) > maxFieldBytes {
		return nil
	}
	root, err := html.Parse(strings.NewReader(description))
	if err != nil {
		return nil // nested too deep for anything that a person wrote
	}
	var l labels
	l.walk(root)
	l.end()
	return joined(l.found)
}

// joined puts the values of one label together.
func joined(found []field) []field {
	var fields []field
	for _, f := range found {
		i := slices.IndexFunc(fields, func(known field) bool { return known.name == f.name })
		switch {
		case i < 0:
			fields = append(fields, f)
		case f.value != "" && f.value != fields[i].value:
			fields[i].value = strings.TrimPrefix(fields[i].value+"; "+f.value, "; ")
		}
	}
	return fields
}

// labels is a walk through HTML in the order of its text.
type labels struct {
	found []field
	open  bool // the last field still takes text
	text  strings.Builder
}

func (l *labels) walk(n *html.Node) {
	if n.Type == html.TextNode {
		l.text.WriteString(n.Data)
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style:
		return
	case atom.Br:
		l.text.WriteString("\n")
		return
	case atom.Tr:
		l.end()
		if label, value, ok := twoCells(n); ok {
			l.found = append(l.found, field{label, value})
			return
		}
	case atom.B, atom.Strong, atom.Th:
		if label, ok := labelOf(n); ok {
			l.end()
			l.found, l.open = append(l.found, field{name: label}), true
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		l.walk(c)
	}
	if isBlock(n.DataAtom) {
		l.end()
	}
}

// end gives the text that was read to the last label.
func (l *labels) end() {
	if l.open {
		l.found[len(l.found)-1].value = tidy(strings.TrimPrefix(strings.TrimSpace(l.text.String()), ":"))
	}
	l.open = false
	l.text.Reset()
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Tr, atom.Table, atom.P, atom.Div, atom.Li, atom.Ul:
		return true
	}
	return false
}

// labelOf is the label of an element in bold: the colon is in it or follows it.
func labelOf(n *html.Node) (string, bool) {
	label := tidy(textOfNode(n))
	name, within := strings.CutSuffix(label, ":")
	if !within {
		next := n.NextSibling
		if next == nil || next.Type != html.TextNode || !strings.HasPrefix(strings.TrimSpace(next.Data), ":") {
			return "", false
		}
	}
	name = strings.TrimSpace(name)
	return name, name != "" && len(name) <= maxLabel
}

// twoCells is a row of a label and a value. A label that holds a label of its
// own in bold, and a row of links and pictures, are none.
func twoCells(row *html.Node) (label, value string, ok bool) {
	var cells []string
	for c := row.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			if hasTable(c) {
				return "", "", false
			}
			cells = append(cells, tidy(textOfNode(c)))
		}
	}
	if len(cells) != 2 {
		return "", "", false
	}
	label = strings.TrimSpace(strings.TrimSuffix(cells[0], ":"))
	return label, cells[1], label != "" && len(label) <= maxLabel
}

func hasTable(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Table {
			return true
		}
	}
	return false
}

func textOfNode(n *html.Node) string {
	var text strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			text.WriteString(d.Data)
		case d.DataAtom == atom.Br:
			text.WriteString("\n")
		}
	}
	return text.String()
}

// tidy keeps the lines of a text and drops the blanks that HTML does not show.
func tidy(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
