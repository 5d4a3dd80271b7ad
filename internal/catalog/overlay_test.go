package catalog

import (
	"errors"
	"strings"
	"testing"

	"carrypoint/internal/hours"
	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// only is the id of the one site of a catalog.
func only(t *testing.T, c *Catalog) string {
	t.Helper()
	for id := range listing(t, c) {
		return id
	}
	t.Fatal("there is no site")
	return ""
}

func found(t *testing.T, c *Catalog, id string) *site.Site {
	t.Helper()
	s, err := c.Site(ctx, id)
	must(t, err)
	return s
}

// corrected puts one thing right.
func corrected(t *testing.T, c *Catalog, id string, change func(*site.Site)) {
	t.Helper()
	right := found(t, c, id)
	change(right)
	_, err := c.Correct(ctx, id, right, steward)
	must(t, err)
}

func TestACorrectionHoldsUntilTheSourceChangesThatVeryThing(t *testing.T) {
	phone := func(number string) func(*record.Draft) {
		return func(d *record.Draft) { d.Site.Phones = []site.Phone{site.ParsePhone(number)} }
	}
	for _, test := range []struct {
		name string
		next func(*record.Draft)
		want string
	}{
		{"the same file again", func(*record.Draft) {}, "555-555-0777"},
		{"a newer list with the same facts", func(d *record.Draft) { d.Site.Source.Date = "2026-11" }, "555-555-0777"},
		{"another fact changes", func(d *record.Draft) { d.Site.Name = "Example Corner" }, "555-555-0777"},
		{"the fact itself changes", phone("555-555-0188"), "555-555-0188"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, _ := opened(t)
			applied(t, c, county, boxes(1))
			id := only(t, c)
			corrected(t, c, id, func(s *site.Site) { s.Phones = []site.Phone{site.ParsePhone("555-555-0777")} })
			before := listing(t, c)[id]
			run := applied(t, c, county, []record.Draft{box(1, test.next)})
			if got := found(t, c, id).Phones[0].Raw; got != test.want {
				t.Errorf("the phone number is %s, want %s", got, test.want)
			}
			_, err := c.Undo(ctx, run.ID, steward)
			must(t, err)
			if after := listing(t, c)[id]; after != before {
				t.Errorf("undo gave\n%s\nwant\n%s", after, before)
			}
		})
	}
}

func TestACorrectionOfSomethingToNothing(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(1))
	id := only(t, c)
	corrected(t, c, id, func(s *site.Site) {
		s.Phones, s.Supplies = nil, nil
		s.Hours = site.Hours{Schedule: hours.Parse("")}
	})
	if s := found(t, c, id); len(s.Phones) > 0 || len(s.Supplies) > 0 || s.Hours.Raw != "" {
		t.Errorf("%+v", s)
	}
	if _, err := c.Correct(ctx, id, found(t, c, id), steward); !errors.Is(err, ErrState) {
		t.Errorf("a correction that changes nothing gave %v", err)
	}
}

func TestAStewardMayFindThatASiteIsClosed(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(2))
	id := only(t, c)
	corrected(t, c, id, func(s *site.Site) { s.Status = site.Defunct })
	if _, ok := listing(t, c)[id]; ok || len(listing(t, c)) != 1 {
		t.Error("it is still published")
	}
}

func TestVerifyRecordsACheckPerFact(t *testing.T) {
	c, k := opened(t)
	applied(t, c, county, boxes(1))
	id := only(t, c)
	k.pass(1)
	must(t, c.Verify(ctx, id, Verification{Day: "2026-11-24", Method: site.ByPhone,
		Supplies: map[site.Code]site.Answer{site.Naloxone: site.Yes, site.FentanylTestStrips: site.No}}, steward))
	s := found(t, c, id)
	if s.CheckedOn != "2026-11-24" || s.CheckedBy != site.ByPhone {
		t.Errorf("checked on %q by %q", s.CheckedOn, s.CheckedBy)
	}
	if s.Supplies.Has(site.FentanylTestStrips) != site.No || s.Supplies.Has(site.Naloxone) != site.Yes {
		t.Errorf("%v", s.Supplies)
	}
	for _, supply := range s.Supplies {
		if supply.AsOf != "2026-11-24" {
			t.Errorf("%s is as of %s", supply.Code, supply.AsOf)
		}
	}
	if s.Hours.AsOf != "2026-10-01" {
		t.Errorf("nobody asked about hours, and they are as of %s", s.Hours.AsOf)
	}
	must(t, c.Verify(ctx, id, Verification{Day: "2026-11-26", Method: site.ByVisit, Facets: []site.Facet{site.FacetHours}}, steward))
	if s = found(t, c, id); s.Hours.AsOf != "2026-11-26" || s.CheckedBy != site.ByVisit {
		t.Errorf("%+v", s.Hours)
	}
}

