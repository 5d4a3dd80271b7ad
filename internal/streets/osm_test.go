package streets

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"google.golang.org/protobuf/encoding/protowire"
)

// A thing of OpenStreetMap: a node if it has one point, else a way.
type osmThing struct {
	tags     map[string]string
	at       []orb.Point
	relation bool
}

// A pbfWriter writes the parts of an .osm.pbf file.
type pbfWriter struct {
	texts []string
	ids   map[string]int
}

func (w *pbfWriter) text(s string) uint64 {
	if w.ids == nil {
		w.ids, w.texts = map[string]int{}, []string{""}
	}
	if _, ok := w.ids[s]; !ok {
		w.ids[s] = len(w.texts)
		w.texts = append(w.texts, s)
	}
	return uint64(w.ids[s])
}

func packedNumbers(numbers []uint64) []byte {
	var b []byte
	for _, n := range numbers {
		b = protowire.AppendVarint(b, n)
	}
	return b
}

func appendMessage(b []byte, number protowire.Number, message []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, number, protowire.BytesType), message)
}

func appendNumber(b []byte, number protowire.Number, n uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, number, protowire.VarintType), n)
}

// pbfUnits are the whole numbers of a point, in hundreds of a nanodegree.
func pbfUnits(degrees float64) int64 { return int64(math.Round(degrees * 1e7)) }

func zigzags(values []int64) []uint64 {
	last := int64(0)
	var steps []uint64
	for _, v := range values {
		steps = append(steps, protowire.EncodeZigZag(v-last))
		last = v
	}
	return steps
}

// pbfOf writes things as an .osm.pbf file: nodes dense or one by one, blocks packed or not.
func pbfOf(things []osmThing, dense, pack bool) []byte {
	var w pbfWriter
	var ids, lons, lats []int64
	var tags []uint64
	var single, ways, relations []byte
	id := int64(0)
	node := func(p orb.Point, of map[string]string) int64 {
		id++
		ids, lons, lats = append(ids, id), append(lons, pbfUnits(p.Lon())), append(lats, pbfUnits(p.Lat()))
		var message, keys, values []byte
		for _, key := range slices.Sorted(maps.Keys(of)) {
			tags = append(tags, w.text(key), w.text(of[key]))
			keys, values = protowire.AppendVarint(keys, w.text(key)), protowire.AppendVarint(values, w.text(of[key]))
		}
		tags = append(tags, 0)
		message = appendNumber(message, 1, protowire.EncodeZigZag(id))
		message = appendMessage(appendMessage(message, 2, keys), 3, values)
		message = appendNumber(appendNumber(message, 8, protowire.EncodeZigZag(pbfUnits(p.Lat()))), 9, protowire.EncodeZigZag(pbfUnits(p.Lon())))
		single = appendMessage(single, 1, message)
		return id
	}
	for _, thing := range things {
		if len(thing.at) == 1 && !thing.relation {
			node(thing.at[0], thing.tags)
			continue
		}
		var refs []int64
		for i, p := range thing.at {
			if i > 0 && p == thing.at[0] {
				refs = append(refs, refs[0])
				continue
			}
			refs = append(refs, node(p, nil))
		}
		var message, keys, values []byte
		for _, key := range slices.Sorted(maps.Keys(thing.tags)) {
			keys, values = protowire.AppendVarint(keys, w.text(key)), protowire.AppendVarint(values, w.text(thing.tags[key]))
		}
		message = appendMessage(appendMessage(appendNumber(message, 1, uint64(id)), 2, keys), 3, values)
		if thing.relation {
			relations = appendMessage(relations, 4, message)
			continue
		}
		ways = appendMessage(ways, 3, appendMessage(message, 8, packedNumbers(zigzags(refs))))
	}
	nodes := single
	if dense {
		var message []byte
		message = appendMessage(message, 1, packedNumbers(zigzags(ids)))
		message = appendMessage(message, 8, packedNumbers(zigzags(lats)))
		message = appendMessage(message, 9, packedNumbers(zigzags(lons)))
		nodes = appendMessage(nil, 2, appendMessage(message, 10, packedNumbers(tags)))
	}
	var texts []byte
	for _, text := range w.texts {
		texts = appendMessage(texts, 1, []byte(text))
	}
	block := appendMessage(nil, 1, texts)
	for _, group := range [][]byte{nodes, ways, relations} {
		block = appendMessage(block, 2, group)
	}
	header := appendMessage(appendMessage(nil, 4, []byte("OsmSchema-V0.6")), 4, []byte("DenseNodes"))
	return append(pbfBlock("OSMHeader", header, pack), pbfBlock("OSMData", block, pack)...)
}

