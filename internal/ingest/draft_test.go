package ingest

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

var today = time.Date(2026, time.November, 25, 12, 0, 0, 0, time.UTC)

// sourceMapping reads the columns of tableOf.
const sourceMapping = `
publisher = "Example Health Department"
licence = "CC0-1.0"
country = "US"
region = "OH"
coverage = [-85, 38, -80, 42]
never = ["Contact"]
[[drop]]
column = "Type"
contains = ["hepatitis"]
[columns]
name = "Name"
full_address = "Full"
address = "Address"
city = "City"
postal_code = "ZIP"
region = "State"
lat = "Lat"
lon = "Lon"
phone = "Phone"
hours_raw = "Hours"
access_point = "Inside"
notes = "Notes"
public_access = "Public"
source_date = "Updated"
match_score = "Score"
site_type = { from = "Type", table = { "NaloxBox" = "box" }, otherwise = "pharmacy" }
`

var sourceColumns = []string{"Name", "Full", "Address", "City", "ZIP", "State", "Lat", "Lon", "Phone", "Hours", "Inside", "Notes", "Public", "Updated", "Score", "Type", "Contact", "Extra"}

// tableOf is a table of rows that each say some of the columns.
func tableOf(rows ...map[string]string) *record.Table {
	return &record.Table{Format: "csv", Header: sourceColumns, Records: func(yield func(record.Record, error) bool) {
		for i, row := range rows {
			values := make([]string, len(sourceColumns))
			for at, name := range sourceColumns {
				values[at] = row[name]
			}
			if !yield(record.Record{Row: i + 1, Values: values}, nil) {
				return
			}
		}
	}}
}

// good is a row without a finding, and what a case changes in it.
func good(more map[string]string) map[string]string {
	row := map[string]string{"Name": "Example Pharmacy", "Address": "12 Example Street", "City": "Dayton", "ZIP": "45402", "Lat": "39.75", "Lon": "-84.19",
		"Phone": "555-555-0123", "Hours": "Monday to Friday 9am to 5pm", "Inside": "Lobby", "Updated": "2026-10-01"}
	for column, value := range more {
		row[column] = value
	}
	return row
}

func draftsOf(t testing.TB, mapping string, table *record.Table) []record.Draft {
	t.Helper()
	m, err := ReadMapping(strings.NewReader(mapping), "example")
	if err != nil {
		t.Fatal(err)
	}
	var all []record.Draft
	for d, err := range m.Drafts(table, Places{Gazetteer: places()}, today).All() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	return all
}

func codesOf(d record.Draft) []string {
	var all []string
	for _, f := range d.Findings {
		all = append(all, f.Code)
	}
	return all
}

func TestAGoodRowIsDraftedWithoutAFinding(t *testing.T) {
	d := draftsOf(t, sourceMapping, tableOf(good(nil)))[0]
	if len(d.Findings) != 0 || d.Rejected {
		t.Fatalf("findings %v", d.Findings)
	}
	if d.Slug != "us-oh-pharmacy" || d.Key != "example-pharmacy||12-example-street|dayton|lobby" {
		t.Errorf("slug %q, key %q", d.Slug, d.Key)
	}
	s := d.Site
	if s.Position.Precision != site.Exact || s.Source.Publisher != "Example Health Department" || s.Source.Licence != "CC0-1.0" || s.Hours.AsOf != "2026-10-01" || s.CheckedOn != "" {
		t.Errorf("site %+v", s)
	}
}

