package gazetteer

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"
)

func BenchmarkOpen(b *testing.B) {
	content := shippedFile()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Open(bytes.NewReader(content)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHeap measures what an open gazetteer holds.
func BenchmarkHeap(b *testing.B) {
	content := shippedFile()
	for b.Loop() {
		before := liveBytes()
		g, err := Open(bytes.NewReader(content))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(liveBytes()-before)/1e6, "MB-live")
		runtime.KeepAlive(g)
	}
}

// liveBytes is what the heap holds after all that is not reachable is gone.
func liveBytes() int64 {
	runtime.GC()
	runtime.GC() // pools live through one
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func benchmarkResolve(b *testing.B, texts ...string) {
	g := shipped()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		text := texts[i%len(texts)]
		if len(g.Resolve(text).Places) == 0 {
			b.Fatalf("%q is nowhere", text)
		}
	}
}

func BenchmarkZIP(b *testing.B) { benchmarkResolve(b, "94103", "10001", "60612-1234", "V6A 1A1") }
func BenchmarkTownExact(b *testing.B) {
	benchmarkResolve(b, "philadelphia pa", "st louis mo", "portland, me")
}
func BenchmarkAddress(b *testing.B) {
	benchmarkResolve(b, "1200 Market St, San Francisco", "16th and mission san francisco ca")
}

// BenchmarkMisspelt resolves the names of many towns, each with one wrong letter, and says how long the slowest
// one of a hundred takes.
func BenchmarkMisspelt(b *testing.B) {
	g := shipped()
	texts := misspeltTowns(g)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		begin := time.Now()
		g.Resolve(texts[i%len(texts)])
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2]), "p50-ns")
	b.ReportMetric(float64(took[len(took)*99/100]), "p99-ns")
}

// misspeltTowns are the names of towns that have some people, with two letters swapped, one left out or one
// doubled, and without their state: that is the slowest search.
func misspeltTowns(g *Gazetteer) []string {
	const leastTown = 20_000
	random := rand.New(rand.NewPCG(1, 2))
	var texts []string
	for _, r := range g.records {
		if r.kind != Town || r.population < leastTown || g.regions[r.region].state == none || len(r.name) < leastMisspelt || !ascii(r.name) {
			continue
		}
		at := 1 + random.IntN(len(r.name)-2)
		head, a, b, tail := r.name[:at], r.name[at:at+1], r.name[at+1:at+2], r.name[at+2:]
		texts = append(texts, head+[]string{b + a, b, a + a + b}[random.IntN(3)]+tail)
	}
	random.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	return texts
}

func BenchmarkBeginning(b *testing.B) { benchmarkResolve(b, "philadel", "indianap", "albuque") }

func BenchmarkPostcode(b *testing.B) {
	g := shipped()
	for b.Loop() {
		g.Postcode("94103")
	}
}

func BenchmarkNonsense(b *testing.B) {
	g := shipped()
	b.ReportAllocs()
	for b.Loop() {
		g.Resolve("where can i get it for nothing")
	}
}

func BenchmarkArea(b *testing.B) {
	g := shipped()
	b.ReportAllocs()
	for b.Loop() {
		g.Area("us", "il", "chicago")
	}
}

func BenchmarkNearestTown(b *testing.B) {
	g := shipped()
	for name, p := range map[string]orb.Point{"city": {-87.63, 41.88}, "tundra": {-95, 68}, "ocean": {-150, 10}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				g.NearestTown(p)
			}
		})
	}
}

func BenchmarkTownsWithin(b *testing.B) {
	g := shipped()
	for name, bound := range map[string]orb.Bound{
		"city":    {Min: orb.Point{-88, 41.5}, Max: orb.Point{-87.3, 42.2}},
		"state":   {Min: orb.Point{-91, 37}, Max: orb.Point{-87, 42.5}},
		"country": {Min: orb.Point{-125, 24}, Max: orb.Point{-66, 50}},
		"ocean":   {Min: orb.Point{-160, 0}, Max: orb.Point{-120, 15}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.TownsWithin(bound, 14)
			}
		})
	}
}
