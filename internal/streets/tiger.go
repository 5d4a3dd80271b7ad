package streets

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-shapefile"
)

// sides are the columns of the two sides of a line.
var sides = [...]struct {
	side                         side
	from, to, postcode, parities string
}{
	{left, "LFROMHN", "LTOHN", "ZIPL", "PARITYL"},
	{right, "RFROMHN", "RTOHN", "ZIPR", "PARITYR"},
}

// nameColumn is the one without which a file is not one of address ranges.
const nameColumn = "FULLNAME"

// parityBoth is what a PARITY column says of odd and even numbers on one side.
const parityBoth = "B"

// Why a feature or one of its ranges is not in the street file.
const (
	noName     = "no street name"
	noRange    = "no house numbers"
	noPostcode = "no postal code"
	noCompare  = "house numbers that do not compare"
	noLine     = "no line"
)

// everyFeatures is how often progress is told, and a cancelled import noticed.
const everyFeatures = 1000

// A tigerReader reads the address ranges of a county.
type tigerReader struct {
	county  county
	into    *collection
	townOf  func(country, postcode string) string
	columns map[string]int
	towns   map[string]string // by postal code
}

// read reads all features of a layer. The library's panics on damaged files are errors.
func (t *tigerReader) read(ctx context.Context, l openLayer, share func(float64)) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the shapefile is damaged: %v", r)
		}
	}()
	t.columns = map[string]int{}
	for i, field := range l.dbf.FieldDescriptors() {
		t.columns[field.Name] = i
	}
	if err := t.hasColumns(); err != nil {
		return err
	}
	for i := 0; ; i++ {
		if i%everyFeatures == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			share(float64(i) / float64(max(l.records, 1)))
		}
		shape, err := l.shp.Scan()
		if errors.Is(err, io.EOF) {
			if i != l.records {
				return fmt.Errorf("the file is not whole: its .dbf has %d rows, its .shp %d lines", l.records, i)
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d of the .shp: %w", i+1, err)
		}
		row, err := l.dbf.Scan()
		if err != nil {
			return fmt.Errorf("row %d of the .dbf: %w", i+1, err)
		}
		if row != nil { // a deleted one is
			t.feature(row, lineOf(shape))
		}
	}
}

func (t *tigerReader) hasColumns() error {
	needed := []string{nameColumn}
	for _, s := range sides {
		needed = append(needed, s.from, s.to, s.postcode)
	}
	for _, column := range needed {
		if _, ok := t.columns[column]; !ok {
			return fmt.Errorf("it has no column %s: is it a file of ADDRFEAT?", column)
		}
	}
	return nil
}

// field gives a value of a row as a text; "" where there is none.
func (t *tigerReader) field(row []any, column string) string {
	i, ok := t.columns[column]
	if !ok || row[i] == nil {
		return ""
	}
	if text, ok := row[i].(string); ok {
		return strings.TrimSpace(text)
	}
	return fmt.Sprint(row[i])
}

// feature keeps the ranges of one line.
func (t *tigerReader) feature(row []any, line orb.LineString) {
	counts := &t.into.counts
	counts.Features++
	name := t.field(row, nameColumn)
	switch {
	case parseName(name).core == "":
		counts.skip(noName)
		return
	case line == nil:
		counts.skip(noLine)
		return
	}
	packed, ranges := packLine(line), false
	for _, s := range sides {
		from, to := t.field(row, s.from), t.field(row, s.to)
		if from == "" && to == "" {
			continue
		}
		ranges = true
		t.span(name, packed, s.side, from, to, t.field(row, s.postcode), t.field(row, s.parities) == parityBoth)
	}
	if !ranges {
		counts.skip(noRange)
	}
}

// span keeps one range.
func (t *tigerReader) span(name string, line []byte, side side, from, to, postcode string, both bool) {
	counts := &t.into.counts
	first, okFirst := parseNumber(fold(from))
	last, okLast := parseNumber(fold(to))
	s, ok := spanOf(first, last)
	switch {
	case !okFirst || !okLast || !ok:
		counts.skip(noCompare)
		return
	case !isZIP(postcode):
		counts.skip(noPostcode)
		return
	}
	street := t.into.street(area{postcode: postcode, city: t.town(postcode), region: t.county.region, country: unitedStates}, name)
	s.line, s.side = street.lineOf(line), side
	s.both = s.both || both
	street.spans = append(street.spans, s)
	counts.Ranges++
}

// unitedStates is where the Census counts.
const unitedStates = "US"

// noZIP is what some counties write where there is none.
const noZIP = "99999"

func isZIP(text string) bool { return len(text) == zipLength && allDigits(text) && text != noZIP }

func (t *tigerReader) town(postcode string) string {
	if t.townOf == nil {
		return ""
	}
	town, asked := t.towns[postcode]
	if !asked {
		if t.towns == nil {
			t.towns = map[string]string{}
		}
		town = t.townOf(unitedStates, postcode)
		t.towns[postcode] = town
	}
	return town
}

// lineOf gives the place of a line among those of a street, where it may be already: its two sides have it in
// common, and follow each other.
func (s *street) lineOf(packed []byte) int {
	last := len(s.lines) - 1
	if last < 0 || string(s.lines[last]) != string(packed) {
		s.lines = append(s.lines, packed)
		last++
	}
	return last
}

// lineOf takes the line of a shape, or nil if it is not one line on the globe.
func lineOf(shape *shapefile.SHPRecord) orb.LineString {
	lines, ok := shape.Geom.(*geom.MultiLineString)
	if !ok || lines.NumLineStrings() != 1 {
		return nil
	}
	stride, flat := lines.Stride(), lines.FlatCoords()
	var line orb.LineString
	for i := 0; i+1 < len(flat); i += stride {
		p := orb.Point{flat[i], flat[i+1]}
		if !onGlobe(p) {
			return nil
		}
		line = append(line, p)
	}
	if len(line) < 2 {
		return nil
	}
	return line
}

func onGlobe(p orb.Point) bool { return math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90 }