func TestEveryRowThatIsNotCleanIsFound(t *testing.T) {
	for _, test := range []struct {
		name string
		row  map[string]string
		code string
		kept bool
	}{
		{"text that lost its letters", map[string]string{"Hours": "Monday: 9AMï¿½5 PM"}, "undecodable_text", true},
		{"HTML", map[string]string{"Notes": "Ring<br>twice"}, "html", true},
		{"a direction mark", map[string]string{"Notes": "call \u202e321"}, "hidden_characters", true},
		{"0,0", map[string]string{"Lat": "0", "Lon": "0"}, "zero_coordinates", true},
		{"no number", map[string]string{"Lat": "north"}, "bad_coordinates", true},
		{"latitude and longitude exchanged", map[string]string{"Lat": "-84.19", "Lon": "39.75"}, "swapped_axes", true},
		{"metres", map[string]string{"Lat": "4400000", "Lon": "300000"}, "projected_coordinates", true},
		{"another state's coordinates", map[string]string{"Lat": "34.05", "Lon": "-118.24"}, "outside_coverage", true},
		{"a postal code of another state", map[string]string{"ZIP": "94103"}, "zip_not_in_state", true},
		{"a postal code without its zeros", map[string]string{"ZIP": "2903"}, "zip_padded", true},
		{"a spelled number", map[string]string{"Phone": "800EXAMPLE"}, "phone_vanity", true},
		{"two numbers", map[string]string{"Phone": "(555) 555-0123 or (555) 555-0124"}, "phone_many", true},
		{"two numbers with a comma", map[string]string{"Phone": "555-555-0123, 555-555-0124"}, "phone_many", true},
		{"no number to call", map[string]string{"Phone": "Contact JCDH directly"}, "phone_not_readable", true},
		{"a sober home", map[string]string{"Name": "Oxford House Example"}, "private", false},
		{"a kitchen", map[string]string{"Inside": "1: Kitchen"}, "private", false},
		{"outside of a kitchen", map[string]string{"Inside": "outside of the kitchen"}, "", true},
		{"a nurse's room", map[string]string{"Inside": "Nurse's Room"}, "not_public", false},
		{"a prison", map[string]string{"Name": "Example County Jail"}, "not_public", false},
		{"a probation office", map[string]string{"Name": "Probation - Example"}, "not_public", false},
		{"a numbered room", map[string]string{"Notes": "Rear building in room 190"}, "not_public", false},
		{"beside a numbered room", map[string]string{"Inside": "Entrance by Room 14"}, "", true},
		{"employees", map[string]string{"Notes": "Employees only"}, "not_public", false},
		{"a source that says no", map[string]string{"Public": "No"}, "not_public", false},
		{"a school", map[string]string{"Name": "Example High School"}, "not_public", false},
		{"a school that is public", map[string]string{"Name": "Example High School", "Public": "Yes"}, "school", true},
		{"an entry code", map[string]string{"Notes": "Door code 4711#"}, "entry_code", true},
		{"an entry code in a column that nobody asked for", map[string]string{"Extra": "Door code 4711#"}, "entry_code", true},
		{"whom to ask for", map[string]string{"Notes": "Ask for Maria"}, "personal_name", true},
		{"a practitioner", map[string]string{"Name": "MARIA EXAMPLE, MD"}, "personal_name", false},
		{"a site of another kind", map[string]string{"Type": "Hepatitis C testing site"}, "excluded_type", false},
		{"a site that is not there yet", map[string]string{"Name": "Example Office install pending"}, "not_active", true},
		{"hours that nobody can read", map[string]string{"Hours": "Weekday_business_hours,choice_8"}, "hours_not_readable", true},
		{"a date in the future", map[string]string{"Updated": "2027-03-01"}, "date_in_future", true},
		{"a date of America", map[string]string{"Updated": "10/24/2026"}, "", true},
		{"a date of ArcGIS", map[string]string{"Updated": "1790000000000"}, "", true},
		{"a date that is none", map[string]string{"Updated": "last week"}, "bad_date", true},
		{"what a spreadsheet left", map[string]string{"Name": "CV+D:DS EXAMPLE LLC"}, "spreadsheet_damage", true},
		{"a doubt", map[string]string{"Name": "Example Café (Example hall???)"}, "spreadsheet_damage", true},
		{"a name that is lost", map[string]string{"Name": "#REF!"}, "no_name", true},
		{"no name", map[string]string{"Name": ""}, "no_name", true},
		{"neither name nor address", map[string]string{"Name": "", "Address": ""}, "no_name", false},
		{"a low match score", map[string]string{"Score": "86.5"}, "low_match_score", true},
		{"no place at all", map[string]string{"Lat": "", "Lon": "", "ZIP": "", "City": ""}, "no_position", true},
		{"an address with a unit first", map[string]string{"Address": "Suite 5, 12 Example Street"}, "unit_first", true},
		{"an address without a town", map[string]string{"Address": "", "City": "", "Full": "900 Example Parade"}, "address_not_split", true},
		{"a name as long as a page", map[string]string{"Name": strings.Repeat("x", 301)}, "field_too_long", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := draftsOf(t, sourceMapping, tableOf(good(test.row)))[0]
			if test.code != "" && !slices.Contains(codesOf(d), test.code) || test.code == "" && len(d.Findings) != 0 || d.Rejected == test.kept {
				t.Errorf("findings %v, rejected %v", d.Findings, d.Rejected)
			}
			for _, f := range d.Findings {
				if f.Row != 1 || f.Text == "" || f.Code == "" {
					t.Errorf("the finding %+v says too little", f)
				}
			}
		})
	}
}