func TestAnImportNeverRenewsACheck(t *testing.T) {
	c, k := opened(t)
	applied(t, c, county, boxes(1))
	id := only(t, c)
	must(t, c.Verify(ctx, id, Verification{Day: "2026-11-24", Method: site.ByPhone, Facets: []site.Facet{site.FacetPhones}}, steward))
	for range 3 {
		k.pass(100)
		applied(t, c, county, boxes(1, func(d *record.Draft) { d.Site.Source.Date = site.Date(c.today()) }))
		if s := found(t, c, id); s.CheckedOn != "2026-11-24" {
			t.Errorf("checked on %s", s.CheckedOn)
		}
	}
}

func TestACheckEndsWhenItsSourceSaysSomethingElse(t *testing.T) {
	for _, test := range []struct {
		name    string
		change  func(*record.Draft)
		checked site.Date // the site
		hours   site.Date
	}{
		{"the same file", func(*record.Draft) {}, "2026-11-24", "2026-11-24"},
		{"other hours", func(d *record.Draft) { d.Site.Hours.Raw = "Mon-Fri 9am-5pm" }, "2026-11-24", "2026-10-01"},
		{"another street", func(d *record.Draft) { d.Site.Address.Street = "9 Other Street" }, "", "2026-11-24"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, _ := opened(t)
			applied(t, c, county, boxes(1))
			id := only(t, c)
			must(t, c.Verify(ctx, id, Verification{Day: "2026-11-24", Method: site.ByPhone, Facets: []site.Facet{site.FacetHours}}, steward))
			applied(t, c, county, boxes(1, test.change))
			if s := found(t, c, id); s.CheckedOn != test.checked || s.Hours.AsOf != test.hours {
				t.Errorf("checked on %q, hours as of %q", s.CheckedOn, s.Hours.AsOf)
			}
		})
	}
}

func TestACheckNeedsADayThatHasBeen(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(1))
	for _, day := range []site.Date{"", "2026", "2026-11", "2026-11-26", "yesterday"} {
		if err := c.Verify(ctx, only(t, c), Verification{Day: day, Method: site.ByPhone}, steward); !errors.Is(err, ErrDate) {
			t.Errorf("%q gave %v", day, err)
		}
	}
}

func TestConsentIsWhatIsPublished(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(1))
	id := only(t, c)
	for _, test := range []struct {
		consent    site.Consent
		gone, kept string
	}{
		{site.Consent{Position: site.RevealArea, NotIn: []site.Channel{site.Print}}, "1 Example Street", `"not_in":["print"]`},
		{site.Consent{Position: site.RevealContact}, "dayton", "555-555-0101"},
		{site.Consent{}, "not_in", "1 Example Street"},
	} {
		must(t, c.Agree(ctx, id, test.consent, steward))
		if doc := listing(t, c)[id]; strings.Contains(doc, test.gone) || !strings.Contains(doc, test.kept) {
			t.Errorf("%+v gave %s", test.consent, doc)
		}
	}
	if err := c.Agree(ctx, "us-oh-nowhere", site.Consent{}, steward); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestAHiddenSiteIsNotPublishedUntilItIsPutBack(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(2))
	id := only(t, c)
	must(t, c.Hide(ctx, id, steward))
	applied(t, c, county, boxes(2, func(d *record.Draft) { d.Site.Name += "!" }))
	if _, ok := listing(t, c)[id]; ok {
		t.Error("it is published")
	}
	must(t, c.Unhide(ctx, id, steward))
	if _, ok := listing(t, c)[id]; !ok {
		t.Error("it is not put back")
	}
}

func TestASourceThatForbidsItIsNotPublished(t *testing.T) {
	c, _ := opened(t)
	closed := county
	closed.Redistribute = site.No
	applied(t, c, closed, boxes(2))
	if n := len(listing(t, c)); n != 0 {
		t.Errorf("%d sites are published", n)
	}
}

