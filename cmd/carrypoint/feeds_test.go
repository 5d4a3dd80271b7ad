package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"carrypoint/internal/edition"
)

// feedMapping is a source that is read again every day, from a file as from an
// address of the web. It says nothing of where its sites are: the gates alone must do.
const feedMapping = `
publisher = "Example County"
address = %q
licence = "CC0-1.0"
redistribute = "yes"
every = "1d"
country = "US"
region = "OH"
date = "2026-10-01"
key = ["number"]

[columns]
name = "name"
address = "street"
city = "town"
lat = "lat"
lon = "lon"
phone = "phone"
url = "web"
hours_raw = "hours"
status = "status"
public_access = "public"
supplies = "supplies"
site_type = { const = "box" }
`

// Columns of a feed.
const (
	feedNumber = iota
	feedName
	feedStreet
	feedTown
	feedLat
	feedLon
	feedPhone
	feedWeb
	feedHours
	feedStatus
	feedPublic
	feedSupplies
)

var feedHeader = []string{"number", "name", "street", "town", "lat", "lon", "phone", "web", "hours", "status", "public", "supplies"}

// feedRows are the county's sites on a good day, about 110 m from each other.
func feedRows(n int) [][]string {
	rows := [][]string{feedHeader}
	for i := 1; i <= n; i++ {
		rows = append(rows, []string{fmt.Sprint(i), fmt.Sprintf("Example Box %d", i), fmt.Sprintf("%d Example Street", i), "Dayton",
			fmt.Sprintf("%.5f", 39.70+float64(i)/1000), "-84.19000", fmt.Sprintf("555-555-%04d", i), fmt.Sprintf("https://county.example.org/box/%d", i),
			"Mon-Fri 9am-5pm", "active", "yes", "naloxone"})
	}
	return rows
}

func feedCSV(rows [][]string) []byte {
	var b bytes.Buffer
	_ = csv.NewWriter(&b).WriteAll(rows) // a buffer takes everything
	return b.Bytes()
}

// each changes every row of a feed, but the header.
func each(change func(n int, row []string)) func([][]string) []byte {
	return func(rows [][]string) []byte {
		for n, row := range rows[1:] {
			change(n+1, row)
		}
		return feedCSV(rows)
	}
}

func all(column int, text string) func([][]string) []byte {
	return each(func(_ int, row []string) { row[column] = text })
}

func always(content []byte) func([][]string) []byte {
	return func([][]string) []byte { return content }
}

// shifted gives every row what the next one has in a column.
func shifted(column int) func([][]string) []byte {
	return func(rows [][]string) []byte {
		first := rows[1][column]
		for n := 1; n < len(rows)-1; n++ {
			rows[n][column] = rows[n+1][column]
		}
		rows[len(rows)-1][column] = first
		return feedCSV(rows)
	}
}

// moved puts every site two kilometres to the north.
func moved(n int, row []string) {
	row[feedLat] = fmt.Sprintf("%.5f", 39.70+float64(n)/1000+0.018)
}

// bombBytes is what the bombs unpack to: nothing but blanks, and more than a
// reader lets pass at their ratio.
const bombBytes = 24 << 20

func bomb(pack func(io.Writer) (io.WriteCloser, error)) func([][]string) []byte {
	return func([][]string) []byte {
		var b bytes.Buffer
		w, err := pack(&b)
		if err != nil {
			panic(err)
		}
		for range bombBytes >> 20 {
			_, _ = w.Write(bytes.Repeat([]byte(" "), 1<<20)) // a buffer takes everything
		}
		if err := w.Close(); err != nil {
			panic(err)
		}
		return b.Bytes()
	}
}

func gzipBomb(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil }

// A zipped is one file in an archive.
type zipped struct {
	io.Writer
	archive *zip.Writer
}

func (z zipped) Close() error { return z.archive.Close() }

