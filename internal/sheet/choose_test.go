package sheet

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"carrypoint/internal/edition"
	"carrypoint/internal/site"
)

const mile = 1609.344

func TestWhichSitesASheetHolds(t *testing.T) {
	tuesday, sunday := time.Tuesday, time.Sunday
	near := func(miles float64) Request { return Request{From: middle, RadiusMetres: miles * mile} }
	ohio := edition.Area{Country: "us", Region: "oh"}
	for _, test := range []struct {
		name    string
		sites   []site.Site
		request Request
		policy  func(p *site.Policy)
		want    []string
		beyond  bool
		leftOut map[Reason]int
		doubts  map[edition.Question]int
	}{
		{
			name: "those within the radius, nearest first", request: near(10),
			sites: []site.Site{invent("c", 9), invent("a", 1), invent("b", 5), invent("far", 11)}, want: []string{"a", "b", "c"},
		},
		{
			name: "the nearest three where none is within the radius", request: near(10), beyond: true,
			sites: []site.Site{invent("d", 40), invent("a", 11), invent("c", 30), invent("b", 20)}, want: []string{"a", "b", "c"},
		},
		{
			name: "no site at all", request: near(10), want: []string{},
		},
		{
			name: "an older listing is left out and counted", request: near(10),
			sites: []site.Site{invent("a", 1), invent("old", 2, older)}, want: []string{"a"}, leftOut: map[Reason]int{TooOld: 1},
		},
		{
			name: "an older listing that was asked for stands behind the others", request: Request{From: middle, RadiusMetres: 10 * mile, Older: true},
			sites: []site.Site{invent("old", 1, older), invent("a", 2)}, want: []string{"a", "old"},
		},
		{
			name: "what asks not to be on paper is left out and counted", request: near(10),
			sites: []site.Site{invent("a", 1), invent("shy", 2, notInPrint)}, want: []string{"a"}, leftOut: map[Reason]int{NotPrint: 1},
		},
		{
			name: "what asks not to be on paper stays out where it was picked by hand", request: Request{IDs: []string{"us-oh-shy", "us-oh-a"}},
			sites: []site.Site{invent("a", 1), invent("shy", 2, notInPrint)}, want: []string{"a"}, leftOut: map[Reason]int{NotPrint: 1},
		},
		{
			name: "what is too far to be missed is not counted", request: near(10),
			sites: []site.Site{invent("a", 1), invent("far", 80, older)}, want: []string{"a"},
		},
		{
			name: "picked by hand, in that order, also older ones", request: Request{IDs: []string{"us-oh-b", "us-oh-old", "us-oh-a", "us-oh-gone"}},
			sites: []site.Site{invent("a", 1), invent("b", 2), invent("old", 3, older), invent("c", 4)}, want: []string{"b", "a", "old"}, leftOut: map[Reason]int{Gone: 1},
		},
		{
			name: "an area holds its own, also those that no map holds", request: Request{Area: montgomery, From: middle},
			sites: []site.Site{
				invent("b", 3), invent("a", 1), invent("unplaced", 0, unplaced),
				invent("other", 2, func(s *site.Site) { s.Address.County = "greene-county" }),
				invent("lost", 0, unplaced, func(s *site.Site) { s.Address.County = "" }),
			}, want: []string{"a", "b", "unplaced"},
		},
		{
			name: "mail comes to the whole state", request: Request{Area: montgomery, From: middle, Region: ohio},
			sites: []site.Site{invent("mail", 0, byMail), invent("a", 1)}, want: []string{"a", "mail"},
		},
		{
			name: "mail comes on every day", request: Request{From: middle, RadiusMetres: 10 * mile, Region: ohio, Day: &sunday},
			sites: []site.Site{invent("mail", 0, byMail), invent("a", 1, open("Mon-Fri 9am-5pm"))}, want: []string{"mail"},
		},
		{
			name: "a day keeps what has hours on it, and counts those whose hours are not known", request: Request{From: middle, RadiusMetres: 10 * mile, Day: &tuesday},
			sites: []site.Site{
				invent("a", 1, open("Mon-Fri 9am-5pm")), invent("always", 2, open("24/7")), invent("unknown", 3), invent("sat", 4, open("Sat 9am-5pm")),
				invent("some", 5, open("1st Tuesday 2pm-4pm")), invent("by", 6, open("by appointment")),
			}, want: []string{"a", "always", "some"}, leftOut: map[Reason]int{NoHours: 2},
		},
		{
			name: "what the filter asks and nobody knows is counted", request: Request{From: middle, RadiusMetres: 10 * mile, Filter: edition.Filter{Free: true}},
			sites: []site.Site{
				invent("a", 1), invent("paid", 2, func(s *site.Site) { s.Cost = site.Paid }), invent("unknown", 3, func(s *site.Site) { s.Cost = site.CostUnknown }),
			}, want: []string{"a"}, doubts: map[edition.Question]int{edition.AskFree: 1},
		},
		{
			name: "what the operator hides is left out and counted", request: Request{From: middle, RadiusMetres: 10 * mile, Older: true},
			policy: func(p *site.Policy) { p.HideAfterDays = 540 },
			sites:  []site.Site{invent("a", 1), invent("ancient", 2, func(s *site.Site) { s.CheckedOn = "2024-01-01" })}, want: []string{"a"}, leftOut: map[Reason]int{Hidden: 1},
		},
		{
			name: "what was not checked for long stands behind what is a little further away", request: near(10),
			sites: []site.Site{invent("stale", 1, func(s *site.Site) { s.CheckedOn = "2026-04-01" }), invent("a", 3), invent("b", 6)}, want: []string{"a", "stale", "b"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			policy := usual
			if test.policy != nil {
				test.policy(&policy)
			}
			list := Choose(editionOf(t, test.sites...), test.request, policy, noon)
			if diff := cmp.Diff(test.want, ids(list.Hits())); diff != "" {
				t.Error(diff)
			}
			if test.leftOut == nil {
				test.leftOut = map[Reason]int{}
			}
			if diff := cmp.Diff(test.leftOut, list.LeftOut); diff != "" {
				t.Errorf("left out: %s", diff)
			}
			if test.doubts == nil {
				test.doubts = map[edition.Question]int{}
			}
			if diff := cmp.Diff(test.doubts, list.Doubts); diff != "" {
				t.Errorf("doubts: %s", diff)
			}
			if list.Beyond != test.beyond {
				t.Errorf("beyond is %v", list.Beyond)
			}
		})
	}
}

