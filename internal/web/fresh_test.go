package web

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"carrypoint/internal/edition"
	"carrypoint/internal/site"
	"carrypoint/views"
)

// TestFreshnessInWords has a clock of its own: each place was checked so many
// days before noon.
func TestFreshnessInWords(t *testing.T) {
	ago := func(days int) site.Date { return site.Date(noon.AddDate(0, 0, -days).Format(time.DateOnly)) }
	noPhone := func(s *site.Site) { s.Phones = nil }
	mail := func(s *site.Site) { s.Kind = site.MailOrder }
	lost := func(s *site.Site) { s.MissingSince = "2026-11-24" }
	for _, test := range []struct {
		name    string
		date    site.Date
		by      site.Check
		change  func(*site.Site)
		class   string
		en, es  string
		missing string // said above it
	}{
		{"today", ago(0), site.ByPhone, nil, "small", "Checked November 24, 2026 by phone.", "Comprobado por teléfono: 24 de noviembre de 2026.", ""},
		{"43 days ago", "2026-10-12", site.ByPhone, nil, "small", "Checked October 12, 2026 by phone.", "Comprobado por teléfono: 12 de octubre de 2026.", ""},
		{"90 days ago", ago(90), site.ByVisit, nil, "small", "Checked August 26, 2026 by a visit.", "Comprobado con una visita: 26 de agosto de 2026.", ""},
		{"91 days ago", ago(91), site.ByVisit, nil, "small", "Checked August 25, 2026 by a visit. Call before you go.", "Comprobado con una visita: 25 de agosto de 2026. Llame antes de ir.", ""},
		{"180 days ago", ago(180), site.ByHost, nil, "small", "Checked May 28, 2026 by the host. Call before you go.", "Comprobado por el lugar: 28 de mayo de 2026. Llame antes de ir.", ""},
		{"181 days ago", ago(181), site.ByHost, nil, "small ask", "Not checked since May 2026. Call before you go.", "No se ha comprobado desde mayo de 2026. Llame antes de ir.", ""},
		{"365 days ago", ago(365), site.BySource, nil, "small ask", "Not checked since November 2025. Call before you go.", "No se ha comprobado desde noviembre de 2025. Llame antes de ir.", ""},
		{"366 days ago", ago(366), site.BySource, nil, "small", "Not checked since November 2025. Call before you go.", "No se ha comprobado desde noviembre de 2025. Llame antes de ir.", ""},
		{"never", "", "", nil, "small", "Not confirmed. Listed by Example County: October 20, 2026.", "No confirmado. Publicado por Example County: 20 de octubre de 2026.", ""},
		{"never, and the list has no date", "", "", func(s *site.Site) { s.Source.Date = "" }, "small", "Not confirmed. Listed by Example County; the list has no date.", "No confirmado. Publicado por Example County; la lista no tiene fecha.", ""},
		{"never, and nobody is named", "", "", func(s *site.Site) { s.Source = site.Source{} }, "small", "Not confirmed. Listed by a public source; the list has no date.", "No confirmado. Publicado por una fuente pública; la lista no tiene fecha.", ""},
		{"tomorrow can't be true", ago(-1), site.ByPhone, nil, "small", "Not confirmed. Listed by Example County: October 20, 2026.", "No confirmado. Publicado por Example County: 20 de octubre de 2026.", ""},
		{"a month alone", "2026-11", site.BySource, nil, "small", "Checked November 2026 with its source.", "Comprobado con su fuente: noviembre de 2026.", ""},
		{"a year alone", "2025", "", nil, "small", "Not checked since 2025. Call before you go.", "No se ha comprobado desde 2025. Llame antes de ir.", ""},
		{"nobody says how", ago(1), "", nil, "small", "Checked November 23, 2026.", "Comprobado: 23 de noviembre de 2026.", ""},
		{"there is nobody to call", ago(100), site.ByVisit, noPhone, "small", "Checked August 16, 2026 by a visit. It may have changed.", "Comprobado con una visita: 16 de agosto de 2026. Puede haber cambiado.", ""},
		{"nobody goes to what comes by mail", ago(200), "", mail, "small ask", "Not checked since May 2026. Call first.", "No se ha comprobado desde mayo de 2026. Llame antes.", ""},
		{"its source has lost it", ago(100), site.ByVisit, lost, "small", "Checked August 16, 2026 by a visit.", "Comprobado con una visita: 16 de agosto de 2026.",
			"Its source no longer lists it, since November 24, 2026. Call before you go."},
		{"its source has lost it some day of a month", ago(0), "", func(s *site.Site) { s.MissingSince, s.Phones = "2026-10", nil }, "small", "Checked November 24, 2026.", "Comprobado: 24 de noviembre de 2026.",
			"Its source no longer lists it, since October 2026. It may have changed."},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := box("", test.change).Site
			s.CheckedOn, s.CheckedBy = test.date, test.by
			en, es := tongueOf(invented(), "en"), tongueOf(invented(), "es")
			if diff := cmp.Diff(views.Fact{Class: test.class, Text: test.en}, en.tell().Fresh(s)); diff != "" {
				t.Error(diff)
			}
			if got := es.tell().Fresh(s).Text; got != test.es {
				t.Errorf("%q, want %q", got, test.es)
			}
			if got := en.tell().Missing(s); got != test.missing {
				t.Errorf("%q, want %q", got, test.missing)
			}
		})
	}
}

