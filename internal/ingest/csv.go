package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// ErrNotDataset says that the bytes are not carrypoint's own CSV at all; the
// text with it says why.
var ErrNotDataset = errors.New("not a carrypoint CSV file")

// A Dataset is what was made of a file of carrypoint's own form.
type Dataset struct {
	Records  int // rows read, the rejected ones included
	Sites    []site.Site
	Findings []record.Finding
}

// Rejected counts the rows that were kept out.
func (d *Dataset) Rejected() int { return d.Records - len(d.Sites) }

// CSV reads carrypoint's own CSV form: UTF-8 with or without a byte order mark,
// comma separated, one header row. Rows are placed with places. The error is
// ErrNotDataset when nothing could be read, or what the reader returned.
func CSV(r io.Reader, places Places) (*Dataset, error) {
	table, err := ownTable(r)
	if err != nil {
		return nil, err
	}
	return ReadDataset(table, places, time.Time{})
}

// ReadDataset reads a table of carrypoint's own form into the sites that may be
// published.
func ReadDataset(t *record.Table, places Places, now time.Time) (*Dataset, error) {
	data := &Dataset{}
	drafts := Own().Drafts(t, places, now)
	for draft, err := range drafts.All() {
		if err != nil {
			return nil, err
		}
		data.Records++
		if err := draft.Site.Publishable(); err != nil && !draft.Rejected {
			draft.Findings = append(draft.Findings, record.Finding{Code: "not_publishable", Error: true, Row: draft.Record.Row, Text: err.Error()})
			draft.Rejected = true
		}
		data.Findings = append(data.Findings, draft.Findings...)
		if !draft.Rejected {
			data.Sites = append(data.Sites, draft.Site)
		}
	}
	data.Findings = append(drafts.Findings(), data.Findings...)
	return data, nil
}

// ownTable is a file of carrypoint's own form as a table. It is read whole: its
// records are asked for twice.
func ownTable(r io.Reader) (*record.Table, error) {
	content, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the dataset: %w", err)
	}
	if len(content) > MaxBytes {
		return nil, fmt.Errorf("%w: it is larger than %d bytes", ErrNotDataset, MaxBytes)
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	header, err := csvRows(content).Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%w: the file is empty", ErrNotDataset)
	case err != nil:
		return nil, fmt.Errorf("%w: its first row can't be read: %v", ErrNotDataset, err)
	case len(header) > maxColumns:
		return nil, fmt.Errorf("%w: it has %d columns, more than %d", ErrNotDataset, len(header), maxColumns)
	}
	for i, name := range header {
		header[i] = clean(name)
	}
	return &record.Table{Format: "csv", Header: header, Records: ownRecords(content)}, nil
}

func ownRecords(content []byte) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		rows := csvRows(content)
		_, _ = rows.Read() // the header, which was read before
		for n := 1; ; n++ {
			fields, err := rows.Read()
			rec := record.Record{Row: n, Values: fields}
			var parse *csv.ParseError
			switch {
			case errors.Is(err, io.EOF):
				return
			case errors.As(err, &parse):
				rec = record.Record{Row: n, Fault: "the quotes of this row do not match: " + parse.Err.Error()}
			case err != nil:
				yield(record.Record{}, fmt.Errorf("reading row %d: %w", n, err))
				return
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

func csvRows(content []byte) *csv.Reader {
	rows := csv.NewReader(bufio.NewReaderSize(bytes.NewReader(content), 64<<10))
	rows.ReuseRecord = true
	rows.FieldsPerRecord = -1 // a short row is a finding, not the end of the file
	return rows
}
