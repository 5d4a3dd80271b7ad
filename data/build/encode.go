package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"carrypoint/internal/gazetteer"

	"github.com/paulmach/orb"
)

// An encoder writes the file whose form internal/gazetteer describes.
type encoder struct {
	out   bytes.Buffer
	zones []string
}

// encode writes the whole file, compressed. The bytes tell no time and no name.
func (g *gazette) encode() ([]byte, error) {
	e := &encoder{zones: g.zoneNames()}
	fmt.Fprintln(&e.out, "carrypoint places 1")
	for _, zone := range e.zones {
		e.line("zone", zone)
	}
	for _, key := range slices.Sorted(maps.Keys(g.regions)) {
		e.region(g.regions[key])
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(e.out.Bytes()); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

func (g *gazette) zoneNames() []string {
	names := map[string]bool{}
	for _, t := range g.towns.all {
		names[t.zone] = true
	}
	return slices.Sorted(maps.Keys(names))
}

func (e *encoder) line(fields ...string) {
	e.out.WriteString(strings.Join(fields, "\t"))
	e.out.WriteByte('\n')
}

func (e *encoder) region(in *region) {
	if in.code == "" {
		e.line("r", in.country)
	} else {
		e.line("r", in.country, in.code, in.name, spot(in.point), strconv.Itoa(in.population), e.zone(in.zone), bound(in.extent), in.also)
	}
	numbers := map[string]int{}
	for _, c := range in.counties {
		numbers[c.id] = c.number
		e.line("c", c.name, unusual(c.slug, c.name), spot(c.point), strconv.Itoa(c.population), e.zone(c.zone), bound(c.extent))
	}
	for _, p := range in.posts {
		e.post(p, numbers, nil)
	}
	for _, t := range in.towns {
		kind := "t"
		if t.neighbourhood {
			kind = "n"
		}
		e.line(kind, t.name, unusual(t.slug, t.name), spot(t.point), strconv.Itoa(t.population), strconv.Itoa(numbers[t.county]), e.zone(t.zone), t.also)
		for _, p := range t.posts {
			e.post(p, numbers, t)
		}
	}
}

// post writes a postcode, without what is that of its town.
func (e *encoder) post(p *post, numbers map[string]int, of *town) {
	county, zone := strconv.Itoa(numbers[p.county]), e.zone(p.zone)
	if of != nil && of.county == p.county {
		county = ""
	}
	if of != nil && of.zone == p.zone {
		zone = ""
	}
	e.line("z", p.code, spot(p.point), strconv.Itoa(int(math.Round(p.radius/100))), county, zone)
}

func (e *encoder) zone(name string) string {
	i, _ := slices.BinarySearch(e.zones, name)
	return strconv.Itoa(i)
}

// unusual is a slug, if it is not what the name says.
func unusual(slug, name string) string {
	if slug == gazetteer.Slug(name) {
		return ""
	}
	return slug
}

func spot(p orb.Point) string { return unit(p.Lon()) + "\t" + unit(p.Lat()) }

func bound(b orb.Bound) string { return spot(b.Min) + "\t" + spot(b.Max) }

// unit is a length in the units of the file, 0.0001 degree.
func unit(degrees float64) string { return strconv.Itoa(int(math.Round(degrees * 10_000))) }
