package main

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"carrypoint/internal/gazetteer"

	"github.com/paulmach/orb"
)

// A county is a county or what stands for one.
type county struct {
	id, name, slug string
	point          orb.Point
	population     int
	zone           string
	extent         orb.Bound
	number         int // within its region, from 1
}

// A region is a state or province with all that lies in it, or the larger cities of another country.
type region struct {
	regionRow
	point      orb.Point
	population int
	zone       string
	extent     orb.Bound
	counties   []*county
	towns      []*town
	posts      []*post // of which the town is not known
}

// A gazette is everything on its way into the file.
type gazette struct {
	rows    map[string]regionRow // by country and code
	states  map[string]ground    // by number in the Census
	grounds map[string]ground    // of counties, by number
	towns   *register
	posts   []*post
	regions map[string]*region // by country and code
	zoned   map[string]*locals // the towns of GeoNames in a region
}

// A made gazetteer.
type made struct {
	packed []byte
	newest string // the day of the newest fact
}

// places makes the file of the gazetteer.
func places(s *store) (made, error) {
	g, newest, err := gather(s)
	if err != nil {
		return made{}, err
	}
	g.placePosts()
	g.placeTowns()
	g.addCounties()
	g.addStates()
	g.spreadPosts()
	g.nameSlugs()
	packed, err := g.encode()
	return made{packed, newest}, err
}

// gather reads all that is needed.
func gather(s *store) (*gazette, string, error) {
	g := &gazette{
		rows: map[string]regionRow{}, states: map[string]ground{}, grounds: map[string]ground{},
		towns: newRegister(), regions: map[string]*region{}, zoned: map[string]*locals{},
	}
	rows, err := regionRows()
	if err != nil {
		return nil, "", err
	}
	for _, r := range rows {
		g.rows[r.country+r.code] = r
		g.regions[r.country+r.code] = &region{regionRow: r}
	}
	for object, into := range map[string]map[string]ground{"states": g.states, "counties": g.grounds} {
		all, err := grounds(s, object)
		if err != nil {
			return nil, "", err
		}
		for _, one := range all {
			into[one.id] = one
		}
	}
	towns, newest, err := readTowns(s, g.rows)
	if err != nil {
		return nil, "", err
	}
	g.register(towns)
	aliases, err := aliasRows()
	if err != nil {
		return nil, "", err
	}
	if err := g.towns.aliases(aliases); err != nil {
		return nil, "", err
	}
	posts, err := readPosts(s, g.rows)
	for _, p := range posts {
		if p.region == "" { // only the Census has it
			p.region = g.rowOf(groundAt(g.states, "", p.point)).code
		}
		if p.region != "" {
			g.posts = append(g.posts, p)
		}
	}
	return g, newest, err
}

// register adds the towns of GeoNames, each with its county.
func (g *gazette) register(towns []*town) {
	for _, t := range towns {
		if t.country == "US" {
			t.county = g.countyAt(t.county, t.region, t.point)
		}
		key := t.country + t.region
		if g.zoned[key] == nil {
			g.zoned[key] = &locals{}
		}
		g.zoned[key].add(t)
		g.towns.add(t)
	}
}

// locals are the towns of one region.
type locals struct {
	crowd crowd
	towns []*town
}

func (l *locals) add(t *town) {
	l.crowd.add(t.point)
	l.towns = append(l.towns, t)
}

func (l *locals) nearest(p orb.Point) *town { return l.towns[l.crowd.nearest(p)] }

// countyAt is the county that is said, if us-atlas has it too, else the one that a place lies in.
func (g *gazette) countyAt(said, code string, p orb.Point) string {
	if _, ok := g.grounds[said]; ok {
		return said
	}
	number := g.rows["US"+code].number
	return groundAt(g.grounds, number, p)
}

// groundAt is the number of the county or state that a place lies in, of those whose numbers begin alike.
func groundAt(grounds map[string]ground, number string, p orb.Point) string {
	at := ""
	for id, ground := range grounds {
		if strings.HasPrefix(id, number) && ground.holds(p) && (at == "" || id < at) {
			at = id
		}
	}
	return at
}

