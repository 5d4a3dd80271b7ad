package reader

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

func kml(placemarks string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Sites</name>` + placemarks + `</Document></kml>`
}

const pointHere = `<Point><coordinates>-84.2,39.7,0</coordinates></Point>`

// archiveOf zips files, in the order of their names and contents.
func archiveOf(t testing.TB, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPlacemarks(t *testing.T) {
	for _, test := range []struct {
		name, data string
		want       map[string]string // of the first record, by column
		point      *orb.Point
	}{
		{"a name and a point", kml(`<Placemark id="p1"><name> Example Box </name>` + pointHere + `</Placemark>`),
			map[string]string{"name": "Example Box"}, &orb.Point{-84.2, 39.7}},
		{"folders", kml(`<Folder><name>Ohio</name><Folder><name>Boxes</name><Placemark><name>A</name></Placemark></Folder></Folder>`),
			map[string]string{"name": "A", "folder": "Ohio / Boxes"}, nil},
		{"extended data", kml(`<Placemark><name>A</name><ExtendedData><Data name="hours"><displayName>Hours</displayName><value>9-5</value></Data></ExtendedData></Placemark>`),
			map[string]string{"hours": "9-5"}, nil},
		{"a schema", kml(`<Placemark><ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="CITY">Exampletown</SimpleData></SchemaData></ExtendedData></Placemark>`),
			map[string]string{"CITY": "Exampletown", "name": ""}, nil},
		{"an address and a phone", kml(`<Placemark><address>1 Main St</address><phoneNumber>555-555-0123</phoneNumber></Placemark>`),
			map[string]string{"address": "1 Main St", "phoneNumber": "555-555-0123"}, nil},
		{"labels in bold", kml(`<Placemark><description><![CDATA[<b>City:</b> Exampletown<br><strong>Hours: </strong>Mon 9-5<br/>Tue 9-5</br></font><b>Zip</b>: 02134]]></description></Placemark>`),
			map[string]string{"City": "Exampletown", "Hours": "Mon 9-5\nTue 9-5", "Zip": "02134"}, nil},
		{"a table of two columns", kml(`<Placemark><description><![CDATA[<table><tr><th>City</th><td>Exampletown</td></tr><tr><td>Note:</td><td>Ask <i>inside</i></td></tr><tr><td>alone</td></tr></table>]]></description></Placemark>`),
			map[string]string{"City": "Exampletown", "Note": "Ask inside"}, nil},
		{"labels in the rows of a table that do not close", kml(`<Placemark><description><![CDATA[<table><tr><td></br><strong>City: </strong>Exampletown</font><tr><td><strong>Title</strong></td></tr></table>]]></description></Placemark>`),
			map[string]string{"City": "Exampletown"}, nil},
		{"HTML that is not set apart", kml(`<Placemark><name>A</name><description><b>City:</b> Exampletown<br></font> &nbsp;&copy; & more</description>` + pointHere + `</Placemark>`),
			map[string]string{"name": "A", "City": "Exampletown\n© & more"}, &orb.Point{-84.2, 39.7}},
		{"HTML as entities", kml(`<Placemark><description>&lt;b&gt;City:&lt;/b&gt; Exampletown</description></Placemark>`),
			map[string]string{"City": "Exampletown"}, nil},
		{"a label that is named like an element", kml(`<Placemark><name>A</name><description><![CDATA[<b>name:</b> B]]></description></Placemark>`),
			map[string]string{"name": "A"}, nil},
		{"data that is named like an element", kml(`<Placemark><name>A</name><ExtendedData><Data name="name"><value>B</value></Data></ExtendedData></Placemark>`),
			map[string]string{"name": "A"}, nil},
		{"one label twice", kml(`<Placemark><description><![CDATA[<b>Phone:</b> 555-0100<br><b>Phone:</b> 555-0101]]></description></Placemark>`),
			map[string]string{"Phone": "555-0100; 555-0101"}, nil},
		{"characters that XML forbids", kml("<Placemark><name>A\x0bB\x00</name></Placemark>"), map[string]string{"name": "AB"}, nil},
		{"a prefix on every tag", `<k:kml xmlns:k="x"><k:Placemark><k:name>A</k:name><k:Point><k:coordinates>-84.2,39.7</k:coordinates></k:Point></k:Placemark></k:kml>`,
			map[string]string{"name": "A"}, &orb.Point{-84.2, 39.7}},
		{"Latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><kml><Placemark><name>Caf\xe9</name></Placemark></kml>", map[string]string{"name": "Café"}, nil},
		{"blanks after the commas", kml(`<Placemark><Point><coordinates> -84.2, 39.7, 0 </coordinates></Point></Placemark>`), nil, &orb.Point{-84.2, 39.7}},
		{"an area", kml(`<Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>-84,39 -82,39 -82,41 -84,39</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`), nil, &orb.Point{-83, 40}},
		{"a point within an area", kml(`<Placemark><MultiGeometry><LineString><coordinates>-84,39 -82,41</coordinates></LineString>` + pointHere + `</MultiGeometry></Placemark>`), nil, &orb.Point{-84.2, 39.7}},
		{"no coordinates", kml(`<Placemark><Point><coordinates></coordinates></Point></Placemark>`), nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			table, records := read(t, "", test.data, Options{})
			if len(records) != 1 || records[0].Fault != "" {
				t.Fatalf("records %v", records)
			}
			got := map[string]string{}
			for column := range test.want {
				got[column] = value(t, table, records[0], column)
			}
			if diff := cmp.Diff(test.want, got); test.want != nil && diff != "" {
				t.Error(diff)
			}
			if p := records[0].Point; (p == nil) != (test.point == nil) || p != nil && !near(p, *test.point) {
				t.Errorf("at %v, want %v", p, test.point)
			}
		})
	}
}

func TestKMLThatIsRefused(t *testing.T) {
	for _, test := range []struct {
		name, data, says string
		want             error
	}{
		{"no placemark", kml(""), "", ErrEmpty},
		{"nothing but a link", kml(`<NetworkLink><Link><href>https://example.org/a.kml</href></Link></NetworkLink>`), "links to another", ErrEmpty},
		{"cut short in a placemark", kml(`<Placemark><name>A</name>`)[:150], "", ErrFormat},
		{"cut short in a name", "<kml><Placemark><name>A", "", ErrFormat},
		{"a broken tag", "<kml><Placemark><name>A</name></Placemark><Placemark <", "", ErrFormat},
		{"metres", kml(`<Placemark><Point><coordinates>300000,4400000</coordinates></Point></Placemark>`), "", ErrProjected},
		{"folders without end", kml(strings.Repeat("<Folder>", 1000)), "", ErrTooLarge},
		{"a name without end", kml("<Placemark><name>" + strings.Repeat("x", maxRecordBytes+1<<20)), "", ErrTooLarge},
		{"entities that explode", `<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><kml><Document></Document></kml>`, "", ErrEmpty},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := refusal("", []byte(test.data), Options{}); !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v", err)
			}
		})
	}
	_, records := read(t, "", kml(`<Placemark><Point><coordinates>here</coordinates></Point></Placemark>`), Options{})
	if records[0].Fault == "" {
		t.Error("coordinates that are no numbers are no fault")
	}
}

func TestKMZ(t *testing.T) {
	one := kml(`<Placemark id="p1"><name>A</name>` + pointHere + `</Placemark>`)
	for name, data := range map[string][]byte{
		"the main document":              archiveOf(t, "files/icon.png", "x", "files/other.kml", kml(""), "doc.kml", one),
		"a document by another name":     archiveOf(t, "files/icon.png", "x", "Sites.KML", one),
		"with the notes of another disk": archiveOf(t, "__MACOSX/._doc.kml", "x", "doc.kml", one),
	} {
		table, records := read(t, "sites.kmz", string(data), Options{})
		if table.Format != KMZ || len(records) != 1 || records[0].ID != "p1" || !slices.Equal(table.Header, []string{"name", "folder"}) {
			t.Errorf("%s: %s with header %q and records %v", name, table.Format, table.Header, records)
		}
	}
}
