package words

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
)

// A message is one text, or its plural forms: by CLDR category.
type message struct {
	forms [plural.Many + 1]text // Other is 0; a message without plurals has only that
	many  bool
}

// A text is a run of pieces: literals and gaps in turn, a literal first.
type text []string

var categories = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

func parseMessage(entry json.RawMessage) (message, error) {
	var single string
	if json.Unmarshal(entry, &single) == nil {
		t, err := parseText(single)
		return message{forms: [plural.Many + 1]text{plural.Other: t}}, err
	}
	var forms map[string]string
	if err := json.Unmarshal(entry, &forms); err != nil {
		return message{}, fmt.Errorf("neither a text nor plural forms: %w", err)
	}
	m := message{many: true}
	for category, form := range forms {
		i, known := categories[category]
		if !known {
			return message{}, fmt.Errorf("%q is no plural category", category)
		}
		t, err := parseText(form)
		if err != nil {
			return message{}, err
		}
		m.forms[i] = t
	}
	if m.forms[plural.Other] == nil {
		return message{}, fmt.Errorf(`the form "other" is missing`)
	}
	return m, nil
}

func parseText(s string) (text, error) {
	var t text
	for {
		literal, rest, gap := strings.Cut(s, "{")
		t = append(t, literal)
		if !gap {
			return t, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" {
			return nil, fmt.Errorf("a { without its } in %q", s)
		}
		t = append(t, name)
		s = after
	}
}

// gaps lists the names of a text's gaps.
func (t text) gaps() []string {
	var names []string
	for i := 1; i < len(t); i += 2 {
		names = append(names, t[i])
	}
	return names
}

// String is the text as it stands in a file, its gaps in braces.
func (t text) String() string {
	var b strings.Builder
	for i, piece := range t {
		if i%2 == 1 {
			piece = "{" + piece + "}"
		}
		b.WriteString(piece)
	}
	return b.String()
}

// gaps lists the gaps of all forms, each once: a form may leave {n} out.
func (m message) gaps() []string {
	var all []string
	for _, f := range m.forms {
		all = append(all, f.gaps()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// fill puts values into the gaps; pairs are name, value, name, value. A value
// that ends with a point takes the full stop after it: "a las 5 p. m.".
func (t text) fill(pairs []string) string {
	if len(t) == 1 {
		return t[0]
	}
	var b strings.Builder
	for i, piece := range t {
		switch {
		case i%2 == 1:
			piece = value(pairs, piece)
		case endsWithPoint(b.String()):
			piece = strings.TrimPrefix(piece, ".")
		}
		b.WriteString(piece)
	}
	return b.String()
}

func value(pairs []string, name string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1]
		}
	}
	return "{" + name + "}"
}
