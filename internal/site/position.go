package site

import (
	"slices"

	"github.com/paulmach/orb"
)

// A Precision says how well a position is known, finest first. The words are
// those of the gazetteer.
type Precision string

// The precisions. NoPosition is a site that is listed by state and never pinned.
const (
	NoPosition Precision = ""
	Exact      Precision = "exact"
	AtAddress  Precision = "address"
	AtStreet   Precision = "street"
	AtPostcode Precision = "postcode"
	AtTown     Precision = "town"
)

// Precisions lists them from the finest to the coarsest.
func Precisions() []Precision { return []Precision{Exact, AtAddress, AtStreet, AtPostcode, AtTown} }

// A Position is where a site is, as well as it is known.
type Position struct {
	Point     orb.Point `json:"point"` // degrees, longitude first; meaningless without a precision
	Precision Precision `json:"precision,omitempty"`
	// Of names the area whose middle the point is ("94103", "Chicago"); empty
	// where the point is the site's own.
	Of string `json:"of,omitempty"`
}

// Known says whether there is a position at all.
func (p Position) Known() bool { return p.Precision != NoPosition }

// Mapped says whether the point is the site's own and not an area's middle.
func (p Position) Mapped() bool {
	return slices.Contains([]Precision{Exact, AtAddress, AtStreet}, p.Precision)
}
