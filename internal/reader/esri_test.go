package reader

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func esriPage(wkid int, more bool, features ...string) string {
	return fmt.Sprintf(`{"objectIdFieldName":"OBJECTID","geometryType":"esriGeometryPoint","spatialReference":{"wkid":%d},
		"fields":[{"name":"OBJECTID","type":"esriFieldTypeOID","alias":"OBJECTID"},{"name":"FIELD_NAME_A","type":"esriFieldTypeString","alias":"Site name"},
		{"name":"checked","type":"esriFieldTypeDate","alias":"Checked on"},{"name":"GlobalID","type":"esriFieldTypeGlobalID","alias":"GlobalID"}],
		"exceededTransferLimit":%t,"features":[%s]}`, wkid, more, strings.Join(features, ","))
}

func esriFeature(id int, geometry string) string {
	return fmt.Sprintf(`{"attributes":{"OBJECTID":%d,"FIELD_NAME_A":"Box %d","checked":1767225600000,"GlobalID":"{guid-%d}","extra":null},"geometry":%s}`, id, id, id, geometry)
}

func TestEsriPagesAreOneTable(t *testing.T) {
	here := `{"x":-84.2,"y":39.7}`
	table, records := read(t, "pages.json", esriPage(4326, true, esriFeature(1, here), esriFeature(2, here))+"\n"+esriPage(4326, false, esriFeature(3, here)), Options{})
	if table.Format != Esri || len(records) != 3 || len(table.Findings) != 0 {
		t.Fatalf("%s with %d records, findings %v", table.Format, len(records), table.Findings)
	}
	if want := []string{"OBJECTID", "Site name", "checked", "GlobalID", "extra"}; !slices.Equal(table.Header, want) {
		t.Errorf("header %q, want %q", table.Header, want)
	}
	if want := []string{"3", "Box 3", "2026-01-01", "{guid-3}", ""}; !slices.Equal(records[2].Values, want) {
		t.Errorf("values %q, want %q", records[2].Values, want)
	}
	if records[2].ID != "{guid-3}" || !near(records[2].Point, orb.Point{-84.2, 39.7}) {
		t.Errorf("id %q at %v", records[2].ID, records[2].Point)
	}
}

func TestAnEsriRecordWithoutGlobalIDHasNoID(t *testing.T) {
	_, records := read(t, "", `{"features":[{"attributes":{"OBJECTID":7},"geometry":{"x":1,"y":2}}],"geometryType":"esriGeometryPoint"}`, Options{})
	if records[0].ID != "" {
		t.Errorf("OBJECTID, which changes, became the id %q", records[0].ID)
	}
}

func TestGeometriesOfEsri(t *testing.T) {
	for _, test := range []struct {
		name, geometry string
		want           *orb.Point
	}{
		{"a point", `{"x":-84.2,"y":39.7,"z":3}`, &orb.Point{-84.2, 39.7}},
		{"several points", `{"points":[[-84,39],[-82,41]]}`, &orb.Point{-83, 40}},
		{"a line", `{"paths":[[[-84,39],[-82,41]]]}`, &orb.Point{-83, 40}},
		{"an area", `{"rings":[[[-84,39],[-82,39],[-82,41],[-84,39]]]}`, &orb.Point{-83, 40}},
		{"an envelope", `{"xmin":-84,"ymin":39,"xmax":-82,"ymax":41}`, &orb.Point{-83, 40}},
		{"none", `null`, nil},
		{"a point that is none", `{"x":"NaN","y":"NaN"}`, nil},
		{"a point of nulls", `{"x":null,"y":null}`, nil},
		{"an area of nothing", `{"rings":[]}`, nil},
		{"a bare value", `7`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, records := read(t, "", esriPage(4326, false, esriFeature(1, test.geometry)), Options{})
			if p := records[0].Point; (p == nil) != (test.want == nil) || p != nil && !near(p, *test.want) {
				t.Errorf("got %v, want %v", p, test.want)
			}
		})
	}
}