func TestFreshnessInShort(t *testing.T) {
	for _, test := range []struct {
		name   string
		date   site.Date
		en, es string
	}{
		{"lately", "2026-10-12", "checked October 2026", "comprobado: octubre de 2026"},
		{"before a quarter", "2026-07", "checked July 2026", "comprobado: julio de 2026"},
		{"long ago", "2026-03-01", "not checked since March 2026", "sin comprobar desde marzo de 2026"},
		{"very long ago", "2019", "not checked since 2019", "sin comprobar desde 2019"},
		{"never", "", "not confirmed", "sin confirmar"},
		{"on a day to come", "2026-12", "not confirmed", "sin confirmar"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := box("", nil).Site
			s.CheckedOn = test.date
			en, es := tongueOf(invented(), "en").tell().FreshInShort(s), tongueOf(invented(), "es").tell().FreshInShort(s)
			if en != test.en || es != test.es {
				t.Errorf("%q and %q, want %q and %q", en, es, test.en, test.es)
			}
		})
	}
}

func TestWhatIsWithheldIsSaidAndNotUsed(t *testing.T) {
	en := tongueOf(invented(), "en")
	town := site.Position{Precision: site.AtTown, Of: "Dayton"}
	for _, test := range []struct {
		name     string
		reveal   site.Reveal
		position site.Position
		phones   bool
		want     string
	}{
		{"nobody asks for less", site.RevealAll, town, true, "Distances to it are measured to the middle of Dayton: the exact spot is not mapped."},
		{"its area", site.RevealArea, town, true, "This place asks that its exact spot is not shown. Distances to it are measured to the middle of Dayton."},
		{"its area, of which nothing is known", site.RevealArea, site.Position{}, true, "This place asks that its exact spot is not shown. Call to ask."},
		{"its contact", site.RevealContact, site.Position{}, true, "This place asks that we do not show where it is. Call to ask."},
		{"its contact, of which there is none", site.RevealContact, site.Position{}, false, "This place asks that we do not show where it is."},
	} {
		t.Run(test.name, func(t *testing.T) {
			hit := box("", func(s *site.Site) {
				s.Consent.Position, s.Position, s.Address.Street = test.reveal, test.position, "1 Example Street"
				if !test.phones {
					s.Phones = nil
				}
			})
			if got := en.positionNote(hit.Site); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
			if link := geoLink(hit.Site); (link == "") != (test.reveal != site.RevealAll) {
				t.Errorf("the link to the map is %q", link)
			}
		})
	}
}

