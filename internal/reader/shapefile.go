package reader

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"carrypoint/internal/record"
)

// A layer is the parts of one shapefile.
type layer struct {
	shapes     source // .shp
	table      source // .dbf
	projection string // the text of the .prj; empty without one
	codepage   string // the text of the .cpg; empty without one
}

// smallPart is far above any .prj or .cpg.
const smallPart = 64 << 10

// readZippedShapefile reads the layer of a name, or the first.
func readZippedShapefile(a *archive, name string) (*record.Table, error) {
	shapes := a.withExtension(".shp")
	stem := func(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) }
	base := func(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
	var names []string
	chosen := -1
	for i, f := range shapes {
		names = append(names, base(stem(f.Name)))
		if chosen < 0 && (name == "" || strings.EqualFold(names[i], name)) {
			chosen = i
		}
	}
	if chosen < 0 {
		return nil, fmt.Errorf("%w: the archive has no layer %q; it has %s", ErrFormat, name, quoted(names))
	}
	table, err := a.layer(stem(shapes[chosen].Name))
	if err != nil {
		return nil, err
	}
	if name == "" && len(names) > 1 {
		table.Findings = append(table.Findings, record.Finding{Code: "other_layers",
			Text: fmt.Sprintf("the layer %q was read; the archive has others: %s", names[chosen], quoted(slices.Delete(names, chosen, chosen+1)))})
	}
	return table, nil
}

// layer reads the parts that share a name up to the extension.
func (a *archive) layer(stem string) (*record.Table, error) {
	part := func(extension string) (source, bool, error) {
		for _, f := range a.files {
			if strings.EqualFold(f.Name, stem+extension) {
				src, err := a.source(f)
				return src, true, err
			}
		}
		return source{}, false, nil
	}
	return readLayer(part)
}

// openLooseShapefile reads a .shp with the parts that stand beside it.
func openLooseShapefile(path string) (*record.Table, func() error, error) {
	var opened []*os.File
	shut := func() error {
		var errs []error
		for _, f := range opened {
			errs = append(errs, f.Close())
		}
		return errors.Join(errs...)
	}
	stem := strings.TrimSuffix(path, filepath.Ext(path))
	table, err := readLayer(func(extension string) (source, bool, error) {
		candidates := []string{stem + extension, stem + strings.ToUpper(extension)}
		if extension == ".shp" {
			candidates = []string{path}
		}
		for _, candidate := range candidates {
			f, size, err := openRegular(candidate)
			if errors.Is(err, os.ErrNotExist) && extension != ".shp" {
				continue
			}
			if err != nil {
				return source{}, true, err
			}
			opened = append(opened, f)
			if size > MaxBytes {
				return source{}, true, tooLarge("%s has %d bytes, more than %d", filepath.Base(candidate), size, int64(MaxBytes))
			}
			return bytesOf(f, size), true, nil
		}
		return source{}, false, nil
	})
	if err != nil {
		_ = shut() // they were only read; the error that matters is err
		return nil, nil, named(filepath.Base(path), err)
	}
	return table, shut, nil
}

// readLayer puts the parts together: which there are, a function tells.
func readLayer(part func(extension string) (source, bool, error)) (*record.Table, error) {
	var l layer
	for _, p := range []struct {
		extension string
		into      *source
	}{{".shp", &l.shapes}, {".dbf", &l.table}} {
		src, found, err := part(p.extension)
		switch {
		case err != nil:
			return nil, err
		case !found:
			return nil, fmt.Errorf("%w: the shapefile has no %s part; zip all of its parts together", ErrFormat, p.extension)
		}
		*p.into = src
	}
	for _, p := range []struct {
		extension string
		into      *string
	}{{".prj", &l.projection}, {".cpg", &l.codepage}} {
		src, found, err := part(p.extension)
		if err != nil {
			return nil, err
		}
		if found {
			data, err := src.all(smallPart)
			if err != nil {
				return nil, err
			}
			*p.into = strings.TrimSpace(string(data))
		}
	}
	return l.read()
}

func (l *layer) read() (*record.Table, error) {
	coding, err := l.coding()
	if err != nil {
		return nil, err
	}
	var found []record.Finding
	table, err := gather(Shapefile, func(g *gathering) error {
		if l.projection != "" {
			if err := g.places.declareWKT(l.projection); err != nil {
				return err
			}
		}
		return l.walk(g, coding)
	}, dbfTitle)
	if err != nil {
		return nil, err
	}
	if l.projection == "" {
		found = append(found, record.Finding{Code: "no_projection", Text: "the shapefile has no .prj part; its numbers were taken for degrees on WGS84"})
	}
	table.Findings = append(found, table.Findings...)
	return table, nil
}

