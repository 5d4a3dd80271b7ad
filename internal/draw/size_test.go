package draw

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// maxPacked is how many bytes a picture may have, compressed: of a page of ten results, which is 8 KB,
// the list and the rest of the page need what is left.
const maxPacked = 2000

// homes are where the sites of the dataset may be: the states, their islands and territories, and Canada.
var homes = []struct {
	within orb.Bound
	maps   int
}{
	{orb.Bound{Min: orb.Point{-124.5, 25}, Max: orb.Point{-67, 49}}, 140},
	{orb.Bound{Min: orb.Point{-135, 43}, Max: orb.Point{-53, 60}}, 60},
	{orb.Bound{Min: orb.Point{-168, 54}, Max: orb.Point{-130, 71}}, 40},
	{orb.Bound{Min: orb.Point{-130, 60}, Max: orb.Point{-62, 83}}, 30},
	{orb.Bound{Min: orb.Point{-160, 19}, Max: orb.Point{-154.8, 22.3}}, 15},
	{orb.Bound{Min: orb.Point{-67.3, 17.7}, Max: orb.Point{-64.5, 18.6}}, 15},
}

// centres are spread evenly (Roberts): no two runs differ, and no gap is wide.
func centres() []orb.Point {
	var all []orb.Point
	const golden = 1.32471795724474602596
	for _, h := range homes {
		for i := range h.maps {
			_, x := math.Modf(float64(i+1) / golden)
			_, y := math.Modf(float64(i+1) / (golden * golden))
			size := orb.Point{h.within.Max[0] - h.within.Min[0], h.within.Max[1] - h.within.Min[1]}
			all = append(all, orb.Point{h.within.Min[0] + x*size[0], h.within.Min[1] + y*size[1]})
		}
	}
	for _, at := range places {
		all = append(all, at)
	}
	return all
}

// reaches are those of a town, of a county, of a state, of half of the country, and of all of it, in
// degrees.
var reaches = []float64{0.15, 0.5, 2, 6, 15, 35}

func TestShippedMapsAreSmall(t *testing.T) {
	_, base := shipped(t)
	for _, at := range centres() {
		for _, reach := range reaches {
			m := resultsMap(at, reach)
			if size := packed(t, base, m); size > maxPacked {
				t.Errorf("%.2f, %v degrees around: %d bytes", at, reach, size)
			}
		}
	}
}

// packed is what a picture adds to a page that names its places, compressed.
func packed(t testing.TB, base *Basemap, m Map) int {
	t.Helper()
	var page []byte
	for _, p := range m.Pins {
		page = fmt.Appendf(page, "<li id=%q>%s</li>", p.Href, p.Title)
	}
	return zipped(t, base.SVG(page, m)) - zipped(t, page)
}

func zipped(t testing.TB, content []byte) int {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}
