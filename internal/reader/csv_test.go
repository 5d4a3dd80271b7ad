package reader

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"carrypoint/internal/record"
)

func rowsOf(records []record.Record) [][]string {
	var rows [][]string
	for _, r := range records {
		rows = append(rows, r.Values)
	}
	return rows
}

func utf16Text(text string, big bool) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		if big {
			out = append(out, byte(unit>>8), byte(unit))
		} else {
			out = append(out, byte(unit), byte(unit>>8))
		}
	}
	return string(out)
}

func TestCSVOfEveryKind(t *testing.T) {
	want := [][]string{{"Café Example", "1 Main St, Rear"}, {"Box 2", "2 Main St"}}
	for _, test := range []struct {
		name, data string
		findings   []string
	}{
		{"commas", "name,address\nCafé Example,\"1 Main St, Rear\"\nBox 2,2 Main St\n", nil},
		{"no line end at the end", "name,address\nCafé Example,\"1 Main St, Rear\"\nBox 2,2 Main St", nil},
		{"semicolons", "name;address\nCafé Example;1 Main St, Rear\nBox 2;2 Main St\n", nil},
		{"tabs", "name\taddress\nCafé Example\t1 Main St, Rear\nBox 2\t2 Main St\n", nil},
		{"bars", "name|address\nCafé Example|1 Main St, Rear\nBox 2|2 Main St\n", nil},
		{"Windows line ends", "name,address\r\nCafé Example,\"1 Main St, Rear\"\r\nBox 2,2 Main St\r\n", nil},
		{"old Mac line ends", "name,address\rCafé Example,\"1 Main St, Rear\"\rBox 2,2 Main St\r", nil},
		{"line ends of several kinds", "name,address\nCafé Example,\"1 Main St, Rear\"\rBox 2,2 Main St\r\n", nil},
		{"blank lines", "\n\nname,address\n\nCafé Example,\"1 Main St, Rear\"\n,\n \nBox 2,2 Main St\n\n", nil},
		{"a byte order mark", "\ufeffname,address\nCafé Example,\"1 Main St, Rear\"\nBox 2,2 Main St\n", nil},
		{"UTF-16, little end first", utf16Text("name,address\nCafé Example,\"1 Main St, Rear\"\nBox 2,2 Main St\n", false), nil},
		{"UTF-16, big end first", utf16Text("name,address\r\nCafé Example,\"1 Main St, Rear\"\r\nBox 2,2 Main St", true), nil},
		{"Windows-1252", "name,address\nCaf\xe9 Example,\"1 Main St, Rear\"\nBox 2,2 Main St\n", []string{"decoded_windows_1252"}},
		{"NUL bytes", "name,address\nCafé Exa\x00mple,\"1 Main St, Rear\"\nBox 2,2 Main St\n", []string{"nul_bytes_dropped"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			table, records := read(t, "list.csv", test.data, Options{})
			if diff := cmp.Diff(want, rowsOf(records)); diff != "" {
				t.Error(diff)
			}
			if !slices.Equal(table.Header, []string{"name", "address"}) || !slices.Equal(codes(table), test.findings) {
				t.Errorf("header %q, findings %v", table.Header, table.Findings)
			}
		})
	}
}

func TestTheCodingIsDecidedOnTheWholeFile(t *testing.T) {
	far := "name,city\n" + strings.Repeat("Box,Exampletown\n", 20_000) + "Caf\xe9,Exampletown\n"
	table, records := read(t, "list.csv", far, Options{})
	if last := records[len(records)-1]; last.Values[0] != "Café" || !slices.Contains(codes(table), "decoded_windows_1252") {
		t.Errorf("got %q, findings %v", last.Values, table.Findings)
	}
	// A character of two bytes on each side of every boundary of a buffer.
	for shift := range 4 {
		good := "name,city\n" + strings.Repeat("x", shift) + strings.Repeat("é€𝄞", 100_000/9) + ",b\n" + strings.Repeat("é,c\n", 50_000)
		if table, _ := read(t, "list.csv", good, Options{}); len(table.Findings) > 0 {
			t.Errorf("good UTF-8 moved by %d: %v", shift, table.Findings)
		}
	}
}

