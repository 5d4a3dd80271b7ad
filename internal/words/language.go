package words

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// A Language says things in one language. It is immutable and safe for
// concurrent use.
type Language struct {
	Tag  string // BCP 47, as in the path: "es"
	Name string // in itself: "Español"
	Dir  string // "ltr" or "rtl"

	Review Review // zero where nobody has checked it as it is

	tag      language.Tag
	order    []string // of the keys, as in the file
	messages map[string]message
}

// T says the message of a key, its gaps filled from pairs (name, value, …). A
// key that is not there comes back in brackets, which a test looks for.
func (l *Language) T(key string, pairs ...string) string {
	m, ok := l.messages[key]
	if !ok {
		return "[" + key + "]"
	}
	return m.forms[plural.Other].fill(l.isolated(pairs))
}

// Has says whether there is a message of that key.
func (l *Language) Has(key string) bool {
	_, ok := l.messages[key]
	return ok
}

// N says the message of a key in the plural form of n, with {n} as a number.
func (l *Language) N(key string, n int, pairs ...string) string {
	return l.plural(key, l.Number(n), plural.Cardinal.MatchPlural(l.tag, n%1_000_000, 0, 0, 0, 0), pairs)
}

func (l *Language) plural(key, number string, form plural.Form, pairs []string) string {
	m, ok := l.messages[key]
	if !ok {
		return "[" + key + "]"
	}
	t := m.forms[form]
	if t == nil {
		t = m.forms[plural.Other]
	}
	return t.fill(append([]string{"n", number}, l.isolated(pairs)...))
}

// Number writes a whole number with the language's own grouping: "12,345".
func (l *Language) Number(n int) string {
	digits := strconv.Itoa(n)
	if n < 0 {
		return "-" + l.Number(-n)
	}
	if n < 10_000 {
		return digits // four digits read better whole, and years are such
	}
	mark := l.T("number.group")
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// List joins items the way people do: "a", "a and b", "a, b and c".
func (l *Language) List(items []string) string {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	default:
		items = l.apart(items)
		return l.T(and(items[n-1]), "first", strings.Join(items[:n-1], l.T("list.comma")), "last", items[n-1])
	}
}

// Parts writes texts one after the other that have commas in them: "Monday 9am to
// noon, 1pm to 5pm; Friday 9am to noon".
func (l *Language) Parts(items []string) string { return strings.Join(items, l.T("list.parts")) }

// apart keeps the items of a list from running together with what is beside them.
func (l *Language) apart(items []string) []string {
	if l.Dir != "rtl" {
		return items
	}
	all := make([]string, len(items))
	for i, item := range items {
		all[i] = isolatedText(item)
	}
	return all
}

// and is the key of the last joint of a list. Before the sound of an i it is
// another word in Spanish.
func and(next string) string {
	for _, sound := range []string{"i", "í", "hi"} {
		if strings.HasPrefix(strings.ToLower(next), sound) {
			return "list.and_i"
		}
	}
	return "list.and"
}

// ends are the marks that end a sentence in one of the languages.
const ends = ".!?。！？।؟…"

// Sentence ends a text as this language ends one, if nothing ends it yet.
func (l *Language) Sentence(text string) string {
	if last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, endIsolate)); strings.ContainsRune(ends, last) {
		return text
	}
	return l.T("sentence", "text", text)
}

// Quote puts a text between the quotation marks of this language.
func (l *Language) Quote(text string) string { return l.T("quote", "text", text) }

// MidSentence writes the first letter small, but for an abbreviation.
func MidSentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if next, _ := utf8.DecodeRuneInString(text[size:]); unicode.IsUpper(next) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}

// Capital writes the first letter large, for a text that begins a sentence.
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
