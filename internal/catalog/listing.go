package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"carrypoint/internal/site"
)

// A Listing is everything that may be published, at one moment: what others
// change meanwhile is not in it. It must be closed.
type Listing struct {
	tx       *sql.Tx
	overlays map[string]*overlay
	area     func(*site.Site) site.Position
	last     int // the last event that it knows of
}

// Listing prepares what is published. area gives the middle of a site's town,
// which is shown in the place of a pin that must not be.
func (c *Catalog) Listing(ctx context.Context, area func(*site.Site) site.Position) (*Listing, error) {
	tx, err := c.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, c.explained(err)
	}
	overlays, err := readOverlays(ctx, tx, "")
	if err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	l := &Listing{tx: tx, overlays: overlays, area: area}
	if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM event").Scan(&l.last); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return l, nil
}

// Close ends the listing.
func (l *Listing) Close() error { return l.tx.Rollback() }

// published are the sites in force that nobody has hidden, of sources that allow
// it. A merged site stands again where the other one is not listed any more.
const published = ` FROM site s JOIN version v ON v.id = s.version JOIN source o ON o.id = s.source
	WHERE s.hidden_since = '' AND o.redistribute <> 'no' AND NOT EXISTS (SELECT 1 FROM site t JOIN source u ON u.id = t.source
		WHERE t.id = s.merged_into AND (t.hidden_since <> '' OR t.version IS NOT NULL AND u.redistribute <> 'no'))`

// Len is how many there are, at the most: a correction may take one out.
func (l *Listing) Len(ctx context.Context) (n int, err error) {
	return n, l.tx.QueryRowContext(ctx, "SELECT count(*)"+published).Scan(&n)
}

// Each gives every site that may be published, by id, with its document. A
// document that nobody laid anything over is given as it was stored.
func (l *Listing) Each(ctx context.Context, give func(id string, doc []byte) error) error {
	return each(ctx, l.tx, "SELECT s.id, s.missing_since, v.doc"+published+" ORDER BY s.id", nil, func(rows *sql.Rows) error {
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
