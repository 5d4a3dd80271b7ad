package words

import (
	"os"
	"testing"
	"testing/fstest"
	"time"
)

func shipped(t *testing.T) *Catalog {
	t.Helper()
	c, err := Load(os.DirFS("../../data/words"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryLanguageSaysEverythingTheMasterSays(t *testing.T) {
	c := shipped(t)
	for _, l := range c.Languages() {
		for _, p := range c.Problems(l) {
			t.Errorf("%s: %s", l.Tag, p)
		}
	}
}

func TestMessages(t *testing.T) {
	c := shipped(t)
	en, es := c.Language("en"), c.Language("es")
	day := time.Date(2024, 3, 11, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct{ name, got, want string }{
		{"a plural form of one", en.N("areas.places", 1), "1 place"},
		{"a plural form of many", en.N("areas.places", 12345), "12,345 places"},
		{"Spanish plurals", es.N("areas.places", 1) + ", " + es.N("areas.places", 2), "1 lugar, 2 lugares"},
		{"a missing key is seen", en.T("no.such.key"), "[no.such.key]"},
		{"a distance of one mile", en.Distance(1500, Miles, 1), "about 1 mile"},
		{"a distance of many miles", en.Distance(37015, Miles, 1), "about 23 miles"},
		{"half a mile is plural in English", en.Distance(800, Miles, 0.5), "about 0.5 miles"},
		{"less than one step is not nought", en.Distance(100, Miles, 1), "less than 1 mile"},
		{"coarse steps", en.Distance(21000, Miles, 5), "about 15 miles"},
		{"kilometres", en.Distance(2900, Kilometres, 2), "about 2 km"},
		{"Spanish miles", es.Distance(3300, Miles, 1), "a cerca de 2 millas"},
		{"a day in English", en.Date(day), "March 11, 2024"},
		{"a day in Spanish", es.Date(day), "11 de marzo de 2024"},
		{"a month alone", en.PartialDate("2024-03"), "March 2024"},
		{"a year alone", en.PartialDate("2024"), "2024"},
		{"since a day", en.Since("2024-03-11") + ", " + es.Since("2024-03-11"), "since March 11, 2024, desde el 11 de marzo de 2024"},
		{"since a month", en.Since("2024-03") + ", " + es.Since("2024-03"), "since March 2024, desde marzo de 2024"},
		{"since a year", en.Since("2024") + ", " + es.Since("2024"), "since 2024, desde 2024"},
		{"morning", en.Clock(9 * 60), "9am"},
		{"half past five", en.Clock(17*60 + 30), "5:30pm"},
		{"five past noon", en.Clock(12*60 + 5), "12:05pm"},
		{"noon", en.Clock(12 * 60), "noon"},
		{"the end of the day is midnight", en.Clock(24 * 60), "midnight"},
		{"Spanish evening", es.Clock(18 * 60), "6\u00a0p.\u00a0m."},
		{"a list of three", en.List([]string{"a", "b", "c"}), "a, b and c"},
		{"parts with commas in them", en.Parts([]string{"a, b", "c"}), "a, b; c"},
		{"the same in Arabic", c.Language("ar").Parts([]string{"أ", "ب"}), "أ؛ ب"},
		{"a list of one", en.List([]string{"a"}), "a"},
		{"a sentence begins large", Capital("está"), "Está"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("got %q, want %q", test.got, test.want)
			}
		})
	}
}

func TestLoadRefusesWhatItCannotSay(t *testing.T) {
	for name, file := range map[string]string{
		"an open gap":                `{"language.name":"x","a":"hello {name"}`,
		"an unknown plural form":     `{"a":{"several":"x","other":"y"}}`,
		"plural forms without other": `{"a":{"one":"x"}}`,
		"not JSON":                   `{`,
		"a number":                   `{"a":3}`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Load(fstest.MapFS{"en.json": {Data: []byte(file)}}); err == nil {
				t.Error("it was accepted")
			}
		})
	}
	if _, err := Load(fstest.MapFS{"es.json": {Data: []byte(`{}`)}}); err == nil {
		t.Error("words without the master were accepted")
	}
}
