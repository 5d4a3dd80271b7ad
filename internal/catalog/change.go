package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// A Change is one site that a run changes, with what is said of it before and after.
type Change struct {
	Site        string            `json:"site"`
	Name        string            `json:"name"`
	Kind        string            `json:"kind"` // new, changed, missing, withdrawn, unreadable or back
	Row         int               `json:"row,omitempty"`
	Differences []site.Difference `json:"differences,omitempty"` // of a changed site; of a new one, all that is said of it
}

// Changes lists what a run changes, at most so many of each kind: the new and
// changed in the order of its rows, then those that it does not hold.
func (c *Catalog) Changes(ctx context.Context, run, most int) ([]Change, error) {
	var all []Change
	for _, kind := range []string{kindNew, kindChanged} {
		err := each(ctx, c.db, `SELECT v.line, coalesce(b.doc, ''), v.doc FROM version v LEFT JOIN version b ON b.id = v.before
			WHERE v.run = ? AND v.kind = ? ORDER BY v.line LIMIT ?`, []any{run, kind, most}, func(rows *sql.Rows) error {
			ch, err := scanChange(rows, kind)
			all = append(all, ch)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for _, kind := range []string{missing, withdrawn, unreadable, back} {
		err := each(ctx, c.db, `SELECT v.doc FROM absence a JOIN version v ON v.id = a.before
			WHERE a.run = ? AND a.kind = ? ORDER BY a.site LIMIT ?`, []any{run, kind, most}, func(rows *sql.Rows) error {
			var doc []byte
			var s site.Site
			if err := rows.Scan(&doc); err != nil {
				return err
			}
			err := json.Unmarshal(doc, &s)
			all = append(all, Change{Site: s.ID, Name: s.Name, Kind: kind})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func scanChange(rows *sql.Rows, kind string) (Change, error) {
	var before, after []byte
	ch := Change{Kind: kind}
	if err := rows.Scan(&ch.Row, &before, &after); err != nil {
		return ch, err
	}
	var was, is site.Site
	if err := json.Unmarshal(after, &is); err != nil {
		return ch, err
	}
	ch.Site, ch.Name = is.ID, is.Name
	if kind != kindChanged {
		ch.Differences = site.Differences(&was, &is)
		return ch, nil
	}
	if err := json.Unmarshal(before, &was); err != nil {
		return ch, err
	}
	ch.Differences = site.Differences(&was, &is)
	return ch, nil
}

// Findings lists what was found on the rows of a run: by code, errors before
// warnings, in the order of the rows, at most so many of each code.
func (c *Catalog) Findings(ctx context.Context, run *Run, most int) ([]record.Finding, error) {
	var all []record.Finding
	for _, code := range slices.Sorted(maps.Keys(run.Counts.Findings)) {
		err := each(ctx, c.db, "SELECT line, code, error, field, value, words FROM finding WHERE run = ? AND code = ? ORDER BY line, id LIMIT ?",
			[]any{run.ID, code, most}, func(rows *sql.Rows) error {
				var f record.Finding
				err := rows.Scan(&f.Row, &f.Code, &f.Error, &f.Column, &f.Value, &f.Text)
				all = append(all, f)
				return err
			})
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, func(a, b record.Finding) int {
		return strings.Compare(fmt.Sprint(b.Error), fmt.Sprint(a.Error)) // "true" after "false"
	})
	return all, nil
}

// A RejectedRow is a row that was kept out, word for word, and why.
type RejectedRow struct {
	Row    int
	Values []string
	Why    string
}

// Rejected gives the rows of a run that were kept out, in their order.
func (c *Catalog) Rejected(ctx context.Context, run int, give func(RejectedRow) error) error {
	return each(ctx, c.db, "SELECT line, raw, why FROM rejected WHERE run = ? ORDER BY line", []any{run}, func(rows *sql.Rows) error {
		var r RejectedRow
		var raw []byte
		if err := rows.Scan(&r.Row, &raw, &r.Why); err != nil {
			return err
		}
		if err := json.Unmarshal(raw, &r.Values); err != nil {
			return err
		}
		return give(r)
	})
}
