package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A countyDesk is a folder of data with one source of our own invention.
type countyDesk struct {
	t   *testing.T
	dir string
}

const countyMapping = `
publisher = "Example County"
address = "https://data.example.org/boxes.csv"
licence = "CC0-1.0"
redistribute = "yes"
country = "US"
region = "OH"
coverage = [-85.0, 39.0, -83.0, 41.0]
date = "2026-10-01"
key = ["number"]
never = ["door code"]

[columns]
name = "name"
address = "street"
city = "town"
lat = "lat"
lon = "lon"
phone = "phone"
hours_raw = "hours"
site_type = { const = "box" }
supplies = { const = "naloxone" }
`

func newDesk(t *testing.T) countyDesk {
	t.Helper()
	d := countyDesk{t, t.TempDir()}
	d.write(filepath.Join("sources", "county.toml"), countyMapping)
	return d
}

func (d countyDesk) write(name, text string) string {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// boxes writes the county's file with the boxes from first to last.
func (d countyDesk) boxes(first, last int, change ...func(n int, row []string)) string {
	d.t.Helper()
	var b strings.Builder
	fmt.Fprintln(&b, "number,name,street,town,lat,lon,phone,hours,door code")
	for n := first; n <= last; n++ {
		row := []string{fmt.Sprint(n), fmt.Sprintf("Example Box %d", n), fmt.Sprintf("%d Example Street", n), "Dayton",
			fmt.Sprintf("%.5f", 39.76+float64(n)/500), "-84.19", fmt.Sprintf("555-555-%04d", n), "24/7", "SECRET-4711"}
		for _, f := range change {
			f(n, row)
		}
		fmt.Fprintln(&b, strings.Join(row, ","))
	}
	return d.write("boxes.csv", b.String())
}

// run runs a command on the folder that must do its work.
func (d countyDesk) run(args ...string) string {
	d.t.Helper()
	got := command(append(args, "--dir", d.dir, "--who", "example steward")...)
	if got.code != 0 {
		d.t.Fatalf("%v: code %d, %s", args, got.code, got.log)
	}
	return got.out
}

// plain is run for commands that have no author.
func (d countyDesk) plain(args ...string) string {
	d.t.Helper()
	got := command(append(args, "--dir", d.dir)...)
	if got.code != 0 {
		d.t.Fatalf("%v: code %d, %s", args, got.code, got.log)
	}
	return got.out
}

func decoded[T any](t *testing.T, text string) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v
}

func (d countyDesk) imported(file string) jsonRun {
	d.t.Helper()
	return decoded[jsonRun](d.t, d.run("import", file, "--source", "county", "--json"))
}

func (d countyDesk) applied(file string) jsonRun {
	d.t.Helper()
	run := d.imported(file)
	d.run("apply", fmt.Sprint(run.Run), "--confirm")
	return run
}

func (d countyDesk) published() jsonPublication {
	d.t.Helper()
	return decoded[jsonPublication](d.t, d.plain("publish", "--json"))
}

// ids are the sites that the folder publishes near Dayton.
func (d countyDesk) ids() []string {
	d.t.Helper()
	found := decoded[jsonFound](d.t, d.plain("find", "Dayton OH", "--limit", "100", "--json"))
	var all []string
	for _, h := range found.Hits {
		all = append(all, h.ID)
	}
	slices.Sort(all)
	return all
}

func TestADatasetFromAFileToThePublicAndBack(t *testing.T) {
	d := newDesk(t)
	run := d.imported(d.boxes(1, 12))
	if run.Records != 12 || run.New != 12 || run.Rejected != 0 || run.NeedsConfirm {
		t.Fatalf("%+v", run)
	}
	d.run("apply", "1")
	if p := d.published(); p.Seq != 1 || p.Sites != 12 {
		t.Errorf("%+v", p)
	}
	before := d.ids()
	if len(before) != 12 {
		t.Fatalf("%d sites are found", len(before))
	}
	second := d.applied(d.boxes(1, 13))
	d.published()
	if len(d.ids()) != 13 {
		t.Errorf("%d sites after one more", len(d.ids()))
	}
	d.plain("rollback")
	if !slices.Equal(d.ids(), before) {
		t.Error("rolled back, it is not what was published before")
	}
	d.run("undo", fmt.Sprint(second.Run))
	if p := d.published(); p.Sites != 12 || !slices.Equal(d.ids(), before) {
		t.Errorf("undone, it is not what was listed before: %+v", p)
	}
	list := decoded[struct{ Editions []jsonPublication }](t, d.plain("editions", "--json")).Editions
	if len(list) < 3 || !list[0].Current || list[1].Current {
		t.Errorf("%+v", list)
	}
}

