package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/hours"
	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

var ctx = context.Background()

var steward = Act{Who: "example steward", Why: "a test"}

// clock is a clock that a test sets forward by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func (c *clock) pass(days int) { c.at = c.at.AddDate(0, 0, days) }

// opened is a new catalog on a clock that stands still.
func opened(t *testing.T) (*Catalog, *clock) {
	t.Helper()
	k := &clock{time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)}
	c, err := Open(filepath.Join(t.TempDir(), Name), k.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, c.Close()) })
	return c, k
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var county = Source{ID: "example-county", Publisher: "Example County", Address: "https://data.example.org/boxes.csv", Licence: "CC0-1.0", Redistribute: site.Yes}

// box is the draft of one row, made up: number n stands n hundred metres east.
func box(n int, change ...func(*record.Draft)) record.Draft {
	d := record.Draft{
		Record: record.Record{Row: n, Values: []string{fmt.Sprint("row ", n), "as published"}},
		Key:    fmt.Sprint("key ", n),
		Slug:   fmt.Sprintf("us-oh-box-%c", 'a'+n%26),
		Site: site.Site{
			Name: fmt.Sprintf("Example Box %d", n), Kind: site.Place, Type: site.Box, Status: site.Active,
			Address:  site.Address{Street: fmt.Sprintf("%d Example Street", n), City: "Dayton", Region: "OH", Country: "US", Town: "dayton"},
			Position: site.Position{Point: orb.Point{-84.2 + float64(n)*0.00117, 39.76}, Precision: site.Exact},
			Phones:   []site.Phone{site.ParsePhone(fmt.Sprintf("555-555-%04d", 100+n))},
			Hours:    site.Hours{Raw: "24/7", Schedule: hours.Parse("24/7"), AsOf: "2026-10-01"},
			Supplies: site.Supplies{{Code: site.Naloxone, Status: site.Yes, AsOf: "2026-10-01"}},
			Source:   site.Source{Publisher: "Example County", Date: "2026-10-01"},
		},
	}
	for _, f := range change {
		f(&d)
	}
	return d
}

// boxes are the drafts from 1 to n.
func boxes(n int, change ...func(*record.Draft)) []record.Draft {
	var all []record.Draft
	for i := range n {
		all = append(all, box(i+1, change...))
	}
	return all
}

func rejectedBox(n int, code string) record.Draft {
	return box(n, func(d *record.Draft) {
		d.Rejected = true
		d.Findings = []record.Finding{{Code: code, Error: true, Row: n, Text: "it was kept out"}}
	})
}