func TestTheSamePlaceInTwoSourcesWaitsForASteward(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(3))
	city := county
	city.ID = "example-city"
	twin := []record.Draft{box(2, func(d *record.Draft) { d.Key, d.Site.Name = "x", "Example Box 2" }), box(500)}
	applied(t, c, city, twin)
	items, err := c.Review(ctx, "", 10)
	must(t, err)
	if len(items) != 1 || items[0].Code != DuplicateSite || items[0].Other != "us-oh-box-c" {
		t.Fatalf("%+v", items)
	}
	decide := func(verdict Verdict) {
		t.Helper()
		if _, err := c.Decide(ctx, items[0].ID, verdict, steward); err != nil {
			t.Fatal(err)
		}
	}
	decide(Merge)
	if n := len(listing(t, c)); n != 4 {
		t.Errorf("%d sites after a merge, want 4", n)
	}
	applied(t, c, city, boxes(1)[:0:0])
	applied(t, c, city, append(twin, box(501)))
	if items, err := c.Review(ctx, "", 10); err != nil || len(items) > 0 {
		t.Errorf("what was decided waits again: %v, %v", items, err)
	}
	decide(Apart)
	if n := len(listing(t, c)); n != 6 {
		t.Errorf("%d sites after all, want 6", n)
	}
}

func TestTwoRowsOfOneFileThatMayBeOnePlaceCanBeMerged(t *testing.T) {
	c, _ := opened(t)
	twins := boxes(3)
	twins[2].Findings = []record.Finding{{Code: "duplicate_address", Row: 3, Other: 1, Column: "street", Text: "row 1 has the same address"}}
	applied(t, c, county, twins)
	items, err := c.Review(ctx, "", 10)
	must(t, err)
	if len(items) != 1 || items[0].Site != "us-oh-box-d" || items[0].Other != "us-oh-box-b" {
		t.Fatalf("%+v", items)
	}
	_, err = c.Decide(ctx, items[0].ID, Merge, steward)
	must(t, err)
	if all := listing(t, c); len(all) != 2 || all["us-oh-box-d"] != "" {
		t.Errorf("%d sites are listed", len(all))
	}
	applied(t, c, county, twins)
	if items, err := c.Review(ctx, "", 10); err != nil || len(items) > 0 || len(listing(t, c)) != 2 {
		t.Errorf("after the next import %v wait, %d are listed, %v", items, len(listing(t, c)), err)
	}
}

func TestAWarningWaitsUntilItIsIgnored(t *testing.T) {
	c, _ := opened(t)
	warned := func(d *record.Draft) {
		d.Findings = []record.Finding{{Code: "hours_not_readable", Row: d.Record.Row, Column: "hours", Value: "now and then", Text: "the hours could not be read"}}
	}
	applied(t, c, county, boxes(2, warned))
	items, err := c.Review(ctx, "hours_not_readable", 1)
	must(t, err)
	if w, err := c.Waiting(ctx); err != nil || len(items) != 1 || w.Codes["hours_not_readable"] != 2 {
		t.Fatalf("%v, %+v waiting, %v", items, w, err)
	}
	if _, err := c.Decide(ctx, items[0].ID, Merge, steward); !errors.Is(err, ErrState) {
		t.Errorf("one site was merged with nothing: %v", err)
	}
	_, err = c.Decide(ctx, items[0].ID, Ignore, steward)
	must(t, err)
	imported(t, c, county, boxes(2, warned))
	if w, err := c.Waiting(ctx); err != nil || w.Codes["hours_not_readable"] != 1 {
		t.Errorf("%+v, %v", w, err)
	}
	applied(t, c, county, boxes(1, warned))
	if w, err := c.Waiting(ctx); err != nil || len(w.Missing) != 1 || w.Missing[0].Since != "2026-11-25" {
		t.Errorf("%+v, %v", w, err)
	}
}

func TestEverythingDoneIsInTheLog(t *testing.T) {
	c, _ := opened(t)
	run := applied(t, c, county, boxes(1))
	id := only(t, c)
	must(t, c.Verify(ctx, id, Verification{Day: "2026-11-24", Method: site.ByPhone, Facets: []site.Facet{site.FacetPhones}}, steward))
	must(t, c.Hide(ctx, id, steward))
	_, err := c.Undo(ctx, run.ID, steward)
	must(t, err)
	events, err := c.Events(ctx, "")
	must(t, err)
	var done []string
	for _, e := range events {
		done = append(done, e.What+" "+e.Subject)
		if e.Who != steward.Who || e.Why != steward.Why || e.At == "" {
			t.Errorf("%+v", e)
		}
	}
	if got, want := strings.Join(done, ", "), "apply run 1, verify "+id+", hide "+id+", undo run 1"; got != want {
		t.Errorf("logged %s, want %s", got, want)
	}
}
