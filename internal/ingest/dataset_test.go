package ingest_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/ingest"
	"carrypoint/internal/reader"
	"carrypoint/internal/record"
)

// realData is the folder of the real files. It is not part of the project.
var realData = filepath.Join("..", "..", "..", "shared", "data")

var today = time.Date(2026, time.November, 25, 12, 0, 0, 0, time.UTC)

var places = sync.OnceValue(func() ingest.Places {
	f, err := os.Open("../../data/gazetteer/places.tsv.gz")
	if err != nil {
		panic(err)
	}
	defer f.Close()
	g, err := gazetteer.Open(f)
	if err != nil {
		panic(err)
	}
	return ingest.Places{Gazetteer: g}
})

// An outcome is what a file gave.
type outcome struct {
	drafts   []record.Draft
	file     []record.Finding
	rejected int
	codes    map[string]int // rows with a finding of the code
}

// draftFile reads a real file with the mapping of a source.
func draftFile(t testing.TB, source, file string) outcome {
	t.Helper()
	path := filepath.Join(realData, file)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real data are not here: %v", err)
	}
	m := mapping(t, source)
	table, done, err := reader.OpenFile(path, reader.Options{Format: m.Format, Sheet: m.Sheet, List: m.List})
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	return draftTable(t, m, table)
}

func mapping(t testing.TB, source string) *ingest.Mapping {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "sources", source+".toml"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := ingest.ReadMapping(f, source)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func draftTable(t testing.TB, m *ingest.Mapping, table *record.Table) outcome {
	t.Helper()
	o := outcome{codes: map[string]int{}}
	drafts := m.Drafts(table, places(), today)
	for draft, err := range drafts.All() {
		if err != nil {
			t.Fatal(err)
		}
		o.drafts = append(o.drafts, draft)
		if draft.Rejected {
			o.rejected++
		}
		seen := map[string]bool{}
		for _, f := range draft.Findings {
			if !seen[f.Code] {
				o.codes[f.Code]++
				seen[f.Code] = true
			}
		}
	}
	o.file = drafts.Findings()
	return o
}

func TestRealFilesGiveWhatIsKnownOfThem(t *testing.T) {
	for _, test := range []struct{ source, file string }{
		{"orange_ny", "orange_ny_naloxbox_2024-10-15.geojson"},
		{"orange_ny", "orange_ny_naloxbox_2024-10-24.geojson"},
		{"orange_ny", "orange_ny_naloxbox_2025.geojson"},
		{"ri_survey", "ri_naloxbox_survey.csv"},
		{"ri_naloxboxes", "ri_community_naloxboxes_and_vending.xlsx"},
		{"ri_vending", "ri_community_naloxboxes_and_vending.xlsx"},
		{"ri_locations", "ri_naloxon_locations.shp"},
		{"nj_naloxone", "nj_naloxone_pharmacies_geocoded.csv"},
		{"nj_syringe", "nj_syringe_exchange_geocoded.csv"},
		{"hamilton_oh", "hamilton_oh_naloxone_distribution_sites.csv"},
		{"ny_esap", "ny_esap_pharmacies.json"},
		{"bc_pharmacies", "bc_pharmacies_2017.derived.tsv"},
		{"page_rows", "page_rows.jsonl"},
		{"nys_drop_boxes", "nys_medication_drop_boxes.kmz"},
		{"us_fqhc", "us_fqhc_hrsa_geocoded.csv"},
		{"us_otp", "us_opioid_treatment_programs_samhsa.csv"},
	} {
		t.Run(test.file, func(t *testing.T) {
			o := draftFile(t, test.source, test.file)
			t.Log(test.source, len(o.drafts), "rejected", o.rejected)
			for _, code := range slices.Sorted(maps.Keys(o.codes)) {
				t.Log("   ", code, o.codes[code])
			}
			for _, f := range o.file {
				t.Log("   ", f)
			}
		})
	}
}
