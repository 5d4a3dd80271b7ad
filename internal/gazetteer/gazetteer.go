package gazetteer

import (
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/paulmach/orb"
)

// A Gazetteer is all places in memory, about 14 MB.
type Gazetteer struct {
	zones     []string
	regions   []region
	records   []record
	bounds    map[int32]box    // of states and counties
	slugs     map[int32]string // where it is not that of the name
	postcodes []postcode       // by code
	spellings map[string]int32 // the name or code of a state, and which record it is
	names     index
	around    latitudes
	largest   largest
}

// A region is a state or province, or the larger cities of another country. Its counties are the records
// from first to before towns, and its towns those from there to before end; both are in order of slug.
type region struct {
	country, code     string
	state             int32 // its own record, or none
	first, towns, end int32
}

// A record is a state, county, town or neighbourhood.
type record struct {
	name       string
	spot       spot
	population uint32
	region     uint16 // its number in Gazetteer.regions
	county     uint16 // its number within the region, from 1; 0 is not known
	zone       uint16
	kind       Kind
}

// none is the number of no record.
const none int32 = -1

// Open reads the file of places. It fails on a file that is damaged or of a form that is not known.
func Open(r io.Reader) (*Gazetteer, error) {
	text, err := unpack(r)
	if err != nil {
		return nil, err
	}
	return open(text)
}

// open reads the text of the file.
func open(text string) (*Gazetteer, error) {
	g := &Gazetteer{bounds: map[int32]box{}, slugs: map[int32]string{}}
	load := loader{g: g, town: none}
	if err := load.read(text); err != nil {
		return nil, err
	}
	g.index(load.names)
	return g, nil
}

// index makes what places are found by. The two halves need nothing of each other.
func (g *Gazetteer) index(names []name) {
	var both sync.WaitGroup
	both.Go(func() {
		g.spellings = g.spellingsOf(names)
		g.names = newIndex(names)
	})
	both.Go(func() {
		slices.SortFunc(g.postcodes, func(a, b postcode) int { return int(a.code) - int(b.code) })
		g.around = newLatitudes(g.records)
		g.largest = newLargest(g.records)
	})
	both.Wait()
}

// place writes out a record.
func (g *Gazetteer) place(id int32) Place {
	r := &g.records[id]
	in := &g.regions[r.region]
	p := Place{
		Name: r.name, Region: in.code, Country: in.country, Kind: r.kind, Precision: AtTown, Point: r.spot.point(),
		Population: int(r.population), County: g.countySlug(in, r.county), TimeZone: g.zones[r.zone], Slug: g.slug(id),
	}
	switch r.kind {
	case County:
		p.Precision, p.Extent = AtCounty, g.bounds[id].bound()
	case State:
		p.Precision, p.Extent, p.Slug = AtState, g.bounds[id].bound(), ""
	default:
		p.Extent = square(p.Point, townRadius(r.population))
	}
	return p
}

func (g *Gazetteer) countySlug(in *region, county uint16) string {
	if county == 0 {
		return ""
	}
	return g.slug(in.first + int32(county) - 1)
}

func (g *Gazetteer) slug(id int32) string {
	if slug, ok := g.slugs[id]; ok {
		return slug
	}
	return Slug(g.records[id].name)
}

// Area finds a town, neighbourhood or county by its slug, or with an empty slug the state or province
// itself: "us", "il", "chicago".
func (g *Gazetteer) Area(country, region, slug string) (Place, bool) {
	in := g.region(country, region)
	switch {
	case in == nil:
		return Place{}, false
	case slug == "":
		return g.place(in.state), true
	}
	for _, part := range [2][2]int32{{in.first, in.towns}, {in.towns, in.end}} {
		if id := g.bySlug(part[0], part[1], slug); id != none {
			return g.place(id), true
		}
	}
	return Place{}, false
}

// region finds a state or province by the codes of its country and its own, in lower case.
func (g *Gazetteer) region(country, code string) *region {
	for i := range g.regions {
		in := &g.regions[i]
		if in.state != none && lowered(in.country, country) && lowered(in.code, code) {
			return in
		}
	}
	return nil
}

// lowered reports whether a text is a code in lower case.
func lowered(code, text string) bool { return len(code) == len(text) && strings.ToLower(code) == text }

// bySlug finds a record from first to before end by its slug.
func (g *Gazetteer) bySlug(first, end int32, slug string) int32 {
	for low, high := first, end; low < high; {
		middle := (low + high) / 2
		switch found := strings.Compare(g.slug(middle), slug); {
		case found == 0:
			return middle
		case found < 0:
			low = middle + 1
		default:
			high = middle
		}
	}
	return none
}

// States lists the states, districts and territories of "US", or the provinces and territories of "CA", by
// name.
func (g *Gazetteer) States(country string) []Place {
	var all []Place
	for i := range g.regions {
		if in := &g.regions[i]; in.country == country && in.state != none {
			all = append(all, g.place(in.state))
		}
	}
	slices.SortFunc(all, func(a, b Place) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Counties lists the counties of a state, by slug: Counties("US", "IL"). Provinces have none here.
func (g *Gazetteer) Counties(country, code string) []Place {
	in := g.region(strings.ToLower(country), strings.ToLower(code))
	if in == nil {
		return nil
	}
	var all []Place
	for id := in.first; id < in.towns; id++ {
		all = append(all, g.place(id))
	}
	return all
}

// NearestTown is the town nearest to p along the great circle, and its distance in metres. Places without
// a population are left out: of those GeoNames knows no more than the name on a letter.
func (g *Gazetteer) NearestTown(p orb.Point) (Place, float64) {
	id, metres := g.around.nearest(p)
	if id == none {
		return Place{}, 0
	}
	return g.place(id), metres
}

// TownsWithin lists the most populous towns of a bound, at most limit. Where the bound crosses the 180th
// meridian, Min is east of Max, or one of them is beyond 180 degrees.
func (g *Gazetteer) TownsWithin(b orb.Bound, limit int) []Place {
	var all []Place
	for _, id := range g.largest.within(b, limit) {
		all = append(all, g.place(id))
	}
	return all
}
