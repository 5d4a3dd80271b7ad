package facts

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"carrypoint/internal/hours"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// noon is a Tuesday; Thursday of the same week is Thanksgiving.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

var shipped = sync.OnceValue(func() *words.Catalog {
	c, err := words.Load(os.DirFS("../../data/words"))
	if err != nil {
		panic(err)
	}
	return c
})

func teller(tag string) Teller {
	return Teller{
		Say: shipped().Language(tag), Now: noon,
		Policy: site.Policy{CallFirstAfterDays: 90, RankBehindAfterDays: 180, RankBehindMetres: 5_000, OlderAfterDays: 365},
	}
}

// machine is a fictional machine whose hours are those of its supplies.
func machine(raw string, change ...func(s *site.Site)) *site.Site {
	s := &site.Site{
		ID: "us-oh-example", Name: "Example Machine", Kind: site.Place, Type: site.VendingMachine, Address: site.Address{Country: "US"},
		Phones: []site.Phone{site.ParsePhone("555-555-0123")}, TimeZone: "America/New_York",
		Hours: site.Hours{Raw: raw, Schedule: hours.Parse(raw), AsOf: "2026-11-01"},
	}
	for _, c := range change {
		c(s)
	}
	return s
}

func noPhone(s *site.Site)     { s.Phones = nil }
func old(s *site.Site)         { s.Hours.AsOf = "2024-11-01" }
func undated(s *site.Site)     { s.Hours.AsOf = "" }
func ofHouse(s *site.Site)     { s.Hours.Scope = site.ScopeBuilding }
func comesByMail(s *site.Site) { s.Kind = site.MailOrder }

