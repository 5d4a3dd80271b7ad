package facts

import (
	"testing"

	"carrypoint/internal/site"
)

func TestLanguagesThatAreSpoken(t *testing.T) {
	for _, test := range []struct {
		name   string
		tags   []string
		en, es string
	}{
		{"nobody says", nil, "", ""},
		{"one", []string{"ase"}, "Languages spoken: American Sign Language.", "Idiomas que se hablan: lengua de señas americana."},
		{"how it is written says nothing of how it is spoken", []string{"en", "zh-Hans"}, "Languages spoken: English and Chinese.", "Idiomas que se hablan: inglés y chino."},
		{"one without a name here", []string{"yue"}, "Languages spoken: yue.", "Idiomas que se hablan: yue."},
	} {
		t.Run(test.name, func(t *testing.T) {
			for tag, want := range map[string]string{"en": test.en, "es": test.es} {
				if got := teller(tag).Languages(&site.Site{Languages: test.tags}); got != want {
					t.Errorf("%s: %q, want %q", tag, got, want)
				}
			}
		})
	}
}
