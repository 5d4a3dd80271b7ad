package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// socrataPage is far below the 50,000 rows that the oldest servers give at most.
const socrataPage = 10_000

// readRows reads all rows into one file, page after page, and compares them
// with the site's own count.
func (v *visit) readRows(ctx context.Context, a socrataAddress, about view) (*os.File, label, error) {
	part, err := v.shelf.part()
	if err != nil {
		return nil, label{}, err
	}
	out := newMerger(part, v.client.limits.bytes)
	if err := v.gatherRows(ctx, a, out); err != nil {
		return nil, label{}, errors.Join(err, discard(part))
	}
	l := label{
		Host: host(a.site), Fetched: v.client.options.Now().UTC(), Format: formatJSON,
		SHA256: out.sum(), Size: out.size,
		Name: about.Name, Stamp: about.stamp(), LastEdit: about.edited(),
	}
	if out.rows == 0 {
		l.Notes = append(l.Notes, "The dataset has no rows at all.")
	}
	return part, l, nil
}

func (v *visit) gatherRows(ctx context.Context, a socrataAddress, out *merger) error {
	count, err := v.countRows(ctx, a)
	if err != nil {
		return err
	}
	if err := out.write([]byte("[")); err != nil {
		return err
	}
	before := map[string]bool{}
	for out.rows < count {
		rows, err := v.rows(ctx, a, out.rows)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		key := keyOf(rows)
		if before[key] {
			return fmt.Errorf("%w: asked for rows from number %d, it gives those again that it gave before", ErrUnreliable, out.rows+1)
		}
		before[key] = true
		for _, row := range rows {
			if err := out.row(row); err != nil {
				return err
			}
		}
	}
	if out.rows != count {
		return fmt.Errorf("%w: it says that the dataset has %d rows, and gives %d", ErrUnreliable, count, out.rows)
	}
	return out.end("\n]\n")
}

// keyOf tells one page from another.
func keyOf(rows []json.RawMessage) string {
	hash := sha256.New()
	for _, row := range rows {
		hash.Write(row) // never fails
	}
	return string(hash.Sum(nil))
}

func (v *visit) rows(ctx context.Context, a socrataAddress, offset int) (rows []json.RawMessage, err error) {
	u := a.query(url.Values{"$limit": {strconv.Itoa(socrataPage)}, "$offset": {strconv.Itoa(offset)}, "$order": {":id"}})
	err = v.ask(ctx, u, v.token(a), func(body []byte) (err error) {
		rows, err = parseRows(body)
		return err
	})
	return rows, err
}

func (v *visit) countRows(ctx context.Context, a socrataAddress) (count int, err error) {
	u := a.query(url.Values{"$select": {"count(*)"}})
	err = v.ask(ctx, u, v.token(a), func(body []byte) (err error) {
		count, err = parseRowCount(body)
		return err
	})
	if err == nil && count > maxFeatures {
		err = fmt.Errorf("%w: it has %d rows; at most %d are read", ErrTooLarge, count, maxFeatures)
	}
	return count, err
}

// parseRows reads one page: a list of objects.
func parseRows(body []byte) ([]json.RawMessage, error) {
	var rows []json.RawMessage
	if err := parseSocrataBody(body, &rows); err != nil {
		return nil, err
	}
	if rows == nil {
		return nil, fmt.Errorf("%w: asked for rows, it gives none, not even an empty list", ErrNotDataset)
	}
	for i, row := range rows {
		if len(row) == 0 || row[0] != '{' {
			return nil, fmt.Errorf("%w: row %d of a page is not an object", ErrNotDataset, i+1)
		}
	}
	return rows, nil
}

// parseRowCount reads [{"count":"1234"}]; older sites call the column count_1.
func parseRowCount(body []byte) (int, error) {
	var rows []map[string]json.RawMessage
	if err := parseSocrataBody(body, &rows); err != nil {
		return 0, err
	}
	if len(rows) == 1 && len(rows[0]) == 1 {
		for _, raw := range rows[0] {
			if n, err := strconv.Atoi(strings.Trim(string(raw), `"`)); err == nil && n >= 0 {
				return n, nil
			}
		}
	}
	return 0, fmt.Errorf("%w: asked how many rows it has, it gives no number", ErrNotDataset)
}