func pbfBlock(kind string, data []byte, pack bool) []byte {
	blob := appendMessage(nil, 1, data)
	if pack {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		_, _ = z.Write(data) // into memory
		_ = z.Close()
		blob = appendMessage(appendNumber(nil, 2, uint64(len(data))), 3, b.Bytes())
	}
	header := appendNumber(appendMessage(nil, 1, []byte(kind)), 3, uint64(len(blob)))
	out := binary.BigEndian.AppendUint32(nil, uint32(len(header)))
	return append(append(out, header...), blob...)
}

func pbfFile(t testing.TB, name string, things []osmThing) string {
	t.Helper()
	return written(t, name+".osm.pbf", pbfOf(things, true, true))
}

func tagged(number, street string, more ...string) map[string]string {
	tags := map[string]string{"addr:housenumber": number, "addr:street": street}
	for i := 0; i+1 < len(more); i += 2 {
		tags[more[i]] = more[i+1]
	}
	return tags
}

// square is an outline with corners of so many metres.
func square(east, north, wide float64) []orb.Point {
	return []orb.Point{at(east, north), at(east+wide, north), at(east+wide, north+wide), at(east, north+wide), at(east, north)}
}

func village() []osmThing {
	return []osmThing{
		{tags: tagged("12", "Larkspur Avenue", "addr:postcode", sampleton, "addr:city", "Sampleton", "addr:state", "NY"), at: []orb.Point{at(10, 10)}},
		{tags: tagged("14", "Larkspur Avenue", "addr:postcode", sampleton), at: square(100, 0, 20)},
		{tags: tagged("16;18", "Larkspur Avenue", "addr:city", "Sampleton", "addr:state", "ny"), at: []orb.Point{at(200, 10)}},
		{tags: tagged("20A", "Larkspur Avenue", "addr:postcode", sampleton), at: []orb.Point{at(300, 10)}},
		{tags: tagged("20", "Larkspur Avenue", "addr:postcode", sampleton), at: []orb.Point{at(310, 10)}},
		{tags: tagged("22", "Larkspur Avenue", "addr:postcode", sampleton), at: []orb.Point{at(400, 10)}},
		{tags: tagged("22", "Larkspur Avenue", "addr:postcode", sampleton), at: []orb.Point{at(900, 10)}},
		{tags: tagged("12-34", "56th Avenue", "addr:postcode", sampleton), at: []orb.Point{at(0, 500)}},
		{tags: tagged("1", "Hidden Lane"), at: []orb.Point{at(0, 900)}},
		{tags: tagged("1", ""), at: []orb.Point{at(0, 900)}},
		{tags: tagged("the white house", "Larkspur Avenue", "addr:postcode", sampleton), at: []orb.Point{at(0, 900)}},
		{tags: tagged("30", "Larkspur Avenue", "addr:postcode", sampleton), at: square(0, 0, 10), relation: true},
		{tags: map[string]string{"highway": "crossing"}, at: []orb.Point{at(5, 5)}},
	}
}

func TestAddressesOfOpenStreetMapAreFound(t *testing.T) {
	for name, content := range map[string][]byte{
		"dense nodes, packed":       pbfOf(village(), true, true),
		"nodes one by one, packed":  pbfOf(village(), false, true),
		"dense nodes, not packed":   pbfOf(village(), true, false),
		"nodes one by one, as made": pbfOf(village(), false, false),
	} {
		t.Run(name, func(t *testing.T) {
			s, report := imported(t, ImportOptions{}, written(t, "village-261125.osm.pbf", content))
			want := Counts{Features: 12, Streets: 4, Addresses: 9,
				Skipped: map[string]int{noTown: 1, noStreet: 1, noNumber: 1, inRelation: 1}}
			if got := report.Total; got.Features != want.Features || got.Streets != want.Streets || got.Addresses != want.Addresses || !maps.Equal(got.Skipped, want.Skipped) {
				t.Errorf("it counts %+v, want %+v", got, want)
			}
			if source := report.Sources[0].Source; source != "osm/village" {
				t.Errorf("the source is %q", source)
			}
			findVillage(t, s)
		})
	}
}

