package words

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/width"
)

// TestEveryFaultOfATranslationIsFound breaks a translation in each way that the
// test of the shipped ones must notice.
func TestEveryFaultOfATranslationIsFound(t *testing.T) {
	const master = `{"a": "Near {place}", "b": {"one": "{n} place", "other": "{n} places"}}`
	for _, test := range []struct{ name, ru, want string }{
		{"a key is missing", `{"a": "Рядом {place}"}`, "b is missing"},
		{"a gap is missing", `{"a": "Рядом", "b": {"one": "{n}", "few": "{n}", "many": "{n}", "other": "{n}"}}`, "a has the gaps [], the master has [place]"},
		{"a gap is another", `{"a": "Рядом {town}", "b": {"one": "{n}", "few": "{n}", "many": "{n}", "other": "{n}"}}`, "a has the gaps [town], the master has [place]"},
		{"a plural form is missing", `{"a": "{place}", "b": {"one": "{n}", "other": "{n}"}}`, `b has no plural form "few"`},
		{"a text instead of plural forms", `{"a": "{place}", "b": "{n}"}`, "b has plural forms in one language only"},
		{"a key too many", `{"a": "{place}", "b": {"one": "{n}", "few": "{n}", "many": "{n}", "other": "{n}"}, "c": "x"}`, "c is not in the master"},
		{"an empty text", `{"a": " ", "b": {"one": "{n}", "few": "{n}", "many": "{n}", "other": "{n}"}}`, "a says nothing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := Load(fstest.MapFS{"en.json": {Data: []byte(master)}, "ru.json": {Data: []byte(test.ru)}})
			if err != nil {
				t.Fatal(err)
			}
			if problems := c.Problems(c.Language("ru")); !slices.Contains(problems, test.want) {
				t.Errorf("it finds %q, and not %q", problems, test.want)
			}
		})
	}
}

// Labels stand in one line or two on a narrow phone: buttons, links, boxes to tick.
var labels = []string{
	"nav.", "form.submit", "form.change", "form.open", "form.any", "filter.", "here.button", "home.browse", "results.previous",
	"results.next", "card.map", "left_out.show", "type.", "spoken.", "supply.naloxone", "supply.syringes", "print.submit", "print.open",
	"print.pick", "print.this", "overdose.call",
}

// Two lines of a phone of 320 CSS pixels have room for about sixty letters of a
// translation, and no label needs more than three times the width of the English.
const (
	widestLabel  = 60
	labelFactor  = 3
	shortestWide = 12 // below this, three times is nothing
)

// A sentence of a translation is rarely more than this much longer; more is the
// text of another key, or two translations in one cell.
const (
	sentenceFactor = 2.2
	sentenceMore   = 25
)

func TestNoTranslationIsMuchLongerThanTheMaster(t *testing.T) {
	c := shipped(t)
	master := c.Language(Master)
	for _, l := range c.Languages() {
		for key, m := range l.messages {
			for i, form := range m.forms {
				english := columns(master.messages[key].forms[i])
				if english == 0 {
					english = columns(master.messages[key].forms[plural.Other])
				}
				got := columns(form)
				if isLabel(key) && (got > widestLabel || got > max(english, shortestWide)*labelFactor) {
					t.Errorf("%s: the label %s has %d columns, the English %d: %s", l.Tag, key, got, english, form)
				}
				if float64(got) > float64(english)*sentenceFactor+sentenceMore {
					t.Errorf("%s: %s has %d columns, the English %d: %s", l.Tag, key, got, english, form)
				}
			}
		}
	}
}

func isLabel(key string) bool {
	return slices.ContainsFunc(labels, func(prefix string) bool { return strings.HasPrefix(key, prefix) })
}

// columns is the width of a text: letters of East Asia are twice as wide, and
// signs above a letter have no width.
func columns(t text) int {
	n := 0
	for i := 0; i < len(t); i += 2 {
		for _, r := range t[i] {
			switch kind := width.LookupRune(r).Kind(); {
			case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
			case kind == width.EastAsianWide, kind == width.EastAsianFullwidth:
				n += 2
			default:
				n++
			}
		}
	}
	return n
}

// names are said in many languages as in English: a medicine, a holiday, a country,
// a size of paper.
var names = []string{"supply.naloxone", "supply.nalmefene", "sheet.short.naloxone", "holiday.", "areas.ca", "print.paper."}

// same are texts that are the same in a language as in English, by the beginning
// of their keys.
var same = map[string][]string{
	"es":    append([]string{"type.hospital", "law.status.legal"}, names...),
	"fr":    append([]string{"results.page", "print.pages", "source.link", "sheet.sources", "help.sources_heading", "areas.states_ca"}, names...),
	"ht":    append([]string{"law.status.legal"}, names...),
	"pa":    {"print.paper.a4"},
	"pt-BR": append([]string{"type.hospital"}, names...),
	"tl":    append([]string{"nav.privacy", "privacy.title", "site.website", "type.vending_machine", "spoken.", "line.poison", "law.status.legal"}, names...),
	"vi":    names,
}

// callNames are what services call themselves, in every language.
var callNames = map[string]bool{"line.safespot": true, "line.never_use_alone": true, "line.811": true}

// TestNoTextIsLeftInEnglish looks for texts that nobody has translated.
func TestNoTextIsLeftInEnglish(t *testing.T) {
	c := shipped(t)
	master := c.Language(Master)
	for _, l := range c.Languages() {
		for key, m := range l.messages {
			english := master.messages[key].forms[plural.Other]
			if l.Tag == Master || settings[key] || callNames[key] || !english.hasWords() || m.forms[plural.Other].String() != english.String() {
				continue
			}
			if !slices.ContainsFunc(same[l.Tag], func(prefix string) bool { return strings.HasPrefix(key, prefix) }) {
				t.Errorf("%s: %s is the English: %s", l.Tag, key, english)
			}
		}
	}
}
