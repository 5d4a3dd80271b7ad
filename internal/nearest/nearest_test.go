package nearest

import (
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// haversine is the reference: another formula, and no tree.
func haversine(a, b orb.Point) float64 {
	rad := math.Pi / 180
	lat := math.Sin((b.Lat() - a.Lat()) * rad / 2)
	lon := math.Sin((b.Lon() - a.Lon()) * rad / 2)
	h := lat*lat + math.Cos(a.Lat()*rad)*math.Cos(b.Lat()*rad)*lon*lon
	return 2 * earthRadiusMetres * math.Asin(min(1, math.Sqrt(h)))
}

// tolerance is what the two formulas may differ by. Near the far side of the earth both lose digits.
func tolerance(metres float64) float64 {
	const farSide = math.Pi*earthRadiusMetres - 10_000
	if metres > farSide {
		return 0.5
	}
	return 1e-5
}

// byBruteForce is the whole answer without k, by haversine.
func byBruteForce(points []orb.Point, marks []Marks, from orb.Point, f Filter) []Neighbour {
	var all []Neighbour
	for i, p := range points {
		if f.admits(marks[i]) && f.keeps(int32(i)) {
			all = append(all, Neighbour{int32(i), haversine(from, p)})
		}
	}
	slices.SortFunc(all, func(a, b Neighbour) int {
		return cmp.Or(cmp.Compare(a.Metres, b.Metres), cmp.Compare(a.Number, b.Number))
	})
	return all
}

func mustNew(t testing.TB, points []orb.Point, marks []Marks) *Index {
	t.Helper()
	x, err := New(points, marks)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func antipode(p orb.Point) orb.Point {
	return orb.Point{p.Lon() - math.Copysign(180, p.Lon()), -p.Lat()}
}

// places draws points that are as awkward as the globe allows: anywhere, in a cluster of a few
// kilometres, on the very same spot, on its far side, at a pole, on the 180th meridian.
func places(centre orb.Point) *rapid.Generator[orb.Point] {
	near := rapid.Float64Range(-0.05, 0.05)
	return rapid.OneOf(
		anywhere(),
		rapid.Custom(func(t *rapid.T) orb.Point {
			return orb.Point{
				max(-180, min(180, centre.Lon()+near.Draw(t, "east"))),
				max(-90, min(90, centre.Lat()+near.Draw(t, "north"))),
			}
		}),
		rapid.Just(centre),
		rapid.Just(antipode(centre)),
		rapid.Custom(func(t *rapid.T) orb.Point {
			return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.SampledFrom([]float64{-90, 90}).Draw(t, "pole")}
		}),
		rapid.Custom(func(t *rapid.T) orb.Point {
			return orb.Point{rapid.SampledFrom([]float64{-180, 180}).Draw(t, "edge"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
		}),
	)
}

func anywhere() *rapid.Generator[orb.Point] {
	return rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
	})
}

// fewBits keeps marks to three bits, so that filters hit and miss about equally often.
func fewBits() *rapid.Generator[Marks] {
	return rapid.Map(rapid.Uint64Range(0, 7), func(bits uint64) Marks { return Marks(bits) })
}

func filters() *rapid.Generator[Filter] {
	return rapid.Custom(func(t *rapid.T) Filter {
		f := Filter{
			All: rapid.SampledFrom([]Marks{0, 0, 1, 2, 3}).Draw(t, "all"),
			Any: rapid.SliceOfN(fewBits(), 0, 2).Draw(t, "any"),
		}
		if divisor := rapid.Int32Range(0, 3).Draw(t, "keep"); divisor > 0 {
			f.Keep = func(number int32) bool { return number%divisor == 0 }
		}
		return f
	})
}

func TestNearAgreesWithBruteForceHaversine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := anywhere().Draw(t, "from")
		points := rapid.SliceOfN(places(from), 0, 150).Draw(t, "points")
		marks := rapid.SliceOfN(fewBits(), len(points), len(points)).Draw(t, "marks")
		f := filters().Draw(t, "filter")
		k := rapid.IntRange(-1, 200).Draw(t, "k")
		x, err := New(points, marks)
		if err != nil {
			t.Fatal(err)
		}

		want := byBruteForce(points, marks, from, f)
		want = want[:min(len(want), max(k, 0))]
		got := x.Near(nil, from, k, f)
		if len(got) != len(want) {
			t.Fatalf("%d neighbours, want %d", len(got), len(want))
		}
		seen := map[int32]bool{}
		for i, n := range got {
			if math.Abs(n.Metres-want[i].Metres) > tolerance(want[i].Metres) {
				t.Fatalf("neighbour %d is at %v m, want %v m", i, n.Metres, want[i].Metres)
			}
			if real := haversine(from, points[n.Number]); math.Abs(n.Metres-real) > tolerance(real) {
				t.Fatalf("number %d is said to be at %v m, but is at %v m", n.Number, n.Metres, real)
			}
			if seen[n.Number] || !f.admits(marks[n.Number]) || !f.keeps(n.Number) {
				t.Fatalf("number %d does not belong in the answer", n.Number)
			}
			seen[n.Number] = true
			if i > 0 && n.Metres < got[i-1].Metres {
				t.Fatalf("neighbour %d is nearer than the one before it", i)
			}
			if i > 0 && points[n.Number] == points[got[i-1].Number] && n.Number < got[i-1].Number {
				t.Fatalf("numbers %d and %d share a point and are out of order", got[i-1].Number, n.Number)
			}
		}
	})
}

