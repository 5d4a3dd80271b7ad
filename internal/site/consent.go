package site

import (
	"slices"
	"strings"
	"unicode"
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

// With is the stricter of two consents in everything.
func (c Consent) With(other Consent) Consent {
	strict := Consent{Position: c.Position}
	order := []Reveal{RevealAll, RevealArea, RevealContact}
	if slices.Index(order, other.Position) > slices.Index(order, c.Position) {
		strict.Position = other.Position
	}
	for _, channel := range Channels() {
		if slices.Contains(c.NotIn, channel) || slices.Contains(other.NotIn, channel) {
			strict.NotIn = append(strict.NotIn, channel)
		}
	}
	return strict
}

// Withhold removes what the consent does not allow from every field, so that it
// stands in no byte of what is published. area is the middle of the site's
// town, or a position that is not known.
func (s *Site) Withhold(area Position) {
	if s.Consent.Position == RevealAll {
		return
	}
	secret := s.Address.Street
	if s.Consent.Position == RevealContact {
		secret += " " + s.Address.City + " " + s.Address.PostalCode
	}
	s.Organization = Hushed(s.Organization, secret)
	if s.Name = Hushed(s.Name, secret); s.Name == "" {
		s.Name = typeName(s.Type)
	}
	s.Phones = dialled(s.Phones)
	// Texts in the source's own words may tell the place, and nobody can prove that one doesn't.
	s.AccessPoint, s.Notes, s.SuppliesRaw, s.Eligibility, s.Wait, s.URL, s.Hours.Raw = "", "", "", "", "", "", ""
	s.Address.Street, s.Address.PostalCode = "", ""
	s.Position = area
	s.Source.URL = ""
	if s.Consent.Position == RevealContact {
		s.Address.City, s.Address.Town, s.Address.County = "", "", ""
		s.Position = Position{}
	}
}

// Hushed is a text without the words that it shares with what must not be told:
// numbers, and words of three letters or more that are not a kind of street.
// Where little is left it is empty, because what is left may still be a hint.
func Hushed(text, secret string) string {
	hidden := wordsOf(secret)
	var kept []string
	tells := false
	for word := range strings.FieldsSeq(text) {
		if slices.ContainsFunc(wordsOf(word), func(w string) bool {
			number := strings.ContainsAny(w, "0123456789")
			return (number || len(w) >= 3 && !slices.Contains(streetKinds, w)) && slices.Contains(hidden, w)
		}) {
			tells = true
			continue
		}
		kept = append(kept, word)
	}
	if !tells {
		return text
	}
	if len(kept) < 2 || slices.ContainsFunc(kept, func(word string) bool {
		return strings.EqualFold(word, "at") || strings.EqualFold(word, "on") || strings.EqualFold(word, "of")
	}) {
		return ""
	}
	return strings.Join(kept, " ")
}

// typeName is what a site is called that may not be called by its name.
func typeName(t Type) string {
	if t == SSP {
		return "Syringe services"
	}
	name := strings.ReplaceAll(string(t), "_", " ")
	return strings.ToUpper(name[:1]) + name[1:]
}

// streetKinds are words that are in half of all streets and tell none of them.
var streetKinds = []string{"street", "avenue", "ave", "road", "drive", "lane", "boulevard", "blvd", "highway", "hwy", "north", "south", "east", "west", "the", "and", "suite", "unit"}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// dialled are the numbers that can be called, without what was written beside them.
func dialled(phones []Phone) []Phone {
	var all []Phone
	for _, p := range phones {
		if p.Dial != "" {
			p.Raw = p.Text()
			all = append(all, p)
		}
	}
	return all
}
