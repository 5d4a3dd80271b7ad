package words

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestValuesOfAnotherDirectionStandApart(t *testing.T) {
	c := shipped(t)
	ar, en := c.Language("ar"), c.Language("en")
	for _, test := range []struct{ name, got, want string }{
		{"the name of a town", ar.T("results.heading", "place", "Dayton, OH"), "أماكن قرب \u2068Dayton, OH\u2069"},
		{"a phone number", ar.T("phone.text", "number", "555-0163"), "أرسل رسالة نصية إلى \u2068555-0163\u2069"},
		{"a ZIP needs nothing", ar.T("results.heading", "place", "45402"), "أماكن قرب 45402"},
		{"a value of its own direction needs nothing", ar.T("sentence", "text", "نحو ميلين"), "نحو ميلين."},
		{"what stands apart already is not put apart again", ar.T("sentence", "text", "في \u2068Dayton\u2069"), "في \u2068Dayton\u2069."},
		{"the full stop of a name is not doubled", ar.T("sentence", "text", "Alder Inc."), "\u2068Alder Inc.\u2069"},
		{"in a plural", ar.N("areas.count", 3, "place", "Ohio"), "\u2068Ohio\u2069: 3 أماكن في قائمتنا. من المؤكد أن هناك المزيد."},
		{"each item of a list", ar.List([]string{"Alder", "Birch", "Cedar"}), "\u2068Alder\u2069، \u2068Birch\u2069 و\u2068Cedar\u2069"},
		{"a length on a map, which runs from left to right", ar.Apart("5 أميال"), "\u20685 أميال\u2069"},
		{"an English one needs no marks", en.Apart("5 miles"), "5 miles"},
		{"English needs no marks", en.T("results.heading", "place", "Dayton, OH"), "Places near Dayton, OH"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("got %q, want %q", test.got, test.want)
			}
		})
	}
}

// Marks come in pairs, whatever a dataset holds, and nothing else is added.
func TestIsolatedTextIsTheTextAndAPairOfMarks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		got := isolatedText(text)
		if got != text && got != isolate+text+endIsolate {
			t.Fatalf("%q became %q", text, got)
		}
		if twice := isolatedText(got); got != text && twice != got {
			if !strings.ContainsAny(text, "\u2066\u2067\u2068\u2069") {
				t.Fatalf("%q became %q and then %q", text, got, twice)
			}
		}
	})
}
