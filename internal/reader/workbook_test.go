package reader

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// bookOf makes a workbook: each sheet has a name and rows.
func bookOf(t testing.TB, sheets ...sheetOf) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, s := range sheets {
		if i == 0 {
			check(t, book.SetSheetName("Sheet1", s.name))
		} else if _, err := book.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for k, row := range s.rows {
			at, err := excelize.CoordinatesToCellName(1, k+1)
			check(t, err)
			check(t, book.SetSheetRow(s.name, at, &row))
		}
	}
	return saved(t, book)
}

type sheetOf struct {
	name string
	rows [][]any
}

func saved(t testing.TB, book *excelize.File) []byte {
	t.Helper()
	var out bytes.Buffer
	check(t, book.Write(&out))
	return out.Bytes()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheHeaderOfAWorksheetIsFound(t *testing.T) {
	header := []any{"Name", "Address", " Zip ", "Name"}
	row := []any{"Box 1", "1 Main St", "02134", "x"}
	for _, test := range []struct {
		name string
		rows [][]any
		at   int // the row of the header
		want []int
	}{
		{"in the first row", [][]any{header, row, row}, 1, []int{1, 2}},
		{"under a title", [][]any{{"Sites of Example County"}, {}, header, row}, 3, []int{1}},
		{"under a title and a note", [][]any{{"Sites"}, {"as of", "2026-01-02"}, header, row}, 2, []int{1, 2}},
		{"with a section label beside the first row", [][]any{{"", "Name", "Address", "Zip", "Phone"}, {"Agencies", "Box 1", "1 Main St", "02134", "555-0100"}, {"", "Box 2", "2 Main St"}}, 1, []int{1, 2}},
		{"with blank rows below", [][]any{header, row, {}, {"", " "}, row}, 1, []int{1, 4}},
		{"under a row of numbers", [][]any{{1, 2, 3, 4}, header, row}, 2, []int{1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			table, records := read(t, "", string(bookOf(t, sheetOf{"Sites", test.rows})), Options{})
			var numbers []int
			for _, r := range records {
				numbers = append(numbers, r.Row)
			}
			if !slices.Equal(numbers, test.want) {
				t.Errorf("rows %v, want %v, under %q", numbers, test.want, table.Header)
			}
			if found := slices.Contains(codes(table), "rows_above_header"); found != (test.at > 1) {
				t.Errorf("findings %v", table.Findings)
			}
		})
	}
}

func TestSheetsOfAWorkbook(t *testing.T) {
	data := string(bookOf(t, sheetOf{"Boxes", [][]any{{"name", "city"}, {"A", "x"}}}, sheetOf{"Machines", [][]any{{"name", "city"}, {"B", "x"}, {"C", "x"}}}))
	table, records := read(t, "", data, Options{})
	if len(records) != 1 || len(table.Findings) != 1 || !strings.Contains(table.Findings[0].Text, `"Machines"`) {
		t.Errorf("records %v, findings %v", records, table.Findings)
	}
	table, records = read(t, "", data, Options{Sheet: " machines"})
	if len(records) != 2 || len(table.Findings) != 0 {
		t.Errorf("records %v, findings %v", records, table.Findings)
	}
	if err := refusal("", []byte(data), Options{Sheet: "Vans"}); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), `"Boxes"`) {
		t.Errorf("got %v", err)
	}
	if err := refusal("", bookOf(t, sheetOf{"Empty", nil}), Options{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("got %v", err)
	}
	if err := refusal("", bookOf(t, sheetOf{"Header", [][]any{{"name", "city"}}}), Options{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("got %v", err)
	}
}

func TestAHiddenSheetIsNotTheFirst(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(bookOf(t, sheetOf{"Lists", [][]any{{"x", "y"}, {"1", "2"}}}, sheetOf{"Sites", [][]any{{"name", "city"}, {"A", "x"}}})))
	check(t, err)
	book.SetActiveSheet(1)
	check(t, book.SetSheetVisible("Lists", false))
	if table, _ := read(t, "", string(saved(t, book)), Options{}); table.Column("city") < 0 {
		t.Errorf("header %q", table.Header)
	}
}