func TestAHeaderKeepsItsPlaces(t *testing.T) {
	table, records := read(t, "list.csv", " name , ,Supplier,name,Supplier \nA,1,S1,B,S2\nshort\nlong,1,2,3,4,5\n", Options{})
	if !slices.Equal(table.Header, []string{"name", "", "Supplier", "name", "Supplier"}) {
		t.Errorf("header %q", table.Header)
	}
	if table.Column("supplier") != 2 || records[0].Values[4] != "S2" || len(records[1].Values) != 1 || len(records[2].Values) != 6 {
		t.Errorf("records %v", records)
	}
}

func TestABrokenQuoteIsTheFaultOfOneRow(t *testing.T) {
	for _, test := range []struct {
		name, rows string
		good       []string // the first values of the rows that can be read
		bad        int
	}{
		{"text after a closing quote", "a,\"Best\" Box,1\nb,2,3\n", []string{"b"}, 1},
		{"a quote that is never closed", "a,\"open,1\nb,2,3\nc,2,3\n", []string{"b", "c"}, 1},
		{"a quote that meets another one", "a,\"open,1\nb,\"2\",3\nc,2,3\n", []string{"b", "c"}, 1},
		{"a quote at the end of the file", "b,2,3\na,2,\"", []string{"b"}, 1},
		{"a quote within a word is a letter", "a,5\" pipe,1\nb,2,3\n", []string{"a", "b"}, 0},
		{"a quoted field of two lines", "a,\"one\ntwo\",1\nb,2,3\n", []string{"a", "b"}, 0},
		{"doubled quotes", "a,\"the \"\"Box\"\"\",1\nb,2,3\n", []string{"a", "b"}, 0},
		{"in a file of carriage returns", "a,\"open,1\rb,\"2\",3\rc,2,3\r", []string{"b", "c"}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			end := "\n"
			if strings.Contains(test.rows, "\r") {
				end = "\r"
			}
			_, records := read(t, "list.csv", "x,y,z"+end+test.rows, Options{})
			var good []string
			bad := 0
			for _, r := range records {
				if r.Fault != "" {
					bad++
				} else {
					good = append(good, r.Values[0])
				}
			}
			if !slices.Equal(good, test.good) || bad != test.bad {
				t.Errorf("good %q, %d bad: %v", good, bad, records)
			}
		})
	}
}

func TestRowsAreNumberedAsInASpreadsheet(t *testing.T) {
	_, records := read(t, "list.csv", "a,b\n1,2\n\n,\n\"x\ny\",4\n5,\"6\" 7\n8,9\n", Options{})
	var numbers []int
	for _, r := range records {
		numbers = append(numbers, r.Row)
	}
	if !slices.Equal(numbers, []int{1, 4, 5, 6}) {
		t.Errorf("rows %v", numbers)
	}
}

func TestWhatIsLongerThanARowIsAFault(t *testing.T) {
	for name, row := range map[string]string{
		"a field":               "a," + strings.Repeat("x", maxFieldBytes+1),
		"a quoted field":        "a,\"" + strings.Repeat("x", maxFieldBytes+1) + "\"",
		"a line":                "a," + strings.Repeat("x", 3*maxRowBytes),
		"a quoted line":         "a,\"" + strings.Repeat("x", 3*maxRowBytes) + "\"",
		"lines within quotes":   "a,\"" + strings.Repeat("one of many lines\n", maxRowBytes/10) + "\"",
		"a field after a quote": "\"a\n\"," + strings.Repeat("x", 3*maxRowBytes),
		"columns":               "a" + strings.Repeat(",", maxColumns),
	} {
		t.Run(name, func(t *testing.T) {
			_, records := read(t, "list.csv", "name,notes\nfirst,1\n"+row+"\nlast,2\n", Options{})
			if records[1].Fault == "" || records[len(records)-1].Values[0] != "last" || records[len(records)-1].Fault != "" {
				t.Errorf("%d records; the second has the fault %q", len(records), records[1].Fault)
			}
		})
	}
}

