package catalog

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

func phone(n string) func(*record.Draft) {
	return func(d *record.Draft) { d.Site.Phones = []site.Phone{site.ParsePhone(n)} }
}

func correctPhone(t *testing.T, c *Catalog, id, n string) {
	t.Helper()
	s, err := c.Site(ctx, id)
	must(t, err)
	s.Phones = []site.Phone{site.ParsePhone(n)}
	_, err = c.Correct(ctx, id, s, steward)
	must(t, err)
}

func undone(t *testing.T, c *Catalog, run *Run) {
	t.Helper()
	_, err := c.Undo(ctx, run.ID, steward)
	must(t, err)
}

func TestUndoOfAReturnMarksTheSiteMissingAgain(t *testing.T) {
	c, k := opened(t)
	applied(t, c, county, boxes(2))
	k.pass(1)
	r2 := applied(t, c, county, boxes(1)) // 2 missing
	k.pass(1)
	r3 := applied(t, c, county, boxes(2)) // back
	undone(t, c, r3)
	undone(t, c, r2)
	for id, doc := range listing(t, c) {
		if strings.Contains(doc, "missing_since") {
			t.Errorf("%s is still missing after both were undone", id)
		}
	}
}

func TestWhatWasSaidOfAWithdrawnSiteEndsWithIt(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(1))
	id := only(t, c)
	correctPhone(t, c, id, "555-555-0150")
	must(t, c.Verify(ctx, id, Verification{Day: "2026-11-20", Method: site.ByPhone, Facets: []site.Facet{site.FacetHours}}, steward))
	applied(t, c, county, []record.Draft{rejectedBox(1, "not_active")})
	applied(t, c, county, []record.Draft{box(1, phone("555-555-0177"), func(d *record.Draft) {
		d.Site.Hours.Raw = "Mo 09:00-10:00"
		d.Site.Name, d.Site.Address.Street = "Another House", "99 Other Road"
	})})
	if doc := listing(t, c)[id]; strings.Contains(doc, "0150") || strings.Contains(doc, "2026-11-20") {
		t.Errorf("correction and check survive what the source changed: %s", doc)
	}
}

func TestAnOlderCheckEnteredLateChangesNothing(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(1))
	id := only(t, c)
	must(t, c.Verify(ctx, id, Verification{Day: "2026-11-20", Method: site.ByPhone, Supplies: map[site.Code]site.Answer{site.Naloxone: site.Yes}}, steward))
	must(t, c.Verify(ctx, id, Verification{Day: "2026-10-05", Method: site.ByPhone, Supplies: map[site.Code]site.Answer{site.Naloxone: site.No}}, steward))
	s, err := c.Site(ctx, id)
	must(t, err)
	if s.Supplies.Status(site.Naloxone) != site.Yes {
		t.Errorf("the newest check (2026-11-20) said yes: %+v checked %s", s.Supplies, s.CheckedOn)
	}
}

func TestACheckOfHoursIsNotLaidOverHoursPutRightLater(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(1))
	id := only(t, c)
	must(t, c.Verify(ctx, id, Verification{Day: "2026-11-20", Method: site.ByPhone, Facets: []site.Facet{site.FacetHours}}, steward))
	s, err := c.Site(ctx, id)
	must(t, err)
	s.Hours.Raw, s.Hours.AsOf = "Mo 09:00-10:00", "2026-10-01"
	_, err = c.Correct(ctx, id, s, steward)
	must(t, err)
	if s, err = c.Site(ctx, id); err != nil || s.Hours.AsOf == "2026-11-20" {
		t.Errorf("the hours %q were never confirmed on %s", s.Hours.Raw, s.Hours.AsOf)
	}
}

var town = Source{ID: "example-town", Publisher: "Example Town", Address: "https://town.example.org/x.csv", Licence: "CC0-1.0", Redistribute: site.Yes}

func twin(n int) record.Draft { return box(n, func(d *record.Draft) { d.Slug = "us-oh-twin" }) }

func TestWhatWaitsStillWaitsAfterTheSameFileAgain(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(1))
	applied(t, c, town, []record.Draft{twin(1)})
	bi, err := c.Review(ctx, "", 10)
	before := len(bi)
	must(t, err)
	applied(t, c, town, []record.Draft{twin(1)})
	ai, err := c.Review(ctx, "", 10)
	after := len(ai)
	must(t, err)
	if before != after {
		t.Errorf("%d waited, nobody decided, and %d wait after the same file again", before, after)
	}
}

