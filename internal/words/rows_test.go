package words

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func numbered(rows []Row) []Numbered {
	var all []Numbered
	for i, row := range rows {
		all = append(all, Numbered{i + 2, row})
	}
	return all
}

var update = flag.Bool("update", false, "write the files of the languages in the order of the master")

// A language that goes out and comes back untouched is the file that it was, byte
// for byte: what people see in a change of the repository is then only theirs.
func TestALanguageComesBackAsItWent(t *testing.T) {
	c := shipped(t)
	for _, l := range c.Languages() {
		file, faults := c.Import(l, numbered(c.Rows(l)), true)
		if len(faults) > 0 {
			t.Errorf("%s is refused: %q", l.Tag, faults)
			continue
		}
		path := "../../data/words/" + l.Tag + ".json"
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(file, want) {
			continue
		}
		if !*update {
			t.Errorf("%s is not in the order of the master; run \"go test ./internal/words -update\"", l.Tag)
		} else if err := os.WriteFile(path, file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRowsTellWhatToLeaveAlone(t *testing.T) {
	c := shipped(t)
	find := func(l *Language, key string) Row {
		rows := c.Rows(l)
		i := slices.IndexFunc(rows, func(r Row) bool { return r.Key == key })
		if i < 0 {
			t.Fatalf("%s has no row %q", l.Tag, key)
		}
		return rows[i]
	}
	ar, ht := c.Language("ar"), c.Language("ht")
	for _, test := range []struct {
		name    string
		got     Row
		english string
		note    string
	}{
		{"a text without gaps", find(ar, "form.place"), "Where are you?", ""},
		{"a text with a gap", find(ar, "results.heading"), "Places near {place}", "keep {place} as they are"},
		{"one of six forms", find(ar, "areas.places [few]"), "{n} places", "for numbers such as 3, 4, 5; keep {n} as they are"},
		{"the form of one", find(ar, "areas.places [one]"), "{n} place", "for numbers such as 1; keep {n} as they are"},
		{"a language with one form", find(ht, "areas.places [other]"), "{n} places", "for numbers such as 0, 1, 2; keep {n} as they are"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.got.English != test.english || test.got.Note != test.note {
				t.Errorf("it says %q and %q", test.got.English, test.got.Note)
			}
		})
	}
	for _, row := range c.Rows(ar) {
		if settings[row.Key] {
			t.Errorf("%s is no text, and has a row", row.Key)
		}
	}
}

const (
	smallMaster = `{"a": "Near {place}", "b": {"one": "{n} place", "other": "{n} places"}, "c": "Call"}`
	smallSpain  = `{"a": "Cerca de {place}", "b": {"one": "{n} lugar", "other": "{n} lugares"}, "c": "Llame"}`
)

func small(t testing.TB) *Catalog {
	t.Helper()
	c, err := Load(fstest.MapFS{"en.json": {Data: []byte(smallMaster)}, "es.json": {Data: []byte(smallSpain)}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWhatCameBackIsCheckedRowByRow(t *testing.T) {
	c := small(t)
	es := c.Language("es")
	for _, test := range []struct {
		name  string
		row   Row
		fault string
	}{
		{"an unknown key", Row{Key: "x", English: "X", Translation: "X"}, `there is no text with the key "x"`},
		{"a form that the language has not", Row{Key: "b [few]", English: "{n} places", Translation: "{n}"}, `b has no form "few"`},
		{"a text with a form", Row{Key: "c [one]", English: "Call", Translation: "Llame"}, `c has no form "one"`},
		{"a lost gap", Row{Key: "a", English: "Near {place}", Translation: "Cerca"}, "a has the gaps [], and must have [place]"},
		{"a translated gap", Row{Key: "a", English: "Near {place}", Translation: "Cerca de {lugar}"}, "a has the gaps [lugar], and must have [place]"},
		{"a gap too many", Row{Key: "c", English: "Call", Translation: "Llame {n}"}, "c has the gaps [n], and must have []"},
		{"a brace left open", Row{Key: "a", English: "Near {place}", Translation: "Cerca de {place"}, "a { without its }"},
		{"nothing", Row{Key: "c", English: "Call", Translation: " "}, "c has no translation"},
		{"another English", Row{Key: "c", English: "Ring", Translation: "Llame"}, "the English of c is another now; export the language again"},
	} {
		t.Run(test.name, func(t *testing.T) {
			file, faults := c.Import(es, []Numbered{{Number: 7, Row: test.row}}, false)
			if file != nil || len(faults) != 1 || !strings.HasPrefix(faults[0], "row 7: ") || !strings.Contains(faults[0], test.fault) {
				t.Errorf("it says %q, and wrote %q", faults, file)
			}
		})
	}
	t.Run("a row twice", func(t *testing.T) {
		row := Row{Key: "c", English: "Call", Translation: "Llame"}
		_, faults := c.Import(es, []Numbered{{7, row}, {9, row}}, false)
		if len(faults) != 1 || faults[0] != "row 9: c stands in row 7 too; keep one of them" {
			t.Errorf("it says %q", faults)
		}
	})
}

func TestAPartChangesWhatItHasAndReviewsNothing(t *testing.T) {
	c := small(t)
	rows := []Numbered{{2, Row{Key: "b [one]", English: "{n} place", Translation: "un <lugar> & ya"}}}
	file, faults := c.Import(c.Language("es"), rows, false)
	const want = `{
 "a": "Cerca de {place}",
 "b": {
  "one": "un <lugar> & ya",
  "other": "{n} lugares"
 },
 "c": "Llame"
}
`
	if len(faults) > 0 || string(file) != want {
		t.Errorf("it wrote %s, and says %q", file, faults)
	}
	file, faults = c.Import(c.Language("es"), rows, true)
	if file != nil || len(faults) != 3 || faults[0] != "a has no row; a review is of the whole language" {
		t.Errorf("as a whole it says %q", faults)
	}
}

// FuzzImport hands in rows that nobody has checked. What is taken can be loaded,
// and says what the row said.
func FuzzImport(f *testing.F) {
	f.Add("a", "Near {place}", "Junto a {place}")
	f.Add("b [one]", "{n} place", "un lugar")
	f.Add("c", "Call", "{")
	f.Add("b [two]", "", "\u2068{n}\u2069")
	f.Fuzz(func(t *testing.T, key, english, translation string) {
		c := small(t)
		file, faults := c.Import(c.Language("es"), []Numbered{{2, Row{Key: key, English: english, Translation: translation}}}, false)
		if (file == nil) != (len(faults) > 0) {
			t.Fatalf("it wrote %q and says %q", file, faults)
		}
		if file == nil {
			return
		}
		again, err := Load(fstest.MapFS{"en.json": {Data: []byte(smallMaster)}, "es.json": {Data: file}})
		if err != nil {
			t.Fatalf("what it wrote can't be read: %v", err)
		}
		if problems := again.Problems(again.Language("es")); len(problems) > 0 {
			t.Fatalf("what it wrote has problems: %q", problems)
		}
	})
}
