package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"carrypoint/internal/site"
)

// A Source is one publisher's dataset, as its mapping describes it.
type Source struct {
	ID           string      `json:"id"` // the name of its mapping
	Publisher    string      `json:"publisher"`
	Address      string      `json:"address"`
	Licence      string      `json:"licence"`
	Redistribute site.Answer `json:"redistribute"` // no: none of its sites is published
	FetchedAt    time.Time   `json:"fetched_at"`   // when its bytes were last looked at; zero for never
}

// register makes a source known, with what its mapping says of it, and gives its
// revision. Of a source that is known already nothing changes: that is for Apply.
func (c *Catalog) register(ctx context.Context, tx *sql.Tx, s Source) (revision int, err error) {
	_, err = tx.ExecContext(ctx, `INSERT INTO source (id, publisher, address, licence, redistribute) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO NOTHING`, s.ID, s.Publisher, s.Address, s.Licence, string(s.Redistribute))
	if err != nil {
		return 0, err
	}
	return revision, tx.QueryRowContext(ctx, "SELECT revision FROM source WHERE id = ?", s.ID).Scan(&revision)
}

// Source finds a source, or gives ErrNotFound.
func (c *Catalog) Source(ctx context.Context, id string) (Source, error) {
	s := Source{ID: id}
	var fetched string
	err := c.db.QueryRowContext(ctx, "SELECT publisher, address, licence, redistribute, fetched_at FROM source WHERE id = ?", id).
		Scan(&s.Publisher, &s.Address, &s.Licence, &s.Redistribute, &fetched)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return s, fmt.Errorf("%w: source %q", ErrNotFound, id)
	case err == nil && fetched != "":
		s.FetchedAt, err = time.Parse(time.RFC3339, fetched)
	}
	return s, err
}

// Fetched remembers that a source was looked at now, whether or not it had
// changed, so that it is due again only after its time.
func (c *Catalog) Fetched(ctx context.Context, s Source) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		if _, err := c.register(ctx, tx, s); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE source SET fetched_at = ? WHERE id = ?", c.stamp(), s.ID)
		return err
	})
}

// A Past is what is known of the bytes that a source gave before.
type Past struct {
	InForce string // SHA-256 of the newest applied run; empty where nobody has looked at the source yet
	Waiting int    // the newest run, where it waits and was made of the bytes asked about; else 0
	Undone  int    // a run of the bytes asked about that a steward took back; 0 for none
	Secrets bool   // the newest run found what must not be kept
}

// Secrets are the findings of what must not be kept, in any file.
var Secrets = []string{"entry_code", "personal_name"}

// Past tells what is known of a source and of some bytes of it.
func (c *Catalog) Past(ctx context.Context, source, sha256 string) (p Past, err error) {
	runs, err := c.Runs(ctx)
	if err != nil {
		return p, err
	}
	var revision, applied int
	err = c.db.QueryRowContext(ctx, "SELECT revision FROM source WHERE id = ?", source).Scan(&revision)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	newest := true
	for _, r := range runs {
		if r.Source != source || r.State == Reading {
			continue
		}
		if newest {
			p.Secrets = slices.ContainsFunc(Secrets, func(code string) bool { return r.Counts.Findings[code] > 0 })
			if r.State == Ready && r.SHA256 == sha256 && r.revision == revision {
				p.Waiting = r.ID
			}
		}
		newest = false
		if r.State == Applied && r.seq > applied {
			applied, p.InForce = r.seq, r.SHA256
		}
		if r.State == Undone && r.SHA256 == sha256 && p.Undone == 0 {
			p.Undone = r.ID
		}
	}
	return p, nil
}

// raise marks that something of the source was applied or undone.
func raise(ctx context.Context, tx *sql.Tx, source string) error {
	_, err := tx.ExecContext(ctx, "UPDATE source SET revision = revision + 1 WHERE id = ?", source)
	return err
}
