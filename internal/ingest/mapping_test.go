package ingest

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

const smallest = "publisher = \"Example Health Department\"\n[columns]\nname = \"Name\"\n"

func TestAMappingIsReadWhole(t *testing.T) {
	m, err := ReadMapping(strings.NewReader(exampleInDocs(t)), "example")
	if err != nil {
		t.Fatal(err)
	}
	if m.Name != "example" || m.Publisher == "" || m.Redistribute != site.Yes || m.Every != 7*24*time.Hour || m.Coverage == nil || m.Protocol != File {
		t.Errorf("read %+v", m)
	}
	if len(m.Drop) == 0 || len(m.Never) == 0 || len(m.Key) == 0 || len(m.Columns) < 10 {
		t.Errorf("the example of docs/mapping.md shows too little: %+v", m)
	}
}

// exampleInDocs is the example of docs/mapping.md: what people copy must work.
func exampleInDocs(t testing.TB) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/mapping.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(page), "```toml\n")
	example, _, ok := strings.Cut(after, "```")
	if !ok {
		t.Fatal("docs/mapping.md has no example")
	}
	return example
}

func TestEveryKeyIsInTheDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/mapping.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"publisher", "address", "addresses_before", "licence", "redistribute", "protocol", "format", "sheet", "list", "every", "date",
		"country", "region", "coverage", "key", "live", "hours_scope", "never", "drop", "from", "join", "with", "first", "const", "split", "part", "contains", "table", "otherwise", "@id"} {
		if !strings.Contains(string(page), "`"+key) {
			t.Errorf("docs/mapping.md does not say what %q is", key)
		}
	}
	for c := range columnCount {
		if c != colID && !strings.Contains(string(page), "`"+c.String()+"`") {
			t.Errorf("docs/mapping.md does not name the column %s", c)
		}
	}
}

func TestAMappingThatIsWrongIsRefusedWithItsLine(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"no TOML", "publisher = ", "line 1"},
		{"a key that is not known", "publisher = \"x\"\nnevr = [\"Code\"]\n[columns]\nname = \"N\"\n", "line 2: there is no key \"nevr\""},
		{"a key of a drop that is not known", smallest + "[[drop]]\ncolumn = \"T\"\nis = [\"x\"]\nwhen = \"y\"\n", "line 7: there is no key"},
		{"a column that carrypoint does not have", "publisher = \"x\"\n[columns]\nnmae = \"N\"\n", "line 3: carrypoint has no column \"nmae\""},
		{"an id, which is minted here", "publisher = \"x\"\n[columns]\nid = \"N\"\n", "line 3: carrypoint has no column \"id\""},
		{"a key of a rule that is not known", "publisher = \"x\"\n[columns]\nname = { frm = \"N\" }\n", "line 3: \"frm\" is not a key of a rule"},
		{"a rule of two sources", "publisher = \"x\"\n[columns]\nname = { from = \"N\", const = \"x\" }\n", "exactly one of"},
		{"a split without a part", "publisher = \"x\"\n[columns]\nname = { from = \"N\", split = \",\" }\n", "split and part"},
		{"part 0", "publisher = \"x\"\n[columns]\nname = { from = \"N\", split = \",\", part = 0 }\n", "part has a value of the wrong kind"},
		{"a number for a column", "publisher = \"x\"\n[columns]\nname = 3\n", "line 3"},
		{"no publisher", "[columns]\nname = \"N\"\n", "publisher"},
		{"no columns", "publisher = \"x\"\n", "no column is mapped"},
		{"an unknown protocol", "protocol = \"ftp\"\n" + smallest, "line 1: \"ftp\" is not a protocol"},
		{"a word for redistribute", "redistribute = \"perhaps\"\n" + smallest, "line 1"},
		{"a coverage of three numbers", "coverage = [1, 2, 3]\n" + smallest, "line 1: coverage is four numbers"},
		{"a coverage with latitude first", "coverage = [39, -85, 40, -84]\n" + smallest, ""},
		{"a coverage beyond the globe", "coverage = [-185, 39, -84, 40]\n" + smallest, "coverage is west"},
		{"a time that is none", "every = \"weekly\"\n" + smallest, "line 1: \"weekly\" is not a time"},
		{"a date that is none", "date = \"yesterday\"\n" + smallest, "line 1"},
		{"a scope that is none", "hours_scope = \"all\"\n" + smallest, "line 1"},
		{"a drop of nothing", smallest + "[[drop]]\ncolumn = \"T\"\n", "a drop needs a column"},
		{"a column that is used and must never be kept", "never = [\"Name\"]\n" + smallest, "line 1: the column \"Name\" is under never"},
		{"a file as large as a dataset", "# " + strings.Repeat("x", maxMappingBytes), "larger than"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m, err := ReadMapping(strings.NewReader(test.text), "example")
			if test.want == "" {
				if err != nil || m == nil {
					t.Fatal(err)
				}
				return
			}
			if !errors.Is(err, ErrMapping) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error is %v, want %q", err, test.want)
			}
		})
	}
}