func zipBomb(names ...string) func(io.Writer) (io.WriteCloser, error) {
	return func(w io.Writer) (io.WriteCloser, error) {
		archive := zip.NewWriter(w)
		for _, name := range names[:len(names)-1] {
			if _, err := archive.Create(name); err != nil {
				return nil, err
			}
		}
		f, err := archive.Create(names[len(names)-1])
		return zipped{f, archive}, err
	}
}

// poisons are the ways in which a feed goes wrong (security.md, threat 12).
var poisons = map[string]func(rows [][]string) []byte{
	"an empty file":                             always(nil),
	"a header only":                             func(rows [][]string) []byte { return feedCSV(rows[:1]) },
	"cut short in the middle of a row":          func(rows [][]string) []byte { b := feedCSV(rows); return b[:len(b)/2] },
	"half of the rows are gone":                 func(rows [][]string) []byte { return feedCSV(rows[:1+len(rows)/2]) },
	"latitude and longitude are swapped":        each(func(_ int, row []string) { row[feedLat], row[feedLon] = row[feedLon], row[feedLat] }),
	"every site is at 0,0":                      each(func(_ int, row []string) { row[feedLat], row[feedLon] = "0", "0" }),
	"every site is at the same spot":            each(func(_ int, row []string) { row[feedLat], row[feedLon] = "39.75890", "-84.19160" }),
	"every site has lost its spot":              each(func(_ int, row []string) { row[feedLat], row[feedLon] = "", "" }),
	"every site has the same phone number":      all(feedPhone, "555-555-0999"),
	"every site is closed for good":             all(feedStatus, "defunct"),
	"no site is public":                         all(feedPublic, "no"),
	"no site has a name":                        all(feedName, ""),
	"no site has a street":                      all(feedStreet, ""),
	"no site has a phone number":                all(feedPhone, ""),
	"no site has hours":                         all(feedHours, ""),
	"no site has supplies":                      all(feedSupplies, ""),
	"every site moved by 2 km":                  each(moved),
	"renumbered, and every site moved by 2 km":  each(func(n int, row []string) { row[feedNumber] = fmt.Sprint(5000 + n); moved(n, row) }),
	"every web address is on another host":      each(func(n int, row []string) { row[feedWeb] = fmt.Sprintf("https://casino.example.net/%d", n) }),
	"an error page in its place":                always([]byte("<!DOCTYPE html>\n<html><head><title>503</title></head><body><h1>Service unavailable</h1></body></html>\n")),
	"an error in JSON in its place":             always([]byte(`{"error":{"code":500,"message":"Error performing query operation"}}`)),
	"another table in its place":                always([]byte("permit,colour,size\n1,red,9\n2,blue,8\n")),
	"bytes that are no text":                    always(bytes.Repeat([]byte{0, 1, 2, 0xff, 0xfe, '"', '\n'}, 500)),
	"a zip bomb":                                bomb(zipBomb("boxes.csv")),
	"a gzip bomb":                               bomb(gzipBomb),
	"a bomb in the form of a workbook":          bomb(zipBomb("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")),
	"every site is closed, in another word":     all(feedStatus, "closed"),
	"every site hands out something else":       all(feedSupplies, "fentanyl test strips"),
	"every site is always open":                 all(feedHours, "24/7"),
	"every site is in another town":             all(feedTown, "Toledo"),
	"the names were sorted, and nothing else":   shifted(feedName),
	"the streets were sorted, and nothing else": shifted(feedStreet),
	"the phones were sorted, and nothing else":  shifted(feedPhone),
	"a flood of sites that were not there": func(rows [][]string) []byte {
		return feedCSV(append(rows, feedRows(20 * len(rows))[len(rows):]...))
	},
	"the columns are named in another order": func(rows [][]string) []byte {
		rows[0] = slices.Clone(rows[0])
		rows[0][feedName], rows[0][feedPhone], rows[0][feedHours] = rows[0][feedPhone], rows[0][feedHours], rows[0][feedName]
		return feedCSV(rows)
	},
}

