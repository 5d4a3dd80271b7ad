package edition

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

var (
	// ErrDamaged says that a file is not a whole and true edition; the text
	// with it says what is wrong.
	ErrDamaged = errors.New("the edition is damaged")
	// ErrNone says that a folder holds no current edition.
	ErrNone = errors.New("there is no current edition")
)

// applicationID marks the file as an edition: "CPTE" in the header's own field.
const applicationID = 0x43505445

// formatVersion rises with every change that an older binary can't read.
const formatVersion = 1

// schema is an edition's whole form. A site is one JSON document, in the field
// names of package site: the file is replaced whole and never migrated, and
// SQL's json_extract reads it.
const schema = `
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE site (id TEXT NOT NULL PRIMARY KEY, doc TEXT NOT NULL) STRICT;
`

// Meta is what an edition says of itself.
type Meta struct {
	Title string    `json:"title"` // "carrypoint starter dataset"; one line
	Made  time.Time `json:"made"`  // UTC
	Sites int       `json:"sites"` // counted, whatever the caller says
}

// maxTitle is how long a title may be: it stands on one line of a publication.
const maxTitle = 200

// check says what is wrong with a title, or nothing.
func (m Meta) check() error {
	if len(m.Title) > maxTitle || !utf8.ValidString(m.Title) || strings.ContainsFunc(m.Title, unicode.IsControl) {
		return fmt.Errorf("the title %.40q… is no line of at most %d bytes; give a shorter one", m.Title, maxTitle)
	}
	return nil
}

// ID names an edition by its bytes: 64 hex digits.
func ID(image []byte) string {
	sum := sha256.Sum256(image)
	return hex.EncodeToString(sum[:])
}

// inMemory names a database of one connection.
const inMemory = ":memory:"

// ofFile names the database in a file, which nobody writes to any more.
func ofFile(path string) string { return named(path, "mode=ro&immutable=1") }

// newFile names a database to be made in a file that is there and empty. It is
// written without a journal: until it has its name, nobody reads it.
func newFile(path string) string {
	return named(path, "mode=rw&_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=locking_mode(exclusive)")
}

func named(path, query string) string {
	return (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: query}).String()
}

// A database is one connection to one.
type database struct {
	*sql.Conn
	pool *sql.DB
}

func connect(name string) (*database, error) {
	pool, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	conn, err := pool.Conn(context.Background())
	if err != nil {
		return nil, errors.Join(onItsDisk(err), pool.Close())
	}
	return &database{conn, pool}, nil
}

func (d *database) Close() error { return errors.Join(d.Conn.Close(), d.pool.Close()) }

// connected runs f on one connection to a database.
func connected(name string, f func(*sql.Conn) error) error {
	d, err := connect(name)
	if err != nil {
		return err
	}
	return errors.Join(f(d.Conn), d.Close())
}

// onItsDisk says of the database's own errors of a disk what the system says of
// any file's.
func onItsDisk(err error) error {
	var wrong *sqlite.Error
	if !errors.As(err, &wrong) {
		return err
	}
	switch wrong.Code() & 0xff { // the rest tells of where
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w (%w)", syscall.ENOSPC, err)
	case sqlite3.SQLITE_READONLY:
		return fmt.Errorf("%w (%w)", syscall.EROFS, err)
	}
	return err
}

// errNotRead says that a page of a database could not be read.
var errNotRead = errors.New("a page could not be read")

// notRead says whether an error is one of the disk, and not of what is on it.
func notRead(err error) bool {
	if errors.Is(err, errNotRead) {
		return true
	}
	var wrong *sqlite.Error
	if !errors.As(err, &wrong) {
		return false
	}
	code := wrong.Code() & 0xff
	return code == sqlite3.SQLITE_IOERR || code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_NOMEM
}
