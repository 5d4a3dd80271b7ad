package streets

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// A feature is a line of a made-up file of address ranges.
type feature struct {
	name                         string
	lines                        []orb.LineString
	lfrom, lto, rfrom, rto       string
	zipl, zipr, parityl, parityr string
	deleted                      bool
}

// The made-up county is in no state's count. Its postal codes are nobody's either.
const (
	countyName = "tl_2025_36999_addrfeat"
	sampleton  = "00011"
	uptown     = "00012" // Sampleton, too
	otherville = "00013"
)

func townOf(_, postcode string) string {
	return map[string]string{sampleton: "Sampleton", uptown: "Sampleton", otherville: "Otherville"}[postcode]
}

// at is a point so many metres east and north of a place in a made-up county.
func at(east, north float64) orb.Point {
	return planeAt(orb.Point{-75, 42}).from(east, north)
}

func straight(east, north, toEast, toNorth float64) []orb.LineString {
	return []orb.LineString{{at(east, north), at(toEast, toNorth)}}
}

// madeUp is an urban county of fiction. Each street lies 1 km north of the one before, so that no two are at one
// place unless they are meant to be.
func madeUp() []feature {
	var all []feature
	north := 0.0
	row := func(name, zip, lfrom, lto, rfrom, rto string, east, length float64) {
		all = append(all, feature{name: name, lines: straight(east, north, east+length, north),
			lfrom: lfrom, lto: lto, rfrom: rfrom, rto: rto, zipl: zip, zipr: zip, parityl: parityOf(lfrom), parityr: parityOf(rfrom)})
	}
	street := func() { north += 1000 }

	row("Larkspur Ave", sampleton, "12-01", "12-49", "12-02", "12-48", 0, 200)
	row("Larkspur Ave", sampleton, "13-01", "13-49", "13-02", "13-48", 200, 200)
	row("Larkspur Ave", sampleton, "14-01", "15-99", "", "", 400, 400)
	street()
	row("Main St", sampleton, "101", "199", "100", "198", 0, 300)
	row("Main St", uptown, "101", "199", "100", "198", 3000, 300)
	row("Main St", otherville, "301", "399", "300", "398", 9000, 300)
	street()
	row("E Juniper St", sampleton, "1", "99", "2", "98", 0, 300)
	row("W Juniper St", sampleton, "1", "99", "2", "98", 0, -300)
	street()
	row("N Willow Blvd", sampleton, "201", "299", "200", "298", 0, 300)
	street()
	row("5th Ave", sampleton, "1001", "1099", "1000", "1098", 0, 300)
	street()
	row("Gap Rd", sampleton, "101", "199", "100", "198", 0, 1000)
	row("Gap Rd", sampleton, "301", "399", "300", "398", 2000, 1000)
	street()
	row("Short Ct", sampleton, "1", "19", "2", "18", 0, 150)
	street()
	row("Bluff Rd", sampleton, "N6W23001", "N6W23099", "N6W23000", "N6W23098", 0, 300)
	street()
	row("US Hwy 12", sampleton, "7001", "7099", "7000", "7098", 0, 300)
	row("Old Post Rd", sampleton, "7001", "7099", "7000", "7098", 0, 300)
	street()
	row("State Rte 9", sampleton, "501", "599", "500", "598", 0, 300)
	street()
	row("Co Rd 44", sampleton, "21", "99", "20", "98", 0, 300)
	street()
	row("Cll Luna", sampleton, "51", "99", "50", "98", 0, 300)
	street()
	row("Rue Principale", sampleton, "51", "99", "50", "98", 0, 300)
	street()
	row("St Clair St", sampleton, "51", "99", "50", "98", 0, 300)
	street()
	row("Martin Luther King Jr Dr", sampleton, "51", "99", "50", "98", 0, 300)
	street()
	row("Both Ln", sampleton, "1", "100", "", "", 0, 300) // odd and even on one side
	street()
	row("Turn Ter", sampleton, "299", "201", "298", "200", 0, 300) // the numbers fall
	street()
	row("Avenue B", sampleton, "1", "99", "2", "98", 0, 300)
	street()
	row("Twice Way", sampleton, "1", "99", "2", "98", 0, 300)
	row("Twice Way", sampleton, "1", "99", "2", "98", 2000, 300) // a fault in the file
	street()
	row("Lougheed Hwy", sampleton, "4501", "4599", "4500", "4598", 0, 300)
	street()
	row("Burrard St", sampleton, "1101", "1199", "1100", "1198", 0, 300)
	street()
	row("Delaine St", sampleton, "101", "199", "100", "198", 0, 300)
	street()
	row("Island Rd", otherville, "1", "99", "2", "98", 9000, 300)
	street()
	// what is of no use
	row("", sampleton, "1", "99", "2", "98", 0, 300)
	row("Mixed St", sampleton, "12-34", "A5", "2", "98", 0, 300)
	row("Nowhere St", "", "1", "99", "2", "98", 0, 300)
	row("Empty St", sampleton, "", "", "", "", 0, 300)
	all = append(all, feature{name: "Broken St", lines: append(straight(0, north, 100, north), straight(200, north, 300, north)...), lfrom: "1", lto: "9", zipl: sampleton})
	all = append(all, feature{name: "Deleted St", deleted: true, lines: straight(0, north, 300, north), lfrom: "1", lto: "99", zipl: sampleton})
	return all
}

