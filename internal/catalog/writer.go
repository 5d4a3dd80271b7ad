package catalog

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// Kinds of versions: what a run made of a record.
const (
	kindNew     = "new"
	kindChanged = "changed"
	kindReread  = "reread" // nothing that a person would call a change
)

// Kinds of absences.
const (
	missing    = "missing"
	withdrawn  = "withdrawn"  // the source says that it is not for the public, or not in use
	unreadable = "unreadable" // its row was kept out; it stays as it was
	back       = "back"       // it was missing and is there again
)

// A writer writes a run in transactions of many rows, with each statement
// prepared once in each of them.
type writer struct {
	ctx      context.Context
	c        *Catalog
	tx       *sql.Tx
	prepared map[string]*sql.Stmt
	rows     int
}

func newWriter(ctx context.Context, c *Catalog) (*writer, error) {
	w := &writer{ctx: ctx, c: c}
	return w, w.begin()
}

func (w *writer) begin() (err error) {
	w.prepared, w.rows = map[string]*sql.Stmt{}, 0
	w.tx, err = w.c.db.BeginTx(w.ctx, nil)
	return err
}

// roll commits once every so many calls.
func (w *writer) roll(every int) error {
	if w.rows++; w.rows < every {
		return nil
	}
	if err := w.tx.Commit(); err != nil {
		return err
	}
	return w.begin()
}

// close gives up what was not committed; after finish there is nothing.
func (w *writer) close() error {
	if err := w.tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return err
	}
	return nil
}

func (w *writer) statement(query string) (*sql.Stmt, error) {
	if s := w.prepared[query]; s != nil {
		return s, nil
	}
	s, err := w.tx.PrepareContext(w.ctx, query)
	w.prepared[query] = s
	return s, err
}

func (w *writer) exec(query string, args ...any) error {
	s, err := w.statement(query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(w.ctx, args...)
	return err
}

// document is a site as it is stored, and a number that tells it from another.
func document(s *site.Site) (doc string, digest int64, err error) {
	text, err := json.Marshal(s)
	if err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256(text)
	return string(text), int64(binary.BigEndian.Uint64(sum[:8])), nil
}

// doc reads the document of a version.
func (w *writer) doc(version int64) (*site.Site, error) {
	s, err := w.statement("SELECT doc FROM version WHERE id = ?")
	if err != nil {
		return nil, err
	}
	var text []byte
	if err := s.QueryRowContext(w.ctx, version).Scan(&text); err != nil {
		return nil, fmt.Errorf("reading version %d: %w", version, err)
	}
	var doc site.Site
	return &doc, json.Unmarshal(text, &doc)
}

func (w *writer) site(id, source, key string) error {
	return w.exec("INSERT INTO site (id, source, record) VALUES (?, ?, ?)", id, source, key)
}

func (w *writer) version(run int, d *record.Draft, kind string, k *known, doc string, digest int64) error {
	raw, err := json.Marshal(d.Record.Values)
	if err != nil {
		return err
	}
	var before sql.NullInt64
	if k != nil {
		before = sql.NullInt64{Int64: k.version, Valid: true}
	}
	return w.exec("INSERT INTO version (run, line, site, record, kind, before, digest, raw, doc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		run, d.Record.Row, d.Site.ID, d.Key, kind, before, digest, string(raw), doc)
}

func (w *writer) absence(run int, kind string, k *known) error {
	return w.exec("INSERT INTO absence (run, site, kind, before, missing_before, missing_run_before) VALUES (?, ?, ?, ?, ?, ?)",
		run, k.site, kind, k.version, k.missing, k.since)
}

func (w *writer) rejected(run int, d *record.Draft) error {
	raw, err := json.Marshal(d.Record.Values)
	if err != nil {
		return err
	}
	return w.exec("INSERT INTO rejected (run, line, raw, why) VALUES (?, ?, ?, ?)", run, d.Record.Row, string(raw), d.Why())
}

func (w *writer) finding(run int, f record.Finding, id, other string) error {
	return w.exec("INSERT INTO finding (run, line, site, other, code, error, field, value, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		run, f.Row, id, other, f.Code, f.Error, f.Column, f.Value, f.Text)
}

// addressInForce is where the newest applied run of a source was read from.
func (w *writer) addressInForce(source string) (address string, err error) {
	err = w.tx.QueryRowContext(w.ctx, "SELECT address FROM run WHERE source = ? AND state = ? ORDER BY applied_seq DESC LIMIT 1", source, Applied).Scan(&address)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return address, err
}

// outdate makes the runs of a source that were made before this one stale: some
// of their sites have other ids now.
func (w *writer) outdate(run *Run) error {
	if err := raise(w.ctx, w.tx, run.Source); err != nil {
		return err
	}
	return w.exec("UPDATE run SET revision = revision + 1 WHERE id = ?", run.ID)
}

// finish writes what a run counted, and makes it whole.
func (w *writer) finish(run *Run) error {
	counts, err := json.Marshal(run.Counts)
	if err != nil {
		return err
	}
	reasons, err := json.Marshal(run.Reasons)
	if err != nil {
		return err
	}
	if err := w.exec("UPDATE run SET state = ?, counts = ?, reasons = ? WHERE id = ?", run.State, string(counts), string(reasons), run.ID); err != nil {
		return err
	}
	return w.tx.Commit()
}