// TestAPoisonedFeedLeavesThePublicWhatItHas has a county that is published, and
// whose feed then goes wrong, in a small county and in a larger one.
func TestAPoisonedFeedLeavesThePublicWhatItHas(t *testing.T) {
	for _, sites := range []int{12, 40} {
		for name, poison := range poisons {
			t.Run(fmt.Sprintf("%d sites: %s", sites, name), func(t *testing.T) { wantUntouched(t, sites, poison) })
		}
	}
}

// wantUntouched fails the test unless what is published stays, byte for byte,
// when a feed is poisoned and read by refresh, or imported by hand.
func wantUntouched(t *testing.T, sites int, poison func([][]string) []byte) {
	t.Helper()
	d := countyDesk{t, t.TempDir()}
	address := d.write("feed.csv", string(feedCSV(feedRows(sites))))
	d.write(filepath.Join(sourcesFolder, "county.toml"), fmt.Sprintf(feedMapping, address))
	if run := d.imported(address); run.New != sites || run.NeedsConfirm {
		t.Fatalf("a good day gave %+v", run)
	}
	d.run("apply", "1")
	d.published()
	before := public(t, d.dir)

	d.write("feed.csv", string(poison(feedRows(sites))))
	d.refreshStops()
	if diff := cmp.Diff(before, public(t, d.dir)); diff != "" {
		t.Fatal("after refresh, something else is published: ", diff)
	}
	d.importStops(address)
	if diff := cmp.Diff(before, public(t, d.dir)); diff != "" {
		t.Error("after import, something else is published: ", diff)
	}
}

// public is what a server would read of a folder: its files, each by the sum of
// its bytes.
func public(t *testing.T, dir string) map[string]string {
	t.Helper()
	seen := map[string]string{}
	for path, content := range contents(t, dir) {
		name, err := filepath.Rel(dir, path)
		if err != nil {
			t.Fatal(err)
		}
		if folder, _, _ := strings.Cut(name, string(filepath.Separator)); slices.Contains([]string{"current", "editions", "publications", "hidden"}, folder) {
			seen[name] = edition.ID([]byte(content))
		}
	}
	return seen
}

// refreshStops fails the test unless refresh can't read the feed, or makes a run
// that waits for a person.
func (d countyDesk) refreshStops() {
	d.t.Helper()
	got := command("refresh", "--dir", d.dir, "--who", "timer", "--json")
	answer := decoded[struct{ Sources []refreshed }](d.t, got.out)
	if len(answer.Sources) != 1 {
		d.t.Fatalf("the source was not due: %+v", got)
	}
	switch r := answer.Sources[0]; {
	case r.Outcome == outcomeFailed && got.code == exitFailed && r.Run == 0 && r.Why != "":
	case r.Outcome == outcomeWaits && got.code == 0 && r.Run == 2 && r.Why != "":
	default:
		d.t.Errorf("refresh went on: %+v", got)
	}
}

// importStops is refreshStops for an import by hand.
func (d countyDesk) importStops(file string) {
	d.t.Helper()
	runs := len(decoded[struct{ Runs []jsonRun }](d.t, d.plain("runs", "--json")).Runs)
	got := command("import", file, "--source", "county", "--dir", d.dir, "--json")
	if got.code == exitUsage {
		wantSentence(d.t, got, exitUsage, "can't be read")
		if after := len(decoded[struct{ Runs []jsonRun }](d.t, d.plain("runs", "--json")).Runs); after != runs {
			d.t.Errorf("a feed that can't be read makes a run")
		}
		return
	}
	run := decoded[jsonRun](d.t, got.out)
	if got.code != 0 || len(run.Reasons) == 0 {
		d.t.Errorf("import tells nobody: %+v", got)
	}
	if run.NeedsConfirm {
		wantSentence(d.t, command("apply", fmt.Sprint(run.Run), "--dir", d.dir), exitFailed, "second look")
	}
}
