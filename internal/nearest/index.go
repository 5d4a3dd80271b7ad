package nearest

import (
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// ErrPoints says that an Index cannot be made of the points that were given.
var ErrPoints = errors.New("nearest: cannot index these points")

// An Index answers which of its points are nearest. It never changes, and is safe for concurrent use.
type Index struct {
	entries []entry // in the order of the leaves
	nodes   []node  // node i has the children 2i+1 and 2i+2; all leaves are in the last row
}

// An entry is one point, ready to be compared.
type entry struct {
	at     vector
	marks  Marks
	number int32
}

// New makes an index. The i-th point carries the i-th marks and is known by its number, i. Points are in
// degrees, longitude first. The error is an ErrPoints where the two slices differ in length, or where a
// longitude is not within ±180 or a latitude not within ±90 (so also where one is NaN or infinite): such
// a point is a fault in somebody's data, and nowhere that we could put it is right.
func New(points []orb.Point, marks []Marks) (*Index, error) {
	if len(points) != len(marks) {
		return nil, fmt.Errorf("%w: %d points but %d marks", ErrPoints, len(points), len(marks))
	}
	if len(points) > math.MaxInt32 {
		return nil, fmt.Errorf("%w: %d are too many to number", ErrPoints, len(points))
	}
	entries := make([]entry, len(points))
	for i, p := range points {
		if !onGlobe(p) {
			return nil, fmt.Errorf("%w: number %d is at %v", ErrPoints, i, p)
		}
		entries[i] = entry{at: unit(p), marks: marks[i], number: int32(i)}
	}
	return &Index{entries: entries, nodes: grow(entries)}, nil
}
