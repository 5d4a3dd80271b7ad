package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"carrypoint/internal/site"
)

// Correct puts right what the source says of a site, facet by facet, to what
// the document right says. It holds until the source itself changes the facet. It gives
// the differences that it made; none is an error.
func (c *Catalog) Correct(ctx context.Context, id string, right *site.Site, act Act) (made []site.Difference, err error) {
	err = c.write(ctx, func(tx *sql.Tx) error {
		now, err := c.effective(ctx, tx, id)
		if err != nil {
			return err
		}
		made = site.Differences(now, right)
		if len(made) == 0 {
			return fmt.Errorf("%w: %s says so already", ErrState, id)
		}
		for _, d := range made {
			value, err := facetValue(right, d.Facet)
			if err != nil {
				return err
			}
			if err := c.correct(ctx, tx, id, correction{d.Facet, value, site.Date(c.today())}, act); err != nil {
				return err
			}
		}
		return c.note(ctx, tx, act, "correct", id)
	})
	return made, err
}

// correct writes one correction in the place of an earlier one.
func (c *Catalog) correct(ctx context.Context, tx *sql.Tx, id string, right correction, act Act) error {
	_, err := tx.ExecContext(ctx, "UPDATE correction SET ended_at = ? WHERE site = ? AND facet = ? AND ended_at = ''", c.stamp(), id, string(right.facet))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO correction (site, facet, value, day, why, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, string(right.facet), right.value, string(right.day), act.Why, act.Who, c.stamp())
	return err
}

// facetValue is what a document says of a facet, as JSON; "null" for nothing.
func facetValue(s *site.Site, facet site.Facet) (string, error) {
	if code, ok := facet.Supply(); ok {
		value, err := json.Marshal(s.Supplies.Status(code))
		return string(value), err
	}
	text, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return "", err
	}
	if value := fields[string(facet)]; value != nil {
		return string(value), nil
	}
	return "null", nil
}

// Site is a site as it would be published, before anything is withheld of it;
// ErrNotFound where it is not listed.
func (c *Catalog) Site(ctx context.Context, id string) (s *site.Site, err error) {
	return c.effective(ctx, c.db, id)
}

func (c *Catalog) effective(ctx context.Context, q querier, id string) (*site.Site, error) {
	row := q.QueryRowContext(ctx, "SELECT s.id, s.missing_since, v.doc FROM site s JOIN version v ON v.id = s.version WHERE s.id = ?", id)
	var l listed
	if err := row.Scan(&l.id, &l.missing, &l.doc); errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%w: there is no listed site %q", ErrNotFound, id)
	} else if err != nil {
		return nil, err
	}
	overlaid, err := readOverlays(ctx, q, id)
	if err != nil {
		return nil, err
	}
	return l.project(overlaid[id])
}
