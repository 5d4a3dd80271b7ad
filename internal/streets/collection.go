package streets

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
)

// Counts says what an import read and what it kept of it.
type Counts struct {
	Features  int            `json:"features"`          // lines of the Census, and what has a house number in OpenStreetMap
	Streets   int            `json:"streets"`           // in two postal codes it is two
	Ranges    int            `json:"ranges"`            // of house numbers, of the Census
	Addresses int            `json:"addresses"`         // of OpenStreetMap
	Skipped   map[string]int `json:"skipped,omitempty"` // how many features, ranges and addresses were of no use, by the reason
}

func (c *Counts) skip(reason string) {
	if c.Skipped == nil {
		c.Skipped = map[string]int{}
	}
	c.Skipped[reason]++
}

func (c *Counts) add(d Counts) {
	c.Features += d.Features
	c.Streets += d.Streets
	c.Ranges += d.Ranges
	c.Addresses += d.Addresses
	for reason, n := range d.Skipped {
		if c.Skipped == nil {
			c.Skipped = map[string]int{}
		}
		c.Skipped[reason] += n
	}
}

// An area is what a source says of where a street is: a postal code, a town, or both.
type area struct{ postcode, city, region, country string }

// A collection is what one source knows.
type collection struct {
	counts Counts
	areas  map[area]map[string]*street
}

// street gives the street of a name in an area, which may be a new one.
func (c *collection) street(in area, name string) *street {
	if c.areas == nil {
		c.areas = map[area]map[string]*street{}
	}
	streets := c.areas[in]
	if streets == nil {
		streets = map[string]*street{}
		c.areas[in] = streets
	}
	s := streets[name]
	if s == nil {
		s = &street{name: name}
		streets[name] = s
		c.counts.Streets++
	}
	return s
}

// write puts a collection into the file in the place of what its source knew before.
func (c *collection) write(ctx context.Context, tx *sql.Tx, in input) (replaced bool, err error) {
	source, replaced, err := freshSource(ctx, tx, in)
	if err != nil {
		return replaced, err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO street (area, core, name, packed) VALUES (?, ?, ?, ?)")
	if err != nil {
		return replaced, err
	}
	defer func() { err = errors.Join(err, insert.Close()) }()
	for _, a := range slices.SortedFunc(maps.Keys(c.areas), area.compare) {
		id, err := inserted(tx.ExecContext(ctx, "INSERT INTO area (source, postcode, town, city, region, country) VALUES (?, ?, ?, ?, ?, ?)",
			source, a.postcode, townKey(a.city), a.city, a.region, a.country))
		if err != nil {
			return replaced, err
		}
		streets := c.areas[a]
		for _, name := range slices.Sorted(maps.Keys(streets)) {
			if _, err := insert.ExecContext(ctx, id, parseName(name).core, name, streets[name].pack()); err != nil {
				return replaced, err
			}
		}
	}
	return replaced, nil
}

func (a area) compare(b area) int {
	return cmp.Or(cmp.Compare(a.postcode, b.postcode), cmp.Compare(a.city, b.city), cmp.Compare(a.region, b.region), cmp.Compare(a.country, b.country))
}

// freshSource gives the row of a source, with nothing that hangs on it.
func freshSource(ctx context.Context, tx *sql.Tx, in input) (id int64, replaced bool, err error) {
	err = tx.QueryRowContext(ctx, "SELECT id FROM source WHERE name = ?", in.source).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		id, err = inserted(tx.ExecContext(ctx, "INSERT INTO source (name, file) VALUES (?, ?)", in.source, in.name))
		return id, false, err
	}
	if err != nil {
		return 0, false, err
	}
	for _, statement := range []string{
		"DELETE FROM street WHERE area IN (SELECT id FROM area WHERE source = ?1)",
		"DELETE FROM area WHERE source = ?1",
		"UPDATE source SET file = ?2 WHERE id = ?1",
	} {
		if _, err := tx.ExecContext(ctx, statement, id, in.name); err != nil {
			return 0, true, err
		}
	}
	return id, true, nil
}

func inserted(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}
