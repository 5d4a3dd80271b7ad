package draw

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the pictures in testdata anew")

func miles(metres float64) string {
	return strconv.FormatFloat(math.Round(metres/1609.344*10)/10, 'f', -1, 64) + " miles"
}

func pins(at ...orb.Point) []Pin {
	var all []Pin
	for i, p := range at {
		number := strconv.Itoa(i + 1)
		all = append(all, Pin{At: p, Label: number, Href: "#r" + number, Title: "Place " + number})
	}
	return all
}

func vague(pins []Pin) []Pin {
	for i := range pins {
		pins[i].Vague = true
	}
	return pins
}

func TestPicturesAreAsTheyWere(t *testing.T) {
	base := open(t, island())
	shore, lagoon := orb.Point{-45.5, 40}, orb.Point{179.9, 1.9}
	for name, m := range map[string]Map{
		"a town by the sea": {
			From: &shore, Pins: pins(orb.Point{-45.2, 39.9}, orb.Point{-45.7, 39.7}), Labels: []Label{{orb.Point{-45.5, 39.8}, "Northport", 3000}},
			Rings: []Ring{{16093.44, "10 miles"}}, ScaleText: miles, ScaleUnit: 1609.344, Title: "Two places", Desc: "Near Northport",
		},
		"inland":                         {Pins: pins(orb.Point{-48, 38})},
		"places that share a spot":       {Pins: append(pins(orb.Point{-46.4, 35}, orb.Point{-46.4, 35}, orb.Point{-46.4, 35}, orb.Point{-47.6, 34}), Pin{At: orb.Point{-46.4, 35}, Label: "7", Href: "#r7", Title: "Place 7"})},
		"only the town is known":         {From: &shore, FromVague: true, Pins: vague(pins(orb.Point{-45, 39}, orb.Point{-45, 39}, orb.Point{-46, 38.2}))},
		"the whole island":               {Pins: pins(orb.Point{-50, 30}, orb.Point{-40, 40})},
		"across the 180th meridian":      {From: &lagoon, Pins: pins(orb.Point{-179.4, 2.1}, orb.Point{179.5, 1.5})},
		"where nothing is known":         {Pins: pins(orb.Point{100, 10})},
		"nothing to show":                {},
		"text that would break the page": {Pins: []Pin{{At: shore, Label: `<1>`, Href: `"><script>`, Title: "</title>&\x00\xff"}}, Title: `" onload="`},
	} {
		t.Run(name, func(t *testing.T) {
			m.Width, m.Height = 360, 300
			got := base.SVG(nil, m)
			elements(t, got)
			golden := filepath.Join("testdata", strings.ReplaceAll(name, " ", "-")+".svg")
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(bytes.TrimSpace(want)), string(got)); diff != "" {
				t.Errorf("it changed; look at it, then run the test with -update\n%s", diff)
			}
		})
	}
}

// anyText draws what a dataset might have in a name.
var anyText = rapid.OneOf(
	rapid.String(),
	rapid.SampledFrom([]string{"", "<script>alert(1)</script>", `"'&amp;`, "\x00\x1b\uFFFE", "مركز الصحة", "Ñandú", "診療所", "a]]>b", strings.Repeat("W", 300)}),
)

func anyPoint() *rapid.Generator[orb.Point] {
	return rapid.Custom(func(t *rapid.T) orb.Point {
		lon := rapid.OneOf(rapid.Float64Range(-180, 180), rapid.Float64Range(-46, -45), rapid.SampledFrom([]float64{-180, 180, 179.99, -45, 0})).Draw(t, "lon")
		lat := rapid.OneOf(rapid.Float64Range(-90, 90), rapid.Float64Range(34, 36), rapid.SampledFrom([]float64{-90, 90, 35, 0})).Draw(t, "lat")
		return orb.Point{lon, lat}
	})
}

// mark is in the title of a pin once and nowhere else.
func mark(i int) string { return "⟦" + strconv.Itoa(i) + "⟧" }

