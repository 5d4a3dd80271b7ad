package reader

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"carrypoint/internal/record"
)

// readGeoJSON reads collections of features, one document or several.
func readGeoJSON(t *text) (*record.Table, error) {
	partial := false
	table, err := gather(GeoJSON, func(g *gathering) error {
		return eachDocument(t, func(j *jsonReader, token json.Token) error {
			if token == json.Delim('[') {
				return features(j, g)
			}
			more, err := geojsonDocument(j, token, g)
			if g.first {
				partial = more // of the last page
			}
			return err
		})
	}, nil)
	if err != nil {
		return nil, err
	}
	table.Findings = append(table.Findings, partialFinding(partial)...)
	return table, nil
}

// eachDocument visits the JSON documents of a text: one as a rule, several where
// the pages of an answer stand one after the other.
func eachDocument(t *text, visit func(*jsonReader, json.Token) error) error {
	in, err := t.open()
	if err != nil {
		return err
	}
	defer in.Close()
	j := newJSONReader(in)
	for {
		j.in.mark()
		token, err := j.next()
		if err != nil {
			return endOf(err)
		}
		if err := visit(j, token); err != nil {
			return err
		}
	}
}

// geojsonDocument reads a collection, or a feature that stands alone. It reports
// whether the server had more than it gave.
func geojsonDocument(j *jsonReader, token json.Token, g *gathering) (partial bool, err error) {
	if token != json.Delim('{') {
		return false, fmt.Errorf("%w: its GeoJSON is no object", ErrFormat)
	}
	var alone item
	kind, refusal := "", ""
	err = j.keys(func(name string) error {
		switch name {
		case "type":
			return j.text(&kind)
		case "features":
			return j.list(func() error { return features(j, g) })
		case "crs":
			return declareCRS(j, g.places)
		case "exceededTransferLimit":
			return j.truth(&partial)
		case "error":
			return j.refusal(&refusal)
		}
		return featureMember(j, &alone, name)
	})
	switch {
	case err != nil:
		return partial, err
	case refusal != "":
		return partial, refused(refusal)
	case kind == "Feature":
		return partial, g.visit(&alone)
	case kind == "FeatureCollection":
		more := slices.Contains(alone.fields, field{"exceededTransferLimit", "true"}) // where ArcGIS puts it
		return partial || more, nil
	default:
		return partial, fmt.Errorf("%w: its GeoJSON is a %q and no collection of features", ErrFormat, clip(kind, 40))
	}
}

// features reads the rest of a list of features.
func features(j *jsonReader, g *gathering) error {
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
		if err := j.keys(func(name string) error { return featureMember(j, &it, name) }); err != nil {
			return err
		}
		j.in.mark()
		return g.visit(&it)
	})
}

func featureMember(j *jsonReader, it *item, name string) error {
	switch name {
	case "id":
		token, err := j.inner()
		if err != nil {
			return err
		}
		id, err := j.value(token)
		it.id = plain(id)
		return err
	case "properties":
		token, err := j.inner()
		if err != nil || token != json.Delim('{') {
			return err // null, as a rule
		}
		return j.flatten(it, "", token)
	case "geometry":
		var raw json.RawMessage
		if err := j.decode(&raw); err != nil {
			return err
		}
		it.at, it.area, it.fault = geojsonPosition(raw)
		return nil
	}
	return j.skipNext()
}

// geojsonPosition is the point of a geometry, or the middle of its box. A point
// without numbers is none: orb would make 0,0 of it, which is a place in the sea.
func geojsonPosition(raw json.RawMessage) (at *orb.Point, area bool, fault string) {
	var shape struct {
		Type        string `json:"type"`
		Coordinates json.RawMessage
	}
	if err := json.Unmarshal(raw, &shape); err != nil {
		return nil, false, "its geometry can't be read: " + err.Error()
	}
	switch shape.Type {
	case "":
		return nil, false, "" // null
	case "Point":
		var numbers []*float64
		if err := json.Unmarshal(shape.Coordinates, &numbers); err != nil {
			return nil, false, "its geometry can't be read: " + err.Error()
		}
		if len(numbers) < 2 || numbers[0] == nil || numbers[1] == nil {
			return nil, false, ""
		}
		return &orb.Point{*numbers[0], *numbers[1]}, false, ""
	}
	g, err := geojson.UnmarshalGeometry(raw)
	if err != nil {
		return nil, false, "its geometry can't be read: " + err.Error()
	}
	at = middle(g.Geometry())
	return at, at != nil, ""
}

// middle is that of the box around a geometry; nil for an empty one.
func middle(g orb.Geometry) *orb.Point {
	if g == nil || g.Bound().IsEmpty() {
		return nil
	}
	at := g.Bound().Center()
	return &at
}

var epsg = regexp.MustCompile(`(?i)EPSG:(?:[\d.]*:)?(\d+)$`)

// declareCRS reads the member by which old GeoJSON names its system.
func declareCRS(j *jsonReader, p *places) error {
	token, err := j.inner()
	if err != nil {
		return err
	}
	v, err := j.value(token)
	if err != nil || v == nil {
		return err
	}
	name := plain(at(v, "properties", "name"))
	if strings.HasSuffix(strings.ToUpper(name), "CRS84") {
		return p.declareMercator(false)
	}
	if found := epsg.FindStringSubmatch(name); found != nil {
		if code, err := strconv.Atoi(found[1]); err == nil {
			return p.declare(code)
		}
	}
	return fmt.Errorf("%w: they are in the system %q; ask for EPSG:4326", ErrProjected, clip(plain(v), 200))
}

// at is a value deep in a JSON value; nil where the way ends.
func at(v any, path ...string) any {
	for _, name := range path {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = object[name]
	}
	return v
}

func partialFinding(partial bool) []record.Finding {
	if !partial {
		return nil
	}
	return []record.Finding{{Code: "partial_answer", Text: "the server says that it has more records than these: ask it for the pages that follow"}}
}
