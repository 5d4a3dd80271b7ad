package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// A State is how far a run has come.
type State string

// The states.
const (
	Reading State = "reading" // not whole: it is being read, or was cut off
	Ready   State = "ready"   // whole, and nothing of it is in force
	Applied State = "applied"
	Undone  State = "undone"
)

// A Run is one import of one source.
type Run struct {
	ID        int      `json:"run"`
	Source    string   `json:"source"`
	State     State    `json:"state"`
	File      string   `json:"file"`
	SHA256    string   `json:"sha256"`
	Header    []string `json:"-"`
	MadeAt    string   `json:"made_at"`
	MadeBy    string   `json:"made_by"`
	AppliedAt string   `json:"applied_at,omitempty"`
	AppliedBy string   `json:"applied_by,omitempty"`
	UndoneAt  string   `json:"undone_at,omitempty"`
	UndoneBy  string   `json:"undone_by,omitempty"`
	Counts    Counts   `json:"counts"`
	Reasons   []Reason `json:"reasons"` // why a person should look at it, or must; empty for none

	revision int
	seq      int // which of all applications its own was; 0 for none
	address  string
	said     Source // what its mapping says of the source
}

// Counts are what a run found. Every record is new, changed, unchanged or
// rejected; missing are the listed sites that it does not hold.
type Counts struct {
	Records   int            `json:"records"`
	New       int            `json:"new"`
	Changed   int            `json:"changed"`
	Unchanged int            `json:"unchanged"`
	Missing   int            `json:"missing"`
	Rejected  int            `json:"rejected"`
	Withdrawn int            `json:"withdrawn"` // listed sites that the source now says are not for the public
	Findings  map[string]int `json:"findings"`
}

// NeedsConfirm says whether a gate stopped the run.
func (r *Run) NeedsConfirm() bool { return r.stop() != nil }

// stop is the first reason that stops the run; nil for none.
func (r *Run) stop() *Reason {
	for i := range r.Reasons {
		if r.Reasons[i].Stops {
			return &r.Reasons[i]
		}
	}
	return nil
}

const runColumns = `id, source, state, revision, file, sha256, address, header, made_at, made_by, counts, reasons,
	applied_at, applied_by, undone_at, undone_by, applied_seq, publisher, licence, redistribute`

func scanRun(row interface{ Scan(...any) error }) (*Run, error) {
	var r Run
	var header, counts, reasons string
	err := row.Scan(&r.ID, &r.Source, &r.State, &r.revision, &r.File, &r.SHA256, &r.address, &header, &r.MadeAt, &r.MadeBy,
		&counts, &reasons, &r.AppliedAt, &r.AppliedBy, &r.UndoneAt, &r.UndoneBy, &r.seq, &r.said.Publisher, &r.said.Licence, &r.said.Redistribute)
	if err != nil {
		return nil, err
	}
	r.Counts.Findings = map[string]int{}
	return &r, errors.Join(json.Unmarshal([]byte(header), &r.Header), json.Unmarshal([]byte(counts), &r.Counts), json.Unmarshal([]byte(reasons), &r.Reasons))
}

// Run finds a run by its number, or gives ErrNotFound.
func (c *Catalog) Run(ctx context.Context, id int) (*Run, error) { return findRun(ctx, c.db, id) }

func findRun(ctx context.Context, q querier, id int) (*Run, error) {
	r, err := scanRun(q.QueryRowContext(ctx, "SELECT "+runColumns+" FROM run WHERE id = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%w: run %d", ErrNotFound, id)
	}
	return r, err
}

// Runs lists the runs, newest first.
func (c *Catalog) Runs(ctx context.Context) ([]*Run, error) {
	var all []*Run
	err := each(ctx, c.db, "SELECT "+runColumns+" FROM run ORDER BY id DESC", nil, func(rows *sql.Rows) error {
		r, err := scanRun(rows)
		all = append(all, r)
		return err
	})
	return all, err
}
