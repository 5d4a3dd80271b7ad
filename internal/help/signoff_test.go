package help

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// changed says the words of each key, but for one.
func changed(key string) Speak {
	return func(asked string, _ ...string) string {
		if asked == key {
			return "other words"
		}
		return "words of " + asked
	}
}

// signed is a book of one guide and one law, both signed as they stand, after which
// somebody changed the law's file.
func signed(t *testing.T, from, to string) *Book {
	t.Helper()
	guide := strings.Replace(goodGuide, `reviewed_by = ""`+"\n"+`reviewed_on = ""`, `reviewed_by = "Example Person, nurse"`+"\n"+`reviewed_on = "2026-11-20"`+"\n"+`reviewed_words = "GUIDE"`, 1)
	open := func(guide, place string) *Book {
		book, err := Open(fstest.MapFS{"help/a.toml": {Data: []byte(guide)}, "law/us-zz.toml": {Data: []byte(place)}, "lines/lines.toml": {Data: []byte(goodLines)}})
		if err != nil {
			t.Fatal(err)
		}
		return book
	}
	place := strings.Replace(goodPlace, "[good_samaritan]", "[good_samaritan]\nreviewed_by = \"Example Person, lawyer\"\nreviewed_on = \"2026-10-02\"\nreviewed_words = \"LAW\"\n", 1)
	for _, s := range open(guide, place).Signoffs("en", changed("")) {
		switch s.Of {
		case "help/a.toml":
			guide = strings.Replace(guide, "GUIDE", s.Stand, 1)
		case "law/us-zz.toml, fentanyl_strips":
			place = strings.Replace(place, "0123456789abcdef", s.Stand, 1)
		case "law/us-zz.toml, good_samaritan":
			place = strings.Replace(place, "LAW", s.Stand, 1)
		}
	}
	altered := strings.Replace(place, from, to, 1)
	if from != "" && altered == place {
		t.Fatal("the test changes nothing")
	}
	return open(guide, altered)
}

func TestASignoffIsOfTheWordsThatWereRead(t *testing.T) {
	const strips, calling = "law/us-zz.toml, fentanyl_strips", "law/us-zz.toml, good_samaritan"
	for _, test := range []struct {
		name, from, to, key string
		lapsed              []string
	}{
		{name: "nothing was changed"},
		{name: "one word of a guide", key: "a.do.2", lapsed: []string{"help/a.toml"}},
		{name: "words of no guide", key: "b.title"},
		{name: "one word of a law", from: "They are legal.", to: "They are all legal.", lapsed: []string{strips}},
		{name: "its status", from: `"legal"`, to: `"unclear"`, lapsed: []string{strips}},
		{name: "the date of its source", from: "2025-07-01", to: "2026-07-01", lapsed: []string{strips}},
		{name: "its source", from: `"Statute"`, to: `"Statutes"`, lapsed: []string{strips}},
		{name: "the address of its source", from: "example.org/statute", to: "example.org/news", lapsed: []string{strips}},
		{name: "whom it protects", from: "who calls", to: "all", lapsed: []string{calling}},
		{name: "from what", from: "possession", to: "all", lapsed: []string{calling}},
		{name: "from what not", from: "warrants", to: "nothing", lapsed: []string{calling}},
		{name: "another topic takes it over", from: "[fentanyl_strips]", to: "[other_strips]", lapsed: []string{"law/us-zz.toml, other_strips"}},
		{name: "a translation, which the reviewer did not read", from: "text.en", to: "text.es = \"Son legales.\"\ntext.en"},
		{name: "a note, which nobody signs", from: "A note.", to: "Another note."},
		{name: "a comment", from: "[fentanyl_strips]", to: "# so says the statute\n[fentanyl_strips]"},
		{name: "the day of the review", from: "2026-10-01", to: "2026-10-03"},
	} {
		t.Run(test.name, func(t *testing.T) {
			book := signed(t, test.from, test.to)
			all := book.Signoffs("en", changed(test.key))
			var lapsed []string
			for _, s := range book.Settle("en", changed(test.key)) {
				lapsed = append(lapsed, s.Of)
			}
			if !slices.Equal(lapsed, test.lapsed) {
				t.Errorf("it takes away %q, want %q", lapsed, test.lapsed)
			}
			for i, s := range book.Signoffs("en", changed(test.key)) {
				if gone := slices.Contains(test.lapsed, s.Of); gone != (s.By == "") || gone != (s.On == "") || gone != (s.Words == "") || s.Of != all[i].Of || !s.Holds() {
					t.Errorf("after it %s is signed by %q on %q", s.Of, s.By, s.On)
				}
			}
		})
	}
}

func TestALawOfOnePlaceIsNotSignedForAnother(t *testing.T) {
	book := signed(t, "", "")
	book.Law.Places["us-yy"] = book.Law.Places["us-zz"]
	lapsed := book.Settle("en", changed(""))
	if len(lapsed) != 2 || lapsed[0].Of != "law/us-yy.toml, fentanyl_strips" || book.Law.Places["us-zz"].FentanylStrips.ReviewedBy == "" {
		t.Errorf("it takes away %v", lapsed)
	}
}

func TestALapsedSignoffSaysWhatToDo(t *testing.T) {
	lapsed := signed(t, "They are legal.", "They are.").Settle("en", changed(""))
	if len(lapsed) != 1 {
		t.Fatalf("it takes away %v", lapsed)
	}
	for _, says := range []string{"law/us-zz.toml, fentanyl_strips", "Example Person, lawyer", "2026-10-01", `reviewed_words = "` + lapsed[0].Stand + `"`} {
		if !strings.Contains(lapsed[0].String(), says) {
			t.Errorf("%q does not say %s", lapsed[0], says)
		}
	}
}
