package site

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// usual are the rules that ship with the site.
var usual = Policy{CallFirstAfterDays: 90, RankBehindAfterDays: 180, RankBehindMetres: 5_000, OlderAfterDays: 365}

func TestFreshness(t *testing.T) {
	now := time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC)
	hiding := usual
	hiding.HideAfterDays = 540
	ago := func(days int) Date { return Date(now.AddDate(0, 0, -days).Format(time.DateOnly)) }
	for _, test := range []struct {
		name   string
		policy Policy
		date   Date
		want   Freshness
		behind bool
	}{
		{"today", usual, ago(0), Recent, false},
		{"90 days ago", usual, ago(90), Recent, false},
		{"91 days ago", usual, ago(91), Aging, false},
		{"180 days ago", usual, ago(180), Aging, false},
		{"181 days ago", usual, ago(181), Stale, true},
		{"365 days ago", usual, ago(365), Stale, true},
		{"366 days ago", usual, ago(366), Older, true},
		{"a lifetime ago", usual, "0001-01-01", Older, true},
		{"never", usual, "", Older, true},
		{"tomorrow can't be true", usual, ago(-1), Older, true},
		{"next year can't be true", usual, "2027", Older, true},
		{"a month is as old as its first day", usual, "2026-08", Aging, false},
		{"a year is as old as its first day", usual, "2026", Stale, true},
		{"a text that is no date", usual, "lately", Older, true},
		{"nothing is hidden unless somebody says so", usual, ago(5000), Older, true},
		{"540 days ago where those older are hidden", hiding, ago(540), Older, true},
		{"541 days ago where those older are hidden", hiding, ago(541), Hidden, true},
		{"never has no age that could hide it", hiding, "", Older, true},
		{"the future has none either", hiding, ago(-1), Older, true},
		{"a lifetime ago is hidden", hiding, "0001-01-01", Hidden, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := Site{CheckedOn: test.date, Source: Source{Date: ago(0)}} // the source's own date does not count
			if got := test.policy.Of(&s, now); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if got := test.policy.Behind(test.date.Day(), DayOf(now)); got != test.behind {
				t.Errorf("behind: %v", got)
			}
		})
	}
}

func TestAnAgeIsOfWholeDays(t *testing.T) {
	for _, clock := range []time.Time{
		time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 11, 25, 23, 59, 59, 999, time.UTC),
		time.Date(2026, 11, 25, 18, 59, 0, 0, time.FixedZone("EST", -5*60*60)), // a minute before midnight in London
	} {
		if got := DayOf(clock) - Date("2026-08-27").Day(); got != 90 {
			t.Errorf("at %v it is %d days", clock, got)
		}
	}
	if Date("1969-12-31").Day() != -1 || DayOf(time.Unix(-1, 0)) != -1 {
		t.Error("the day before the first is not -1")
	}
}

// TestNothingGetsFresherWithAge is the law of every policy that can be followed.
func TestNothingGetsFresherWithAge(t *testing.T) {
	order := []Freshness{Recent, Aging, Stale, Older, Hidden}
	worse := map[Freshness]int{}
	for i, f := range order {
		worse[f] = i
	}
	rapid.Check(t, func(t *rapid.T) {
		p := policies().Draw(t, "policy")
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		today := Day(20_000)
		checked := Day(rapid.Int32Range(10_000, 20_000).Draw(t, "checked"))
		earlier := Day(rapid.Int32Range(9_000, int32(checked)).Draw(t, "earlier"))
		now, before := p.Freshness(checked, today), p.Freshness(earlier, today)
		if worse[before] < worse[now] {
			t.Fatalf("checked on day %d it is %q, on day %d %q", earlier, before, checked, now)
		}
		if p.Behind(checked, today) != (worse[now] >= worse[Stale]) {
			t.Fatalf("%q and behind is %v", now, p.Behind(checked, today))
		}
		if future := p.Freshness(today+1, today); future != Older || p.Freshness(NoDay, today) != Older {
			t.Fatalf("what was never checked is %q", future)
		}
	})
}

func policies() *rapid.Generator[Policy] {
	return rapid.Custom(func(t *rapid.T) Policy {
		more := rapid.IntRange(0, 500)
		p := Policy{CallFirstAfterDays: 1 + more.Draw(t, "call"), RankBehindMetres: rapid.IntRange(0, maxBehindMetres).Draw(t, "metres")}
		p.RankBehindAfterDays = p.CallFirstAfterDays + more.Draw(t, "behind")
		p.OlderAfterDays = p.RankBehindAfterDays + more.Draw(t, "older")
		if rapid.Bool().Draw(t, "hides") {
			p.HideAfterDays = p.OlderAfterDays + more.Draw(t, "hide")
		}
		return p
	})
}

func TestPoliciesThatCannotBeFollowed(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Policy)
		names  string // the key that the error is about
	}{
		{"no age at all", func(p *Policy) { *p = Policy{} }, "call_first_after_days"},
		{"an age below nought", func(p *Policy) { p.CallFirstAfterDays = -1 }, "call_first_after_days"},
		{"behind before one is to call", func(p *Policy) { p.RankBehindAfterDays = 89 }, "rank_behind_after_days"},
		{"older before behind", func(p *Policy) { p.OlderAfterDays = 179 }, "older_after_days"},
		{"hidden before older", func(p *Policy) { p.HideAfterDays = 364 }, "hide_after_days"},
		{"hidden after less than nothing", func(p *Policy) { p.HideAfterDays = -1 }, "hide_after_days"},
		{"behind by less than nothing", func(p *Policy) { p.RankBehindMetres = -1 }, "rank_behind_metres"},
		{"behind by a day's walk and more", func(p *Policy) { p.RankBehindMetres = maxBehindMetres + 1 }, "rank_behind_metres"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := usual
			if err := p.Check(); err != nil {
				t.Fatal("the usual policy was refused:", err)
			}
			test.change(&p)
			if err := p.Check(); !errors.Is(err, ErrPolicy) || !strings.Contains(err.Error(), test.names+" is") {
				t.Errorf("got %v", err)
			}
		})
	}
}
