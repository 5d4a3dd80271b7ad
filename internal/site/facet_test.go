package site

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

func TestDifferences(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Site)
		want   []Difference
	}{
		{"nothing is said otherwise", func(*Site) {}, nil},
		{"another name and street", func(s *Site) { s.Name, s.Address.Street = "Example Corner", "2 Example Street" }, []Difference{
			{FacetName, "Example Street Box", "Example Corner"}, {FacetAddress, "OH, US", "2 Example Street, OH, US"},
		}},
		{"a supply more, and one that is not handed out any more", func(s *Site) {
			s.Supplies = Supplies{{Code: Naloxone, Status: No}, {Code: Syringes, Status: Yes}}
		}, []Difference{{"supplies/naloxone", "", "no"}, {"supplies/syringes", "", "yes"}}},
		{"what was read from the same text otherwise is no difference", func(s *Site) { s.Hours.Schedule.Rules = nil }, nil},
		{"a newer date of the source is no difference", func(s *Site) { s.Source.Date, s.Hours.AsOf = "2026-11", "2026-11" }, nil},
		{"coordinates rounded otherwise are no difference", func(s *Site) { s.Position.Point[0] += 0.000001 }, nil},
		{"a step to the side is one", func(s *Site) { s.Position.Point[0] += 0.0001 }, []Difference{
			{FacetPosition, "39.76, -84.19 (exact)", "39.76, -84.1899 (exact)"},
		}},
		{"hours that are now said to be the building's", func(s *Site) { s.Hours.Scope = ScopeBuilding }, []Difference{
			{FacetHours, "Monday to Friday 9am to 5pm", "Monday to Friday 9am to 5pm (building)"},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before, after := weekdays(), weekdays()
			before.Position = Position{Point: orb.Point{-84.19, 39.76}, Precision: Exact}
			after.Position = before.Position
			test.change(&after)
			if diff := cmp.Diff(test.want, Differences(&before, &after)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestEveryFieldOfASiteIsAFacet fails for a field that nobody thought of: its
// change would be applied without being shown.
func TestEveryFieldOfASiteIsAFacet(t *testing.T) {
	told := map[string]bool{
		"id": true, "supplies": true, // the identity itself; a facet each
		"checked_by": true, "missing_since": true, "consent": true, "source": true, // with checked_on; the catalog's own; the source's own
	}
	for _, f := range facetTexts {
		told[string(f.facet)] = true
	}
	for field := range reflect.TypeFor[Site]().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !told[name] {
			t.Errorf("%s is no facet", name)
		}
	}
}

func TestSuppliesWith(t *testing.T) {
	l := Supplies{{Code: NaloxoneNasal, Status: Yes, AsOf: "2025"}, {Code: Syringes, Status: Yes}}
	for _, test := range []struct {
		name   string
		code   Code
		status Answer
		want   string
	}{
		{"one more, in the order of the vocabulary", FentanylTestStrips, Yes, "naloxone_nasal=yes fentanyl_test_strips=yes syringes=yes"},
		{"one said otherwise", Syringes, No, "naloxone_nasal=yes syringes=no"},
		{"one not known any more", NaloxoneNasal, Unknown, "syringes=yes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, s := range l.With(test.code, test.status, "2026-11-01") {
				got = append(got, string(s.Code)+"="+string(s.Status))
			}
			if text := strings.Join(got, " "); text != test.want {
				t.Errorf("got %s, want %s", text, test.want)
			}
		})
	}
}

func TestAConsentWithoutALimitIsNotWritten(t *testing.T) {
	s := weekdays()
	if doc, err := json.Marshal(&s); err != nil || strings.Contains(string(doc), "consent") {
		t.Errorf("%s, %v", doc, err)
	}
}