// walk reads shapes and rows side by side.
func (l *layer) walk(g *gathering, coding dbfCoding) error {
	shapesIn, err := l.shapes.open()
	if err != nil {
		return err
	}
	defer shapesIn.Close()
	shapes, err := newShapes(shapesIn)
	if err != nil {
		return err
	}
	tableIn, err := l.table.open()
	if err != nil {
		return err
	}
	defer tableIn.Close()
	rows, err := newDBF(tableIn, coding)
	if err != nil {
		return err
	}
	for _, f := range rows.fields {
		if err := g.name(f.column); err != nil {
			return err
		}
	}
	var it item
	for {
		it.reset()
		deleted, err := rows.next(&it)
		ended := errors.Is(err, io.EOF)
		if err != nil && !ended {
			return err
		}
		shapeErr := shapes.next(&it)
		switch {
		case ended && errors.Is(shapeErr, io.EOF):
			return nil
		case ended || errors.Is(shapeErr, io.EOF):
			return fmt.Errorf("%w: the .shp and the .dbf of the shapefile have different numbers of records; they do not belong together", ErrFormat)
		case shapeErr != nil:
			return shapeErr
		case deleted:
			continue
		}
		if err := g.visit(&it); err != nil {
			return err
		}
	}
}

// shapes reads the .shp part: of each shape its point, or the middle of its box.
type shapes struct {
	in   io.Reader
	left int64 // bytes that the header says are to come
	head [44]byte
}

const (
	shpHeader = 100
	shpMagic  = 9994
	// Kinds of shapes, without and with heights and measures.
	shpNull                                 = 0
	shpPoint, shpPointZ, shpPointM          = 1, 11, 21
	shpMulti, shpMultiZ, shpMultiM          = 8, 18, 28
	shpLine, shpLineZ, shpLineM             = 3, 13, 23
	shpPolygon, shpPolygonZ, shpAreaM       = 5, 15, 25
	shpPatch                                = 31
	shpNothing                              = -1e38 // a number below it is none
	shpPointBytes, shpBoxBytes        int64 = 4 + 16, 4 + 32
)

func newShapes(r io.Reader) (*shapes, error) {
	var header [shpHeader]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return nil, fmt.Errorf("%w: the .shp part is cut short: %v", ErrFormat, err)
	}
	if binary.BigEndian.Uint32(header[:]) != shpMagic {
		return nil, fmt.Errorf("%w: the .shp part is none", ErrFormat)
	}
	length := 2 * int64(binary.BigEndian.Uint32(header[24:]))
	return &shapes{in: newBuffered(r), left: length - shpHeader}, nil
}

func (s *shapes) next(it *item) error {
	const recordHead = 8
	if s.left < recordHead {
		return io.EOF
	}
	if _, err := io.ReadFull(s.in, s.head[:recordHead]); err != nil {
		return shpShort(err)
	}
	length := 2 * int64(binary.BigEndian.Uint32(s.head[4:]))
	s.left -= recordHead + length
	if length < 4 || s.left < 0 {
		return fmt.Errorf("%w: the .shp part is damaged", ErrFormat)
	}
	start := s.head[:min(length, shpBoxBytes)]
	if _, err := io.ReadFull(s.in, start); err != nil {
		return shpShort(err)
	}
	if _, err := io.CopyN(io.Discard, s.in, length-int64(len(start))); err != nil {
		return shpShort(err)
	}
	shape(it, start)
	return nil
}

func shpShort(err error) error {
	return fmt.Errorf("%w: the .shp part is cut short: %v", ErrFormat, err)
}

// shape reads the beginning of a shape, which has all that is needed of it.
func shape(it *item, start []byte) {
	float := func(at int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(start[at:])) }
	var at orb.Point
	switch kind := binary.LittleEndian.Uint32(start); {
	case kind == shpNull:
		return
	case (kind == shpPoint || kind == shpPointZ || kind == shpPointM) && int64(len(start)) >= shpPointBytes:
		at = orb.Point{float(4), float(12)}
	case hasBox(kind) && int64(len(start)) >= shpBoxBytes:
		at = orb.Point{(float(4) + float(20)) / 2, (float(12) + float(28)) / 2}
		it.area = true
	default:
		it.fault = fmt.Sprintf("its shape can't be read: kind %d with %d bytes", kind, len(start))
		return
	}
	if finite(at[0], at[1]) && at[0] > shpNothing && at[1] > shpNothing {
		it.at = &at
	}
}

func hasBox(kind uint32) bool {
	switch kind {
	case shpMulti, shpMultiZ, shpMultiM, shpLine, shpLineZ, shpLineM, shpPolygon, shpPolygonZ, shpAreaM, shpPatch:
		return true
	}
	return false
}
