package edition

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
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
CREATE TABLE site (id TEXT NOT NULL PRIMARY KEY, doc TEXT NOT NULL) STRICT, WITHOUT ROWID;
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
	err := inMemory(func(conn *sql.Conn) error {
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

// inMemory runs f on one connection to a database of its own, held in memory.
func inMemory(f func(*sql.Conn) error) (err error) {
	db, err := sql.Open("sqlite", ":memory:")
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

// read gives back what Build wrote, sites in the order of their ids.
func read(image []byte) (meta Meta, sites []site.Site, err error) {
	err = inMemory(func(conn *sql.Conn) error {
		err := conn.Raw(func(driver any) error {
			return driver.(interface{ Deserialize([]byte) error }).Deserialize(image)
		})
		if err != nil {
			return err
		}
		if meta, err = readMeta(conn); err != nil {
			return err
		}
		sites, err = readSites(conn, meta.Sites)
		return err
	})
	if err != nil {
		return Meta{}, nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return meta, sites, nil
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
	rows, err := conn.QueryContext(context.Background(), "SELECT id, doc FROM site ORDER BY id")
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
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(sites) != want {
		return nil, fmt.Errorf("it says %d sites and holds %d", want, len(sites))
	}
	return sites, nil
}
