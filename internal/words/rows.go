package words

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
)

// Columns are the names of the columns in which a language is handed to somebody
// who checks it. The third is followed by the language's tag: "Translation (ar)".
const (
	ColumnKey         = "Key"
	ColumnEnglish     = "English"
	ColumnTranslation = "Translation"
	ColumnNote        = "Note"
)

// A Row is one text of a language, beside the English that it translates. A text
// with plural forms has a row for each: its key is "areas.places [few]".
type Row struct{ Key, English, Translation, Note string }

// Rows gives the texts of a language, in the order of the master.
func (c *Catalog) Rows(l *Language) []Row {
	var rows []Row
	master := c.Language(Master)
	for _, key := range master.order {
		if settings[key] {
			continue
		}
		for _, form := range l.formsOf(master.messages[key]) {
			rows = append(rows, Row{
				Key: rowKey(key, form), English: master.english(key, l, form),
				Translation: l.messages[key].forms[categories[form]].String(), Note: l.note(master.messages[key], form),
			})
		}
	}
	return rows
}

// formsOf are the forms that a language has of a message of the master: those of
// its numbers, or the one of a text without number, which has no name.
func (l *Language) formsOf(master message) []string {
	if !master.many {
		return []string{""}
	}
	if all := l.Forms(); slices.Contains(all, "other") {
		return all
	}
	return append(l.Forms(), "other") // for fractions, where no whole number has it
}

func rowKey(key, form string) string {
	if form == "" {
		return key
	}
	return key + " [" + form + "]"
}

// english is the master's text for a form of another language: the form that the
// same numbers have in English.
func (l *Language) english(key string, of *Language, form string) string {
	m := l.messages[key]
	if form == "" {
		return m.forms[plural.Other].String()
	}
	if numbers := of.example(form); len(numbers) > 0 {
		if t := m.forms[plural.Cardinal.MatchPlural(l.tag, numbers[0], 0, 0, 0, 0)]; t != nil {
			return t.String()
		}
	}
	return m.forms[plural.Other].String()
}

// note tells a person who is no programmer what to leave as it is.
func (l *Language) note(master message, form string) string {
	var notes []string
	if form != "" {
		if numbers := l.example(form); len(numbers) > 0 {
			notes = append(notes, "for numbers such as "+joined(numbers))
		} else {
			notes = append(notes, "for numbers with a fraction")
		}
	}
	if gaps := master.gaps(); len(gaps) > 0 {
		notes = append(notes, "keep {"+strings.Join(gaps, "} {")+"} as they are")
	}
	return strings.Join(notes, "; ")
}

func joined(numbers []int) string {
	var all []string
	for _, n := range numbers {
		all = append(all, strconv.Itoa(n))
	}
	return strings.Join(all, ", ")
}

// A Numbered is a row as it came back, with its number in the spreadsheet.
type Numbered struct {
	Number int
	Row
}

// Import makes the file of a language of the rows that came back, or says what is
// wrong with each. Texts that have no row stay as they are, unless every text is
// asked for: a review of a part is none of the whole.
func (c *Catalog) Import(l *Language, rows []Numbered, whole bool) (file []byte, faults []string) {
	back := returned{catalog: c, language: l, messages: map[string]message{}, seen: map[string]int{}}
	for key, m := range l.messages {
		back.messages[key] = m
	}
	for _, row := range rows {
		if fault := back.take(row); fault != "" {
			faults = append(faults, fmt.Sprintf("row %d: %s", row.Number, fault))
		}
	}
	if whole {
		faults = append(faults, back.left()...)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	file = writeFile(c.Language(Master).order, back.messages)
	made := &Language{Tag: l.Tag, tag: l.tag, messages: back.messages}
	return file, c.Problems(made)
}

// A returned is a language while its rows come back.
type returned struct {
	catalog  *Catalog
	language *Language
	messages map[string]message
	seen     map[string]int // keys of rows, and their numbers
}

// take puts one row in its place, or says why it can't.
func (b *returned) take(row Numbered) (fault string) {
	master := b.catalog.Language(Master)
	key, form := splitKey(row.Key)
	want, known := master.messages[key]
	first, twice := b.seen[row.Key]
	b.seen[row.Key] = row.Number
	switch {
	case !known || settings[key]:
		return fmt.Sprintf("there is no text with the key %q; leave the first column as it is", row.Key)
	case !slices.Contains(b.language.formsOf(want), form):
		return fmt.Sprintf("%s has no form %q in this language; leave the first column as it is", key, form)
	case twice:
		return fmt.Sprintf("%s stands in row %d too; keep one of them", row.Key, first)
	case strings.TrimSpace(row.English) != strings.TrimSpace(master.english(key, b.language, form)):
		return fmt.Sprintf("the English of %s is another now; export the language again", row.Key)
	case strings.TrimSpace(row.Translation) == "":
		return fmt.Sprintf("%s has no translation", row.Key)
	}
	t, err := parseText(strings.TrimSpace(row.Translation))
	if err != nil {
		return fmt.Sprintf("%s: %v", row.Key, err)
	}
	if fault := wrongGaps(t, want, form); fault != "" {
		return row.Key + " " + fault
	}
	b.put(key, form, t, want.many)
	return ""
}

func splitKey(text string) (key, form string) {
	key, form, _ = strings.Cut(strings.TrimSuffix(text, "]"), " [")
	return key, form
}

// wrongGaps compares the gaps of one form with the master's. A form may leave the
// number out: "one place".
func wrongGaps(t text, master message, form string) string {
	got, want := t.gaps(), master.gaps()
	slices.Sort(got)
	got = slices.Compact(got)
	if form != "" && !slices.Contains(got, "n") {
		want = slices.DeleteFunc(want, func(gap string) bool { return gap == "n" })
	}
	if slices.Equal(got, want) {
		return ""
	}
	return fmt.Sprintf("has the gaps %v, and must have %v, each in braces", got, want)
}

func (b *returned) put(key, form string, t text, many bool) {
	m := b.messages[key]
	m.many = many
	if form == "" {
		form = "other"
	}
	m.forms[categories[form]] = t
	b.messages[key] = m
}

// left lists the texts that no row was for.
func (b *returned) left() []string {
	var all []string
	for _, row := range b.catalog.Rows(b.language) {
		if _, seen := b.seen[row.Key]; !seen {
			all = append(all, row.Key+" has no row; a review is of the whole language")
		}
	}
	return all
}
