package streets

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"carrypoint/data"
	"carrypoint/internal/gazetteer"
)

// meagher is a county of the Census, rural: 677 lines.
const meagher = "tl_2021_30059_addrfeat.shp"

// A censusRange is a range as the file has it, read without what is tested.
type censusRange struct {
	name, postcode string
	from, to       int
	line           orb.LineString
	side           side
}

// rangesOf reads the ranges of a county whose house numbers are figures.
func rangesOf(t *testing.T, path string) (all []censusRange) {
	t.Helper()
	base := strings.TrimSuffix(path, ".shp")
	shp, err := os.ReadFile(base + ".shp")
	if err != nil {
		t.Fatal(err)
	}
	dbf, err := os.ReadFile(base + ".dbf")
	if err != nil {
		t.Fatal(err)
	}
	l, err := scan(bytes.NewReader(shp), int64(len(shp)), bytes.NewReader(dbf), "UTF-8")
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string]int{}
	for i, field := range l.dbf.FieldDescriptors() {
		columns[field.Name] = i
	}
	for range l.records {
		shape, err := l.shp.Scan()
		if err != nil {
			t.Fatal(err)
		}
		row, err := l.dbf.Scan()
		if err != nil {
			t.Fatal(err)
		}
		text := func(column string) string { return row[columns[column]].(string) }
		for i, s := range []string{"L", "R"} {
			from, errFrom := strconv.Atoi(text(s + "FROMHN"))
			to, errTo := strconv.Atoi(text(s + "TOHN"))
			if errFrom == nil && errTo == nil {
				all = append(all, censusRange{text("FULLNAME"), text("ZIP" + s), from, to, lineOf(shape), side(i)})
			}
		}
	}
	return all
}

// middle is the house number in the middle of a range, of its parity, and where it lies on the line.
func (r censusRange) middle() (number int, p orb.Point) {
	half := (r.to - r.from) / 2
	if (r.to-r.from)%2 == 0 {
		half -= half % 2
	}
	number = r.from + half
	p, _ = geo.PointAtDistanceAlongLine(r.line, shareOf(int64(r.from), int64(r.to), int64(number))*geo.Length(r.line))
	return number, p
}

// What must hold of the county's ranges.
const (
	leastFound = 0.97 // the rest are houses that the file has in two places, or without a postal code
	mostAside  = 30.0 // metres from the line of its range, in the middle of it, for nine of ten
)

func TestEveryRangeOfARealCountyLeadsBackToItself(t *testing.T) {
	path := shared(t, meagher)
	s, report := imported(t, ImportOptions{}, path)
	t.Logf("%+v", report.Total)
	var metres []float64
	streets, lost, outside, wrongSide := 0, 0, 0, 0
	ranges := rangesOf(t, path)
	for _, r := range ranges {
		number, want := r.middle()
		spot, ok := s.Find(Address{Street: fmt.Sprintf("%d %s", number, r.name), PostalCode: r.postcode, Region: "MT", Country: "US"})
		switch {
		case !ok:
			lost++
			continue
		case spot.Precision == AtStreet:
			streets++
			continue
		}
		metres = append(metres, geo.Distance(spot.Point, want))
		if geo.Distance(spot.Point, want) > lengthOf(r.line)+sideMetres {
			outside++
			t.Logf("%d %s (%s) is %.0f m from its range of %.0f m", number, r.name, r.postcode, geo.Distance(spot.Point, want), lengthOf(r.line))
		}
		if d, onLeft := fromLine(r.line, spot.Point); d > 1 && d < sideMetres+1 && onLeft != (r.side == left) {
			wrongSide++
			t.Logf("%d %s (%s) is on the wrong side", number, r.name, r.postcode)
		}
	}
	found := float64(len(metres)) / float64(len(ranges))
	p50, p90, most := spread(metres)
	t.Logf("of %d ranges, the middle house of %d (%.1f %%) is found: %.1f m from its place on the line (half of them), %.1f m (nine of ten), %.0f m at most; "+
		"%d are known by their street, %d are not found; %d lie outside of their range, %d on the other side", len(ranges), len(metres), 100*found, p50, p90, most, streets, lost, outside, wrongSide)
	if found < leastFound || p90 > mostAside {
		t.Errorf("at least %.0f %% and at most %v m", 100*leastFound, mostAside)
	}
}

// spread gives the median, the ninth decile and the most of some numbers.
func spread(of []float64) (p50, p90, most float64) {
	if len(of) == 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	slices.Sort(of)
	at := func(part float64) float64 { return of[int(part*float64(len(of)-1))] }
	return at(0.5), at(0.9), at(1)
}

// A realAddress is one of a list of real ones with their points.
type realAddress struct {
	Address1, City, State, PostalCode string
	Coordinates                       struct{ Lat, Lng float64 }
}

