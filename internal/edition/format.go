package edition

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the "sqlite" driver

	"carrypoint/internal/site"
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
	Title string    `json:"title"` // "carrypoint starter dataset"
	Made  time.Time `json:"made"`  // UTC
	Sites int       `json:"sites"`
}

// Build makes an edition of sites: the same sites and meta give the same bytes.
// Sites that may not be published, or that share an id, are an error.
func Build(meta Meta, sites []site.Site) ([]byte, error) {
	meta.Sites, meta.Made = len(sites), meta.Made.UTC()
	sorted := slices.SortedFunc(slices.Values(sites), func(a, b site.Site) int { return strings.Compare(a.ID, b.ID) })
	var image []byte
	err := connected(inMemory, func(conn *sql.Conn) error {
		if err := write(conn, meta, sorted); err != nil {
			return err
		}
		return conn.Raw(func(driver any) (err error) {
			image, err = driver.(interface{ Serialize() ([]byte, error) }).Serialize()
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("building an edition of %d sites: %w", len(sites), err)
	}
	return image, nil
}

// ID names an edition by its bytes: 64 hex digits.
func ID(image []byte) string {
	sum := sha256.Sum256(image)
	return hex.EncodeToString(sum[:])
}

// ofFile names the database in a file, which nobody writes to any more.
func ofFile(path string) string {
	return (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: "mode=ro&immutable=1"}).String()
}

// inMemory names a database of one connection.
const inMemory = ":memory:"

// connected runs f on one connection to a database.
func connected(name string, f func(*sql.Conn) error) (err error) {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return f(conn)
}

func write(conn *sql.Conn, meta Meta, sites []site.Site) error {
	ctx := context.Background()
	header := fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;", applicationID, formatVersion)
	if _, err := conn.ExecContext(ctx, header+schema); err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	value, err := json.Marshal(meta)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO meta VALUES ('edition', ?)", string(value)); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO site VALUES (?, ?)")
	if err != nil {
		return err
	}
	for i := range sites {
		if err := sites[i].Publishable(); err != nil {
			return fmt.Errorf("site %q: %w", sites[i].ID, err)
		}
		doc, err := json.Marshal(&sites[i])
		if err != nil {
			return fmt.Errorf("site %q: %w", sites[i].ID, err)
		}
		if _, err := insert.ExecContext(ctx, sites[i].ID, string(doc)); err != nil {
			return fmt.Errorf("site %q: %w", sites[i].ID, err)
		}
	}
	return tx.Commit()
}

// readImage opens what Build wrote.
func readImage(image []byte) (e *Edition, err error) {
	err = connected(inMemory, func(conn *sql.Conn) error {
		err := conn.Raw(func(driver any) error {
			return driver.(interface{ Deserialize([]byte) error }).Deserialize(image)
		})
		if err != nil {
			return err
		}
		e, err = read(conn)
		return err
	})
	return e, err
}

// readFile opens the same from a file, page by page: a large edition is in
// memory once and not three times.
func readFile(path string) (e *Edition, err error) {
	err = connected(ofFile(path), func(conn *sql.Conn) error {
		e, err = read(conn)
		return err
	})
	return e, err
}

// read gives back what was built, with the sites in the order of their ids.
func read(conn *sql.Conn) (*Edition, error) {
	meta, err := readMeta(conn)
	if err != nil {
		return nil, err
	}
	sites, err := readSites(conn, meta.Sites)
	return &Edition{Meta: meta, sites: sites}, err
}

func readMeta(conn *sql.Conn) (Meta, error) {
	ctx := context.Background()
	var application, version int
	if err := conn.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application); err != nil {
		return Meta{}, err
	}
	if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return Meta{}, err
	}
	if application != applicationID || version != formatVersion {
		return Meta{}, fmt.Errorf("it is not an edition of format %d", formatVersion)
	}
	var integrity, value string
	if err := conn.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&integrity); err != nil {
		return Meta{}, err
	}
	if integrity != "ok" {
		return Meta{}, errors.New(integrity)
	}
	if err := conn.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'edition'").Scan(&value); err != nil {
		return Meta{}, err
	}
	var meta Meta
	return meta, json.Unmarshal([]byte(value), &meta)
}

func readSites(conn *sql.Conn, want int) (sites []site.Site, err error) {
	ctx := context.Background()
	var count int // once around, so that the list of sites is not grown and copied
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM site").Scan(&count); err != nil {
		return nil, err
	}
	if count != want {
		return nil, fmt.Errorf("it says %d sites and holds %d", want, count)
	}
	sites = make([]site.Site, 0, count)
	rows, err := conn.QueryContext(ctx, "SELECT id, doc FROM site ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id string
		var doc []byte
		if err := rows.Scan(&id, &doc); err != nil {
			return nil, err
		}
		var s site.Site
		if err := json.Unmarshal(doc, &s); err != nil {
			return nil, fmt.Errorf("site %q: %w", id, err)
		}
		if err := s.Publishable(); err != nil || s.ID != id {
			return nil, fmt.Errorf("site %q may not be published: %v", id, err)
		}
		sites = append(sites, s)
	}
	return sites, rows.Err()
}
