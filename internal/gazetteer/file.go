package gazetteer

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The file is compressed (gzip) text of lines, whose fields are parted by tabs. It is written by data/build.
//
//	carrypoint places 1
//	zone      IANA name                                       numbered from 0, in this order
//	r         country  code  name  middle  population  zone  bound  also      a state or province,
//	r         country                                         or the larger cities of another country
//	c         name  slug  middle  population  zone  bound     a county of the region above, numbered from 1
//	t or n    name  slug  middle  population  county  zone  also   a town or neighbourhood of it
//	z         code  middle  radius  county  zone              a ZIP or Canadian postal area of the town above
//
// A middle is two fields, longitude and latitude, and a bound is four, west, south, east and north: whole
// numbers of 0.0001 degree. A radius is in hundreds of metres. A slug is empty where it is that of the name,
// and the county and zone of a postcode where they are those of its town. A county of 0 is not known.
// Further names are parted by "|". Counties and towns are in the order of their slugs. Postcodes of which
// the town is not known come before the first town of their region.
const header = "carrypoint places 1"

// maxFileBytes bounds what is unpacked: the file has about 3.2 MB, and the rest is room to grow.
const maxFileBytes = 32 << 20

// usualBytes is what is unpacked as a rule: room for it is made at once.
const usualBytes = 4 << 20

// scale is how many of the file's units a degree has.
const scale = 10_000

// errShort is for a line with fewer fields than its kind has.
var errShort = errors.New("it has too few fields")

