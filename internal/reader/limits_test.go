package reader

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// rezip changes the files of an archive.
func rezip(t testing.TB, data []byte, change func(name, content string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	check(t, err)
	var files []string
	for _, f := range in.File {
		r, err := f.Open()
		check(t, err)
		content, err := io.ReadAll(r)
		check(t, err)
		files = append(files, f.Name, change(f.Name, string(content)))
	}
	return archiveOf(t, files...)
}

// A repeated is one byte n times.
type repeated struct {
	n int64
	c byte
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(int64(len(p)), r.n)], bytes.Repeat([]byte{r.c}, len(p)))
	r.n -= int64(n)
	return n, nil
}

func gzipBomb(t testing.TB, n int64) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := io.WriteString(w, "name,city\n")
	check(t, err)
	_, err = io.Copy(w, &repeated{n, 'a'})
	check(t, err)
	check(t, w.Close())
	return out.Bytes()
}

// zipBomb is an archive with one file that is much larger than it looks.
func zipBomb(t testing.TB, base []byte, name string, n int64) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	if base != nil {
		in, err := zip.NewReader(bytes.NewReader(base), int64(len(base)))
		check(t, err)
		for _, f := range in.File {
			if f.Name != name {
				check(t, w.Copy(f))
			}
		}
	}
	f, err := w.Create(name)
	check(t, err)
	_, err = io.Copy(f, &repeated{n, ' '})
	check(t, err)
	check(t, w.Close())
	return out.Bytes()
}

// liar changes the size that a zip claims for its last file.
func liar(data []byte, size uint32) []byte {
	data = bytes.Clone(data)
	i := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[i+24:], size)
	return data
}

func millionEntries(claimed uint16) []byte {
	var out bytes.Buffer
	out.WriteString("PK\x03\x04")
	out.Write(make([]byte, 26))
	start := out.Len()
	const name = "sites.csv"
	entry := make([]byte, 46)
	copy(entry, "PK\x01\x02")
	binary.LittleEndian.PutUint16(entry[28:], uint16(len(name)))
	out.Write(bytes.Repeat(append(entry, name...), 1_000_000))
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	binary.LittleEndian.PutUint16(end[8:], claimed)
	binary.LittleEndian.PutUint16(end[10:], claimed)
	binary.LittleEndian.PutUint32(end[12:], uint32(out.Len()-start))
	binary.LittleEndian.PutUint32(end[16:], uint32(start))
	out.Write(end)
	return out.Bytes()
}

func TestBombsAreRefusedQuicklyAndWithLittleMemory(t *testing.T) {
	const enough = ratioFloor + 4<<20
	const quickly = 20 * time.Second // milliseconds on a machine that does nothing else
	book := bookOf(t, sheetOf{"Sites", [][]any{{"name", "city"}, {"A", "x"}}})
	for _, test := range []struct {
		name string
		data []byte
		o    Options
	}{
		{"a gzip bomb", gzipBomb(t, enough), Options{}},
		{"a KMZ bomb", zipBomb(t, nil, "doc.kml", enough), Options{}},
		{"an XLSX bomb in the sheet", zipBomb(t, book, "xl/worksheets/sheet1.xml", enough), Options{}},
		{"an XLSX bomb in the texts", zipBomb(t, book, "xl/sharedStrings.xml", enough), Options{}},
		{"an XLSX bomb in a part that nobody reads", zipBomb(t, book, "xl/media/picture.png", enough), Options{}},
		{"an HSDS bomb", zipBomb(t, nil, "services.csv", enough), Options{}},
		{"a shapefile bomb", zipBomb(t, archiveOf(t, "a.shp", shp(shapeOf(shpPoint, 1, 2))), "a.dbf", enough), Options{}},
		{"a projection that goes on for ever", zipBomb(t, archiveOf(t, "a.shp", shp(shapeOf(shpPoint, 1, 2)), "a.dbf", dbfOf(twoFields, "A|1")), "a.prj", 10<<20), Options{}},
		{"a zip of a million files", millionEntries(65_535), Options{}},
		{"a zip of a million files that hides them", millionEntries(1_000_000 % 65_536), Options{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			began := time.Now()
			var err error
			taken := allocatedBy(func() { err = refusal("", test.data, test.o) })
			if !errors.Is(err, ErrTooLarge) {
				t.Errorf("got %v", err)
			}
			if took := time.Since(began); took > quickly || taken > 48<<20 {
				t.Errorf("%d KiB took %s and %d MiB", len(test.data)>>10, took, taken>>20)
			}
			t.Logf("%d KiB refused in %s with %d MiB: %v", len(test.data)>>10, time.Since(began).Round(time.Millisecond), taken>>20, err)
		})
	}
}

