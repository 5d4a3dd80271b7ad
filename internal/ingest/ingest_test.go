package ingest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
)

var places = sync.OnceValue(func() *gazetteer.Gazetteer {
	f, err := os.Open("../../data/gazetteer/places.tsv.gz")
	if err != nil {
		panic(err)
	}
	defer f.Close()
	g, err := gazetteer.Open(f)
	if err != nil {
		panic(err)
	}
	return g
})

func read(t *testing.T, text string) *Dataset {
	t.Helper()
	d, err := CSV(strings.NewReader(text), Places{Gazetteer: places()})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func codes(d *Dataset) []string {
	var all []string
	for _, f := range d.Findings {
		all = append(all, f.Code)
	}
	return all
}

// fileOf writes a file of one row, from the minimum and what a case adds.
func fileOf(more map[string]string) string {
	values := map[string]string{"id": "us-oh-example", "name": "Example Box", "region": "OH", "country": "US", "kind": "place", "site_type": "box", "city": "Dayton"}
	for column, value := range more {
		values[column] = value
	}
	var header, fields []string
	for _, column := range columns {
		header = append(header, column)
		fields = append(fields, `"`+strings.ReplaceAll(values[column], `"`, `""`)+`"`)
	}
	return strings.Join(header, ",") + "\n" + strings.Join(fields, ",") + "\n"
}

func TestARowBecomesASite(t *testing.T) {
	d := read(t, "\ufeff"+fileOf(map[string]string{
		"supplies": "fentanyl_test_strips;naloxone_nasal", "supplies_no": "syringes", "cost": "free", "source_date": "2026-10",
		"phone": "555-555-0123 or 555-555-0124", "hours_raw": "Monday to Friday 9am to 5pm", "url": "https://example.org/box",
		"eligibility": "residents of Ohio", "wait": "5 to 7 business days",
	}))
	if len(d.Sites) != 1 || len(d.Findings) != 0 {
		t.Fatalf("%d sites, findings %v", len(d.Sites), d.Findings)
	}
	s := d.Sites[0]
	if s.Supplies.Has(site.Naloxone) != site.Yes || s.Supplies.Has(site.Syringes) != site.No || s.Supplies.Has(site.XylazineTestStrips) != site.Unknown {
		t.Errorf("supplies %v", s.Supplies)
	}
	if s.Supplies[0].Code != site.NaloxoneNasal || s.Supplies[0].AsOf != "2026-10" {
		t.Errorf("naloxone is not first or has no date: %v", s.Supplies)
	}
	if s.Position.Precision != site.AtTown || s.Position.Of != "Dayton" || s.TimeZone != "America/New_York" {
		t.Errorf("position %v in zone %q", s.Position, s.TimeZone)
	}
	if s.Eligibility != "residents of Ohio" || s.Wait != "5 to 7 business days" {
		t.Errorf("for %q, after %q", s.Eligibility, s.Wait)
	}
	if len(s.Phones) != 2 || s.Address.Town != "dayton" || s.Address.County != "montgomery-county" {
		t.Errorf("phones %v, town %q, county %q", s.Phones, s.Address.Town, s.Address.County)
	}
}

func TestFindings(t *testing.T) {
	for _, test := range []struct {
		name string
		row  map[string]string
		code string
		kept bool
	}{
		{"an id with spaces", map[string]string{"id": "a b"}, "bad_id", false},
		{"no name", map[string]string{"name": " "}, "no_name", false},
		{"a private home", map[string]string{"site_type": "private_residence"}, "private", false},
		{"a site that is not open to the public", map[string]string{"public_access": "no"}, "not_public", false},
		{"a planned site", map[string]string{"status": "planned"}, "not_publishable", false},
		{"a word that is not in the vocabulary", map[string]string{"cost": "cheap"}, "unknown_word", true},
		{"a supply that nobody knows", map[string]string{"supplies": "magic"}, "unknown_supply", true},
		{"coordinates of 0,0", map[string]string{"lat": "0", "lon": "0"}, "zero_coordinates", true},
		{"coordinates that are NaN", map[string]string{"lat": "NaN", "lon": "1"}, "bad_coordinates", true},
		{"projected coordinates", map[string]string{"lat": "4400000", "lon": "300000"}, "projected_coordinates", true},
		{"a postal code of another state", map[string]string{"postal_code": "94103"}, "zip_not_in_state", true},
		{"a postal code that is none", map[string]string{"postal_code": "00000"}, "unknown_postcode", true},
		{"a town that is not in the state", map[string]string{"city": "Qqqqville"}, "unknown_town", true},
		{"no place at all", map[string]string{"city": ""}, "no_position", true},
		{"hours that nobody can read", map[string]string{"hours_raw": "when the moon is full"}, "hours_not_readable", true},
		{"a phone number that is none", map[string]string{"phone": "ask Bob"}, "phone_not_readable", true},
		{"an address that runs a script", map[string]string{"url": "javascript:alert(1)"}, "bad_web_address", true},
		{"an address with a user", map[string]string{"source_url": "https://a@example.org/"}, "bad_web_address", true},
		{"a date of no calendar", map[string]string{"source_date": "2026-02-30"}, "bad_date", true},
		{"a time zone of no map", map[string]string{"timezone": "Mars/Olympus"}, "unknown_time_zone", true},
		{"text that lost its letters", map[string]string{"notes": "Mondayï¿½Friday"}, "undecodable_text", true},
		{"who is let in, in the words of how long it takes", map[string]string{"wait": "5 days; staff only"}, "not_public", false},
		{"a name as long as a page", map[string]string{"name": strings.Repeat("x", 301)}, "field_too_long", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := read(t, fileOf(test.row))
			if !slices.Contains(codes(d), test.code) || (len(d.Sites) == 1) != test.kept {
				t.Errorf("findings %v, %d sites", d.Findings, len(d.Sites))
			}
			if d.Rejected() != d.Records-len(d.Sites) {
				t.Error("the count of rejected rows is wrong")
			}
		})
	}
}