func anyMap(t *rapid.T) Map {
	m := Map{Width: rapid.IntRange(0, 1000).Draw(t, "width"), Height: rapid.IntRange(0, 1000).Draw(t, "height")}
	if rapid.Bool().Draw(t, "from") {
		from := anyPoint().Draw(t, "at")
		m.From, m.FromVague = &from, rapid.Bool().Draw(t, "vague")
	}
	most := rapid.SampledFrom([]int{0, 1, 12, 200}).Draw(t, "most")
	for i, at := range rapid.SliceOfN(anyPoint(), 0, most).Draw(t, "pins") {
		m.Pins = append(m.Pins, Pin{At: at, Label: strconv.Itoa(i + 1), Href: "#r" + anyText.Draw(t, "href"),
			Title: anyText.Draw(t, "title") + mark(i), Vague: rapid.Bool().Draw(t, "vague pin")})
	}
	for range rapid.IntRange(0, 12).Draw(t, "labels") {
		m.Labels = append(m.Labels, Label{anyPoint().Draw(t, "town"), anyText.Draw(t, "name"), rapid.Int().Draw(t, "rank")})
	}
	for range rapid.IntRange(0, 3).Draw(t, "rings") {
		m.Rings = append(m.Rings, Ring{rapid.Float64().Draw(t, "metres"), anyText.Draw(t, "far")})
	}
	if rapid.Bool().Draw(t, "scale") {
		text := anyText.Draw(t, "length")
		m.ScaleText = func(float64) string { return text }
	}
	m.Title, m.Desc = anyText.Draw(t, "title"), anyText.Draw(t, "desc")
	return m
}

func TestAnyMapIsSound(t *testing.T) {
	base := open(t, island())
	rapid.Check(t, func(rt *rapid.T) {
		m := anyMap(rt)
		width, height := pictureSide(m.Width), pictureSide(m.Height)
		var names strings.Builder
		for _, e := range elements(t, base.SVG(nil, m)) {
			switch {
			case e.name == "title":
				names.WriteString(e.text)
			case e.name == "script" || e.attr["style"] != "" || e.attr["id"] != "" || e.attr["onload"] != "":
				rt.Fatalf("the page would not allow %s %v", e.name, e.attr)
			case e.class == "m-vague":
				if x, y := e.number(t, "x"), e.number(t, "y"); x < 0 || y < 0 || x+e.number(t, "width") > width+0.1 || y+22 > height {
					rt.Fatalf("a disc at %v, %v is not seen whole", x, y)
				}
			case strings.HasPrefix(e.class, "m-") && e.attr["d"] != "" && e.class != "m-pin" && e.class != "m-scale":
				for _, line := range subpaths(t, e.attr["d"]) {
					for _, p := range line {
						if (rect{-bleed, -bleed, width + bleed, height + bleed}).lacks(p) {
							rt.Fatalf("%s goes to %v, but the picture is %v by %v", e.class, p, width, height)
						}
					}
				}
			}
		}
		for i := range m.Pins {
			if n := strings.Count(names.String(), mark(i)); n != 1 {
				rt.Fatalf("pin %d of %d is named %d times", i, len(m.Pins), n)
			}
		}
	})
}

// lacks reports whether p is outside, but for what adding up tenths loses.
func (r rect) lacks(p orb.Point) bool {
	const lost = 1e-6
	return p[0] < r.left-lost || p[1] < r.top-lost || p[0] > r.right+lost || p[1] > r.bottom+lost
}

func TestPinsDoNotHideEachOther(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := anyMap(rt)
		c := canvas{frame: m.frame()}
		c.gather(m.Pins)
		whole := rect{-0.01, -0.01, c.frame.width + 0.01, c.frame.height + 0.01}
		for i := range c.groups {
			r := c.groups[i].rect()
			if c.groups[i].gone {
				continue
			}
			if r.left < whole.left || r.top < whole.top || r.right > whole.right || r.bottom > whole.bottom {
				rt.Fatalf("the pin at %v is not seen whole", r)
			}
			if r.right-r.left < 23.99 || r.bottom-r.top < 23.99 {
				rt.Fatalf("the pin at %v is too small for a finger", r)
			}
			for j := range c.groups[:i] {
				if !c.groups[j].gone && c.groups[j].rect().meets(r) {
					rt.Fatalf("the pins at %v and %v overlap", c.groups[j].rect(), r)
				}
			}
		}
	})
}