// TestWhatMustNotBeKeptStandsNowhere looks for a secret in every byte of a draft.
func TestWhatMustNotBeKeptStandsNowhere(t *testing.T) {
	for _, row := range []map[string]string{
		{"Notes": "Door code SECRET1"}, {"Extra": "the code is SECRET1"}, {"Contact": "SECRET1"}, {"Notes": "Ask for Secret1"},
		{"Name": "SECRET1 EXAMPLE, MD"}, {"Inside": "Lobby. PIN: SECRET1"}, {"Hours": "24/7 with code SECRET1"},
	} {
		d := draftsOf(t, sourceMapping, tableOf(good(row)))[0]
		if text := strings.ToUpper(fmt.Sprintf("%+v", d)); strings.Contains(text, "SECRET1") {
			t.Errorf("%v is in %s", row, text)
		}
	}
}

func TestNoWordOfAHomeIsInAFinding(t *testing.T) {
	d := draftsOf(t, sourceMapping, tableOf(good(map[string]string{"Name": "Oxford House Hidden", "Address": "Suite 5, 12 Hidden Street", "City": "Hiddenville", "Notes": "<b>Hidden</b>", "Phone": "Hidden"})))[0]
	if !d.Rejected || strings.Contains(fmt.Sprint(d.Findings), "idden") {
		t.Errorf("findings %+v", d.Findings)
	}
	for _, f := range d.Findings {
		if f.Value != "" {
			t.Errorf("the finding %+v has a value", f)
		}
	}
}

func TestCoordinatesOfAnotherCountryAreNotUsed(t *testing.T) {
	nowhere := strings.Replace(sourceMapping, "coverage = [-85, 38, -80, 42]", "", 1)
	for _, test := range []struct{ name, lat, lon, code string }{
		{"of the state", "39.75", "-84.19", ""},
		{"of an island of the United States", "13.28", "144.75", ""},
		{"exchanged", "-84.19", "39.75", "swapped_axes"},
		{"of Asia, because a sign was lost", "39.75", "84.19", "outside_coverage"},
		{"of the Antarctic", "-80", "-84.19", "outside_coverage"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := draftsOf(t, nowhere, tableOf(good(map[string]string{"Lat": test.lat, "Lon": test.lon})))[0]
			if used := d.Site.Position.Precision == site.Exact; used != (test.code == "") || !used && !slices.Contains(codesOf(d), test.code) {
				t.Errorf("position %+v, findings %v", d.Site.Position, d.Findings)
			}
		})
	}
}

func TestALowScoreIsNearAndNotExact(t *testing.T) {
	d := draftsOf(t, sourceMapping, tableOf(good(map[string]string{"Score": "80"})))[0]
	if d.Site.Position.Precision != site.AtStreet {
		t.Errorf("position %+v", d.Site.Position)
	}
}

func TestPointsThatManyAddressesShareAreNoPlaces(t *testing.T) {
	rows := []map[string]string{
		good(map[string]string{"Name": "One", "Address": "1 Example Street"}),
		good(map[string]string{"Name": "Two", "Address": "2 Example Street"}),
		good(map[string]string{"Name": "Three", "Address": "2 Example St, Suite 4"}),
	}
	for _, d := range draftsOf(t, sourceMapping, tableOf(rows...)) {
		if d.Site.Position.Precision != site.Exact {
			t.Errorf("two addresses: %v", d.Findings)
		}
	}
	rows = append(rows, good(map[string]string{"Name": "Four", "Address": "44 Other Road"}))
	for _, d := range draftsOf(t, sourceMapping, tableOf(rows...)) {
		if d.Site.Position.Precision != site.AtPostcode || !slices.Contains(codesOf(d), "coordinate_cluster") {
			t.Errorf("three addresses: %v at %v", d.Findings, d.Site.Position)
		}
	}
}

