package ingest

import (
	"fmt"
	"slices"
	"strings"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
)

// address is the row's address as far as the row alone tells it.
func (r *row) address() site.Address {
	a := site.Address{
		Street: r.get(colAddress), City: r.get(colCity), PostalCode: r.get(colPostalCode),
		Region: r.region(), Country: strings.ToUpper(r.get(colCountry)),
	}
	if full := r.get(colFullAddress); full != "" {
		split := splitAddress(full, r.plan.regions)
		a.Street, a.City = firstOf(a.Street, split.Street), firstOf(a.City, split.City)
		a.PostalCode, a.Region = firstOf(a.PostalCode, split.PostalCode), firstOf(a.Region, split.Region)
	}
	if a.Country == "" {
		a.Country = r.plan.Country
	}
	if a.Region == "" {
		a.Region = r.plan.Region
	}
	a.PostalCode, _ = postcodeForm(a.PostalCode, a.Country)
	if before, state, ok := cutLast(a.City, ", "); ok && !r.plan.own && strings.EqualFold(state, a.Region) {
		a.City = before // "Jessup, MD"
	}
	return a
}

// region is the code of the state that the row names.
func (r *row) region() string {
	text := r.get(colRegion)
	if r.plan.own || len(text) == 2 {
		return strings.ToUpper(text)
	}
	if code, ok := r.plan.regions[strings.ToLower(text)]; ok {
		return code
	}
	return strings.ToUpper(text)
}

// postcodeForm writes a postal code as its country does: five digits or nine in
// the United States, with the leading zeros that a spreadsheet took; "A1A 1A1"
// in Canada. Padded says that zeros were put back.
func postcodeForm(text, country string) (code string, padded bool) {
	switch country {
	case "US":
		five, four, more := strings.Cut(strings.TrimSuffix(text, ".0"), "-")
		if !numeric(five) || len(five) > 5 || len(five) < 3 {
			return text, false
		}
		padded = len(five) < 5
		five = "00000"[len(five):] + five
		if more && numeric(four) && len(four) == 4 {
			return five + "-" + four, padded
		}
		return five, padded
	case "CA":
		if canadian(text) {
			text = strings.ToUpper(strings.ReplaceAll(text, " ", ""))
			return text[:3] + " " + text[3:], false
		}
	}
	return text, false
}

// address is the row's address with what the gazetteer can tell of its parts.
func (d *drafter) address(r *row) site.Address {
	a := r.address()
	if _, padded := postcodeForm(r.get(colPostalCode), a.Country); padded {
		r.warn("zip_padded", colPostalCode, fmt.Sprintf("it has fewer than five digits; it was read as %s, as if a spreadsheet had taken its leading zeros", a.PostalCode))
	}
	if r.plan.own {
		return a
	}
	if r.get(colFullAddress) != "" {
		d.untangle(r, &a)
	}
	if street, turned := unitFirst(a.Street, a.Country); turned {
		r.warn("unit_first", colAddress, fmt.Sprintf("it begins with the unit; it was read as %q", street))
		a.Street = street
	}
	return a
}

// untangle finds the town in a one-string address that has no comma before it:
// the town of its postal code, or a town of the state behind the name of a
// street; and a town that is the whole address.
func (d *drafter) untangle(r *row, a *site.Address) {
	if a.City != "" || a.Street == "" {
		return
	}
	if !strings.ContainsAny(a.Street, "0123456789") {
		if town := d.placer.townNamed(a.Street, a.Region, a.Country); town.Name != "" && gazetteer.Slug(town.Name) == gazetteer.Slug(a.Street) {
			a.Street, a.City = "", town.Name
			return
		}
	}
	if startsWithNumber(a.Street) && d.townBehind(a) {
		return
	}
	r.warn("address_not_split", colFullAddress, "its town could not be told from its street")
}

// townBehind cuts the town off the end of a street that it follows without a
// comma: "45 Roberts Street Somerset", "4 Farwell St. Newport".
func (d *drafter) townBehind(a *site.Address) bool {
	zip := a.PostalCode[:min(5, len(a.PostalCode))]
	if place, ok := d.placer.Gazetteer.Postcode(zip); ok && a.Country == "US" && place.Town != "" {
		if n := len(a.Street) - len(place.Town); n > 0 && a.Street[n-1] == ' ' && strings.EqualFold(a.Street[n:], place.Town) {
			a.Street, a.City = strings.TrimRight(a.Street[:n], " ,"), place.Town
			return true
		}
	}
	const mostWords = 3 // of the name of a town
	words := strings.Fields(a.Street)
	for n := mostWords; n >= 1; n-- {
		at := len(words) - n
		if at < 2 || !endsStreet(words[at-1]) {
			continue
		}
		tail := strings.Join(words[at:], " ")
		if town := d.placer.townNamed(tail, a.Region, a.Country); town.Name != "" && gazetteer.Slug(town.Name) == gazetteer.Slug(tail) {
			a.Street, a.City = strings.Join(words[:at], " "), town.Name
			return true
		}
	}
	return false
}

// endsStreet says whether a word is the last of the name of a street: "Street",
// "St.", or anything that was cut short with a dot.
func endsStreet(word string) bool {
	lower := strings.ToLower(strings.TrimSuffix(word, "."))
	_, long := shortForms[lower]
	return long || strings.HasSuffix(word, ".") && len(word) > 2 || slices.Contains([]string{"st", "ave", "rd", "dr", "blvd", "ln", "hwy", "pkwy", "pl", "ct", "sq", "cir", "trl", "way"}, lower)
}
