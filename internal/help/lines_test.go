package help

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"carrypoint/internal/site"
)

const goodLines = `
test_again_after_days = 90
[[line]]
key = "example"
country = "us"
number = "1-555-555-0123"
use = "supplies"
hours.en = "any time"
source = { name = "Example", url = "https://example.org" }
tested_on = "2026-11-01"
[[line]]
key = "regional"
country = "ca"
region = "bc"
number = "811"
use = "health"
source = { name = "Example", url = "https://example.org" }
`

func TestReadLines(t *testing.T) {
	for _, test := range []struct{ name, from, to, problem string }{
		{"two lines", "", "", ""},
		{"no age of a test", "test_again_after_days = 90", "", "test_again_after_days is 0"},
		{"a key that is no key", `"example"`, `"Example line"`, "small letters and digits"},
		{"a country that is none", `"us"`, `"USA"`, "they must be like us and tx"},
		{"a region that is none", `"bc"`, `"British Columbia"`, "they must be like us and tx"},
		{"a number that nobody can call", `1-555-555-0123`, `1-555-HELP`, "is no number that a phone can call"},
		{"a use that is none", `"supplies"`, `"all"`, "there is no use"},
		{"no source", `source = { name = "Example", url = "https://example.org" }`, "", "the source is missing"},
		{"a source that is no page", `https://example.org`, `example`, "is no web address"},
		{"a month of a test", `2026-11-01`, `2026-11`, "it must be a day"},
		{"a misspelt field", `tested_on`, `testd_on`, "there is no field"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(goodLines, test.from, test.to, 1)
			if test.from != "" && text == goodLines {
				t.Fatal("the test changes nothing")
			}
			_, err := ReadLines([]byte(text))
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

func TestALineHasToBeTestedAgain(t *testing.T) {
	lines := Lines{TestAfter: 90}
	for on, untested := range map[string]bool{"": true, "2026-11-01": false, "2026-08-26": false, "2026-08-25": true, "2027-01-01": true} {
		if got := lines.Untested(Line{Tested: site.Date(on)}, today); got != untested {
			t.Errorf("tested on %q: to be tested: %v", on, got)
		}
	}
}

func TestLinesOfARegion(t *testing.T) {
	lines, err := ReadLines([]byte(goodLines))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		country, region string
		want            int
	}{{"US", "TX", 1}, {"ca", "", 1}, {"CA", "BC", 1}, {"ca", "on", 0}, {"mx", "", 0}} {
		if got := lines.Of(test.country, test.region); len(got) != test.want {
			t.Errorf("%s %s has %d lines, want %d", test.country, test.region, len(got), test.want)
		}
	}
}

func TestABookNeedsAllItsFiles(t *testing.T) {
	whole := fstest.MapFS{"help/a.toml": {Data: []byte(goodGuide)}, "law/us.toml": {}, "lines/lines.toml": {Data: []byte(goodLines)}}
	if _, err := Open(whole); err != nil {
		t.Fatal(err)
	}
	for file, text := range map[string]string{"help/a.toml": "x", "law/us.toml": "x", "lines/lines.toml": "x"} {
		broken := fstest.MapFS{}
		for name, content := range whole {
			broken[name] = content
		}
		broken[file] = &fstest.MapFile{Data: []byte(text)}
		if _, err := Open(broken); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("with a broken %s: %v", file, err)
		}
		delete(broken, file)
		if _, err := Open(broken); err == nil {
			t.Errorf("without %s it opens", file)
		}
	}
}

func FuzzReadLines(f *testing.F) {
	f.Add([]byte(goodLines))
	f.Fuzz(func(t *testing.T, text []byte) {
		lines, err := ReadLines(text)
		if err != nil {
			return
		}
		for _, line := range lines.All {
			if site.ParsePhone(line.Number).Dial == "" || line.Source.Name == "" {
				t.Errorf("%q was read as %+v", text, line)
			}
		}
	})
}
