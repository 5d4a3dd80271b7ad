package site

import (
	"slices"
	"strings"
)

// A Consent is what the people of a site agreed to have shown. The zero value
// is no limit: the source published it, and nobody asked for less.
type Consent struct {
	// Position is how much of the place is shown.
	Position Reveal `json:"position,omitempty"`
	// NotIn are the channels that leave the site out.
	NotIn []Channel `json:"not_in,omitempty"`
}

// A Reveal is how much of where a site is may be known.
type Reveal string

// The reveals, from all to least.
const (
	RevealAll     Reveal = ""        // the exact pin
	RevealArea    Reveal = "area"    // its town and no finer
	RevealContact Reveal = "contact" // how to reach it, and its state
)

// A Channel is a way in which lists leave the site.
type Channel string

// The channels.
const (
	Print   Channel = "print"
	Exports Channel = "exports"
)

// Channels lists them.
func Channels() []Channel { return []Channel{Print, Exports} }

// In says whether a channel may hold the site. What only its contact may be
// known of is never exported.
func (c Consent) In(channel Channel) bool {
	return !slices.Contains(c.NotIn, channel) && (channel != Exports || c.Position != RevealContact)
}

// Withhold removes what the consent does not allow from every field, so that it
// stands in no byte of what is published. area is the middle of the site's
// town, or a position that is not known.
func (s *Site) Withhold(area Position) {
	if s.Consent.Position == RevealAll {
		return
	}
	if street := s.Address.Street; street != "" && strings.Contains(s.Name, street) {
		s.Name = s.Organization // a site without a name is called after its street
		if s.Name == "" {
			s.Name = strings.ReplaceAll(string(s.Type), "_", " ")
		}
	}
	// Texts in the source's own words may tell the place, and nobody can prove that one doesn't.
	s.AccessPoint, s.Notes, s.SuppliesRaw, s.Eligibility, s.URL = "", "", "", "", ""
	s.Address.Street, s.Address.PostalCode = "", ""
	s.Position = area
	s.Source.URL = ""
	if s.Consent.Position == RevealContact {
		s.Address.City, s.Address.Town, s.Address.County = "", "", ""
		s.Position = Position{}
	}
	s.Hours.Raw = ""
}