func decideAll(t *testing.T, c *Catalog, code string, v Verdict) Item {
	t.Helper()
	items, err := c.Review(ctx, "", 10)
	must(t, err)
	for _, i := range items {
		if i.Code == code {
			_, err := c.Decide(ctx, i.ID, v, steward)
			must(t, err)
			return i
		}
	}
	t.Fatal("no item ", code)
	return Item{}
}

func mergeTwin(t *testing.T, c *Catalog) Item { return decideAll(t, c, DuplicateSite, Merge) }

func TestAMergedSiteStandsAgainWhenTheOtherIsWithdrawn(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(2))
	applied(t, c, town, []record.Draft{twin(1)})
	i := mergeTwin(t, c)
	applied(t, c, county, []record.Draft{rejectedBox(1, "not_active"), box(2)})
	if n := len(listing(t, c)); n != 2 {
		t.Errorf("the town still lists %s and nothing stands for it: %d", i.Site, n)
	}
}

func TestAMergedSiteStandsAgainWhenTheOtherIsUndone(t *testing.T) {
	c, _ := opened(t)
	r := applied(t, c, county, boxes(1))
	applied(t, c, town, []record.Draft{twin(1)})
	mergeTwin(t, c)
	undone(t, c, r)
	if len(listing(t, c)) != 1 {
		t.Errorf("the town's site is gone with the undo of the county's run")
	}
}

func TestApartLiftsNoOtherMerge(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(1))
	other := box(2, func(d *record.Draft) { d.Slug = "us-oh-other" })
	tw := twin(1)
	tw.Record.Row, other.Record.Row = 2, 1
	tw.Findings = []record.Finding{{Code: "duplicate_address", Row: 2, Other: 1, Text: "may be the same"}}
	applied(t, c, town, []record.Draft{other, tw})
	mergeTwin(t, c)
	decideAll(t, c, "duplicate_address", Apart)
	if n := len(listing(t, c)); n != 2 {
		t.Errorf("a merged twin is listed again: %d", n)
	}
}

func TestTheStricterConsentHoldsForBothOfAMerge(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(1))
	applied(t, c, town, []record.Draft{twin(1)})
	items, err := c.Review(ctx, "", 10)
	must(t, err)
	must(t, c.Agree(ctx, items[0].Site, site.Consent{Position: site.RevealArea}, steward))
	mergeTwin(t, c)
	for id, doc := range listing(t, c) {
		if strings.Contains(doc, "1 Example Street") {
			t.Errorf("%s shows the street of the place that asked for its town only: %s", id, doc)
		}
	}
}

func TestADryRunTakesNothingOffTheList(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(2))
	no := county
	no.Redistribute = site.No
	imported(t, c, no, boxes(2)) // never applied
	if n := len(listing(t, c)); n != 2 {
		t.Errorf("a run that was never applied took the list to %d", n)
	}
}

func TestADryRunAllowsNothing(t *testing.T) {
	c, _ := opened(t)
	no := county
	no.Redistribute = site.No
	applied(t, c, no, boxes(2))
	imported(t, c, county, boxes(2)) // never applied
	if n := len(listing(t, c)); n != 0 {
		t.Errorf("a run that was never applied published %d", n)
	}
}

func TestADryRunSpoilsNoIdentity(t *testing.T) {
	rekey := func(d *record.Draft) { d.Key = "new " + d.Key }
	c, _ := opened(t)
	applied(t, c, county, boxes(3))
	imported(t, c, county, boxes(3, rekey, func(d *record.Draft) { d.Site.Name, d.Site.Address.Street = "Zzz"+d.Key[len(d.Key)-1:], "" })) // a mapping that reads the wrong columns
	if run := imported(t, c, county, boxes(3, rekey)); run.Counts.New != 0 || run.Counts.Missing != 0 {
		t.Errorf("ids were not kept after a dry run: %+v", run.Counts)
	}
}

func TestARowThatStaysUnreadableStopsNoLaterRun(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(5))
	feed := func() []record.Draft { return append(boxes(4), rejectedBox(5, "no_state")) }
	applied(t, c, county, feed())
	if run := imported(t, c, county, feed()); run.NeedsConfirm() {
		t.Errorf("the same file again, of which nothing changed, stops: %v", run.Reasons)
	}
}

