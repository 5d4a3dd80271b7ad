package web

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
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
