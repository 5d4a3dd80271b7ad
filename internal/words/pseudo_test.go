package words

import (
	"slices"
	"strings"
	"testing"
)

func TestThePseudoLanguageSaysEverythingLongerAndWithAccents(t *testing.T) {
	c := shipped(t).WithPseudo()
	p := c.Language(Pseudo)
	if problems := c.Problems(p); len(problems) > 0 {
		t.Errorf("it is not whole: %q", problems)
	}
	for _, test := range []struct{ name, got, want string }{
		{"a text", p.T("form.place"), "⟦Whéré áré ýöü?~~~~~⟧"},
		{"a gap keeps its name", p.T("results.heading", "place", "Dayton"), "⟦Pláçéš ñéár Dayton~~~~⟧"},
		{"plural forms", p.N("areas.places", 1), "⟦1 pláçé~~⟧"},
		{"a setting stays", p.Dir, "ltr"},
		{"a text of gaps and signs stays", p.T("date.month_day", "month", "⟦Máý⟧", "day", "1"), "⟦Máý⟧ 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("got %q, want %q", test.got, test.want)
			}
		})
	}
	if slices.ContainsFunc(shipped(t).Languages(), func(l *Language) bool { return l.Tag == Pseudo }) {
		t.Error("it is among the languages of the site")
	}
	if strings.ContainsAny(p.Unchecked(), "ae") {
		t.Errorf("plain English is left: %q", p.Unchecked())
	}
}
