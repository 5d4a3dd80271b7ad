package ingest

import "testing"

func TestEntryCodesAreFound(t *testing.T) {
	for _, test := range []struct {
		text string
		want bool
	}{
		{"Code for entry to box 4711#", true},
		{"Door code 12", true},
		{"the box opens with code 4711", true},
		{"Gate code is BLUE", true},
		{"PIN: 1234", true},
		{"Pin number 77 on the keypad", true},
		{"lockbox 2468", true},
		{"combination is 1-2-3", true},
		{"Elevator card access is required for the 3rd floor", true},
		{"key card needed after 5 pm", true},
		{"Needs a code: enroll by phone", false},
		{"free to use with a code", false},
		{"use the code posted on the machine", false},
		{"the code for the machine: 4711", true},
		{"Needs a code: call 555-555-0123", false},
		{"Free with a code. Open 9am to 10pm", false},
		{"Enter your ZIP code", false},
		{"postal code 45402", false},
		{"scan the QR code", false},
		{"Code Blue warming center", false},
		{"(mail code 116A)", false},
		{"pin oak trail 12", false},
		{"using a personal identification number system", false},
		{"Lobby by AED", false},
		{"", false},
	} {
		if got := entryCode(test.text); got != test.want {
			t.Errorf("%q: found %v, want %v", test.text, got, test.want)
		}
	}
}

func TestColumnsOfEntryCodesAreKnownByTheirName(t *testing.T) {
	for name, want := range map[string]bool{
		"Door code": true, "Entry Code": true, "PIN": true, "Box PIN": true, "passcode": true, "Lock code": true,
		"ZIP CODE": false, "Postal code": false, "County code": false, "Site": false, "Map pin": false, "": false,
	} {
		if got := secretHeader(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestPeopleAreFound(t *testing.T) {
	for _, test := range []struct {
		text string
		want bool
	}{
		{"Ask for Maria", true},
		{"At the desk, ask for Maria Example.", true},
		{"contact Maria Example for access", true},
		{"Attn: Maria Example", true},
		{"See Maria Example, second floor", true},
		{"Ask for Narcan at the front desk", false},
		{"ask for the pharmacist", false},
		{"Contact JCDH directly", false},
		{"Contact the Example Health Department", false},
		{"See the Front Desk", false},
		{"Overseen by Example Health", false},
		{"contact us", false},
	} {
		if got := namesPerson(test.text); got != test.want {
			t.Errorf("%q: found %v, want %v", test.text, got, test.want)
		}
	}
}

func TestNamesOfPractitionersAreFound(t *testing.T) {
	for _, test := range []struct {
		name string
		want bool
	}{
		{"MARIA EXAMPLE, NP", true},
		{"Silver Spring MD", false},
		{"Example, Maria A., M.D.", true},
		{"Dr. Maria Example", true},
		{"DR MARIA EXAMPLE", true},
		{"Maria Example FNP-BC", true},
		{"Dr. Example Community Room", false},
		{"Example Family Practice, PC", false},
		{"Maria Example MD Medical Clinic", false},
		{"Example Pharmacy", false},
		{"Do Drop Inn", false},
		{"Example Drugs DO", false},
		{"MD", false},
		{"", false},
	} {
		if got := practitioner(test.name, "MD"); got != test.want {
			t.Errorf("%q: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestSchoolsForChildren(t *testing.T) {
	for name, want := range map[string]bool{
		"Example Elementary": true, "Example High School": true, "Example School Department": true, "Example School-Based Health Center": true,
		"Example School of Business": false, "School Street Pharmacy": false, "Example College": false, "Preschooler Books": false, "": false,
	} {
		if got := school(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
