package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// refreshedAt runs refresh at a moment of its own.
func (d countyDesk) refreshedAt(at time.Time) (ending, []refreshed) {
	d.t.Helper()
	var out, log bytes.Buffer
	code := run(world{context.Background(), &out, &log, func() time.Time { return at }}, []string{"refresh", "--dir", d.dir, "--json", "--who", "refresh"})
	got := ending{code, out.String(), log.String()}
	return got, decoded[struct{ Sources []refreshed }](d.t, got.out).Sources
}

// followed makes the county's source one that is read from a file every day.
func (d countyDesk) followed() string {
	d.t.Helper()
	file := filepath.Join(d.dir, "boxes.csv")
	mapping := strings.Replace(countyMapping, `"https://data.example.org/boxes.csv"`, `"`+file+`"`, 1)
	d.write(filepath.Join("sources", "county.toml"), `every = "1d"`+mapping)
	return file
}

func TestRefreshAppliesOnlyWhatNeedsNoDecision(t *testing.T) {
	d := newDesk(t)
	d.followed()
	d.boxes(1, 30)
	day := func(n int) time.Time { return monday.AddDate(0, 0, n) }
	want := func(n int, outcome, why string) {
		t.Helper()
		got, all := d.refreshedAt(day(n))
		if got.code != 0 || len(all) != 1 || all[0].Outcome != outcome || !strings.Contains(all[0].Why, why) {
			t.Errorf("day %d: code %d, %+v, %s", n, got.code, all, got.log)
		}
	}
	want(0, outcomeWaits, "nobody has looked")
	if got, all := d.refreshedAt(day(0).Add(time.Hour)); got.code != 0 || len(all) != 0 {
		t.Errorf("an hour later it is due again: %+v", all)
	}
	d.run("apply", "1")
	d.published()
	want(1, outcomeUnchanged, "")
	d.boxes(1, 31)
	want(2, outcomeApplied, "")
	if n := len(d.ids()); n != 31 {
		t.Errorf("%d sites are published, want 31", n)
	}
	d.boxes(1, 10)
	want(3, outcomeWaits, "gone")
	if n := len(d.ids()); n != 31 {
		t.Errorf("%d sites are published, want 31", n)
	}
}

func TestAFileThatAStewardTookBackIsNotAppliedAgain(t *testing.T) {
	d := newDesk(t)
	d.followed()
	d.applied(d.boxes(1, 12))
	second := d.applied(d.boxes(1, 13))
	d.run("undo", fmt.Sprint(second.Run))
	d.published()
	for day := range 3 {
		got, all := d.refreshedAt(monday.AddDate(0, 0, day))
		if got.code != 0 || len(all) != 1 || all[0].Outcome != outcomeWaits || all[0].Run != second.Run {
			t.Errorf("code %d, %+v, %s", got.code, all, got.log)
		}
	}
	if n := len(d.ids()); n != 12 {
		t.Errorf("%d sites are published, want 12", n)
	}
}

func TestASourceThatFailsKeepsNoOtherFromBeingRead(t *testing.T) {
	d := newDesk(t)
	d.followed()
	d.applied(d.boxes(1, 12))
	d.boxes(1, 13)
	d.write(filepath.Join("sources", "another.toml"), `every = "1d"`+strings.Replace(countyMapping, `"https://data.example.org/boxes.csv"`, `"nowhere.csv"`, 1))
	d.write(filepath.Join("sources", "broken.toml"), `publisher = `)
	got, all := d.refreshedAt(monday)
	if got.code != exitFailed || len(all) != 2 || all[0].Outcome != outcomeFailed || all[1].Outcome != outcomeApplied {
		t.Errorf("code %d, %+v", got.code, all)
	}
	for _, part := range []string{"broken", "could not be read"} {
		if !strings.Contains(got.log, part) {
			t.Errorf("%q does not say %q", got.log, part)
		}
	}
	if n := len(d.ids()); n != 13 {
		t.Errorf("%d sites are published, want 13", n)
	}
}

func TestSourcesAreListedWithWhatIsDue(t *testing.T) {
	d := newDesk(t)
	d.followed()
	d.boxes(1, 3)
	list := func() sourceState {
		t.Helper()
		all := decoded[struct{ Sources []sourceState }](t, d.plain("source", "list", "--json")).Sources
		if len(all) != 1 {
			t.Fatalf("%+v", all)
		}
		return all[0]
	}
	if s := list(); !s.Due || s.Fetched != "" || s.Publisher != "Example County" {
		t.Errorf("%+v", s)
	}
	d.refreshedAt(monday)
	if s := list(); s.Due || s.Fetched == "" {
		t.Errorf("%+v", s)
	}
}

func TestADraftedMappingIsReadAgain(t *testing.T) {
	d := newDesk(t)
	file := d.boxes(1, 12)
	got := command("source", "draft", file, "--name", "county")
	if got.code != 0 {
		t.Fatal(got.log)
	}
	for _, part := range []string{`name = "name"`, `hours_raw = "hours"`, `phone = "phone"`, `lat = "lat"`, "boxes.csv", `never = ["door code"]`} {
		if !strings.Contains(got.out, part) {
			t.Errorf("%s is not in\n%s", part, got.out)
		}
	}
	d.write(filepath.Join("sources", "county.toml"), strings.Replace(got.out, "FILL IN: who publishes it", "Example County", 1))
	if run := d.imported(file); run.Records != 12 {
		t.Errorf("%+v", run)
	}
}