func TestAShorterAnswerIsTheBeginningOfALongerOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := anywhere().Draw(t, "from")
		points := rapid.SliceOfN(places(from), 1, 150).Draw(t, "points")
		x, err := New(points, make([]Marks, len(points)))
		if err != nil {
			t.Fatal(err)
		}
		k := rapid.IntRange(1, len(points)).Draw(t, "k")
		all := x.Near(nil, from, len(points), Filter{})
		if got := x.Near(nil, from, k, Filter{}); !slices.Equal(got, all[:k]) {
			t.Fatalf("the nearest %d are %v, but all are %v", k, got, all)
		}
	})
}

func TestWhatIsWithinADistanceIsTheBeginningOfTheAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := anywhere().Draw(t, "from")
		points := rapid.SliceOfN(places(from), 1, 150).Draw(t, "points")
		f := filters().Draw(t, "filter")
		marks := rapid.SliceOfN(fewBits(), len(points), len(points)).Draw(t, "marks")
		x, err := New(points, marks)
		if err != nil {
			t.Fatal(err)
		}
		k := rapid.IntRange(1, len(points)).Draw(t, "k")
		want := x.Near(nil, from, k, f)
		f.Within = rapid.SampledFrom([]float64{0.001, 3_000, 1_000_000, 2e7, math.Inf(1)}).Draw(t, "within")
		if len(want) > 0 && rapid.Bool().Draw(t, "at the edge") {
			f.Within = want[rapid.IntRange(0, len(want)-1).Draw(t, "of")].Metres
		}
		want = slices.DeleteFunc(want, func(n Neighbour) bool { return f.Within > 0 && n.Metres > f.Within })
		if got := x.Near(nil, from, k, f); !slices.Equal(got, want) {
			t.Fatalf("within %v m are %v, want %v", f.Within, got, want)
		}
	})
}

func TestDistanceIsTheSameInBothDirections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anywhere().Draw(t, "a")
		b := places(a).Draw(t, "b")
		if there, back := distance(t, a, b), distance(t, b, a); there != back {
			t.Fatalf("%v m there, %v m back", there, back)
		}
	})
}

func distance(t rapid.TB, from, to orb.Point) float64 {
	t.Helper()
	x, err := New([]orb.Point{to}, []Marks{0})
	if err != nil {
		t.Fatal(err)
	}
	return x.Near(nil, from, 1, Filter{})[0].Metres
}