// Land is land wherever one looks at it from: at the seams between cells, and at every scale.
func TestLandIsPaintedWhereItLies(t *testing.T) {
	base := open(t, island())
	const away = 0.15 // degrees from any shore: more than a line may move
	rapid.Check(t, func(rt *rapid.T) {
		at := orb.Point{rapid.Float64Range(-51, -38).Draw(rt, "lon"), rapid.Float64Range(29, 41).Draw(rt, "lat")}
		if planar.DistanceFrom(orb.LineString(coastline), at) < away || planar.DistanceFrom(orb.LineString(pond), at) < away {
			return
		}
		want := "m-water"
		if planar.RingContains(coastline, at) && !planar.RingContains(pond, at) {
			want = "m-land"
		}
		reach := rapid.SampledFrom([]float64{0.01, 0.3, 1, 2, 5, 9}).Draw(rt, "reach")
		m := Map{Width: 360, Height: 300, Pins: pins(orb.Point{at[0] - reach, at[1] - reach/2}, orb.Point{at[0] + reach/3, at[1] + reach/3})}
		x, y := m.frame().pixel(at)
		if got := colour(t, base.SVG(nil, m), x, y); got != want {
			rt.Fatalf("%v is %q, want %q", at, got, want)
		}
	})
}

func TestTheViewIsWhatThePictureShows(t *testing.T) {
	var base Basemap
	at := orb.Point{-100, 45}
	for name, c := range map[string]struct {
		m    Map
		want orb.Bound
	}{
		"a single place is not looked at too closely": {Map{Pins: pins(at)}, orb.Bound{Min: orb.Point{-100.12, 44.93}, Max: orb.Point{-99.88, 45.08}}},
		"all places have room":                        {Map{From: &at, Pins: pins(orb.Point{-104, 45})}, orb.Bound{Min: orb.Point{-104.34, 43.66}, Max: orb.Point{-99.66, 46.41}}},
		"the near way around the globe is taken":      {Map{Pins: pins(orb.Point{179, 0}, orb.Point{-179, 0})}, orb.Bound{Min: orb.Point{178.83, -0.93}, Max: orb.Point{181.17, 1.02}}},
		"without a place it is the United States":     {Map{}, orb.Bound{Min: orb.Point{-129.58, 12.87}, Max: orb.Point{-62.02, 56.77}}},
	} {
		t.Run(name, func(t *testing.T) {
			c.m.Width, c.m.Height = 360, 300
			got := base.View(c.m)
			for i, pair := range [][2]float64{{got.Min[0], c.want.Min[0]}, {got.Min[1], c.want.Min[1]}, {got.Max[0], c.want.Max[0]}, {got.Max[1], c.want.Max[1]}} {
				if math.Abs(pair[0]-pair[1]) > 0.1 {
					t.Errorf("edge %d is %.2f, want %.2f", i, pair[0], pair[1])
				}
			}
		})
	}
}

func TestNamesKeepApart(t *testing.T) {
	base := open(t, island())
	from := orb.Point{-45, 38}
	m := Map{Width: 360, Height: 300, From: &from, Pins: pins(orb.Point{-46, 37.5}, orb.Point{-44, 38.4})}
	for i := range 40 {
		m.Labels = append(m.Labels, Label{orb.Point{-46 + float64(i%8)/4, 37.4 + float64(i/8)/5}, "Settlement", i})
	}
	var taken []rect
	for _, e := range elements(t, base.SVG(nil, m)) {
		if e.name != "text" || e.text != "Settlement" {
			continue
		}
		x, y, width := e.number(t, "x"), e.number(t, "y"), textWidth("Settlement", nameSize)
		switch e.attr["text-anchor"] {
		case "middle":
			x -= width / 2
		case "end":
			x -= width
		}
		r := rect{x, y - 9, x + width, y + 3}
		for _, other := range taken {
			if r.meets(other) {
				t.Errorf("names at %v and %v overlap", r, other)
			}
		}
		taken = append(taken, r)
	}
	if len(taken) < 3 || len(taken) > maxLabels {
		t.Errorf("%d names are drawn", len(taken))
	}
}

func TestTheLargestTownsAreNamed(t *testing.T) {
	at := orb.Point{-45, 38}
	m := Map{Width: 360, Height: 300, From: &at, Labels: []Label{{at, "Hamlet", 10}, {at, "Village", 900}, {at, "City", 200_000}}}
	svg := string(open(t, island()).SVG(nil, m))
	if city, hamlet := strings.Index(svg, ">City<"), strings.Index(svg, ">Hamlet<"); city < 0 || hamlet >= 0 && hamlet < city {
		t.Errorf("the city is not named first: %s", svg)
	}
}

