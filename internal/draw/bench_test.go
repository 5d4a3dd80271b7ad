package draw

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
)

// shipped is the basemap that the server has.
func shipped(t testing.TB) ([]byte, *Basemap) {
	t.Helper()
	content, err := os.ReadFile("../../data/basemap/basemap.bin.gz")
	if err != nil {
		t.Skip(err)
	}
	b, err := OpenBasemap(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return content, b
}

// resultsMap is a map as the results page has it: ten pins within reach of a place, two rings, twelve towns.
func resultsMap(from orb.Point, reach float64) Map {
	r := rand.New(rand.NewPCG(1, 7))
	about := func() orb.Point {
		return orb.Point{from[0] + reach*(2*r.Float64()-1), from[1] + 0.6*reach*(2*r.Float64()-1)}
	}
	word := func() string { // no two alike, so that nothing compresses better than names do
		letters := make([]byte, 5+r.IntN(7))
		for i := range letters {
			letters[i] = "etaoinshrdlucm"[r.IntN(14)]
		}
		return strings.ToUpper(string(letters[:1])) + string(letters[1:])
	}
	m := Map{
		Width: 360, Height: 300, From: &from, FromVague: true, Title: "Map of the places in the list",
		ScaleUnit: 1609.344,
		ScaleText: func(metres float64) string { return strconv.FormatFloat(metres/1609.344, 'f', -1, 64) + " miles" },
	}
	for i := range 10 {
		number := strconv.Itoa(i + 1)
		m.Pins = append(m.Pins, Pin{At: about(), Label: number, Href: "#r" + number, Title: word() + " County Health Department", Vague: i%4 == 3})
	}
	for i := range 12 {
		m.Labels = append(m.Labels, Label{At: about(), Text: word(), Rank: 200_000 >> i})
	}
	for _, part := range []float64{0.3, 0.6} {
		metres := reach * part * 111_000 * math.Cos(from[1]*math.Pi/180)
		m.Rings = append(m.Rings, Ring{metres, "5 miles"})
	}
	return m
}

var places = map[string]orb.Point{
	"Columbus": {-82.9988, 39.9612}, "San Francisco": {-122.4194, 37.7749}, "New York": {-73.98, 40.75},
	"Anchorage": {-149.9, 61.2}, "Seattle": {-122.33, 47.6}, "Boston": {-71.06, 42.36}, "Toronto": {-79.38, 43.65},
	"Miles City": {-105.84, 46.41}, "Honolulu": {-157.86, 21.31}, "San Juan": {-66.1, 18.44},
}

// BenchmarkLocal draws the map of a results page, of towns on coasts and inland, at z9 to z11.
func BenchmarkLocal(b *testing.B) {
	benchmark(b, 0.15, 0.4)
}

// BenchmarkNation draws a map across half of the country.
func BenchmarkNation(b *testing.B) {
	benchmark(b, 20, 30)
}

// BenchmarkMany draws 200 pins, most of them on the spot of another.
func BenchmarkMany(b *testing.B) {
	_, base := shipped(b)
	m := resultsMap(places["Columbus"], 0.4)
	for i := range 190 {
		p := m.Pins[i%10]
		p.Label = strconv.Itoa(11 + i)
		p.At[0] += float64(i) * 0.003
		m.Pins = append(m.Pins, p)
	}
	var dst []byte
	b.ReportAllocs()
	for b.Loop() {
		dst = base.SVG(dst[:0], m)
	}
}

func benchmark(b *testing.B, reaches ...float64) {
	_, base := shipped(b)
	var maps []Map
	for _, reach := range reaches {
		for _, at := range places {
			maps = append(maps, resultsMap(at, reach))
		}
	}
	var dst []byte
	size := 0
	for _, m := range maps { // warm
		dst = base.SVG(dst[:0], m)
		size += len(dst)
	}
	took := make([]time.Duration, 0, 1<<16)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		dst = base.SVG(dst[:0], maps[i%len(maps)])
		if len(took) < cap(took) {
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(size/len(maps)), "B/map")
}

func BenchmarkOpen(b *testing.B) {
	content, _ := shipped(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := OpenBasemap(bytes.NewReader(content)); err != nil {
			b.Fatal(err)
		}
	}
}
