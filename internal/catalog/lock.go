package catalog

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrBusy says that another command is at work on the catalog.
var ErrBusy = errors.New("another command is at work on this catalog")

// lockImports lets one import at a time write runs, whatever process it is in: a
// lock of the system, which ends with the process that holds it. The function gives it back.
func (c *Catalog) lockImports() (func(), error) {
	name := &url.URL{Scheme: "file", OmitHost: true, Path: c.path + ".import", RawQuery: "_txlock=exclusive"}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, fmt.Errorf("locking the catalog: %w", err)
	}
	db.SetMaxOpenConns(1)
	tx, err := db.Begin()
	if err != nil {
		_ = db.Close() // nothing was written
		return nil, fmt.Errorf("locking the catalog: %w", c.explained(err))
	}
	return func() { _, _ = tx.Rollback(), db.Close() }, nil // nothing was written
}

// explained adds to an error of the database what a person can do about.
func (c *Catalog) explained(err error) error {
	var wrong *sqlite.Error
	if !errors.As(err, &wrong) {
		return err
	}
	switch wrong.Code() & 0xff { // the rest tells of where
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%w (%w)", ErrBusy, err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w (%w)", errFull, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR:
		return errors.Join(c.tryFolder(), err)
	}
	return err
}
