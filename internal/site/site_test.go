package site

import (
	"errors"
	"testing"
	"time"

	"carrypoint/internal/hours"
)

func TestParsePhone(t *testing.T) {
	for _, test := range []struct {
		name, text, dial, shown string
	}{
		{"ten digits", "555-555-0123", "+15555550123", "555-555-0123"},
		{"brackets and dots", "(555) 555.0123", "+15555550123", "555-555-0123"},
		{"a country code", "+1 555 555 0123", "+15555550123", "555-555-0123"},
		{"an extension", "555-555-0123 ext. 1530", "+15555550123", "555-555-0123 ext. 1530"},
		{"an extension in short", "555-555-0123 x12", "+15555550123", "555-555-0123 ext. 12"},
		{"an option", "555-555-0123 option 2", "+15555550123", "555-555-0123 ext. 2"},
		{"vanity letters", "1-800-662-HELP", "+18006624357", "800-662-4357"},
		{"three digits", "811", "811", "811"},
		{"a text code", "22999", "22999", "22999"},
		{"too few digits have no link", "555-0123", "", "555-0123"},
		{"two numbers have no link", "555-555-0123 555-555-0124", "", "555-555-0123 555-555-0124"},
		{"words have no link", "ask at the desk", "", "ask at the desk"},
		{"an area code can't begin with one", "155-555-0123", "", "155-555-0123"},
		{"words are no number, though letters stand for digits", "ask Bob", "", "ask Bob"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := ParsePhone(test.text)
			if p.Dial != test.dial || p.Text() != test.shown {
				t.Errorf("got %q and %q, want %q and %q", p.Dial, p.Text(), test.dial, test.shown)
			}
		})
	}
}

func FuzzParsePhone(f *testing.F) {
	f.Add("555-555-0123 x12")
	f.Add("1-800-662-HELP")
	f.Fuzz(func(t *testing.T, text string) {
		p := ParsePhone(text)
		for i, r := range p.Dial {
			if (r < '0' || r > '9') && (i != 0 || r != '+') {
				t.Errorf("%q would dial %q", text, p.Dial)
			}
		}
	})
}

func TestDates(t *testing.T) {
	now := time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name string
		date Date
		days int
		ok   bool
	}{
		{"today", "2026-11-24", 0, true},
		{"a day", "2026-11-14", 10, true},
		{"a month is as old as its first day", "2026-11", 23, true},
		{"a year is as old as its first day", "2025", 692, true},
		{"no date has no age", "", 0, false},
		{"a future date has no age", "2027-01-01", 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if days, ok := test.date.AgeDays(now); days != test.days || ok != test.ok {
				t.Errorf("got %d, %v, want %d, %v", days, ok, test.days, test.ok)
			}
		})
	}
	for _, bad := range []string{"11/24/2026", "2026-13", "26", "yesterday", "2026-11-31"} {
		if _, err := ParseDate(bad); err == nil {
			t.Errorf("%q was read as a date", bad)
		}
	}
}

func TestSuppliesNeverTurnUnknownIntoGoodNews(t *testing.T) {
	listed := Supplies{{Code: NaloxoneNasal4mg, Status: Yes}, {Code: XylazineTestStrips, Status: No}, {Code: Syringes, Status: Unknown}}
	for need, want := range map[Code]Answer{
		Naloxone:           Yes,
		NaloxoneNasal:      Yes,
		NaloxoneIM:         Unknown,
		FentanylTestStrips: Unknown, // naloxone never implies strips
		XylazineTestStrips: No,
		Syringes:           Unknown,
		Nalmefene:          Unknown,
	} {
		if got := listed.Has(need); got != want {
			t.Errorf("%s: got %s, want %s", need, got, want)
		}
	}
}

func TestEverySupplyMeetsItself(t *testing.T) {
	for _, code := range Codes() {
		if !code.Meets(code) || !code.Known() {
			t.Errorf("%s does not meet the need for itself", code)
		}
	}
}

// weekdays is a site of our own invention with hours nobody could misread.
func weekdays() Site {
	return Site{
		ID: "us-oh-example", Name: "Example Street Box", Kind: Place, Type: Box, Status: Active,
		Address: Address{Region: "OH", Country: "US"}, TimeZone: "America/New_York", CheckedOn: "2026-10-01", CheckedBy: ByPhone,
		Hours: Hours{Raw: "Monday to Friday 9am to 5pm", Schedule: hours.Parse("Monday to Friday 9am to 5pm"), AsOf: "2026-10-01"},
	}
}