func metres(p, q orb.Point) float64 {
	return 2 * earthRadiusMetres * math.Asin(min(1, math.Sqrt(square3(vectorOf(p), vectorOf(q)))/2))
}

// How far the point of a ZIP may be from the town on its letters. Beyond, a point of the Census in another
// county is that of another town of the same name (the ZIPs of a desert or of the tundra may be that wide), and
// a point of GeoNames is a mistake, for which the town's is taken.
const (
	farFromTownMetres = 60_000
	mistakenMetres    = 50_000
)

// placePosts finds the town of every postcode. A name on letters that is no town of GeoNames becomes one,
// without a population, in the middle of its ZIPs.
func (g *gazette) placePosts() {
	lost := map[string][]*post{}
	for _, p := range g.posts {
		t := g.towns.find(p.country, p.region, p.city, p.point)
		switch {
		case t != nil && !p.surveyed && p.country == "US" && metres(t.point, p.point) > mistakenMetres:
			p.point = t.point
		case t != nil && p.county != t.county && metres(t.point, p.point) > farFromTownMetres:
			t = nil
		}
		switch {
		case t != nil:
			t.posts = append(t.posts, p)
		case p.city != "" && p.country == "US":
			key := nameKey(p.country, p.region, p.city)
			lost[key] = append(lost[key], p)
		default:
			in := g.regions[p.country+p.region]
			in.posts = append(in.posts, p)
		}
	}
	for _, p := range g.posts {
		near := g.zoned[p.country+p.region].nearest(p.point)
		p.zone = near.zone
		if p.country == "US" {
			p.county = cmp.Or(g.countyAt(p.county, p.region, p.point), near.county)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(lost)) {
		g.towns.add(postTown(lost[key]))
	}
}

// postTown is the town of ZIPs that no other has.
func postTown(posts []*post) *town {
	slices.SortFunc(posts, func(a, b *post) int { return strings.Compare(a.code, b.code) })
	var m mean
	for _, p := range posts {
		m.add(p.point, 1)
	}
	first := posts[0]
	return &town{country: first.country, region: first.region, name: first.city, point: m.point(), county: first.county, zone: first.zone, posts: posts}
}

// placeTowns puts the towns into their regions.
func (g *gazette) placeTowns() {
	for _, t := range g.towns.all {
		in := g.regions[t.country+t.region]
		if in == nil {
			in = &region{regionRow: regionRow{country: t.country}}
			g.regions[t.country+t.region] = in
		}
		in.towns = append(in.towns, t)
		if t.country == "US" && t.county == "" {
			t.county = g.zoned[t.country+t.region].nearest(t.point).county
		}
	}
}

// addCounties makes the counties. The middle of one is the mean of its towns by population: the Census has
// that of San Francisco in the sea.
func (g *gazette) addCounties() {
	middles, populations := map[string]*mean{}, map[string]int{}
	for id := range g.grounds {
		middles[id] = &mean{}
	}
	for _, t := range g.towns.all {
		if t.county != "" && !t.neighbourhood && t.population > 0 {
			middles[t.county].add(t.point, float64(t.population))
			populations[t.county] += t.population
		}
	}
	g.addPostsWhereNoTownIs(middles)
	for id, ground := range g.grounds {
		row := g.rowOf(id[:2])
		if row.code == "" {
			continue
		}
		extent := ground.extent()
		c := &county{id: id, name: countyName(id, row.code, ground.name), population: populations[id], extent: extent, point: middle(extent)}
		if middles[id].known() {
			c.point = middles[id].point()
		}
		c.zone = g.zoned["US"+row.code].nearest(c.point).zone
		in := g.regions["US"+row.code]
		in.counties = append(in.counties, c)
	}
}

// addPostsWhereNoTownIs stands in for the towns of counties that GeoNames has none in.
func (g *gazette) addPostsWhereNoTownIs(middles map[string]*mean) {
	empty := map[string]bool{}
	for id, m := range middles {
		empty[id] = !m.known()
	}
	for _, p := range g.posts {
		if empty[p.county] {
			middles[p.county].add(p.point, 1)
		}
	}
}

// middle is that of a bound, also across the 180th meridian.
func middle(b orb.Bound) orb.Point {
	p := b.Center()
	if b.Min.Lon() > b.Max.Lon() {
		p[0] += 180
		if p[0] > 180 {
			p[0] -= 360
		}
	}
	return p
}

func (g *gazette) rowOf(number string) regionRow {
	for _, r := range g.rows {
		if r.country == "US" && r.number == number {
			return r
		}
	}
	return regionRow{}
}

// addStates gives the states and provinces their middles. The extent of a province is that of its towns:
// no package here has its borders.
func (g *gazette) addStates() {
	for key, in := range g.regions {
		var m mean
		var points []orb.Point
		for _, t := range in.towns {
			if !t.neighbourhood && t.population > 0 {
				m.add(t.point, float64(t.population))
				in.population += t.population
			}
			points = append(points, t.point)
		}
		if in.code == "" {
			continue
		}
		in.point = m.point()
		in.zone = g.zoned[key].nearest(in.point).zone
		if state, ok := g.states[in.number]; ok && in.country == "US" {
			in.extent = state.extent()
		} else {
			in.extent = boundOf(points)
		}
	}
}

// How far a postcode reaches is not in any package. Half of the mean distance to its neighbours is a fair
// estimate; it is held between a city block and the largest ZIPs of Alaska.
const (
	neighbours        = 6
	leastRadiusMetres = 300
	mostRadiusMetres  = 100_000
)

// spreadPosts estimates how far postcodes reach.
func (g *gazette) spreadPosts() {
	all := map[string]*crowd{"US": {}, "CA": {}}
	for _, p := range g.posts {
		if p.surveyed || p.country == "CA" { // post office boxes are no neighbours
			all[p.country].add(p.point)
		}
	}
	for _, p := range g.posts {
		distances := all[p.country].metresTo(p.point, neighbours)
		sum := 0.0
		for _, d := range distances {
			sum += d
		}
		p.radius = min(max(sum/float64(len(distances))/2, leastRadiusMetres), mostRadiusMetres)
	}
}

// nameSlugs gives every town and county of a region a slug of its own. The most populous town of a name has
// the plain one; the others add their county, or a number.
func (g *gazette) nameSlugs() {
	for _, in := range g.regions {
		taken := slugs{}
		countySlugs := map[string]string{}
		for _, c := range in.counties {
			countySlugs[c.id] = gazetteer.Slug(c.name)
		}
		slices.SortFunc(in.towns, func(a, b *town) int {
			return cmp.Or(cmp.Compare(b.population, a.population), cmp.Compare(a.name, b.name),
				cmp.Compare(a.point.Lat(), b.point.Lat()), cmp.Compare(a.point.Lon(), b.point.Lon()))
		})
		for _, t := range in.towns {
			t.slug = taken.take(gazetteer.Slug(t.name), countySlugs[t.county])
		}
		slices.SortFunc(in.counties, func(a, b *county) int { return strings.Compare(a.id, b.id) })
		for _, c := range in.counties {
			c.slug = taken.take(countySlugs[c.id], "county")
		}
		in.order()
	}
}

// slugs are those that are taken.
type slugs map[string]bool

// take is a slug, with more behind it if it is taken.
func (s slugs) take(slug, more string) string {
	free := slug
	for n := 1; s[free]; n++ {
		free = slug + "-" + more
		if n > 1 || more == "" {
			free = slug + "-" + strconv.Itoa(n+1)
		}
	}
	s[free] = true
	return free
}

// order puts a region in the order of the file.
func (in *region) order() {
	slices.SortFunc(in.counties, func(a, b *county) int { return strings.Compare(a.slug, b.slug) })
	for i, c := range in.counties {
		c.number = i + 1
	}
	slices.SortFunc(in.towns, func(a, b *town) int { return strings.Compare(a.slug, b.slug) })
	for _, t := range in.towns {
		slices.SortFunc(t.posts, func(a, b *post) int { return strings.Compare(a.code, b.code) })
	}
}
