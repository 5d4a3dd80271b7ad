package words

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
)

// settings are keys that hold no words: how numbers and clocks are written, and
// which way the language runs. Whoever checks a translation has no need of them.
var settings = map[string]bool{
	"language.dir": true, "number.group": true, "number.decimal": true, "list.comma": true, "list.parts": true, "clock.cycle": true,
}

// Problems lists what is wrong with a language beside the master, in the order of
// the master: what is missing, what has other gaps or too few plural forms.
func (c *Catalog) Problems(l *Language) []string {
	var all []string
	master := c.Language(Master)
	for _, key := range master.order {
		m, said := l.messages[key]
		if !said {
			all = append(all, key+" is missing")
			continue
		}
		for _, p := range l.problemsOf(m, master.messages[key], key) {
			all = append(all, key+" "+p)
		}
	}
	for _, key := range l.order {
		if _, wanted := master.messages[key]; !wanted {
			all = append(all, key+" is not in the master")
		}
	}
	return all
}

func (l *Language) problemsOf(m, master message, key string) []string {
	var all []string
	if m.many != master.many {
		return []string{"has plural forms in one language only"}
	}
	if got, want := m.gaps(), master.gaps(); !slices.Equal(got, want) {
		all = append(all, fmt.Sprintf("has the gaps %v, the master has %v", got, want))
	}
	if m.many {
		for _, form := range l.Forms() {
			if m.forms[categories[form]] == nil {
				all = append(all, fmt.Sprintf("has no plural form %q", form))
			}
		}
	}
	if strings.TrimSpace(m.forms[plural.Other].String()) == "" && !settings[key] {
		all = append(all, "says nothing")
	}
	return all
}

// Forms are the plural categories that whole numbers have in a language.
func (l *Language) Forms() []string {
	return slices.DeleteFunc(slices.Clone(forms), func(form string) bool { return l.example(form) == nil })
}

// examplesOf is how far to look for numbers of a plural form, and how many to name.
const (
	lastExample  = 200
	mostExamples = 3
)

// example names a few whole numbers of a plural form, from 0 on.
func (l *Language) example(form string) []int {
	var numbers []int
	for n := 0; n < lastExample && len(numbers) < mostExamples; n++ {
		if plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0) == categories[form] {
			numbers = append(numbers, n)
		}
	}
	return numbers
}
