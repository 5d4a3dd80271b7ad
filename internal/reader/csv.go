package reader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"carrypoint/internal/record"
)

// readCSV reads lines of columns with any of the usual separators between them.
func readCSV(t *text) (*record.Table, error) {
	sample, err := sampleOf(t)
	if err != nil {
		return nil, err
	}
	separator := separatorOf(sample, t.lineEnd)
	in, err := t.open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	rows := newSplitter(in, separator, t.lineEnd)
	header, err := csvHeader(rows)
	if err != nil {
		return nil, err
	}
	if err := hasRow(rows); err != nil {
		return nil, err
	}
	return &record.Table{Format: CSV, Header: header, Records: func(yield func(record.Record, error) bool) {
		csvRecords(t, separator, yield)
	}}, nil
}

// csvHeader is the first row that has anything in it.
func csvHeader(rows *splitter) ([]string, error) {
	for {
		fields, fault, err := rows.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil, fmt.Errorf("%w: it has no text", ErrEmpty)
		case err != nil:
			return nil, err
		case fault != "":
			return nil, fmt.Errorf("%w: the row of its column names can't be read: %s", ErrFormat, fault)
		case blank(fields):
			continue
		}
		return trimmed(fields), nil
	}
}

func hasRow(rows *splitter) error {
	for {
		fields, fault, err := rows.next()
		switch {
		case errors.Is(err, io.EOF):
			return fmt.Errorf("%w: it has names of columns and no row below them", ErrEmpty)
		case err != nil:
			return err
		case fault != "" || !blank(fields):
			return nil
		}
	}
}

// csvRecords counts blank rows, so that a row's number is its place in a
// spreadsheet, and does not give them.
func csvRecords(t *text, separator byte, yield func(record.Record, error) bool) {
	in, err := t.open()
	if err != nil {
		yield(record.Record{}, err)
		return
	}
	defer in.Close()
	rows := newSplitter(in, separator, t.lineEnd)
	if _, err := csvHeader(rows); err != nil {
		yield(record.Record{}, err)
		return
	}
	for row := 1; ; row++ {
		fields, fault, err := rows.next()
		switch {
		case errors.Is(err, io.EOF):
			return
		case err == nil && row > maxRows:
			err = tooLarge("it has more than %d rows", maxRows)
		}
		if err != nil {
			yield(record.Record{}, fmt.Errorf("row %d: %w", row, err))
			return
		}
		if fault == "" && blank(fields) {
			continue
		}
		if !yield(record.Record{Row: row, Values: fields, Fault: fault}, nil) {
			return
		}
	}
}

func blank(fields []string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return strings.TrimSpace(f) != "" })
}

func trimmed(fields []string) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = strings.TrimSpace(f)
	}
	return names
}

// sampleOf is the first whole lines of a text.
func sampleOf(t *text) ([]byte, error) {
	in, err := t.open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	sample, err := io.ReadAll(io.LimitReader(in, headBytes))
	if err != nil {
		return nil, err
	}
	if end := bytes.LastIndexByte(sample, t.lineEnd); len(sample) == headBytes && end >= 0 {
		sample = sample[:end]
	}
	return sample, nil
}

// separators in the order of how common they are.
const separators = ",\t;|"

// separatorOf is the one with which most of the first rows have as many columns
// as the header; where two are alike, the one that makes more columns.
func separatorOf(sample []byte, lineEnd byte) byte {
	best, bestAlike, bestColumns := separators[0], -1.0, 0
	for _, separator := range []byte(separators) {
		columns, alike := regularity(sample, separator, lineEnd)
		if columns > 1 && (alike > bestAlike || alike == bestAlike && columns > bestColumns) {
			best, bestAlike, bestColumns = separator, alike, columns
		}
	}
	return best
}

// regularity is the number of columns of the header, and the share of the first
// rows that have as many.
func regularity(sample []byte, separator, lineEnd byte) (columns int, alike float64) {
	const enough = 50
	rows := newSplitter(bytes.NewReader(sample), separator, lineEnd)
	all, same := 0, 0
	for all < enough {
		fields, fault, err := rows.next()
		if err != nil {
			break
		}
		switch {
		case fault == "" && blank(fields):
			continue
		case columns == 0:
			columns = len(fields)
		}
		all++
		if fault == "" && len(fields) == columns {
			same++
		}
	}
	if all == 0 {
		return 0, 0
	}
	return columns, float64(same) / float64(all)
}
