package reader

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// A dbf is the table of a shapefile, read row by row.
type dbf struct {
	in     io.Reader
	fields []dbfField
	row    []byte
	left   int
	coding dbfCoding
}

type dbfField struct {
	column string // the name, and where it repeats its place
	kind   byte
	length int
}

const (
	dbfHeader     = 32
	dbfFieldBytes = 32
	dbfDeleted    = '*'
)

func newBuffered(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, headBytes) }

func newDBF(r io.Reader, coding dbfCoding) (*dbf, error) {
	in := newBuffered(r)
	var header [dbfHeader]byte
	if _, err := io.ReadFull(in, header[:]); err != nil {
		return nil, dbfShort(err)
	}
	d := &dbf{in: in, coding: coding, left: int(binary.LittleEndian.Uint32(header[4:]))}
	headerBytes := int(binary.LittleEndian.Uint16(header[8:]))
	d.row = make([]byte, binary.LittleEndian.Uint16(header[10:]))
	if headerBytes < dbfHeader || len(d.row) == 0 {
		return nil, fmt.Errorf("%w: the .dbf part is damaged", ErrFormat)
	}
	described := make([]byte, headerBytes-dbfHeader)
	if _, err := io.ReadFull(in, described); err != nil {
		return nil, dbfShort(err)
	}
	used := 1 // the mark of a deleted row
	for len(described) >= dbfFieldBytes && described[0] != '\r' {
		f := dbfField{kind: described[11], length: int(described[16])}
		name, _, _ := strings.Cut(string(described[:11]), "\x00")
		f.column = strconv.Itoa(len(d.fields)) + "\x00" + coding.text(name)
		used += f.length
		d.fields = append(d.fields, f)
		described = described[dbfFieldBytes:]
	}
	if used > len(d.row) {
		return nil, fmt.Errorf("%w: the .dbf part is damaged: its columns are wider than its rows", ErrFormat)
	}
	return d, nil
}

// dbfTitle is the name of a column without its place.
func dbfTitle(column string) string {
	_, name, _ := strings.Cut(column, "\x00")
	return name
}

func dbfShort(err error) error {
	return fmt.Errorf("%w: the .dbf part is cut short: %v", ErrFormat, err)
}

// next reads a row. The error is io.EOF after the last.
func (d *dbf) next(it *item) (deleted bool, err error) {
	if d.left == 0 {
		return false, io.EOF
	}
	d.left--
	if _, err := io.ReadFull(d.in, d.row); err != nil {
		return false, dbfShort(err)
	}
	at := 1
	for _, f := range d.fields {
		it.set(f.column, d.value(f, d.row[at:at+f.length]))
		at += f.length
	}
	return d.row[0] == dbfDeleted, nil
}

// value is a value as it is written: a number keeps its zeros, and what is no
// number stays as well. Only a date gets the form of dates.
func (d *dbf) value(f dbfField, raw []byte) string {
	text := strings.Trim(string(raw), " \x00")
	switch f.kind {
	case 'D':
		if len(text) == 8 && digits(text) == text && text != "00000000" {
			return text[:4] + "-" + text[4:6] + "-" + text[6:]
		}
	case 'I', 'B', 'O', 'T', '@', '+', 'Y':
		return "" // binary kinds, which shapefiles do not have
	}
	return d.coding.text(text)
}

// A dbfCoding is how the letters of a table are coded.
type dbfCoding struct {
	encoding encoding.Encoding // nil: UTF-8
}

func (c dbfCoding) text(raw string) string {
	if c.encoding == nil {
		return strings.ToValidUTF8(raw, "\ufffd")
	}
	decoded, err := c.encoding.NewDecoder().String(raw)
	if err != nil {
		return strings.ToValidUTF8(raw, "\ufffd")
	}
	return decoded
}

// coding is what the .cpg says. Without one it is Windows-1252, unless every byte
// of the table makes sense as UTF-8.
func (l *layer) coding() (dbfCoding, error) {
	if l.codepage != "" {
		return codingOf(l.codepage)
	}
	in, err := l.table.open()
	if err != nil {
		return dbfCoding{}, err
	}
	defer in.Close()
	rows, err := newDBF(in, dbfCoding{})
	if err != nil {
		return dbfCoding{}, err
	}
	for {
		if _, err := io.ReadFull(rows.in, rows.row); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return dbfCoding{}, nil // the walk says so if it is cut short
			}
			return dbfCoding{}, err
		}
		if !utf8.Valid(rows.row) {
			return dbfCoding{charmap.Windows1252}, nil
		}
	}
}

// codingOf knows the ways in which a .cpg names a coding: "UTF-8", "1252", "ANSI 1252", "ISO 88591".
func codingOf(codepage string) (dbfCoding, error) {
	name := strings.ToLower(strings.NewReplacer(" ", "", "-", "", "_", "").Replace(codepage))
	name = strings.TrimPrefix(strings.TrimPrefix(name, "ansi"), "cp")
	switch name {
	case "utf8", "65001":
		return dbfCoding{}, nil
	case "1252", "windows1252", "iso88591", "88591", "latin1", "":
		return dbfCoding{charmap.Windows1252}, nil
	case "437", "ibm437":
		return dbfCoding{charmap.CodePage437}, nil
	case "850", "ibm850":
		return dbfCoding{charmap.CodePage850}, nil
	}
	for _, spelling := range []string{codepage, "windows-" + name} {
		if known, err := htmlindex.Get(strings.TrimSpace(spelling)); err == nil {
			return dbfCoding{known}, nil
		}
	}
	return dbfCoding{}, fmt.Errorf("%w: the .cpg part names a coding that is not known: %q", ErrFormat, clip(codepage, 40))
}
