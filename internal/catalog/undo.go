package catalog

import (
	"context"
	"database/sql"
	"fmt"
)

// Undo puts back exactly what was in force before a run. A run that is not
// applied gives ErrState, and so does one that another run of its source was
// applied after: what that one says was compared with this one, so it is undone first.
func (c *Catalog) Undo(ctx context.Context, id int, act Act) (*Run, error) {
	err := c.write(ctx, func(tx *sql.Tx) error {
		run, err := findRun(ctx, tx, id)
		if err != nil {
			return err
		}
		if run.State != Applied {
			return fmt.Errorf("%w: it is %s", ErrState, run.State)
		}
		if err := newest(ctx, tx, run); err != nil {
			return err
		}
		if err := c.putBack(ctx, tx, run, act); err != nil {
			return err
		}
		if err := raise(ctx, tx, run.Source); err != nil {
			return err
		}
		return c.note(ctx, tx, act, "undo", subjectOf(run))
	})
	if err != nil {
		return nil, fmt.Errorf("undoing run %d: %w", id, err)
	}
	return c.Run(ctx, id)
}

// newest fails unless the run is the last one of its source that is in force.
func newest(ctx context.Context, tx *sql.Tx, run *Run) error {
	var last int
	err := tx.QueryRowContext(ctx, "SELECT id FROM run WHERE source = ? AND state = ? ORDER BY applied_seq DESC LIMIT 1", run.Source, Applied).Scan(&last)
	if err == nil && last != run.ID {
		return fmt.Errorf("%w: run %d of %s was applied after it; undo that one first", ErrState, last, run.Source)
	}
	return err
}

func (c *Catalog) putBack(ctx context.Context, tx *sql.Tx, run *Run, act Act) error {
	for _, step := range []struct {
		query string
		args  []any
	}{
		// A version without one before it was new: the site is not listed any more.
		{`UPDATE site SET record = coalesce((SELECT b.record FROM version b WHERE b.id = v.before), v.record), version = v.before
			FROM version v WHERE v.run = ? AND v.site = site.id`, []any{run.ID}},
		{`UPDATE site SET missing_since = '', missing_run = 0 WHERE missing_run = ?`, []any{run.ID}},
		{`UPDATE site SET missing_since = a.missing_before, missing_run = a.missing_run_before
			FROM absence a WHERE a.run = ? AND a.kind = ? AND a.site = site.id AND site.missing_since = ''`, []any{run.ID, back}},
		{`UPDATE site SET version = a.before FROM absence a WHERE a.run = ? AND a.kind = ? AND a.site = site.id AND site.version IS NULL`, []any{run.ID, withdrawn}},
		{`UPDATE correction SET ended_at = '', ended_run = 0 WHERE ended_run = ?`, []any{run.ID}},
		{`UPDATE verification SET ended_at = '', ended_run = 0 WHERE ended_run = ?`, []any{run.ID}},
		{`UPDATE run SET state = ?, undone_at = ?, undone_by = ? WHERE id = ?`, []any{Undone, c.stamp(), act.Who, run.ID}},
	} {
		if _, err := tx.ExecContext(ctx, step.query, step.args...); err != nil {
			return err
		}
	}
	return nil
}