func TestAWorkbookThatMakesTheLibraryWorkForEverIsRefused(t *testing.T) {
	book := bookOf(t, sheetOf{"Sites", [][]any{{"name", "city"}, {"A", "x"}}})
	bad := rezip(t, book, func(name, content string) string {
		if name == "xl/sharedStrings.xml" {
			return strings.Replace(content, "</sst>", strings.Repeat("<si/>", maxTags)+"</sst>", 1)
		}
		return content
	})
	if err := refusal("", bad, Options{}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
	if err := refusal("", liar(zipBomb(t, book, "xl/media/picture.png", 1<<20), maxHeld), Options{}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("more than may be held: got %v", err)
	}
}

func TestAnArchiveThatLiesAboutItsSizesIsRefused(t *testing.T) {
	bomb := liar(zipBomb(t, nil, "doc.kml", 32<<20), 1000)
	if err := refusal("", bomb, Options{}); !errors.Is(err, ErrFormat) {
		t.Errorf("got %v", err)
	}
}

func TestAGoodGzipFileIsRead(t *testing.T) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(generatedCSV(1000))
	check(t, err)
	check(t, w.Close())
	if table, records := read(t, "list.csv.gz", out.String(), Options{}); table.Format != CSV || len(records) != 1000 {
		t.Errorf("%s with %d records", table.Format, len(records))
	}
	if err := refusal("", out.Bytes()[:out.Len()-20], Options{}); !errors.Is(err, ErrFormat) {
		t.Errorf("cut short: %v", err)
	}
}

func TestWhatIsNoListIsRefusedInWords(t *testing.T) {
	page := "<!DOCTYPE html>\n<html><head><title>Sign in\n - Example</title></head><body><form><input type=\"password\"></form></body></html>"
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, err := w.Write(archiveOf(t, "a.csv", "name,city\nA,x\n"))
	check(t, err)
	check(t, w.Close())
	for _, test := range []struct {
		name, file, data, says string
		o                      Options
		want                   error
	}{
		{name: "no bytes", want: ErrEmpty},
		{name: "blanks", data: " \n\n ", want: ErrEmpty},
		{name: "a byte order mark", data: "\ufeff", want: ErrEmpty},
		{name: "names of columns only", data: "name,city\n", want: ErrEmpty},
		{name: "a login page", file: "list.csv", data: page, want: ErrFormat, says: `a web page that asks for a password ("Sign in - Example")`},
		{name: "an error page that is taken for CSV", data: "<html><head><title>502 Bad Gateway</title></head>", o: Options{Format: CSV}, want: ErrFormat, says: "502 Bad Gateway"},
		{name: "a web page in XML", data: `<?xml version="1.0"?><!DOCTYPE html><html xmlns="x"><body/></html>`, want: ErrFormat, says: "a web page"},
		{name: "a web page in UTF-16", data: utf16Text("<html><body>No</body></html>", false), want: ErrFormat, says: "a web page"},
		{name: "XML of another kind", data: `<?xml version="1.0"?><rss><channel/></rss>`, want: ErrFormat, says: "XML"},
		{name: "a PDF document", data: "%PDF-1.7\n...", want: ErrFormat, says: "PDF"},
		{name: "an old workbook", data: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 100), want: ErrFormat, says: "old Excel"},
		{name: "a picture", data: "\x89PNG\r\n\x1a\n", want: ErrFormat, says: "a picture"},
		{name: "UTF-16 without a mark", data: strings.TrimPrefix(utf16Text("name,city\nA,x\n", false), "\xff\xfe"), want: ErrFormat, says: "UTF-8"},
		{name: "noughts", data: strings.Repeat("\x00", 100), want: ErrFormat},
		{name: "a damaged archive", data: "PK\x03\x04\x00\x01", want: ErrFormat, says: "archive"},
		{name: "an archive of something else", data: string(archiveOf(t, "read.me", "x")), want: ErrFormat, says: `"read.me"`},
		{name: "an archive within an archive", data: string(archiveOf(t, "sites.zip", string(archiveOf(t, "doc.kml", kml(""))))), want: ErrFormat, says: `"sites.zip"`},
		{name: "an archive in gzip", data: zipped.String(), want: ErrFormat, says: "archive within an archive"},
		{name: "an archive of nothing", data: "PK\x05\x06" + strings.Repeat("\x00", 18), want: ErrEmpty},
		{name: "an archive that is taken for CSV", data: string(archiveOf(t, "doc.kml", kml(""))), o: Options{Format: CSV}, want: ErrFormat},
		{name: "CSV that is taken for a workbook", data: "name,city\nA,x\n", o: Options{Format: XLSX}, want: ErrFormat, says: "zip"},
		{name: "a format that there is not", data: "name,city\nA,x\n", o: Options{Format: "dbase"}, want: ErrFormat, says: "dbase"},
		{name: "a text without columns", data: "Access denied\nRequest 123\n", want: ErrFormat, says: "Access denied"},
		{name: "too many columns", data: strings.Repeat("a,", maxColumns+1) + "\n1,2\n", want: ErrFormat, says: "columns"},
		{name: "a header in pieces", data: "\"id,name\n1,2\n", want: ErrFormat, says: "quote"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := refusal(test.file, []byte(test.data), test.o); !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %v that says %q", err, test.want, test.says)
			}
		})
	}
	if _, err := Open("", bytes.NewReader(nil), MaxBytes+1, Options{}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a file above the limit: %v", err)
	}
}

func TestFilesThatAreNone(t *testing.T) {
	if _, _, err := OpenFile(t.TempDir(), Options{}); !errors.Is(err, ErrFormat) {
		t.Errorf("a folder: %v", err)
	}
	for _, name := range []string{"no-such-file.csv", "no-such-file.shp"} {
		if _, _, err := OpenFile(name, Options{}); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