func TestTreeGivesTheVeryAnswerOfAFullScan(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	points, marks := sample(r, 20_000)
	for i := 0; i < len(points); i += 2 { // every second point shares one of few spots
		points[i] = points[i%100]
	}
	x := mustNew(t, points, marks)
	filters := map[string]Filter{"none": {}, "12%": {All: eighth}, "1%": {All: hundredth}, "either": {Any: []Marks{eighth | hundredth}}}
	for name, f := range filters {
		for range 100 {
			from := query(r, points)
			if got, want := x.Near(nil, from, 20, f), byScan(x, from, 20, f); !slices.Equal(got, want) {
				t.Fatalf("filter %s from %v: %v, want %v", name, from, got, want)
			}
		}
	}
}

// byScan compares every entry, in the tree's own numbers, so that even the last bit must agree.
func byScan(x *Index, from orb.Point, k int, f Filter) []Neighbour {
	var all []Neighbour
	at := unit(from)
	for i := range x.entries {
		if e := &x.entries[i]; f.admits(e.marks) {
			all = append(all, Neighbour{e.number, squaredChord(&e.at, &at)})
		}
	}
	slices.SortFunc(all, func(a, b Neighbour) int {
		return cmp.Or(cmp.Compare(a.Metres, b.Metres), cmp.Compare(a.Number, b.Number))
	})
	all = all[:min(k, len(all))]
	for i := range all {
		all[i].Metres = metres(all[i].Metres)
	}
	return all
}

func TestPointsOnOneSpotComeInOrderOfTheirNumbers(t *testing.T) {
	const n = 1000
	points := slices.Repeat([]orb.Point{{-87.63, 41.88}}, n)
	x := mustNew(t, points, make([]Marks, n))
	for _, from := range []orb.Point{{-87.63, 41.88}, {10, 10}, antipode(points[0])} {
		for i, neighbour := range x.Near(nil, from, 50, Filter{}) {
			if neighbour.Number != int32(i) {
				t.Fatalf("from %v, place %d has number %d", from, i, neighbour.Number)
			}
		}
	}
}

func TestAPlaceWithTwoNamesIsOnePlace(t *testing.T) {
	for name, pair := range map[string][2]orb.Point{
		"the 180th meridian": {{180, 52}, {-180, 52}},
		"the north pole":     {{0, 90}, {137, 90}},
		"the south pole":     {{-45, -90}, {180, -90}},
	} {
		if d := distance(t, pair[0], pair[1]); d != 0 {
			t.Errorf("%s is %v m from itself", name, d)
		}
	}
}

func TestTheNearestMayBeAcrossThe180thMeridian(t *testing.T) {
	x := mustNew(t, []orb.Point{{-179.99, 52}, {179, 52}}, make([]Marks, 2))
	got := x.Near(nil, orb.Point{179.99, 52}, 1, Filter{})
	if got[0].Number != 0 || got[0].Metres > 1500 {
		t.Errorf("nearest is %+v", got[0])
	}
}

func TestDistances(t *testing.T) {
	metreNorth := 1 / earthRadiusMetres * 180 / math.Pi
	for _, c := range []struct {
		name     string
		from, to orb.Point
		metres   float64
		within   float64
	}{
		{"from pole to equator is a quarter of the way round", orb.Point{0, 90}, orb.Point{12, 0}, math.Pi / 2 * earthRadiusMetres, 1e-6},
		{"to the far side is half of the way round", orb.Point{-87, 41}, orb.Point{93, -41}, math.Pi * earthRadiusMetres, 0.5},
		{"a metre is a metre", orb.Point{-87, 41}, orb.Point{-87, 41 + metreNorth}, 1, 1e-7},
		{"a millimetre is a millimetre", orb.Point{-87, 41}, orb.Point{-87, 41 + metreNorth/1000}, 0.001, 1e-7},
		{"New York to Boston", orb.Point{-74.006, 40.7128}, orb.Point{-71.0589, 42.3601}, 306_108, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := distance(t, c.from, c.to); math.Abs(got-c.metres) > c.within {
				t.Errorf("%v m, want %v m", got, c.metres)
			}
		})
	}
}

