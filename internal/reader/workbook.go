package reader

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"carrypoint/internal/record"
)

// lastRow is the last row that a worksheet can have.
const lastRow = 1_048_576

// readXLSX reads one worksheet of a workbook. Formulas are not worked out: what
// the workbook was saved with is read. Macros are never looked at.
func readXLSX(a *archive, sheet string) (*record.Table, error) {
	if err := a.checkWorkbook(); err != nil {
		return nil, err
	}
	var table *record.Table
	err := a.workbook(func(book *excelize.File) (err error) {
		table, err = a.tableOf(book, sheet)
		return err
	})
	return table, err
}

// checkWorkbook unpacks every part once: the library takes a damaged part for
// a short one, and packed bytes for as many as fit into memory.
func (a *archive) checkWorkbook() error {
	if a.size > maxWorkbook {
		return tooLarge("the workbook has %d bytes, more than %d; save the sheet as CSV", a.size, maxWorkbook)
	}
	if err := a.fits(a.files); err != nil {
		return err
	}
	held, streamed := 0, 0 // worksheets are read row by row
	for _, f := range a.files {
		n, err := a.tagsOf(f)
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(f.Name, "xl/worksheets/"):
			streamed += n
		default:
			held += n
		}
		if held > maxTags || streamed > maxSheetTags {
			return tooLarge("the workbook has more cells, texts and styles than can be read in a minute; save the sheet as CSV")
		}
	}
	return nil
}

// tagsOf reads a part to its end and counts its tags.
func (a *archive) tagsOf(f *zip.File) (int, error) {
	src, err := a.source(f)
	if err != nil {
		return 0, err
	}
	r, err := src.open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	var tags tagCounter
	_, err = io.Copy(&tags, r)
	return int(tags), err
}

// A tagCounter counts the tags of the XML that is written to it.
type tagCounter int

func (c *tagCounter) Write(p []byte) (int, error) {
	*c += tagCounter(bytes.Count(p, []byte("<")))
	return len(p), nil
}

// workbook opens the workbook for one use. The library panics on some broken
// files, and a file is no reason to go down.
func (a *archive) workbook(use func(*excelize.File) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: the workbook is broken: %v", ErrFormat, p)
		}
	}()
	book, err := excelize.OpenReader(io.NewSectionReader(a.r, 0, a.size), excelize.Options{UnzipSizeLimit: maxHeld, UnzipXMLSizeLimit: maxHeld})
	if err != nil {
		return fmt.Errorf("%w: the workbook can't be opened: %v", ErrFormat, err)
	}
	defer book.Close()
	return use(book)
}

func (a *archive) tableOf(book *excelize.File, sheet string) (*record.Table, error) {
	sheets := book.GetSheetList()
	name, err := chooseSheet(book, sheets, sheet)
	if err != nil {
		return nil, err
	}
	header, at, err := findHeader(book, name)
	if err != nil {
		return nil, err
	}
	table := &record.Table{Format: XLSX, Header: header}
	others := slices.DeleteFunc(slices.Clone(sheets), func(s string) bool { return s == name })
	if sheet == "" && len(others) > 0 {
		table.Findings = append(table.Findings, record.Finding{Code: "other_sheets",
			Text: fmt.Sprintf("the sheet %q was read; the workbook has others: %s", name, quoted(others))})
	}
	if at > 1 {
		table.Findings = append(table.Findings, record.Finding{Code: "rows_above_header",
			Text: fmt.Sprintf("the names of the columns were found in row %d of the sheet; what is above was left out", at)})
	}
	table.Records = func(yield func(record.Record, error) bool) {
		stopped := false
		err := a.workbook(func(book *excelize.File) error {
			return eachRow(book, name, func(row int, cells []string) error {
				if row <= at || blank(cells) {
					return nil
				}
				if !yield(record.Record{Row: row - at, Values: cells, Fault: faultOf(cells)}, nil) {
					stopped = true
					return errEnough
				}
				return nil
			})
		})
		if err != nil && !stopped {
			yield(record.Record{}, err)
		}
	}
	return table, nil
}

