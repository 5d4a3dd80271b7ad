package reader

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"carrypoint/internal/record"
)

// The formats, by the words of Options.Format and of record.Table.Format.
const (
	CSV       = "csv" // and every other text of lines and columns
	XLSX      = "xlsx"
	GeoJSON   = "geojson"
	Esri      = "esri"
	KML       = "kml"
	KMZ       = "kmz"
	Shapefile = "shapefile"
	HSDS      = "hsds"
	JSON      = "json"
	JSONLines = "jsonl"
)

// What Open refuses, by meaning. The text around each says why and what to do.
var (
	ErrFormat    = errors.New("not a list that can be read here")
	ErrTooLarge  = errors.New("larger than a list of sites can be")
	ErrProjected = errors.New("its coordinates are not longitude and latitude on WGS84")
	ErrEmpty     = errors.New("there is no record in it")
)

// Options are for what the bytes do not say by themselves. The zero value is
// right for most files.
type Options struct {
	Format string // one of the words above; empty: by the bytes, then by the name
	Sheet  string // the worksheet of a workbook, or the layer of a zip of several shapefiles
	List   string // the path of the list within a JSON file: "result.sites"
}

// Open makes a table of the bytes of r. It reads them once to know the columns
// and to refuse what is no list, and again for each range over the records, so r
// must stay as it is for as long as the table is used.
func Open(name string, r io.ReaderAt, size int64, o Options) (*record.Table, error) {
	table, err := open(name, r, size, o)
	return table, named(name, err)
}

// OpenFile is Open by a path. A loose .shp is read with the .dbf, .prj and .cpg
// that stand beside it. Whoever is done with the table calls the function.
func OpenFile(path string, o Options) (*record.Table, func() error, error) {
	if strings.EqualFold(filepath.Ext(path), ".shp") {
		return openLooseShapefile(path)
	}
	f, size, err := openRegular(path)
	if err != nil {
		return nil, nil, err
	}
	table, err := Open(filepath.Base(path), f, size, o)
	if err != nil {
		_ = f.Close() // it was only read; the error that matters is err
		return nil, nil, err
	}
	return table, f.Close, nil
}

// openRegular refuses what has no end, or no bytes that can be read twice.
func openRegular(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, fmt.Errorf("%s: %w: it is not a regular file", path, ErrFormat)
	}
	f, err := os.Open(path)
	return f, info.Size(), err
}

func named(name string, err error) error {
	if err == nil || name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

func open(name string, r io.ReaderAt, size int64, o Options) (*record.Table, error) {
	switch {
	case size == 0:
		return nil, fmt.Errorf("%w: the file has no bytes", ErrEmpty)
	case size > MaxBytes:
		return nil, tooLarge("it has %d bytes, more than %d", size, int64(MaxBytes))
	}
	src := bytesOf(r, size)
	head, err := src.head()
	if err != nil {
		return nil, err
	}
	switch {
	case isGzip(head):
		return openGzip(strings.TrimSuffix(name, ".gz"), src, o)
	case isZip(head):
		return openZip(r, size, o)
	}
	return openPlain(name, src, head, o)
}

func openGzip(name string, packed source, o Options) (*record.Table, error) {
	src := gunzip(packed)
	head, err := src.head()
	if err != nil {
		return nil, err
	}
	if isGzip(head) || isZip(head) {
		return nil, fmt.Errorf("%w: it is an archive within an archive; unpack the outer one first", ErrFormat)
	}
	return openPlain(name, src, head, o)
}

// openPlain reads what is no archive.
func openPlain(name string, src source, head []byte, o Options) (*record.Table, error) {
	if err := refuseForeign(head); err != nil {
		return nil, err
	}
	format := o.Format
	if format == "" {
		format = guess(name, head)
	}
	text, err := textOf(src, format)
	if err != nil {
		return nil, err
	}
	table, err := readText(text, format, o)
	if err != nil {
		return nil, err
	}
	if o.Format == "" && len(table.Header) < 2 && format == CSV {
		return nil, fmt.Errorf("%w: it is a text without columns: %q", ErrFormat, clip(table.Header[0], 80))
	}
	table.Findings = append(text.findings, table.Findings...)
	return table, nil
}

func readText(t *text, format string, o Options) (*record.Table, error) {
	switch format {
	case CSV:
		return readCSV(t)
	case GeoJSON:
		return readGeoJSON(t)
	case Esri:
		return readEsri(t)
	case KML:
		return readKML(t, KML)
	case HSDS:
		return readHSDS(t)
	case JSON:
		return readJSON(t, o.List)
	case JSONLines:
		return readLines(t)
	case XLSX, KMZ, Shapefile:
		return nil, fmt.Errorf("%w: it is to be read as %s, which is a zip archive, and it is none", ErrFormat, format)
	}
	return nil, fmt.Errorf("%w: no format is called %q", ErrFormat, format)
}

// openZip reads an archive, which is what several formats are.
func openZip(r io.ReaderAt, size int64, o Options) (*record.Table, error) {
	a, err := readArchive(r, size)
	if err != nil {
		return nil, err
	}
	format := o.Format
	if format == "" {
		if format, err = a.guess(); err != nil {
			return nil, err
		}
	}
	switch format {
	case XLSX:
		return readXLSX(a, o.Sheet)
	case KMZ:
		return readKMZ(a)
	case Shapefile:
		return readZippedShapefile(a, o.Sheet)
	case HSDS:
		return readPackage(a)
	}
	return nil, fmt.Errorf("%w: it is to be read as %q, and it is a zip archive; unpack it first", ErrFormat, format)
}

func tooLarge(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrTooLarge, fmt.Sprintf(format, args...))
}
