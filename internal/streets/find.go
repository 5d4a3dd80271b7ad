package streets

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// How well the point of a Spot is known.
const (
	AtAddress = "address" // the house, or its place in a range of house numbers
	AtStreet  = "street"  // somewhere on the street
)

// A Spot is where an address is.
type Spot struct {
	Point     orb.Point
	Precision string // AtAddress or AtStreet
	Matched   string // what was found, as the street file writes it: "15 E Main St, 59645"
}

const (
	// agreeMetres is how far apart two points of one address may be: no visitor stands before the wrong house.
	agreeMetres = 50
	// aliasMetres is the same where a street has two names: its two sides are 16 m apart.
	aliasMetres = 20
	// rowMetres is the same for the houses of "154 & 164 Delaine Street".
	rowMetres = 250
	// maxReachMetres is how far from its middle a street may go, of which the house is not known: half of the
	// kilometre in which pages write a distance from a street.
	maxReachMetres = 500
)

// Find finds an address in the streets of its postal code. If it has none, or one of which no street is known
// (that of a box at the post office), it is found in its town. The house is found if its number is known or
// lies in a range; otherwise the street, if it is short enough to be of use. An address that may be in two
// places is not found. The postal code is believed: whether it is that of the town is for others to check.
func (s *Streets) Find(a Address) (Spot, bool) {
	var found []Spot
	for _, part := range parts(a.Street) {
		if spot, ok := s.findPart(part, a); ok {
			found = append(found, spot)
		}
	}
	return agreed(found, agreeMetres)
}

// agreed gives the first of some spots, if all are at one place.
func agreed(found []Spot, metres float64) (Spot, bool) {
	if len(found) == 0 {
		return Spot{}, false
	}
	for _, spot := range found[1:] {
		if metresBetween(spot.Point, found[0].Point) > metres {
			return Spot{}, false
		}
	}
	return found[0], true
}

// findPart takes the first reading that names a street that is known.
func (s *Streets) findPart(part []reading, a Address) (Spot, bool) {
	for _, r := range part {
		if r.name.core == "" {
			continue
		}
		if how, streets := closest(r, s.in(a, r.name.core)); len(streets) > 0 {
			return find(r, how, streets, strings.EqualFold(a.Country, "CA"))
		}
	}
	return Spot{}, false
}

// A located street is one with its name in parts and the area that it is in.
type located struct {
	*street
	name name
	area string // "59645", or a town
}

// closest are the streets that come closest to the name of a reading. A name without a house number must be
// right: it may be that of a house.
func closest(r reading, streets []located) (best closeness, kept []located) {
	for _, one := range streets {
		how := r.name.closenessOf(one.name)
		if how == different || how == loose && len(r.numbers) == 0 {
			continue
		}
		if how > best {
			best = how
		}
		kept = append(kept, one)
	}
	least := min(best, turned) // both of these are right, and some files have one street under both
	return best, slices.DeleteFunc(kept, func(one located) bool { return r.name.closenessOf(one.name) < least })
}

// find finds the house of a reading, or else the street.
func find(r reading, how closeness, streets []located, unitFirst bool) (Spot, bool) {
	if how == loose {
		return findLoose(r, streets, unitFirst)
	}
	var right []located
	for _, one := range streets {
		if r.name.closenessOf(one.name) == how {
			right = append(right, one)
		}
	}
	if spot, ok := house(r, right, unitFirst); ok {
		return spot, true
	}
	if spot, ok := house(r, streets, unitFirst); ok {
		return spot, true
	}
	return middle(right)
}

// findLoose finds the house of a reading that leaves a part of the name out. It must be there in every street
// that may be meant, and at one place: these are two names of one street.
func findLoose(r reading, streets []located, unitFirst bool) (Spot, bool) {
	var found []Spot
	for _, one := range byName(streets) {
		spot, ok := house(r, one, unitFirst)
		if !ok {
			return Spot{}, false
		}
		found = append(found, spot)
	}
	return agreed(found, aliasMetres)
}

// byName parts streets by their names.
func byName(streets []located) [][]located {
	var groups [][]located
next:
	for _, one := range streets {
		for i := range groups {
			if groups[i][0].name.closenessOf(one.name) >= turned {
				groups[i] = append(groups[i], one)
				continue next
			}
		}
		groups = append(groups, []located{one})
	}
	return groups
}

// middle is the middle of a street that is short. Only lines say how long a street is: some houses don't.
func middle(streets []located) (Spot, bool) {
	var lines []orb.LineString
	for _, one := range streets {
		if len(one.lines) == 0 {
			return Spot{}, false
		}
		for _, packed := range one.lines {
			line, err := unpackLine(packed)
			if err != nil {
				return Spot{}, false
			}
			lines = append(lines, line)
		}
	}
	point, reach := middleOf(lines)
	if reach > maxReachMetres {
		return Spot{}, false
	}
	return Spot{Point: point, Precision: AtStreet, Matched: streets[0].street.name + ", " + streets[0].area}, true
}
