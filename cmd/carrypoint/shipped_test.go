package main

import (
	"slices"
	"strings"
	"testing"
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
