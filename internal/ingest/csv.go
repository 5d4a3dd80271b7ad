package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// ErrNotDataset says that the bytes are not carrypoint's own CSV at all; the
// text with it says why.
var ErrNotDataset = errors.New("not a carrypoint CSV file")

// A Dataset is what a reader made of a file.
type Dataset struct {
	Records  int // rows read, the rejected ones included
	Sites    []site.Site
	Findings []record.Finding
}

// Rejected counts the rows that were kept out.
func (d *Dataset) Rejected() int { return d.Records - len(d.Sites) }

// columns are those of carrypoint's own CSV form; docs/dataset.md says what
// each may hold. The first four must be there.
var columns = []string{
	"id", "name", "region", "country",
	"organization", "kind", "site_type", "status", "access_point", "address", "city", "postal_code",
	"lat", "lon", "precision", "timezone", "phone", "url", "hours_raw", "hours_scope",
	"supplies", "supplies_no", "supplies_raw", "cost", "id_required", "eligibility", "notes",
	"languages", "step_free", "public_access", "checked_on", "checked_by",
	"source_url", "source_publisher", "source_date",
}

const requiredColumns = 4

// CSV reads carrypoint's own CSV form: UTF-8 with or without a byte order mark,
// comma separated, one header row. Rows are placed with places. The error is
// ErrNotDataset when nothing could be read, or what the reader returned.
func CSV(r io.Reader, places *gazetteer.Gazetteer) (*Dataset, error) {
	limited := &io.LimitedReader{R: r, N: MaxBytes + 1}
	buffered := bufio.NewReaderSize(limited, 64<<10)
	if mark, _ := buffered.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = buffered.Discard(3) // peeked: it is there
	}
	rows := csv.NewReader(buffered)
	rows.ReuseRecord = true
	rows.FieldsPerRecord = -1 // a short row is a finding, not the end of the file

	header, err := readHeader(rows)
	if err != nil {
		return nil, err
	}
	data := &Dataset{}
	drafter := newDrafter(places, data)
	for {
		fields, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var parse *csv.ParseError
		switch {
		case errors.As(err, &parse):
			data.Records++
			data.Findings = append(data.Findings, record.Finding{Code: "row_not_readable", Error: true, Row: data.Records, Text: "the quotes of this row do not match: " + parse.Err.Error()})
			continue
		case err != nil:
			return nil, fmt.Errorf("reading row %d: %w", data.Records+1, err)
		case limited.N <= 0:
			return nil, fmt.Errorf("%w: it is larger than %d bytes", ErrNotDataset, MaxBytes)
		}
		data.Records++
		drafter.row(header, fields)
	}
	return data, nil
}

// A header says at which place each known column stands; -1 for none.
type header []int

func readHeader(rows *csv.Reader) (header, error) {
	names, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: the file is empty", ErrNotDataset)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: its first row can't be read: %v", ErrNotDataset, err)
	}
	if len(names) > maxColumns {
		return nil, fmt.Errorf("%w: it has %d columns, more than %d", ErrNotDataset, len(names), maxColumns)
	}
	h := make(header, len(columns))
	for i, column := range columns {
		h[i] = slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(clean(name), column) })
		if h[i] < 0 && i < requiredColumns {
			return nil, fmt.Errorf("%w: it has no column %q; the header must name at least %s",
				ErrNotDataset, column, strings.Join(columns[:requiredColumns], ", "))
		}
	}
	return h, nil
}
