package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sites is a dataset of four places that do not exist.
const sites = "testdata/sites.csv"

// folderOf builds the current edition of a new folder from a dataset.
func folderOf(t *testing.T, file string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if got := command("edition", "build", file, "--dir", dir); got.code != 0 {
		t.Fatalf("building from %s: %+v", file, got)
	}
	return dir
}

func TestFindInJSON(t *testing.T) {
	const (
		place   = `{"place":{"name":"94103","kind":"postcode","region":"CA","country":"US","lon":-122.4113,"lat":37.773,"precision":"postcode"},"hits":[`
		box     = `{"id":"us-ca-example-box","name":"Example Box","metres":159.4,"lon":-122.41,"lat":37.774,"precision":"exact","open":"open","supplies":[{"code":"naloxone_nasal","status":"yes"},{"code":"fentanyl_test_strips","status":"yes"}]}`
		library = `{"id":"us-ca-example-library","name":"Example Library","metres":0,"lon":-122.4113,"lat":37.773,"precision":"postcode","open":"unknown","supplies":[{"code":"fentanyl_test_strips","status":"yes"}]}`
		pharma  = `{"id":"us-ca-example-pharmacy","name":"Example <Pharmacy> & Co.","metres":1228.5,"lon":-122.41,"lat":37.784,"precision":"address","open":"open","supplies":[{"code":"naloxone","status":"yes"},{"code":"fentanyl_test_strips","status":"no"}]}`
	)
	dir := folderOf(t, sites)
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"everything, nearest first":          {[]string{"94103"}, place + library + "," + box + "," + pharma + "]}"},
		"strips":                             {[]string{"94103", "--need", "fentanyl_test_strips"}, place + library + "," + box + "]}"},
		"strips and any naloxone":            {[]string{"94103", "--need", "fentanyl_test_strips", "--need", "naloxone"}, place + box + "]}"},
		"one":                                {[]string{"94103", "--limit", "1"}, place + library + "]}"},
		"open now, where that is known":      {[]string{"94103", "--open"}, place + box + "," + pharma + "]}"},
		"free, where that is known":          {[]string{"94103", "--free"}, place + box + "]}"},
		"what nobody has":                    {[]string{"94103", "--need", "covid_test"}, place + "]}"},
		"near a text that is no place":       {[]string{"qwxzv jklpt"}, `{"place":null,"hits":[]}`},
		"step-free is unknown, never a yes":  {[]string{"94103", "--step-free"}, place + "]}"},
		"ID is unknown, never a place to go": {[]string{"94103", "--no-id"}, place + "]}"},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(append([]string{"find", "--json", "--dir", dir}, c.args...)...)
			if diff := cmp.Diff(ending{0, c.want + "\n", ""}, got, cmp.AllowUnexported(ending{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFindInWords(t *testing.T) {
	dir := folderOf(t, sites)
	want := "Nearest to the middle of 94103, CA, US, in a straight line:\n" +
		"under 1 km  Example Library           open: unknown  San Francisco, CA (postcode)\n" +
		"under 1 km  Example Box               open: open     San Francisco, CA (exact)\n" +
		"1 km        Example <Pharmacy> & Co.  open: open     San Francisco, CA (address)\n"
	if got := command("find", "94103", "--dir", dir); got != (ending{0, want, ""}) {
		t.Errorf("got %+v, want\n%s", got, want)
	}
	if got := command("find", "94103", "--dir", dir, "--need", "covid_test"); got.code != 0 || !strings.HasPrefix(got.out, "No place is known") {
		t.Errorf("got %+v", got)
	}
	wantSentence(t, command("find", "qwxzv jklpt", "--dir", dir), exitFailed, `"qwxzv jklpt" is no place`, "try a ZIP code")
	wantSentence(t, command("find", "94103", "--dir", t.TempDir()), exitFailed, "there is no current edition", "edition build")
}

func TestFindInTheDataInsideTheBinary(t *testing.T) {
	got := runBinary(t, "find", "94103", "--need", "fentanyl_test_strips", "--limit", "20", "--json")
	var found jsonFound
	if err := json.Unmarshal([]byte(got.out), &found); err != nil {
		t.Fatal(err, got.log)
	}
	if len(found.Hits) != 20 {
		t.Errorf("%d hits, want 20", len(found.Hits))
	}
	for i, h := range found.Hits {
		if i > 0 && h.Metres < found.Hits[i-1].Metres {
			t.Errorf("%s is nearer than the one before", h.ID)
		}
		if !slices.Contains(h.Supplies, jsonSupply{"fentanyl_test_strips", "yes"}) {
			t.Errorf("%s has no strips", h.ID)
		}
	}
}
