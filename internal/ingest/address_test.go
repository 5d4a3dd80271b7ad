package ingest

import (
	"testing"

	"carrypoint/internal/site"
)

func TestOneStringAddressesAreSplit(t *testing.T) {
	regions := regionNames(places())
	for _, test := range []struct {
		text string
		want site.Address
	}{
		{"583 NY-32 #1U, Highland Mills 10930", site.Address{Street: "583 NY-32 #1U", City: "Highland Mills", PostalCode: "10930"}},
		{"330 Example Ave, Newburgh, NY 12550", site.Address{Street: "330 Example Ave", City: "Newburgh", Region: "NY", PostalCode: "12550"}},
		{"18 Example Ave, 2nd Floor, Middletown 10940", site.Address{Street: "18 Example Ave, 2nd Floor", City: "Middletown", PostalCode: "10940"}},
		{"Example Building, 414 East Main St., Durham NC 27701, 1st floor, Lobby 3", site.Address{Street: "Example Building, 414 East Main St., 1st floor, Lobby 3", City: "Durham", Region: "NC", PostalCode: "27701"}},
		{"Outside Example Pharmacy, 425 W Church St, Upper Sandusky, OH", site.Address{Street: "Outside Example Pharmacy, 425 W Church St", City: "Upper Sandusky", Region: "OH"}},
		{"12 Example Street, Vancouver, BC V6A 1A1", site.Address{Street: "12 Example Street", City: "Vancouver", Region: "BC", PostalCode: "V6A 1A1"}},
		{"12 Example Street, Dayton, Ohio", site.Address{Street: "12 Example Street", City: "Dayton", Region: "OH"}},
		{"49 Example Street in Hartford", site.Address{Street: "49 Example Street", City: "Hartford"}},
		{"845 Example Road NE", site.Address{Street: "845 Example Road NE"}},
		{"12 Example Street, Suite 5", site.Address{Street: "12 Example Street, Suite 5"}},
		{"12345 Example Highway", site.Address{Street: "12345 Example Highway"}},
		{"50 Example Ave, Warwick.", site.Address{Street: "50 Example Ave", City: "Warwick"}},
		{"Providence", site.Address{Street: "Providence"}},
		{"", site.Address{}},
		{",,,", site.Address{}},
	} {
		if got := splitAddress(test.text, regions); got != test.want {
			t.Errorf("%q is %+v, want %+v", test.text, got, test.want)
		}
	}
}

func TestTheSameDoorIsKnownInEverySpelling(t *testing.T) {
	door := addressHash("101 West First Street", "Dayton")
	for _, street := range []string{"101 W. 1st St", "101 WEST FIRST STREET, Suite 5", "101 W First St #4", "101 w 1st street Apt 2", "101 W 1st St - 8th Floor", "101 W 1st St 2nd Floor", "101B W 1st St", "Example Tower, 101 W 1st St"} {
		if addressHash(street, "dayton") != door {
			t.Errorf("%q is another door", street)
		}
	}
	for _, street := range []string{"102 W 1st St", "101 E 1st St", "101 W 2nd St", "101 W 1st Ave"} {
		if addressHash(street, "Dayton") == door {
			t.Errorf("%q is the same door", street)
		}
	}
	if addressHash("101 W 1st St", "Akron") == door || addressHash("Example Hall", "Dayton") != 0 {
		t.Error("the town does not count, or a hall has a number")
	}
}

func TestUnitsStandBehindTheStreet(t *testing.T) {
	for _, test := range []struct{ street, country, want string }{
		{"101 1160 Example Street", "CA", "1160 Example Street, Unit 101"},
		{"100-32500 South Example Way", "CA", "32500 South Example Way, Unit 100"},
		{"400–4567 Example Highway", "CA", "4567 Example Highway, Unit 400"},
		{"12-34 31st Street", "US", "12-34 31st Street"},
		{"17-19 Example St", "US", "17-19 Example St"},
		{"Suite 5, 12 Example St", "US", "12 Example St, Suite 5"},
		{"#4, 12 Example St", "US", "12 Example St, #4"},
		{"12 Example St", "CA", "12 Example St"},
		{"24 Street 12", "CA", "24 Street 12"},
	} {
		if got, _ := unitFirst(test.street, test.country); got != test.want {
			t.Errorf("%q is %q, want %q", test.street, got, test.want)
		}
	}
}

func TestPostalCodesGetTheirForm(t *testing.T) {
	for _, test := range []struct {
		text, country, want string
		padded              bool
	}{
		{"02903", "US", "02903", false},
		{"2903", "US", "02903", true},
		{"2903.0", "US", "02903", true},
		{"601", "US", "00601", true},
		{"3029-9735", "US", "03029-9735", true},
		{"99654-8525", "US", "99654-8525", false},
		{"12", "US", "12", false},
		{"v6a1a1", "CA", "V6A 1A1", false},
		{"V6A", "CA", "V6A", false},
		{"", "US", "", false},
	} {
		if got, padded := postcodeForm(test.text, test.country); got != test.want || padded != test.padded {
			t.Errorf("%q is %q, %v", test.text, got, padded)
		}
	}
}