func TestOpenAt(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	monday := time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC) // 10am in New York
	for _, test := range []struct {
		name   string
		change func(*Site)
		at     time.Time
		state  hours.State
		doubt  Doubt
	}{
		{"on a weekday morning it is open", func(*Site) {}, monday, hours.Open, NoDoubt},
		{"on a Sunday it is closed", func(*Site) {}, monday.AddDate(0, 0, -1), hours.Closed, NoDoubt},
		{"the clock is the site's own", func(*Site) {}, monday.Add(-2 * time.Hour), hours.Closed, NoDoubt},
		{"no hours are not open", func(s *Site) { s.Hours = Hours{} }, monday, hours.NotKnown, NoHours},
		{"a library's hours are the building's", func(s *Site) { s.Type = Library }, monday, hours.NotKnown, NotSupplyHours},
		{"a source may say that they are the supply's", func(s *Site) { s.Type, s.Hours.Scope = Library, ScopeSupply }, monday, hours.Open, NoDoubt},
		{"a source may say that they are the office's", func(s *Site) { s.Hours.Scope = ScopeOffice }, monday, hours.NotKnown, NotSupplyHours},
		{"hours of more than a year ago are not known", func(s *Site) { s.Hours.AsOf = "2025-10-01" }, monday, hours.NotKnown, TooOld},
		{"hours without a date are not known", func(s *Site) { s.Hours.AsOf = "" }, monday, hours.NotKnown, TooOld},
		{"a check of something else renews no hours", func(s *Site) { s.CheckedOn, s.Hours.AsOf = "2026-11-01", "2019" }, monday, hours.NotKnown, TooOld},
		{"hours that can't be read are not known", func(s *Site) { s.Hours.Raw, s.Hours.Schedule = "8-9", hours.Parse("8-9") }, monday, hours.NotKnown, NotReadable},
		{"by appointment is not open", func(s *Site) { s.Hours.Raw, s.Hours.Schedule = "by appointment", hours.Parse("by appointment") }, monday, hours.NotKnown, Appointment},
		{"a holiday is not known", func(*Site) {}, monday.AddDate(0, 0, 3), hours.NotKnown, OnHoliday}, // Thanksgiving
	} {
		t.Run(test.name, func(t *testing.T) {
			s := weekdays()
			test.change(&s)
			if o := s.OpenAt(test.at, zone); o.State != test.state || o.Doubt != test.doubt {
				t.Errorf("got %s %q, want %s %q", o.State, o.Doubt, test.state, test.doubt)
			}
		})
	}
	t.Run("without a time zone nothing is known", func(t *testing.T) {
		s := weekdays()
		if o := s.OpenAt(monday, nil); o.Doubt != NoTimeZone {
			t.Errorf("got %s %q", o.State, o.Doubt)
		}
	})
	t.Run("what never closes needs no time zone", func(t *testing.T) {
		s := weekdays()
		s.Hours.Raw, s.Hours.Schedule = "24/7", hours.Parse("24/7")
		if o := s.OpenAt(monday, nil); o.State != hours.Open || o.Doubt != NoDoubt {
			t.Errorf("got %s %q", o.State, o.Doubt)
		}
	})
}

func TestPublishable(t *testing.T) {
	for _, test := range []struct {
		name    string
		change  func(*Site)
		private bool
	}{
		{"a private home", func(s *Site) { s.Type = PrivateResidence }, true},
		{"a prison", func(s *Site) { s.Type = Correctional }, true},
		{"a place that is not open to the public", func(s *Site) { s.PublicAccess = No }, true},
		{"a place that is planned", func(s *Site) { s.Status = Planned }, false},
		{"a place without a name", func(s *Site) { s.Name = "" }, false},
		{"a place without a state", func(s *Site) { s.Address.Region = "" }, false},
	} {
		t.Run(test.name+" is refused", func(t *testing.T) {
			s := weekdays()
			if err := s.Publishable(); err != nil {
				t.Fatal("the plain site was refused:", err)
			}
			test.change(&s)
			if err := s.Publishable(); err == nil || errors.Is(err, ErrPrivate) != test.private {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestVocabulariesHaveNoWordTwice(t *testing.T) {
	seen := map[string]bool{}
	for _, code := range Codes() {
		if seen["supply "+string(code)] {
			t.Errorf("the supply %s stands there twice", code)
		}
		seen["supply "+string(code)] = true
	}
	for _, typ := range Types() {
		if seen["type "+string(typ)] {
			t.Errorf("the type %s stands there twice", typ)
		}
		seen["type "+string(typ)] = true
	}
}
