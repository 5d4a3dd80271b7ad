package edition

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"pgregory.net/rapid"

	"carrypoint/internal/hours"
	"carrypoint/internal/nearest"
	"carrypoint/internal/site"
)

var monday = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

// invented makes n plainly fictional sites around a point, the same every time.
func invented(n int, around orb.Point) []site.Site {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	pick := func(words ...string) string { return words[random.IntN(len(words))] }
	sites := make([]site.Site, n)
	for i := range sites {
		raw := pick("", "24/7", "Monday to Friday 9am to 5pm", "call for times")
		s := site.Site{
			ID: fmt.Sprintf("us-oh-example-%06d", i), Name: fmt.Sprintf("Example Box %d", i), Kind: site.Place, Type: site.Box, Status: site.Active,
			Address:  site.Address{Street: fmt.Sprintf("%d Example Street", i), City: "Alder Falls", Region: "OH", Country: "US", Town: "alder-falls"},
			TimeZone: "America/New_York",
			Position: site.Position{Precision: site.Exact, Point: orb.Point{
				around[0] + random.NormFloat64(), around[1] + random.NormFloat64()/2,
			}},
			Phones: []site.Phone{site.ParsePhone("555-555-0123")},
			Cost:   site.Cost(pick("", "free", "paid")), IDRequired: site.IDRule(pick("", "none", "any_id")),
			StepFree: site.Answer(pick("", "yes", "no")),
			Hours:    site.Hours{Raw: raw, Schedule: hours.Parse(raw), AsOf: "2026-10-01"},
			Source:   site.Source{URL: "https://example.org/list", Publisher: "Example County", Date: "2026-10-01"},
		}
		for _, code := range []site.Code{site.NaloxoneNasal, site.FentanylTestStrips} {
			if random.IntN(3) > 0 {
				s.Supplies = append(s.Supplies, site.Supply{Code: code, Status: site.Yes, AsOf: "2026-10-01"})
			}
		}
		sites[i] = s
	}
	return sites
}

func built(t testing.TB, sites []site.Site) (*Edition, []byte) {
	t.Helper()
	image, err := Build(Meta{Title: "test", Made: monday}, sites)
	if err != nil {
		t.Fatal(err)
	}
	e, err := Open(image)
	if err != nil {
		t.Fatal(err)
	}
	return e, image
}

func TestTheSameSitesGiveTheSameBytes(t *testing.T) {
	sites := invented(200, orb.Point{-83, 40})
	_, first := built(t, sites)
	rand.Shuffle(len(sites), func(i, j int) { sites[i], sites[j] = sites[j], sites[i] })
	_, second := built(t, sites)
	if ID(first) != ID(second) {
		t.Error("the order of the sites changed the edition")
	}
}

func TestWhatGoesInComesOut(t *testing.T) {
	sites := invented(100, orb.Point{-83, 40})
	e, _ := built(t, sites)
	if diff := cmp.Diff(sites, e.Sites()); diff != "" {
		t.Error(diff)
	}
}

func TestBuildRefuses(t *testing.T) {
	sites := invented(2, orb.Point{-83, 40})
	twice := []site.Site{sites[0], sites[0]}
	private := invented(1, orb.Point{-83, 40})
	private[0].PublicAccess = site.No
	for name, list := range map[string][]site.Site{"an id twice": twice, "a private site": private} {
		t.Run(name, func(t *testing.T) {
			if _, err := Build(Meta{Made: monday}, list); err == nil {
				t.Error("it was built")
			}
		})
	}
}