func drafts(all []record.Draft) iter.Seq2[record.Draft, error] {
	return func(yield func(record.Draft, error) bool) {
		for _, d := range all {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func imported(t *testing.T, c *Catalog, s Source, all []record.Draft) *Run {
	t.Helper()
	run, err := c.Import(ctx, s, Input{File: "boxes.csv", Address: s.Address, Header: []string{"name", "note"}}, steward, drafts(all))
	must(t, err)
	return run
}

func applied(t *testing.T, c *Catalog, s Source, all []record.Draft) *Run {
	t.Helper()
	run, err := c.Apply(ctx, imported(t, c, s, all).ID, steward, true)
	must(t, err)
	return run
}

// listing is what would be published: the documents by id.
func listing(t *testing.T, c *Catalog) map[string]string {
	t.Helper()
	l, err := c.Listing(ctx, func(*site.Site) site.Position {
		return site.Position{Point: orb.Point{-84.19, 39.75}, Precision: site.AtTown, Of: "Dayton"}
	})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	all, last := map[string]string{}, ""
	must(t, l.Each(ctx, func(id string, doc []byte) error {
		if id <= last {
			t.Errorf("%s came after %s", id, last)
		}
		all[id], last = string(doc), id
		return nil
	}))
	return all
}

func TestARunCountsAndChangesNothingUntilItIsApplied(t *testing.T) {
	c, _ := opened(t)
	run := imported(t, c, county, append(boxes(5), rejectedBox(6, "no_name")))
	if got := run.Counts; got.Records != 6 || got.New != 5 || got.Rejected != 1 || got.Findings["no_name"] != 1 || run.NeedsConfirm() {
		t.Errorf("%+v", run)
	}
	if n := len(listing(t, c)); n != 0 {
		t.Errorf("%d sites are published before anything was applied", n)
	}
	_, err := c.Apply(ctx, run.ID, steward, false)
	must(t, err)
	if n := len(listing(t, c)); n != 5 {
		t.Errorf("%d sites are published, want 5", n)
	}
	if _, err := c.Apply(ctx, run.ID, steward, true); !errors.Is(err, ErrState) {
		t.Errorf("applied twice: %v", err)
	}
}

func TestTheSameFileAgainIsUnchangedAndKeepsEveryID(t *testing.T) {
	c, k := opened(t)
	applied(t, c, county, boxes(30))
	before := listing(t, c)
	k.pass(7)
	run := applied(t, c, county, boxes(30))
	if got := run.Counts; got.Unchanged != 30 || got.New+got.Changed+got.Missing+got.Rejected != 0 {
		t.Errorf("%+v", got)
	}
	wantSame(t, before, listing(t, c))
}

func wantSame(t *testing.T, before, after map[string]string) {
	t.Helper()
	if len(before) != len(after) {
		t.Errorf("%d sites, then %d", len(before), len(after))
	}
	for id, doc := range before {
		if after[id] != doc {
			t.Errorf("%s was\n%s\nand is\n%s", id, doc, after[id])
		}
	}
}

func TestWhatARunChanges(t *testing.T) {
	const moved = 0.02
	for _, test := range []struct {
		name   string
		second func() []record.Draft
		counts Counts
		kinds  string // the changes, in their order
		gates  string // codes
	}{
		{"a phone number is another", func() []record.Draft {
			return append(boxes(29), box(30, func(d *record.Draft) { d.Site.Phones = []site.Phone{site.ParsePhone("555-555-0199")} }))
		}, Counts{Records: 30, Unchanged: 29, Changed: 1}, "changed", ""},
		{"only the date of the list is another", func() []record.Draft {
			return boxes(30, func(d *record.Draft) { d.Site.Source.Date, d.Site.Hours.AsOf = "2026-11-01", "2026-11-01" })
		}, Counts{Records: 30, Unchanged: 30}, "", ""},
		{"one more", func() []record.Draft { return boxes(31) }, Counts{Records: 31, Unchanged: 30, New: 1}, "new", ""},
		{"one less", func() []record.Draft { return boxes(29) }, Counts{Records: 29, Unchanged: 29, Missing: 1}, "missing", ""},
		{"four of thirty less", func() []record.Draft { return boxes(26) }, Counts{Records: 26, Unchanged: 26, Missing: 4}, "missing missing missing missing", "removed_or_blanked"},
		{"an empty file", func() []record.Draft { return nil }, Counts{Missing: 30}, strings.TrimSpace(strings.Repeat("missing ", 30)), "removed_or_blanked"},
		{"a key is another and the place is the same", func() []record.Draft {
			return append(boxes(29), box(30, func(d *record.Draft) { d.Key, d.Site.Name = "other key", "Example Box 30, by the door" }))
		}, Counts{Records: 30, Unchanged: 29, Changed: 1}, "changed", ""},
		{"a key is another and so is the place", func() []record.Draft {
			return append(boxes(29), box(30, func(d *record.Draft) { d.Key, d.Site.Name = "other key", "Unlike" }))
		}, Counts{Records: 30, Unchanged: 29, New: 1, Missing: 1}, "new missing", ""},
		{"the source says that one is not for the public", func() []record.Draft { return append(boxes(29), rejectedBox(30, "not_public")) },
			Counts{Records: 30, Unchanged: 29, Rejected: 1, Withdrawn: 1}, "withdrawn", ""},
		{"a row can't be read any more", func() []record.Draft { return append(boxes(29), rejectedBox(30, "no_name")) },
			Counts{Records: 30, Unchanged: 29, Rejected: 1}, "unreadable", ""},
		{"two rows of one key", func() []record.Draft { return append(boxes(30), box(30)) }, Counts{Records: 31, Unchanged: 30, Rejected: 1}, "", ""},
		{"half of them lose their phone number", func() []record.Draft {
			return append(boxes(15), boxes(30, func(d *record.Draft) { d.Site.Phones = nil })[15:]...)
		}, Counts{Records: 30, Unchanged: 15, Changed: 15}, strings.TrimSpace(strings.Repeat("changed ", 15)), "removed_or_blanked"},
		{"all of them move across town", func() []record.Draft {
			return boxes(30, func(d *record.Draft) { d.Site.Position.Point[1] += moved })
		}, Counts{Records: 30, Changed: 30}, strings.TrimSpace(strings.Repeat("changed ", 30)), "moved"},
		{"a tenth and more of them move across town, and few in all", func() []record.Draft {
			return append(boxes(26), boxes(30, func(d *record.Draft) { d.Site.Position.Point[1] += moved })[26:]...)
		}, Counts{Records: 30, Unchanged: 26, Changed: 4}, "changed changed changed changed", "moved?"},
		{"most of them have another name", func() []record.Draft { return boxes(30, func(d *record.Draft) { d.Site.Name += " (new)" }) },
			Counts{Records: 30, Changed: 30}, strings.TrimSpace(strings.Repeat("changed ", 30)), "rewritten?"},
		{"more than were listed are new", func() []record.Draft { return boxes(61) }, Counts{Records: 61, Unchanged: 30, New: 31},
			strings.TrimSpace(strings.Repeat("new ", 31)), "flood?"},
		{"all of them have one phone number", func() []record.Draft {
			return boxes(30, func(d *record.Draft) { d.Site.Phones = []site.Phone{site.ParsePhone("555-555-0100")} })
		}, Counts{Records: 30, Changed: 30}, strings.TrimSpace(strings.Repeat("changed ", 30)), "rewritten? one_phone"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, _ := opened(t)
			applied(t, c, county, boxes(30))
			run := imported(t, c, county, test.second())
			got := run.Counts
			got.Findings = nil
			if fmt.Sprint(got) != fmt.Sprint(test.counts) {
				t.Errorf("counted %+v, want %+v", got, test.counts)
			}
			var gates, kinds []string
			for _, r := range run.Reasons {
				code := r.Code
				if !r.Stops {
					code += "?"
				}
				gates = append(gates, code)
			}
			changes, err := c.Changes(ctx, run.ID, 100)
			must(t, err)
			for _, ch := range changes {
				kinds = append(kinds, ch.Kind)
			}
			if strings.Join(gates, " ") != test.gates || strings.Join(kinds, " ") != test.kinds {
				t.Errorf("gates %v, changes %v", run.Reasons, kinds)
			}
		})
	}
}

func TestARunThatStoppedAtAGateNeedsASecondLook(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(30))
	before := listing(t, c)
	run := imported(t, c, county, boxes(10))
	if _, err := c.Apply(ctx, run.ID, steward, false); !errors.Is(err, ErrNeedsConfirm) {
		t.Errorf("applied without a second look: %v", err)
	}
	wantSame(t, before, listing(t, c))
	if _, err := c.Apply(ctx, run.ID, steward, true); err != nil {
		t.Error(err)
	}
}

func TestADatasetFromAnotherHostNeedsASecondLook(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(30))
	other := county
	other.Address = "https://elsewhere.example.org/boxes.csv"
	if run := imported(t, c, other, boxes(30)); len(run.Reasons) != 1 || run.Reasons[0].Code != "host_changed" {
		t.Errorf("%v", run.Reasons)
	}
}

