package ingest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/ingest"
	"carrypoint/internal/reader"
	"carrypoint/internal/record"
	"carrypoint/internal/site"
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

// counts are the rows that have a finding of each code.
type counts map[string]int

// TestRealFilesGiveWhatIsKnownOfThem holds each real file against what
// was seen in it by eye: how many rows, how many of them are kept out, and how
// many have each finding.
func TestRealFilesGiveWhatIsKnownOfThem(t *testing.T) {
	for _, test := range []struct {
		source, file      string
		records, rejected int
		codes             counts
	}{
		{"orange_ny", "orange_ny_naloxbox_2024-10-15.geojson", 70, 6, counts{"private": 3, "not_public": 3, "html": 41, "undecodable_text": 4, "duplicate_address": 7}},
		{"orange_ny", "orange_ny_naloxbox_2024-10-24.geojson", 70, 6, counts{"private": 3, "not_public": 3, "html": 41, "undecodable_text": 4, "duplicate_address": 7}},
		{"orange_ny", "orange_ny_naloxbox_2025.geojson", 74, 6, counts{"private": 3, "not_public": 3, "html": 41, "undecodable_text": 4, "duplicate_address": 8, "no_name": 2}},
		{"ri_survey", "ri_naloxbox_survey.csv", 51, 6, counts{"coordinate_cluster": 14, "not_public": 4, "school": 6, "duplicate_row": 2, "duplicate_address": 3, "hours_not_readable": 23, "spreadsheet_damage": 1, "unknown_town": 1}},
		{"ri_naloxboxes", "ri_community_naloxboxes_and_vending.xlsx", 38, 1, counts{"not_public": 1, "not_active": 1, "address_not_split": 4, "no_position": 4}},
		{"ri_vending", "ri_community_naloxboxes_and_vending.xlsx", 11, 5, counts{"not_public": 5}},
		{"ri_locations", "ri_naloxon_locations.shp", 92, 14, counts{"not_public": 14, "not_active": 1, "duplicate_address": 1, "spreadsheet_damage": 1, "unknown_town": 1}},
		{"nj_naloxone", "nj_naloxone_pharmacies_geocoded.csv", 1043, 21, counts{"no_name": 1043, "zero_coordinates": 1, "zip_sequence": 3, "low_match_score": 46, "coordinate_cluster": 12, "duplicate_row": 21, "duplicate_address": 6, "unknown_town": 80, "unknown_postcode": 1}},
		{"nj_syringe", "nj_syringe_exchange_geocoded.csv", 7, 0, counts{}},
		{"hamilton_oh", "hamilton_oh_naloxone_distribution_sites.csv", 143, 22, counts{"excluded_type": 22}},
		{"ny_esap", "ny_esap_pharmacies.json", 3004, 2, counts{"phone_vanity": 47, "phone_not_readable": 3, "zip_padded": 3, "spreadsheet_damage": 1, "duplicate_row": 2, "duplicate_address": 10, "unknown_postcode": 6, "unknown_town": 47}},
		{"bc_pharmacies", "bc_pharmacies_2017.derived.tsv", 271, 0, counts{"unit_first": 95, "duplicate_address": 3, "duplicate_key": 1, "unknown_town": 8, "no_position": 8}},
		{"page_rows", "page_rows.jsonl", 62, 45, counts{"no_region": 45, "no_position": 45, "address_not_split": 32, "not_public": 1, "no_name": 1, "phone_many": 4, "phone_not_readable": 1, "hours_not_readable": 3, "unknown_town": 11}},
		{"nys_drop_boxes", "nys_medication_drop_boxes.kmz", 416, 1, counts{"not_public": 1, "hours_not_readable": 3, "unknown_town": 7}},
		{"us_fqhc", "us_fqhc_hrsa_geocoded.csv", 13577, 2183, counts{"not_public": 2169, "private": 2, "duplicate_row": 12, "duplicate_key": 6, "duplicate_address": 1021, "html": 68, "phone_not_readable": 15, "unknown_town": 68}},
		{"us_otp", "us_opioid_treatment_programs_samhsa.csv", 1831, 20, counts{"not_public": 19, "duplicate_row": 1, "duplicate_address": 27, "zip_padded": 232, "zip_not_in_state": 1, "unknown_postcode": 7, "unknown_town": 13}},
	} {
		t.Run(test.source+" "+test.file, func(t *testing.T) {
			o := draftFile(t, test.source, test.file)
			if len(o.drafts) != test.records || o.rejected != test.rejected {
				t.Errorf("%d records, %d rejected; want %d and %d", len(o.drafts), o.rejected, test.records, test.rejected)
			}
			if diff := cmp.Diff(test.codes, counts(o.codes)); diff != "" {
				t.Errorf("rows with findings (-want +got):\n%s", diff)
			}
			checkLaws(t, o.drafts)
		})
	}
}

