package edition

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"pgregory.net/rapid"

	"carrypoint/internal/site"
)

// usual are the rules that ship with the site.
var usual = site.Policy{CallFirstAfterDays: 90, RankBehindAfterDays: 180, RankBehindMetres: 5_000, OlderAfterDays: 365}

// checkedOver sets the days of checks at random, over so many days before
// monday; a third of the sites stay unchecked. Some share a spot with another.
func checkedOver(days int, sites []site.Site) []site.Site {
	random := rand.New(rand.NewPCG(7, 8))
	for i := range sites {
		if random.IntN(3) > 0 {
			sites[i].CheckedOn = site.Date(monday.AddDate(0, 0, -random.IntN(days)).Format(time.DateOnly))
		}
		if random.IntN(4) == 0 {
			sites[i].Position.Point = sites[random.IntN(len(sites))].Position.Point
		}
	}
	return sites
}

// TestRankedAgreesWithLookingAtEverySite is the law of the order: whatever was
// checked when, an answer is a part of the full list, filtered and sorted by
// rank and id. The clock moves from before the first check to long after the last.
func TestRankedAgreesWithLookingAtEverySite(t *testing.T) {
	e, _ := built(t, checkedOver(900, invented(700, orb.Point{-83, 40})))
	rapid.Check(t, func(t *rapid.T) {
		f := Filter{
			Free: rapid.Bool().Draw(t, "free"), Open: rapid.Bool().Draw(t, "open"), OpenAt: monday,
			Need: rapid.SliceOfNDistinct(rapid.SampledFrom([]site.Code{site.Naloxone, site.FentanylTestStrips}), 0, 2, rapid.ID).Draw(t, "need"),
		}
		p := usual
		p.RankBehindMetres = rapid.SampledFrom([]int{0, 5_000, 60_000}).Draw(t, "behind")
		p.HideAfterDays = rapid.SampledFrom([]int{0, 0, 540}).Draw(t, "hide")
		at := monday.AddDate(0, 0, rapid.IntRange(-950, 400).Draw(t, "clock"))
		from := orb.Point{rapid.Float64Range(-88, -78).Draw(t, "lon"), rapid.Float64Range(37, 43).Draw(t, "lat")}
		skip, limit := rapid.IntRange(0, 30).Draw(t, "skip"), rapid.IntRange(1, 30).Draw(t, "limit")

		found := e.Ranked(from, f, p, at, skip, limit)
		all, hidden := byRank(e, from, f, p, at)
		want := all[min(skip, len(all)):min(skip+limit, len(all))]
		var got []string
		for _, h := range found.Hits {
			got = append(got, h.Site.ID)
		}
		if diff := gocmp.Diff(want, got, emptyIsNil); diff != "" || found.More != (len(all) > skip+limit) {
			t.Fatalf("more is %v of %d; %s", found.More, len(all), diff)
		}
		if found.Hidden != hidden {
			t.Fatalf("told of %d hidden, want %d", found.Hidden, hidden)
		}
	})
}

var emptyIsNil = gocmp.Transformer("emptyIsNil", func(all []string) []string { return append([]string{""}, all...) })

// byRank is the full list by another formula and without an index, with the
// number of sites nearby that the policy alone leaves out.
func byRank(e *Edition, from orb.Point, f Filter, p site.Policy, at time.Time) (ids []string, hidden int) {
	const otherGlobe = 6371008.8 / orb.EarthRadius
	type ranked struct {
		id           string
		metres, rank float64
	}
	var all, out []ranked
	for i := range e.Sites() {
		s := &e.Sites()[i]
		if keep, _ := f.Keeps(s, e.zones[i]); !keep {
			continue
		}
		metres := geo.DistanceHaversine(from, s.Position.Point) * otherGlobe
		r := ranked{id: s.ID, metres: metres, rank: metres}
		age, dated := s.CheckedOn.AgeDays(at)
		if start, _ := s.CheckedOn.Start(); start.After(at) {
			dated = false
		}
		if !dated || age > p.RankBehindAfterDays {
			r.rank += float64(p.RankBehindMetres)
		}
		if dated && p.HideAfterDays > 0 && age > p.HideAfterDays {
			out = append(out, r)
		} else {
			all = append(all, r)
		}
	}
	reach := float64(NearbyMetres)
	if len(all) > 0 {
		reach = max(reach, slices.MinFunc(all, func(a, b ranked) int { return cmp.Compare(a.metres, b.metres) }).metres)
	}
	for _, r := range out {
		if r.metres <= reach {
			hidden++
		}
	}
	slices.SortFunc(all, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.id, b.id)) })
	for _, r := range all {
		ids = append(ids, r.id)
	}
	return ids, hidden
}

// TestPagesFitTogether asks for what few sites have, so that looking ends before
// there are enough: also then no site is on two pages, and none is lost.
func TestPagesFitTogether(t *testing.T) {
	sites := checkedOver(400, invented(6_000, orb.Point{-83, 40}))
	for i := 0; i < len(sites); i += 40 {
		sites[i].Languages = []string{"es"}
	}
	e, _ := built(t, sites)
	for _, f := range []Filter{{}, {Language: "es"}} {
		const all = 200
		whole := e.Ranked(orb.Point{-83, 40}, f, usual, monday, 0, all).Hits
		if f.Language != "" && len(whole) >= all {
			t.Fatalf("%d sites were found: looking did not end early", len(whole))
		}
		for _, size := range []int{7, 64} {
			var ids, want []string
			for skip := 0; skip < all; skip += size {
				for _, h := range e.Ranked(orb.Point{-83, 40}, f, usual, monday, skip, size).Hits {
					ids = append(ids, h.Site.ID)
				}
			}
			for _, h := range whole {
				want = append(want, h.Site.ID)
			}
			if diff := gocmp.Diff(want, ids[:len(want)]); diff != "" {
				t.Errorf("pages of %d for %+v: %s", size, f, diff)
			}
		}
	}
}

