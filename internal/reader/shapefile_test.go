package reader

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

const wgs84 = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`

// shp makes the .shp part of contents of records.
func shp(contents ...[]byte) string {
	body := []byte{}
	for i, content := range contents {
		body = binary.BigEndian.AppendUint32(body, uint32(i+1))
		body = binary.BigEndian.AppendUint32(body, uint32(len(content)/2))
		body = append(body, content...)
	}
	header := make([]byte, shpHeader)
	binary.BigEndian.PutUint32(header, shpMagic)
	binary.BigEndian.PutUint32(header[24:], uint32((shpHeader+len(body))/2))
	binary.LittleEndian.PutUint32(header[28:], 1000)
	return string(append(header, body...))
}

func shapeOf(kind uint32, numbers ...float64) []byte {
	content := binary.LittleEndian.AppendUint32(nil, kind)
	for _, n := range numbers {
		content = binary.LittleEndian.AppendUint64(content, math.Float64bits(n))
	}
	return content
}

// dbfOf makes a .dbf part: fields as "NAME C 20", rows with a bar between the
// values. A row that begins with * is deleted.
func dbfOf(fields []string, rows ...string) string {
	var described strings.Builder
	var widths []int
	width := 1
	for _, f := range fields {
		var name, kind string
		var length int
		if _, err := fmt.Sscanf(f, "%s %s %d", &name, &kind, &length); err != nil {
			panic(err)
		}
		d := make([]byte, dbfFieldBytes)
		copy(d, name)
		d[11], d[16] = kind[0], byte(length)
		described.Write(d)
		widths = append(widths, length)
		width += length
	}
	header := make([]byte, dbfHeader)
	header[0] = 3
	binary.LittleEndian.PutUint32(header[4:], uint32(len(rows)))
	binary.LittleEndian.PutUint16(header[8:], uint16(dbfHeader+described.Len()+1))
	binary.LittleEndian.PutUint16(header[10:], uint16(width))
	out := string(header) + described.String() + "\r"
	for _, row := range rows {
		mark := " "
		if rest, deleted := strings.CutPrefix(row, "*"); deleted {
			mark, row = "*", rest
		}
		out += mark
		for i, v := range strings.Split(row, "|") {
			out += v + strings.Repeat(" ", widths[i]-len(v))
		}
	}
	return out + "\x1a"
}

var twoFields = []string{"NAME C 20", "ZIP N 9"}

func TestAZippedShapefile(t *testing.T) {
	data := archiveOf(t, "sites/Sites.shp", shp(shapeOf(shpPoint, -84.2, 39.7), shapeOf(shpNull), shapeOf(shpPoint, 1, 2), shapeOf(shpPolygon, -84, 39, -82, 41, 0, 0, 0)),
		"sites/Sites.dbf", dbfOf([]string{"NAME C 20", "ZIP N 9", "SEEN D 8", "OPEN L 1", "NAME C 3"},
			"Caf\xe9 Example|02134|20260102|T|x", "Box 2|*********|||", "*gone|1|||", "Area|45.10|00000000|?|"),
		"sites/Sites.prj", wgs84, "sites/Sites.shx", "")
	table, records := read(t, "sites.zip", string(data), Options{})
	if table.Format != Shapefile || len(records) != 3 || !slices.Equal(table.Header, []string{"NAME", "ZIP", "SEEN", "OPEN", "NAME"}) {
		t.Fatalf("%s, header %q, %d records", table.Format, table.Header, len(records))
	}
	if got := strings.Join(records[0].Values, "|"); got != "Café Example|02134|2026-01-02|T|x" || !near(records[0].Point, orb.Point{-84.2, 39.7}) {
		t.Errorf("first %q at %v", got, records[0].Point)
	}
	if got := strings.Join(records[1].Values, "|"); got != "Box 2|*********|||" || records[1].Point != nil {
		t.Errorf("second %q at %v", got, records[1].Point)
	}
	if got := strings.Join(records[2].Values, "|"); got != "Area|45.10|00000000|?|" || !near(records[2].Point, orb.Point{-83, 40}) {
		t.Errorf("third %q at %v", got, records[2].Point)
	}
	if !slices.Equal(codes(table), []string{"middle_of_area"}) {
		t.Errorf("findings %v", table.Findings)
	}
}

func TestLettersOfAShapefile(t *testing.T) {
	point := shp(shapeOf(shpPoint, 1, 2))
	for _, test := range []struct{ name, codepage, bytes, want string }{
		{"UTF-8 by name", "UTF-8", "Café", "Café"},
		{"UTF-8 by number", "65001", "Café", "Café"},
		{"UTF-8 by itself", "", "Café", "Café"},
		{"Windows by itself", "", "Caf\xe9", "Café"},
		{"Windows by name", "ANSI 1252", "Caf\xe9", "Café"},
		{"Latin-1", "ISO 88591", "Caf\xe9", "Café"},
		{"Windows for Greek", "1253", "\xe1", "α"},
		{"the old PC", "437", "Caf\x82", "Café"},
		{"UTF-8 cut in the middle of a letter", "UTF-8", "Caf\xc3", "Caf\ufffd"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := []string{"a.shp", point, "a.dbf", dbfOf(twoFields, test.bytes+"|1"), "a.prj", wgs84}
			if test.codepage != "" {
				files = append(files, "a.cpg", test.codepage)
			}
			if _, records := read(t, "", string(archiveOf(t, files...)), Options{}); records[0].Values[0] != test.want {
				t.Errorf("got %q, want %q", records[0].Values[0], test.want)
			}
		})
	}
}

func TestSystemsOfShapefiles(t *testing.T) {
	table := dbfOf(twoFields, "A|1")
	degrees, metres := shp(shapeOf(shpPointZ, -84.2, 39.7, 0, 0)), shp(shapeOf(shpPoint, -9373101.2, 4823420.5))
	for _, test := range []struct {
		name, shapes, projection string
		refused                  bool
		findings                 []string
	}{
		{"WGS84", degrees, wgs84, false, nil},
		{"NAD83", degrees, `GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137,298.257222101]]]`, false, nil},
		{"WGS84 in the newer form", degrees, `GEOGCRS["WGS 84",DATUM["World Geodetic System 1984"]]`, false, nil},
		{"Web Mercator", metres, `PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]]`, false, nil},
		{"Web Mercator by another name", metres, `PROJCS["WGS 84 / Pseudo-Mercator",GEOGCS["WGS 84",DATUM["WGS_1984"]]]`, false, nil},
		{"no projection, degrees", degrees, "", false, []string{"no_projection"}},
		{"no projection, metres", metres, "", true, nil},
		{"a state plane", metres, `PROJCS["NAD_1983_StatePlane_Ohio_South_FIPS_3402_Feet",GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983"]]]`, true, nil},
		{"an old datum", degrees, `GEOGCS["GCS_North_American_1927",DATUM["D_North_American_1927"]]`, true, nil},
		{"no text of a system", degrees, "42", true, nil},
		{"metres that claim to be degrees", metres, wgs84, true, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := []string{"a.shp", test.shapes, "a.dbf", table}
			if test.projection != "" {
				files = append(files, "a.prj", test.projection)
			}
			data := archiveOf(t, files...)
			if err := refusal("", data, Options{}); errors.Is(err, ErrProjected) != test.refused {
				t.Fatalf("got %v", err)
			}
			if test.refused {
				return
			}
			table, records := read(t, "", string(data), Options{})
			if p := records[0].Point; p == nil || p[0] > -84 || p[0] < -85 || !slices.Equal(codes(table), test.findings) {
				t.Errorf("at %v, findings %v", p, table.Findings)
			}
		})
	}
}

