package catalog

import (
	"context"
	"database/sql"
)

// An Act is who does something, and why.
type Act struct{ Who, Why string }

// note writes into the log of events, in the transaction of what it tells of.
func (c *Catalog) note(ctx context.Context, tx *sql.Tx, act Act, what, subject string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO event (at, who, what, subject, why) VALUES (?, ?, ?, ?, ?)",
		c.stamp(), act.Who, what, subject, act.Why)
	return err
}

// An Event is one line of the log.
type Event struct {
	At      string `json:"at"`
	Who     string `json:"who"`
	What    string `json:"what"`
	Subject string `json:"subject"`
	Why     string `json:"why"`
}

// eventPublish is that something was published.
const eventPublish = "publish"

// Published notes that what a listing saw is published now.
func (c *Catalog) Published(ctx context.Context, act Act, l *Listing, publication string) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO event (at, who, what, subject, why, holds) VALUES (?, ?, ?, ?, ?, ?)",
			c.stamp(), act.Who, eventPublish, publication, act.Why, l.last)
		return err
	})
}

// Unpublished says whether anything was done that no publication holds.
func (c *Catalog) Unpublished(ctx context.Context) (bool, error) {
	var n int
	err := c.db.QueryRowContext(ctx, "SELECT count(*) FROM event WHERE what <> ? AND id > (SELECT coalesce(max(holds), 0) FROM event)", eventPublish).Scan(&n)
	return n > 0, err
}

// Events lists what was done to a site or a run, oldest first; of all, where
// subject is empty.
func (c *Catalog) Events(ctx context.Context, subject string) ([]Event, error) {
	var all []Event
	err := each(ctx, c.db, "SELECT at, who, what, subject, why FROM event WHERE subject = ? OR ? = '' ORDER BY id", []any{subject, subject},
		func(rows *sql.Rows) error {
			var e Event
			err := rows.Scan(&e.At, &e.Who, &e.What, &e.Subject, &e.Why)
			all = append(all, e)
			return err
		})
	return all, err
}
