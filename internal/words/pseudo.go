package words

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Pseudo is the tag of a language for development: English with accents,
// 40 % longer and between brackets. Where a page shows it without brackets a
// sentence is put together of parts; where it shows plain English, a text is in
// the code; where it does not fit, another language will not either.
const Pseudo = "en-XA"

// WithPseudo is the catalog and the pseudo-language, made of the master.
func (c *Catalog) WithPseudo() *Catalog {
	master := c.Language(Master)
	p := &Language{
		Tag: Pseudo, Name: openPseudo + accented("Pseudo") + closePseudo, Dir: master.Dir, tag: language.MustParse(Pseudo),
		order: master.order, messages: make(map[string]message, len(master.messages)),
	}
	for key, m := range master.messages {
		p.messages[key] = m.stretched(key)
	}
	return &Catalog{languages: append(append([]*Language{}, c.languages...), p)}
}

// stretched leaves alone what is no words: settings, and texts of gaps and signs.
func (m message) stretched(key string) message {
	if settings[key] {
		return m
	}
	for i, t := range m.forms {
		if t == nil || !t.hasWords() {
			continue
		}
		longer, letters := make(text, len(t)), 0
		copy(longer, t)
		for j := 0; j < len(longer); j += 2 {
			letters += utf8.RuneCountInString(longer[j])
			longer[j] = accented(longer[j])
		}
		longer[0] = openPseudo + longer[0]
		longer[len(longer)-1] += more(letters) + closePseudo
		m.forms[i] = longer
	}
	return m
}

// What stands around a text of the pseudo-language, and makes it longer.
const (
	openPseudo  = "⟦"
	closePseudo = "⟧"
	padding     = "~"
)

// more makes a text of so many letters 40 % longer.
func more(letters int) string { return strings.Repeat(padding, letters*2/5) }

func (t text) hasWords() bool {
	for i := 0; i < len(t); i += 2 {
		if accented(t[i]) != t[i] {
			return true
		}
	}
	return false
}

var accents = strings.NewReplacer(
	"a", "á", "c", "ç", "e", "é", "i", "í", "n", "ñ", "o", "ö", "s", "š", "u", "ü", "y", "ý", "z", "ž",
	"A", "Å", "C", "Č", "E", "É", "I", "Î", "N", "Ñ", "O", "Ø", "S", "Š", "U", "Û", "Y", "Ÿ", "Z", "Ž",
)

func accented(text string) string { return accents.Replace(text) }