func TestMissingIsNotClosed(t *testing.T) {
	c, k := opened(t)
	applied(t, c, county, boxes(30))
	all := listing(t, c)
	k.pass(1)
	applied(t, c, county, boxes(29))
	var marked []string
	for id, doc := range listing(t, c) {
		if strings.Contains(doc, `"missing_since":"2026-11-26"`) {
			marked = append(marked, id)
		}
	}
	if len(marked) != 1 || len(listing(t, c)) != 30 {
		t.Errorf("%v are marked, of %d", marked, len(listing(t, c)))
	}
	k.pass(1)
	if run := applied(t, c, county, boxes(29)); run.Counts.Missing != 1 || run.NeedsConfirm() {
		t.Errorf("%+v", run)
	}
	if s, err := c.Site(ctx, marked[0]); err != nil || s.MissingSince != "2026-11-26" {
		t.Errorf("the day is not that of the first run without it: %v, %v", s, err)
	}
	applied(t, c, county, boxes(30))
	wantSame(t, all, listing(t, c))
}

func TestUndoPutsBackWhatWas(t *testing.T) {
	for name, second := range map[string][]record.Draft{
		"more":                     boxes(40),
		"less":                     boxes(29),
		"others":                   boxes(30, func(d *record.Draft) { d.Site.Name += " (new)" }),
		"one not for the public":   append(boxes(29), rejectedBox(30, "not_public")),
		"under other keys":         boxes(30, func(d *record.Draft) { d.Key += " again"; d.Site.Phones = nil }),
		"nothing but another date": boxes(30, func(d *record.Draft) { d.Site.Source.Date = "2026-11" }),
	} {
		t.Run(name, func(t *testing.T) {
			c, k := opened(t)
			applied(t, c, county, boxes(30))
			before := listing(t, c)
			k.pass(1)
			run := applied(t, c, county, second)
			if _, err := c.Undo(ctx, run.ID, steward); err != nil {
				t.Fatal(err)
			}
			wantSame(t, before, listing(t, c))
			if again := imported(t, c, county, boxes(30)); again.Counts.Unchanged != 30 {
				t.Errorf("the first file is not unchanged any more: %+v", again.Counts)
			}
			if _, err := c.Undo(ctx, run.ID, steward); !errors.Is(err, ErrState) {
				t.Errorf("undone twice: %v", err)
			}
		})
	}
}

