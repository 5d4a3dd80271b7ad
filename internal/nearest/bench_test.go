package nearest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"
)

// The marks of sample: about 12 % of points carry eighth, about 1 % carry hundredth.
const (
	eighth Marks = 1 << iota
	hundredth
)

// sample makes points as places are in the world: in towns of a few kilometres, some towns far larger
// than others, within the bounds of the contiguous United States.
func sample(r *rand.Rand, n int) ([]orb.Point, []Marks) {
	towns := make([]orb.Point, 1+n/50)
	for i := range towns {
		towns[i] = orb.Point{-124 + 57*r.Float64(), 25 + 24*r.Float64()}
	}
	points, marks := make([]orb.Point, n), make([]Marks, n)
	for i := range points {
		u := r.Float64()
		town := towns[int(u*u*u*float64(len(towns)))]
		points[i] = orb.Point{town.Lon() + 0.05*r.NormFloat64(), town.Lat() + 0.05*r.NormFloat64()}
		if r.IntN(8) == 0 {
			marks[i] |= eighth
		}
		if r.IntN(100) == 0 {
			marks[i] |= hundredth
		}
	}
	return points, marks
}

// query draws where people ask from: mostly near a point, now and then anywhere on earth.
func query(r *rand.Rand, points []orb.Point) orb.Point {
	if r.IntN(20) == 0 {
		return orb.Point{-180 + 360*r.Float64(), -90 + 180*r.Float64()}
	}
	p := points[r.IntN(len(points))]
	return orb.Point{p.Lon() + 0.1*r.NormFloat64(), p.Lat() + 0.1*r.NormFloat64()}
}

// BenchmarkNear asks for the nearest 20 and reports the median and the 99th percentile of a question.
func BenchmarkNear(b *testing.B) {
	sizes := []struct {
		name string
		n    int
	}{{"10k", 10_000}, {"100k", 100_000}, {"1M", 1_000_000}}
	filters := []struct {
		name   string
		filter Filter
	}{{"none", Filter{}}, {"12%", Filter{All: eighth}}, {"1%", Filter{All: hundredth}}}

	for _, size := range sizes {
		r := rand.New(rand.NewPCG(1, 2))
		points, marks := sample(r, size.n)
		x := mustNew(b, points, marks)
		questions := make([]orb.Point, 2000)
		for i := range questions {
			questions[i] = query(r, points)
		}
		for _, f := range filters {
			b.Run(fmt.Sprintf("%s/%s", size.name, f.name), func(b *testing.B) {
				benchmarkNear(b, x, questions, f.filter)
			})
		}
	}
}

// benchmarkNear times each question by itself. Of a question that was asked twice the later time counts,
// so that nothing is allocated while the clock runs.
func benchmarkNear(b *testing.B, x *Index, questions []orb.Point, f Filter) {
	took := make([]time.Duration, len(questions))
	dst := make([]Neighbour, 0, 20)
	b.ReportAllocs()
	asked := 0
	for b.Loop() {
		i := asked % len(questions)
		start := time.Now()
		x.Near(dst, questions[i], 20, f)
		took[i] = time.Since(start)
		asked++
	}
	took = took[:min(asked, len(took))]
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds()), "p50-ns")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds()), "p99-ns")
}

func BenchmarkBuild1M(b *testing.B) {
	points, marks := sample(rand.New(rand.NewPCG(1, 2)), 1_000_000)
	for b.Loop() {
		mustNew(b, points, marks)
	}
}
