package ingest

import (
	"fmt"
	"iter"
	"strings"
	"syscall"
	"testing"
	"time"

	"carrypoint/internal/record"
)

// benchMapping reads the rows of manyRows.
const benchMapping = `
publisher = "Example Health Department"
licence = "CC0-1.0"
country = "US"
region = "OH"
coverage = [-85, 38, -80, 42]
[columns]
name = "Name"
address = "Street"
city = "City"
postal_code = "ZIP"
phone = "Phone"
hours_raw = "Hours"
lat = "Lat"
lon = "Lon"
notes = "Notes"
site_type = { from = "Kind", table = { "NaloxBox" = "box" }, otherwise = "other" }
supplies = { from = "Notes", contains = "supplies" }
`

// manyRows is a table of n rows that have all that a row may have.
func manyRows(n int) *record.Table {
	header := []string{"ID", "Name", "Street", "City", "ZIP", "Phone", "Hours", "Lat", "Lon", "Notes", "Kind"}
	hours := []string{"Monday to Friday 9am to 5pm", "24/7", "Mon-Sat 8am-6pm; Sun closed", "by appointment", ""}
	cities := []string{"Dayton", "Columbus", "Cleveland", "Toledo", "Akron"}
	zips := []string{"45402", "43215", "44113", "43604", "44308"}
	var records iter.Seq2[record.Record, error] = func(yield func(record.Record, error) bool) {
		values := make([]string, len(header))
		for i := range n {
			k := i % len(cities)
			copy(values, []string{
				fmt.Sprint(i), fmt.Sprintf("Example Site %d", i), fmt.Sprintf("%d Example Street", i), cities[k], zips[k],
				fmt.Sprintf("555-555-%04d", i%10_000), hours[i%len(hours)],
				fmt.Sprintf("%.6f", 39+float64(i%100_000)/50_000), fmt.Sprintf("%.6f", -84+float64(i/100_000)/10),
				"Free naloxone and fentanyl test strips at the front desk", "NaloxBox",
			})
			if !yield(record.Record{Row: i + 1, Values: values}, nil) {
				return
			}
		}
	}
	return &record.Table{Format: "csv", Header: header, Records: records}
}

// processorTime is what the process has used of its cores: on a machine with
// other work it says more than a clock.
func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkDrafts drafts 100,000 rows: the survey and the drafts.
func BenchmarkDrafts(b *testing.B) {
	const rows = 100_000
	m, err := ReadMapping(strings.NewReader(benchMapping), "bench")
	if err != nil {
		b.Fatal(err)
	}
	places()
	b.ReportAllocs()
	begin := processorTime(b)
	for b.Loop() {
		n := 0
		for draft, err := range m.Drafts(manyRows(rows), Places{Gazetteer: places()}, time.Time{}).All() {
			if err != nil || draft.Rejected {
				b.Fatal(err, draft.Findings)
			}
			n++
		}
		if n != rows {
			b.Fatalf("%d drafts of %d rows", n, rows)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64((processorTime(b)-begin).Microseconds())/rows/float64(b.N), "cpu-µs/row")
}