// unpack reads the whole file.
func unpack(r io.Reader) (string, error) {
	unzipped, err := gzip.NewReader(r)
	if err != nil {
		return "", fmt.Errorf("not a gazetteer: %w", err)
	}
	var text strings.Builder
	text.Grow(usualBytes)
	n, err := io.Copy(&text, io.LimitReader(unzipped, maxFileBytes+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("the gazetteer is damaged: %w", err)
	case n > maxFileBytes:
		return "", fmt.Errorf("the gazetteer is larger than %d bytes", maxFileBytes)
	}
	return text.String(), nil
}

// A line is what is left of one line of the file. After the first fault every field is empty or 0.
type line struct {
	rest string
	end  bool
	err  error
}

func (l *line) field() string {
	if l.end && l.err == nil {
		l.err = errShort
	}
	if l.err != nil {
		return ""
	}
	field, rest, more := strings.Cut(l.rest, "\t")
	l.rest, l.end = rest, !more
	return field
}

// number reads a whole number from low to high.
func (l *line) number(low, high int) int {
	field := l.field()
	if l.err != nil {
		return 0
	}
	n, err := strconv.Atoi(field)
	if err != nil || n < low || n > high {
		l.err = fmt.Errorf("%q is not a number from %d to %d", field, low, high)
		return 0
	}
	return n
}

// numberOr reads a number that stands in the file only where it is not the usual one.
func (l *line) numberOr(usual, high int) int {
	if !l.end && strings.HasPrefix(l.rest, "\t") || l.rest == "" && !l.end {
		l.field()
		return usual
	}
	return l.number(0, high)
}

func (l *line) spot() spot {
	return spot{lon: int32(l.number(-180*scale, 180*scale)), lat: int32(l.number(-90*scale, 90*scale))}
}

func (l *line) box() box { return box{l.spot(), l.spot()} }

// A loader fills a gazetteer line by line.
type loader struct {
	g      *Gazetteer
	names  []name
	region *region
	town   int32 // the number of the last town, or none
}

// read reads the lines of the file after its header.
func (f *loader) read(text string) error {
	first, rest, _ := strings.Cut(text, "\n")
	if first != header {
		return fmt.Errorf("a gazetteer of a form that is not known: it begins with %.40q and not with %q; make it again with \"make data\"", first, header)
	}
	f.makeRoom(rest)
	for number := 2; rest != ""; number++ {
		var l line
		l.rest, rest, _ = strings.Cut(rest, "\n")
		f.line(&l)
		if l.err == nil && !l.end {
			l.err = errors.New("it has too many fields")
		}
		if l.err != nil {
			return fmt.Errorf("the gazetteer is damaged: line %d: %w", number, l.err)
		}
	}
	if len(f.g.regions) == 0 {
		return errors.New("the gazetteer is empty")
	}
	return nil
}

// makeRoom saves growing by steps: most lines that are no postcode are a place with one name.
func (f *loader) makeRoom(text string) {
	lines, postcodes := strings.Count(text, "\n"), strings.Count(text, "\nz\t")
	f.g.records = make([]record, 0, lines-postcodes)
	f.g.postcodes = make([]postcode, 0, postcodes)
	f.names = make([]name, 0, lines-postcodes)
}

func (f *loader) line(l *line) {
	kind := l.field()
	if f.region == nil && kind != "zone" && kind != "r" {
		l.err = errors.New("it is in no region")
		return
	}
	switch kind {
	case "zone":
		f.g.zones = append(f.g.zones, l.field())
	case "r":
		f.readRegion(l)
	case "c":
		f.readCounty(l)
	case "t":
		f.readTown(l, Town)
	case "n":
		f.readTown(l, Neighbourhood)
	case "z":
		f.readPostcode(l)
	default:
		l.err = fmt.Errorf("%q is no kind of line", kind)
	}
}

func (f *loader) readRegion(l *line) {
	f.g.regions = append(f.g.regions, region{country: l.field(), state: none})
	f.region, f.town = &f.g.regions[len(f.g.regions)-1], none
	if !l.end {
		f.region.code = l.field()
		name := l.field()
		f.region.state = f.add(record{kind: State, name: name, spot: l.spot(), population: f.population(l), zone: f.zone(l)})
		f.g.bounds[f.region.state] = l.box()
		f.nameAll(f.region.state, name, l.field())
		f.call(f.region.state, f.region.code, byCode)
	}
	f.region.first, f.region.towns, f.region.end = f.next(), f.next(), f.next()
}

func (f *loader) readCounty(l *line) {
	if f.region.end != f.region.towns {
		l.err = errors.New("a county comes after a town of its region")
		return
	}
	name, slug := l.field(), l.field()
	id := f.add(record{kind: County, name: name, spot: l.spot(), population: f.population(l), zone: f.zone(l),
		county: uint16(f.next() - f.region.first + 1)})
	f.g.bounds[id] = l.box()
	f.keepSlug(id, slug)
	f.call(id, name, byName)
	f.call(id, bareCounty(name), byBareName)
	f.region.towns, f.region.end = f.next(), f.next()
}

func (f *loader) readTown(l *line, kind Kind) {
	name, slug := l.field(), l.field()
	f.town = f.add(record{kind: kind, name: name, spot: l.spot(), population: f.population(l), county: f.county(l, 0), zone: f.zone(l)})
	f.keepSlug(f.town, slug)
	f.nameAll(f.town, name, l.field())
	f.region.end = f.next()
}

func (f *loader) readPostcode(l *line) {
	code := l.field()
	p := postcode{code: packCode(code), region: uint16(len(f.g.regions) - 1), town: f.town, spot: l.spot(), radius: uint16(l.number(0, maxRadius))}
	if l.err == nil && p.code == 0 {
		l.err = fmt.Errorf("%q is neither a ZIP nor the first half of a Canadian postal code", code)
		return
	}
	usual := record{}
	if f.town != none {
		usual = f.g.records[f.town]
	}
	p.county = f.county(l, usual.county)
	p.zone = uint16(l.numberOr(int(usual.zone), len(f.g.zones)-1))
	f.g.postcodes = append(f.g.postcodes, p)
}

// Bounds of numbers in the file: more than the people of any place, and half of the earth's longest ZIP.
const (
	maxPopulation = 100_000_000
	maxRadius     = 10_000
)

func (f *loader) population(l *line) uint32 { return uint32(l.number(0, maxPopulation)) }
func (f *loader) zone(l *line) uint16       { return uint16(l.number(0, len(f.g.zones)-1)) }

func (f *loader) county(l *line, usual uint16) uint16 {
	return uint16(l.numberOr(int(usual), int(f.region.towns-f.region.first)))
}

// next is the number that the next record will have.
func (f *loader) next() int32 { return int32(len(f.g.records)) }

func (f *loader) add(r record) int32 {
	r.region = uint16(len(f.g.regions) - 1)
	f.g.records = append(f.g.records, r)
	return f.next() - 1
}

func (f *loader) keepSlug(id int32, slug string) {
	if slug != "" {
		f.g.slugs[id] = slug
	}
}

// nameAll gives a place its name and its other names.
func (f *loader) nameAll(id int32, name, also string) {
	f.call(id, name, byName)
	for also != "" {
		name, also, _ = strings.Cut(also, "|")
		f.call(id, name, byName)
	}
}

func (f *loader) call(id int32, text string, how manner) {
	if text != "" {
		f.names = append(f.names, name{key: withoutThe(Key(text)), target: target{id, how}})
	}
}