func TestWhatStandsUnderWhichHeading(t *testing.T) {
	e := editionOf(t,
		invent("xenia-b", 1, inTown("Xenia")), invent("xenia-a", 2, inTown("xenia")), invent("dayton", 3), invent("nowhere", 4, inTown("")),
		invent("old", 5, older), invent("unplaced", 0, unplaced), invent("old-unplaced", 0, unplaced, older), invent("mail", 0, byMail),
	)
	list := Choose(e, Request{Area: montgomery, From: middle, Region: edition.Area{Country: "us", Region: "oh"}, Older: true, ByTown: true}, usual, noon)
	type heading struct {
		Older bool
		Part  Part
		Town  string
		Sites []string
	}
	var got []heading
	for _, s := range list.Sections {
		got = append(got, heading{s.Older, s.Part, s.Town, ids(s.Hits)})
	}
	want := []heading{
		{false, Placed, "Dayton", []string{"dayton"}},
		{false, Placed, "xenia", []string{"xenia-a", "xenia-b"}},
		{false, Placed, "", []string{"nowhere"}},
		{false, Unplaced, "", []string{"unplaced"}},
		{false, Remote, "", []string{"mail"}},
		{true, Placed, "Dayton", []string{"old"}},
		{true, Unplaced, "", []string{"old-unplaced"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if list.Remote() != 1 || list.Len() != 8 {
		t.Errorf("%d by mail of %d", list.Remote(), list.Len())
	}
}

func TestASheetHoldsSoManyAndNoMore(t *testing.T) {
	var sites []site.Site
	for i := range MaxSites + 3 {
		sites = append(sites, invent(fmt.Sprintf("%05d", i), float64(i)/1000))
	}
	e := editionOf(t, sites...)
	for name, r := range map[string]Request{"an area": {Area: montgomery, From: middle}, "a radius": {From: middle, RadiusMetres: 100 * mile}} {
		list := Choose(e, r, usual, noon)
		if list.Len() != MaxSites {
			t.Errorf("%s: %d sites", name, list.Len())
		}
		if list.LeftOut[TooMany] != 3 {
			t.Errorf("%s: %d are said to be too many, not 3", name, list.LeftOut[TooMany])
		}
	}
}

// Law: whatever is asked, each site that lies in the radius is on the list once, or counted once.
func TestNoSiteIsLostOrDoubled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		changes := []func(s *site.Site){older, notInPrint, open("Mon-Fri 9am-5pm"), open("24/7"), func(*site.Site) {}}
		var sites []site.Site
		for i := range rapid.IntRange(1, 12).Draw(t, "sites") {
			sites = append(sites, invent(fmt.Sprint(i), float64(i)/2, rapid.SampledFrom(changes).Draw(t, "change"), rapid.SampledFrom(changes).Draw(t, "another")))
		}
		image, err := edition.Build(edition.Meta{Title: "test", Made: noon}, sites)
		if err != nil {
			t.Fatal(err)
		}
		e, err := edition.Open(image)
		if err != nil {
			t.Fatal(err)
		}
		list := Choose(e, Request{From: middle, RadiusMetres: 100 * mile, Older: rapid.Bool().Draw(t, "older")}, usual, noon)
		seen := map[string]bool{}
		for _, h := range list.Hits() {
			if seen[h.Site.ID] {
				t.Fatalf("%s is there twice", h.Site.ID)
			}
			seen[h.Site.ID] = true
		}
		counted := 0
		for _, n := range list.LeftOut {
			counted += n
		}
		if list.Len()+counted != len(sites) {
			t.Fatalf("%d on the list and %d left out, of %d", list.Len(), counted, len(sites))
		}
	})
}
