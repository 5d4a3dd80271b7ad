package web

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/hours"
	"carrypoint/internal/site"
)

// manySites is how many places the benchmarks serve: about what a country has.
const manySites = 30_000

// national serves fictional places around the towns of the United States, the
// more people the more places. Nobody has checked them.
var national = sync.OnceValue(func() *Server { return servingSites(nationalSites()) })

// nationalChecked serves the same, a third of them unchecked and the others
// checked some day of the last 400.
var nationalChecked = sync.OnceValue(func() *Server {
	sites := nationalSites()
	random := rand.New(rand.NewPCG(3, 4))
	for i := range sites {
		if random.IntN(3) > 0 {
			sites[i].CheckedOn = site.Date(noon.AddDate(0, 0, -random.IntN(400)).Format(time.DateOnly))
		}
	}
	return servingSites(sites)
})

func nationalSites() []site.Site {
	random := rand.New(rand.NewPCG(1, 2))
	places := shipped().Places
	towns := slices.DeleteFunc(places.TownsWithin(orb.Bound{Min: orb.Point{-125, 25}, Max: orb.Point{-67, 49}}, 5_000),
		func(p gazetteer.Place) bool { return p.Country != "US" })
	sites := make([]site.Site, manySites)
	for i := range sites {
		sites[i] = fictional(random, i, towns[random.IntN(len(towns))])
	}
	return sites
}

func fictional(random *rand.Rand, i int, town gazetteer.Place) site.Site {
	raw := []string{"", "24/7", "Monday to Friday 9am to 5pm", "Mon-Thu 9-8; Fri-Sat 9-5", "call for times"}[random.IntN(5)]
	s := site.Site{
		ID: fmt.Sprintf("us-example-%05d", i), Name: fmt.Sprintf("Example Box %d", i), Kind: site.Place, Type: site.Types()[random.IntN(20)], Status: site.Active,
		Address:  site.Address{Street: fmt.Sprintf("%d Example Street", i), City: town.Name, Region: town.Region, Country: town.Country, Town: town.Slug, County: town.County},
		TimeZone: town.TimeZone,
		Position: site.Position{Precision: site.Exact, Point: orb.Point{town.Point[0] + random.NormFloat64()/20, town.Point[1] + random.NormFloat64()/20}},
		Phones:   []site.Phone{site.ParsePhone("555-555-0123")},
		Cost:     site.Free, Hours: site.Hours{Raw: raw, Schedule: hours.Parse(raw)},
		Source: site.Source{URL: "https://example.org/list", Publisher: "Example County", Date: "2026-10-01"},
	}
	for _, code := range []site.Code{site.NaloxoneNasal, site.FentanylTestStrips, site.Syringes} {
		if random.IntN(3) > 0 {
			s.Supplies = append(s.Supplies, site.Supply{Code: code, Status: site.Yes, AsOf: "2026-10-01"})
		}
	}
	return s
}

// BenchmarkResults makes and compresses pages of ten results with their map,
// each for another ZIP; nothing is kept from one to the next.
func BenchmarkResults(b *testing.B) {
	paths := zipPaths(b)
	for _, bench := range []struct {
		name, encoding, query string
		of                    func() *Server
	}{
		{"gzip", "gzip", "", national}, {"identity", "identity", "", national}, {"open now and free", "gzip", "?open=now&free=1", national},
		{"gzip, partly checked", "gzip", "", nationalChecked},
	} {
		h := bench.of().Handler()
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				r := httptest.NewRequest("GET", paths[i%len(paths)]+bench.query, nil)
				r.Header.Set("Accept-Encoding", bench.encoding)
				if w := answer(h, r); w.Code != http.StatusOK {
					b.Fatalf("%s answers %d", r.URL.Path, w.Code)
				}
			}
		})
	}
}

// zipPaths are pages of ZIPs all over the country.
func zipPaths(b *testing.B) []string {
	b.Helper()
	var paths []string
	for code := 601; code < 99950; code += 37 {
		zip := fmt.Sprintf("%05d", code)
		if _, ok := shipped().Places.Postcode(zip); ok {
			paths = append(paths, "/near/"+zip)
		}
	}
	if len(paths) < 500 {
		b.Fatalf("only %d ZIPs", len(paths))
	}
	return paths
}

// countySites is the most that a county has, and more than one sheet is handed out with.
const countySites = 500

// county serves so many fictional places in one county, all of them checked.
var county = sync.OnceValue(func() *Server {
	random := rand.New(rand.NewPCG(5, 6))
	town, _ := shipped().Places.Area("us", "oh", "dayton")
	sites := make([]site.Site, countySites)
	for i := range sites {
		sites[i] = fictional(random, i, town)
		sites[i].CheckedOn, sites[i].CheckedBy = "2026-11-01", site.ByPhone
	}
	return servingSites(sites)
})

const countyList = "/print/us/oh/montgomery-county/list"

// BenchmarkSheetOf500 lays a list of 500 places out and writes its page.
func BenchmarkSheetOf500(b *testing.B) {
	h := county().Handler()
	for _, bench := range []struct{ name, query string }{{"one language", ""}, {"two languages", "?lang=es,en"}} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if w := ask(h, "GET", countyList+bench.query); w.Code != http.StatusOK {
					b.Fatalf("it answers %d", w.Code)
				}
			}
		})
	}
}

// maxSheet is how long a list of 500 places may take to make, and sheetRenders how
// often one that took longer is made again: a busy machine delays most of them.
const (
	maxSheet     = 50 * time.Millisecond
	sheetRenders = 200
)

func TestAListOf500IsMadeInNoTime(t *testing.T) {
	h := county().Handler()
	least := time.Hour
	for i := 0; i < sheetRenders && least > maxSheet && !(raceDetector && i > 0); i++ {
		began := time.Now()
		w := ask(h, "GET", countyList)
		least = min(least, time.Since(began))
		if n := strings.Count(w.Body.String(), `class="entry"`); n != countySites {
			t.Fatalf("the list has %d places", n)
		}
	}
	t.Logf("a list of %d places takes %v", countySites, least)
	if least > maxSheet && !raceDetector {
		t.Errorf("it takes %v to make, at most %v may be", least, maxSheet)
	}
}