func TestTheNumberOfARunIsNeverGivenAgain(t *testing.T) {
	c, _ := opened(t)
	_, err := c.Import(ctx, county, Input{}, steward, func(yield func(record.Draft, error) bool) { yield(record.Draft{}, errors.New("cut off")) })
	if run := imported(t, c, county, boxes(1)); run.ID == 1 {
		t.Errorf("%v; and the next is run %d again", err, run.ID)
	}
}

func TestANameThatTellsTheStreetIsWithheld(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, []record.Draft{box(1, func(d *record.Draft) {
		d.Site.Name, d.Site.Organization = "Free box, 1 EXAMPLE ST", "Example Church at 1 Example Street"
		d.Site.Phones = []site.Phone{site.ParsePhone("ring at 1 Example Street, rear door")}
	})})
	id := only(t, c)
	must(t, c.Agree(ctx, id, site.Consent{Position: site.RevealContact}, steward))
	if doc := listing(t, c)[id]; strings.Contains(strings.ToLower(doc), "1 example st") {
		t.Errorf("%s", doc)
	}
}

// Two processes import one source: the second begins while the first reads what is known.

func twoAtOnce(t *testing.T, first, second []record.Draft) {
	c1, k := opened(t)
	applied(t, c1, county, boxes(3))
	var path string
	must(t, c1.db.QueryRow("SELECT file FROM pragma_database_list WHERE name='main'").Scan(&path))
	c2, err := Open(filepath.Clean(path), k.now)
	must(t, err)
	defer c2.Close()
	run1, err := c1.begin(ctx, county, Input{}, steward)
	must(t, err)
	i, err := c1.newImporter(ctx, run1)
	must(t, err)
	run2, err := c2.Import(ctx, county, Input{}, steward, drafts(second))
	t.Log("second:", run2, err)
	err = i.readAll(drafts(first), nil)
	t.Logf("first: run %d %+v %v", run1.ID, run1.Counts, err)
	stored, err2 := c1.Run(ctx, run1.ID)
	t.Logf("stored: %+v %v", stored, err2)
	var rows, sites int
	must(t, c1.db.QueryRow("SELECT count(*), count(DISTINCT site) FROM version WHERE run = ?", run1.ID).Scan(&rows, &sites))
	if rows != sites || run2 != nil && run2.ID == run1.ID {
		t.Errorf("both are run %d and %d; it holds %d versions of %d sites; its counts are those of the other: %+v", run1.ID, run2.ID, rows, sites, stored.Counts)
	}
	_, err = c1.Apply(ctx, run1.ID, steward, true)
	t.Log("apply", err)
	for id, doc := range listing(t, c1) {
		t.Log(id, doc[:60], phoneOf(doc))
	}
}

func phoneOf(doc string) string {
	for i := range doc {
		if i+3 < len(doc) && doc[i:i+3] == "raw" {
			return doc[i : i+24]
		}
	}
	return ""
}

func TestTwoImportsAtOnceNeverShareARun(t *testing.T) {
	twoAtOnce(t, []record.Draft{box(1, phone("555-555-0171")), box(2), box(3)}, []record.Draft{box(1, phone("555-555-0172")), box(2, phone("555-555-0173"))})
}

// consent is lost when the source renames and renumbers

func contains(a, b string) bool {
	for i := 0; i+len(b) <= len(a); i++ {
		if a[i:i+len(b)] == b {
			return true
		}
	}
	return false
}

// two rows of a key after undo of an older renaming run

// an inactive row is counted twice

func TestARowThatIsNotActiveIsFoundOnce(t *testing.T) {
	c, _ := opened(t)
	run := imported(t, c, county, []record.Draft{box(1, func(d *record.Draft) {
		d.Site.Status = "inactive"
		d.Findings = []record.Finding{{Code: "not_active", Row: 1, Column: "status", Text: "its status is inactive"}}
	})})
	if run.Counts.Findings["not_active"] != 1 {
		t.Errorf("%+v", run.Counts)
	}
}

// names only alike: pairs of two boxes

// gate: many sites change their first phone, two premium numbers

// consent while a publication is being read

// apply while a publication is read: correction that ended lies over the new version

// a check by verify, then hours put right: the day of the site's check becomes that of the hours

