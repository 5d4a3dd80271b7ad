package reader

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"carrypoint/internal/record"
)

// mustHold opens any bytes as a format. Whatever they are: an error has one of
// four meanings, rows rise, texts are UTF-8, points are on the globe, and a
// second reading gives what the first gave.
func mustHold(t *testing.T, data []byte, o Options) {
	t.Helper()
	table, err := Open("", bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		mustMean(t, err)
		return
	}
	for _, name := range table.Header {
		if !utf8.ValidString(name) || strings.TrimSpace(name) != name {
			t.Fatalf("the column %q", name)
		}
	}
	first, failed := taken(t, table)
	second, failedAgain := taken(t, table)
	if len(first) != len(second) || (failed == nil) != (failedAgain == nil) {
		t.Fatalf("%d records and %v, then %d and %v", len(first), failed, len(second), failedAgain)
	}
	if failed != nil {
		mustMean(t, failed)
	} else if len(first) == 0 {
		t.Fatal("no records and no error")
	}
}

func mustMean(t *testing.T, err error) {
	t.Helper()
	for _, meaning := range []error{ErrFormat, ErrTooLarge, ErrProjected, ErrEmpty} {
		if errors.Is(err, meaning) {
			return
		}
	}
	t.Fatalf("an error without a meaning: %v", err)
}

func taken(t *testing.T, table *record.Table) (rows []int, failed error) {
	last := 0
	for r, err := range table.Records {
		if err != nil {
			return rows, err
		}
		if r.Row <= last {
			t.Fatalf("row %d after row %d", r.Row, last)
		}
		last = r.Row
		rows = append(rows, r.Row)
		for _, v := range append(r.Values, r.ID, r.Fault) {
			if !utf8.ValidString(v) {
				t.Fatalf("row %d has %q", r.Row, v)
			}
		}
		if p := r.Point; p != nil && !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
			t.Fatalf("row %d is at %v", r.Row, *p)
		}
	}
	return rows, nil
}

func seeds(f *testing.F, all ...string) {
	for _, s := range all {
		f.Add([]byte(s))
	}
}

func FuzzOpen(f *testing.F) {
	seeds(f, "name,city\nA,x\n", `[{"name":"A"}]`, kml("<Placemark/>"), collection(feature(boxHere, `{"n":1}`)), esriPage(4326, false, esriFeature(1, "null")), hsdsService,
		"<html>", "%PDF", "\x1f\x8b", "PK\x03\x04", utf16Text("a,b\nc,d\n", true))
	f.Fuzz(func(t *testing.T, data []byte) { mustHold(t, data, Options{}) })
}

func FuzzCSV(f *testing.F) {
	seeds(f, "name,city\nA,x\n", "a;b\r\n\"c\";d\r", "a\tb\n\"c\"\"\td\n", "a,b\n\"c\nd,\"e\"\n", "a,b\rc,\xe9\r", "\ufeffa,b\nc,d", utf16Text("a,b\nc,d\n", false), "a,b\n\x00,c\n")
	f.Fuzz(func(t *testing.T, data []byte) { mustHold(t, data, Options{Format: CSV}) })
}

