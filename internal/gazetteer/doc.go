// Package gazetteer turns a text that a person typed into a place: a ZIP, a town, a county, a state, a
// Canadian postal area, a larger city of the world, or a pair of coordinates. It works offline, on one file
// of about 1.2 MB that Open reads, and answers in microseconds from memory.
//
// It owns the form of that file (see file.go), the spelling of places (fold.go) and the rules of what a
// text means and when to ask (query.go, rank.go). It knows no sites, no pages and no language but that of
// the names. What was typed is private: it is neither logged nor kept.
//
// A Gazetteer does not change once it is open, and may be used by many at once.
package gazetteer
