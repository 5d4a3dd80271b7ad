package web

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"carrypoint/internal/site"
)

func TestTheRulesThatShip(t *testing.T) {
	want := site.Policy{CallFirstAfterDays: 90, RankBehindAfterDays: 180, RankBehindMetres: 5_000, OlderAfterDays: 365, HideAfterDays: 0}
	if diff := cmp.Diff(want, shipped().Policy); diff != "" {
		t.Error(diff)
	}
}

func TestReadPolicy(t *testing.T) {
	base := shipped().Policy
	hiding := base
	hiding.HideAfterDays = 540
	for _, test := range []struct {
		name, text string
		want       site.Policy
		problem    string // what the error must say; empty for none
	}{
		{"nothing changes nothing", "# only a remark\n", base, ""},
		{"one rule changes that rule", "hide_after_days = 540\n", hiding, ""},
		{"a byte order mark is no rule", "\ufeffhide_after_days = 540\n", hiding, ""},
		{"a rule that is none", "hide_after_day = 540\n", site.Policy{}, `there is no rule "hide_after_day"; the rules are call_first_after_days, `},
		{"a table", "[freshness]\nhide_after_days = 540\n", site.Policy{}, "there is no rule"},
		{"a rule twice", "hide_after_days = 540\nhide_after_days = 600\n", site.Policy{}, "hide_after_days"},
		{"a word for a number", "hide_after_days = \"never\"\n", site.Policy{}, "hide_after_days"},
		{"half a day", "call_first_after_days = 0.5\n", site.Policy{}, "call_first_after_days"},
		{"a number beyond all numbers", "hide_after_days = 99999999999999999999\n", site.Policy{}, "hide_after_days"},
		{"rules that contradict each other", "older_after_days = 100\n", site.Policy{}, "older_after_days is 100; it must be rank_behind_after_days (180) or more"},
		{"what is no TOML", "hide after 540 days", site.Policy{}, "no rules of freshness"},
		{"bytes that are no text", "\xffhide", site.Policy{}, "no rules of freshness"},
		{"a very long file", strings.Repeat("# nothing\n", maxPolicyBytes/10+1), site.Policy{}, "larger than"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := ReadPolicy(strings.NewReader(test.text), base)
			if test.problem == "" {
				if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
					t.Errorf("%v %s", err, diff)
				}
				return
			}
			if !errors.Is(err, site.ErrPolicy) || !strings.Contains(err.Error(), test.problem) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestEveryRuleHasItsKey(t *testing.T) {
	var tags []string
	for field := range reflect.TypeFor[site.Policy]().Fields() {
		tags = append(tags, field.Tag.Get("toml"))
	}
	if !slices.Equal(tags, policyKeys) {
		t.Errorf("the rules are %v, and the message names %v", tags, policyKeys)
	}
}

func FuzzReadPolicy(f *testing.F) {
	f.Add("hide_after_days = 540")
	f.Add("[a]\nb = 1979-05-27T07:32:00Z")
	base := site.Policy{CallFirstAfterDays: 90, RankBehindAfterDays: 180, RankBehindMetres: 5_000, OlderAfterDays: 365}
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := ReadPolicy(strings.NewReader(text), base); err == nil && p.Check() != nil {
			t.Errorf("%q was read as %+v", text, p)
		}
	})
}
