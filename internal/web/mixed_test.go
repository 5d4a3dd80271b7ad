package web

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"carrypoint/internal/site"
)

// checked is a site of nine plainly fictional places of every age. One lists
// three machines under a licence, one's source has lost it, and two ask for less
// to be shown.
var checked = sync.OnceValue(func() *Server {
	sites := sitesOf("testdata/checked.csv")
	for i := range sites {
		s := &sites[i]
		switch s.ID {
		case "us-oh-aspen-fresh":
			s.Devices, s.Source.Licence = 3, "CC BY 4.0"
		case "us-oh-elder-missing":
			s.MissingSince = "2026-11-24"
		case "us-oh-fig-area":
			withhold(s, site.RevealArea)
			s.Source.Licence = "CC0"
		case "us-oh-grape-contact":
			withhold(s, site.RevealContact)
		}
	}
	return servingSites(sites)
})

// hiding is the same under an operator's rule that hides the oldest.
var hiding = sync.OnceValue(func() *Server {
	s := *checked()
	s.Policy.HideAfterDays = 540
	return &s
})

func withhold(s *site.Site, reveal site.Reveal) {
	s.Consent.Position = reveal
	town, _ := shipped().Places.Area("us", "oh", "dayton")
	s.Withhold(site.Position{Point: town.Point, Precision: site.AtTown, Of: town.Name})
}

// partlyChecked is the shipped list as if work on it had begun: of every six
// places one was checked lately, one before a quarter, one before half a year,
// one long ago, and the source of one of the others has lost it.
func partlyChecked() *Server {
	sites := sitesOf("../../data/sites/points.csv")
	ago := func(days int) site.Date { return site.Date(noon.AddDate(0, 0, -days).Format(time.DateOnly)) }
	for i := range sites {
		s := &sites[i]
		s.CheckedBy = site.Checks()[i%len(site.Checks())]
		switch i % 6 {
		case 0:
			s.CheckedOn = ago(i % 90)
		case 1:
			s.CheckedOn = ago(91 + i%90)
		case 2:
			s.CheckedOn = ago(181 + i%180)
		case 3:
			s.CheckedOn = ago(400 + i)
		case 4:
			s.MissingSince = ago(i % 60)
		}
		for j := range s.Supplies {
			if s.CheckedOn != "" {
				s.Supplies[j].AsOf, s.Supplies[j].By = s.CheckedOn, s.CheckedBy
			}
		}
	}
	return servingSites(sites)
}

// TestPagesOfAListThatIsPartlyCheckedFitToo: they say more than those of a list
// that nobody has checked, and most in Spanish.
func TestPagesOfAListThatIsPartlyCheckedFitToo(t *testing.T) {
	h := partlyChecked().Handler()
	paths := []string{"/es/us/mi/grosse-pointe", "/es/us/mi", "/es/about", "/es/near/96799?page=20"}
	for code := 1007; code < 99950; code += 207 {
		if zip := fmt.Sprintf("%05d", code); known(zip) {
			paths = append(paths, "/es/near/"+zip)
		}
	}
	var largest answered
	for _, path := range paths {
		page := fetch(t, h, path)
		if page.sent > largest.sent {
			largest = page
		}
		if found := missing.FindString(withoutStyle(page.html)); found != "" {
			t.Errorf("%s shows %q", path, found)
		}
		if limit := limitOf(kindOf(path)); page.sent > limit {
			t.Errorf("%s has %d bytes, at most %d may be", path, page.sent, limit)
		}
	}
	t.Logf("the largest of %d pages is %s with %d bytes", len(paths), largest.path, largest.sent)
}

// TestAnOlderListingIsNeverFirstBesideAFresherOne reads pages all over the country.
func TestAnOlderListingIsNeverFirstBesideAFresherOne(t *testing.T) {
	h := partlyChecked().Handler()
	mixed := 0
	for _, path := range []string{"/near/45402", "/near/60612", "/near/94103?page=2", "/near/99901", "/us/oh/dayton", "/us/il/cook-county", "/near/V6A"} {
		page := ask(h, "GET", path).Body.String()
		confirmed, older, both := strings.Cut(page, "<h2>Older listings, not confirmed</h2>")
		if strings.Contains(confirmed, "Not confirmed.") || strings.Contains(older, "Checked ") {
			t.Errorf("%s mixes what it says it parts", path)
		}
		if both && strings.Contains(confirmed, `<ol class="r">`) {
			mixed++
			next := strings.Count(confirmed, `<span class="n">`) + 1
			if strings.HasSuffix(path, "page=2") {
				next += pageSize
			}
			if !strings.Contains(older, fmt.Sprintf(`start="%d"`, next)) || !strings.Contains(older, fmt.Sprintf(`id="r%d"`, next)) {
				t.Errorf("%s does not number on", path)
			}
		}
	}
	if mixed < 5 {
		t.Errorf("only %d pages have both", mixed)
	}
}

func known(zip string) bool { _, ok := shipped().Places.Postcode(zip); return ok }
