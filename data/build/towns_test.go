package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

func townAt(name string, lon float64, population int) *town {
	return &town{country: "US", region: "MA", name: name, point: orb.Point{lon, 42}, population: population}
}

func TestTwoTownsOfOneNameAreOneWhereTheyAreNear(t *testing.T) {
	r := newRegister()
	for _, one := range []*town{townAt("Foxboro", -71.25, 0), townAt("Foxborough", -71.24, 5625), townAt("Foxborough", -73, 10)} {
		r.add(one)
	}
	if len(r.all) != 2 || r.all[0].name != "Foxborough" || r.all[0].population != 5625 {
		t.Errorf("%+v", r.all)
	}
	if found := r.find("US", "MA", "foxboro", orb.Point{-72.9, 42}); found != r.all[1] {
		t.Errorf("the one that is nearer is not found, but %+v", found)
	}
}

func TestAnAliasNamesTheMostPopulousTown(t *testing.T) {
	r := newRegister()
	r.add(townAt("St. Joe", -72, 10))
	r.add(townAt("Saint Joe", -73, 500))
	if err := r.alias(aliasRow{"US", "MA", "St. Joe", "Joe|Joetown"}); err != nil {
		t.Fatal(err)
	}
	if r.all[0].also != "" || r.all[1].also != "Joe|Joetown" {
		t.Errorf("%+v", r.all)
	}
	if r.find("US", "MA", "joetown", orb.Point{-72, 42}) != r.all[1] {
		t.Error("a postcode does not find its town by the alias")
	}
}

func TestAllAliasesOfNoTownAreSaidAtOnce(t *testing.T) {
	err := newRegister().aliases([]aliasRow{{"US", "MA", "Atlantis", "A"}, {"US", "IL", "Utopia", "U"}})
	for _, name := range []string{"Atlantis", "Utopia"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("the error is %v and does not say %s", err, name)
		}
	}
}

func TestARowThatIsTooShortIsSaid(t *testing.T) {
	err := rows("towns.tsv", "# a remark\nUS\tMA\nUS\n", 2, func([]string) {})
	if err == nil || !strings.Contains(err.Error(), "towns.tsv: line 3 has 1 columns and not 2") {
		t.Errorf("the error is %v", err)
	}
}

func TestASlugIsTakenOnce(t *testing.T) {
	taken := slugs{}
	var got []string
	for _, more := range []string{"cook-county", "cook-county", "cook-county", "", ""} {
		got = append(got, taken.take("salem", more))
	}
	if diff := cmp.Diff([]string{"salem", "salem-cook-county", "salem-3", "salem-2", "salem-4"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestABoundLeavesOutTheWidestGap(t *testing.T) {
	for name, c := range map[string]struct {
		points []orb.Point
		want   orb.Bound
	}{
		"beside the 180th meridian": {[]orb.Point{{-90, 40}, {-80, 45}}, orb.Bound{Min: orb.Point{-90, 40}, Max: orb.Point{-80, 45}}},
		"over the 180th meridian":   {[]orb.Point{{-170, 50}, {175, 55}, {-150, 60}}, orb.Bound{Min: orb.Point{175, 50}, Max: orb.Point{-150, 60}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, boundOf(c.points)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