// parityOf is what the Census writes of a number: E or O.
func parityOf(number string) string {
	switch {
	case number == "":
		return ""
	case (number[len(number)-1]-'0')%2 == 0:
		return "E"
	}
	return "O"
}

// columns are those of ADDRFEAT that matter, with their widths.
var columns = []struct {
	name  string
	width int
	value func(feature) string
}{
	{"FULLNAME", 100, func(f feature) string { return f.name }},
	{"LFROMHN", 12, func(f feature) string { return f.lfrom }},
	{"LTOHN", 12, func(f feature) string { return f.lto }},
	{"RFROMHN", 12, func(f feature) string { return f.rfrom }},
	{"RTOHN", 12, func(f feature) string { return f.rto }},
	{"ZIPL", 5, func(f feature) string { return f.zipl }},
	{"ZIPR", 5, func(f feature) string { return f.zipr }},
	{"PARITYL", 1, func(f feature) string { return f.parityl }},
	{"PARITYR", 1, func(f feature) string { return f.parityr }},
}

// dbfOf writes the rows of a shapefile.
func dbfOf(features []feature) []byte {
	width := 1
	for _, c := range columns {
		width += c.width
	}
	b := []byte{3, 125, 1, 1}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(features)))
	b = binary.LittleEndian.AppendUint16(b, uint16(32+32*len(columns)+1))
	b = binary.LittleEndian.AppendUint16(b, uint16(width))
	b = append(b, make([]byte, 20)...)
	for _, c := range columns {
		field := make([]byte, 32)
		copy(field, c.name)
		field[11], field[16] = 'C', byte(c.width)
		b = append(b, field...)
	}
	b = append(b, 0x0d)
	for _, f := range features {
		mark := byte(' ')
		if f.deleted {
			mark = '*'
		}
		b = append(b, mark)
		for _, c := range columns {
			value := c.value(f)
			b = append(append(b, value...), bytes.Repeat([]byte(" "), c.width-len(value))...)
		}
	}
	return append(b, 0x1a)
}

// shpOf writes the lines of a shapefile.
func shpOf(features []feature) []byte {
	var records []byte
	for i, f := range features {
		content := binary.LittleEndian.AppendUint32(nil, 3)
		for range 4 {
			content = appendFloat(content, 0)
		}
		points := 0
		for _, line := range f.lines {
			points += len(line)
		}
		content = binary.LittleEndian.AppendUint32(content, uint32(len(f.lines)))
		content = binary.LittleEndian.AppendUint32(content, uint32(points))
		begin := 0
		for _, line := range f.lines {
			content = binary.LittleEndian.AppendUint32(content, uint32(begin))
			begin += len(line)
		}
		for _, line := range f.lines {
			for _, p := range line {
				content = appendFloat(appendFloat(content, p.Lon()), p.Lat())
			}
		}
		records = binary.BigEndian.AppendUint32(records, uint32(i+1))
		records = binary.BigEndian.AppendUint32(records, uint32(len(content)/2))
		records = append(records, content...)
	}
	b := binary.BigEndian.AppendUint32(nil, 9994)
	b = append(b, make([]byte, 20)...)
	b = binary.BigEndian.AppendUint32(b, uint32((100+len(records))/2))
	b = binary.LittleEndian.AppendUint32(b, 1000)
	b = binary.LittleEndian.AppendUint32(b, 3)
	b = append(b, make([]byte, 64)...)
	return append(b, records...)
}

func appendFloat(b []byte, f float64) []byte {
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
}

// zipped writes a shapefile as the Census publishes it, into a folder of the test.
func zipped(t testing.TB, name string, features []feature) string {
	t.Helper()
	return zipOf(t, name+".zip", map[string][]byte{name + ".shp": shpOf(features), name + ".dbf": dbfOf(features), name + ".cpg": []byte("UTF-8")})
}

func zipOf(t testing.TB, name string, files map[string][]byte) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return written(t, name, b.Bytes())
}

// written puts a file into a folder of the test.
func written(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// imported makes a street file of files and opens it.
func imported(t testing.TB, o ImportOptions, files ...string) (*Streets, ImportReport) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "streets.sqlite")
	report, err := Import(context.Background(), path, files, o)
	if err != nil {
		t.Fatal(err)
	}
	return opened(t, path), report
}

func opened(t testing.TB, path string) *Streets {
	t.Helper()
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// shared is a file that lies beside the project and is no part of it.
func shared(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skip(strings.Join([]string{"shared/data/", name, " beside the project is not here"}, ""))
	}
	return path
}
