package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"carrypoint/internal/record"
)

// ErrTaken says that a dataset gives a site an id that another source's has.
var ErrTaken = errors.New("the id belongs to a site of another source")

// A mint gives ids to sites that have none. An id is given once, for ever.
type mint struct {
	taken map[string]bool // every id of the catalog
	last  map[string]int  // the last number given after a slug
}

func (c *Catalog) newMint(ctx context.Context) (*mint, error) {
	m := &mint{taken: map[string]bool{}, last: map[string]int{}}
	err := each(ctx, c.db, "SELECT id FROM site", nil, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		m.taken[id] = true
		return err
	})
	return m, err
}

// fits says whether an id is one that the draft could get.
func (m *mint) fits(id string, d *record.Draft) bool {
	if d.Site.ID != "" {
		return id == d.Site.ID
	}
	number, ok := strings.CutPrefix(id, d.Slug)
	if !ok || number == "" {
		return ok
	}
	_, err := strconv.Atoi(strings.TrimPrefix(number, "-"))
	return err == nil && number[0] == '-'
}

// next is the id of a site that is new to the catalog: the dataset's own where
// it gives carrypoint's ids, else its slug, with a number where that is taken.
func (m *mint) next(d *record.Draft) (string, error) {
	if id := d.Site.ID; id != "" {
		if m.taken[id] {
			return "", fmt.Errorf("%w: %q", ErrTaken, id)
		}
		m.taken[id] = true
		return id, nil
	}
	id := d.Slug
	for n := max(2, m.last[d.Slug]); m.taken[id]; n++ {
		id, m.last[d.Slug] = d.Slug+"-"+strconv.Itoa(n), n
	}
	m.taken[id] = true
	return id, nil
}
