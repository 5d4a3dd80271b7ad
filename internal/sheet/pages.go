package sheet

import (
	"cmp"

	"carrypoint/views"
)

// Pages is about how many pages a sheet prints on.
func Pages(s views.Sheet, f Format) int {
	switch {
	case s.Cards != nil:
		return 2
	case s.List == nil:
		return 1
	}
	m := measures[f]
	used := m.head + float64(len(s.List.Groups))*m.heading
	for _, d := range s.List.Days {
		used += m.heading + float64(len(d.First)+len(d.Rest))*m.row
	}
	for _, g := range s.List.Groups {
		for _, e := range g.First {
			used += m.entry(e)
		}
		for _, e := range g.Rest {
			used += m.entry(e)
		}
	}
	return int(used/m.page) + 1
}

// A measure is how high the parts of a list are, in lines of its text. It was taken
// from lists of 5 to 500 places.
type measure struct {
	page    float64 // lines on a page, less what is left empty so that no entry is split
	head    float64 // with the map
	heading float64
	row     float64 // of a day
	once    float64 // the name of an entry, and the gap after it
	onceTwo float64 // also its address and phone, which stand above the columns of two languages
	columns int     // letters in a line of an entry
	two     int     // the same in two languages; 0 where they stand one below the other
}

var measures = map[Format]measure{
	Full:  {page: 55, head: 32, heading: 2, once: 2.6, onceTwo: 4, columns: 68, two: 46},
	Large: {page: 23.5, head: 20, heading: 2, once: 4, onceTwo: 4.5, columns: 52},
	Days:  {page: 55, head: 32, heading: 2, row: 2.5, once: 2.6, onceTwo: 4, columns: 68, two: 46},
}

// entry is the height of an entry: that of its longest column, or of all of them.
func (m measure) entry(e views.SheetEntry) float64 {
	if len(e.Columns) == 1 {
		return m.once + float64(linesHigh(e.Columns[0].Lines, m.columns))
	}
	highest, sum := 0, 0
	for _, c := range e.Columns {
		n := linesHigh(c.Lines, cmp.Or(m.two, m.columns))
		highest, sum = max(highest, n), sum+n
	}
	if m.two == 0 {
		return m.onceTwo + float64(sum)
	}
	return m.onceTwo + float64(highest)
}
