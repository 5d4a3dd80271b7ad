package fetch

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
)

// kinds are what an answer can be wrong by. Nothing else comes out of a parser.
var kinds = []error{ErrGone, ErrForbidden, ErrNotDataset, ErrAddress, ErrRefused, ErrTooLarge}

func knownKind(t *testing.T, err error) {
	t.Helper()
	var again *passing
	if err == nil || errors.As(err, &again) {
		return
	}
	for _, kind := range kinds {
		if errors.Is(err, kind) {
			return
		}
	}
	t.Errorf("an error of no kind: %v", err)
}

func FuzzAddress(f *testing.F) {
	for _, form := range forms {
		f.Add(form)
	}
	f.Add("https://gis.example.org/arcgis/rest/services/Sites/FeatureServer/0/query?where=1%3D1&f=json")
	f.Add("https://data.example.org/resource/abcd-1234.json?$where=a%20=%201")
	f.Fuzz(func(t *testing.T, text string) {
		u, err := parseAddress(text)
		if err != nil {
			knownKind(t, err)
			return
		}
		if (u.Scheme != "http" && u.Scheme != "https") || u.User != nil || u.Hostname() == "" {
			t.Fatalf("%q is taken as %v", text, u)
		}
		a, err := parseArcGIS(u)
		knownKind(t, err)
		if err == nil && (a.about().Host != u.Host || a.query(nil).Scheme != u.Scheme) {
			t.Errorf("%q asks another host: %s", text, a.about())
		}
		d, err := parseSocrata(u)
		knownKind(t, err)
		if err == nil && (d.about().Host != u.Host || d.query(map[string][]string{}).Host != u.Host) {
			t.Errorf("%q asks another host: %s", text, d.about())
		}
	})
}

func FuzzLayer(f *testing.F) {
	f.Add([]byte(honest(1).about()))
	f.Add([]byte(`{"layers":[{"id":0,"name":"Example sites","subLayerIds":[1]}],"tables":[{"id":1}]}`))
	f.Add([]byte(`{"error":{"code":499,"message":"Token Required","details":null}}`))
	f.Add([]byte(`{"count":12}`))
	f.Add([]byte(`{"objectIdFieldName":"FID","objectIds":[1,2,3]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		l, err := parseLayer(body)
		knownKind(t, err)
		if err == nil {
			if size := l.pageSize(); size < 1 || size > mostAPage {
				t.Errorf("a page has %d features", size)
			}
			if (l.stamp() == "") != l.edited().IsZero() {
				t.Error("a stamp without a date")
			}
			for _, note := range l.notes() {
				if strings.ContainsAny(note, "\n\x1b\x00") {
					t.Errorf("a note is %q", note)
				}
			}
		}
		layers, err := parseService(body)
		knownKind(t, err)
		_ = listed(layers)
		count, err := parseCount(body)
		if knownKind(t, err); err == nil && count < 0 {
			t.Errorf("the count is %d", count)
		}
		_, _, err = parseIDs(body)
		knownKind(t, err)
	})
}

func FuzzFeatures(f *testing.F) {
	s := honest(3)
	f.Add([]byte(s.geoPage(s.ids, true)), true)
	f.Add([]byte(s.esriPage(s.ids, true)), false)
	f.Add([]byte(`{"features":[{"attributes":{"FID":null},"geometry":{"x":"NaN"}},{"attributes":{},"geometry":{"rings":[[[1e999,2]]]}}]}`), false)
	f.Add([]byte(`{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[]}`), true)
	f.Fuzz(func(t *testing.T, body []byte, geo bool) {
		form := formEsri
		if geo {
			form = formGeoJSON
		}
		p, err := parseFeatures(body, form, "FID")
		if knownKind(t, err); err != nil {
			return
		}
		for _, f := range p.features {
			if !json.Valid(f.raw) || f.x != f.x || f.y != f.y {
				t.Errorf("a feature is %q at %g, %g", f.raw, f.x, f.y)
			}
		}
	})
}

func FuzzRows(f *testing.F) {
	f.Add([]byte(rowsOf(0, 3)))
	f.Add([]byte(`[{"count":"12"}]`))
	f.Add([]byte(`{"id":"abcd-1234","name":"Example","rowsUpdatedAt":1760000000,"viewLastModified":"x"}`))
	f.Add([]byte(`{"errorCode":"dataset.missing","message":"Not found"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		rows, err := parseRows(body)
		knownKind(t, err)
		for _, row := range rows {
			if !json.Valid(row) || row[0] != '{' {
				t.Errorf("a row is %q", row)
			}
		}
		count, err := parseRowCount(body)
		if knownKind(t, err); err == nil && count < 0 {
			t.Errorf("the count is %d", count)
		}
		about, err := parseView(body)
		if knownKind(t, err); err == nil && (about.stamp() == "") != about.edited().IsZero() {
			t.Error("a stamp without a date")
		}
	})
}

func FuzzHeaders(f *testing.F) {
	f.Add("bytes 100-199/200", `"a"`, "120", "text/csv; charset=utf-8")
	f.Add("bytes -1-2/3", `W/"a"`, "Wed, 25 Nov 2026 12:01:00 GMT", ";")
	f.Fuzz(func(t *testing.T, contentRange, tag, after, kind string) {
		if first, ok := firstByte(contentRange); ok && first < 0 {
			t.Errorf("%q begins at %d", contentRange, first)
		}
		h := http.Header{"Etag": {tag}, "Content-Type": {kind}}
		if strong := strongETag(h); strong != "" && strong != tag {
			t.Errorf("%q becomes %q", tag, strong)
		}
		v := &visit{client: New(Options{})}
		if d := v.retryAfter(after); d < 0 {
			t.Errorf("%q is %v", after, d)
		}
		u, err := parseAddress("https://data.example.org/sites.csv")
		if err != nil {
			t.Fatal(err)
		}
		_ = fileFormat(h, u)
	})
}
