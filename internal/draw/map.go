package draw

import "github.com/paulmach/orb"

// A Map says what one picture shows. All text in it is written by the caller, in the reader's language;
// any text is safe, for it is escaped.
type Map struct {
	Width, Height int // CSS pixels of the picture at its natural size, 120 to 4,096

	From      *orb.Point // where distances are measured from; nil draws nothing
	FromVague bool       // From is the middle of an area: drawn softly

	Pins   []Pin   // numbered places, the most important first
	Labels []Label // names that help to find one's way; those without room are left out
	Rings  []Ring  // circles around From; those that do not fit are left out

	// ScaleText writes the length of the scale bar; nil leaves the bar out.
	ScaleText func(metres float64) string
	// ScaleUnit is the length in metres of what ScaleText counts in, 1,000 if it is zero. The bar is a
	// round number of it.
	ScaleUnit float64

	Title string // accessible name of the picture
	Desc  string // accessible description of the picture, may be empty
}

// A Pin is a numbered place. It is a link. Pins that would hide each other become one, with all of their
// numbers and names, that links to the first.
type Pin struct {
	At    orb.Point
	Label string // what stands on the pin, a few letters: "1"
	Href  string // "#r1"
	Title string // accessible name: the name of the place
	Vague bool   // the position is that of an area: drawn as a soft disc
}

// A Label is the name of a town.
type Label struct {
	At   orb.Point
	Text string
	Rank int // the larger is placed first: its population
}

// A Ring is a distance from Map.From.
type Ring struct {
	Metres float64
	Text   string // "5 miles"
}
