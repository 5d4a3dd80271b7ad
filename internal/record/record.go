package record

import (
	"iter"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// A Table is what a reader makes of a file: names of columns, and records.
type Table struct {
	// Format is the reader's word for what the file is: "csv", "geojson".
	Format string
	// Header names the columns, trimmed, as published. Names may repeat or be empty.
	Header []string
	// Findings are about the file as a whole: their row is 0.
	Findings []Finding
	// Records gives the rows in the order of the file. An error ends them and
	// says that the rest could not be read. They may be asked for more than once.
	Records iter.Seq2[Record, error]
}

// Column is the place of a column by its name, whatever its case; -1 where
// there is none. The first of several of one name counts.
func (t *Table) Column(name string) int {
	return slices.IndexFunc(t.Header, func(h string) bool { return strings.EqualFold(h, name) })
}

// A Record is one row as its source published it, decoded to UTF-8 and
// otherwise untouched. Whoever keeps one must clone its Values.
type Record struct {
	Row    int      // 1 is the first row below the header
	Values []string // beside the header; a short row has fewer
	// Point is the record's geometry where the format has one: degrees on
	// WGS84, longitude first. It is better than any column of coordinates.
	Point *orb.Point
	// ID is the format's own name of the record ("id" of a GeoJSON feature).
	ID string
	// Fault says why the row could not be read; empty for a good one.
	Fault string
}
