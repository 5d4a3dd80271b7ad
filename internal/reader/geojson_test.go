package reader

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func feature(geometry, properties string) string {
	return fmt.Sprintf(`{"type":"Feature","geometry":%s,"properties":%s}`, geometry, properties)
}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

const boxHere = `{"type":"Point","coordinates":[-84.2,39.7]}`

func near(got *orb.Point, want orb.Point) bool {
	return got != nil && math.Abs(got[0]-want[0]) < 1e-6 && math.Abs(got[1]-want[1]) < 1e-6
}

func TestGeometriesOfGeoJSON(t *testing.T) {
	for _, test := range []struct {
		name, geometry string
		want           *orb.Point
		fault          bool
	}{
		{"a point", boxHere, &orb.Point{-84.2, 39.7}, false},
		{"a point with a height", `{"type":"Point","coordinates":[-84.2,39.7,212]}`, &orb.Point{-84.2, 39.7}, false},
		{"several points", `{"type":"MultiPoint","coordinates":[[-84,39],[-82,41]]}`, &orb.Point{-83, 40}, false},
		{"a line", `{"type":"LineString","coordinates":[[-84,39],[-82,41]]}`, &orb.Point{-83, 40}, false},
		{"an area", `{"type":"Polygon","coordinates":[[[-84,39],[-82,39],[-82,41],[-84,41],[-84,39]]]}`, &orb.Point{-83, 40}, false},
		{"a collection", `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[-84,39]},{"type":"Point","coordinates":[-82,41]}]}`, &orb.Point{-83, 40}, false},
		{"none", `null`, nil, false},
		{"a point without numbers is not 0,0", `{"type":"Point","coordinates":[]}`, nil, false},
		{"a point of nulls is not 0,0", `{"type":"Point","coordinates":[null,null]}`, nil, false},
		{"a point of half is none", `{"type":"Point","coordinates":[-84.2]}`, nil, false},
		{"an area of nothing", `{"type":"Polygon","coordinates":[]}`, nil, false},
		{"numbers as text", `{"type":"Point","coordinates":["-84.2","39.7"]}`, nil, true},
		{"a kind that nobody knows", `{"type":"Blob","coordinates":[1,2]}`, nil, true},
		{"no object", `"here"`, nil, true},
		{"latitude first", `{"type":"Point","coordinates":[39.7,-104.9]}`, nil, true},
		{"one point among good ones is far out", `{"type":"Point","coordinates":[4000000,300000]}`, nil, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, records := read(t, "", collection(feature(boxHere, `{"name":"first"}`), feature(test.geometry, `{"name":"A"}`), feature(boxHere, `{"name":"last"}`)), Options{})
			r := records[1]
			if len(records) != 3 || (r.Fault != "") != test.fault || (r.Point == nil) != (test.want == nil) || test.want != nil && !near(r.Point, *test.want) {
				t.Errorf("point %v, fault %q", r.Point, r.Fault)
			}
			if records[2].Values[0] != "last" || records[2].Point == nil {
				t.Errorf("what follows is lost: %v", records[2])
			}
		})
	}
}

func TestFormsOfGeoJSON(t *testing.T) {
	one := feature(boxHere, `{"name":"A"}`)
	for _, test := range []struct {
		name, data string
		records    int
		findings   []string
	}{
		{"a collection", collection(one, one), 2, nil},
		{"a feature alone", one, 1, nil},
		{"an array of features", "[" + one + "," + one + "]", 2, nil},
		{"a feature on each line", one + "\n" + one + "\n", 2, nil},
		{"pages", collection(one) + "\n" + collection(one, one), 3, nil},
		{"an empty last page", collection(one) + collection(), 1, nil},
		{"members in another order", `{"features":[{"properties":{"name":"A"},"geometry":` + boxHere + `,"type":"Feature","bbox":[1,2,3,4]}],"name":"x","type":"FeatureCollection"}`, 1, nil},
		{"the usual system", `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features":[` + one + `]}`, 1, nil},
		{"a system by its number", `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4326"}},"features":[` + one + `]}`, 1, nil},
		{"a short form of it", `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4269"}},"features":[` + one + `]}`, 1, nil},
		{"no system", `{"type":"FeatureCollection","crs":null,"features":[` + one + `]}`, 1, nil},
		{"an answer that is not the whole", `{"type":"FeatureCollection","exceededTransferLimit":true,"features":[` + one + `]}`, 1, []string{"partial_answer"}},
		{"the same where ArcGIS says it", `{"type":"FeatureCollection","properties":{"exceededTransferLimit":true},"features":[` + one + `]}`, 1, []string{"partial_answer"}},
		{"pages of which the last is the last", `{"type":"FeatureCollection","exceededTransferLimit":true,"features":[` + one + `]}` + collection(one), 2, nil},
		{"features that are none", `{"type":"FeatureCollection","features":[` + one + `,7,[1],"x",null]}`, 5, nil},
		{"properties that are none", collection(feature(boxHere, "null"), one), 2, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			table, records := read(t, "", test.data, Options{})
			if table.Format != GeoJSON || len(records) != test.records || !slices.Equal(codes(table), test.findings) {
				t.Errorf("%s with %d records, findings %v", table.Format, len(records), table.Findings)
			}
			if records[0].Point == nil {
				t.Error("the first record has no point")
			}
		})
	}
}

