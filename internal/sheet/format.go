package sheet

import "slices"

// A Format is a way of laying a list out. Its code stands in addresses and on the
// command line.
type Format string

// The formats.
const (
	Full    Format = "list"    // every site with all that is known
	Large   Format = "large"   // the same at 18 pt
	Cards   Format = "cards"   // ten pocket cards to a sheet, two sides
	Zine    Format = "zine"    // eight small pages, folded from one sheet
	Tearoff Format = "tearoff" // a poster with ten tabs
	Poster  Format = "poster"  // one site
	Days    Format = "days"    // what has hours on each day
)

// Formats lists them in the order in which they are offered.
func Formats() []Format { return []Format{Full, Large, Cards, Zine, Tearoff, Poster, Days} }

// Known says whether it is one of them.
func (f Format) Known() bool { return slices.Contains(Formats(), f) }

// ByTown says whether the sites of an area stand town by town. Where there is room
// for a few they stand from the middle of the area outwards.
func (f Format) ByTown() bool { return f == Full || f == Large || f == Days }

// A Paper is a size of paper.
type Paper string

// The papers.
const (
	Letter Paper = "letter" // 8.5 by 11 inches
	A4     Paper = "a4"     // 210 by 297 mm
)

// Papers lists them.
func Papers() []Paper { return []Paper{Letter, A4} }

// Known says whether it is one of them.
func (p Paper) Known() bool { return slices.Contains(Papers(), p) }

// PaperOf is what printers hold in a country, by ISO 3166-1: Letter in the United
// States and Canada, A4 elsewhere.
func PaperOf(country string) Paper {
	if country == "US" || country == "CA" {
		return Letter
	}
	return A4
}