// What a person sees in a cell is not always what is stored there.
func TestCells(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	check(t, book.SetSheetRow("Sheet1", "A1", &[]any{"zip", "lat", "rounded", "day", "moment", "time", "phone", "formula", "price", "flag", "text", "big", "kits", "west"}))
	check(t, book.SetSheetRow("Sheet1", "A2", &[]any{2134, 39.70000001234, 41.674239030000002, 46024, 46024.5, 0.375, 5555550123, nil, 12.5, true, "007", 1234567890123, 5, -84.25}))
	check(t, book.SetCellFormula("Sheet1", "H2", "SUM(1,2)"))
	for cell, format := range map[string]string{"A2": "00000", "B2": "0.00", "D2": "m/d/yy", "E2": "m/d/yyyy h:mm", "F2": "h:mm AM/PM", "G2": "(000) 000-0000", "I2": "$#,##0.00", "M2": `0" kits"`, "N2": "0.00;(0.00)"} {
		style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
		check(t, err)
		check(t, book.SetCellStyle("Sheet1", cell, cell, style))
	}
	table, records := read(t, "", string(saved(t, book)), Options{})
	for column, want := range map[string]string{"zip": "02134", "lat": "39.70000001234", "rounded": "41.67423903", "day": "2026-01-02", "moment": "2026-01-02T12:00:00",
		"time": "09:00", "phone": "(555) 555-0123", "formula": "", "price": "$12.50", "west": "-84.25", "flag": "TRUE", "text": "007", "big": "1234567890123", "kits": "5 kits"} {
		if got := value(t, table, records[0], column); got != want {
			t.Errorf("%s is %q, want %q", column, got, want)
		}
	}
}

func TestDaysAreCountedFromWhereTheWorkbookSays(t *testing.T) {
	for _, test := range []struct {
		shown, stored string
		since1904     bool
		want          string
	}{
		{"1/2/26", "46024", false, "2026-01-02"},
		{"1/2/26", "44562", true, "2026-01-02"},
		{"1 1/2", "1.5", false, "1.5"},
		{"1:30 PM", "0.5625", false, "13:30"},
		{"1/2/26", "soon", false, "1/2/26"},
	} {
		if got := cell(test.shown, test.stored, test.since1904); got != test.want {
			t.Errorf("%q, stored as %q, is read as %q, want %q", test.shown, test.stored, got, test.want)
		}
	}
}

func TestADamagedWorkbookIsRefusedAndNotShortened(t *testing.T) {
	good := bookOf(t, sheetOf{"Sites", [][]any{{"name", "city"}, {"A", "x"}, {"B", "y"}}})
	refused := 0
	for i := 0; i < len(good); i += 37 {
		bad := bytes.Clone(good)
		bad[i] ^= 0x5a
		table, err := Open("", bytes.NewReader(bad), int64(len(bad)), Options{})
		if err != nil {
			refused++
			continue
		}
		n := 0
		for _, err := range table.Records {
			if err != nil {
				n = 2
				break
			}
			n++
		}
		if n != 2 {
			t.Errorf("with byte %d changed there are %d records and no error", i, n)
		}
	}
	if refused == 0 {
		t.Error("no damage was found")
	}
}

func TestARowFarDownDoesNotHang(t *testing.T) {
	data := bookOf(t, sheetOf{"Sites", [][]any{{"name", "city"}, {"A", "x"}}})
	far := rezip(t, data, func(name, content string) string {
		if name == "xl/worksheets/sheet1.xml" {
			return strings.Replace(content, `<row r="2"`, `<row r="2000000000"`, 1)
		}
		return content
	})
	if err := refusal("", far, Options{}); !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrFormat) {
		t.Errorf("got %v", err)
	}
}
