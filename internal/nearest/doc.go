// Package nearest finds the k nearest of a set of points under a filter, exactly, on the globe.
//
// It owns one data structure: a tree of boxes around unit vectors. A point on the globe becomes a point
// in space, so that the poles and the 180th meridian are places like any other, and the straight line
// through the earth (the chord) orders points exactly as the great circle over it does.
//
// It knows nothing of sites. A point is a number, and its marks mean what the caller says. It imports
// nothing of this module.
package nearest