func TestCopiesAreDevicesOrCopies(t *testing.T) {
	box := good(map[string]string{"Type": "NaloxBox"})
	later := good(map[string]string{"Type": "NaloxBox", "Hours": "24/7"})
	drafts := draftsOf(t, sourceMapping, tableOf(box, later, box))
	if drafts[0].Site.Devices != 3 || drafts[0].Rejected || !drafts[1].Rejected || !drafts[2].Rejected {
		t.Errorf("three boxes: %d devices, %v, %v", drafts[0].Site.Devices, drafts[1].Findings, drafts[2].Findings)
	}
	drafts = draftsOf(t, sourceMapping, tableOf(good(nil), good(nil), good(map[string]string{"Hours": "24/7"})))
	if drafts[0].Site.Devices != 0 || !drafts[1].Rejected || drafts[2].Rejected {
		t.Errorf("pharmacies: %d devices, %v, %v", drafts[0].Site.Devices, drafts[1].Findings, drafts[2].Findings)
	}
	if want := []string{"duplicate_key", "duplicate_address"}; !slices.Equal(codesOf(drafts[2]), want) || drafts[2].Key == drafts[0].Key {
		t.Errorf("the same pharmacy with other hours: %v, key %q", drafts[2].Findings, drafts[2].Key)
	}
}

func TestRowsOfOneAddressAreForReview(t *testing.T) {
	near := good(map[string]string{"Name": "Other Box", "Address": "12 EXAMPLE ST.", "Lat": "39.7501"})
	far := good(map[string]string{"Name": "Far Hall", "Lat": "39.76"})
	drafts := draftsOf(t, sourceMapping, tableOf(good(nil), near, far))
	if !slices.Equal(codesOf(drafts[1]), []string{"duplicate_address"}) || !strings.Contains(drafts[1].Findings[0].Text, "row 1") {
		t.Errorf("11 metres away: %v", drafts[1].Findings)
	}
	if len(drafts[2].Findings) != 0 {
		t.Errorf("a kilometre away: %v", drafts[2].Findings)
	}
}

func TestADragFilledRunOfPostalCodesIsFound(t *testing.T) {
	var rows []map[string]string
	for i, zip := range []string{"08201", "08202", "08203", "08204"} {
		rows = append(rows, good(map[string]string{"Name": fmt.Sprint("Store ", i), "Address": fmt.Sprint(i+1, " Example Pike"), "City": "Absecon", "State": "NJ", "ZIP": zip, "Lat": "", "Lon": ""}))
	}
	drafts := draftsOf(t, sourceMapping, tableOf(rows...))
	for i, d := range drafts {
		if found := slices.Contains(codesOf(d), "zip_sequence"); found != (i > 0) {
			t.Errorf("row %d: %v", i+1, d.Findings)
		}
		if d.Site.Address.County != "atlantic-county" {
			t.Errorf("row %d is in %s", i+1, d.Site.Address.County)
		}
	}
}

func TestOneNumberOnMostRowsIsTheFilesFault(t *testing.T) {
	var rows []map[string]string
	for i := range 12 {
		rows = append(rows, good(map[string]string{"Name": fmt.Sprint("Site ", i), "Address": fmt.Sprint(i, " Example Street"), "Lat": fmt.Sprint(39.1 + float64(i)/100)}))
	}
	m, err := ReadMapping(strings.NewReader(strings.NewReplacer("CC0-1.0", "none", "[[drop]]", "redistribute = \"no\"\ndate = \"2030\"\n[[drop]]", `"Hours"`, `"Opening hours"`).Replace(sourceMapping)), "example")
	if err != nil {
		t.Fatal(err)
	}
	drafts := m.Drafts(tableOf(rows...), Places{Gazetteer: places()}, today)
	for range drafts.All() {
	}
	var codes []string
	for _, f := range drafts.Findings() {
		codes = append(codes, f.Code)
		if f.Row != 0 || f.Text == "" {
			t.Errorf("%+v is not of the file", f)
		}
	}
	if want := []string{"column_missing", "no_licence", "not_redistributable", "date_in_future", "one_phone", "no_supplies"}; !slices.Equal(codes, want) {
		t.Errorf("found %v, want %v", codes, want)
	}
}