// checkLaws holds for every file: keys are unique among what is let in, and
// nobody is sent to a place that may not be shown.
func checkLaws(t testing.TB, drafts []record.Draft) {
	t.Helper()
	keys := map[string]int{}
	for _, d := range drafts {
		if d.Rejected != slices.ContainsFunc(d.Findings, func(f record.Finding) bool { return f.Error }) {
			t.Errorf("row %d: rejected %v, and its findings say otherwise", d.Record.Row, d.Rejected)
		}
		if d.Rejected {
			continue
		}
		if first, taken := keys[d.Key]; taken || d.Key == "" {
			t.Errorf("rows %d and %d have the key %q", first, d.Record.Row, d.Key)
		}
		keys[d.Key] = d.Record.Row
		if len(d.Slug) > 100 || strings.Trim(d.Slug, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Errorf("the slug %q", d.Slug)
		}
		s := d.Site
		if s.ID = d.Slug; s.ID == "" {
			s.ID = "x"
		}
		if err := s.Publishable(); err != nil && s.Status == site.Active {
			t.Errorf("row %d was let in: %v", d.Record.Row, err)
		}
	}
}

func TestTheDefaultCoordinateOfASurveyIsNoPlace(t *testing.T) {
	for _, d := range draftFile(t, "ri_survey", "ri_naloxbox_survey.csv").drafts {
		if p := d.Site.Position.Point; math.Abs(p.Lon()+71.55914855) < 1e-9 {
			t.Errorf("row %d stands on the default coordinate", d.Record.Row)
		}
		if d.Record.Row == 7 && d.Site.Position.Precision != site.AtTown {
			t.Errorf("row 7 has the position %+v, want its town", d.Site.Position)
		}
	}
}

func TestTheColumnOfEntryCodesIsNeverStored(t *testing.T) {
	o := draftFile(t, "ri_survey", "ri_naloxbox_survey.csv")
	for _, d := range o.drafts {
		if text := d.Record.Values[15]; text != "" {
			t.Errorf("row %d keeps %d characters of it", d.Record.Row, len(text))
		}
	}
	text, err := json.Marshal(o.drafts)
	if err != nil || bytes.Contains(bytes.ToLower(text), []byte("code for entry")) {
		t.Errorf("it is in the drafts: %v", err)
	}
}

func TestThreeBoxesOfOneClubAreOneSiteWithThreeDevices(t *testing.T) {
	devices := 0
	for _, d := range draftFile(t, "ri_survey", "ri_naloxbox_survey.csv").drafts {
		if d.Site.Devices > 0 && !d.Rejected {
			devices += d.Site.Devices
			if d.Record.Row != 42 {
				t.Errorf("row %d has devices", d.Record.Row)
			}
		}
	}
	if devices != 3 {
		t.Errorf("%d devices, want 3", devices)
	}
}

func TestADragFilledPostalCodeDoesNotPlaceAPharmacy(t *testing.T) {
	o := draftFile(t, "nj_naloxone", "nj_naloxone_pharmacies_geocoded.csv")
	for _, d := range o.drafts[:4] {
		if d.Site.Address.County != "atlantic-county" {
			t.Errorf("row %d is in %s", d.Record.Row, d.Site.Address.County)
		}
	}
	for _, d := range o.drafts {
		if d.Site.Position.Point == (orb.Point{}) {
			t.Errorf("row %d stands at 0,0", d.Record.Row)
		}
	}
}

func TestGeometryIsBetterThanColumns(t *testing.T) {
	for _, d := range draftFile(t, "ri_locations", "ri_naloxon_locations.shp").drafts {
		if p := d.Site.Position; geo.Distance(p.Point, *d.Record.Point) > 0.1 || p.Precision != site.AtAddress {
			t.Errorf("row %d stands at %v, its geometry is %v", d.Record.Row, p, *d.Record.Point)
		}
	}
}

