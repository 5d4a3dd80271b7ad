package streets

import (
	"cmp"
	"context"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Why an address of OpenStreetMap is not in the street file.
const (
	noStreet   = "no street"
	noTown     = "neither a postal code nor a town and state"
	noNumber   = "a house number that is none"
	noPoint    = "no point"
	inRelation = "an outline of several lines"
)

// extractDate is what stands at the end of the names of extracts: the next one is of the same area.
var extractDate = regexp.MustCompile(`(?i)[-_.](latest|\d{6}|\d{8}|\d{4}-\d{2}-\d{2})$`)

// extract is the source of a file of OpenStreetMap, by the name of its area.
func extract(file string) ([]input, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(file)
	area := extractDate.ReplaceAllString(strings.ToLower(name[:len(name)-len(".osm.pbf")]), "")
	return []input{{source: "osm/" + area, name: name, read: func(ctx context.Context, c *collection, o ImportOptions, share func(float64)) error {
		r := osmReader{into: c, options: o, texts: map[string]string{}}
		return r.read(ctx, file, func(done int64) { share(float64(done) / float64(max(2*info.Size(), 1))) })
	}}}, nil
}

// An osmReader reads the addresses of an extract. The points of outlines stand before the outlines, so it goes
// through the file twice.
type osmReader struct {
	into     *collection
	options  ImportOptions
	outlines []outline
	refs     []int64 // of the outlines, one after the other
	points   points
	texts    map[string]string // each text once: a street has many houses
}

// An outline is an address that is drawn as a line, mostly around a building.
type outline struct {
	address osmAddress
	refs    int // how many of the refs are its own
}

// An osmAddress is what the tags of an address say.
type osmAddress struct {
	numbers, street string
	in              area
}

func (r *osmReader) read(ctx context.Context, file string, done func(int64)) error {
	half := int64(0)
	outlines := pbfVisitor{way: r.outline, relation: r.relation}
	if err := pass(ctx, file, outlines, func(n int64) { half = n; done(n) }); err != nil {
		return err
	}
	r.points.need(r.refs)
	if err := pass(ctx, file, pbfVisitor{node: r.node}, func(n int64) { done(half + n) }); err != nil {
		return err
	}
	rest := r.refs
	for _, o := range r.outlines {
		r.keep(o.address, r.points.middleOf(rest[:o.refs]))
		rest = rest[o.refs:]
	}
	r.into.order()
	return nil
}

func pass(ctx context.Context, file string, v pbfVisitor, done func(int64)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	return readPBF(ctx, f, v, done)
}

// address reads the tags of an address; ok is false if they are none, or of no use.
func (r *osmReader) address(tags pbfTags) (a osmAddress, ok bool) {
	numbers := tags.get("addr:housenumber")
	if numbers == "" {
		return a, false
	}
	r.into.counts.Features++
	a = osmAddress{numbers: numbers, street: r.once(tags.get("addr:street")), in: area{
		postcode: r.once(postcodeKey(tags.get("addr:postcode"))), city: r.once(strings.TrimSpace(tags.get("addr:city"))),
		region:  r.once(strings.ToUpper(cmp.Or(tags.get("addr:state"), tags.get("addr:province")))),
		country: r.once(strings.ToUpper(tags.get("addr:country"))),
	}}
	if parseName(a.street).core == "" {
		r.into.counts.skip(noStreet)
		return a, false
	}
	return a, true
}

func (r *osmReader) once(text string) string {
	if known, ok := r.texts[text]; ok {
		return known
	}
	r.texts[text] = text
	return text
}

func (r *osmReader) outline(w pbfWay) error {
	if a, ok := r.address(w.tags); ok {
		r.outlines = append(r.outlines, outline{a, len(w.refs)})
		r.refs = append(r.refs, w.refs...)
	}
	return nil
}

func (r *osmReader) relation(tags pbfTags) error {
	if tags.get("addr:housenumber") != "" {
		r.into.counts.Features++
		r.into.counts.skip(inRelation)
	}
	return nil
}

func (r *osmReader) node(n pbfNode) error {
	p := orb.Point{n.lon, n.lat}
	r.points.set(n.id, p)
	if a, ok := r.address(n.tags); ok {
		r.keep(a, p)
	}
	return nil
}

// keep puts an address into the collection, once for each of its house numbers.
func (r *osmReader) keep(a osmAddress, p orb.Point) {
	counts := &r.into.counts
	if !onGlobe(p) || p == (orb.Point{}) {
		counts.skip(noPoint)
		return
	}
	in := r.whole(a.in, p)
	if in.postcode == "" && (in.city == "" || in.region == "") {
		counts.skip(noTown)
		return
	}
	for text := range strings.SplitSeq(fold(a.numbers), ",") {
		x, ok := parseNumber(strings.TrimSpace(text))
		if !ok {
			counts.skip(noNumber)
			continue
		}
		s := r.into.street(in, a.street)
		s.doors = append(s.doors, door{x.String(), p})
		counts.Addresses++
	}
}

// whole says what the tags of an address leave out.
func (r *osmReader) whole(in area, p orb.Point) area {
	if r.options.RegionAt != nil && (in.region == "" || in.country == "") {
		region, country := r.options.RegionAt(p)
		in.region, in.country = r.once(cmp.Or(in.region, region)), r.once(cmp.Or(in.country, country))
	}
	if r.options.TownOf != nil && in.city == "" && in.postcode != "" {
		in.city = r.once(r.options.TownOf(in.country, in.postcode))
	}
	return in
}

// order puts the houses of each street in an order, so that the same file gives the same bytes, and keeps one of
// those that are twice the same.
func (c *collection) order() {
	for _, streets := range c.areas {
		for _, s := range streets {
			slices.SortFunc(s.doors, func(a, b door) int {
				return cmp.Or(cmp.Compare(a.number, b.number), slices.Compare(a.point[:], b.point[:]))
			})
			s.doors = slices.Compact(s.doors)
		}
	}
}

// points are those of the outlines, by their ids in order, in ten-millionths of a degree as OpenStreetMap has them.
type points struct {
	ids []int64
	at  [][2]int32
}

const perPoint = 1e7

// unset is where no point is.
const unset = math.MaxInt32

func (p *points) need(refs []int64) {
	p.ids = slices.Clone(refs)
	slices.Sort(p.ids)
	p.ids = slices.Compact(p.ids)
	p.at = make([][2]int32, len(p.ids))
	for i := range p.at {
		p.at[i] = [2]int32{unset, unset}
	}
}

func (p *points) set(id int64, at orb.Point) {
	if i, ok := slices.BinarySearch(p.ids, id); ok && onGlobe(at) {
		p.at[i] = [2]int32{int32(math.Round(at.Lon() * perPoint)), int32(math.Round(at.Lat() * perPoint))}
	}
}

// middleOf is the middle of an outline, or of a line that does not close; nowhere if one of its points is not known.
func (p *points) middleOf(refs []int64) orb.Point {
	ring := make(orb.Ring, 0, len(refs))
	for _, ref := range refs {
		i, ok := slices.BinarySearch(p.ids, ref)
		if !ok || p.at[i][0] == unset {
			return orb.Point{}
		}
		ring = append(ring, orb.Point{float64(p.at[i][0]) / perPoint, float64(p.at[i][1]) / perPoint})
	}
	if len(ring) == 0 {
		return orb.Point{}
	}
	if middle, area := planar.CentroidArea(ring); ring.Closed() && area != 0 {
		return middle
	}
	return ring.Bound().Center()
}
