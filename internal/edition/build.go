package edition

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"carrypoint/internal/site"
)

// Build makes a small edition in memory. A Writer makes the same bytes in a
// file, of any number of sites. Sites that may not be published, or that share
// an id, are an error.
func Build(meta Meta, sites []site.Site) ([]byte, error) {
	if err := meta.check(); err != nil {
		return nil, err
	}
	sorted := slices.SortedFunc(slices.Values(sites), func(a, b site.Site) int { return strings.Compare(a.ID, b.ID) })
	var image []byte
	err := connected(inMemory, func(conn *sql.Conn) error {
		if err := insertAll(conn, meta, sorted); err != nil {
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

func insertAll(conn *sql.Conn, meta Meta, sites []site.Site) error {
	in, err := newInserter(conn)
	if err != nil {
		return err
	}
	defer func() { _ = in.tx.Rollback() }() // after a commit it does nothing
	for i := range sites {
		doc, err := docOf(&sites[i])
		if err != nil {
			return err
		}
		if err := in.add(sites[i].ID, doc); err != nil {
			return err
		}
	}
	return in.finish(meta)
}

// docOf is a site as an edition holds it, if it may be published.
func docOf(s *site.Site) (string, error) {
	if err := s.Publishable(); err != nil {
		return "", fmt.Errorf("site %q: %w", s.ID, err)
	}
	doc, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("site %q: %w", s.ID, err)
	}
	return string(doc), nil
}