// chooseSheet is the sheet that was asked for, or the first that is not hidden.
func chooseSheet(book *excelize.File, sheets []string, asked string) (string, error) {
	for _, name := range sheets {
		visible, err := book.GetSheetVisible(name)
		if err != nil {
			return "", fmt.Errorf("%w: its sheets can't be read: %v", ErrFormat, err)
		}
		if asked == "" && visible || asked != "" && strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(asked)) {
			return name, nil
		}
	}
	if asked == "" {
		return "", fmt.Errorf("%w: the workbook has no sheet that is not hidden", ErrEmpty)
	}
	return "", fmt.Errorf("%w: the workbook has no sheet %q; it has %s", ErrFormat, asked, quoted(sheets))
}

func quoted(names []string) string {
	const most = 20
	var all []string
	for _, name := range names[:min(most, len(names))] {
		all = append(all, fmt.Sprintf("%q", name))
	}
	return strings.Join(all, ", ")
}

// headerWithin is how many rows of titles and notes may stand above a header.
const headerWithin = 30

// findHeader is the first row that has at least half as many cells as the
// fullest of the first rows, most of them words. A title has one or two.
func findHeader(book *excelize.File, sheet string) (header []string, at int, err error) {
	type row struct {
		number int
		cells  []string
	}
	var first []row
	fullest, rows := 0, 0
	err = eachRow(book, sheet, func(number int, cells []string) error {
		if blank(cells) {
			return nil
		}
		if rows++; rows > headerWithin {
			return errEnough
		}
		first = append(first, row{number, slices.Clone(cells)})
		fullest = max(fullest, filled(cells))
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, 0, err
	}
	for i, r := range first {
		if 2*filled(r.cells) < fullest || 2*numbers(r.cells) > filled(r.cells) {
			continue
		}
		if len(r.cells) > maxColumns {
			return nil, 0, tooLarge("the sheet has %d columns, more than %d", len(r.cells), maxColumns)
		}
		if i == len(first)-1 {
			break
		}
		return trimmed(r.cells), r.number, nil
	}
	return nil, 0, fmt.Errorf("%w: the sheet %q has no row of names with rows below it", ErrEmpty, sheet)
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

func numbers(cells []string) int {
	n := 0
	for _, c := range cells {
		if _, ok := number(c); ok {
			n++
		}
	}
	return n
}

// eachRow visits the rows of a sheet with their numbers, blank ones with it. Cells are
// read twice, as shown and as stored: neither alone has both the zeros of a ZIP
// code and the digits of a position.
func eachRow(book *excelize.File, sheet string, visit func(row int, cells []string) error) error {
	shown, err := book.Rows(sheet)
	if err != nil {
		return fmt.Errorf("%w: the sheet %q can't be read: %v", ErrFormat, sheet, err)
	}
	defer shown.Close()
	stored, err := book.Rows(sheet)
	if err != nil {
		return fmt.Errorf("%w: the sheet %q can't be read: %v", ErrFormat, sheet, err)
	}
	defer stored.Close()
	properties, err := book.GetWorkbookProps()
	if err != nil {
		return fmt.Errorf("%w: the workbook can't be read: %v", ErrFormat, err)
	}
	since1904 := properties.Date1904 != nil && *properties.Date1904
	for row := 1; shown.Next() && stored.Next(); row++ {
		if row > lastRow {
			return tooLarge("the sheet has more than %d rows", lastRow)
		}
		cells, err := shown.Columns()
		raw, err2 := stored.Columns(excelize.Options{RawCellValue: true})
		if err := errors.Join(err, err2); err != nil {
			return fmt.Errorf("%w: row %d of the sheet can't be read: %v", ErrFormat, row, err)
		}
		for i := range min(len(cells), len(raw)) {
			cells[i] = cell(cells[i], raw[i], since1904)
		}
		if err := visit(row, cells); err != nil {
			return err
		}
	}
	return nil
}