func TestUndoOfTheFirstRunListsNothing(t *testing.T) {
	c, _ := opened(t)
	run := applied(t, c, county, boxes(3))
	ids := listing(t, c)
	_, err := c.Undo(ctx, run.ID, steward)
	must(t, err)
	if n := len(listing(t, c)); n != 0 {
		t.Errorf("%d sites are still listed", n)
	}
	applied(t, c, county, boxes(3))
	wantSame(t, ids, listing(t, c)) // an id is minted once, for ever
}

// TestRunsAreUndoneInTheirOrder undoes three runs, the last one first, and finds
// before each what was listed then.
func TestRunsAreUndoneInTheirOrder(t *testing.T) {
	c, k := opened(t)
	var runs []*Run
	var before []map[string]string
	for _, file := range [][]record.Draft{boxes(30), append(boxes(29), box(31)), boxes(28, func(d *record.Draft) { d.Site.Name += "!" })} {
		before = append(before, listing(t, c))
		runs = append(runs, applied(t, c, county, file))
		k.pass(1)
	}
	if _, err := c.Undo(ctx, runs[0].ID, steward); !errors.Is(err, ErrState) || !strings.Contains(err.Error(), "run 3") {
		t.Errorf("the first is undone under the others: %v", err)
	}
	for i := 2; i >= 0; i-- {
		_, err := c.Undo(ctx, runs[i].ID, steward)
		must(t, err)
		wantSame(t, before[i], listing(t, c))
	}
}

func TestAnIDThatNobodyHasSeenIsGivenAnew(t *testing.T) {
	c, _ := opened(t)
	slug := func(text string) func(*record.Draft) { return func(d *record.Draft) { d.Slug = text } }
	wrong := imported(t, c, county, boxes(3, slug("us-oh-other")))
	applied(t, c, county, boxes(3, slug("us-oh-box")))
	for _, id := range []string{"us-oh-box", "us-oh-box-2", "us-oh-box-3"} {
		if listing(t, c)[id] == "" {
			t.Errorf("%s is not listed", id)
		}
	}
	if _, err := c.Apply(ctx, wrong.ID, steward, true); !errors.Is(err, ErrState) {
		t.Errorf("a run with the ids of before was applied: %v", err)
	}
	before := listing(t, c)
	applied(t, c, county, boxes(3, slug("us-oh-third")))
	wantSame(t, before, listing(t, c)) // from now on for ever
}

