package edition

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// An inserter fills a new database in one transaction: sites in the order of
// their ids, then what the edition says of itself. The same calls give the same
// bytes.
type inserter struct {
	tx     *sql.Tx
	insert *sql.Stmt
	sites  int
}

func newInserter(conn *sql.Conn) (*inserter, error) {
	ctx := context.Background()
	header := fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;", applicationID, formatVersion)
	if _, err := conn.ExecContext(ctx, header+schema); err != nil {
		return nil, err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO site VALUES (?, ?)")
	return &inserter{tx: tx, insert: insert}, err
}

func (i *inserter) add(id, doc string) error {
	if _, err := i.insert.ExecContext(context.Background(), id, doc); err != nil {
		return fmt.Errorf("site %q: %w", id, err)
	}
	i.sites++
	return nil
}

// finish writes down the count of sites, and nothing can be added any more.
func (i *inserter) finish(meta Meta) error {
	meta.Sites, meta.Made = i.sites, meta.Made.UTC()
	value, err := json.Marshal(meta)
	if err != nil {
		return err
	}
	if _, err := i.tx.ExecContext(context.Background(), "INSERT INTO meta VALUES ('edition', ?)", string(value)); err != nil {
		return err
	}
	return i.tx.Commit()
}