func TestAStreetFileIsAskedBeforeThePostalCode(t *testing.T) {
	m, err := ReadMapping(strings.NewReader(sourceMapping), "example")
	if err != nil {
		t.Fatal(err)
	}
	at := orb.Point{-84.2, 39.76}
	find := func(street, city, region, postcode, country string) (orb.Point, site.Precision, bool) {
		return at, site.AtAddress, street == "12 Example Street" && city == "Dayton" && region == "OH" && postcode == "45402" && country == "US"
	}
	rows := tableOf(good(map[string]string{"Lat": "", "Lon": ""}), good(map[string]string{"Lat": "0", "Lon": "0", "Address": "13 Example Street"}))
	var got []site.Position
	for d, err := range m.Drafts(rows, Places{Gazetteer: places(), Find: find}, today).All() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, d.Site.Position)
	}
	if got[0].Point != at || got[0].Precision != site.AtAddress || got[1].Precision != site.AtPostcode {
		t.Errorf("positions %+v", got)
	}
}

func TestAKeyThatTheSourceTellsMustBeItsOwn(t *testing.T) {
	keyed := "key = [\"Extra\"]\n" + sourceMapping
	drafts := draftsOf(t, keyed, tableOf(good(map[string]string{"Extra": "7"}), good(map[string]string{"Extra": "7", "Name": "Another"}), good(map[string]string{"Name": "Third"})))
	if drafts[0].Key != "7" || !slices.Contains(codesOf(drafts[1]), "duplicate_key") || !drafts[1].Rejected {
		t.Errorf("keys %q and %q, %v", drafts[0].Key, drafts[1].Key, drafts[1].Findings)
	}
	if !strings.HasPrefix(drafts[2].Key, "third|") {
		t.Errorf("a row without its key has %q", drafts[2].Key)
	}
}

func TestADateOfALiveFeedIsACheck(t *testing.T) {
	d := draftsOf(t, "live = true\n"+sourceMapping, tableOf(good(nil)))[0]
	if d.Site.CheckedOn != "2026-10-01" || d.Site.CheckedBy != site.BySource {
		t.Errorf("checked %q by %q", d.Site.CheckedOn, d.Site.CheckedBy)
	}
}

func TestATableOfAnotherFileIsRefused(t *testing.T) {
	m, err := ReadMapping(strings.NewReader(sourceMapping), "example")
	if err != nil {
		t.Fatal(err)
	}
	table := &record.Table{Header: []string{"a", "b"}, Records: func(func(record.Record, error) bool) {}}
	for _, err := range m.Drafts(table, Places{Gazetteer: places()}, today).All() {
		if !errors.Is(err, ErrNotOfMapping) {
			t.Errorf("got %v", err)
		}
		return
	}
	t.Error("it was read")
}

func TestOrderIsKeptAndAnErrorEndsIt(t *testing.T) {
	broken := errors.New("the disk is gone")
	numbers := func(n int, then error) iter.Seq2[record.Record, error] {
		return func(yield func(record.Record, error) bool) {
			for i := range n {
				if !yield(record.Record{Row: i + 1}, nil) {
					return
				}
			}
			if then != nil {
				yield(record.Record{}, then)
			}
		}
	}
	row := func() func(record.Record) int { return func(rec record.Record) int { return rec.Row } }
	for _, n := range []int{0, 1, batchRows - 1, batchRows, batchRows + 1, 10 * batchRows} {
		want := 1
		for got, err := range inOrder(numbers(n, nil), row) {
			if err != nil || got != want {
				t.Fatalf("of %d: got %d, %v; want %d", n, got, err, want)
			}
			want++
		}
		if want != n+1 {
			t.Errorf("%d of %d rows came", want-1, n)
		}
	}
	for _, stop := range []int{1, 5, 3 * batchRows} {
		for got := range inOrder(numbers(20*batchRows, nil), row) {
			if got == stop {
				break
			}
		}
	}
	var last error
	n := 0
	for _, err := range inOrder(numbers(700, broken), row) {
		if last = err; err == nil {
			n++
		}
	}
	if !errors.Is(last, broken) || n != 700 {
		t.Errorf("%d rows, then %v", n, last)
	}
}