func TestCoordinatesBeatThePostalCodeAndThePostalCodeBeatsTheTown(t *testing.T) {
	own := read(t, fileOf(map[string]string{"lat": "39.75", "lon": "-84.19", "postal_code": "45402"})).Sites[0]
	if own.Position.Precision != site.Exact || own.Position.Point.Lat() != 39.75 || own.TimeZone != "America/New_York" {
		t.Errorf("with coordinates: %v", own.Position)
	}
	code := read(t, fileOf(map[string]string{"postal_code": "45402"})).Sites[0]
	if code.Position.Precision != site.AtPostcode || code.Position.Of != "45402" {
		t.Errorf("with a postal code: %v", code.Position)
	}
	mail := read(t, fileOf(map[string]string{"kind": "mail_order"})).Sites[0]
	if mail.Position.Known() {
		t.Errorf("a mail service has a position: %v", mail.Position)
	}
}

func TestTextIsCleanedOfWhatMayDeceive(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"spaces run together", "  a \t b\n c ", "a b c"},
		{"direction marks go", "call \u202e0123-555\u202c now", "call 0123-555 now"},
		{"control characters go", "a\x00b\x1bc", "abc"},
		{"hidden characters go", "a\u200bb\ufeff", "ab"},
		{"accents stay", "Corazón — ʻOhana", "Corazón — ʻOhana"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := clean(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestWhatIsNoDatasetIsRefusedInWords(t *testing.T) {
	for name, text := range map[string]string{
		"an empty file":       "",
		"a page":              "<!doctype html><title>x</title>",
		"another CSV":         "lat,lon\n1,2\n",
		"too many columns":    strings.Repeat("a,", 500) + "\n",
		"a header in pieces":  "\"id,name\n",
		"noughts":             strings.Repeat("\x00", 100),
		"a binary file":       "PK\x03\x04\x00\x01",
		"a list without name": "id,region,country\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := CSV(strings.NewReader(text), Places{Gazetteer: places()}); !errors.Is(err, ErrNotDataset) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestABrokenRowDoesNotLoseTheOthers(t *testing.T) {
	text := fileOf(nil) + "us-oh-two,\"Broken \"quote,OH,US\nus-oh-three,Example Three,OH,US\nus-oh-three,Example Again,OH,US\n"
	d := read(t, text)
	if len(d.Sites) != 2 || !slices.Contains(codes(d), "row_not_readable") || !slices.Contains(codes(d), "duplicate_id") {
		t.Errorf("%d sites, findings %v", len(d.Sites), d.Findings)
	}
}

// TestTheStarterDataset reads what ships: every row is in, and nothing but what
// is known of it is found.
func TestTheStarterDataset(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "data", "sites", "points.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d, err := CSV(f, Places{Gazetteer: places()})
	if err != nil {
		t.Fatal(err)
	}
	if d.Records != 596 || len(d.Sites) != 596 {
		t.Errorf("%d records, %d sites, want 596 of each", d.Records, len(d.Sites))
	}
	found := map[string]int{}
	for _, f := range d.Findings {
		found[f.Code]++
	}
	t.Log("findings:", found)
	for _, code := range []string{"unknown_word", "unknown_supply", "bad_date", "bad_web_address", "unknown_postcode", "zip_not_in_state", "entry_code", "private", "not_public"} {
		if found[code] != 0 {
			t.Errorf("%d findings of %s: %v", found[code], code, firstOfCode(d, code))
		}
	}
	for _, s := range d.Sites {
		if s.CheckedOn != "" || s.Position.Mapped() {
			t.Errorf("%s says more than anybody knows", s.ID)
		}
	}
}

func firstOfCode(d *Dataset, code string) string {
	for _, f := range d.Findings {
		if f.Code == code {
			return f.String()
		}
	}
	return ""
}

func FuzzCSV(f *testing.F) {
	f.Add(fileOf(nil))
	f.Add("id,name,region,country\n\"a\",b,OH,US\n")
	f.Add("id,name,region,country\na,\xff\xfe,OH,US\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := CSV(strings.NewReader(text), Places{Gazetteer: places()})
		if err != nil {
			return
		}
		for _, s := range d.Sites {
			if err := s.Publishable(); err != nil {
				t.Errorf("a site that may not be published was let in: %v", err)
			}
			if clean(s.Name) != s.Name {
				t.Errorf("the name %q is not clean", s.Name)
			}
		}
		for _, finding := range d.Findings {
			if fmt.Sprint(finding) == "" || finding.Text == "" {
				t.Error("a finding says nothing")
			}
		}
	})
}

func BenchmarkCSV(b *testing.B) {
	content, err := os.ReadFile(filepath.Join("..", "..", "data", "sites", "points.csv"))
	if err != nil {
		b.Fatal(err)
	}
	places()
	for b.Loop() {
		if _, err := CSV(strings.NewReader(string(content)), Places{Gazetteer: places()}); err != nil {
			b.Fatal(err)
		}
	}
}
