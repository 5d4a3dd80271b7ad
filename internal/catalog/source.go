package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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

// register writes a source as its mapping has it now, and gives its revision.
func (c *Catalog) register(ctx context.Context, tx *sql.Tx, s Source) (revision int, err error) {
	_, err = tx.ExecContext(ctx, `INSERT INTO source (id, publisher, address, licence, redistribute) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET publisher = excluded.publisher, address = excluded.address,
		licence = excluded.licence, redistribute = excluded.redistribute`,
		s.ID, s.Publisher, s.Address, s.Licence, string(s.Redistribute))
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

// InForce is the hash of the bytes that the newest applied run of a source read.
// Without one it is empty: nobody has looked at the source yet.
func (c *Catalog) InForce(ctx context.Context, source string) (sha256 string, err error) {
	err = c.db.QueryRowContext(ctx, "SELECT sha256 FROM run WHERE source = ? AND state = ? ORDER BY id DESC LIMIT 1", source, Applied).Scan(&sha256)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return sha256, err
}

// raise marks that something of the source was applied or undone.
func raise(ctx context.Context, tx *sql.Tx, source string) error {
	_, err := tx.ExecContext(ctx, "UPDATE source SET revision = revision + 1 WHERE id = ?", source)
	return err
}
