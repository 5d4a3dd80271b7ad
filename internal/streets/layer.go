package streets

import (
	"archive/zip"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/twpayne/go-shapefile"
)

// Bounds on a shapefile. The largest county has a tenth of these.
const (
	maxEntries     = 10_000  // in a zip: every county of a state with ten files each
	maxPartBytes   = 2 << 30 // the formats' own limit
	maxRecords     = 5_000_000
	maxShapeBytes  = 1 << 20 // a line of 65,000 points
	maxRowBytes    = 16 << 10
	maxHeaderBytes = 16 << 10
	maxCharset     = 32
)

// A part is one of the files that make a shapefile.
type part struct {
	open func() (io.ReadCloser, error)
	size int64
}

// A layer is a shapefile: its lines, its rows, and the name of the rows' character set.
type layer struct{ shp, dbf, cpg part }

// An openLayer is one that is being read.
type openLayer struct {
	shp     *shapefile.ScannerSHP
	dbf     *shapefile.ScannerDBF
	records int
}

// zippedCounties finds the counties in a zip file: the Census has one in each, a folder may have been zipped whole.
func zippedCounties(file string) ([]input, error) {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
	}
	defer func() { _ = archive.Close() }() // it was only read
	if len(archive.File) > maxEntries {
		return nil, fmt.Errorf("%s holds %d files; %d are the most that are read", filepath.Base(file), len(archive.File), maxEntries)
	}
	var all []input
	for i, entry := range archive.File {
		if !strings.EqualFold(path.Ext(entry.Name), ".shp") || strings.HasPrefix(entry.Name, "__MACOSX/") {
			continue
		}
		in, err := zippedCounty(file, archive.File, i)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
		}
		all = append(all, in)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s holds no .shp file", filepath.Base(file))
	}
	return all, nil
}

// zippedCounty finds the files beside the .shp at a place of a zip.
func zippedCounty(file string, entries []*zip.File, shp int) (input, error) {
	name := entries[shp].Name
	c, err := countyOf(name)
	if err != nil {
		return input{}, err
	}
	base := strings.TrimSuffix(name, path.Ext(name))
	at := map[string]int{".shp": shp}
	for i, entry := range entries {
		if ext := path.Ext(entry.Name); strings.TrimSuffix(entry.Name, ext) == base {
			at[strings.ToLower(ext)] = i
		}
	}
	for ext, i := range at {
		if entries[i].UncompressedSize64 > maxPartBytes {
			return input{}, fmt.Errorf("the %s file is larger than %d bytes", ext, int64(maxPartBytes))
		}
	}
	if _, ok := at[".dbf"]; !ok {
		return input{}, fmt.Errorf("it holds %s and no .dbf beside it", name)
	}
	return countyInput(c, filepath.Base(file), func() (layer, io.Closer, error) {
		archive, err := zip.OpenReader(file)
		if err != nil {
			return layer{}, nil, err
		}
		if len(archive.File) != len(entries) {
			return layer{}, nil, errors.Join(errors.New("the file was changed while it was read"), archive.Close())
		}
		entry := func(ext string) part {
			i, ok := at[ext]
			if !ok {
				return part{}
			}
			return part{archive.File[i].Open, int64(archive.File[i].UncompressedSize64)}
		}
		return layer{shp: entry(".shp"), dbf: entry(".dbf"), cpg: entry(".cpg")}, archive, nil
	}), nil
}

// countyBeside is the county of a .shp that is not zipped, with its .dbf beside it.
func countyBeside(file string) ([]input, error) {
	c, err := countyOf(filepath.ToSlash(file))
	if err != nil {
		return nil, err
	}
	base := strings.TrimSuffix(file, filepath.Ext(file))
	beside := func(ext string) (part, error) {
		info, err := os.Stat(base + ext)
		if err != nil {
			return part{}, err
		}
		if info.Size() > maxPartBytes {
			return part{}, fmt.Errorf("%s is larger than %d bytes", base+ext, int64(maxPartBytes))
		}
		return part{func() (io.ReadCloser, error) { return os.Open(base + ext) }, info.Size()}, nil
	}
	var l layer
	var errs [2]error
	l.shp, errs[0] = beside(filepath.Ext(file))
	l.dbf, errs[1] = beside(".dbf")
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	if cpg, err := beside(".cpg"); err == nil {
		l.cpg = cpg
	}
	return []input{countyInput(c, filepath.Base(file), func() (layer, io.Closer, error) { return l, io.NopCloser(nil), nil })}, nil
}

// countyInput is the source of a county, whose layer is opened when its turn comes.
func countyInput(c county, name string, open func() (layer, io.Closer, error)) input {
	return input{source: "tiger/" + c.fips, name: name, read: func(ctx context.Context, into *collection, o ImportOptions, share func(float64)) error {
		l, closer, err := open()
		if err != nil {
			return err
		}
		defer func() { _ = closer.Close() }() // it was only read
		t := tigerReader{county: c, into: into, townOf: o.TownOf}
		return l.read(func(l openLayer) error { return t.read(ctx, l, share) })
	}}
}

// read opens the files of a layer for f.
func (l layer) read(f func(openLayer) error) error {
	charset, err := l.charset()
	if err != nil {
		return err
	}
	shp, err := l.shp.open()
	if err != nil {
		return err
	}
	defer func() { _ = shp.Close() }() // it was only read
	dbf, err := l.dbf.open()
	if err != nil {
		return err
	}
	defer func() { _ = dbf.Close() }()
	opened, err := scan(shp, l.shp.size, dbf, charset)
	if err != nil {
		return err
	}
	return f(opened)
}

// scan begins to read lines and rows. The library's panics on damaged files are errors.
func scan(shp io.Reader, size int64, dbf io.Reader, charset string) (l openLayer, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the shapefile is damaged: %v", r)
		}
	}()
	rows := bufio.NewReader(io.LimitReader(dbf, maxPartBytes))
	header, err := rows.Peek(dbfHeader)
	if err != nil {
		return l, fmt.Errorf("the header of the .dbf: %w", err)
	}
	options := &shapefile.ReadDBFOptions{
		MaxHeaderSize: maxHeaderBytes, MaxRecordSize: maxRowBytes, MaxRecords: maxRecords, SkipBrokenFields: true, Charset: charset,
	}
	parsed, err := shapefile.ParseDBFHeader(header, options)
	if err != nil {
		return l, fmt.Errorf("the header of the .dbf: %w", err)
	}
	l.records = parsed.Records
	if l.dbf, err = shapefile.NewScannerDBF(io.NopCloser(rows), options); err != nil {
		return l, fmt.Errorf("the header of the .dbf: %w", err)
	}
	lines := io.NopCloser(io.LimitReader(shp, maxPartBytes))
	if l.shp, err = shapefile.NewScannerSHP(lines, size, &shapefile.ReadSHPOptions{MaxRecordSize: maxShapeBytes}); err != nil {
		return l, fmt.Errorf("the header of the .shp: %w", err)
	}
	return l, nil
}

// dbfHeader is the length of the fixed part of a .dbf's header.
const dbfHeader = 32

// charset is what the .cpg says. Without one, or with one that nobody knows, the rows are Latin-1, as they were
// before 2015.
func (l layer) charset() (string, error) {
	if l.cpg.open == nil {
		return "", nil
	}
	f, err := l.cpg.open()
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(f, maxCharset))
	if strings.EqualFold(strings.TrimSpace(string(text)), "UTF-8") {
		return "UTF-8", errors.Join(err, f.Close())
	}
	return "", errors.Join(err, f.Close())
}