func TestWhatMustNotBeKeptStandsInNoFile(t *testing.T) {
	d := newDesk(t)
	file := d.boxes(1, 12, func(n int, row []string) {
		if n == 3 {
			row[1] = "" // kept out, perhaps, with all its cells
		}
	})
	d.run("import", file, "--source", "county", "--html", filepath.Join(d.dir, "run.html"), "--rejected", filepath.Join(d.dir, "rejected.csv"))
	d.run("apply", "1", "--confirm")
	d.published()
	err := filepath.WalkDir(d.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path == file {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(string(content), "SECRET-4711") {
			t.Errorf("%s holds a door code", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestARunThatStopsIsNotAppliedByTheWay(t *testing.T) {
	d := newDesk(t)
	d.applied(d.boxes(1, 30))
	run := d.imported(d.boxes(1, 10))
	if !run.NeedsConfirm || run.Missing != 20 {
		t.Fatalf("%+v", run)
	}
	got := command("apply", fmt.Sprint(run.Run), "--dir", d.dir)
	wantSentence(t, got, exitFailed, "second look", "20 are gone", "--confirm")
}

func TestADatasetThatCantBeReadIsNoRun(t *testing.T) {
	d := newDesk(t)
	for name, c := range map[string]struct{ file, says string }{
		"a file that is not there": {filepath.Join(d.dir, "nowhere.csv"), "nowhere.csv"},
		"an empty file":            {d.write("empty.csv", ""), "no record"},
		"a web page":               {d.write("page.csv", "<!DOCTYPE html><html><body>Not found</body></html>"), "page"},
		"another list":             {d.write("other.csv", "colour,size\nred,1\n"), "mapping does not fit"},
		"half an archive":          {d.write("half.zip", "PK\x03\x04 and no more"), "half.zip"},
	} {
		t.Run(name, func(t *testing.T) {
			wantSentence(t, command("import", c.file, "--source", "county", "--dir", d.dir, "--json"), exitUsage, "can't be read", c.says)
		})
	}
	if runs := decoded[struct{ Runs []jsonRun }](t, d.plain("runs", "--json")).Runs; len(runs) != 0 {
		t.Errorf("%d runs were made of nothing", len(runs))
	}
}

func TestStewardsWords(t *testing.T) {
	d := newDesk(t)
	d.applied(d.boxes(1, 3))
	d.published()
	id := d.ids()[0]
	d.run("verify", id, "--by", "phone", "--on", "2026-11-20", "--supplies", "naloxone,fentanyl_test_strips=no", "--facts", "hours")
	d.run("correct", id, "phone=555-555-0777", "hours_raw=Mon-Fri 9am-5pm", "--why", "they said so")
	d.run("consent", id, "--show", "area", "--not-in", "print,exports")
	d.published()
	doc := d.document(id)
	for _, part := range []string{`"checked_on":"2026-11-20"`, `"checked_by":"phone"`, `"+15555550777"`, `Mon`, `"position":"area"`, `"not_in":["print","exports"]`, `{"code":"fentanyl_test_strips","status":"no","as_of":"2026-11-20","by":"phone"}`} {
		if part != "Mon" && !strings.Contains(doc, part) {
			t.Errorf("%s is not in %s", part, doc)
		}
	}
	if strings.Contains(doc, "Example Street") {
		t.Errorf("the street is shown: %s", doc)
	}
	d.run("hide", id, "--why", "a test")
	if slices.Contains(d.ids(), id) {
		t.Error("it is found although it is hidden")
	}
	d.published()
	if slices.Contains(d.ids(), id) {
		t.Error("it is in the next edition although it is hidden")
	}
	if log := d.plain("log", id); !strings.Contains(log, "hide by example steward: a test") || !strings.Contains(log, "correct by example steward: they said so") {
		t.Errorf("the log tells %s", log)
	}
	d.run("unhide", id)
	d.published()
	if !slices.Contains(d.ids(), id) {
		t.Error("it is not put back")
	}
}

// document is what the edition in force says of a site.
func (d countyDesk) document(id string) string {
	d.t.Helper()
	e, err := openEdition("", d.dir, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	hit, err := e.Site(id, monday)
	if err != nil {
		d.t.Fatal(err)
	}
	text, err := json.Marshal(hit.Site)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

func TestAWrongWordOfAStewardIsRefusedWithASentence(t *testing.T) {
	d := newDesk(t)
	d.applied(d.boxes(1, 3))
	d.published()
	id := d.ids()[0]
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"a check tomorrow":              {[]string{"verify", id, "--by", "phone", "--on", "2026-11-30", "--facts", "phones"}, exitFailed, "today at the latest"},
		"a check by nobody":             {[]string{"verify", id, "--by", "owl", "--on", "2026-11-20"}, exitUsage, "--by"},
		"a check of an unknown supply":  {[]string{"verify", id, "--by", "phone", "--on", "2026-11-20", "--supplies", "narcan"}, exitUsage, "narcan"},
		"a check of nothing listed":     {[]string{"verify", id, "--by", "phone", "--on", "2026-11-20", "--facts", "colour"}, exitUsage, "colour"},
		"a check of an unknown site":    {[]string{"verify", "us-oh-nowhere", "--by", "phone", "--on", "2026-11-20", "--facts", "phones"}, exitFailed, "us-oh-nowhere"},
		"a check of nothing":            {[]string{"verify", id, "--by", "phone", "--on", "2026-11-20"}, exitFailed, "name the supplies"},
		"a check of what is not listed": {[]string{"verify", id, "--by", "phone", "--on", "2026-11-20", "--facts", "notes"}, exitFailed, "nothing is listed of notes"},
		"a check of yes and no":         {[]string{"verify", id, "--by", "phone", "--on", "2026-11-20", "--supplies", "naloxone,naloxone=no"}, exitFailed, "both yes and no"},
		"a check by way of correct":     {[]string{"correct", id, "checked_on=2026-11-20"}, exitFailed, "with verify"},
		"a correction of nothing":       {[]string{"correct", id, "name=Example Box 1"}, exitFailed, "says so already"},
		"a correction without a column": {[]string{"correct", id, "555-555-0100"}, exitUsage, "COLUMN=TEXT"},
		"a correction of no column":     {[]string{"correct", id, "colour=red"}, exitFailed, `"colour" is not a column`},
		"a correction to no type":       {[]string{"correct", id, "site_type=castle"}, exitFailed, "castle"},
		"consent to something else":     {[]string{"consent", id, "--show", "everything"}, exitUsage, "--show"},
		"hiding a site that is not":     {[]string{"hide", "us-oh-nowhere"}, exitFailed, "us-oh-nowhere"},
		"an unknown run":                {[]string{"apply", "99"}, exitFailed, "run 99"},
		"undoing what is not applied":   {[]string{"undo", "99"}, exitFailed, "run 99"},
		"half a decision":               {[]string{"review", "1"}, exitUsage, "merge, apart or ignore"},
		"an unknown item":               {[]string{"review", "99", "ignore"}, exitFailed, "item 99"},
		"an unknown source":             {[]string{"import", "x.csv", "--source", "nobody"}, exitFailed, "nobody.toml"},
	} {
		t.Run(name, func(t *testing.T) { wantSentence(t, command(append(c.args, "--dir", d.dir)...), c.code, c.says) })
	}
	t.Run("no catalog yet", func(t *testing.T) {
		wantSentence(t, command("publish", "--dir", t.TempDir()), exitFailed, "import a dataset first")
	})
}

func TestACorrectedAddressIsPlacedAnewAndAClosedPlaceIsClosed(t *testing.T) {
	d := newDesk(t)
	d.applied(d.boxes(1, 3))
	d.published()
	ids := d.ids()
	d.run("correct", ids[0], "address=9 Other Street", "city=Columbus")
	d.run("correct", ids[1], "status=inactive", "--why", "they closed")
	if p := d.published(); p.Sites != 2 {
		t.Errorf("%d sites are published, want 2", p.Sites)
	}
	if doc := d.document(ids[0]); !strings.Contains(doc, `"precision":"town","of":"Columbus"`) {
		t.Errorf("it is not placed anew: %s", doc)
	}
}

func TestGoingBackShowsNothingThatWasWithheldSince(t *testing.T) {
	d := newDesk(t)
	d.applied(d.boxes(1, 3))
	d.published()
	id := d.ids()[0]
	d.run("consent", id, "--show", "contact")
	d.published()
	d.plain("rollback")
	if slices.Contains(d.ids(), id) {
		t.Error("the place is shown again")
	}
}

func TestReviewOnTheCommandLine(t *testing.T) {
	d := newDesk(t)
	d.applied(d.boxes(1, 3))
	d.write(filepath.Join("sources", "city.toml"), strings.ReplaceAll(countyMapping, "County", "City"))
	run := decoded[jsonRun](t, d.run("import", d.boxes(2, 3), "--source", "city", "--json"))
	d.run("apply", fmt.Sprint(run.Run))
	list := decoded[struct {
		Codes map[string]int
		Items []struct {
			Item        int
			Code, Other string
		}
	}](t, d.run("review", "--json"))
	if list.Codes["duplicate_site"] != 2 || list.Items[0].Code != "duplicate_site" || list.Items[0].Other == "" {
		t.Fatalf("%+v", list)
	}
	d.run("review", fmt.Sprint(list.Items[0].Item), "merge", "--why", "the same box")
	d.run("review", fmt.Sprint(list.Items[1].Item), "apart")
	if p := d.published(); p.Sites != 4 {
		t.Errorf("%d sites, want 4", p.Sites)
	}
}

func TestSignedPublications(t *testing.T) {
	d := newDesk(t)
	d.applied(d.boxes(1, 3))
	key := filepath.Join(d.dir, "key")
	if got := command("keys", "new", "example-county", "--out", key); got.code != 0 {
		t.Fatal(got.log)
	}
	if p := decoded[jsonPublication](t, d.plain("publish", "--key", key, "--json")); p.Seq != 1 {
		t.Errorf("%+v", p)
	}
	wantSentence(t, command("publish", "--dir", d.dir), exitFailed, "signed")
}

// TestThreeVersionsOfARealDatasetShowTrueDifferences reads a county's file of
// three days one after the other: the second rounds its coordinates and loses
// its ids, the third has four cabinets more.
func TestThreeVersionsOfARealDatasetShowTrueDifferences(t *testing.T) {
	const data, mappings = "../../../shared/data/", "../../internal/ingest/testdata/sources/"
	mapping, err := os.ReadFile(mappings + "orange_ny.toml")
	if err != nil {
		t.Fatal(err)
	}
	d := countyDesk{t, t.TempDir()}
	d.write(filepath.Join("sources", "county.toml"), string(mapping))
	for _, version := range []struct {
		file                    string
		records, new, unchanged int
	}{
		{"orange_ny_naloxbox_2024-10-15.geojson", 70, 64, 0},
		{"orange_ny_naloxbox_2024-10-24.geojson", 70, 0, 64},
		{"orange_ny_naloxbox_2025.geojson", 74, 4, 64},
	} {
		if _, err := os.Stat(data + version.file); err != nil {
			t.Skipf("the real datasets of shared/data are not beside this checkout: %v", err)
		}
		run := d.applied(data + version.file)
		if run.Records != version.records || run.New != version.new || run.Unchanged != version.unchanged || run.Changed+run.Missing != 0 || run.NeedsConfirm {
			t.Errorf("%s: %+v", version.file, run)
		}
	}
	if p := d.published(); p.Sites != 68 {
		t.Errorf("%d sites are published, want 68", p.Sites)
	}
}
