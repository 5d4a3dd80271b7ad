package reader

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carrypoint/internal/record"
)

// read opens bytes and takes every record, cloned.
func read(t *testing.T, name, data string, o Options) (*record.Table, []record.Record) {
	t.Helper()
	table, err := Open(name, strings.NewReader(data), int64(len(data)), o)
	if err != nil {
		t.Fatal(err)
	}
	return table, all(t, table)
}

func all(t *testing.T, table *record.Table) []record.Record {
	t.Helper()
	var records []record.Record
	for r, err := range table.Records {
		if err != nil {
			t.Fatal(err)
		}
		r.Values = slices.Clone(r.Values)
		records = append(records, r)
	}
	return records
}

// refusal is the error of opening bytes, or of reading them to their end.
func refusal(name string, data []byte, o Options) error {
	table, err := Open(name, bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		return err
	}
	for _, err := range table.Records {
		if err != nil {
			return err
		}
	}
	return nil
}

func codes(table *record.Table) []string {
	var all []string
	for _, f := range table.Findings {
		all = append(all, f.Code)
	}
	return all
}

// value is the value of a record in a column; a column that is not there is a mistake.
func value(t *testing.T, table *record.Table, r record.Record, column string) string {
	t.Helper()
	i := table.Column(column)
	if i < 0 {
		t.Fatalf("there is no column %q in %q", column, table.Header)
	}
	if i >= len(r.Values) {
		return ""
	}
	return r.Values[i]
}

// shared is the folder of real files; tests that need it are left out without it.
func shared(t testing.TB) string {
	dir := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("../shared/data is not there: the test on real files is left out")
	}
	return dir
}

func TestRealFiles(t *testing.T) {
	dir := shared(t)
	for _, test := range []struct {
		file     string
		o        Options
		format   string
		records  int
		column   string
		points   int
		findings []string
	}{
		{file: "orange_ny_naloxbox_2024-10-15.geojson", format: GeoJSON, records: 70, column: "name", points: 70},
		{file: "orange_ny_naloxbox_2024-10-24.geojson", format: GeoJSON, records: 70, column: "name", points: 70},
		{file: "orange_ny_naloxbox_2025.geojson", format: GeoJSON, records: 74, column: "location_type", points: 74},
		{file: "ri_naloxbox_survey.csv", format: CSV, records: 51, column: "Is the NaloxBox in date?", findings: []string{"decoded_windows_1252"}},
		{file: "ri_community_naloxboxes_and_vending.xlsx", format: XLSX, records: 38, column: "Address of NaloxBox", findings: []string{"other_sheets"}},
		{file: "ri_community_naloxboxes_and_vending.xlsx", o: Options{Sheet: "vending machines"}, format: XLSX, records: 11, column: "Address"},
		{file: "ri_naloxon_locations.shp", format: Shapefile, records: 92, column: "Full_addre", points: 92},
		{file: "nj_naloxone_pharmacies_geocoded.csv", format: CSV, records: 1043, column: "Match Score"},
		{file: "nj_syringe_exchange_geocoded.csv", format: CSV, records: 7, column: "ADDRESS"},
		{file: "hamilton_oh_naloxone_distribution_sites.csv", format: CSV, records: 143, column: "site_type"},
		{file: "ny_esap_pharmacies.json", format: JSON, records: 3004, column: "ZIP CODE"},
		{file: "bc_pharmacies_2017.derived.tsv", format: CSV, records: 271, column: "pharmacy_name"},
		{file: "page_rows.jsonl", format: JSONLines, records: 62, column: "hours_raw"},
		{file: "us_fqhc_hrsa_geocoded.csv", format: CSV, records: 13577, column: "phone"},
		{file: "us_opioid_treatment_programs_samhsa.csv", format: CSV, records: 1831, column: "POSTAL", findings: []string{"decoded_windows_1252"}},
		{file: "nys_medication_drop_boxes.kmz", format: KMZ, records: 416, column: "Street Address", points: 416},
		{file: "hours_corpus.tsv", format: CSV, records: 679, column: "source"},
		{file: "real_us_addresses.json", format: JSON, records: 3220, column: "coordinates.lat"},
		{file: "tl_2021_30059_addrfeat.shp", format: Shapefile, records: 677, column: "FULLNAME", points: 677, findings: []string{"middle_of_area"}},
	} {
		t.Run(test.file, func(t *testing.T) {
			table, done, err := OpenFile(filepath.Join(dir, test.file), test.o)
			if err != nil {
				t.Fatal(err)
			}
			defer done()
			records := all(t, table)
			points, filled := 0, 0
			for _, r := range records {
				if r.Fault != "" {
					t.Errorf("row %d: %s", r.Row, r.Fault)
				}
				if r.Point != nil {
					points++
				}
				if value(t, table, r, test.column) != "" {
					filled++
				}
			}
			if table.Format != test.format || len(records) != test.records || points != test.points {
				t.Errorf("%s with %d records and %d points, want %s with %d and %d", table.Format, len(records), points, test.format, test.records, test.points)
			}
			if filled == 0 {
				t.Errorf("no record has a value in the column %q", test.column)
			}
			if got := codes(table); !slices.Equal(got, test.findings) {
				t.Errorf("findings %q, want %q", got, test.findings)
			}
			if again := all(t, table); len(again) != len(records) {
				t.Errorf("%d records on the second reading, %d on the first", len(again), len(records))
			}
		})
	}
}