func TestARunMadeBeforeAnotherWasAppliedIsStale(t *testing.T) {
	c, _ := opened(t)
	old := imported(t, c, county, boxes(30))
	applied(t, c, county, boxes(31))
	if _, err := c.Apply(ctx, old.ID, steward, true); !errors.Is(err, ErrState) {
		t.Errorf("got %v", err)
	}
}

func TestARunWhoseFileEndsInAnErrorLeavesNothing(t *testing.T) {
	c, _ := opened(t)
	broken := errors.New("the disk ended")
	_, err := c.Import(ctx, county, Input{}, steward, func(yield func(record.Draft, error) bool) {
		for _, d := range boxes(10) {
			if !yield(d, nil) {
				return
			}
		}
		yield(record.Draft{}, broken)
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	runs, err := c.Runs(ctx)
	must(t, err)
	for _, table := range []string{"version", "finding", "rejected", "absence"} {
		var n int
		must(t, c.db.QueryRow("SELECT count(*) FROM "+table).Scan(&n))
		if n > 0 || len(runs) > 0 {
			t.Errorf("%d runs and %d rows of %s are left", len(runs), n, table)
		}
	}
}

func TestTwoSourcesNeverShareAnID(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(3))
	city := county
	city.ID = "example-city"
	applied(t, c, city, boxes(3, func(d *record.Draft) { d.Site.Position.Point[1] += 1 }))
	if n := len(listing(t, c)); n != 6 {
		t.Errorf("%d sites, want 6", n)
	}
	own := box(1, func(d *record.Draft) { d.Site.ID, d.Key = "us-oh-box-b", "us-oh-box-b" })
	third := county
	third.ID = "example-third"
	if run := imported(t, c, third, []record.Draft{own}); run.Counts.Rejected != 1 || run.Counts.Findings["id_taken"] != 1 {
		t.Errorf("%+v", run.Counts)
	}
}

func TestADatasetMayGiveIDsOfItsOwn(t *testing.T) {
	c, _ := opened(t)
	own := box(1, func(d *record.Draft) { d.Site.ID, d.Key = "us-oh-my-own", "us-oh-my-own" })
	applied(t, c, county, []record.Draft{own})
	if _, ok := listing(t, c)["us-oh-my-own"]; !ok {
		t.Error(listing(t, c))
	}
}

func TestADatabaseOfANewerProgramIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), Name)
	c, err := Open(path, time.Now)
	must(t, err)
	_, err = c.db.Exec("PRAGMA user_version = 999")
	must(t, errors.Join(err, c.Close()))
	if c, err = Open(path, time.Now); err == nil {
		t.Error("it was opened", c.Close())
	}
}

func TestEveryConnectionWaitsForItsCommitsToBeSynced(t *testing.T) {
	c, _ := opened(t)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "60000"} {
		var got string
		must(t, c.db.QueryRow("PRAGMA "+pragma).Scan(&got))
		if got != want {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
}

func TestABackupIsWhole(t *testing.T) {
	c, _ := opened(t)
	applied(t, c, county, boxes(30))
	path := filepath.Join(t.TempDir(), "copy.sqlite")
	must(t, c.Backup(ctx, path))
	copied, err := Open(path, c.now)
	must(t, err)
	defer func() { must(t, copied.Close()) }()
	wantSame(t, listing(t, c), listing(t, copied))
}

// TestNoColumnHoldsAVisitor keeps the list of what the catalog knows: a column
// about a person who looks for supplies has no place in it.
func TestNoColumnHoldsAVisitor(t *testing.T) {
	c, _ := opened(t)
	var columns []string
	must(t, each(ctx, c.db, "SELECT m.name || '.' || p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'", nil,
		func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			columns = append(columns, name)
			return err
		}))
	for _, column := range columns {
		for _, word := range []string{"ip", "agent", "visitor", "email", "query", "referer", "cookie", "session", "location"} {
			if _, name, _ := strings.Cut(column, "."); name == word {
				t.Errorf("%s looks like something of a visitor", column)
			}
		}
	}
	if len(columns) < 60 {
		t.Errorf("only %d columns were found", len(columns))
	}
}