func TestSystemsOfEsri(t *testing.T) {
	degrees, metres := esriFeature(1, `{"x":-84.2,"y":39.7}`), esriFeature(1, `{"x":-9373101.2,"y":4823420.5}`)
	for _, test := range []struct {
		name, data string
		refused    bool
		says       string
	}{
		{"WGS84", esriPage(4326, false, degrees), false, ""},
		{"NAD83", esriPage(4269, false, degrees), false, ""},
		{"Web Mercator by its old number", esriPage(102100, false, metres), false, ""},
		{"Web Mercator", esriPage(3857, false, metres), false, ""},
		{"a state plane", esriPage(2261, false, metres), true, "2261"},
		{"Esri's own state plane", esriPage(102690, false, metres), true, "102690"},
		{"metres in spite of what was asked for", esriPage(4326, false, metres), true, "EPSG:4326"},
		{"degrees in spite of what it says", esriPage(3857, false, degrees), true, "degrees"},
		{"pages that differ", esriPage(4326, true, degrees) + esriPage(102100, false, metres), true, "metres"},
		{"a number that only the newest know", strings.Replace(esriPage(4326, false, metres), `{"wkid":4326}`, `{"wkid":103700,"latestWkid":3857}`, 1), false, ""},
		{"a system as text", strings.Replace(esriPage(4326, false, degrees), `{"wkid":4326}`, `{"wkt":"GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\"]]"}`, 1), false, ""},
		{"a system that is not known, as text", strings.Replace(esriPage(4326, false, degrees), `{"wkid":4326}`, `{"wkt":"PROJCS[\"Michigan_South\"]"}`, 1), true, "Michigan"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := refusal("", []byte(test.data), Options{})
			if errors.Is(err, ErrProjected) != test.refused || err != nil && !strings.Contains(err.Error(), test.says) {
				t.Fatalf("got %v", err)
			}
			if !test.refused {
				if _, records := read(t, "", test.data, Options{}); records[0].Point == nil || records[0].Point[0] > -84 || records[0].Point[0] < -85 {
					t.Errorf("it is at %v", records[0].Point)
				}
			}
		})
	}
}

func TestEsriAnswersThatAreNoData(t *testing.T) {
	good := esriPage(4326, true, esriFeature(1, `{"x":-84.2,"y":39.7}`))
	for _, test := range []struct {
		name, data, says string
		want             error
	}{
		{"an error", `{"error":{"code":498,"message":"Invalid token.","details":[]}}`, "Invalid token", ErrFormat},
		{"an error after a good page", good + `{"error":{"code":500,"message":"Unable to perform query"}}`, "Unable to perform", ErrFormat},
		{"the description of a layer", `{"currentVersion":11,"name":"Sites","geometryType":"esriGeometryPoint","fields":[{"name":"a"}]}`, "", ErrFormat},
		{"no features at all", esriPage(4326, false), "", ErrEmpty},
		{"cut short", good[:len(good)-40], "cut short", ErrFormat},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := refusal("", []byte(test.data), Options{Format: Esri})
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v", err)
			}
		})
	}
	if table, _ := read(t, "", good, Options{}); !slices.Equal(codes(table), []string{"partial_answer"}) {
		t.Errorf("findings %v", table.Findings)
	}
}

func TestDatesOfEsri(t *testing.T) {
	for _, test := range []struct{ milliseconds, want string }{
		{"0", "1970-01-01"}, {"1767225600000", "2026-01-01"}, {"1767229200000", "2026-01-01T01:00:00Z"}, {"-86400000", "1969-12-31"},
		{"", ""}, {"2026-01-02", "2026-01-02"}, {"9223372036854775807", "9223372036854775807"},
	} {
		if got := dateOf(test.milliseconds); got != test.want {
			t.Errorf("%q became %q, want %q", test.milliseconds, got, test.want)
		}
	}
}