func TestNobodyIsSaidToGiveNoAddressWhoMayGiveOne(t *testing.T) {
	town := site.Position{Precision: site.AtTown, Of: "Dayton"}
	for _, test := range []struct {
		name    string
		address string
		reveal  site.Reveal
		at      site.Position
		en, es  string // on its own page
		group   string // above a list of such places
	}{
		{"an address that could not be placed", "1 Example Street", site.RevealAll, site.Position{}, "We could not place this address on the map.", "No pudimos ubicar esta dirección en el mapa.",
			"We could not place these on the map. Open a place to see more."},
		{"no address", "", site.RevealAll, site.Position{}, "The source does not say where exactly it is.", "La fuente no dice dónde está exactamente.",
			"We could not place these on the map. Open a place to see more."},
		{"a town", "1 Example Street", site.RevealAll, town, "Distances to it are measured to the middle of Dayton: the exact spot is not mapped.", "Las distancias se miden hasta el centro de Dayton: no tenemos el punto exacto.",
			"We could not place these on the map. Open a place to see more."},
		{"one that asks not to be shown", "", site.RevealContact, site.Position{}, "This place asks that we do not show where it is. Call to ask.", "Este lugar pide que no se muestre dónde está. Llame para preguntar.",
			"We could not place these on the map, or they ask not to be on it. Open a place to see more."},
	} {
		t.Run(test.name, func(t *testing.T) {
			en, es := tongueOf(invented(), "en"), tongueOf(invented(), "es")
			hit := box("", func(s *site.Site) {
				s.Address.Street, s.Consent.Position, s.Position = test.address, test.reveal, test.at
			})
			if got := en.positionNote(hit.Site); got != test.en {
				t.Errorf("%q, want %q", got, test.en)
			}
			if got := es.positionNote(hit.Site); got != test.es {
				t.Errorf("%q, want %q", got, test.es)
			}
			if got := en.say.T(unplacedText([]edition.Hit{hit})); got != test.group {
				t.Errorf("%q, want %q", got, test.group)
			}
		})
	}
}

func TestShares(t *testing.T) {
	en := tongueOf(invented(), "en")
	for _, test := range []struct {
		n, all int
		want   string
	}{
		{0, 0, "0%"}, {0, 596, "0%"}, {1, 596, "less than 1%"}, {2, 596, "less than 1%"}, {3, 596, "1%"}, {298, 596, "50%"},
		{593, 596, "99%"}, {594, 596, "more than 99%"}, {595, 596, "more than 99%"}, {596, 596, "100%"},
		{1, 1_000_000, "less than 1%"}, {125_000, 1_000_000, "13%"}, {999_999, 1_000_000, "more than 99%"}, {1_000_000, 1_000_000, "100%"},
	} {
		if got := en.share(test.n, test.all); got != test.want {
			t.Errorf("%d of %d is %q, want %q", test.n, test.all, got, test.want)
		}
	}
}

func TestTheShippedListSaysThatNobodyHasCheckedIt(t *testing.T) {
	items := tongueOf(starter(), "en").checks(starter().Editions.Edition()).Items
	want := []string{
		"Checked in the last 90 days: 0 of 596 (0%).", "Checked in the last 180 days: 0 of 596 (0%).", "Checked in the last 365 days: 0 of 596 (0%).",
		"Checked longer ago: 0 of 596 (0%).", "Not checked, or not known when: 596 of 596 (100%).",
	}
	if diff := cmp.Diff(want, items); diff != "" {
		t.Error(diff)
	}
	page := ask(starter().Handler(), "GET", "/near/45402").Body.String()
	if strings.Count(page, "Older listings, not confirmed") != 1 || strings.Count(page, "Nobody has confirmed these. Call first if you can.") != 1 || !strings.Contains(page, `id="r10"`) {
		t.Error("a list of which nothing was checked does not say so once, above all of it")
	}
	if !strings.Contains(page, "nearest first") {
		t.Error("it is not by distance")
	}
}

// TestAListEndsByRank puts a fresher place just beyond 100 miles.
func TestAListEndsByRank(t *testing.T) {
	at := func(metres float64, behind bool) edition.Hit {
		h := edition.Hit{Metres: metres, Rank: metres}
		if behind {
			h.Rank += 5_000
		}
		return h
	}
	p := shipped().Policy
	for _, test := range []struct {
		name string
		hits []edition.Hit
		skip int
		want int
	}{
		{"nothing", nil, 0, 0},
		{"the first three, however far", []edition.Hit{at(2e6, true), at(3e6, true), at(4e6, true), at(5e6, true)}, 0, 3},
		{"unchecked ones up to 100 miles", []edition.Hit{at(160_900, true), at(161_000, true)}, 3, 1},
		{"one behind a fresher one that is further", []edition.Hit{at(162_000, false), at(160_000, true), at(161_000, true)}, 3, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := reach(test.hits, test.skip, p); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
