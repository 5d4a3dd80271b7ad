package gazetteer

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// someRecord draws a town, neighbourhood or county of a state or province.
func someRecord(t *rapid.T, g *Gazetteer) int32 {
	return int32(rapid.IntRange(0, len(g.records)-1).Filter(func(i int) bool {
		r := &g.records[i]
		return r.kind != State && g.regions[r.region].state != none
	}).Draw(t, "record"))
}

// TestAPlaceIsFoundByItsNameAndRegion asks for every place there is: a draw of
// some left two kinds of names to luck.
func TestAPlaceIsFoundByItsNameAndRegion(t *testing.T) {
	g := shipped()
next:
	for i := range g.records {
		if r := &g.records[i]; r.kind == State || g.regions[r.region].state == none {
			continue
		}
		p := g.place(int32(i))
		answer := g.Resolve(p.Name + ", " + p.Region)
		for _, found := range answer.Places[:min(5, len(answer.Places))] {
			if Key(found.Name) == Key(p.Name) && found.Region == p.Region && !answer.Part {
				continue next
			}
		}
		t.Errorf("%s, %s leads to %v", p.Name, p.Region, answer)
	}
}

func TestAPlaceIsFoundBySlug(t *testing.T) {
	g := shipped()
	rapid.Check(t, func(t *rapid.T) {
		p := g.place(someRecord(t, g))
		found, ok := g.Area(strings.ToLower(p.Country), strings.ToLower(p.Region), p.Slug)
		if !ok || found != p {
			t.Fatalf("%+v is not %+v", found, p)
		}
	})
}

func TestEverySlugIsItsOwnAndInOrder(t *testing.T) {
	g := shipped()
	for i := range g.regions {
		in := &g.regions[i]
		if in.state == none {
			continue
		}
		seen := map[string]bool{}
		for id := in.first; id < in.end; id++ {
			slug := g.slug(id)
			if slug == "" || seen[slug] || strings.Trim(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
				t.Errorf("%s: the slug %q of %s", in.code, slug, g.records[id].name)
			}
			if id != in.first && id != in.towns && g.slug(id-1) > slug {
				t.Errorf("%s: %q comes before %q", in.code, g.slug(id-1), slug)
			}
			seen[slug] = true
		}
	}
}

// someBound draws a bound as maps have them, up to all around the globe and over the 180th meridian, which may
// be said in either way.
func someBound(t *rapid.T) orb.Bound {
	west, wide := rapid.Float64Range(-200, 200), rapid.Float64Range(0, 360)
	south, high := rapid.Float64Range(-90, 90), rapid.Float64Range(0, 180)
	if rapid.Bool().Draw(t, "america") {
		west, wide, south, high = rapid.Float64Range(-130, -60), rapid.Float64Range(0, 5), rapid.Float64Range(20, 60), rapid.Float64Range(0, 5)
	}
	b := orb.Bound{Min: orb.Point{west.Draw(t, "west"), south.Draw(t, "south")}}
	b.Max = orb.Point{b.Min[0] + wide.Draw(t, "wide"), b.Min[1] + high.Draw(t, "high")}
	if b.Max[0] > 180 && rapid.Bool().Draw(t, "wrapped") {
		b.Max[0] -= 360
	}
	return b
}

// eastOf is how many degrees a longitude lies east of another, from 0 to before 360.
func eastOf(west, lon float64) float64 { return math.Mod(lon-west+1080, 360) }

func TestTownsWithinAreTheMostPopulousOnes(t *testing.T) {
	g := shipped()
	rapid.Check(t, func(t *rapid.T) {
		b, limit := someBound(t), rapid.IntRange(0, 30).Draw(t, "limit")
		wide := b.Max.Lon() - b.Min.Lon()
		if wide < 0 {
			wide += 360
		}
		var want []Place
		for id := range g.records {
			p := g.place(int32(id))
			if p.Kind == Town && b.Min.Lat() <= p.Point.Lat() && p.Point.Lat() <= b.Max.Lat() && eastOf(b.Min.Lon(), p.Point.Lon()) <= wide {
				want = append(want, p)
			}
		}
		slices.SortStableFunc(want, func(a, b Place) int { return cmp.Compare(b.Population, a.Population) })
		want = want[:min(limit, len(want))]
		if got := g.TownsWithin(b, limit); !slices.Equal(got, want) {
			t.Fatalf("%v holds %v and not %v", b, got, want)
		}
	})
}

