package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"carrypoint/internal/site"
)

// Agree writes how much of a site may be shown, and where.
func (c *Catalog) Agree(ctx context.Context, id string, consent site.Consent, act Act) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		if err := minted(ctx, tx, id); err != nil {
			return err
		}
		return c.agree(ctx, tx, id, consent, act)
	})
}

func (c *Catalog) agree(ctx context.Context, tx *sql.Tx, id string, consent site.Consent, act Act) error {
	notIn, err := json.Marshal(consent.NotIn)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO consent (site, reveal, not_in, why, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?)",
		id, string(consent.Position), string(notIn), act.Why, act.Who, c.stamp())
	if err != nil {
		return err
	}
	return c.note(ctx, tx, act, "consent", id)
}

// LimitedSince lists the sites of which less may be shown, or nothing, since a
// moment: what was published before shows too much of them.
func (c *Catalog) LimitedSince(ctx context.Context, since time.Time) ([]string, error) {
	var all []string
	at := since.UTC().Format(time.RFC3339)
	err := each(ctx, c.db, `SELECT id FROM site WHERE hidden_since >= ? OR id IN
		(SELECT o.site FROM consent o WHERE o.made_at >= ? AND (o.reveal <> '' OR o.not_in NOT IN ('null', '[]'))) ORDER BY id`, []any{at, at},
		func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			all = append(all, id)
			return err
		})
	return all, err
}

// Hide takes a site off every later edition; Unhide puts it back.
func (c *Catalog) Hide(ctx context.Context, id string, act Act) error {
	return c.setHidden(ctx, id, c.stamp(), "hide", act)
}

// Unhide puts a hidden site back.
func (c *Catalog) Unhide(ctx context.Context, id string, act Act) error {
	return c.setHidden(ctx, id, "", "unhide", act)
}

func (c *Catalog) setHidden(ctx context.Context, id, since, what string, act Act) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		if err := minted(ctx, tx, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE site SET hidden_since = ? WHERE id = ?", since, id); err != nil {
			return err
		}
		return c.note(ctx, tx, act, what, id)
	})
}

// Minted fails with ErrNotFound for an id that the catalog never gave.
func (c *Catalog) Minted(ctx context.Context, id string) error { return minted(ctx, c.db, id) }

// minted fails for an id that was never minted.
func minted(ctx context.Context, q querier, id string) error {
	var found string
	err := q.QueryRowContext(ctx, "SELECT id FROM site WHERE id = ?", id).Scan(&found)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%w: there is no site %q", ErrNotFound, id)
	}
	return err
}