func (a realAddress) point() orb.Point { return orb.Point{a.Coordinates.Lng, a.Coordinates.Lat} }

func (a realAddress) address() Address {
	return Address{Street: a.Address1, City: a.City, Region: a.State, PostalCode: a.PostalCode, Country: "US"}
}

func realAddresses(t *testing.T) []realAddress {
	t.Helper()
	content, err := os.ReadFile(shared(t, "real_us_addresses.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Addresses []realAddress }
	if err := json.Unmarshal(content, &list); err != nil {
		t.Fatal(err)
	}
	return list.Addresses
}

func shippedPlaces(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	f, err := data.Files.Open("gazetteer/places.tsv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	g, err := gazetteer.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestRealAddressesWithoutStreetFiles says what a street file is worth: without one, a site stands in the middle
// of its ZIP or its town. None of these addresses lies in the areas of the street files at hand (Meagher County
// in Montana, Columbus in Ohio), so that none of them may be found there.
func TestRealAddressesWithoutStreetFiles(t *testing.T) {
	addresses, g := realAddresses(t), shippedPlaces(t)
	s, _ := imported(t, ImportOptions{TownOf: townsOf(g), RegionAt: regionsAt(g)}, shared(t, meagher), shared(t, "columbus.osm.pbf"))
	var toZIP, toTown []float64
	covered, placed := 0, 0
	for _, a := range addresses {
		if zip, ok := g.Postcode(a.PostalCode); ok && zip.Region == a.State {
			toZIP = append(toZIP, geo.Distance(zip.Point, a.point())/1000)
		}
		if town := g.Resolve(a.City + ", " + a.State); a.City != "" && len(town.Places) > 0 && !town.Part && town.Places[0].Region == a.State {
			toTown = append(toTown, geo.Distance(town.Places[0].Point, a.point())/1000)
		}
		if a.State == "MT" || a.State == "OH" {
			covered++
		}
		if spot, ok := s.Find(a.address()); ok {
			placed++
			t.Errorf("%s, %s %s is not there, but was found: %+v", a.Address1, a.State, a.PostalCode, spot)
		}
	}
	for what, km := range map[string][]float64{"ZIP": toZIP, "town": toTown} {
		p50, p90, most := spread(km)
		t.Logf("%d addresses are %.1f km (half of them), %.1f km (nine of ten), %.1f km (99 of 100), %.1f km (at most) from the middle of their %s",
			len(km), p50, p90, km[int(0.99*float64(len(km)-1))], most, what)
	}
	t.Logf("%d of %d addresses are in a state of which a part is at hand; %d were found", covered, len(addresses), placed)
}

func townsOf(g *gazetteer.Gazetteer) func(country, postcode string) string {
	return func(_, postcode string) string {
		place, _ := g.Postcode(postcode)
		return place.Town
	}
}

func regionsAt(g *gazetteer.Gazetteer) func(orb.Point) (string, string) {
	return func(p orb.Point) (string, string) {
		town, _ := g.NearestTown(p)
		return town.Region, town.Country
	}
}

// TestRealAddressesAreReadHoweverTheyAreWritten makes a street file of real addresses and looks each up in
// another spelling: the names of streets in 15 states, folded from the long form and from the short one.
func TestRealAddressesAreReadHoweverTheyAreWritten(t *testing.T) {
	addresses := realAddresses(t)
	var things []osmThing
	for _, a := range addresses {
		number, street := cutNumber(a.Address1)
		things = append(things, osmThing{tags: tagged(number, street, "addr:postcode", a.PostalCode, "addr:state", a.State), at: []orb.Point{a.point()}})
	}
	s, report := imported(t, ImportOptions{}, pbfFile(t, "real", things))
	t.Logf("%+v", report.Total)
	for about, respell := range map[string]func(string) string{
		"as they are":                     func(text string) string { return text },
		"in capitals, abbreviated":        abbreviated,
		"abbreviated, with an apartment":  func(text string) string { return abbreviated(text) + " APT 4B" },
		"with a suite behind a comma":     func(text string) string { return text + ", Suite 107" },
		"with the unit first and a dash":  func(text string) string { return "400–" + text },
		"with the name of a house before": func(text string) string { return "Sample Library, " + text },
	} {
		var metres []float64
		lost := 0
		for _, a := range addresses {
			query := a.address()
			query.Street = respell(a.Address1)
			spot, ok := s.Find(query)
			if !ok {
				lost++
				continue
			}
			metres = append(metres, geo.Distance(spot.Point, a.point()))
		}
		p50, p90, most := spread(metres)
		t.Logf("%s: %d of %d are found (%.2f %%), %.1f m, %.1f m and at most %.0f m from their points", about, len(metres), len(addresses),
			100*float64(len(metres))/float64(len(addresses)), p50, p90, most)
		if lost > len(addresses)/50 || most > agreeMetres {
			t.Errorf("%s: %d are lost, one is %.0f m off", about, lost, most)
		}
	}
}

// short are the words that the Postal Service wants abbreviated.
var short = map[string]string{
	"Street": "St", "Avenue": "Ave", "Road": "Rd", "Drive": "Dr", "Lane": "Ln", "Court": "Ct", "Circle": "Cir", "Boulevard": "Blvd", "Place": "Pl",
	"Highway": "Hwy", "Parkway": "Pkwy", "Terrace": "Ter", "Trail": "Trl", "Square": "Sq", "Crossing": "Xing", "Point": "Pt", "Mount": "Mt", "Saint": "St",
	"North": "N", "South": "S", "East": "E", "West": "W", "Northeast": "NE", "Northwest": "NW", "Southeast": "SE", "Southwest": "SW",
}

// abbreviated writes an address as the Postal Service wants it.
func abbreviated(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = cmp.Or(short[word], word)
	}
	return strings.ToUpper(strings.Join(words, " "))
}

// cutNumber parts a house number from its street.
func cutNumber(text string) (number, street string) {
	number, street, _ = strings.Cut(text, " ")
	if fraction, rest, _ := strings.Cut(street, " "); fractions[fraction] {
		return number + " " + fraction, rest
	}
	return number, street
}

// TestColumbusHasNoAddresses says what the extract at hand is: a network to walk on.
func TestColumbusHasNoAddresses(t *testing.T) {
	_, report := imported(t, ImportOptions{}, shared(t, "columbus.osm.pbf"))
	if t.Logf("%+v", report.Total); report.Total.Addresses != 0 {
		t.Error("it has some: they want to be measured")
	}
}

// The size of the county that is measured. Sixty postal codes of 330 streets are a county of two million people.
const (
	quickCodes   = 12
	quickStreets = 330
	quickBlocks  = 10
)

// TestALookUpIsQuick measures on a made-up county.
func TestALookUpIsQuick(t *testing.T) {
	features := cityOf(quickCodes, quickStreets, quickBlocks)
	file := zipped(t, countyName, features)
	path := filepath.Join(t.TempDir(), "streets.sqlite")
	begin := time.Now()
	report, err := Import(context.Background(), path, []string{file}, ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(begin)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d lines, %d ranges in %v: %d bytes, %.0f a range", report.Total.Features, report.Total.Ranges, took.Round(time.Millisecond), info.Size(), float64(info.Size())/float64(report.Total.Ranges))
	s := opened(t, path)
	var micros []float64
	for i := range 5000 {
		f := features[i*7919%len(features)]
		a := Address{Street: f.lfrom + " " + strings.ToUpper(f.name) + " APT 4", Region: "NY", PostalCode: f.zipl, Country: "US"}
		begin := time.Now()
		spot, ok := s.Find(a)
		micros = append(micros, float64(time.Since(begin).Nanoseconds())/1000)
		if !ok || spot.Precision != AtAddress {
			t.Fatalf("%+v is %+v, %v", a, spot, ok)
		}
	}
	p50, p90, most := spread(micros)
	t.Logf("a look-up takes %.0f µs (half of them), %.0f µs (nine of ten), %.0f µs (at most)", p50, p90, most)
	if p50 > 20*150 {
		t.Error("that is twenty times of what it may be, even where the machine has other work")
	}
}

// cityOf makes a city of so many postal codes, streets in each and blocks in each street.
func cityOf(codes, streets, blocks int) []feature {
	var all []feature
	kinds := []string{"St", "Ave", "Rd", "Ln", "Blvd", "Ct"}
	for code := range codes {
		zip := fmt.Sprintf("%05d", 100+code)
		for street := range streets {
			name := fmt.Sprintf("Sample%c%c %s", 'a'+street%26, 'a'+street/26, kinds[street%len(kinds)])
			for block := range blocks {
				east, north := float64(code*2000+block*100), float64(street*50)
				line := []orb.LineString{{at(east, north), at(east+50, north+3), at(east+100, north)}}
				from := 100 + block*100
				all = append(all, feature{name: name, lines: line, zipl: zip, zipr: zip, lfrom: strconv.Itoa(from + 1), lto: strconv.Itoa(from + 99),
					rfrom: strconv.Itoa(from), rto: strconv.Itoa(from + 98), parityl: "O", parityr: "E"})
			}
		}
	}
	return all
}

func BenchmarkFind(b *testing.B) {
	path := filepath.Join(b.TempDir(), "streets.sqlite")
	if _, err := Import(context.Background(), path, []string{zipped(b, countyName, madeUp())}, ImportOptions{}); err != nil {
		b.Fatal(err)
	}
	s := opened(b, path)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := s.Find(in11("150 Main Street Apt 4")); !ok {
			b.Fatal("it is not found")
		}
	}
}
