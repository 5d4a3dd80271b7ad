package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"

	"carrypoint/internal/site"
)

// Apply puts a run in force, all of it or nothing. A run that stopped at a gate
// needs confirm, else ErrNeedsConfirm; one that was applied, undone or made before
// another of its source was, gives ErrState.
func (c *Catalog) Apply(ctx context.Context, id int, act Act, confirm bool) (*Run, error) {
	err := c.write(ctx, func(tx *sql.Tx) error {
		run, err := findRun(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := applicable(ctx, tx, run, confirm); err != nil {
			return err
		}
		if err := c.endOverlays(ctx, tx, run); err != nil {
			return err
		}
		if err := c.putInForce(ctx, tx, run, act); err != nil {
			return err
		}
		if err := raise(ctx, tx, run.Source); err != nil {
			return err
		}
		return c.note(ctx, tx, act, "apply", subjectOf(run))
	})
	if err != nil {
		return nil, fmt.Errorf("applying run %d: %w", id, err)
	}
	return c.Run(ctx, id)
}

func subjectOf(run *Run) string { return "run " + strconv.Itoa(run.ID) }

func applicable(ctx context.Context, tx *sql.Tx, run *Run, confirm bool) error {
	if run.State != Ready {
		return fmt.Errorf("%w: it is %s", ErrState, run.State)
	}
	var revision int
	if err := tx.QueryRowContext(ctx, "SELECT revision FROM source WHERE id = ?", run.Source).Scan(&revision); err != nil {
		return err
	}
	if revision != run.revision {
		return fmt.Errorf("%w: another run of %s was applied or undone since it was made; import the file again", ErrState, run.Source)
	}
	if run.NeedsConfirm() && !confirm {
		return fmt.Errorf("%w: %s", ErrNeedsConfirm, run.stop().Text)
	}
	return nil
}

// putInForce moves every site to what the run says of it. A missing site stays
// listed, and is marked.
func (c *Catalog) putInForce(ctx context.Context, tx *sql.Tx, run *Run, act Act) error {
	for _, step := range []struct {
		query string
		args  []any
	}{
		{`UPDATE site SET version = v.id, record = v.record, missing_since = '', missing_run = 0,
			listed_since = CASE WHEN listed_since = '' THEN ? ELSE listed_since END
			FROM version v WHERE v.run = ? AND v.site = site.id`, []any{c.today(), run.ID}},
		{`UPDATE site SET missing_since = ?, missing_run = ? WHERE id IN (SELECT site FROM absence WHERE run = ? AND kind = ?)`,
			[]any{c.today(), run.ID, run.ID, missing}},
		{`UPDATE site SET missing_since = '', missing_run = 0 WHERE id IN (SELECT site FROM absence WHERE run = ? AND kind = ?)`, []any{run.ID, back}},
		{`UPDATE site SET version = NULL WHERE id IN (SELECT site FROM absence WHERE run = ? AND kind = ?)`, []any{run.ID, withdrawn}},
		{`UPDATE run SET state = ?, applied_at = ?, applied_by = ?, applied_seq = 1 + (SELECT max(applied_seq) FROM run) WHERE id = ?`,
			[]any{Applied, c.stamp(), act.Who, run.ID}},
	} {
		if _, err := tx.ExecContext(ctx, step.query, step.args...); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "UPDATE source SET publisher = ?, licence = ?, redistribute = ?, address = ? WHERE id = ?",
		run.said.Publisher, run.said.Licence, string(run.said.Redistribute), run.address, run.Source)
	return err
}

// endOverlays ends the corrections and checks of facets that the run changes:
// the source has said something new since. Of a site that it withdraws, all end.
func (c *Catalog) endOverlays(ctx context.Context, tx *sql.Tx, run *Run) error {
	for _, table := range overlays {
		_, err := tx.ExecContext(ctx, "UPDATE "+table+" SET ended_at = ?, ended_run = ? WHERE ended_at = '' AND site IN (SELECT site FROM absence WHERE run = ? AND kind = ?)",
			c.stamp(), run.ID, run.ID, withdrawn)
		if err != nil {
			return err
		}
	}
	type change struct {
		id            string
		before, after []byte
	}
	var changes []change
	err := each(ctx, tx, `SELECT v.site, b.doc, v.doc FROM version v JOIN version b ON b.id = v.before
		WHERE v.run = ? AND v.kind = ? AND (EXISTS (SELECT 1 FROM correction o WHERE o.site = v.site AND o.ended_at = '')
		OR EXISTS (SELECT 1 FROM verification o WHERE o.site = v.site AND o.ended_at = ''))`, []any{run.ID, kindChanged},
		func(rows *sql.Rows) error {
			var ch change
			err := rows.Scan(&ch.id, &ch.before, &ch.after)
			changes = append(changes, ch)
			return err
		})
	if err != nil {
		return err
	}
	for _, ch := range changes {
		if err := c.endChanged(ctx, tx, run, ch.id, ch.before, ch.after); err != nil {
			return fmt.Errorf("site %s: %w", ch.id, err)
		}
	}
	return nil
}

func (c *Catalog) endChanged(ctx context.Context, tx *sql.Tx, run *Run, id string, before, after []byte) error {
	var was, is site.Site
	if err := json.Unmarshal(before, &was); err != nil {
		return err
	}
	if err := json.Unmarshal(after, &is); err != nil {
		return err
	}
	for _, d := range site.Differences(&was, &is) {
		if err := c.end(ctx, tx, run, id, d.Facet); err != nil {
			return err
		}
		// Who was asked may have been somebody else, or somewhere else.
		if d.Facet == site.FacetName || d.Facet == site.FacetAddress || d.Facet == site.FacetPosition && movedFar(&was, &is) {
			if err := c.end(ctx, tx, run, id, site.FacetSite); err != nil {
				return err
			}
		}
	}
	return nil
}

// overlays are the tables of what is laid over what the source says.
var overlays = []string{"correction", "verification"}

func (c *Catalog) end(ctx context.Context, tx *sql.Tx, run *Run, id string, facet site.Facet) error {
	for _, table := range overlays {
		_, err := tx.ExecContext(ctx, "UPDATE "+table+" SET ended_at = ?, ended_run = ? WHERE site = ? AND facet = ? AND ended_at = ''",
			c.stamp(), run.ID, id, string(facet))
		if err != nil {
			return err
		}
	}
	return nil
}