func TestAMapOverThe180thMeridianHasTheTownsOfBothSides(t *testing.T) {
	for name, b := range map[string]orb.Bound{
		"beyond 180 in the east":  {Min: orb.Point{140, 10}, Max: orb.Point{205, 25}},
		"beyond -180 in the west": {Min: orb.Point{-220, 10}, Max: orb.Point{-155, 25}},
		"Min east of Max":         {Min: orb.Point{140, 10}, Max: orb.Point{-155, 25}},
	} {
		t.Run(name, func(t *testing.T) {
			var names []string
			for _, p := range shipped().TownsWithin(b, 1000) {
				names = append(names, p.Name)
			}
			for _, want := range []string{"Honolulu", "Dededo"} {
				if !slices.Contains(names, want) {
					t.Errorf("%s is not among %v", want, names)
				}
			}
		})
	}
}

func TestTheNearestTownIsTheNearest(t *testing.T) {
	g := shipped()
	rapid.Check(t, func(t *rapid.T) {
		p := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
		if rapid.Bool().Draw(t, "near a place") {
			q := g.place(someRecord(t, g)).Point
			p = orb.Point{q[0] + p[0]/1000, max(-90, min(90, q[1]+p[1]/1000))}
			p[0] = wrap(p[0])
		}
		least := math.Inf(1)
		for id := range g.records {
			if r := &g.records[id]; r.kind == Town && r.population > 0 {
				least = min(least, metresBetween(p, r.spot.point()))
			}
		}
		town, metres := g.NearestTown(p)
		if math.Abs(metres-least) > 0.01 || math.Abs(metresBetween(p, town.Point)-least) > 0.01 {
			t.Fatalf("%s at %.1f m is not the nearest, which is at %.1f m", town.Name, metres, least)
		}
	})
}

func TestNoTownIsNearNowhere(t *testing.T) {
	for _, p := range []orb.Point{{math.NaN(), 0}, {0, math.Inf(1)}, {200, 0}, {0, -91}} {
		if town, metres := shipped().NearestTown(p); town != (Place{}) || metres != 0 {
			t.Errorf("%v: %v", p, town)
		}
	}
}

// slow is what no text may take: a thousand times the usual, for tests share their machine. A text that took
// longer is asked again, some attempts long: a slow text is slow each time.
const (
	slow     = 500 * time.Millisecond
	attempts = 5
)

func FuzzResolve(f *testing.F) {
	for _, q := range queries(f) {
		f.Add(q.text)
	}
	g := shipped()
	f.Fuzz(func(t *testing.T, text string) {
		answer, took := timed(g, text)
		for i := 1; i < attempts && took > slow; i++ {
			_, again := timed(g, text)
			took = min(took, again)
		}
		if took > slow {
			t.Errorf("it takes %v", took)
		}
		if len(answer.Places) > maxPlaces {
			t.Errorf("%d places", len(answer.Places))
		}
		if len(answer.Places) == 0 && (answer.Ask || answer.Part || answer.Near) {
			t.Errorf("no place, but %+v", answer)
		}
		for _, p := range answer.Places {
			if !(math.Abs(p.Point.Lon()) <= 180 && math.Abs(p.Point.Lat()) <= 90) {
				t.Errorf("%v is not on the globe", p.Point)
			}
			if p.Precision.Rank() == len(precisions) {
				t.Errorf("%q is no precision", p.Precision)
			}
		}
	})
}

func timed(g *Gazetteer, text string) (Answer, time.Duration) {
	begin := time.Now()
	answer := g.Resolve(text)
	return answer, time.Since(begin)
}

func TestNoNameMeansAPlaceTwice(t *testing.T) {
	x := &shipped().names
	for key := range x.keys {
		seen := map[int32]bool{}
		for _, target := range x.of(key) {
			if seen[target.record] {
				t.Errorf("%q is %s twice", x.keys[key], shipped().place(target.record).Name)
			}
			seen[target.record] = true
		}
	}
}
