package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"carrypoint/internal/edition"
	"carrypoint/internal/site"
)

// listedBy are so many sites of one source.
func listedBy(n int, publisher, licence string, dates ...site.Date) []site.Site {
	sites := make([]site.Site, n)
	for i := range sites {
		sites[i].Source = site.Source{Publisher: publisher, Licence: licence}
		if len(dates) > 0 {
			sites[i].Source.Date = dates[i%len(dates)]
		}
	}
	return sites
}

func TestWhoListsThePlaces(t *testing.T) {
	var many []site.Site
	for i := range mostSources + 2 {
		many = append(many, listedBy(mostSources+2-i, fmt.Sprintf("Example County %02d", i), "")...)
	}
	for _, test := range []struct {
		name   string
		sites  []site.Site
		en, es []string // the last ones
	}{
		{"most places first, each with its licence and its newest date", slices.Concat(
			listedBy(1, "Example Library", ""), listedBy(1_200, "Example State", "CC0", "2026-03-01", "2026-11", "2025"),
		), []string{"Example State: 1200 places. Licence: CC0. Newest date: November 2026.", "Example Library: 1 place. No licence stated. No date."},
			[]string{"Example State: 1200 lugares. Licencia: CC0. Fecha más reciente: noviembre de 2026.", "Example Library: 1 lugar. Sin licencia indicada. Sin fecha."}},
		{"two licences of one publisher", slices.Concat(listedBy(1, "Example State", "CC0"), listedBy(1, "Example State", "")),
			[]string{"Example State: 1 place. No licence stated. No date.", "Example State: 1 place. Licence: CC0. No date."},
			[]string{"Example State: 1 lugar. Sin licencia indicada. Sin fecha.", "Example State: 1 lugar. Licencia: CC0. Sin fecha."}},
		{"nobody is named, and the date is to come", listedBy(1, "", "", "2027"), []string{"A public source: 1 place. No licence stated. No date."}, []string{"Una fuente pública: 1 lugar. Sin licencia indicada. Sin fecha."}},
		{"more than a page names", many, []string{"Example County 29: 3 places. No licence stated. No date.", "and 2 more"}, []string{"Example County 29: 3 lugares. Sin licencia indicada. Sin fecha.", "y 2 más"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			all := sourcesOf(test.sites, site.DayOf(noon))
			for tag, want := range map[string][]string{"en": test.en, "es": test.es} {
				got := tongueOf(invented(), tag).sources(all).Items
				if diff := cmp.Diff(want, got[max(0, len(got)-len(want)):]); diff != "" {
					t.Errorf("%s: %s", tag, diff)
				}
			}
		})
	}
}

// TestTheCreditOfTheDataInsideIsNotThatOfOthers serves the same places from the
// binary and from a folder.
func TestTheCreditOfTheDataInsideIsNotThatOfOthers(t *testing.T) {
	s := *invented() // which other tests share
	dir, _ := published(t, &s)
	s.Editions = &edition.Follower{Dir: dir}
	if err := s.Editions.Begin(); err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	for path, only := range map[string]struct{ inside, folder string }{
		"/about":    {"written down for this site", "Who lists these places"},
		"/es/about": {"anotados para este sitio", "Quién publica estos lugares"},
	} {
		page := ask(h, "GET", path).Body.String()
		if strings.Contains(page, only.inside) || strings.Contains(page, "MIT") || !strings.Contains(page, only.folder) || !strings.Contains(page, "Example County: ") {
			t.Errorf("%s of a folder: %s", path, textOf(page))
		}
		if inside := ask(invented().Handler(), "GET", path).Body.String(); !strings.Contains(inside, only.inside) || strings.Contains(inside, only.folder) {
			t.Errorf("%s of the data inside: %s", path, textOf(inside))
		}
	}
}

func TestSourcesAreCountedOnceForWhatIsServed(t *testing.T) {
	one := edition.State{Edition: &edition.Edition{ID: "1"}}
	c := new(counted)
	c.of(one, 1)
	kept := c.last.Load()
	for _, test := range []struct {
		name  string
		state edition.State
		day   site.Day
		again bool
	}{
		{"the same", one, 1, false},
		{"the next day", one, 2, true},
		{"a site was hidden", edition.State{Edition: one.Edition, Hiding: edition.Hiding{Seq: 1}}, 1, true},
		{"another edition", edition.State{Edition: &edition.Edition{ID: "2"}}, 1, true},
	} {
		c.last.Store(kept)
		c.of(test.state, test.day)
		if again := c.last.Load() != kept; again != test.again {
			t.Errorf("%s: counted again is %v", test.name, again)
		}
	}
}

func BenchmarkSourcesOfAllPlaces(b *testing.B) {
	var sites []site.Site
	for i := range 60 {
		sites = append(sites, listedBy(500, fmt.Sprintf("Example County %d", i), "CC0", "2026-03-01", "2026-11")...)
	}
	for b.Loop() {
		sourcesOf(sites, site.DayOf(noon))
	}
}