func TestEveryFlippedByteIsFound(t *testing.T) {
	_, image := built(t, invented(60, orb.Point{-83, 40}))
	dir := t.TempDir()
	path := filepath.Join(dir, ID(image)+extension)
	random := rand.New(rand.NewPCG(2, 3))
	for range 400 {
		damaged := bytes.Clone(image)
		damaged[random.IntN(len(damaged))] ^= byte(1 + random.IntN(255))
		if err := os.WriteFile(path, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path); !errors.Is(err, ErrDamaged) {
			t.Fatal("a flipped byte was not found:", err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	_, image := built(t, invented(60, orb.Point{-83, 40}))
	for name, bad := range map[string][]byte{
		"nothing": nil, "text": []byte("hello"), "half a file": image[:len(image)/2], "noughts": make([]byte, 4096),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Open(bad); !errors.Is(err, ErrDamaged) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestNearAgreesWithLookingAtEverySite is the law of the search: what it gives
// is the beginning of the full list, filtered and sorted by distance and id.
func TestNearAgreesWithLookingAtEverySite(t *testing.T) {
	e, _ := built(t, invented(700, orb.Point{-83, 40}))
	rapid.Check(t, func(t *rapid.T) {
		f := Filter{
			Free: rapid.Bool().Draw(t, "free"), NoID: rapid.Bool().Draw(t, "no id"),
			StepFree: rapid.Bool().Draw(t, "step free"), Open: rapid.Bool().Draw(t, "open"), OpenAt: monday,
			Need: rapid.SliceOfNDistinct(rapid.SampledFrom([]site.Code{site.Naloxone, site.FentanylTestStrips}), 0, 2, rapid.ID).Draw(t, "need"),
		}
		from := orb.Point{rapid.Float64Range(-90, -76).Draw(t, "lon"), rapid.Float64Range(35, 45).Draw(t, "lat")}
		skip, limit := rapid.IntRange(0, 30).Draw(t, "skip"), rapid.IntRange(1, 30).Draw(t, "limit")
		found := e.Near(from, f, monday, skip, limit)
		want, more := byLooking(e, from, f, skip, limit)
		var got []string
		for _, h := range found.Hits {
			got = append(got, h.Site.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" || found.More != more {
			t.Fatalf("more is %v, want %v; %s", found.More, more, diff)
		}
	})
}

func byLooking(e *Edition, from orb.Point, f Filter, skip, limit int) (ids []string, more bool) {
	type far struct {
		id     string
		metres float64
	}
	var all []far
	for i := range e.Sites() {
		s := &e.Sites()[i]
		if keep, _ := f.Keeps(s, e.zones[i]); keep {
			all = append(all, far{s.ID, geo.DistanceHaversine(from, s.Position.Point)})
		}
	}
	for i := range all { // sites are in the order of their ids: a stable sort keeps ties by id
		for j := i; j > 0 && all[j].metres < all[j-1].metres; j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
	}
	for i := skip; i < min(skip+limit, len(all)); i++ {
		ids = append(ids, all[i].id)
	}
	return ids, len(all) > skip+limit
}

func TestWhatIsNotKnownIsCountedAndNeverKept(t *testing.T) {
	sites := invented(40, orb.Point{-83, 40})
	for i := range sites {
		sites[i].Cost = site.CostUnknown
		sites[i].Position.Point = orb.Point{-83, 40 + float64(i)/1000}
	}
	sites[7].Cost = site.Free
	e, _ := built(t, sites)
	found := e.Near(orb.Point{-83, 40}, Filter{Free: true}, monday, 0, 10)
	if len(found.Hits) != 1 || found.Hits[0].Site.ID != sites[7].ID {
		t.Errorf("found %d sites", len(found.Hits))
	}
	if n := found.LeftOut[AskFree]; n != 39 {
		t.Errorf("told of %d left out, want 39", n)
	}
}

func TestOpenAtADayAndTimeIsByTheClockOfTheSite(t *testing.T) {
	sites := invented(2, orb.Point{-83, 40})
	for i, zone := range []string{"America/New_York", "America/Los_Angeles"} {
		sites[i].TimeZone = zone
		sites[i].Hours = site.Hours{Raw: "Monday 9am to 10am", Schedule: hours.Parse("Monday 9am to 10am"), AsOf: "2026-10-01"}
	}
	e, _ := built(t, sites)
	halfPastNine := Filter{Open: true, OpenAt: monday, OpenOn: &Weekly{Day: time.Monday, Minute: 9*60 + 30}}
	if found := e.Near(orb.Point{-83, 40}, halfPastNine, monday, 0, 10); len(found.Hits) != 2 {
		t.Errorf("found %d of 2 sites that are both open at half past nine", len(found.Hits))
	}
}

func TestTheDayOfTheWeekThatIsMeant(t *testing.T) {
	dayton, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	friday := &Weekly{Day: time.Friday, Minute: 18 * 60}
	for _, test := range []struct {
		name string
		now  string // by a server's clock
		zone *time.Location
		want string
	}{
		{"today", "2026-11-27T15:00:00Z", dayton, "2026-11-27T18:00:00-05:00"},
		{"today, though it is Saturday where the server is", "2026-11-28T01:00:00Z", dayton, "2026-11-27T18:00:00-05:00"},
		{"the next", "2026-11-28T15:00:00Z", dayton, "2026-12-04T18:00:00-05:00"},
		{"after the clocks went forward", "2027-03-08T15:00:00Z", dayton, "2027-03-12T18:00:00-05:00"},
		{"on the other side of that", "2027-03-13T15:00:00Z", dayton, "2027-03-19T18:00:00-04:00"},
		{"where no zone is known", "2026-11-26T15:00:00Z", nil, "2026-11-27T18:00:00Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, test.now)
			if err != nil {
				t.Fatal(err)
			}
			f := Filter{Open: true, OpenAt: now, OpenOn: friday}
			if got := f.moment(test.zone).Format(time.RFC3339); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestAreas(t *testing.T) {
	sites := invented(3, orb.Point{-83, 40})
	sites[1].Address.County = "example-county"
	sites[2].Kind, sites[2].Position = site.MailOrder, site.Position{}
	e, _ := built(t, sites)
	for area, want := range map[Area]int{
		{Country: "us"}:               3,
		{Country: "us", Region: "oh"}: 3,
		{Country: "us", Region: "oh", County: "example-county"}: 1,
		{Country: "us", Region: "oh", Town: "alder-falls"}:      3,
		{Country: "us", Region: "in"}:                           0,
	} {
		if got := e.Count(area); got != want {
			t.Errorf("%v: %d sites, want %d", area, got, want)
		}
	}
	if remote := e.Remote("us", "oh", Filter{}, monday); len(remote) != 1 {
		t.Errorf("%d services by mail, want 1", len(remote))
	}
	within := Filter{Within: Area{Country: "us", Region: "oh", County: "example-county"}}
	if found := e.Near(orb.Point{-83, 40}, within, monday, 0, 10); len(found.Hits) != 1 {
		t.Errorf("%d sites in the county, want 1", len(found.Hits))
	}
	if found := e.Near(orb.Point{-83, 40}, Filter{}, monday, 0, 10); len(found.Hits) != 2 {
		t.Errorf("%d sites by distance, want the 2 that have a place", len(found.Hits))
	}
}

func TestSiteThatIsNotThere(t *testing.T) {
	e, _ := built(t, invented(3, orb.Point{-83, 40}))
	if _, err := e.Site("us-oh-nowhere", monday); !errors.Is(err, site.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkBuildAndOpen30k(b *testing.B) {
	sites := invented(30_000, orb.Point{-83, 40})
	for b.Loop() {
		built(b, sites)
	}
}

func BenchmarkNear30k(b *testing.B) {
	e, _ := built(b, invented(30_000, orb.Point{-83, 40}))
	for _, bench := range []struct {
		name   string
		filter Filter
	}{
		{"nothing asked", Filter{}},
		{"strips", Filter{Need: []site.Code{site.FentanylTestStrips}}},
		{"open now and free", Filter{Open: true, OpenAt: monday, Free: true}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				e.Near(orb.Point{-83, 40}, bench.filter, monday, 0, 10)
			}
		})
	}
}

func TestEveryMarkHasABitOfItsOwn(t *testing.T) {
	var all nearest.Marks
	add := func(mark nearest.Marks) {
		if mark == 0 || all&mark != 0 {
			t.Fatalf("mark %b is none, or another one's: %b", mark, all)
		}
		all |= mark
	}
	for _, code := range site.Codes() {
		add(supplyMark(code))
	}
	for bit := range traits {
		add(traitMark(bit))
	}
	for _, one := range site.Types() {
		add(typeMark(one))
	}
	for _, one := range site.Kinds() {
		add(kindMark(one))
	}
}
