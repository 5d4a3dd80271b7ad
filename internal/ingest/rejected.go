package ingest

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// A RejectedFile is the rows that were kept out, as they were published, with a
// column that says why: a CSV file for the people who can put them right.
type RejectedFile struct {
	rows  *csv.Writer
	width int
	row   []string
}

// NewRejectedFile begins a file with the header of the table and a column "error".
func NewRejectedFile(w io.Writer, header []string) (*RejectedFile, error) {
	f := &RejectedFile{rows: csv.NewWriter(w), width: len(header)}
	return f, f.write(header, "error")
}

// Add writes one row that was kept out, and why. What must not be kept was
// blanked before its draft was made, and is not in the file.
func (f *RejectedFile) Add(values []string, why string) error { return f.write(values, why) }

// Close writes out what is left, and gives the first error of the writer.
func (f *RejectedFile) Close() error {
	f.rows.Flush()
	return f.rows.Error()
}

func (f *RejectedFile) write(values []string, last string) error {
	f.row = f.row[:0]
	for at := range f.width {
		f.row = append(f.row, Cell(value(values, at)))
	}
	return f.rows.Write(append(f.row, Cell(last)))
}

// formulas are the characters with which a cell begins that a spreadsheet would
// work out instead of showing, their full-width forms among them (ASVS 1.2.10).
const formulas = "=+-@\t\r\n\x00＝＋－＠"

// Cell makes a text safe as the cell of a spreadsheet: one that could be taken
// for a formula gets an apostrophe before it.
func Cell(text string) string {
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return text // a longitude is a number, and an apostrophe would spoil it
	}
	if first := strings.TrimLeft(text, " \u00a0\ufeff"); first != "" && strings.ContainsRune(formulas, []rune(first[:min(len(first), 4)])[0]) {
		return "'" + text
	}
	return text
}