// A row that is given up is looked at again line by line. That must not multiply.
func TestAFileOfNothingButQuotesTakesNoLonger(t *testing.T) {
	for _, line := range []string{"\"\"\"a\n", "\"a\n", "a,\"\n", "\"\"\"\"x\n\"a\n"} {
		data := "name,notes\n" + strings.Repeat(line, 1<<20/len(line))
		began := time.Now()
		if err := refusal("list.csv", []byte(data), Options{Format: CSV}); err != nil {
			t.Errorf("%q: %v", line, err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%q: 1 MiB took %s", line, took)
		}
	}
}

// What encoding/csv writes is read as it was, in pieces of any size.
func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.StringOf(rapid.RuneFrom([]rune("ab é\",;\n'|\t"))) // not \r: the writer of encoding/csv makes \n of it
		width := rapid.IntRange(2, 5).Draw(t, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(field, width, width), 1, 20).Draw(t, "rows")
		comma := rapid.SampledFrom([]rune(separators)).Draw(t, "separator")
		ends := rapid.Bool().Draw(t, "CRLF")
		var data bytes.Buffer
		w := csv.NewWriter(&data)
		w.Comma, w.UseCRLF = comma, ends
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		piece := rapid.IntRange(1, 7).Draw(t, "piece")
		s := newSplitter(pieces{&data, piece}, byte(comma), '\n')
		for i, row := range rows {
			if ends {
				for k := range row {
					row[k] = strings.ReplaceAll(row[k], "\n", "\r\n") // as the writer does
				}
			}
			got, fault, err := s.next()
			if err != nil || fault != "" || !slices.Equal(got, row) {
				t.Fatalf("row %d: got %q %q %v, want %q", i, got, fault, err, row)
			}
		}
		if _, _, err := s.next(); err != io.EOF {
			t.Fatalf("after the last row: %v", err)
		}
	})
}

// pieces gives few bytes at a time.
type pieces struct {
	r    io.Reader
	size int
}

func (p pieces) Read(b []byte) (int, error) { return p.r.Read(b[:min(p.size, len(b))]) }

func TestALongCSVTakesNoMoreMemoryThanAShortOne(t *testing.T) {
	data := newLoop(200_000)
	table, err := Open("list.csv", data, data.size(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	peak := peakDuring(func() {
		for r, err := range table.Records {
			if err != nil || r.Fault != "" {
				t.Fatal(err, r.Fault)
			}
			n++
		}
	})
	if n != 200_000 || peak > 8<<20 {
		t.Errorf("%d records, %d MiB above what was in use before", n, peak>>20)
	}
}

// A loop is a long CSV file that takes no memory: a thousand rows again and again.
type loop struct {
	header, block []byte
	times         int
}

func newLoop(rows int) loop {
	data := generatedCSV(1000)
	end := bytes.IndexByte(data, '\n') + 1
	return loop{data[:end], data[end:], rows / 1000}
}

func (l loop) size() int64 { return int64(len(l.header) + len(l.block)*l.times) }

func (l loop) ReadAt(p []byte, at int64) (int, error) {
	read := 0
	for read < len(p) {
		if at >= l.size() {
			return read, io.EOF
		}
		piece := l.header
		from := at
		if from >= int64(len(l.header)) {
			piece, from = l.block, (from-int64(len(l.header)))%int64(len(l.block))
		}
		n := copy(p[read:], piece[from:])
		read, at = read+n, at+int64(n)
	}
	return read, nil
}

func generatedCSV(rows int) []byte {
	var data bytes.Buffer
	data.WriteString("id,name,address,city,state,zip,phone,hours,lat,lon\n")
	for i := range rows {
		fmt.Fprintf(&data, "%d,Example Box %d,\"%d Main St, Suite %d\",Exampletown,OH,45%03d,555-555-01%02d,Mon-Fri 9am-5pm,39.%06d,-84.%06d\n",
			i, i, i%9000, i%40, i%1000, i%100, i%1_000_000, i%1_000_000)
	}
	return data.Bytes()
}
