package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"

	"carrypoint/internal/site"
)

// A Verdict is a steward's word on a finding.
type Verdict string

// The verdicts. Merge leaves the other site as the only one listed.
const (
	Merge  Verdict = "merge"
	Apart  Verdict = "apart"
	Ignore Verdict = "ignore"
)

// An Item is one warning that waits for a steward, or one that has been decided.
type Item struct {
	ID    int    `json:"item"`
	Run   int    `json:"run"`
	Row   int    `json:"row"`
	Site  string `json:"site"`
	Other string `json:"other,omitempty"` // the site that it may be the same as
	Code  string `json:"code"`
	Field string `json:"field,omitempty"`
	Value string `json:"value,omitempty"`
	Text  string `json:"text"`
}

// undecided are the warnings of the newest run of each source, whether applied or
// about to be, that no steward has said anything of.
const undecided = ` FROM finding f WHERE f.error = 0 AND f.site <> ''
	AND f.run IN (SELECT max(id) FROM run WHERE state IN ('ready', 'applied') GROUP BY source)
	AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.site = f.site AND d.other = f.other AND d.code = f.code AND d.field = f.field AND d.value = f.value)`

const itemColumns = "f.id, f.run, f.line, f.site, f.other, f.code, f.field, f.value, f.words"

// Waiting is what waits for a steward: how many warnings of each code, and the
// listed sites that their sources no longer list.
type Waiting struct {
	Codes   map[string]int `json:"codes"`
	Missing []Gone         `json:"missing"`
}

// A Gone is a listed site that its source no longer lists.
type Gone struct {
	Site  string `json:"site"`
	Since string `json:"since"`
}

// Waiting tells what waits.
func (c *Catalog) Waiting(ctx context.Context) (Waiting, error) {
	w := Waiting{Codes: map[string]int{}, Missing: []Gone{}}
	err := each(ctx, c.db, "SELECT f.code, count(*)"+undecided+" GROUP BY f.code", nil, func(rows *sql.Rows) error {
		var code string
		var n int
		err := rows.Scan(&code, &n)
		w.Codes[code] = n
		return err
	})
	if err != nil {
		return w, err
	}
	err = each(ctx, c.db, "SELECT id, missing_since FROM site WHERE missing_since <> '' AND version IS NOT NULL AND merged_into = '' ORDER BY missing_since, id", nil,
		func(rows *sql.Rows) error {
			var g Gone
			err := rows.Scan(&g.Site, &g.Since)
			w.Missing = append(w.Missing, g)
			return err
		})
	return w, err
}

// Review lists the warnings of one code that wait, in the order of runs and
// rows, at most so many; where code is empty, the possible duplicates of every code.
func (c *Catalog) Review(ctx context.Context, code string, most int) (items []Item, err error) {
	err = each(ctx, c.db, "SELECT "+itemColumns+undecided+" AND (f.code = ? OR ? = '' AND f.other <> '') ORDER BY f.run, f.line, f.id LIMIT ?", []any{code, code, most},
		func(rows *sql.Rows) error {
			item, err := scanItem(rows)
			items = append(items, item)
			return err
		})
	return items, err
}

func scanItem(row interface{ Scan(...any) error }) (i Item, err error) {
	err = row.Scan(&i.ID, &i.Run, &i.Row, &i.Site, &i.Other, &i.Code, &i.Field, &i.Value, &i.Text)
	return i, err
}

// Decide writes a steward's word on an item. Merging takes the item's site off
// the list in favour of the other; deciding apart later puts it back.
func (c *Catalog) Decide(ctx context.Context, item int, verdict Verdict, act Act) (decided Item, err error) {
	err = c.write(ctx, func(tx *sql.Tx) error {
		decided, err = scanItem(tx.QueryRowContext(ctx, "SELECT "+itemColumns+" FROM finding f WHERE f.id = ?", item))
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return fmt.Errorf("%w: item %d", ErrNotFound, item)
		case err != nil:
			return err
		case decided.Other == "" && verdict != Ignore:
			return fmt.Errorf("%w: item %d is about one site only; it can be ignored", ErrState, item)
		}
		if err := c.settle(ctx, tx, decided, verdict); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO decision (site, other, code, field, value, verdict, why, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			decided.Site, decided.Other, decided.Code, decided.Field, decided.Value, string(verdict), act.Why, act.Who, c.stamp())
		if err != nil {
			return err
		}
		return c.note(ctx, tx, act, "review: "+string(verdict), decided.Site)
	})
	return decided, err
}

// settle sets a merge, or lifts the one of this very pair. A merge into a site
// that is itself merged would lose both. What one of the two asked not to be
// shown is not shown of the other: they are one place.
func (c *Catalog) settle(ctx context.Context, tx *sql.Tx, i Item, verdict Verdict) error {
	switch {
	case i.Other == "" || verdict == Ignore:
		return nil
	case verdict == Apart:
		_, err := tx.ExecContext(ctx, "UPDATE site SET merged_into = '' WHERE id = ? AND merged_into = ?", i.Site, i.Other)
		return err
	}
	var merged string
	if err := tx.QueryRowContext(ctx, "SELECT merged_into FROM site WHERE id = ?", i.Other).Scan(&merged); err != nil {
		return err
	}
	if merged != "" {
		return fmt.Errorf("%w: %s is itself merged into %s", ErrState, i.Other, merged)
	}
	if err := c.shareConsent(ctx, tx, i); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE site SET merged_into = ? WHERE id = ?", i.Other, i.Site)
	return err
}

// shareConsent gives the site that stays the stricter consent of both.
func (c *Catalog) shareConsent(ctx context.Context, tx *sql.Tx, i Item) error {
	both := map[string]site.Consent{}
	for _, id := range []string{i.Site, i.Other} {
		o, err := readOverlays(ctx, tx, id)
		if err != nil {
			return err
		}
		if o[id] != nil && o[id].consent != nil {
			both[id] = *o[id].consent
		}
	}
	strict := both[i.Site].With(both[i.Other])
	if reflect.DeepEqual(strict, both[i.Other].With(site.Consent{})) {
		return nil
	}
	return c.agree(ctx, tx, i.Other, strict, Act{Who: "merge", Why: "what " + i.Site + " asked for"})
}
