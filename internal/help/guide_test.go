package help

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

const goodGuide = `
title = "a.title"
call = "911"
as_of = "2026-11"
reviewed_by = ""
reviewed_on = ""
review_again_after_days = 365
[[part]]
name = "steps"
heading = "a.heading"
numbered = true
items = [
  { text = "a.do.1", more = ["a.how.1"] },
  { text = "a.do.2", call = true },
  { text = "a.do.3", picture = "both_lines" },
]
[[source]]
name = "A leaflet"
url = "https://example.org/leaflet"
`

func TestReadGuide(t *testing.T) {
	for _, test := range []struct{ name, from, to, problem string }{
		{"a guide", "", "", ""},
		{"reviewed", `reviewed_by = ""` + "\n" + `reviewed_on = ""`, `reviewed_by = "Example Person, nurse"` + "\n" + `reviewed_on = "2026-11-20"` + "\n" + `reviewed_words = "0123456789abcdef"`, ""},
		{"a review of no words", `reviewed_by = ""` + "\n" + `reviewed_on = ""`, `reviewed_by = "Example Person, nurse"` + "\n" + `reviewed_on = "2026-11-20"`, "reviewed_by and reviewed_words belong together"},
		{"a paper has no address", `url = "https://example.org/leaflet"`, "", ""},
		{"a reviewer without a day", `reviewed_by = ""`, `reviewed_by = "Example Person"`, "reviewed_by and reviewed_on belong together"},
		{"a day without a reviewer", `reviewed_on = ""`, `reviewed_on = "2026-11-20"`, "reviewed_by and reviewed_on belong together"},
		{"a month of review", `reviewed_on = ""`, `reviewed_on = "2026-11"`, "it must be a day"},
		{"a misspelt field", `reviewed_by`, `reviewd_by`, `there is no field "reviewd_by"`},
		{"no date of the sources", `as_of = "2026-11"`, "", "as_of is missing"},
		{"a date that is none", `as_of = "2026-11"`, `as_of = "November"`, "is not a date"},
		{"no age", `review_again_after_days = 365`, "", "review_again_after_days is 0"},
		{"an age beyond ten years", `= 365`, `= 3651`, "review_again_after_days is 3651"},
		{"no source", "[[source]]\nname = \"A leaflet\"\nurl = \"https://example.org/leaflet\"", "", "there is no [[source]]"},
		{"a source without a name", `name = "A leaflet"`, "", "a source has no name"},
		{"a source that is a script", `https://example.org/leaflet`, `javascript:alert(1)`, "is no web address"},
		{"a source with a password", `https://example.org`, `https://a:b@example.org`, "is no web address"},
		{"two parts of one name", "[[part]]", "[[part]]\nname = \"steps\"\n[[part]]", "each needs its own"},
		{"words instead of a key", `"a.how.1"`, `"Shout."`, "is no key of words"},
		{"an item without a text", `text = "a.do.3"`, `text = ""`, "is no key of words"},
		{"no title", `title = "a.title"`, "", "is no key of words"},
		{"a picture that nobody drew", `both_lines`, `left_line`, `there is no picture "left_line"`},
		{"lines that nobody calls", `picture = "both_lines"`, `lines = "friends"`, `there is no use "friends" of phone lines`},
		{"lines among steps", `picture = "both_lines"`, `lines = "company"`, "neither among steps"},
		{"a number that is no emergency's", `call = "911"`, `call = "555-0100"`, "two to four digits"},
		{"a number that nothing calls", `, call = true`, "", "one item, and one only"},
		{"a call without a number", `call = "911"`, "", "one item, and one only"},
		{"no TOML", "title", "]", "not in order"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(goodGuide, test.from, test.to, 1)
			if test.from != "" && text == goodGuide {
				t.Fatal("the test changes nothing")
			}
			_, err := ReadGuide([]byte(text))
			if test.problem == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !errors.Is(err, ErrHelp) || !strings.Contains(err.Error(), test.problem) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAnItemMayNameTheLinesThatStandBelowIt(t *testing.T) {
	list := strings.NewReplacer(`call = "911"`, "", "numbered = true", "", ", call = true", "", `picture = "both_lines"`, `lines = "company"`)
	g, err := ReadGuide([]byte(list.Replace(goodGuide)))
	if err != nil || g.Parts[0].Items[2].Lines != Company {
		t.Errorf("it was read as %+v: %v", g.Parts, err)
	}
	calling := strings.NewReplacer("numbered = true", "", `picture = "both_lines"`, `lines = "company"`)
	if _, err := ReadGuide([]byte(calling.Replace(goodGuide))); !errors.Is(err, ErrHelp) {
		t.Errorf("other lines stand beside the call for help: %v", err)
	}
}

func TestAGuideIsThereInALanguageOnlyWhenAllOfItIs(t *testing.T) {
	g, err := ReadGuide([]byte(goodGuide))
	if err != nil {
		t.Fatal(err)
	}
	all := []string{"a.title", "a.heading", "a.do.1", "a.how.1", "a.do.2", "a.do.3"}
	if !slices.Equal(g.Keys(), all) {
		t.Errorf("the keys are %q", g.Keys())
	}
	for _, missing := range append(all, "") {
		has := func(key string) bool { return key != missing }
		if got := g.CompleteIn(has); got != (missing == "") {
			t.Errorf("without %q it is complete: %v", missing, got)
		}
	}
}

func TestTheSumOfAGuideChangesWithEveryWord(t *testing.T) {
	g, err := ReadGuide([]byte(goodGuide))
	if err != nil {
		t.Fatal(err)
	}
	said := func(changed string) func(string, ...string) string {
		return func(key string, _ ...string) string {
			if key == changed {
				return "other words"
			}
			return "words of " + key
		}
	}
	whole := g.Sum(said(""))
	if len(whole) != sumLength || whole != g.Sum(said("b.not_in_it")) {
		t.Errorf("the sum is %q", whole)
	}
	for _, key := range g.Keys() {
		if g.Sum(said(key)) == whole {
			t.Errorf("other words of %s change nothing", key)
		}
	}
}

func TestABookCallsTheNumberThatItIsGiven(t *testing.T) {
	g, err := ReadGuide([]byte(goodGuide))
	if err != nil {
		t.Fatal(err)
	}
	quiet := g
	quiet.Call = ""
	book := Book{Guides: map[string]Guide{"steps": g, "quiet": quiet}}
	say := func(key string, _ ...string) string { return "words of " + key }
	before := book.Guides["steps"].Sum(say)
	for number, good := range map[string]bool{"112": true, "": false, "1": false, "11222": false, "555-0100": false, "11a": false} {
		if err := book.Call(number); good != (err == nil) {
			t.Errorf("%q: %v", number, err)
		}
	}
	if book.Guides["steps"].Call != "112" || book.Guides["quiet"].Call != "" {
		t.Errorf("they call %q and %q", book.Guides["steps"].Call, book.Guides["quiet"].Call)
	}
	if book.Guides["steps"].Sum(say) != before {
		t.Error("another number makes the words others than those that were reviewed")
	}
}

func TestTheBookThatShips(t *testing.T) {
	book, err := Open(os.DirFS("../../data"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"overdose", "strips", "go", "carry"} {
		if len(book.Guides[name].Parts) == 0 {
			t.Errorf("there is no guide %q", name)
		}
	}
	steps := book.Guides["overdose"].Part("steps").Items
	if len(steps) != 6 || !steps[1].Call || book.Guides["overdose"].Call != "911" {
		t.Errorf("the steps are %+v", steps)
	}
	if len(book.Guides["overdose"].Part("no such part").Items) != 0 {
		t.Error("a part that is not there has items")
	}
}

func FuzzReadGuide(f *testing.F) {
	f.Add([]byte(goodGuide))
	f.Add([]byte(`part = [{name = "a"}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		g, err := ReadGuide(text)
		if err == nil && (len(g.Sources) == 0 || g.AsOf == "" || slices.Contains(g.Keys(), "")) {
			t.Errorf("%q was read as %+v", text, g)
		}
	})
}