func TestUndoOfAWithdrawalKeepsTheMissingMark(t *testing.T) {
	c, k := opened(t)
	applied(t, c, county, boxes(2))
	k.pass(1)
	applied(t, c, county, boxes(1)) // 2 missing
	before := listing(t, c)
	k.pass(1)
	r3 := applied(t, c, county, []record.Draft{box(1), rejectedBox(2, "not_active")})
	k.pass(1)
	r4 := applied(t, c, county, boxes(2))
	k.pass(1)
	_, err := c.Undo(ctx, r4.ID, steward)
	must(t, err)
	_, err = c.Undo(ctx, r3.ID, steward)
	must(t, err)
	for id, doc := range before {
		if listing(t, c)[id] != doc {
			t.Errorf("\n%s\n%s", doc, listing(t, c)[id])
		}
	}
}

// undo of a run when the site was in a back state and later run marks missing again

// moved without another address keeps its check

func TestACheckEndsWhenTheSiteMovesFar(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(1))
	var id string
	must(t, c.db.QueryRow("SELECT id FROM site").Scan(&id))
	must(t, c.Verify(ctx, id, Verification{Day: "2026-11-20", Method: site.ByPhone, Facets: []site.Facet{site.FacetPhones}}, steward))
	applied(t, c, county, []record.Draft{box(1, func(d *record.Draft) { d.Site.Position.Point[1] = 40.5 })})
	if doc := listing(t, c)[id]; strings.Contains(doc, `"checked_on":"2026-11-20"`) {
		t.Errorf("80 km away and still checked: %s", doc)
	}
}

func chain(n int, key, street string) record.Draft {
	return box(n, func(d *record.Draft) {
		d.Key, d.Site.Name, d.Site.Address.Street = key, "Example Pharmacy", street
		d.Site.Position = site.Position{Point: box(1).Site.Position.Point, Precision: site.AtTown, Of: "Dayton"}
	})
}

// one branch of a chain closes, another opens across town; neither has coordinates

func TestTwoShopsOfAChainAreTwoSites(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, append(boxes(20), chain(40, "store 1", "1 North Street")))
	var id string
	must(t, c.db.QueryRow("SELECT id FROM site WHERE record='store 1'").Scan(&id))
	correctPhone(t, c, id, "555-555-0150") // the steward's number of the branch in North Street
	run := imported(t, c, county, append(boxes(20), chain(40, "store 2", "900 South Avenue")))
	_, err := c.Apply(ctx, run.ID, steward, true)
	must(t, err)
	if run.Counts.New != 1 {
		t.Errorf("%+v", run.Counts)
	}
	for i, doc := range listing(t, c) {
		if contains(doc, "South Avenue") {
			t.Log(i, doc[:260])
		}
	}
	_ = id
}

func TestAKeyThatADryRunTookIsStillTheListedSitesOwn(t *testing.T) {
	c, _ := opened(t)
	rekeyed := func(d *record.Draft) { d.Key, d.Slug = "new "+d.Key, "us-oh-zz" }
	other := func(d *record.Draft) { rekeyed(d); d.Site.Name = "Unlike"; d.Site.Address.Street = "9 Other Street" }
	applied(t, c, county, boxes(3))
	before := listing(t, c)
	imported(t, c, county, boxes(3, other)) // a dry run with a wrong mapping takes the keys
	applied(t, c, county, boxes(3, rekeyed))
	if run := applied(t, c, county, boxes(3, rekeyed)); run.Counts.Unchanged != 3 || run.Counts.Missing != 0 {
		t.Errorf("%+v", run.Counts)
	}
	wantSame(t, before, listing(t, c))
}

func TestWhatIsDoneWhileAListIsReadIsNotPublishedWithIt(t *testing.T) {
	c, _ := opened(t)
	unpublished := func() bool {
		t.Helper()
		is, err := c.Unpublished(ctx)
		must(t, err)
		return is
	}
	if unpublished() {
		t.Error("nothing was done, and something waits")
	}
	applied(t, c, county, boxes(2))
	l, err := c.Listing(ctx, func(*site.Site) site.Position { return site.Position{} })
	must(t, err)
	must(t, l.Close())
	must(t, c.Hide(ctx, only(t, c), steward)) // after the list was read, before it was published
	must(t, c.Published(ctx, steward, l, "1"))
	if !unpublished() {
		t.Error("what was hidden meanwhile is taken to be published")
	}
}
