package sheet

import "carrypoint/views"

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

// A measure is how high the parts of a list are, in lines of its text.
type measure struct {
	page    float64 // lines on a page, less what is left empty so that no entry is split
	head    float64 // with the map
	heading float64
	row     float64 // of a day
	gap     float64 // after an entry
	columns int     // letters in a line of an entry
}

var measures = map[Format]measure{
	Full:  {page: 48, head: 32, heading: 2, gap: 1.6, columns: 68},
	Large: {page: 24, head: 30, heading: 2, gap: 1.5, columns: 52},
	Days:  {page: 48, head: 32, heading: 2, row: 1.4, gap: 1.6, columns: 68},
}

// entry is the height of an entry: that of its longest column.
func (m measure) entry(e views.SheetEntry) float64 {
	width, highest := m.columns, 0
	if len(e.Columns) > 1 {
		width = width * 3 / 4
	}
	for _, c := range e.Columns {
		n := 0
		for _, line := range c.Lines {
			n += rows(line.Text, width)
		}
		highest = max(highest, n)
	}
	return float64(highest+1) + m.gap
}
