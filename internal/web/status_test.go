package web

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/hours"
	"carrypoint/internal/site"
	"carrypoint/views"
)

var dayton, _ = time.LoadLocation("America/New_York")

// box is a machine with hours of its own, listed a month ago.
func box(raw string, change func(*site.Site)) edition.Hit {
	s := &site.Site{
		ID: "us-oh-example", Name: "Example Box", Kind: site.Place, Type: site.Box, Status: site.Active,
		Address: site.Address{City: "Dayton", Region: "OH", Country: "US"}, TimeZone: dayton.String(),
		Hours:  site.Hours{Raw: raw, Schedule: hours.Parse(raw), AsOf: "2026-10-20"},
		Phones: []site.Phone{site.ParsePhone("555-555-0100")},
		Source: site.Source{Publisher: "Example County", Date: "2026-10-20"},
	}
	if change != nil {
		change(s)
	}
	return edition.Hit{Site: s, Zone: dayton}
}

func TestStatus(t *testing.T) {
	en := tongueOf(invented(), "en")
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, dayton) }
	for _, test := range []struct {
		name   string
		raw    string
		change func(*site.Site)
		at     time.Time // 23 November 2026 is a Monday
		class  string
		text   string
		hours  string
	}{
		{"always", "24/7", nil, at(23, 3), "open", "Listed as always open.", ""},
		{"open", "Mon-Fri 9am-5pm", nil, at(23, 10), "open", "Open now. Closes at 5pm.", ""},
		{"open until midnight", "daily 8am-midnight", nil, at(23, 10), "open", "Open now. Closes at midnight.", ""},
		{"closed until later", "Mon-Fri 9am-5pm", nil, at(23, 8), "closed", "Closed now. Opens today at 9am.", ""},
		{"closed until tomorrow", "Mon-Fri 9am-5:30pm", nil, at(23, 18), "closed", "Closed now. Opens tomorrow at 9am.", ""},
		{"closed over the weekend", "Mon-Tue 9am-5pm", nil, at(28, 10), "closed", "Closed now. Opens on Monday at 9am.", ""},
		{"closed for more than a week", "1st Tuesday 2pm-4pm", nil, at(20, 10), "closed", "Closed now. Opens on Tuesday, December 1 at 2pm.", ""},
		{"a public holiday", "Mon-Fri 9am-5pm", nil, at(26, 10), "ask", "Today is a holiday (Thanksgiving): hours not known. Call first.", "Hours listed: Monday to Friday 9am to 5pm; Saturday and Sunday closed."},
		{"never closed, also on a holiday", "24/7", nil, at(26, 10), "open", "Listed as always open.", ""},
		{"hours that may be the building's", "Mon-Fri 9am-5pm", func(s *site.Site) { s.Type = site.Library }, at(23, 10), "ask",
			"Hours not known: the hours listed may be the building’s. Call first.", "Hours listed, maybe of the building: Monday to Friday 9am to 5pm; Saturday and Sunday closed."},
		{"hours listed long ago", "Mon-Fri 9am-5pm", func(s *site.Site) { s.Hours.AsOf = "2019" }, at(23, 10), "ask",
			"Hours not known now: those we have were listed in 2019. Call first.", "Hours listed: Monday to Friday 9am to 5pm; Saturday and Sunday closed."},
		{"hours of no date", "24/7", func(s *site.Site) { s.Hours.AsOf = "" }, at(23, 10), "ask",
			"Hours not known: the list that gives them has no date. Call first.", "Hours listed: every day 24 hours."},
		{"hours that nobody can read", "when the bus is here", nil, at(23, 10), "ask", "Hours not known for sure. Call first.", "Hours as listed:|“when the bus is here”"},
		{"hours that vary", "Hours vary, call for times", nil, at(23, 10), "ask", "Hours not known for sure. Call first.", "Hours as listed:|“Hours vary, call for times”"},
		{"hours that do not vary, and can't be read", "9-5 or so", nil, at(23, 10), "ask", "Hours not known for sure. Call first.", "Hours as listed:|“9-5 or so”"},
		{"words of a machine", "call_for_hours", nil, at(23, 10), "ask", "Hours not known for sure. Call first.", "Hours as listed:|“call for hours”"},
		{"hours of which the text is withheld, on a holiday", "Mon-Fri 9am-5pm", withheldText, at(26, 10), "ask", "Today is a holiday (Thanksgiving): hours not known. Call first.",
			"Hours listed: Monday to Friday 9am to 5pm; Saturday and Sunday closed."},
		{"a withheld text that nobody could read", "9-5 or so", withheldText, at(23, 10), "ask", "Hours not known for sure. Call first.", ""},
		{"by appointment", "by appointment only", nil, at(23, 10), "ask", "By appointment. Call first.", "Hours as listed:|“by appointment only”"},
		{"no hours, no phone", "", func(s *site.Site) { s.Phones = nil }, at(23, 10), "ask", "Hours not known. No phone number is listed.", ""},
		{"mail has no hours", "", func(s *site.Site) { s.Kind = site.MailOrder }, at(23, 10), "", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			hit := box(test.raw, test.change)
			hit.Opening = hit.Site.OpenAt(test.at, hit.Zone)
			hours, quote, _ := strings.Cut(test.hours, "|")
			want := views.Status{Class: test.class, Text: views.Quoted{Text: test.text}, Hours: views.Quoted{Text: hours, Quote: quote}}
			if diff := cmp.Diff(want, en.status(hit, test.at)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// withheldText takes the text of the hours away, as consent does.
func withheldText(s *site.Site) { s.Consent.Position, s.Hours.Raw = site.RevealArea, "" }

func TestANoteBesideTheHoursIsTrueOfThem(t *testing.T) {
	for _, test := range []struct {
		name   string
		raw    string
		change func(*site.Site)
		en, es string
	}{
		{"none are listed", "", nil, "No hours are listed.", "No hay horario publicado."},
		{"mail has none", "", func(s *site.Site) { s.Kind = site.MailOrder }, "", ""},
		{"hours as listed", "Mon-Fri 9am-5pm", nil, "Hours can change on public holidays.", "El horario puede cambiar en días festivos."},
		{"their text is withheld", "Mon-Fri 9am-5pm", withheldText, "Hours can change on public holidays.", "El horario puede cambiar en días festivos."},
		{"always open, and the text is withheld", "24/7", withheldText, "Hours can change on public holidays.", "El horario puede cambiar en días festivos."},
		{"the building's, and the text is withheld", "Mon-Fri 9am-5pm", func(s *site.Site) { s.Type = site.Library; withheldText(s) },
			"Hours not known: the hours listed may be the building’s.", "No sabemos el horario: el que se publicó puede ser el del edificio."},
		{"a withheld text that nobody could read", "9-5 or so", withheldText, "", ""},
		{"a withheld text that says nothing of hours", "ask at the desk", withheldText, "", ""},
		{"by appointment, and the text is withheld", "by appointment only", withheldText, "", ""},
		{"by appointment, without a text", "by appointment only", func(s *site.Site) { s.Hours.Raw = "" }, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := box(test.raw, test.change).Site
			if got := tongueOf(invented(), "en").tell().HoursNote(s); got != test.en {
				t.Errorf("%q, want %q", got, test.en)
			}
			if got := tongueOf(invented(), "es").tell().HoursNote(s); got != test.es {
				t.Errorf("%q, want %q", got, test.es)
			}
		})
	}
}

func TestATextOfHoursIsShownAsListed(t *testing.T) {
	for _, test := range []struct{ name, raw, want string }{
		{"plain words", "Mon-Fri 9am - 5pm, call", "Mon-Fri 9am - 5pm, call"},
		{"a word of a machine", "by_appointment", "by appointment"},
		{"some of them", "call_first; not_on_holidays", "call first; not on holidays"},
		{"an address", "see https://example.org/our_hours or ask_us", "see https://example.org/our_hours or ask us"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := facts.AsListed(test.raw); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
			hit := box(test.raw, nil)
			hit.Site.Hours.Schedule = hours.Schedule{Status: hours.CallFirst}
			if got := tongueOf(invented(), "en").sitePage(hit).HoursRaw; got != test.want {
				t.Errorf("the page of the place says %q, want %q", got, test.want)
			}
		})
	}
}

func TestWeek(t *testing.T) {
	for _, test := range []struct {
		name, language, raw string
		want                []views.DayHours
	}{
		{"days with the same hours stand together", "en", "Mon-Thu 9am-5pm; Fri 9am-1pm", []views.DayHours{
			{Days: "Monday to Thursday", Hours: "9am to 5pm"}, {Days: "Friday", Hours: "9am to 1pm"}, {Days: "Saturday and Sunday", Hours: "closed"},
		}},
		{"days that are not neighbours", "en", "Mon, Wed, Fri 9am-noon", []views.DayHours{
			{Days: "Monday, Wednesday and Friday", Hours: "9am to noon"}, {Days: "Tuesday, Thursday, Saturday and Sunday", Hours: "closed"},
		}},
		{"a lunch gap", "en", "daily 9am-12pm, 1pm-5pm", []views.DayHours{{Days: "every day", Hours: "9am to noon and 1pm to 5pm"}}},
		{"over midnight", "en", "daily 8pm-2am", []views.DayHours{{Days: "every day", Hours: "8pm to 2am the next day"}}},
		{"always", "en", "24/7", []views.DayHours{{Days: "every day", Hours: "24 hours"}}},
		{"weeks of the month", "en", "1st and 3rd Tuesday 2pm-4pm", []views.DayHours{
			{Days: "1st and 3rd Tuesday of the month", Hours: "2pm to 4pm"}, {Days: "Monday and Wednesday to Sunday", Hours: "closed"},
		}},
		{"a season", "en", "May 1-Sep 30: daily 9am-5pm", []views.DayHours{{Days: "every day", Hours: "9am to 5pm, from May 1 to September 30"}}},
		{"Spanish", "es", "Mon-Fri 9am-5pm", []views.DayHours{
			{Days: "lunes a viernes", Hours: "de 9\u00a0a.\u00a0m. a 5\u00a0p.\u00a0m."}, {Days: "sábado y domingo", Hours: "cerrado"},
		}},
		{"what can't be read with certainty has no table", "en", "9-5 or so", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			hit := box(test.raw, nil)
			if diff := cmp.Diff(test.want, tongueOf(invented(), test.language).tell().Week(hit.Site)); diff != "" {
				t.Errorf("%v: %s", hit.Site.Hours.Schedule, diff)
			}
		})
	}
}

