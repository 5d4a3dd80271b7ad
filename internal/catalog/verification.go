package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"carrypoint/internal/site"
)

// A Verification is what somebody asked a site on a day, and was told.
type Verification struct {
	Day      site.Date                 // a whole day, today at the latest
	Method   site.Check                // how it was asked
	Supplies map[site.Code]site.Answer // what is handed out, and what is not
	Facets   []site.Facet              // what else was read out and is as listed
}

// ErrNothingAsked says that a check names no fact.
var ErrNothingAsked = errors.New("a check says what was asked: name the supplies, or other facts")

// ErrDate says that a check has no day on which it can have been.
var ErrDate = errors.New("a check needs a day like 2026-11-24, today at the latest")

// Verify records a check for each fact that was asked about, and for the site
// itself. What was told otherwise than the source says is a correction as well.
func (c *Catalog) Verify(ctx context.Context, id string, v Verification, act Act) error {
	day, ok := v.Day.Start()
	if !ok || len(v.Day) != len("2006-01-02") || day.After(c.now().UTC()) {
		return fmt.Errorf("%w: %q", ErrDate, v.Day)
	}
	if len(v.Supplies)+len(v.Facets) == 0 {
		return ErrNothingAsked
	}
	return c.write(ctx, func(tx *sql.Tx) error {
		now, err := c.effective(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, facet := range v.Facets {
			if !now.Says(facet) {
				return fmt.Errorf("%w: nothing is listed of %s, so that nothing could be confirmed; put it right with correct first", ErrState, facet)
			}
		}
		v.Supplies = ofEveryForm(v.Supplies, now.Supplies)
		facets := append([]site.Facet{site.FacetSite}, v.Facets...)
		for _, code := range site.Codes() {
			answer, asked := v.Supplies[code]
			if !asked {
				continue
			}
			facet := site.SupplyFacet(code)
			facets = append(facets, facet)
			if later, err := checkedAfter(ctx, tx, id, facet, v.Day); err != nil {
				return err
			} else if later || now.Supplies.Status(code) == answer {
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

// ofEveryForm adds to "no naloxone" that there is none of the forms that are listed.
func ofEveryForm(told map[site.Code]site.Answer, listed site.Supplies) map[site.Code]site.Answer {
	if told[site.Naloxone] != site.No {
		return told
	}
	all := maps.Clone(told)
	for _, s := range listed {
		if _, asked := told[s.Code]; !asked && s.Code.Naloxone() {
			all[s.Code] = site.No
		}
	}
	return all
}

// checkedAfter says whether a facet was asked about, or put right, on a later day:
// an older note that is entered late changes nothing.
func checkedAfter(ctx context.Context, q querier, id string, facet site.Facet, day site.Date) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM verification WHERE site = ? AND facet = ? AND ended_at = '' AND day > ?)
		+ (SELECT count(*) FROM correction WHERE site = ? AND facet = ? AND ended_at = '' AND day > ?)`,
		id, string(facet), string(day), id, string(facet), string(day)).Scan(&n)
	return n > 0, err
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
