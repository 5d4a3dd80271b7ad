package gazetteer

import "github.com/paulmach/orb"

// A Kind says what a place is.
type Kind string

// The kinds of places.
const (
	Postcode      Kind = "postcode"      // a ZIP, or the first half of a Canadian postal code
	Town          Kind = "town"          // a city, town or village
	Neighbourhood Kind = "neighbourhood" // a part of a town
	County        Kind = "county"        // a county, parish, borough, municipio or independent city
	State         Kind = "state"         // a state, district, territory or province
	Point         Kind = "point"         // coordinates
)

// A Precision says how well the position of a place is known.
type Precision string

// The precisions, each coarser than the one before.
const (
	Exact      Precision = "exact"
	AtAddress  Precision = "address"
	AtStreet   Precision = "street"
	AtPostcode Precision = "postcode"
	AtTown     Precision = "town"
	AtCounty   Precision = "county"
	AtState    Precision = "state"
)

var precisions = [...]Precision{Exact, AtAddress, AtStreet, AtPostcode, AtTown, AtCounty, AtState}

// Rank orders precisions: 0 is exact, and a larger number is coarser. A word that is no precision is the
// coarsest of all, so that it never makes anything look finer than it is.
func (p Precision) Rank() int {
	for i, known := range precisions {
		if p == known {
			return i
		}
	}
	return len(precisions)
}

// Coarser is the coarser of two precisions.
func (p Precision) Coarser(q Precision) Precision {
	if q.Rank() > p.Rank() {
		return q
	}
	return p
}

// A Place is what a text may mean.
type Place struct {
	Name    string // "San Francisco", "94103", "Cook County", "Illinois"; "" for a point
	Region  string // the state's or province's postal code: "CA"; "" outside the United States and Canada
	Country string // ISO 3166-1 alpha-2: "US"; "" for a point

	Kind      Kind
	Precision Precision

	// Point is the middle: of a ZIP the internal point of the Census, of a town that of GeoNames, of a
	// county or state the mean of its towns by population. Degrees, longitude first.
	Point orb.Point

	// Extent is empty for a point. That of a state or county of the United States is its bound; that of a
	// province is the bound of its towns. That of a ZIP or town is only an estimate, fit to choose the
	// scale of a map: a square around the point, from the distance to the neighbouring ZIPs, or from the
	// population. Min is east of Max where it crosses the 180th meridian.
	Extent orb.Bound

	Population int    // 0 where not known
	County     string // the slug of the county within the region; "" where not known
	TimeZone   string // an IANA name; of a place with two, that of its middle
	Town       string // of a postcode, the name of its town

	// Slug is the place within a URL: "chicago", "cook-county"; of a postcode "94103" or "v6a"; of a state
	// "". It is unique among the towns, neighbourhoods and counties of a region.
	Slug string
}

// An Answer is what a text may mean.
type Answer struct {
	Places []Place // best first, at most maxPlaces; none if the text is no place
	Ask    bool    // the first is not clearly the one that is meant
	Part   bool    // only a part of the text was used: an address, of which the ZIP or the town was found
	Near   bool    // the text is not quite the name: a misspelling was corrected, or a beginning completed
}

// maxPlaces is how many places a person can choose from at a glance.
const maxPlaces = 8
