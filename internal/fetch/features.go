package fetch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// A form is one of the two ways in which an ArcGIS server writes features.
type form struct {
	name  string // as the readers call it
	query string // as the server calls it
}

var (
	formGeoJSON = form{formatGeoJSON, "geojson"}
	formEsri    = form{formatEsriJSON, "json"}
)

// A featurePage is one answer with features.
type featurePage struct {
	features  []feature
	more      bool // the server says that it has more
	reference json.RawMessage
	system    system
	fields    json.RawMessage
	geometry  json.RawMessage
}

// A feature is one row: verbatim, with what is needed to check the server.
type feature struct {
	raw   json.RawMessage
	id    string // as the server numbers it; empty where it does not
	x, y  float64
	where bool // it has a position
}

// degrees reports whether the position can be longitude and latitude.
func (f feature) degrees() bool { return math.Abs(f.x) <= 180 && math.Abs(f.y) <= 90 }

// A system is a system of coordinates, by its number; 0 where none is given,
// and -1 for one without a number.
type system int

const (
	unsaid    system = 0
	unnamed   system = -1
	worldwide system = 4326
	mercator  system = 3857
)

func (s system) String() string {
	if s == unnamed {
		return "a system without a number"
	}
	return "system " + strconv.Itoa(int(s))
}

// pageBody is an answer in either form.
type pageBody struct {
	Type       string            `json:"type"`
	Features   []json.RawMessage `json:"features"`
	Exceeded   bool              `json:"exceededTransferLimit"`
	Properties struct {
		Exceeded bool `json:"exceededTransferLimit"`
	} `json:"properties"`
	Reference json.RawMessage `json:"spatialReference"`
	Fields    json.RawMessage `json:"fields"`
	Geometry  json.RawMessage `json:"geometryType"`
	CRS       json.RawMessage `json:"crs"`
}

// parseFeatures reads one page. The objectID names the column that numbers them.
func parseFeatures(body []byte, form form, objectID string) (*featurePage, error) {
	var b pageBody
	if err := parseArcGISBody(body, &b); err != nil {
		return nil, err
	}
	if b.Features == nil || (form == formGeoJSON && b.Type != "FeatureCollection") {
		return nil, fmt.Errorf("%w: asked for features, it gives none, not even an empty list", ErrNotDataset)
	}
	p := &featurePage{
		more: b.Exceeded || b.Properties.Exceeded, reference: b.Reference, fields: b.Fields, geometry: b.Geometry,
		features: make([]feature, 0, len(b.Features)),
	}
	var err error
	if p.system, err = parseSystem(b, form); err != nil {
		return nil, err
	}
	for i, raw := range b.Features {
		f, err := parseFeature(raw, form, objectID)
		if err != nil {
			return nil, fmt.Errorf("%w: feature %d of a page can't be read: %w", ErrNotDataset, i+1, err)
		}
		p.features = append(p.features, f)
	}
	return p, nil
}

// parseSystem reads in which system the positions are said to be. GeoJSON is in
// degrees unless it has the old member "crs".
func parseSystem(b pageBody, form form) (system, error) {
	if form == formGeoJSON {
		return parseCRS(b.CRS)
	}
	if empty(b.Reference) {
		return unsaid, nil
	}
	var r struct {
		WKID   int `json:"wkid"`
		Latest int `json:"latestWkid"`
	}
	if err := json.Unmarshal(b.Reference, &r); err != nil {
		return unsaid, fmt.Errorf("%w: its system of coordinates can't be read: %w", ErrNotDataset, err)
	}
	switch {
	case r.Latest > 0:
		return system(r.Latest), nil
	case r.WKID == 102100 || r.WKID == 102113 || r.WKID == 900913:
		return mercator, nil // Esri's older numbers of it
	case r.WKID > 0:
		return system(r.WKID), nil
	}
	return unnamed, nil
}

func parseCRS(crs json.RawMessage) (system, error) {
	if empty(crs) {
		return worldwide, nil
	}
	var named struct {
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(crs, &named); err != nil {
		return unnamed, nil
	}
	switch named.Properties.Name {
	case "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84":
		return worldwide, nil
	}
	return unnamed, nil
}

func empty(raw json.RawMessage) bool {
	return len(raw) == 0 || bytes.Equal(raw, []byte("null"))
}

// parseFeature reads what is needed of one feature.
func parseFeature(raw json.RawMessage, form form, objectID string) (feature, error) {
	var f struct {
		Type       string                     `json:"type"`
		ID         json.RawMessage            `json:"id"`
		Properties map[string]json.RawMessage `json:"properties"`
		Attributes map[string]json.RawMessage `json:"attributes"`
		Geometry   geometry                   `json:"geometry"`
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		return feature{}, err
	}
	columns := f.Attributes
	if form == formGeoJSON {
		if columns = f.Properties; f.Type != "Feature" {
			return feature{}, fmt.Errorf("it is not of the type Feature")
		}
	}
	if columns == nil {
		return feature{}, fmt.Errorf("it has no columns")
	}
	id := columns[objectID]
	if objectID == "" || empty(id) {
		id = f.ID
	}
	if empty(id) {
		id = nil
	}
	out := feature{raw: raw, id: string(id)}
	out.x, out.y, out.where = f.Geometry.point()
	return out, nil
}

// A geometry is of either form and any kind.
type geometry struct {
	X           json.RawMessage `json:"x"`
	Y           json.RawMessage `json:"y"`
	Coordinates json.RawMessage `json:"coordinates"`
	Points      json.RawMessage `json:"points"`
	Paths       json.RawMessage `json:"paths"`
	Rings       json.RawMessage `json:"rings"`
}

// point is the first position of a geometry: enough to tell degrees from feet.
// Esri writes an empty point as {"x":"NaN"}.
func (g geometry) point() (x, y float64, ok bool) {
	if x, y, ok := pair([]json.RawMessage{g.X, g.Y}); ok {
		return x, y, true
	}
	for _, nested := range []json.RawMessage{g.Coordinates, g.Points, g.Paths, g.Rings} {
		if x, y, ok := firstPair(nested); ok {
			return x, y, true
		}
	}
	return 0, 0, false
}

// deepest is the nesting of a multipolygon, and one more.
const deepest = 5

// firstPair finds the first two numbers of nested lists.
func firstPair(raw json.RawMessage) (x, y float64, ok bool) {
	for range deepest {
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
			return 0, 0, false
		}
		if x, y, ok := pair(list); ok {
			return x, y, true
		}
		raw = list[0]
	}
	return 0, 0, false
}

func pair(list []json.RawMessage) (x, y float64, ok bool) {
	if len(list) < 2 || json.Unmarshal(list[0], &x) != nil || json.Unmarshal(list[1], &y) != nil || empty(list[0]) || empty(list[1]) {
		return 0, 0, false
	}
	return x, y, true
}

// parseCount reads the answer to "how many?".
func parseCount(body []byte) (int, error) {
	var b struct {
		Count *int `json:"count"`
	}
	if err := parseArcGISBody(body, &b); err != nil {
		return 0, err
	}
	if b.Count == nil || *b.Count < 0 {
		return 0, fmt.Errorf("%w: asked how many features it has, it gives no number", ErrNotDataset)
	}
	return *b.Count, nil
}

// parseIDs reads the answer to "which?", and the column that the ids are of.
func parseIDs(body []byte) (column string, ids []int64, err error) {
	var b struct {
		Column string  `json:"objectIdFieldName"`
		IDs    []int64 `json:"objectIds"`
	}
	if err := parseArcGISBody(body, &b); err != nil {
		return "", nil, err
	}
	return b.Column, b.IDs, nil
}
