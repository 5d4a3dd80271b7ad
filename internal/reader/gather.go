package reader

import (
	"errors"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"carrypoint/internal/record"
)

// An item is one record of a format in which each record names its own fields.
type item struct {
	id     string
	fields []field
	at     *orb.Point // in the system of the file
	area   bool       // at is the middle of an area or a line
	fault  string
}

type field struct{ name, value string }

func (it *item) reset() { *it = item{fields: it.fields[:0]} }

func (it *item) set(name, value string) {
	it.fields = append(it.fields, field{name, value})
}

// A gathering is one walk through a file of items. The first walk learns the
// names of all fields and where the points lie; later ones give records.
type gathering struct {
	columns *columns
	places  *places
	first   bool
	visit   func(*item) error
}

// name makes a column known before an item has it, which settles its place.
func (g *gathering) name(column string) error {
	if !g.first {
		return nil
	}
	_, err := g.columns.add(column)
	return err
}

// A walk visits the items of a file from its beginning.
type walk func(*gathering) error

// errEnough ends a walk of which no more items are wanted.
var errEnough = errors.New("enough")

// gather makes a table of a walk. A title is how the name of a field is shown;
// nil shows it as it is.
func gather(format string, walk walk, title func(string) string) (*record.Table, error) {
	g := &gathering{columns: &columns{at: map[string]int{}}, places: &places{}, first: true}
	rows := 0
	g.visit = func(it *item) error {
		if rows++; rows > maxRows {
			return tooLarge("it has more than %d records", maxRows)
		}
		for _, f := range it.fields {
			if _, err := g.columns.add(f.name); err != nil {
				return err
			}
		}
		g.places.note(it)
		return nil
	}
	if err := walk(g); err != nil {
		return nil, err
	}
	if rows == 0 {
		return nil, fmt.Errorf("%w: the list is empty", ErrEmpty)
	}
	if err := g.places.verdict(); err != nil {
		return nil, err
	}
	table := &record.Table{Format: format, Header: g.columns.titles(title), Findings: g.places.findings()}
	table.Records = func(yield func(record.Record, error) bool) {
		giveRecords(walk, g.columns, *g.places, yield)
	}
	return table, nil
}

func giveRecords(walk walk, known *columns, found places, yield func(record.Record, error) bool) {
	values := make([]string, len(known.names))
	row := 0
	g := &gathering{columns: known, places: &found}
	g.visit = func(it *item) error {
		row++
		clear(values)
		r := record.Record{Row: row, Values: values, ID: it.id, Fault: it.fault}
		for _, f := range it.fields {
			at, ok := known.at[f.name]
			if !ok {
				return fmt.Errorf("record %d has a field %q that was not there before: the file changed while it was read", row, f.name)
			}
			switch {
			case len(f.value) > maxFieldBytes:
				r.Fault = fmt.Sprintf("%s has %d bytes, more than %d", f.name, len(f.value), maxFieldBytes)
			case values[at] == "": // of a name that comes twice, the first value stays
				values[at] = f.value
			}
		}
		if it.at != nil && r.Fault == "" {
			r.Point, r.Fault = found.place(*it.at)
		}
		if !yield(r, nil) {
			return errEnough
		}
		return nil
	}
	if err := walk(g); err != nil && !errors.Is(err, errEnough) {
		yield(record.Record{}, fmt.Errorf("after record %d: %w", row, err))
	}
}

// columns are the names of fields in the order of their first appearance.
type columns struct {
	names []string
	at    map[string]int
}

func (c *columns) add(name string) (int, error) {
	if at, ok := c.at[name]; ok {
		return at, nil
	}
	if len(c.names) == maxColumns {
		return 0, tooLarge("its records have more than %d different fields", maxColumns)
	}
	c.at[name] = len(c.names)
	c.names = append(c.names, name)
	return c.at[name], nil
}

func (c *columns) titles(title func(string) string) []string {
	titles := make([]string, len(c.names))
	for i, name := range c.names {
		if title != nil {
			name = title(name)
		}
		titles[i] = strings.TrimSpace(name)
	}
	return titles
}
