package catalog

import (
	"context"
	"database/sql"
	"encoding/json"

	"carrypoint/internal/site"
)

// A Listing is everything that may be published, now.
type Listing struct {
	c        *Catalog
	overlays map[string]*overlay
	area     func(*site.Site) site.Position
}

// Listing prepares what is published. area gives the middle of a site's town,
// which is shown in the place of a pin that must not be.
func (c *Catalog) Listing(ctx context.Context, area func(*site.Site) site.Position) (*Listing, error) {
	overlays, err := readOverlays(ctx, c.db, "")
	return &Listing{c: c, overlays: overlays, area: area}, err
}

// published are the sites in force that nobody has hidden or merged, of sources
// that allow it.
const published = ` FROM site s JOIN version v ON v.id = s.version JOIN source o ON o.id = s.source
	WHERE s.merged_into = '' AND s.hidden_since = '' AND o.redistribute <> 'no'`

// Len is how many there are, at the most: a correction may take one out.
func (l *Listing) Len(ctx context.Context) (n int, err error) {
	return n, l.c.db.QueryRowContext(ctx, "SELECT count(*)"+published).Scan(&n)
}

// Each gives every site that may be published, by id, with its document. A
// document that nobody laid anything over is given as it was stored.
func (l *Listing) Each(ctx context.Context, give func(id string, doc []byte) error) error {
	return each(ctx, l.c.db, "SELECT s.id, s.missing_since, v.doc"+published+" ORDER BY s.id", nil, func(rows *sql.Rows) error {
		var row listed
		if err := rows.Scan(&row.id, &row.missing, &row.doc); err != nil {
			return err
		}
		doc, err := l.document(&row)
		if err != nil || doc == nil {
			return err
		}
		return give(row.id, doc)
	})
}

// document is what is published of a site; nil for nothing.
func (l *Listing) document(row *listed) ([]byte, error) {
	o := l.overlays[row.id]
	if o == nil && row.missing == "" {
		return row.doc, nil
	}
	s, err := row.project(o)
	if err != nil {
		return nil, err
	}
	if s.Publishable() != nil {
		return nil, nil // a steward found that it is closed, or not for the public
	}
	s.Withhold(l.area(s))
	return json.Marshal(s)
}