func TestScaleBarIsARoundLength(t *testing.T) {
	for name, c := range map[string]struct{ most, unit, want float64 }{
		"one":                     {1999, 1000, 1000},
		"two":                     {2000, 1000, 2000},
		"five":                    {9999, 1000, 5000},
		"a hundred miles":         {170_000, 1609.344, 160_934.4},
		"less than the unit":      {300, 1000, 200},
		"as long as it may be":    {10_000, 1000, 10_000},
		"half a mile, of a third": {1000, 1609.344, 804.672},
	} {
		t.Run(name, func(t *testing.T) {
			if got := roundLength(c.most, c.unit); math.Abs(got-c.want) > 1e-6 {
				t.Errorf("roundLength(%v, %v) = %v, want %v", c.most, c.unit, got, c.want)
			}
		})
	}
}

func TestTheStyleSheetKnowsEveryClass(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	from := orb.Point{-45.5, 40}
	m := Map{Width: 360, Height: 300, From: &from, Pins: pins(orb.Point{-46, 39}, orb.Point{-45, 38}), Labels: []Label{{from, "Northport", 1}},
		Rings: []Ring{{40_000, "25 miles"}}, ScaleText: miles}
	m.Pins[0].Vague = true
	for _, e := range elements(t, open(t, island()).SVG(nil, m)) {
		if e.class != "" && !strings.Contains(string(doc), e.class) {
			t.Errorf("doc.go does not name %s", e.class)
		}
	}
	if len(Style) > 600 {
		t.Errorf("the style is %d bytes, in every page", len(Style))
	}
}

func TestManyMayDrawAtOnce(t *testing.T) {
	base := open(t, island())
	m := Map{Width: 360, Height: 300, Pins: pins(orb.Point{-45, 38}, orb.Point{-46, 37})}
	want := base.SVG(nil, m)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if got := base.SVG(nil, m); !bytes.Equal(got, want) {
					t.Error("two pictures of the same map differ")
				}
			}
		})
	}
	all.Wait()
}

func TestShippedMapKnowsLandFromWater(t *testing.T) {
	_, base := shipped(t)
	for name, c := range map[string]struct {
		at   orb.Point
		want string
	}{
		"Kansas":                              {orb.Point{-98, 38.5}, "m-land"},
		"New Orleans, between two cells":      {orb.Point{-90, 29.9}, "m-land"},
		"Toronto":                             {orb.Point{-79.42, 43.75}, "m-land"},
		"Windsor":                             {orb.Point{-82.9, 42.2}, "m-land"},
		"the Sweet Grass border crossing":     {orb.Point{-111.96, 49.0}, "m-land"},
		"Tijuana":                             {orb.Point{-116.9, 32.45}, "m-land"},
		"Yukon":                               {orb.Point{-135.1, 60.7}, "m-land"},
		"Inuvik, at the latitude of Chukotka": {orb.Point{-133.5, 67.8}, "m-land"},
		"the Beaufort Sea":                    {orb.Point{-140, 72}, "m-water"},
		"Attu, beyond the 180th meridian":     {orb.Point{172.9, 52.9}, "m-land"},
		"San Juan":                            {orb.Point{-66.06, 18.4}, "m-land"},
		"Guam":                                {orb.Point{144.8, 13.45}, "m-land"},
		"Lake Michigan":                       {orb.Point{-87, 43}, "m-water"},
		"Lake Ontario, the Canadian side":     {orb.Point{-78.5, 43.6}, "m-water"},
		"Great Salt Lake":                     {orb.Point{-112.5, 41.2}, "m-water"},
		"the Pacific":                         {orb.Point{-130, 40}, "m-water"},
		"the Gulf of Mexico":                  {orb.Point{-90, 26}, "m-water"},
		"London, of which nothing is known":   {orb.Point{-0.1, 51.5}, "m-land"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, reach := range []float64{0.05, 1, 3} {
				m := Map{Width: 360, Height: 300, Pins: pins(orb.Point{c.at[0] - reach, c.at[1]}, orb.Point{c.at[0] + reach/2, c.at[1] + reach/2})}
				x, y := m.frame().pixel(c.at)
				if got := colour(t, base.SVG(nil, m), x, y); got != c.want {
					t.Errorf("%v degrees around it is %q, want %q", reach, got, c.want)
				}
			}
		})
	}
}
