package nearest

import "math"

// Marks are bits that a point carries. Their meaning is the caller's.
type Marks uint64

// A Filter says which points may be in an answer. The zero Filter lets every point in.
type Filter struct {
	// All holds the bits that a point must carry, every one.
	All Marks

	// Any holds groups of bits. A point must carry at least one bit of each group, so an empty group
	// lets no point in.
	Any []Marks

	// Within is the distance in metres that a point may be away, at most. The search leaves out whole
	// regions that are further. Zero sets no limit.
	Within float64

	// Keep has the last word, for what does not fit in a bit. It is asked lazily: at most once for a
	// number, in no particular order, and only about a point that the marks let in and that is nearer
	// than something already in the answer, or while the answer is not full. Nil keeps every point.
	Keep func(number int32) bool
}

// admits judges a point by its marks, or a whole node by the marks of all of its points together: when
// those are not enough, no point of it carries enough.
func (f *Filter) admits(m Marks) bool {
	if m&f.All != f.All {
		return false
	}
	for _, group := range f.Any {
		if m&group == 0 {
			return false
		}
	}
	return true
}

func (f *Filter) keeps(number int32) bool {
	return f.Keep == nil || f.Keep(number)
}

// limit is Within as a squared chord, a hair too long, so that rounding leaves out nothing that belongs.
func (f *Filter) limit() float64 {
	half := f.Within / (2 * earthRadiusMetres)
	if f.Within <= 0 || half >= math.Pi/2 {
		return math.Inf(1)
	}
	chord := 2 * math.Sin(half)
	return chord * chord * (1 + 1e-12)
}

// cut takes away what the hair let in. It is the furthest, so it is at the end.
func (f *Filter) cut(all []Neighbour, start int) []Neighbour {
	for f.Within > 0 && len(all) > start && all[len(all)-1].Metres > f.Within {
		all = all[:len(all)-1]
	}
	return all
}