func TestWhatWasNotCheckedForLongComesAfterWhatIsAboutAsNear(t *testing.T) {
	const east = 0.0117647 // degrees: 1 km at 40 north, to a metre
	at := func(name string, km float64, checked site.Date) site.Site {
		s := invented(1, orb.Point{-83, 40})[0]
		s.ID, s.Position.Point, s.CheckedOn = name, orb.Point{-83 + km*east, 40}, checked
		return s
	}
	for _, test := range []struct {
		name  string
		sites []site.Site
		want  string
	}{
		{"a fresh one 4.9 km further comes first", []site.Site{at("a-old", 1, ""), at("b-new", 5.9, "2026-11-01")}, "b-new a-old"},
		{"a fresh one 5.1 km further does not", []site.Site{at("a-old", 1, ""), at("b-new", 6.1, "2026-11-01")}, "a-old b-new"},
		{"180 days are fresh, 181 are not", []site.Site{at("a", 1, "2026-05-26"), at("b", 2, "2026-05-27")}, "b a"},
		{"old ones keep their order", []site.Site{at("a", 3, "2020"), at("b", 2, ""), at("c", 1, "2026-03")}, "c b a"},
		{"the same spot is in the order of ids", []site.Site{at("b", 1, ""), at("a", 1, "")}, "a b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e, _ := built(t, test.sites)
			var got string
			for _, h := range e.Ranked(orb.Point{-83, 40}, Filter{}, usual, monday, 0, 10).Hits {
				got += " " + h.Site.ID
			}
			if got != " "+test.want {
				t.Errorf("got%s, want %s", got, test.want)
			}
			plain := e.Near(orb.Point{-83, 40}, Filter{}, monday, 0, 10).Hits
			if !slices.IsSortedFunc(plain, func(a, b Hit) int { return cmp.Compare(a.Metres, b.Metres) }) {
				t.Error("Near is not by distance alone")
			}
		})
	}
}

func TestEqualRanksAreInTheOrderOfIds(t *testing.T) {
	ranked := func(number int32, rank float64) rankedSite {
		r := rankedSite{rank: rank}
		r.Number = number
		return r
	}
	got := merged([]rankedSite{ranked(4, 1), ranked(2, 7), ranked(9, 7)}, []rankedSite{ranked(3, 7), ranked(1, 8)}, 4)
	var numbers []int32
	for _, r := range got {
		numbers = append(numbers, r.Number)
	}
	if !slices.Equal(numbers, []int32{4, 2, 3, 9}) {
		t.Errorf("got %v", numbers)
	}
}

func TestChecksAreCounted(t *testing.T) {
	dates := func(all ...site.Date) []site.Site {
		sites := invented(len(all), orb.Point{-83, 40})
		for i := range sites {
			sites[i].CheckedOn = all[i]
		}
		return sites
	}
	hiding := usual
	hiding.HideAfterDays = 540
	for _, test := range []struct {
		name                                     string
		sites                                    []site.Site // monday is 2026-11-23
		in90, in180, in365, ever, hidden, median int
	}{
		{"none", nil, 0, 0, 0, 0, 0, -1},
		{"none that was checked", dates("", ""), 0, 0, 0, 0, 0, -1},
		{"a check in the future is none", dates("2026-11-24", "2027"), 0, 0, 0, 0, 0, -1},
		{"today", dates("2026-11-23", ""), 1, 1, 1, 1, 0, 0},
		{"90 and 91 days", dates("2026-08-25", "2026-08-24"), 1, 2, 2, 2, 0, 90},
		{"180 and 181 days", dates("2026-05-27", "2026-05-26"), 0, 1, 2, 2, 0, 180},
		{"365 and 366 days", dates("2025-11-23", "2025-11-22"), 0, 0, 1, 2, 0, 365},
		{"the middle of three", dates("2026-11-22", "2026-11-13", "2019"), 2, 2, 2, 3, 1, 10},
	} {
		t.Run(test.name, func(t *testing.T) {
			e, _ := built(t, test.sites)
			median, ok := e.MedianAge(monday)
			if !ok {
				median = -1
			}
			got := fmt.Sprint(e.CheckedWithin(90, monday), e.CheckedWithin(180, monday), e.CheckedWithin(365, monday), e.Checked(monday), e.Hidden(hiding, monday), median)
			if want := fmt.Sprint(test.in90, test.in180, test.in365, test.ever, test.hidden, test.median); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			if n := e.HiddenIn(Area{Country: "us", Region: "oh"}, hiding, monday); n != test.hidden || e.Hidden(usual, monday) != 0 {
				t.Errorf("%d are hidden in the state, want %d", n, test.hidden)
			}
		})
	}
}

func BenchmarkRanked30k(b *testing.B) {
	plain, _ := built(b, invented(30_000, orb.Point{-83, 40}))
	mixed, _ := built(b, checkedOver(400, invented(30_000, orb.Point{-83, 40})))
	fresh := invented(30_000, orb.Point{-83, 40})
	for i := range fresh {
		fresh[i].CheckedOn = "2026-11-01"
	}
	all, _ := built(b, fresh)
	for _, bench := range []struct {
		name    string
		edition *Edition
	}{{"nothing checked", plain}, {"some checked", mixed}, {"all checked", all}} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				bench.edition.Ranked(orb.Point{-83, 40}, Filter{}, usual, monday, 0, 10)
			}
		})
	}
}
