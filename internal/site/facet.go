package site

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb/geo"
)

// A Facet is one thing that is said of a site, by the name it has in the
// site's document. Each supply is a facet of its own: "supplies/syringes".
type Facet string

// Facets that other packages speak of. FacetSite is that the site is there at all.
const (
	FacetSite     Facet = "site"
	FacetName     Facet = "name"
	FacetAddress  Facet = "address"
	FacetPosition Facet = "position"
	FacetPhones   Facet = "phones"
	FacetHours    Facet = "hours"
	supplyPrefix        = "supplies/"
)

// SupplyFacet is the facet of one supply.
func SupplyFacet(code Code) Facet { return Facet(supplyPrefix + string(code)) }

// Supply is the supply that a facet is about.
func (f Facet) Supply() (Code, bool) {
	code, ok := strings.CutPrefix(string(f), supplyPrefix)
	return Code(code), ok
}

// A facetText says in plain text what a site says of a facet.
type facetText struct {
	facet Facet
	text  func(*Site) string
}

// A Difference is one facet that is not said as it was, in plain text; empty is
// "not known".
type Difference struct {
	Facet  Facet  `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// facetTexts are the facets with what is said of each, in the order in which
// differences are told. What is worked out from other facets (town, county, how
// hours were read) and the dates of the source are not among them: they
// change without the source having said anything new of the site.
var facetTexts = []facetText{
	{FacetName, func(s *Site) string { return s.Name }},
	{"organization", func(s *Site) string { return s.Organization }},
	{"kind", func(s *Site) string { return string(s.Kind) }},
	{"site_type", func(s *Site) string { return string(s.Type) }},
	{"status", func(s *Site) string { return string(s.Status) }},
	{FacetAddress, func(s *Site) string { return s.Address.text() }},
	{"access_point", func(s *Site) string { return s.AccessPoint }},
	{FacetPosition, func(s *Site) string { return s.Position.text() }},
	{"timezone", func(s *Site) string { return s.TimeZone }},
	{FacetPhones, phonesText},
	{"url", func(s *Site) string { return s.URL }},
	{FacetHours, hoursText},
	{"supplies_raw", func(s *Site) string { return s.SuppliesRaw }},
	{"cost", func(s *Site) string { return string(s.Cost) }},
	{"id_required", func(s *Site) string { return string(s.IDRequired) }},
	{"eligibility", func(s *Site) string { return s.Eligibility }},
	{"wait", func(s *Site) string { return s.Wait }},
	{"notes", func(s *Site) string { return s.Notes }},
	{"languages", func(s *Site) string { return strings.Join(s.Languages, "; ") }},
	{"step_free", func(s *Site) string { return string(s.StepFree) }},
	{"public_access", func(s *Site) string { return string(s.PublicAccess) }},
	{"device_count", func(s *Site) string { return countText(s.Devices) }},
	{"checked_on", func(s *Site) string { return strings.TrimSpace(string(s.CheckedOn) + " " + string(s.CheckedBy)) }},
}

// Says says whether anything is said of a facet that is no supply.
func (s *Site) Says(f Facet) bool {
	at := slices.IndexFunc(facetTexts, func(t facetText) bool { return t.facet == f })
	return f == FacetSite || at >= 0 && facetTexts[at].text(s) != ""
}

// Differences lists what is said otherwise of a site after than before.
func Differences(before, after *Site) []Difference {
	var all []Difference
	note := func(facet Facet, was, is string) {
		if was != is {
			all = append(all, Difference{facet, was, is})
		}
	}
	for _, f := range facetTexts {
		if f.facet == FacetPosition && before.Position.same(after.Position) {
			continue
		}
		note(f.facet, f.text(before), f.text(after))
	}
	for _, code := range Codes() {
		note(SupplyFacet(code), string(before.Supplies.Status(code)), string(after.Supplies.Status(code)))
	}
	return all
}

func (a Address) text() string {
	var parts []string
	for _, part := range []string{a.Street, a.City, a.Region, a.PostalCode, a.Country} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// sameMetres is how far two positions of one spot may lie apart: releases round
// their coordinates, and nobody moved a box by less.
const sameMetres = 1

// same says whether two positions are known alike and lie on one spot.
func (p Position) same(other Position) bool {
	return p.Precision == other.Precision && p.Of == other.Of && geo.DistanceHaversine(p.Point, other.Point) < sameMetres
}

// text is a position in degrees, latitude first as people read it.
func (p Position) text() string {
	if !p.Known() {
		return ""
	}
	degrees := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	text := degrees(p.Point.Lat()) + ", " + degrees(p.Point.Lon()) + " (" + string(p.Precision)
	if p.Of != "" {
		text += " of " + p.Of
	}
	return text + ")"
}

func phonesText(s *Site) string {
	var all []string
	for _, p := range s.Phones {
		all = append(all, p.Raw)
	}
	return strings.Join(all, "; ")
}

func hoursText(s *Site) string {
	if s.Hours.Scope == ScopeUnknown || s.Hours.Raw == "" {
		return s.Hours.Raw
	}
	return s.Hours.Raw + " (" + string(s.Hours.Scope) + ")"
}

func countText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Status is what the list itself says of a code; Has asks what it means.
func (l Supplies) Status(code Code) Answer {
	for _, s := range l {
		if s.Code == code {
			return s.Status
		}
	}
	return Unknown
}

// With gives the supplies with another status of one code, in the order of
// Codes. Unknown takes the code out.
func (l Supplies) With(code Code, status Answer, asOf Date) Supplies {
	var all Supplies
	for _, c := range Codes() {
		switch {
		case c == code && status != Unknown:
			all = append(all, Supply{Code: code, Status: status, AsOf: asOf})
		case c != code:
			for _, s := range l {
				if s.Code == c {
					all = append(all, s)
				}
			}
		}
	}
	return all
}

// Known says whether anything can be said of the facet.
func (f Facet) Known() bool {
	if code, ok := f.Supply(); ok {
		return code.Known()
	}
	return f == FacetSite || slices.ContainsFunc(facetTexts, func(t facetText) bool { return t.facet == f })
}
