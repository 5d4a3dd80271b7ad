package reader

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/record"
)

// An esriLayer is what the answers of an ArcGIS server say of their records.
type esriLayer struct {
	kinds    map[string]string // of a field: "esriFieldTypeDate"
	aliases  map[string]string
	globalID string // the field that names a record for ever; OBJECTID does not
	partial  bool   // of the last page
}

// readEsri reads the JSON of an ArcGIS server: one answer, or its pages one after
// the other.
func readEsri(t *text) (*record.Table, error) {
	layer := esriLayer{kinds: map[string]string{}, aliases: map[string]string{}}
	table, err := gather(Esri, func(g *gathering) error {
		page := layer // a later walk starts from what the first one learned
		page.kinds, page.aliases = maps.Clone(layer.kinds), maps.Clone(layer.aliases)
		if g.first {
			page = layer
			defer func() { layer = page }()
		}
		return eachDocument(t, func(j *jsonReader, token json.Token) error {
			return page.read(j, token, g)
		})
	}, func(name string) string { return layer.title(name) })
	if err != nil {
		return nil, err
	}
	table.Findings = append(table.Findings, partialFinding(layer.partial)...)
	return table, nil
}

func (l *esriLayer) read(j *jsonReader, token json.Token, g *gathering) error {
	if token != json.Delim('{') {
		return fmt.Errorf("%w: its Esri JSON is no object", ErrFormat)
	}
	l.partial = false
	found, refusal := false, ""
	err := j.keys(func(name string) error {
		switch name {
		case "fields":
			return l.readFields(j, g)
		case "features":
			found = true
			return j.list(func() error { return l.features(j, g) })
		case "spatialReference":
			return declareReference(j, g.places)
		case "globalIdFieldName":
			return j.text(&l.globalID)
		case "exceededTransferLimit":
			return j.truth(&l.partial)
		case "error":
			return j.refusal(&refusal)
		}
		return j.skipNext()
	})
	switch {
	case err != nil:
		return err
	case refusal != "":
		return refused(refusal)
	case !found:
		return fmt.Errorf("%w: an answer of the server has no features", ErrFormat)
	}
	return nil
}

func (l *esriLayer) readFields(j *jsonReader, g *gathering) error {
	var fields []struct{ Name, Alias, Type string }
	if err := j.decode(&fields); err != nil {
		return fmt.Errorf("%w: its list of fields can't be read: %v", ErrFormat, err)
	}
	for _, f := range fields {
		l.kinds[f.Name], l.aliases[f.Name] = f.Type, f.Alias
		if f.Type == "esriFieldTypeGlobalID" && l.globalID == "" {
			l.globalID = f.Name
		}
		if err := g.name(f.Name); err != nil {
			return err
		}
	}
	return nil
}

// meaningless are names that a spreadsheet gave to columns without one of their own.
var meaningless = regexp.MustCompile(`(?i)^(field|column|col|f)(_?name)?_?([a-z]{1,2}|\d+)$`)

// title is the alias of a field of which the name says nothing.
func (l *esriLayer) title(name string) string {
	if alias := l.aliases[name]; alias != "" && meaningless.MatchString(name) {
		return alias
	}
	return name
}

func (l *esriLayer) features(j *jsonReader, g *gathering) error {
	var it item
	return j.elements(func(token json.Token) error {
		it.reset()
		if token != json.Delim('{') {
			it.fault = "it is no feature"
			if err := j.skip(token); err != nil {
				return err
			}
			return g.visit(&it)
		}
		if err := j.keys(func(name string) error { return l.member(j, &it, name) }); err != nil {
			return err
		}
		j.in.mark()
		return g.visit(&it)
	})
}

func (l *esriLayer) member(j *jsonReader, it *item, name string) error {
	switch name {
	case "attributes":
		token, err := j.inner()
		if err != nil || token != json.Delim('{') {
			return err
		}
		if err := j.flatten(it, "", token); err != nil {
			return err
		}
		l.finish(it)
		return nil
	case "geometry":
		token, err := j.inner()
		if err != nil {
			return err
		}
		v, err := j.value(token)
		if err != nil {
			return err
		}
		it.at, it.area = esriPosition(v)
		return nil
	}
	return j.skipNext()
}

// finish makes dates of milliseconds, and the id of the record.
func (l *esriLayer) finish(it *item) {
	for i, f := range it.fields {
		if l.kinds[f.name] == "esriFieldTypeDate" {
			it.fields[i].value = dateOf(f.value)
		}
		if f.name == l.globalID {
			it.id = f.value
		}
	}
}

// dateOf is a date of milliseconds since 1970; what is no such number stays.
func dateOf(milliseconds string) string {
	n, err := strconv.ParseInt(milliseconds, 10, 64)
	if err != nil {
		return milliseconds
	}
	t := time.UnixMilli(n).UTC()
	switch {
	case t.Year() < 1 || t.Year() > 9999:
		return milliseconds
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

// esriPosition is the point of a geometry, or the middle of its box. An empty
// one has "NaN" or null for numbers.
func esriPosition(v any) (at *orb.Point, area bool) {
	object, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	if p, ok := pair(object["x"], object["y"]); ok {
		return &p, false
	}
	var points orb.MultiPoint
	for _, name := range []string{"points", "paths", "rings", "curvePaths", "curveRings"} {
		points = corners(points, object[name])
	}
	if low, ok := pair(object["xmin"], object["ymin"]); ok {
		if high, ok := pair(object["xmax"], object["ymax"]); ok {
			points = append(points, low, high)
		}
	}
	at = middle(points)
	return at, at != nil
}

// corners adds every position in nested lists.
func corners(points orb.MultiPoint, v any) orb.MultiPoint {
	list, ok := v.([]any)
	if !ok {
		return points
	}
	if len(list) >= 2 {
		if p, ok := pair(list[0], list[1]); ok {
			return append(points, p)
		}
	}
	for _, inner := range list {
		points = corners(points, inner)
	}
	return points
}

func pair(x, y any) (orb.Point, bool) {
	a, ok := x.(json.Number)
	b, ok2 := y.(json.Number)
	if !ok || !ok2 {
		return orb.Point{}, false
	}
	lon, err := a.Float64()
	lat, err2 := b.Float64()
	return orb.Point{lon, lat}, err == nil && err2 == nil
}

// declareReference reads the system of an answer: by number, or by its text.
func declareReference(j *jsonReader, p *places) error {
	var reference *struct {
		WKID       int    `json:"wkid"`
		LatestWKID int    `json:"latestWkid"`
		WKT        string `json:"wkt"`
	}
	if err := j.decode(&reference); err != nil {
		return fmt.Errorf("%w: its spatialReference can't be read: %v", ErrFormat, err)
	}
	switch {
	case reference == nil:
		return nil
	case reference.WKID != 0:
		if _, known := systems[reference.WKID]; !known && reference.LatestWKID != 0 {
			return p.declare(reference.LatestWKID)
		}
		return p.declare(reference.WKID)
	case reference.LatestWKID != 0:
		return p.declare(reference.LatestWKID)
	case reference.WKT != "":
		return p.declareWKT(reference.WKT)
	}
	return nil
}
