package web

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/hours"
	"carrypoint/internal/site"
)

// said finds the keys that code and pages name as a whole.
var said = regexp.MustCompile(`\.(?:T|N|said|counted)\("([a-z0-9_.-]+)"[,)]`)

func TestEveryKeyThatIsNamedHasWords(t *testing.T) {
	say := shipped().Words.Language("en")
	var found int
	for _, pattern := range []string{"*.go", "../facts/*.go", "../sheet/*.go", "../../views/*.templ"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files of %s: %v", pattern, err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range said.FindAllStringSubmatch(string(content), -1) {
				found++
				if !say.Has(match[1]) {
					t.Errorf("%s says %q, which has no words", file, match[1])
				}
			}
		}
	}
	if found < 300 {
		t.Errorf("only %d keys were found: does the test still read the code?", found)
	}
}

func TestEveryWordOfTheVocabulariesHasWords(t *testing.T) {
	say := shipped().Words.Language("en")
	keys := map[string][]string{
		"supply.": texts(site.Codes()...), "type.": texts(site.Types()...), "kind.": texts(site.Kinds()...),
		"cost.": append(texts(site.Costs()...), "unknown"), "id.": append(texts(site.IDRules()...), "unknown"),
		"step_free.": {"yes", "no", "unknown"}, "spoken.": spoken, "left_out.": texts(edition.Questions()...),
		"fresh.checked_": append(texts(site.Checks()...), "unknown"),
		"doubt.":         texts(site.NoHours, site.NotSupplyHours, site.NotReadable, site.Appointment, site.NoTimeZone),
	}
	for prefix, words := range keys {
		for _, word := range words {
			if !say.Has(prefix + word) {
				t.Errorf("%s%s has no words", prefix, word)
			}
		}
	}
}

func TestEveryPublicHolidayHasAName(t *testing.T) {
	say := shipped().Words.Language("en")
	var named []string
	for _, country := range []string{"US", "CA"} {
		for day := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() < 2033; day = day.AddDate(0, 0, 1) {
			key, ok := hours.Holiday(country, day)
			if !ok || slices.Contains(named, key) {
				continue
			}
			named = append(named, key)
			if !say.Has("holiday." + key) {
				t.Errorf("the holiday %q of %s has no name", key, strings.ToLower(country))
			}
		}
	}
	if len(named) < 20 {
		t.Errorf("only %d holidays in seven years: %v", len(named), named)
	}
}