func TestQuestionsWithoutAnAnswer(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	one := mustNew(t, []orb.Point{{0, 0}}, []Marks{1})
	none := mustNew(t, nil, nil)
	for _, c := range []struct {
		name  string
		index *Index
		from  orb.Point
		k     int
		f     Filter
	}{
		{"an empty index", none, orb.Point{0, 0}, 1, Filter{}},
		{"k is zero", one, orb.Point{0, 0}, 0, Filter{}},
		{"k is negative", one, orb.Point{0, 0}, -5, Filter{}},
		{"from is not a number", one, orb.Point{nan, 0}, 1, Filter{}},
		{"from is infinite", one, orb.Point{0, inf}, 1, Filter{}},
		{"from is off the globe", one, orb.Point{0, 91}, 1, Filter{}},
		{"a bit that no point carries", one, orb.Point{0, 0}, 1, Filter{All: 2}},
		{"a group that no point carries", one, orb.Point{0, 0}, 1, Filter{Any: []Marks{1, 2}}},
		{"an empty group", one, orb.Point{0, 0}, 1, Filter{Any: []Marks{0}}},
		{"nothing is kept", one, orb.Point{0, 0}, 1, Filter{Keep: func(int32) bool { return false }}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.index.Near(nil, c.from, c.k, c.f); len(got) != 0 {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestAskingForMoreThanThereAreGivesAll(t *testing.T) {
	x := mustNew(t, []orb.Point{{0, 0}, {1, 1}}, make([]Marks, 2))
	if got := x.Near(nil, orb.Point{0, 0}, math.MaxInt, Filter{}); len(got) != 2 {
		t.Errorf("got %v", got)
	}
}

func TestPointsThatCannotBeIndexed(t *testing.T) {
	for name, p := range map[string]orb.Point{
		"longitude is not a number":  {math.NaN(), 0},
		"latitude is infinite":       {0, math.Inf(-1)},
		"latitude is past the pole":  {0, 90.0001},
		"longitude is past the edge": {-180.0001, 0},
	} {
		if _, err := New([]orb.Point{{0, 0}, p}, make([]Marks, 2)); !errors.Is(err, ErrPoints) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if _, err := New(make([]orb.Point, 2), make([]Marks, 1)); !errors.Is(err, ErrPoints) {
		t.Errorf("lengths differ: error %v", err)
	}
}

func TestKeepIsAskedOnceAndOnlyWhereItMatters(t *testing.T) {
	points, marks := sample(rand.New(rand.NewPCG(3, 4)), 10_000)
	x := mustNew(t, points, marks)
	asked := map[int32]int{}
	x.Near(nil, points[0], 20, Filter{All: eighth, Keep: func(number int32) bool {
		asked[number]++
		return true
	}})
	for number, times := range asked {
		if times > 1 || marks[number]&eighth == 0 {
			t.Errorf("asked %d times about number %d with marks %b", times, number, marks[number])
		}
	}
	if len(asked) > 200 {
		t.Errorf("asked about %d of %d points for an answer of 20", len(asked), len(points))
	}
}

func TestNearLeavesWhatIsInDstAndAllocatesNothing(t *testing.T) {
	points, marks := sample(rand.New(rand.NewPCG(5, 6)), 10_000)
	x := mustNew(t, points, marks)
	mine := Neighbour{Number: 77, Metres: 5}
	dst := make([]Neighbour, 1, 21)
	dst[0] = mine
	f := Filter{Any: []Marks{eighth | hundredth}, Keep: func(number int32) bool { return number%2 == 0 }}
	if got := x.Near(dst, points[0], 20, f); len(got) != 21 || got[0] != mine || &got[0] != &dst[0] {
		t.Errorf("got %v", got)
	}
	if n := testing.AllocsPerRun(100, func() { x.Near(dst, points[0], 20, f) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestAnIndexCanBeAskedFromManySidesAtOnce(t *testing.T) {
	points, marks := sample(rand.New(rand.NewPCG(7, 8)), 5_000)
	x := mustNew(t, points, marks)
	want := x.Near(nil, points[0], 20, Filter{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := x.Near(nil, points[0], 20, Filter{}); !slices.Equal(got, want) {
					t.Errorf("got %v, want %v", got, want)
				}
			}
		})
	}
	wg.Wait()
}