// TestDraftingNeverLies drafts tables of whatever values.
func TestDraftingNeverLies(t *testing.T) {
	pieces := []string{"", "Example", "12 Example Street", "Dayton", "45402", "2903", "39.75", "-84.19", "0", "NaN", "24/7", "Door code 4711#", "<br>", "ï¿½", "\u202e", "Yes", "No",
		"Oxford House", "Jail", "Ask for Maria", ", MD", "2026-10-01", "2030", "555-555-0123", "Kitchen", " ", "\n", "#REF!", "NaloxBox", "OH 45402", ", "}
	m, err := ReadMapping(strings.NewReader(sourceMapping), "example")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			if rapid.IntRange(0, 9).Draw(t, "any") == 0 {
				return rapid.String().Draw(t, "text")
			}
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 3).Draw(t, "pieces"), " ")
		})
		rows := rapid.SliceOfN(rapid.SliceOfN(text, 0, len(sourceColumns)+2), 0, 12).Draw(t, "rows")
		table := &record.Table{Header: sourceColumns, Records: func(yield func(record.Record, error) bool) {
			for i, values := range rows {
				if !yield(record.Record{Row: i + 1, Values: values}, nil) {
					return
				}
			}
		}}
		keys := map[string]bool{}
		row := 0
		for d, err := range m.Drafts(table, Places{Gazetteer: places()}, today).All() {
			if err != nil {
				t.Fatal(err)
			}
			if row++; d.Record.Row != row {
				t.Fatalf("row %d came as number %d", d.Record.Row, row)
			}
			if strings.Contains(fmt.Sprintf("%+v", d), "4711") {
				t.Fatalf("an entry code is in %+v", d)
			}
			if d.Rejected {
				continue
			}
			if keys[d.Key] {
				t.Fatalf("the key %q stands twice", d.Key)
			}
			keys[d.Key] = true
			d.Site.ID = "x"
			if err := d.Site.Publishable(); err != nil && d.Site.Status == site.Active {
				t.Fatalf("row %d was let in: %v", row, err)
			}
			if p := d.Site.Position.Point; d.Site.Position.Precision == site.Exact && !m.Coverage.Contains(p) {
				t.Fatalf("row %d stands at %v, outside of the source", row, p)
			}
		}
		if row != len(rows) {
			t.Fatalf("%d drafts of %d rows", row, len(rows))
		}
	})
}

func FuzzDrafts(f *testing.F) {
	f.Add("Example", "12 Example Street, Dayton, OH 45402", "39.75", "24/7", "Door code 4711#")
	f.Add("MARIA EXAMPLE, MD", "<table><tr><td>x", "NaN", "ï¿½", "ask for")
	f.Add("+A1:B", "#,#", "1e400", "&amp;&lt;br&gt;", "\u202e\x00")
	m, err := ReadMapping(strings.NewReader(sourceMapping), "example")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name, address, number, hours, notes string) {
		row := map[string]string{"Name": name, "Full": address, "Address": address, "Lat": number, "Lon": number, "Score": number, "ZIP": number, "Phone": number, "Hours": hours, "Notes": notes, "Inside": notes, "Type": notes, "Updated": number}
		for d, err := range m.Drafts(tableOf(row, row), Places{Gazetteer: places()}, today).All() {
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{d.Site.Name, d.Site.Notes, d.Site.AccessPoint, d.Site.Hours.Raw, d.Site.Address.Street} {
				if entryCode(text) && clean(notes) == notes {
					t.Errorf("%q has an entry code", text)
				}
				if strings.ContainsFunc(text, hidden) {
					t.Errorf("%q is not clean", text)
				}
			}
		}
	})
}
