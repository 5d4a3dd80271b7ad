//go:build !cgo

// With cgo, the other reader of .osm.pbf files needs a C library. Run this with CGO_ENABLED=0.

package streets

import (
	"cmp"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"
)

// delaware is an extract of a state, of 2016, which comes with the other reader.
func delaware(t *testing.T) string {
	t.Helper()
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/paulmach/osm").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(strings.TrimSpace(string(folder)), "testdata", "delaware-latest.osm.pbf")
}

// A tally is what two readers of one file must agree on.
type tally struct {
	nodes, ways, relations, refs, tags int
	ids, lons, lats                    int64 // sums
}

func TestTwoReadersOfOneFileAgree(t *testing.T) {
	path := delaware(t)
	var ours tally
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	err = readPBF(context.Background(), f, pbfVisitor{
		node: func(n pbfNode) error {
			ours.nodes++
			ours.ids += n.id
			ours.lons += pbfUnits(n.lon)
			ours.lats += pbfUnits(n.lat)
			ours.tags += len(n.tags.pairs) / 2
			return nil
		},
		way: func(w pbfWay) error {
			ours.ways++
			ours.refs += len(w.refs)
			for _, ref := range w.refs {
				ours.ids += ref
			}
			ours.tags += len(w.tags.pairs) / 2
			return nil
		},
		relation: func(tags pbfTags) error {
			ours.relations++
			ours.tags += len(tags.pairs) / 2
			return nil
		},
	}, func(int64) {})
	if err != nil {
		t.Fatal(err)
	}
	if theirs := tallyOf(t, path); ours != theirs {
		t.Errorf("we read %+v, they %+v", ours, theirs)
	}
	t.Logf("%+v", ours)
}

func tallyOf(t *testing.T, path string) (theirs tally) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	scanner := osmpbf.New(context.Background(), f, 1)
	defer func() { _ = scanner.Close() }()
	for scanner.Scan() {
		switch o := scanner.Object().(type) {
		case *osm.Node:
			theirs.nodes++
			theirs.ids += int64(o.ID)
			theirs.lons += pbfUnits(o.Lon)
			theirs.lats += pbfUnits(o.Lat)
			theirs.tags += len(o.Tags)
		case *osm.Way:
			theirs.ways++
			theirs.refs += len(o.Nodes)
			for _, n := range o.Nodes {
				theirs.ids += int64(n.ID)
			}
			theirs.tags += len(o.Tags)
		case *osm.Relation:
			theirs.relations++
			theirs.tags += len(o.Tags)
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return theirs
}

// leastOfDelaware is the share of addresses that are found again. The others have their number in two places of
// one street, mostly shops of one mall.
const leastOfDelaware = 0.93

func TestEveryAddressOfAnExtractLeadsBackToItself(t *testing.T) {
	path, g := delaware(t), shippedPlaces(t)
	begin := time.Now()
	s, report := imported(t, ImportOptions{TownOf: townsOf(g), RegionAt: regionsAt(g)}, path)
	t.Logf("%+v in %v", report.Total, time.Since(begin).Round(time.Millisecond))
	var metres []float64
	lost := 0
	for _, one := range addressesOf(t, path) {
		spot, ok := s.Find(one.address)
		if !ok {
			lost++
			continue
		}
		metres = append(metres, geo.Distance(spot.Point, one.point))
	}
	slices.Sort(metres)
	p50, p90, most := spread(metres)
	found := float64(len(metres)) / float64(len(metres)+lost)
	t.Logf("of %d nodes with a number, a street and a postal code or a town, %d (%.1f %%) are found: %.1f m (half of them), %.1f m (nine of ten) and at most %.0f m from their points",
		len(metres)+lost, len(metres), 100*found, p50, p90, most)
	if found < leastOfDelaware || most > agreeMetres {
		t.Errorf("at least %.0f %%, at most %v m", 100*leastOfDelaware, agreeMetres)
	}
}

type known struct {
	address Address
	point   orb.Point
}

// addressesOf reads the nodes that are addresses with the other reader.
func addressesOf(t *testing.T, path string) (all []known) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	scanner := osmpbf.New(context.Background(), f, 1)
	defer func() { _ = scanner.Close() }()
	for scanner.Scan() {
		n, ok := scanner.Object().(*osm.Node)
		if !ok {
			continue
		}
		number, street := n.Tags.Find("addr:housenumber"), n.Tags.Find("addr:street")
		postcode, city := n.Tags.Find("addr:postcode"), n.Tags.Find("addr:city")
		if number == "" || street == "" || postcode == "" && city == "" {
			continue
		}
		region := cmp.Or(n.Tags.Find("addr:state"), "DE")
		all = append(all, known{Address{Street: number + " " + street, City: city, Region: region, PostalCode: postcode}, orb.Point{n.Lon, n.Lat}})
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
