package gazetteer

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

// small is a whole file with one state, one county, two towns, two ZIPs, one province and a foreign city.
const small = header + `
zone	America/Chicago
zone	America/Denver
r	CA	YT	Yukon	-1350000	607000	30000	0	-1410000	600000	-1240000	690000	Yukón
z	Y1A	-1350500	607200	5	0	1
t	Whitehorse		-1350568	607212	30000	0	0	
r	MX
t	Tijuana		-1170039	325149	1922523	0	1	TJ
r	US	KS	Kansas	-970000	385000	2900000	0	-1020529	369928	-946015	400029	Kans
c	Pratt County		-987000	376000	9000	1	-990000	370000	-980000	380000
t	Pratt		-987376	376439	6500	1	0	
z	67124	-987400	376400	12		
n	Sun City	sun-city-pratt	-989000	373000	0	0	1	Sol|Sun
z	67143	-989100	373100	100	1	0
`

func packed(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t *testing.T, text string) *Gazetteer {
	t.Helper()
	g, err := Open(bytes.NewReader(packed(t, text)))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestAFileIsRead(t *testing.T) {
	g := opened(t, small)
	zip, _ := g.Postcode("67143")
	want := Place{
		Name: "67143", Region: "KS", Country: "US", Kind: Postcode, Precision: AtPostcode, Point: orb.Point{-98.91, 37.31},
		Extent: square(orb.Point{-98.91, 37.31}, 10_000), County: "pratt-county", TimeZone: "America/Chicago", Town: "Sun City", Slug: "67143",
	}
	if diff := cmp.Diff(want, zip); diff != "" {
		t.Error(diff)
	}
	county, _ := g.Area("us", "ks", "pratt-county")
	want = Place{
		Name: "Pratt County", Region: "KS", Country: "US", Kind: County, Precision: AtCounty, Point: orb.Point{-98.7, 37.6},
		Extent:     orb.Bound{Min: orb.Point{-99, 37}, Max: orb.Point{-98, 38}},
		Population: 9000, County: "pratt-county", TimeZone: "America/Denver", Slug: "pratt-county",
	}
	if diff := cmp.Diff(want, county); diff != "" {
		t.Error(diff)
	}
	if p, _ := g.Postcode("67124"); p.County != "pratt-county" || p.TimeZone != "America/Chicago" || p.Town != "Pratt" {
		t.Errorf("what is not said is not that of the town: %+v", p)
	}
	if p, _ := g.Postcode("y1a"); p.Name != "Y1A" || p.Town != "" || p.TimeZone != "America/Denver" {
		t.Errorf("%+v", p)
	}
	if p, _ := g.Area("us", "ks", "sun-city-pratt"); p.Kind != Neighbourhood || p.County != "" {
		t.Errorf("%+v", p)
	}
	if places := g.Resolve("sol").Places; len(places) != 1 || places[0].Name != "Sun City" {
		t.Errorf("%v", places)
	}
}

func TestADamagedFileIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"another form":               {"places 1", "places 2", "of a form that is not known"},
		"an unknown line":            {"z\tY1A", "q\tY1A", "line 5: \"q\" is no kind of line"},
		"a town before any region":   {"zone\tAmerica/Chicago", "t\tNowhere", "line 2: it is in no region"},
		"a field too few":            {"\t12\t\t\n", "\t12\n", "line 12: it has too few fields"},
		"a field too many":           {"\t12\t\t\n", "\t12\t\t\t\n", "line 12: it has too many fields"},
		"a latitude beyond the pole": {"607212", "907212", "line 6: \"907212\" is not a number from -900000 to 900000"},
		"a word for a number":        {"\t6500\t", "\tmany\t", "\"many\" is not a number"},
		"a zone that is not there":   {"9000\t1", "9000\t2", "\"2\" is not a number from 0 to 1"},
		"a county that is not there": {"6500\t1", "6500\t2", "\"2\" is not a number from 0 to 1"},
		"a code that is none":        {"67124", "6712", "is neither a ZIP nor"},
		"a county after a town":      {"n\tSun City", "c\tSun County", "a county comes after a town"},
		"an empty line":              {"r\tMX\n", "\n", "is no kind of line"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(small, c.old) {
				t.Fatalf("the file has no %q", c.old)
			}
			_, err := Open(bytes.NewReader(packed(t, strings.Replace(small, c.old, c.new, 1))))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want %q", err, c.want)
			}
		})
	}
}

func TestAFileThatIsNotWholeIsRefused(t *testing.T) {
	whole := packed(t, small)
	spoilt := bytes.Clone(whole)
	spoilt[len(spoilt)/2] ^= 0x40
	for name, content := range map[string][]byte{
		"nothing": nil, "text": []byte(small), "half": whole[:len(whole)/2], "without its end": whole[:len(whole)-1], "a wrong bit": spoilt,
		"a header only": packed(t, header),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Open(bytes.NewReader(content)); err == nil {
				t.Error("it was opened")
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(small)
	f.Add(header)
	f.Fuzz(func(t *testing.T, text string) {
		g, err := open(text)
		if err != nil {
			return
		}
		g.Resolve("pratt ks")
		g.Postcode("67124")
		g.NearestTown(orb.Point{-98, 37})
		g.TownsWithin(orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}, 3)
		g.Counties("US", "KS")
	})
}
