package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"

	_ "modernc.org/sqlite" // the "sqlite" driver
)

var (
	// ErrNotFound says that there is no such run, site or finding.
	ErrNotFound = errors.New("it is not in the catalog")
	// ErrState says that what is asked for does not fit the state of things.
	ErrState = errors.New("it can't be done")
	// ErrNeedsConfirm says that a run stopped at a gate, and a person must say go.
	ErrNeedsConfirm = errors.New("the run needs a second look")
)

// Name is the file's name in a data folder.
const Name = "catalog.sqlite"

// A Catalog is an open database with one writer. It is safe for concurrent use.
type Catalog struct {
	path string
	db   *sql.DB
	now  func() time.Time
}

// waitForOther is how long a writer waits for one in another process. Eight
// writers without it lost 700 of 800 writes (security.md 7). Applying a run of a
// million sites takes twenty seconds.
const waitForOther = 60 * time.Second

// Open opens the catalog in a file, and makes or migrates it. What it is told
// was written is on the disk: it waits for each commit to be synced.
func Open(path string, now func() time.Time) (*Catalog, error) {
	name := &url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: url.Values{
		"_pragma": {
			fmt.Sprintf("busy_timeout(%d)", waitForOther.Milliseconds()),
			"journal_mode(wal)", "synchronous(full)", "foreign_keys(1)",
			// Bulk writes of a run turn pages over often; a larger cache keeps the indexes in memory.
			fmt.Sprintf("cache_size(-%d)", cacheKiB),
		},
		"_txlock": {"immediate"}, "_dqs": {"0"},
	}.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, fmt.Errorf("opening the catalog %s: %w", path, err)
	}
	db.SetMaxOpenConns(1) // one writer; a command is short and reads on the same connection
	c := &Catalog{path: path, db: db, now: now}
	if err := errors.Join(own(path), c.migrate()); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the catalog %s: %w", path, c.explained(err)), db.Close())
	}
	return c, nil
}

// own makes the file readable by its owner only, where it is new: it holds what
// consent withholds.
func own(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// cacheKiB holds the indexes of a million sites.
const cacheKiB = 128 << 10

// Existing opens a catalog that must be there already.
func Existing(path string, now func() time.Time) (*Catalog, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: there is no catalog at %s; import a dataset first", ErrNotFound, path)
	}
	return Open(path, now)
}

// Close closes it.
func (c *Catalog) Close() error { return c.db.Close() }

// write runs f in one transaction: all of it is kept, or nothing.
func (c *Catalog) write(ctx context.Context, f func(*sql.Tx) error) (err error) {
	defer func() { err = c.explained(err) }()
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// A querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// each runs a query and gives every row to f.
func each(ctx context.Context, q querier, query string, args []any, f func(*sql.Rows) error) (err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// stamp is now as the tables hold it.
func (c *Catalog) stamp() string { return c.now().UTC().Format(time.RFC3339) }

// today is the day, in UTC.
func (c *Catalog) today() string { return c.now().UTC().Format(time.DateOnly) }