func TestDistanceSaysHowFarItIsKnown(t *testing.T) {
	en := tongueOf(invented(), "en")
	zip, _ := en.Places.Postcode("45402")
	vancouver, _ := en.Places.Postcode("V6A")
	town, _ := en.Places.Area("us", "oh", "dayton")
	spot := func(p site.Precision, of string) site.Position {
		return site.Position{Precision: p, Of: of, Point: orb.Point{-84.19, 39.76}}
	}
	given := en.originAt(orb.Point{-84.19, 39.76}, site.Exact)
	for _, test := range []struct {
		name   string
		from   origin
		to     site.Position
		metres float64
		want   string
	}{
		{"from a spot to a spot", given, spot(site.Exact, ""), 322, "About 0.2 miles."},
		{"whole miles from one mile on", given, spot(site.Exact, ""), 3_700, "About 2 miles."},
		{"very near", given, spot(site.Exact, ""), 10, "Less than 0.1 miles."},
		{"from a phone that rounds", en.originAt(orb.Point{-84.19, 39.76}, devicePrecision), spot(site.Exact, ""), 700, "About 0.5 miles."},
		{"from the middle of a ZIP", originOf(zip), spot(site.Exact, ""), 3_700, "About 2 miles, measured from the middle of 45402."},
		{"within the ZIP itself", originOf(zip), spot(site.Exact, ""), 200, "Less than 1 mile, measured from the middle of 45402."},
		{"to the middle of another town", originOf(zip), spot(site.AtTown, "Xenia"), 24_000, "About 15 miles, measured from the middle of 45402. Somewhere in Xenia, exact spot not mapped."},
		{"somewhere in the town asked for", originOf(town), spot(site.AtTown, "Dayton"), 0, "In Dayton, exact spot not mapped."},
		{"kilometres in Canada", originOf(vancouver), spot(site.Exact, ""), 5_100, "About 6 km, measured from the middle of V6A."},
		{"far away a round number says enough", originOf(zip), spot(site.Exact, ""), 2_022_000, "About 1260 miles, measured from the middle of 45402."},
	} {
		t.Run(test.name, func(t *testing.T) {
			hit := box("", func(s *site.Site) {
				s.Position = test.to
				s.Address.Town = strings.ToLower(test.to.Of)
			})
			hit.Metres = test.metres
			if got := en.distance(test.from, hit); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestSuppliesAreNeverSaidToBeThere(t *testing.T) {
	en := tongueOf(invented(), "en")
	for _, test := range []struct {
		name     string
		supplies site.Supplies
		want     []views.Fact
	}{
		{"nothing is known", nil, []views.Fact{
			{Class: "ask", Text: "Naloxone (Narcan): we don’t know"}, {Class: "ask", Text: "Fentanyl test strips: we don’t know"},
		}},
		{"a yes has its day, a no is said", site.Supplies{
			{Code: site.NaloxoneNasal, Status: site.Yes, AsOf: "2026-03"}, {Code: site.FentanylTestStrips, Status: site.No},
		}, []views.Fact{
			{Class: "yes", Text: "Naloxone nasal spray (Narcan): listed in March 2026"}, {Class: "no", Text: "Fentanyl test strips: no, the source says"},
		}},
		{"a yes of no day says so", site.Supplies{{Code: site.FentanylTestStrips, Status: site.Yes}}, []views.Fact{
			{Class: "ask", Text: "Naloxone (Narcan): we don’t know"}, {Class: "yes", Text: "Fentanyl test strips: listed, date not known"},
		}},
		{"what else there is", site.Supplies{{Code: site.Syringes, Status: site.Yes}, {Code: site.SmokingKit, Status: site.Unknown}}, []views.Fact{
			{Class: "ask", Text: "Naloxone (Narcan): we don’t know"}, {Class: "ask", Text: "Fentanyl test strips: we don’t know"},
			{Class: "yes", Text: "Also listed: syringes"},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, en.tell().Supplies(&site.Site{Supplies: test.supplies})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatSomebodyWasToldIsSaidToBeConfirmed(t *testing.T) {
	for _, test := range []struct {
		name     string
		supplies site.Supplies
		en, es   []string
	}{
		{"a yes and a no by phone", site.Supplies{
			{Code: site.Naloxone, Status: site.Yes, AsOf: "2026-11-24", By: site.ByPhone}, {Code: site.FentanylTestStrips, Status: site.No, AsOf: "2026-11-24", By: site.ByPhone},
		}, []string{"yes Naloxone (Narcan): yes, confirmed November 24, 2026", "no Fentanyl test strips: no, confirmed November 24, 2026"},
			[]string{"yes Naloxona (Narcan): sí, confirmado (24 de noviembre de 2026)", "no Tiras reactivas de fentanilo: no, confirmado (24 de noviembre de 2026)"}},
		{"a no to naloxone, a yes to strips, some day of a month", site.Supplies{
			{Code: site.Naloxone, Status: site.No, AsOf: "2026-10", By: site.ByVisit}, {Code: site.FentanylTestStrips, Status: site.Yes, AsOf: "2026-10", By: site.ByHost},
		}, []string{"no Naloxone (Narcan): no, confirmed October 2026", "yes Fentanyl test strips: yes, confirmed October 2026"},
			[]string{"no Naloxona (Narcan): no, confirmado (octubre de 2026)", "yes Tiras reactivas de fentanilo: sí, confirmado (octubre de 2026)"}},
		{"what is only listed stays so", site.Supplies{
			{Code: site.Naloxone, Status: site.No, AsOf: "2026-10-20"}, {Code: site.FentanylTestStrips, Status: site.Yes, AsOf: "2026-10-20"}, {Code: site.Syringes, Status: site.No, AsOf: "2026-10-20"},
		}, []string{"no Naloxone (Narcan): no, the source says", "yes Fentanyl test strips: listed on October 20, 2026"},
			[]string{"no Naloxona (Narcan): no, según la fuente", "yes Tiras reactivas de fentanilo: dato publicado el 20 de octubre de 2026"}},
		{"a day to come confirms nothing", site.Supplies{
			{Code: site.Naloxone, Status: site.Yes, AsOf: "2026-11-25", By: site.ByPhone}, {Code: site.FentanylTestStrips, Status: site.No, By: site.ByPhone},
		}, []string{"yes Naloxone (Narcan): listed, date not known", "no Fentanyl test strips: no, the source says"},
			[]string{"yes Naloxona (Narcan): dato publicado, sin fecha", "no Tiras reactivas de fentanilo: no, según la fuente"}},
		{"one form was confirmed, a finer one is listed", site.Supplies{
			{Code: site.NaloxoneNasal, Status: site.Yes, AsOf: "2026-11-20", By: site.ByPhone}, {Code: site.NaloxoneNasal4mg, Status: site.Yes, AsOf: "2026-01"},
		}, []string{"yes Naloxone nasal spray (Narcan): yes, confirmed November 20, 2026", "ask Fentanyl test strips: we don’t know"},
			[]string{"yes Naloxona en aerosol nasal (Narcan): sí, confirmado (20 de noviembre de 2026)", "ask Tiras reactivas de fentanilo: no sabemos"}},
		{"no naloxone at all, although a form is listed", site.Supplies{
			{Code: site.Naloxone, Status: site.No, AsOf: "2026-11-20", By: site.ByPhone}, {Code: site.NaloxoneNasal4mg, Status: site.Yes, AsOf: "2026-01"},
		}, []string{"no Naloxone (Narcan): no, confirmed November 20, 2026", "ask Fentanyl test strips: we don’t know"},
			[]string{"no Naloxona (Narcan): no, confirmado (20 de noviembre de 2026)", "ask Tiras reactivas de fentanilo: no sabemos"}},
		{"no to one form is none to naloxone", site.Supplies{{Code: site.NaloxoneIM, Status: site.No, AsOf: "2026-11-20", By: site.ByPhone}},
			[]string{"ask Naloxone (Narcan): we don’t know", "ask Fentanyl test strips: we don’t know"},
			[]string{"ask Naloxona (Narcan): no sabemos", "ask Tiras reactivas de fentanilo: no sabemos"}},
		{"what else was asked, and what else is listed", site.Supplies{
			{Code: site.RescueMask, Status: site.Yes, AsOf: "2026-10-20"}, {Code: site.Syringes, Status: site.Yes, AsOf: "2026-11-20", By: site.ByVisit}, {Code: site.Condoms, Status: site.No, AsOf: "2026-11-20", By: site.ByVisit},
		}, []string{"ask Naloxone (Narcan): we don’t know", "ask Fentanyl test strips: we don’t know", "yes Syringes: yes, confirmed November 20, 2026", "no Condoms: no, confirmed November 20, 2026", "yes Also listed: rescue breathing mask"},
			[]string{"ask Naloxona (Narcan): no sabemos", "ask Tiras reactivas de fentanilo: no sabemos", "yes Jeringas: sí, confirmado (20 de noviembre de 2026)", "no Condones: no, confirmado (20 de noviembre de 2026)", "yes También mencionan: mascarilla de respiración"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for tag, want := range map[string][]string{"en": test.en, "es": test.es} {
				var got []string
				for _, fact := range tongueOf(invented(), tag).tell().Supplies(&site.Site{Supplies: test.supplies}) {
					got = append(got, fact.Class+" "+fact.Text)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: %s", tag, diff)
				}
			}
		})
	}
}

func TestWhatIsLeftOutIsCountedAndOffered(t *testing.T) {
	en := tongueOf(invented(), "en")
	zip, _ := en.Places.Postcode("45402")
	page := en.results(en.Editions.Edition(), originOf(zip), search{page: 1, asked: asked{open: "now", free: true}}, "/near/45402")
	var notes []string
	for _, note := range page.LeftOut {
		notes = append(notes, note.Text+" "+note.Link.Href)
	}
	if want := []string{"3 places nearby were left out: we don’t know their hours. /near/45402?free=1"}; !slices.Equal(notes, want) {
		t.Errorf("left out: %q, want %q", notes, want)
	}
	for _, card := range page.Cards {
		if card.Status.Class != "open" || !strings.HasPrefix(card.Terms, "Listed: free") {
			t.Errorf("%s is %v, %s", card.Name, card.Status, card.Terms)
		}
	}
	if len(page.Cards) != 1 {
		t.Errorf("%d places are open and free", len(page.Cards))
	}
}
