package fetch

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A layer is what an ArcGIS server says of one of its layers.
type layer struct {
	Name             string  `json:"name"`
	Type             string  `json:"type"`
	MaxRecordCount   int     `json:"maxRecordCount"`
	ObjectIDField    string  `json:"objectIdField"`
	QueryFormats     string  `json:"supportedQueryFormats"`
	Fields           []field `json:"fields"`
	SupportsPages    *bool   `json:"supportsPagination"`
	AdvancedQueries  queries `json:"advancedQueryCapabilities"`
	Editing          editing `json:"editingInfo"`
	fields, geometry json.RawMessage
}

type field struct {
	Name   string `json:"name"`
	Alias  string `json:"alias"`
	Type   string `json:"type"`
	Domain struct {
		Codes []code `json:"codedValues"`
	} `json:"domain"`
}

// A code is a value that stands for another: 1 for "Yes".
type code struct {
	Name string          `json:"name"`
	Code json.RawMessage `json:"code"`
}

type queries struct {
	SupportsPages *bool `json:"supportsPagination"`
	SupportsOrder *bool `json:"supportsOrderBy"`
}

// editing has times in milliseconds.
type editing struct {
	Data   *json.Number `json:"dataLastEditDate"`
	Schema *json.Number `json:"schemaLastEditDate"`
	Any    *json.Number `json:"lastEditDate"`
}

// A layerName is a layer in the list of its service.
type layerName struct {
	ID        int    `json:"id"`
	Name      string `json:"name"`
	Type      string `json:"type"`
	SubLayers []int  `json:"subLayerIds"`
}

// parseService lists the layers of a service that have features of their own,
// or else its tables.
func parseService(body []byte) ([]layerName, error) {
	var service struct {
		Layers []layerName `json:"layers"`
		Tables []layerName `json:"tables"`
	}
	if err := parseArcGISBody(body, &service); err != nil {
		return nil, err
	}
	layers := slices.DeleteFunc(service.Layers, func(l layerName) bool { return len(l.SubLayers) > 0 || l.ID < 0 })
	if len(layers) == 0 {
		return slices.DeleteFunc(service.Tables, func(l layerName) bool { return l.ID < 0 }), nil
	}
	return layers, nil
}

// mostListed is how many layers an error lists.
const mostListed = 20

func listed(layers []layerName) string {
	var names []string
	for _, l := range layers[:min(len(layers), mostListed)] {
		names = append(names, fmt.Sprintf("%d %q", l.ID, said(l.Name)))
	}
	if len(layers) > mostListed {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

func parseLayer(body []byte) (*layer, error) {
	var l layer
	if err := parseArcGISBody(body, &l); err != nil {
		return nil, err
	}
	var raw struct {
		Fields   json.RawMessage `json:"fields"`
		Geometry json.RawMessage `json:"geometryType"`
	}
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotDataset, err)
	}
	l.fields, l.geometry = raw.Fields, raw.Geometry
	if l.Name == "" && len(l.Fields) == 0 {
		return nil, fmt.Errorf("%w: it describes no layer", ErrNotDataset)
	}
	if strings.EqualFold(l.Type, "Group Layer") {
		return nil, fmt.Errorf("%w: %q is a group of layers; give the address of one of them", ErrAddress, said(l.Name))
	}
	l.Name = said(l.Name)
	return &l, nil
}

// objectID is the column that numbers the features; empty where none does.
func (l *layer) objectID() string {
	if l.ObjectIDField != "" {
		return l.ObjectIDField
	}
	for _, f := range l.Fields {
		if f.Type == "esriFieldTypeOID" {
			return f.Name
		}
	}
	return ""
}

// Servers older than 10.3 say nothing of pages and have none.
func (l *layer) givesPages() bool {
	for _, says := range []*bool{l.AdvancedQueries.SupportsPages, l.SupportsPages} {
		if says != nil {
			return *says
		}
	}
	return false
}

func (l *layer) ordersBy() bool {
	return l.objectID() != "" && (l.AdvancedQueries.SupportsOrder == nil || *l.AdvancedQueries.SupportsOrder)
}

func (l *layer) givesGeoJSON() bool {
	return strings.Contains(strings.ToLower(l.QueryFormats), "geojson")
}

// usualPage is what servers give at a time unless they say otherwise; mostAPage
// keeps an answer small whatever they say.
const (
	usualPage = 1_000
	mostAPage = 2_000
)

func (l *layer) pageSize() int {
	if l.MaxRecordCount <= 0 {
		return usualPage
	}
	return min(l.MaxRecordCount, mostAPage)
}

// edited is when the layer's data were changed last; zero where it does not say.
func (l *layer) edited() time.Time {
	for _, n := range []*json.Number{l.Editing.Data, l.Editing.Any} {
		if n == nil {
			continue
		}
		if ms, err := n.Int64(); err == nil && ms > 0 && ms < 1e14 {
			return time.UnixMilli(ms).UTC()
		}
	}
	return time.Time{}
}

// stamp is the same as long as nobody edits the layer; empty where the server
// does not say. The columns are in it: some are changed without a new date.
func (l *layer) stamp() string {
	if l.edited().IsZero() {
		return ""
	}
	var schema string
	if l.Editing.Schema != nil {
		schema = l.Editing.Schema.String()
	}
	sum := sha256.Sum256([]byte(l.Name + "\n" + schema + "\n" + string(l.fields)))
	return fmt.Sprintf("%d-%x", l.edited().UnixMilli(), sum[:8])
}

// mostNoted bounds the sentences about columns.
const mostNoted = 60

// notes say what a layer knows of its columns and its features don't: their
// real names, and what their codes mean.
func (l *layer) notes() []string {
	var all []string
	for _, f := range l.Fields {
		if len(all) >= mostNoted {
			break
		}
		if f.Alias != "" && folded(f.Alias) != folded(f.Name) {
			all = append(all, fmt.Sprintf("The publisher calls the column %q %q.", said(f.Name), said(f.Alias)))
		}
		if text := f.codes(); text != "" {
			all = append(all, fmt.Sprintf("The column %q holds codes: %s.", said(f.Name), text))
		}
	}
	return all
}

// codes explains values that are not their own names.
func (f field) codes() string {
	var all []string
	for _, c := range f.Domain.Codes {
		if value := strings.Trim(string(c.Code), `"`); value != c.Name {
			all = append(all, said(value)+" is "+said(c.Name))
		}
	}
	return strings.Join(all[:min(len(all), mostListed)], ", ")
}

// folded leaves of a name what tells it from others.
func folded(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", " ", "", ".", "").Replace(name))
}
