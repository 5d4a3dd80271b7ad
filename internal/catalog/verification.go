package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"carrypoint/internal/site"
)

// A Verification is what somebody asked a site on a day, and was told.
type Verification struct {
	Day      site.Date                 // a whole day, today at the latest
	Method   site.Check                // how it was asked
	Supplies map[site.Code]site.Answer // what is handed out, and what is not
	Facets   []site.Facet              // what else was read out and is as listed
}

// ErrDate says that a check has no day on which it can have been.
var ErrDate = errors.New("a check needs a day like 2026-11-24, today at the latest")

// Verify records a check for each fact that was asked about, and for the site
// itself. What was told otherwise than the source says is a correction as well.
func (c *Catalog) Verify(ctx context.Context, id string, v Verification, act Act) error {
	day, ok := v.Day.Start()
	if !ok || len(v.Day) != len("2006-01-02") || day.After(c.now().UTC()) {
		return fmt.Errorf("%w: %q", ErrDate, v.Day)
	}
	return c.write(ctx, func(tx *sql.Tx) error {
		now, err := c.effective(ctx, tx, id)
		if err != nil {
			return err
		}
		facets := append([]site.Facet{site.FacetSite}, v.Facets...)
		for _, code := range site.Codes() {
			answer, asked := v.Supplies[code]
			if !asked {
				continue
			}
			facet := site.SupplyFacet(code)
			facets = append(facets, facet)
			if now.Supplies.Status(code) == answer {
				continue
			}
			value, err := json.Marshal(answer)
			if err != nil {
				return err
			}
			if err := c.correct(ctx, tx, id, correction{facet, string(value), v.Day}, act); err != nil {
				return err
			}
		}
		for _, facet := range facets {
			if err := c.verified(ctx, tx, id, facet, v, act); err != nil {
				return err
			}
		}
		return c.note(ctx, tx, act, "verify", id)
	})
}

func (c *Catalog) verified(ctx context.Context, tx *sql.Tx, id string, facet site.Facet, v Verification, act Act) error {
	value := ""
	if code, ok := facet.Supply(); ok {
		value = string(v.Supplies[code])
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO verification (site, facet, value, day, method, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, string(facet), value, string(v.Day), string(v.Method), act.Who, c.stamp())
	return err
}