func TestIDsOfFeaturesAreText(t *testing.T) {
	_, records := read(t, "", collection(
		`{"type":"Feature","id":7,"geometry":null,"properties":{"n":1}}`,
		`{"type":"Feature","id":"box-8","geometry":null,"properties":{"n":1}}`,
		feature("null", `{"n":1}`)), Options{})
	if records[0].ID != "7" || records[1].ID != "box-8" || records[2].ID != "" {
		t.Errorf("ids %q, %q, %q", records[0].ID, records[1].ID, records[2].ID)
	}
}

func TestProjectedGeoJSONIsRefusedUnlessItIsWebMercator(t *testing.T) {
	metres := `{"type":"Point","coordinates":[-9373101.2,4823420.5]}`
	in := func(system, geometry string) string {
		return `{"type":"FeatureCollection","features":[` + feature(geometry, `{"name":"A"}`) + `],"crs":{"type":"name","properties":{"name":"` + system + `"}}}`
	}
	for name, data := range map[string]string{
		"a system that is not known":       in("urn:ogc:def:crs:EPSG::2261", boxHere),
		"a system by a name":               in("NAD27 / Ohio South", boxHere),
		"metres that nobody told of":       collection(feature(metres, `{"name":"A"}`)),
		"metres that claim to be degrees":  in("EPSG:4326", metres),
		"degrees that claim to be metres":  in("EPSG:3857", boxHere),
		"pages that differ":                in("EPSG:3857", metres) + in("EPSG:4326", boxHere),
		"a longitude beyond the half turn": collection(feature(`{"type":"Point","coordinates":[181,10]}`, `{"name":"A"}`)),
	} {
		t.Run(name, func(t *testing.T) {
			if err := refusal("", []byte(data), Options{}); !errors.Is(err, ErrProjected) {
				t.Errorf("got %v", err)
			}
		})
	}
	_, records := read(t, "", in("EPSG:3857", metres), Options{})
	if !near(records[0].Point, orb.Point{-84.2000000, 39.7000000}) && (records[0].Point == nil || math.Abs(records[0].Point[0]+84.2) > 0.01) {
		t.Errorf("Web Mercator became %v", records[0].Point)
	}
}

func TestAreasAreFoundOut(t *testing.T) {
	table, _ := read(t, "", collection(feature(`{"type":"LineString","coordinates":[[-84,39],[-82,41]]}`, `{"n":1}`), feature(boxHere, `{"n":2}`)), Options{})
	if len(table.Findings) != 1 || table.Findings[0].Code != "middle_of_area" || !strings.Contains(table.Findings[0].Text, "1 of 2") {
		t.Errorf("findings %v", table.Findings)
	}
}

func TestALongGeoJSONTakesNoMoreMemoryThanAShortOne(t *testing.T) {
	one := []byte("," + feature(boxHere, `{"name":"`+strings.Repeat("x", 1000)+`"}`))
	data := slices.Concat([]byte(`{"type":"FeatureCollection","features":[`), one[1:], bytes.Repeat(one, 15_000), []byte("]}"))
	peak := peakDuring(func() {
		if err := refusal("", data, Options{}); err != nil {
			t.Fatal(err)
		}
	})
	if peak > 8<<20 {
		t.Errorf("%d MiB of memory for a file of %d MiB", peak>>20, len(data)>>20)
	}
}