func TestAddressesAreCutIntoTheirParts(t *testing.T) {
	for _, d := range draftFile(t, "orange_ny", "orange_ny_naloxbox_2025.geojson").drafts {
		if a := d.Site.Address; a.City == "" && a.Street != "" || a.Region != "NY" || d.Site.Name == "" {
			t.Errorf("row %d: %q", d.Record.Row, a.City)
		}
	}
}

func TestAMappingIsProposedForEveryRealFile(t *testing.T) {
	for _, test := range []struct {
		file  string
		lines []string
	}{
		{"orange_ny_naloxbox_2025.geojson", []string{`full_address = "address"`, `hours_raw = "hours"`, `access_point = "narcanlocation"`, `table = { "Naloxbox" = "box" }`}},
		{"ri_naloxbox_survey.csv", []string{`never = ["If the NaloxBox is not easily accessible`, `lat = "y"`, `lon = "x"`, `public_access = "Is this service device publicly available?"`}},
		{"ri_community_naloxboxes_and_vending.xlsx", []string{`name = "#2"`, `full_address = "Address of NaloxBox"`}},
		{"ri_naloxon_locations.shp", []string{`name = "Location"`, `"x" was left out`, `"y" was left out`}},
		{"nj_naloxone_pharmacies_geocoded.csv", []string{`address = "ADDRESS"`, `region = "ST"`, `postal_code = "ZIP"`, `match_score = "Match Score"`, "coverage = [-75."}},
		{"nj_syringe_exchange_geocoded.csv", []string{`name = "ID"`}},
		{"hamilton_oh_naloxone_distribution_sites.csv", []string{`name = "site_name"`, `"Naloxone Pharmacy" = "pharmacy"`, `key = ["num"]`}},
		{"ny_esap_pharmacies.json", []string{`name = "PHARMACY NAME"`, `phone = "PHONE NUMBER"`, `postal_code = "ZIP CODE"`}},
		{"bc_pharmacies_2017.derived.tsv", []string{`name = "pharmacy_name"`, `address = "address"`}},
		{"page_rows.jsonl", []string{`contains = "supplies"`, `eligibility = "eligibility_raw"`}},
		{"nys_medication_drop_boxes.kmz", []string{`hours_raw = "Hours"`, `url = "Website"`}},
		{"us_fqhc_hrsa_geocoded.csv", []string{`region = "st_abbr"`, `phone = "phone"`}},
		{"us_opioid_treatment_programs_samhsa.csv", []string{`name = "ID"`, `postal_code = "POSTAL"`}},
	} {
		t.Run(test.file, func(t *testing.T) {
			path := filepath.Join(realData, test.file)
			if _, err := os.Stat(path); err != nil {
				t.Skipf("the real data are not here: %v", err)
			}
			table, done, err := reader.OpenFile(path, reader.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer done()
			text, notes, err := ingest.DraftMapping(table, &ingest.Mapping{Name: test.file})
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range test.lines {
				if !strings.Contains(text, line) {
					t.Errorf("there is no %s in\n%s", line, text)
				}
			}
			if _, err := ingest.ReadMapping(strings.NewReader(text), test.file); !errors.Is(err, ingest.ErrMapping) {
				t.Errorf("it is accepted without a publisher: %v", err)
			}
			m, err := ingest.ReadMapping(strings.NewReader(strings.Replace(text, "FILL IN", "Example County", 1)), test.file)
			if err != nil || len(notes) == 0 {
				t.Fatalf("%v, %d notes", err, len(notes))
			}
			if o := draftTable(t, m, table); len(o.drafts) == 0 {
				t.Error("nothing was drafted with it")
			}
		})
	}
}

// BenchmarkHealthCenters drafts the 13,577 rows of a real file, its reading
// included.
func BenchmarkHealthCenters(b *testing.B) {
	draftFile(b, "us_fqhc", "us_fqhc_hrsa_geocoded.csv")
	b.ResetTimer()
	for b.Loop() {
		if n := len(draftFile(b, "us_fqhc", "us_fqhc_hrsa_geocoded.csv").drafts); n != 13_577 {
			b.Fatalf("%d drafts", n)
		}
	}
}