func TestRulesMakeColumns(t *testing.T) {
	header := []string{"Name", "Kind", "Street", "Unit", "", "Services", "Name"}
	values := []string{"Example Org, Example Town (Mobile Site)", "NaloxBox", "12 Example St", "Unit 4", "fourth", "Free Narcan nasal spray, FTS and needles; no smoking kits", "again"}
	for _, test := range []struct{ name, rule, to, want string }{
		{"a column", `"Street"`, "name", "12 Example St"},
		{"a column in another case", `"STREET"`, "name", "12 Example St"},
		{"a column by its place", `"#5"`, "name", "fourth"},
		{"a column that is not there", `"Nothing"`, "name", ""},
		{"the first part", `{ from = "Name", split = ",", part = 1 }`, "name", "Example Org"},
		{"the last part", `{ from = "Name", split = "(", part = -1 }`, "name", "Mobile Site)"},
		{"a part that is not there", `{ from = "Name", split = ",", part = 9 }`, "name", ""},
		{"the same for all", `{ const = "box" }`, "site_type", "box"},
		{"a table", `{ from = "Kind", table = { "naloxbox" = "box" } }`, "site_type", "box"},
		{"a table that does not know the word passes it on", `{ from = "Kind", table = { "x" = "box" } }`, "site_type", "NaloxBox"},
		{"a table with otherwise", `{ from = "Kind", table = { "x" = "box" }, otherwise = "other" }`, "site_type", "other"},
		{"an empty column with otherwise", `{ from = "Nothing", table = { "x" = "box" }, otherwise = "other" }`, "site_type", "other"},
		{"words", `{ from = "Name", contains = { "(Mobile Site)" = "mobile_stop" }, otherwise = "place" }`, "kind", "mobile_stop"},
		{"words that are not there", `{ from = "Name", contains = { "truck" = "mobile_stop" } }`, "kind", ""},
		{"the words for supplies, and none that is denied", `{ from = "Services", contains = "supplies" }`, "supplies", "naloxone_nasal;syringes;fentanyl_test_strips"},
		{"joined", `{ join = ["Street", "Nothing", "Unit"], with = ", " }`, "address", "12 Example St, Unit 4"},
		{"the first that is there", `{ first = ["Nothing", "Unit", "Street"] }`, "address", "Unit 4"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m, err := ReadMapping(strings.NewReader("publisher = \"x\"\n[columns]\n"+test.to+" = "+test.rule+"\n"), "example")
			if err != nil {
				t.Fatal(err)
			}
			rule, to := m.Columns[test.to], colSupplies
			to, _ = columnNamed(test.to)
			maker := newMaker(&rule, to, &record.Table{Header: header})
			if got := maker.make(values); got != test.want {
				t.Errorf("made %q, want %q", got, test.want)
			}
		})
	}
}

func TestSupplyWords(t *testing.T) {
	words := phrases(supplyWords)
	for _, test := range []struct{ text, want string }{
		{"Narcan (naloxone), and fentanyl and xylazine test strips", "fentanyl_test_strips;xylazine_test_strips;naloxone"},
		{"Fentanyl Test Strips", "fentanyl_test_strips"},
		{"two doses of 4 mg Narcan", "naloxone_nasal_4mg"},
		{"FTS, THN", "fentanyl_test_strips;naloxone"},
		{"No naloxone here", ""},
		{"We do not have fentanyl test strips. Naloxone yes", "naloxone"},
		{"Not accepted: needles.", ""},
		{"a network of needlework clubs", ""},
		{"gifts", ""},
		{"", ""},
	} {
		if got := find(test.text, words, true); got != test.want {
			t.Errorf("%q holds %q, want %q", test.text, got, test.want)
		}
	}
}

func FuzzReadMapping(f *testing.F) {
	f.Add(smallest)
	f.Add(exampleInDocs(f))
	f.Add("publisher = \"x\"\n[[drop]]\n[columns]\nname = { from = [] }\n")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ReadMapping(strings.NewReader(text), "fuzz")
		if err != nil {
			if !errors.Is(err, ErrMapping) || m != nil {
				t.Errorf("refused with %v and %v", err, m)
			}
			return
		}
		table := &record.Table{Header: []string{"Name", "x"}, Records: func(yield func(record.Record, error) bool) {
			yield(record.Record{Row: 1, Values: []string{"Example", text}}, nil)
		}}
		for draft, err := range m.Drafts(table, Places{Gazetteer: places()}, time.Time{}).All() {
			if err == nil && draft.Record.Row != 1 {
				t.Errorf("row %d", draft.Record.Row)
			}
		}
	})
}
