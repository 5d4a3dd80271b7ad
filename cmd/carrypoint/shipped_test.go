package main

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"carrypoint/data"
	"carrypoint/internal/help"
)

// named are the publishers and licences that each dataset asks to be named by.
var named = map[string][]string{
	"basemap":   {"US Census Bureau", "Natural Earth"},
	"gazetteer": {"GeoNames", "CC BY 4.0", "creativecommons.org/licenses/by/4.0", "US Census Bureau"},
	"sites":     {"MIT"},
}

func TestEveryDatasetInsideIsCreditedInEveryLanguage(t *testing.T) {
	all, err := credits()
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := shippedWords()
	if err != nil {
		t.Fatal(err)
	}
	for _, credit := range all {
		for _, say := range catalog.Languages() {
			text := say.T("about.credit."+credit.Name, "date", credit.Date)
			if len(named[credit.Name]) == 0 || slices.ContainsFunc(named[credit.Name], func(name string) bool { return !strings.Contains(text, name) }) {
				t.Errorf("%s of %s: %q does not name each of %q", say.Tag, credit.Name, text, named[credit.Name])
			}
		}
	}
	if len(all) != len(named) {
		t.Errorf("%d datasets are credited, not %d", len(all), len(named))
	}
}

func TestWhatWasSignedBeforeItsWordsWereChangedIsSaid(t *testing.T) {
	book, err := help.Open(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := shippedWords()
	if err != nil {
		t.Fatal(err)
	}
	idaho := book.Law.Places["us-id"]
	idaho.FentanylStrips.ReviewedBy, idaho.FentanylStrips.ReviewedOn, idaho.FentanylStrips.ReviewedWords = "Example Person, lawyer", "2026-10-01", "0123456789abcdef"
	book.Law.Places["us-id"] = idaho
	var log strings.Builder
	settle(book, catalog, slog.New(slog.NewTextHandler(&log, nil)))
	if by := book.Law.Places["us-id"].FentanylStrips.ReviewedBy; by != "" || !strings.Contains(log.String(), "law/us-id.toml, fentanyl_strips") {
		t.Errorf("it is signed by %q, and the log says %q", by, log.String())
	}
}