func TestHoursOnPaper(t *testing.T) {
	for _, test := range []struct {
		name string
		site *site.Site
		want string // with what is quoted after a bar
	}{
		{"every week", machine("Mon-Fri 9am-5pm"), "Hours listed: Monday to Friday 9am to 5pm; Saturday and Sunday closed."},
		{"always", machine("24/7"), "Hours listed: every day 24 hours."},
		{"in some weeks of the month", machine("1st and 3rd Tuesday 2pm-4pm"), "Hours listed: 1st and 3rd Tuesday of the month 2pm to 4pm; Monday and Wednesday to Sunday closed."},
		{"of a building", machine("Mon-Fri 9am-5pm", ofHouse), "Hours listed, maybe of the building: Monday to Friday 9am to 5pm; Saturday and Sunday closed."},
		{"old ones say so", machine("24/7", old), "Hours listed: every day 24 hours. These hours were listed on November 1, 2024."},
		{"undated ones say so", machine("24/7", undated), "Hours listed: every day 24 hours. The list that gives these hours has no date."},
		{"none, and somebody to ask", machine(""), "Hours not known. Call first."},
		{"none, and nobody to ask", machine("", noPhone), "Hours not known. No phone number is listed."},
		{"none, and nobody goes there", machine("", comesByMail), ""},
		{"by appointment", machine("by appointment"), "By appointment. Hours as listed:|“by appointment”"},
		{"what can't be read stands as it is", machine("whenever_we like"), "Hours not known for sure. Hours as listed:|“whenever we like”"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, quote, _ := strings.Cut(test.want, "|")
			if diff := cmp.Diff(views.Quoted{Text: text, Quote: quote}, teller("en").Hours(test.site)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDatesOnWhichHoursAreOtherThanUsual(t *testing.T) {
	for _, test := range []struct {
		name string
		site *site.Site
		want []string
	}{
		{"a holiday of which nobody speaks", machine("Mon-Fri 9am-5pm"), []string{"Thursday, November 26 (Thanksgiving): hours not known"}},
		{"a holiday on which it is closed", machine("Mon-Fri 9am-5pm, closed holidays"), []string{"Thursday, November 26 (Thanksgiving): closed"}},
		{"it never closes", machine("24/7"), nil},
		{"another country has no such holiday", machine("Mon-Fri 9am-5pm", func(s *site.Site) { s.Address.Country = "CA" }), nil},
		{"no hours are known", machine(""), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := teller("en").Soon(test.site); !slices.Equal(got, test.want) {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}

func TestHolidaysOfTheNextDays(t *testing.T) {
	for _, test := range []struct {
		name, country string
		now           time.Time
		want          []string
	}{
		{"one within two weeks", "US", noon, []string{"Thursday, November 26 (Thanksgiving): hours may be different. Call first."}},
		{"none", "CA", noon, nil},
		{"the day itself", "US", noon.AddDate(0, 0, 2), []string{"Thursday, November 26 (Thanksgiving): hours may be different. Call first."}},
		{"the day after", "US", noon.AddDate(0, 0, 3), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			tell := teller("en")
			tell.Now = test.now
			if got := tell.Holidays(test.country); !slices.Equal(got, test.want) {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}

func TestTheNextDatesOfAStop(t *testing.T) {
	for _, test := range []struct {
		name string
		site *site.Site
		want []string
	}{
		{"in some weeks of the month", machine("1st and 3rd Tuesday 2pm-4pm"), []string{"Tuesday, December 1: 2pm to 4pm", "Tuesday, December 15: 2pm to 4pm", "Tuesday, January 5: 2pm to 4pm"}},
		{"a holiday is passed over where nothing is known of it", machine("Thursday 1pm-3pm"), []string{"Thursday, December 3: 1pm to 3pm", "Thursday, December 10: 1pm to 3pm", "Thursday, December 17: 1pm to 3pm"}},
		{"today counts", machine("Tuesday 8am-9am"), []string{"Tuesday, November 24: 8am to 9am", "Tuesday, December 1: 8am to 9am", "Tuesday, December 8: 8am to 9am"}},
		{"no hours are known", machine(""), nil},
		{"it never closes, so no date is the next", machine("24/7"), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := teller("en").Next(test.site, 3); !slices.Equal(got, test.want) {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}

func TestHoursOfADayOfTheWeek(t *testing.T) {
	for _, test := range []struct {
		name  string
		raw   string
		day   time.Weekday
		want  string
		opens int
	}{
		{"every week", "Mon-Fri 9am-5pm", time.Monday, "9am to 5pm", 9 * 60},
		{"twice a day", "Mon 9am-noon, 2pm-4pm", time.Monday, "9am to noon and 2pm to 4pm", 9 * 60},
		{"in some weeks", "1st Tuesday 10am-noon", time.Tuesday, "10am to noon (1st of the month)", 10 * 60},
		{"not on that day", "Mon-Fri 9am-5pm", time.Sunday, "", -1},
		{"always open stands elsewhere", "24/7", time.Sunday, "", -1},
		{"nothing is known", "", time.Monday, "", -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, opens := teller("en").On(machine(test.raw), test.day); got != test.want || opens != test.opens {
				t.Errorf("it says %q from minute %d, want %q from %d", got, opens, test.want, test.opens)
			}
		})
	}
}

func TestHoursInBrief(t *testing.T) {
	for _, test := range []struct{ name, tag, raw, want string }{
		{"every week", "en", "Mon-Fri 9am-5pm; Sat 10am-noon", "Mon–Fri 9am–5pm; Sat 10am–noon"},
		{"in Spanish", "es", "Mon-Fri 9am-5pm", "lun–vie 9\u00a0a.\u00a0m.–5\u00a0p.\u00a0m."},
		{"in some weeks", "en", "1st Tuesday 10am-noon", "1st Tue of the month 10am–noon"},
		{"always", "en", "24/7", "24 hours"},
		{"by appointment", "en", "by appointment", "by appointment"},
		{"not known", "en", "", "hours not known"},
		{"not to be read", "en", "whenever", "hours not known"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := teller(test.tag).Brief(machine(test.raw)); got != test.want {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}

func TestSuppliesInBrief(t *testing.T) {
	yes := func(codes ...site.Code) func(s *site.Site) {
		return func(s *site.Site) {
			for _, code := range codes {
				s.Supplies = append(s.Supplies, site.Supply{Code: code, Status: site.Yes})
			}
		}
	}
	checked := func(s *site.Site) { s.CheckedOn, s.CheckedBy = "2026-11-20", site.ByPhone }
	for _, test := range []struct {
		name string
		site *site.Site
		want string
	}{
		{"nobody has confirmed it", machine("", yes(site.NaloxoneNasal)), "Naloxone (not confirmed)"},
		{"somebody called", machine("", checked, yes(site.Naloxone, site.FentanylTestStrips)), "Naloxone, fentanyl strips (checked November 2026)"},
		{"other supplies alone", machine("", checked, yes(site.Condoms)), "Other supplies (checked November 2026)"},
		{"none is named", machine("", checked), "Supplies not named (checked November 2026)"},
		{"its source lists it no more", machine("", checked, yes(site.Naloxone), func(s *site.Site) { s.MissingSince = "2026-11-22" }), "Naloxone (its source no longer lists it)"},
		{"a no is no yes", machine("", checked, func(s *site.Site) {
			s.Supplies = site.Supplies{{Code: site.Naloxone, Status: site.No}, {Code: site.FentanylTestStrips, Status: site.Yes}}
		}), "Fentanyl strips (checked November 2026)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := teller("en").BriefSupplies(test.site); got != test.want {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}

func TestSuppliesForWhoListens(t *testing.T) {
	listed := func(on map[site.Code]site.Date) func(s *site.Site) {
		return func(s *site.Site) {
			for code, day := range on {
				s.Supplies = append(s.Supplies, site.Supply{Code: code, Status: site.Yes, AsOf: day})
			}
		}
	}
	checked := func(s *site.Site) { s.CheckedOn, s.CheckedBy = "2026-11-20", site.ByPhone }
	for _, test := range []struct {
		name string
		site *site.Site
		want string
	}{
		{"on a day", machine("", listed(map[site.Code]site.Date{site.Naloxone: "2024-03-05"})), "Naloxone: listed in March 2024 (not confirmed)"},
		{"in a year", machine("", listed(map[site.Code]site.Date{site.Naloxone: "2024"})), "Naloxone: listed in 2024 (not confirmed)"},
		{"on no day", machine("", listed(map[site.Code]site.Date{site.Naloxone: ""})), "Naloxone: listed, date not known (not confirmed)"},
		{"on two days: the earlier one", machine("", listed(map[site.Code]site.Date{site.Naloxone: "2026-03-05", site.FentanylTestStrips: "2023-07-01"})), "Naloxone, fentanyl strips: listed in July 2023 (not confirmed)"},
		{"one of them on no day", machine("", listed(map[site.Code]site.Date{site.Naloxone: "2026-03-05", site.FentanylTestStrips: ""})), "Naloxone, fentanyl strips: listed, date not known (not confirmed)"},
		{"others, which are not named, earlier", machine("", listed(map[site.Code]site.Date{site.Naloxone: "2026-03-05", site.Condoms: "2020-01-01"})), "Naloxone: listed in March 2026 (not confirmed)"},
		{"others alone", machine("", listed(map[site.Code]site.Date{site.Condoms: "2020-01-01"})), "Other supplies: listed in January 2020 (not confirmed)"},
		{"none", machine(""), "Supplies not named (not confirmed)"},
		{"somebody called", machine("", checked, listed(map[site.Code]site.Date{site.Naloxone: "2020-01-01"})), "Naloxone (checked November 2026)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := teller("en").SuppliesAloud(test.site); got != test.want {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}
