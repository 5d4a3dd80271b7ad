package ingest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"carrypoint/internal/record"
)

// A Rule says how one of carrypoint's columns is made from those of a source.
// The zero value makes nothing.
type Rule struct {
	From     string   // a column of the source, or "#3" for the third
	Join     []string // or several, with With between those that are not empty
	With     string
	First    []string // or the first of several that is not empty
	Const    string   // or the same text for every row
	Split    string   // cut the text at this,
	Part     int      // and take this part: 1 is the first, -1 the last
	Contains map[string]string
	Table    map[string]string
	// Otherwise is what a text gives that Table and Contains do not know. Without
	// it, Table passes such a text on, and Contains gives nothing.
	Otherwise    string
	hasOtherwise bool
}

// UnmarshalTOML reads a rule: the name of a column, or a table of its keys.
func (r *Rule) UnmarshalTOML(data any) error {
	switch value := data.(type) {
	case string:
		r.From = value
		return nil
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			if err := r.set(key, value[key]); err != nil {
				return err
			}
		}
		return r.check()
	}
	return errors.New(`a column is mapped to "a name" or to a table such as { const = "box" }`)
}

func (r *Rule) set(key string, value any) error {
	var ok bool
	switch key {
	case "from":
		r.From, ok = value.(string)
	case "with":
		r.With, ok = value.(string)
	case "const":
		r.Const, ok = value.(string)
	case "split":
		r.Split, ok = value.(string)
	case "otherwise":
		r.Otherwise, ok = value.(string)
		r.hasOtherwise = true
	case "join":
		r.Join, ok = textList(value)
	case "first":
		r.First, ok = textList(value)
	case "part":
		var part int64
		part, ok = value.(int64)
		ok = ok && part != 0 && part > -maxColumns && part < maxColumns
		r.Part = int(part)
	case "table":
		r.Table, ok = textTable(value)
	case "contains":
		if value == "supplies" {
			r.Contains, ok = supplyWords, true
		} else {
			r.Contains, ok = textTable(value)
		}
	default:
		return fmt.Errorf("%q is not a key of a rule: they are from, join, with, first, const, split, part, contains, table and otherwise", key)
	}
	if !ok {
		return fmt.Errorf("%s has a value of the wrong kind; docs/mapping.md shows how it is written", key)
	}
	return nil
}

// check refuses rules that can't mean what was meant.
func (r *Rule) check() error {
	sources := 0
	for _, given := range []bool{r.From != "", len(r.Join) > 0, len(r.First) > 0, r.Const != ""} {
		if given {
			sources++
		}
	}
	switch {
	case sources != 1:
		return errors.New("a rule needs exactly one of from, join, first and const")
	case (r.Split == "") != (r.Part == 0):
		return errors.New("split and part go together")
	case r.With != "" && len(r.Join) == 0:
		return errors.New("with goes with join")
	case r.hasOtherwise && r.Table == nil && r.Contains == nil:
		return errors.New("otherwise goes with table or contains")
	}
	return nil
}

func textList(value any) ([]string, bool) {
	items, ok := value.([]any)
	var texts []string
	for _, item := range items {
		text, isText := item.(string)
		ok = ok && isText
		texts = append(texts, text)
	}
	return texts, ok
}

func textTable(value any) (map[string]string, bool) {
	items, ok := value.(map[string]any)
	texts := map[string]string{}
	for key, item := range items {
		text, isText := item.(string)
		ok = ok && isText
		texts[key] = text
	}
	return texts, ok
}

// columns are the source's columns that the rule reads.
func (r *Rule) columns() []string {
	if r.From != "" {
		return []string{r.From}
	}
	return append(slices.Clone(r.Join), r.First...)
}

// A maker is a rule made ready for the header of one table.
type maker struct {
	rule  *Rule
	from  []int // places of the columns it reads; -1 where the table has none
	table map[string]string
	words []phrase
	list  bool
}

func newMaker(r *Rule, to column, t *record.Table) maker {
	m := maker{rule: r, list: slices.Contains(lists, to)}
	for _, name := range r.columns() {
		m.from = append(m.from, place(t, name))
	}
	if r.Table != nil {
		m.table = map[string]string{}
		for key, value := range r.Table {
			m.table[tableKey(key)] = value
		}
	}
	m.words = phrases(r.Contains)
	return m
}

func tableKey(text string) string { return strings.ToLower(clean(text)) }

// make gives the text of the column for one record.
func (m *maker) make(values []string) string {
	text := m.source(values)
	if m.rule.Split != "" {
		text = part(text, m.rule.Split, m.rule.Part)
	}
	if text == "" && !m.rule.hasOtherwise {
		return ""
	}
	if m.table != nil {
		if value, ok := m.table[tableKey(text)]; ok {
			return value
		}
		if !m.rule.hasOtherwise && m.words == nil {
			return text
		}
	}
	if m.words != nil {
		text = find(text, m.words, m.list)
	} else if m.table == nil {
		return text
	} else {
		text = ""
	}
	if text == "" {
		return m.rule.Otherwise
	}
	return text
}

func (m *maker) source(values []string) string {
	switch {
	case m.rule.Const != "":
		return m.rule.Const
	case m.rule.From != "":
		return value(values, m.from[0])
	case len(m.rule.First) > 0:
		for _, at := range m.from {
			if text := value(values, at); strings.TrimSpace(text) != "" {
				return text
			}
		}
		return ""
	}
	var given []string
	for _, at := range m.from {
		if text := strings.TrimSpace(value(values, at)); text != "" {
			given = append(given, text)
		}
	}
	return strings.Join(given, m.rule.With)
}

func value(values []string, at int) string {
	if at < 0 || at >= len(values) {
		return ""
	}
	return values[at]
}

// part is one of the parts of a text: 1 is the first, -1 the last.
func part(text, at string, n int) string {
	parts := strings.Split(text, at)
	if n > 0 {
		n--
	} else {
		n += len(parts)
	}
	return strings.TrimSpace(value(parts, n))
}