// However the bytes come in pieces, each row takes at least one of them, and the
// end is reached.
func FuzzSplitter(f *testing.F) {
	seeds(f, "a,b\n", "\"a\n\",b\n", "a,\"b\"\"c\"", "a\"b,c\n")
	f.Fuzz(func(t *testing.T, data []byte) {
		s := newSplitter(pieces{bytes.NewReader(data), 3}, ',', '\n')
		for read := 0; ; read++ {
			if read > len(data)+1 {
				t.Fatal("more rows than bytes")
			}
			if _, _, err := s.next(); err == io.EOF {
				return
			} else if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzGeoJSON(f *testing.F) {
	seeds(f, collection(feature(boxHere, `{"n":1}`)), feature("null", "{}"), collection(feature(`{"type":"Polygon","coordinates":[[[0,1],[2,3],[4,5],[0,1]]]}`, `{"a":{"b":[1]}}`)),
		`{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:3857"}},"features":[]}`)
	f.Fuzz(func(t *testing.T, data []byte) { mustHold(t, data, Options{Format: GeoJSON}) })
}

func FuzzEsri(f *testing.F) {
	seeds(f, esriPage(4326, true, esriFeature(1, `{"x":1,"y":2}`)), esriPage(3857, false, esriFeature(1, `{"rings":[[[1,2],[3,4]]]}`)), `{"error":{"message":"x"}}`)
	f.Fuzz(func(t *testing.T, data []byte) { mustHold(t, data, Options{Format: Esri}) })
}

func FuzzKML(f *testing.F) {
	seeds(f, kml(`<Placemark><name>A</name><description><![CDATA[<b>City:</b> x</br>]]></description>`+pointHere+`</Placemark>`),
		kml(`<Folder><name>F</name><Placemark><ExtendedData><Data name="a"><value>b</value></Data></ExtendedData></Placemark></Folder>`))
	f.Fuzz(func(t *testing.T, data []byte) { mustHold(t, data, Options{Format: KML}) })
}

func FuzzDescription(f *testing.F) {
	f.Add(`<table><tr><td><b>City: </b>x</br><tr><td>a<td>b</table>`)
	f.Add(`<b>a</b>: b<br><strong>c:</strong>`)
	f.Fuzz(func(t *testing.T, html string) {
		for _, field := range labelled(html) {
			if field.name == "" || len(field.name) > maxLabel {
				t.Fatalf("the label %q", field.name)
			}
		}
	})
}

func FuzzJSON(f *testing.F) {
	seeds(f, `[{"name":"A","at":{"lat":1}}]`, `{"sites":[{"a":1}],"x":[{"b":[1,[2]]}]}`, `[{"a":1}][{"b":2}]`)
	f.Fuzz(func(t *testing.T, data []byte) { mustHold(t, data, Options{Format: JSON}) })
}

func FuzzJSONLines(f *testing.F) {
	seeds(f, "{\"a\":1}\n{\"b\":2}\n", "{\"a\":\n7\n", "{\"a\":1}\r{\"b\":\"\xe9\"}\r")
	f.Fuzz(func(t *testing.T, data []byte) { mustHold(t, data, Options{Format: JSONLines}) })
}

func FuzzHSDS(f *testing.F) {
	seeds(f, hsdsService, `{"contents":[{"id":"l","latitude":1,"longitude":2}]}`, `[{"id":"o","services":[{"id":"s"}]}]`)
	f.Fuzz(func(t *testing.T, data []byte) { mustHold(t, data, Options{Format: HSDS}) })
}

// The parts of an archive are fuzzed, not its packing, which the standard
// library has fuzzed.
func FuzzPackage(f *testing.F) {
	f.Add("id,name\ns,A\n", "id,latitude,longitude\nl,1,2\n", "id,service_id,location_id\nx,s,l\n", "id,service_id,number\np,s,555-0100\n")
	f.Fuzz(func(t *testing.T, services, locations, at, phones string) {
		mustHold(t, archiveOf(t, "services.csv", services, "locations.csv", locations, "service_at_locations.csv", at, "phones.csv", phones), Options{Format: HSDS})
	})
}

func FuzzShapefile(f *testing.F) {
	f.Add(shp(shapeOf(shpPoint, 1, 2)), dbfOf(twoFields, "A|1"), wgs84, "UTF-8")
	f.Add(shp(shapeOf(shpPolygon, 1, 2, 3, 4), shapeOf(shpNull)), dbfOf([]string{"D D 8"}, "20260101", "*"), "", "")
	f.Fuzz(func(t *testing.T, shapes, table, projection, codepage string) {
		files := []string{"a.shp", shapes, "a.dbf", table, "a.cpg", codepage}
		if projection != "" {
			files = append(files, "a.prj", projection)
		}
		mustHold(t, archiveOf(t, files...), Options{Format: Shapefile})
	})
}

func FuzzWorkbook(f *testing.F) {
	book := bookOf(f, sheetOf{"Sites", [][]any{{"name", "city"}, {"A", 1.5}}})
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>1.5</v></c><c r="B2" s="1"><v>46024</v></c></row>`, `<si><t>city</t></si>`)
	f.Fuzz(func(t *testing.T, rows, texts string) {
		mustHold(t, rezip(t, book, func(name, content string) string {
			switch name {
			case "xl/worksheets/sheet1.xml":
				return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
			case "xl/sharedStrings.xml":
				return `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + texts + `</sst>`
			}
			return content
		}), Options{Format: XLSX})
	})
}
