package site

import (
	"errors"

	"carrypoint/internal/hours"
)

// ErrNotFound says that there is no site of that id.
var ErrNotFound = errors.New("no such site")

// A Site is one place, stop, machine, post or phone service where a person gets
// supplies. Texts are as the source published them, cleaned of markup and
// control characters.
type Site struct {
	ID           string   `json:"id"` // minted once, [a-z0-9-]
	Name         string   `json:"name"`
	Organization string   `json:"organization,omitempty"`
	Kind         Kind     `json:"kind"`
	Type         Type     `json:"site_type"`
	Status       Status   `json:"status"`
	AccessPoint  string   `json:"access_point,omitempty"` // where inside: "lobby, by the door"; never a code
	Address      Address  `json:"address"`
	Position     Position `json:"position"`
	TimeZone     string   `json:"timezone,omitempty"` // IANA name, proposed by the gazetteer when imported
	Phones       []Phone  `json:"phones,omitempty"`
	URL          string   `json:"url,omitempty"` // https or http, host with a dot, no user
	Hours        Hours    `json:"hours"`
	Supplies     Supplies `json:"supplies,omitempty"`
	SuppliesRaw  string   `json:"supplies_raw,omitempty"`
	Cost         Cost     `json:"cost,omitempty"`
	IDRequired   IDRule   `json:"id_required,omitempty"`
	Eligibility  string   `json:"eligibility,omitempty"`
	Wait         string   `json:"wait,omitempty"` // how long what is sent takes to come
	Notes        string   `json:"notes,omitempty"`
	Languages    []string `json:"languages,omitempty"` // BCP 47, what staff speak
	StepFree     Answer   `json:"step_free,omitempty"`
	PublicAccess Answer   `json:"public_access,omitempty"`
	CheckedOn    Date     `json:"checked_on,omitempty"` // when a person or an official live feed confirmed it
	CheckedBy    Check    `json:"checked_by,omitempty"`
	Devices      int      `json:"device_count,omitempty"`  // machines or boxes, where the source lists more than one
	MissingSince Date     `json:"missing_since,omitempty"` // its source no longer lists it, and nobody has decided why
	Consent      Consent  `json:"consent,omitzero"`
	Source       Source   `json:"source"`
}

// An Address is a postal address in HSDS's parts, and the areas it lies in.
type Address struct {
	Street     string `json:"address_1,omitempty"`
	City       string `json:"city,omitempty"`
	Region     string `json:"state_province"` // "IL", "ON"
	PostalCode string `json:"postal_code,omitempty"`
	Country    string `json:"country"` // ISO 3166-1 alpha-2
	// Town and County are the gazetteer's slugs within the region, empty where
	// not known: the site is on the pages of these areas.
	Town   string `json:"town,omitempty"`
	County string `json:"county,omitempty"`
}

// A Source is who published a site's facts, where and when.
type Source struct {
	URL       string `json:"url,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Date      Date   `json:"date,omitempty"` // the date that the page itself states
	Licence   string `json:"licence,omitempty"`
}

// Hours are a site's opening hours: the text as published and what it was read as.
type Hours struct {
	Raw      string         `json:"raw,omitempty"`
	Scope    Scope          `json:"scope,omitempty"`
	AsOf     Date           `json:"as_of,omitempty"` // the day on which they were true, as far as anyone said
	Schedule hours.Schedule `json:"schedule"`
}

// A Scope is whose hours they are.
type Scope string

// The scopes. Only supply hours can make a site "open now".
const (
	ScopeUnknown  Scope = ""
	ScopeSupply   Scope = "supply"
	ScopeBuilding Scope = "building"
	ScopeOffice   Scope = "office"
)