func TestSeveralLayersInOneArchive(t *testing.T) {
	point := shp(shapeOf(shpPoint, 1, 2))
	data := archiveOf(t, "a.shp", point, "a.dbf", dbfOf(twoFields, "A|1"), "a.prj", wgs84, "b.shp", point, "b.dbf", dbfOf(twoFields, "B|1"), "b.prj", wgs84)
	table, records := read(t, "", string(data), Options{})
	if records[0].Values[0] != "A" || !slices.Equal(codes(table), []string{"other_layers"}) {
		t.Errorf("got %v, findings %v", records, table.Findings)
	}
	if _, records := read(t, "", string(data), Options{Sheet: "B"}); records[0].Values[0] != "B" {
		t.Errorf("got %v", records)
	}
	if err := refusal("", data, Options{Sheet: "c"}); !errors.Is(err, ErrFormat) {
		t.Errorf("got %v", err)
	}
}

func TestBrokenShapefilesAreRefused(t *testing.T) {
	point, table := shp(shapeOf(shpPoint, 1, 2)), dbfOf(twoFields, "A|1")
	for name, files := range map[string][]string{
		"no table":            {"a.shp", point},
		"shapes cut short":    {"a.shp", point[:len(point)-4], "a.dbf", table},
		"no header":           {"a.shp", point[:50], "a.dbf", table},
		"shapes that are not": {"a.shp", strings.Repeat("x", 200), "a.dbf", table},
		"a table cut short":   {"a.shp", point, "a.dbf", table[:len(table)-5]},
		"half a header":       {"a.shp", point, "a.dbf", table[:20]},
		"a row too many":      {"a.shp", point, "a.dbf", dbfOf(twoFields, "A|1", "B|2")},
		"a shape too many":    {"a.shp", shp(shapeOf(shpPoint, 1, 2), shapeOf(shpPoint, 1, 2)), "a.dbf", table},
		"an unknown coding":   {"a.shp", point, "a.dbf", table, "a.cpg", "Klingon"},
		"columns wider than the row": {"a.shp", point, "a.dbf", func() string {
			b := []byte(table)
			b[dbfHeader+16] = 250
			return string(b)
		}()},
	} {
		if err := refusal("", archiveOf(t, files...), Options{}); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := refusal("", archiveOf(t, "a.shp", shp(), "a.dbf", dbfOf(twoFields)), Options{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("no records: got %v", err)
	}
	_, records := read(t, "", string(archiveOf(t, "a.shp", shp(shapeOf(99, 1, 2), shapeOf(shpPoint, 1)), "a.dbf", dbfOf(twoFields, "A|1", "B|2"))), Options{})
	if len(records) != 2 || records[0].Fault == "" || records[1].Fault == "" {
		t.Errorf("shapes of no kind: %v", records)
	}
}

func TestALooseShapefileFindsItsParts(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("sites.shp", shp(shapeOf(shpPoint, 1, 2)))
	if _, _, err := OpenFile(filepath.Join(dir, "sites.shp"), Options{}); !errors.Is(err, ErrFormat) {
		t.Errorf("without its table: %v", err)
	}
	write("sites.DBF", dbfOf(twoFields, "A|1"))
	write("sites.prj", wgs84)
	table, done, err := OpenFile(filepath.Join(dir, "sites.shp"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if records := all(t, table); len(records) != 1 || records[0].Values[0] != "A" {
		t.Errorf("records %v", records)
	}
	if err := done(); err != nil {
		t.Error(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "sites.shp"))
	if err != nil {
		t.Fatal(err)
	}
	if err := refusal("sites.shp", data, Options{}); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), ".dbf") {
		t.Errorf("shapes by themselves: %v", err)
	}
}