func findVillage(t *testing.T, s *Streets) {
	t.Helper()
	for street, want := range map[string]orb.Point{
		"12 Larkspur Ave":     at(10, 10),
		"14 Larkspur Ave":     at(110, 10), // the middle of its outline
		"16 Larkspur Ave":     at(200, 10), // it has a town and no postal code
		"18 Larkspur":         at(200, 10),
		"20a Larkspur Avenue": at(300, 10),
		"20B Larkspur Avenue": at(310, 10), // that number at least
		"12-34 56 Av":         at(0, 500),
	} {
		spot, ok := s.Find(Address{Street: street, City: "sampleton", Region: "NY", PostalCode: sampleton})
		if !ok || spot.Precision != AtAddress || metresBetween(spot.Point, want) > 1 {
			t.Errorf("%s is at %+v, %v", street, spot, ok)
		}
	}
	for name, street := range map[string]string{
		"one of two places": "22 Larkspur Ave", "not there": "24 Larkspur Ave", "a street of doors has no length": "Larkspur Avenue",
	} {
		if spot, ok := s.Find(in11(street)); ok {
			t.Errorf("%s: %s is at %+v", name, street, spot)
		}
	}
}

func TestWhatAnAddressLeavesOutIsAsked(t *testing.T) {
	things := []osmThing{{tags: tagged("1", "Hidden Lane", "addr:city", "Sampleton"), at: []orb.Point{at(0, 0)}}}
	s, _ := imported(t, ImportOptions{RegionAt: func(p orb.Point) (string, string) { return "NY", "US" }}, pbfFile(t, "hidden", things))
	if spot, ok := s.Find(Address{Street: "1 Hidden Ln", City: "SAMPLETON", Region: "NY", Country: "US"}); !ok {
		t.Errorf("it is at %+v", spot)
	}
}

func TestAKnownDoorIsBetterThanARange(t *testing.T) {
	things := []osmThing{{tags: tagged("149", "Main Street", "addr:postcode", sampleton), at: []orb.Point{at(170, 1040)}}}
	s, _ := imported(t, ImportOptions{}, zipped(t, countyName, madeUp()), pbfFile(t, "door", things))
	if spot, ok := s.Find(in11("149 Main St")); !ok || metresBetween(spot.Point, at(170, 1040)) > 1 {
		t.Errorf("it is at %+v, %v", spot, ok)
	}
}

func TestAFileThatIsNoPBFIsAnErrorAndNoEnd(t *testing.T) {
	whole := pbfOf(village(), true, true)
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"empty":                 {nil, "damaged"},
		"a text":                {[]byte("this is no map of anything at all"), "damaged"},
		"cut":                   {whole[:len(whole)-1], "not whole"},
		"a block of 4 GB":       {[]byte{0xff, 0xff, 0xff, 0xff}, "damaged"},
		"needs what is unknown": {pbfBlock("OSMHeader", appendMessage(nil, 4, []byte("Telepathy")), true), "Telepathy"},
		"a bomb":                {pbfBlock("OSMData", make([]byte, maxBlock+1), true), "damaged"},
		"packed otherwise":      {packedOtherwise(), "osmium"},
	} {
		t.Run(name, func(t *testing.T) {
			path := written(t, "streets.sqlite", nil) + "-none"
			_, err := Import(context.Background(), path, []string{written(t, "x.osm.pbf", c.content)}, ImportOptions{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want one with %q", err, c.want)
			}
		})
	}
}

func packedOtherwise() []byte {
	blob := appendMessage(nil, 7, []byte("zstd"))
	header := appendNumber(appendMessage(nil, 1, []byte("OSMData")), 3, uint64(len(blob)))
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(header))), header...), blob...)
}

func FuzzPBF(f *testing.F) {
	f.Add(pbfOf(village(), true, true))
	f.Add(pbfOf(village(), false, false))
	f.Fuzz(func(t *testing.T, content []byte) {
		visit := pbfVisitor{
			node:     func(n pbfNode) error { _ = n.tags.get("addr:street"); return nil },
			way:      func(w pbfWay) error { _ = w.tags.get("addr:street"); return nil },
			relation: func(tags pbfTags) error { _ = tags.get("addr:street"); return nil },
		}
		if err := readPBF(context.Background(), bytes.NewReader(content), visit, func(int64) {}); errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
