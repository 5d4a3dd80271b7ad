package streets

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestOneStreetIsWrittenInManyWays(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want closeness
	}{
		{"Main St", "MAIN STREET", same},
		{"Main St.", "Main Str", same},
		{"E Main St", "East Main Street", same},
		{"E Main St", "Main St East", turned},
		{"E Main St", "Main St", loose},
		{"E Main St", "Main", loose},
		{"E Main St", "W Main St", different},
		{"E Main St", "NE Main St", different},
		{"Main St", "Main Ave", different},
		{"Main St", "Maine St", different},
		{"Northwest Blvd", "NW Boulevard", same},
		{"North St", "N Street", same},
		{"North Ave E", "N Avenue East", same},
		{"N Capitol St NW", "North Capitol Street Northwest", same},
		{"E St SW", "E Street Southwest", same},
		{"Avenue E", "Ave E", same},
		{"Avenue B", "B Ave", different},
		{"1st St", "First Street", same},
		{"21st St", "Twenty First Street", same},
		{"21st St", "Twenty-First St", same},
		{"5th Ave", "5 Avenue", same},
		{"5th Ave", "15th Ave", different},
		{"US Hwy 12", "U.S. Route 12", same},
		{"US Hwy 12", "US 12", same},
		{"US Hwy 12 E", "E US Highway 12", turned},
		{"US Hwy 12", "Hwy 12", loose},
		{"US Hwy 12", "State Route 12", different},
		{"US Hwy 12", "12th St", different},
		{"Hwy 12", "12", different},
		{"State Route 9", "SR-9", same},
		{"State Rd 9", "St Rte 9", same},
		{"OH 9", "State Hwy 9", same},
		{"CO 9", "State Hwy 9", different},
		{"County Road 44", "Co Rd 44", same},
		{"County Road K", "CTH K", same},
		{"I- 90", "Interstate 90", same},
		{"FM 1960", "Farm to Market Rd 1960", same},
		{"NJ38", "State Hwy 38", same},
		{"US12 E", "US Hwy 12 E", same},
		{"I90", "I- 90", same},
		{"E 100 N", "East 100 North", same},
		{"E 100 N", "100 N", loose},
		{"E 100 N", "N 100 E", different},
		{"E 100 N", "W 100 N", different},
		{"NE 5th St", "N 5th St E", different},
		{"St Clair St", "Saint Clair Street", same},
		{"Ste Anne Rd", "Sainte-Anne Road", same},
		{"Mt Hope Ave", "Mount Hope Avenue", same},
		{"Ft Worth Dr", "Fort Worth Drive", same},
		{"Mountain View Rd", "Mountainview Road", same},
		{"O'Hara Ln", "OHara Lane", same},
		{"Peña Blvd", "Pena Boulevard", same},
		{"Old Hwy 12", "Old Highway 12", same},
		{"Jackson Ln Rd", "Jackson Lane Road", same},
		{"S Court St", "S Ct St", same},
		{"Gazebo East Drive", "Gazebo E Dr", same},
		{"Gazebo East Drive", "Gazebo Dr E", same},
		{"Dr Hope Ln", "Doctor Hope Lane", same},
		{"W North Ave", "West North Avenue", same},
		{"W North Ave", "North Ave", loose},
		{"The Alameda", "Alameda", same},
		{"Calle Luna", "Cll Luna", same},
		{"Avenida Ponce de León", "Ave Ponce De Leon", same},
		{"Calle Luna", "Luna St", different},
		{"Rue Sherbrooke Ouest", "rue Sherbrooke O.", same},
		{"Chemin de la Montagne", "Ch. de la Montagne", same},
		{"boul. Saint-Laurent", "Boulevard St-Laurent", same},
		{"1re Avenue", "1st Ave", same},
		{"Martin Luther King Jr Blvd", "MLK Blvd", same},
		{"Dr Martin Luther King Jr Dr", "M.L. King Dr", same},
		{"N Martin Luther King Ave", "Martin Luther King Jr Ave", loose},
		{"10 1 Rd", "101 Rd", different},
	} {
		t.Run(c.a+" and "+c.b, func(t *testing.T) {
			a, b := parseName(c.a), parseName(c.b)
			if got := a.closenessOf(b); got != c.want {
				t.Errorf("%+v and %+v are %v, want %v", a, b, got, c.want)
			}
			if a.closenessOf(b) != b.closenessOf(a) {
				t.Errorf("%+v and %+v differ with who comes first", a, b)
			}
		})
	}
}

// someName draws a name of the words that mean something, in any order.
var someName = rapid.Custom(func(t *rapid.T) string {
	words := []string{"main", "oak", "st", "street", "ave", "n", "north", "east", "highway", "us", "12", "5th", "first", "saint", "the", "calle", "mlk", "king", "a", "rd", "twenty"}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 6).Draw(t, "words"), " ")
})

func TestANameIsTheSameHoweverItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := someName.Draw(t, "name")
		a, b := parseName(text), parseName("  "+strings.ToUpper(strings.ReplaceAll(text, " ", " , "))+". ")
		if a != b {
			t.Fatalf("%q is %+v and %+v", text, a, b)
		}
		if a.core == "" {
			t.Fatalf("%q has no core: %+v", text, a)
		}
		if a.closenessOf(a) != same {
			t.Fatalf("%+v is not itself", a)
		}
	})
}
