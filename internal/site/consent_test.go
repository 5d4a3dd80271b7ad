package site

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// TestWhatIsWithheldStandsInNoByte writes a secret into every text of a site,
// and looks for it in what is left.
func TestWhatIsWithheldStandsInNoByte(t *testing.T) {
	const secret = "12 Hidden Lane"
	area := Position{Point: orb.Point{-84.2, 39.8}, Precision: AtTown, Of: "Dayton"}
	for _, test := range []struct {
		name   string
		reveal Reveal
		gone   []string
		kept   []string
	}{
		{"all is shown", RevealAll, nil, []string{secret, "-84.123456", "Dayton", "Example Box"}},
		{"its area and no finer", RevealArea, []string{secret, "-84.123456", "45402"}, []string{"Dayton", "Example Box", "555-555-0100", "-84.2"}},
		{"its contact and no place", RevealContact, []string{secret, "-84.123456", "45402", "Dayton", "dayton", "-84.2"}, []string{"Example Box", "555-555-0100", `"OH"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := weekdays()
			s.Name, s.Phones = "Example Box", []Phone{ParsePhone("555-555-0100")}
			s.Address = Address{Street: secret, City: "Dayton", Region: "OH", PostalCode: "45402", Country: "US", Town: "dayton", County: "montgomery-county"}
			s.Position = Position{Point: orb.Point{-84.123456, 39.7}, Precision: Exact}
			s.AccessPoint, s.Notes, s.SuppliesRaw, s.Eligibility, s.Wait = secret, secret, secret, secret, secret
			s.URL, s.Source.URL = "https://example.org/"+secret, "https://example.org/"+secret
			s.Hours.Raw += " at " + secret
			s.Consent.Position = test.reveal
			s.Withhold(area)
			doc, err := json.Marshal(&s)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range test.gone {
				if strings.Contains(string(doc), text) {
					t.Errorf("%q is still in %s", text, doc)
				}
			}
			for _, text := range test.kept {
				if !strings.Contains(string(doc), text) {
					t.Errorf("%q is not in %s", text, doc)
				}
			}
		})
	}
}

func TestASiteThatIsCalledAfterItsStreetLosesThatName(t *testing.T) {
	s := weekdays()
	s.Address.Street, s.Name, s.Type = "12 Hidden Lane", "Free box at 12 Hidden Ln", FireStation
	s.Organization, s.Phones = "Church of Hidden Lane", []Phone{{Raw: "555-555-0100 (12 Hidden Lane)", Dial: "+15555550100"}}
	s.Consent.Position = RevealArea
	s.Withhold(Position{})
	if s.Name != "Fire station" {
		t.Errorf("it is called %q", s.Name)
	}
	if s.Organization != "" || s.Phones[0].Raw != "555-555-0100" {
		t.Errorf("%+v", s)
	}
}

func TestWhatOnlyItsContactMayBeKnownOfIsNeverExported(t *testing.T) {
	for _, test := range []struct {
		consent      Consent
		print, other bool
	}{
		{Consent{}, true, true},
		{Consent{NotIn: []Channel{Print}}, false, true},
		{Consent{NotIn: []Channel{Exports}}, true, false},
		{Consent{Position: RevealArea}, true, true},
		{Consent{Position: RevealContact}, true, false},
	} {
		if test.consent.In(Print) != test.print || test.consent.In(Exports) != test.other {
			t.Errorf("%+v: print %v, exports %v", test.consent, test.consent.In(Print), test.consent.In(Exports))
		}
	}
}
