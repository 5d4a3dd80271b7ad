package fetch

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A layerServer plays a layer of an ArcGIS server: it pages, changes and lies
// as the real ones do.
type layerServer struct {
	ids      []int64
	most     int  // features an answer has at most
	pages    bool // it knows resultOffset
	geoJSON  bool
	edited   int64 // milliseconds; 0 for a server that does not say
	name     string
	fields   string
	system   int  // it ignores outSR and answers in this one; 0 for degrees
	silent   bool // about its system
	position func(id int64) (x, y float64)

	// A lie answers in its place; it gets what an honest server would say.
	lie   func(q url.Values, honest string) string
	asked []url.Values
}

const (
	layerPath = "/arcgis/rest/services/Sites/FeatureServer/0"
	oneEdit   = 1_760_000_000_000
)

func honest(features int) *layerServer {
	s := &layerServer{most: 10, pages: true, edited: oneEdit, name: "Example sites"}
	s.position = func(id int64) (x, y float64) { return -73 - float64(id%10), 41 + float64(id%7) }
	s.fields = `[{"name":"FID","type":"esriFieldTypeOID","alias":"FID"},{"name":"NAME","type":"esriFieldTypeString","alias":"Name"}]`
	for i := range features {
		s.ids = append(s.ids, int64(2*i+1))
	}
	return s
}

func (s *layerServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	s.asked = append(s.asked, q)
	answer := s.answer(r.URL.Path, q)
	if s.lie != nil {
		answer = s.lie(q, answer)
	}
	if code, body, ok := strings.Cut(answer, " "); ok && len(code) == 3 { // "404 …" is a status
		n, _ := strconv.Atoi(code)
		w.WriteHeader(n)
		answer = body
	}
	_, _ = io.WriteString(w, answer)
}

func (s *layerServer) answer(path string, q url.Values) string {
	switch {
	case path == layerPath:
		return s.about()
	case path != layerPath+"/query":
		return `{"error":{"code":400,"message":"Invalid URL","details":["Invalid URL"]}}`
	case q.Get("returnCountOnly") == "true":
		return fmt.Sprintf(`{"count":%d}`, len(s.ids))
	case q.Get("returnIdsOnly") == "true":
		ids, _ := json.Marshal(s.ids)
		return fmt.Sprintf(`{"objectIdFieldName":"FID","objectIds":%s}`, ids)
	case q.Get("objectIds") != "":
		return s.page(q, s.chosen(q.Get("objectIds")), false)
	}
	from := 0
	if s.pages {
		from, _ = strconv.Atoi(q.Get("resultOffset"))
	}
	from = min(from, len(s.ids))
	to := min(from+s.size(q), len(s.ids))
	return s.page(q, s.ids[from:to], to < len(s.ids))
}

// size is how many features a page has.
func (s *layerServer) size(q url.Values) int {
	if wanted, err := strconv.Atoi(q.Get("resultRecordCount")); err == nil {
		return min(wanted, s.most)
	}
	return s.most
}

func (s *layerServer) chosen(list string) (ids []int64) {
	for text := range strings.SplitSeq(list, ",") {
		id, _ := strconv.ParseInt(text, 10, 64)
		if slices.Contains(s.ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (s *layerServer) about() string {
	formats := "JSON"
	if s.geoJSON {
		formats = "JSON, geoJSON, PBF"
	}
	editing := ""
	if s.edited > 0 {
		editing = fmt.Sprintf(`"editingInfo":{"lastEditDate":%d,"schemaLastEditDate":1,"dataLastEditDate":%d},`, s.edited, s.edited)
	}
	return fmt.Sprintf(`{"id":0,"name":%q,"type":"Feature Layer","maxRecordCount":%d,"objectIdField":"FID","geometryType":"esriGeometryPoint",
		"supportedQueryFormats":%q,%s"advancedQueryCapabilities":{"supportsPagination":%t,"supportsOrderBy":true},"fields":%s}`,
		s.name, s.most, formats, editing, s.pages, s.fields)
}

func (s *layerServer) page(q url.Values, ids []int64, more bool) string {
	if q.Get("f") == "geojson" {
		return s.geoPage(ids, more)
	}
	return s.esriPage(ids, more)
}

func (s *layerServer) geoPage(ids []int64, more bool) string {
	var all []string
	for _, id := range ids {
		x, y := s.position(id)
		all = append(all, fmt.Sprintf(`{"type":"Feature","id":%d,"geometry":{"type":"Point","coordinates":[%g,%g]},"properties":{"FID":%d,"NAME":"Example House %d"}}`, id, x, y, id, id))
	}
	flag := ""
	if more {
		flag = `"properties":{"exceededTransferLimit":true},`
	}
	return `{"type":"FeatureCollection",` + flag + `"features":[` + strings.Join(all, ",") + `]}`
}

func (s *layerServer) esriPage(ids []int64, more bool) string {
	var all []string
	for _, id := range ids {
		x, y := s.position(id)
		all = append(all, fmt.Sprintf(`{"attributes":{"FID":%d,"NAME":"Example House %d"},"geometry":{"x":%g,"y":%g}}`, id, id, x, y))
	}
	flag := ""
	if more {
		flag = `"exceededTransferLimit":true,`
	}
	system := `"spatialReference":{"wkid":4326,"latestWkid":4326},`
	switch {
	case s.silent:
		system = ""
	case s.system == 3857:
		system = `"spatialReference":{"wkid":102100,"latestWkid":3857},`
	case s.system != 0:
		system = fmt.Sprintf(`"spatialReference":{"wkid":%d},`, s.system)
	}
	return `{"objectIdFieldName":"FID","geometryType":"esriGeometryPoint",` + system + flag + `"fields":` + s.fields + `,"features":[` + strings.Join(all, ",") + `]}`
}

// A merged file is one of either form.
type merged struct {
	Type      string `json:"type"`
	Reference struct {
		WKID int `json:"wkid"`
	} `json:"spatialReference"`
	Fields   []field `json:"fields"`
	Features []struct {
		Attributes, Properties struct {
			FID  int64  `json:"FID"`
			Name string `json:"NAME"`
		}
		Geometry map[string]any
	} `json:"features"`
}

// idsOf are the ids in a merged file, in its order.
func idsOf(t interface{ Fatalf(string, ...any) }, text string) (m merged, ids []int64) {
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatalf("the merged file is not JSON: %v\n%.300s", err, text)
	}
	for _, f := range m.Features {
		id := f.Attributes.FID + f.Properties.FID
		if f.Attributes.Name+f.Properties.Name != fmt.Sprintf("Example House %d", id) || len(f.Geometry) == 0 {
			t.Fatalf("feature %d lost something", id)
		}
		ids = append(ids, id)
	}
	return m, ids
}

func TestALayerIsReadWhole(t *testing.T) {
	for name, c := range map[string]struct {
		geoJSON, pages bool
	}{
		"as GeoJSON, in pages":    {true, true},
		"as Esri JSON, in pages":  {false, true},
		"as GeoJSON, by numbers":  {true, false},
		"as Esri JSON, by number": {false, false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, n := range []int{0, 1, 9, 10, 11, 30, 250} {
				server := honest(n)
				server.geoJSON, server.pages = c.geoJSON, c.pages
				s := httptest.NewServer(server)
				defer s.Close()
				a, text := newBench(t, "", s).get(t, ProtocolArcGIS, s.URL+layerPath)
				m, ids := idsOf(t, text)
				if !slices.Equal(ids, server.ids) {
					t.Fatalf("of %d features it gives %v", n, ids)
				}
				if c.geoJSON && (a.Format != "geojson" || m.Type != "FeatureCollection") {
					t.Errorf("it is %q, of type %q", a.Format, m.Type)
				}
				if !c.geoJSON && (a.Format != "esrijson" || m.Reference.WKID != 4326 || len(m.Fields) != 2) {
					t.Errorf("it is %q, in system %d with %d fields", a.Format, m.Reference.WKID, len(m.Fields))
				}
				if a.Name != "Example sites" || a.LastEdit.UnixMilli() != oneEdit || a.Host != s.Listener.Addr().String() {
					t.Errorf("the answer is %+v", a)
				}
				checkQuestions(t, server)
			}
		})
	}
}

// checkQuestions looks at every question for features.
func checkQuestions(t *testing.T, server *layerServer) {
	t.Helper()
	for _, q := range server.asked {
		if !q.Has("resultOffset") && !q.Has("objectIds") {
			continue
		}
		if q.Get("outSR") != "4326" || q.Get("outFields") != "*" || q.Get("orderByFields") != "FID" {
			t.Errorf("it was asked for %v", q)
		}
		if len(q.Encode()) > maxAddress {
			t.Errorf("the question has %d characters", len(q.Encode()))
		}
	}
}

// Whatever its size and its pages, a layer comes whole, in order, each feature once.
func TestAnHonestLayerIsAlwaysWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		server := honest(rapid.IntRange(0, 60).Draw(t, "features"))
		server.most = rapid.IntRange(1, 40).Draw(t, "page")
		server.pages = rapid.Bool().Draw(t, "pages")
		server.geoJSON = rapid.Bool().Draw(t, "geojson")
		s := httptest.NewServer(server)
		defer s.Close()
		ids := fetched(t, s)
		if !slices.Equal(ids, server.ids) {
			t.Fatalf("it gives %v", ids)
		}
	})
}

// Whatever a server leaves out, repeats or invents: what is fetched is as many
// features as it counts, each once, or nothing is.
func TestADishonestLayerIsWholeOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		server := honest(rapid.IntRange(1, 40).Draw(t, "features"))
		server.pages = rapid.Bool().Draw(t, "pages")
		server.geoJSON = rapid.Bool().Draw(t, "geojson")
		truth := slices.Clone(server.ids)
		server.lie = func(q url.Values, honest string) string {
			if !q.Has("resultOffset") && !q.Has("objectIds") {
				return honest
			}
			from, _ := strconv.Atoi(q.Get("resultOffset"))
			ids := slices.Clone(truth[min(from, len(truth)):min(from+server.most, len(truth))])
			if q.Has("objectIds") {
				ids = server.chosen(q.Get("objectIds"))
			}
			switch rapid.IntRange(0, 5).Draw(t, "lie") {
			case 1:
				ids = ids[:rapid.IntRange(0, len(ids)).Draw(t, "kept")]
			case 2:
				ids = append(ids, rapid.SampledFrom(truth).Draw(t, "twice"))
			case 3:
				ids = append(ids, 1000)
			case 4:
				slices.Reverse(ids)
			}
			return server.page(q, ids, rapid.Bool().Draw(t, "more"))
		}
		s := httptest.NewServer(server)
		defer s.Close()
		if ids := fetched(t, s); ids != nil {
			slices.Sort(ids)
			if len(ids) != len(truth) || len(slices.Compact(ids)) != len(truth) {
				t.Fatalf("it gives %v, although the truth is %v", ids, truth)
			}
		}
	})
}

// fetched gives the ids of a layer; nil where it is refused.
func fetched(t *rapid.T, s *httptest.Server) []int64 {
	c := New(Options{Guard: letThrough})
	a, err := c.Get(t.Context(), Request{s.URL + layerPath, ProtocolArcGIS})
	if err != nil {
		return nil
	}
	defer a.Close()
	_, ids := idsOf(t, fileText(t, a.Path))
	return append([]int64{}, ids...)
}

func TestLiesOfALayer(t *testing.T) {
	isPage := func(q url.Values) bool { return q.Has("resultOffset") }
	for name, c := range map[string]struct {
		server func(s *layerServer)
		want   error // nil: it is read whole all the same
		says   string
	}{
		"it repeats the same page": {func(s *layerServer) {
			s.lie = func(q url.Values, honest string) string {
				if isPage(q) {
					return s.page(q, s.ids[:10], true)
				}
				return honest
			}
		}, ErrUnreliable, "from number 11, it gives those again"},
		"it repeats the same page and stops": {func(s *layerServer) {
			s.lie = func(q url.Values, honest string) string {
				if isPage(q) {
					return s.page(q, s.ids[:10], false)
				}
				return honest
			}
		}, ErrUnreliable, "it gives those again"},
		"it shrinks its page": {func(s *layerServer) {
			s.lie = func(q url.Values, honest string) string {
				if isPage(q) {
					from, _ := strconv.Atoi(q.Get("resultOffset"))
					return s.page(q, s.ids[from:min(from+3, 25)], from+3 < 25)
				}
				return honest
			}
		}, nil, "fewer features than asked for"},
		"it shrinks its page and says that this is all": {func(s *layerServer) {
			s.lie = func(q url.Values, honest string) string {
				if isPage(q) {
					from, _ := strconv.Atoi(q.Get("resultOffset"))
					return s.page(q, s.ids[from:min(from+3, 25)], false)
				}
				return honest
			}
		}, nil, "fewer features than asked for"},
		"it loses the end": {func(s *layerServer) {
			s.lie = func(q url.Values, honest string) string {
				if isPage(q) && q.Get("resultOffset") != "0" {
					return s.page(q, nil, false)
				}
				return honest
			}
		}, ErrUnreliable, "says that the layer has 25 features, and gives 10"},
		"it gives nothing and says that there is more": {func(s *layerServer) {
			s.lie = func(q url.Values, honest string) string {
				if isPage(q) && q.Get("resultOffset") != "0" {
					return s.page(q, nil, true)
				}
				return honest
			}
		}, ErrUnreliable, "gives 10"},
		"it never says that there is more, as before 10.3.1": {func(s *layerServer) {
			s.lie = func(_ url.Values, honest string) string {
				return strings.ReplaceAll(honest, `"exceededTransferLimit":true,`, "")
			}
		}, nil, ""},
		"it always says that there is more": {func(s *layerServer) {
			s.lie = func(q url.Values, honest string) string {
				if isPage(q) && !strings.Contains(honest, "exceeded") {
					return strings.Replace(honest, "{", `{"exceededTransferLimit":true,`, 1)
				}
				return honest
			}
		}, nil, ""},
		"it counts too many": {func(s *layerServer) {
			s.lie = instead("returnCountOnly", `{"count":26}`)
		}, ErrUnreliable, "has 26 features, and gives 25"},
		"it counts too few": {func(s *layerServer) {
			s.lie = instead("returnCountOnly", `{"count":24}`)
		}, ErrUnreliable, "has 24 features, and gives 25"},
		"it does not count": {func(s *layerServer) {
			s.lie = instead("returnCountOnly", `{"features":[]}`)
		}, ErrNotDataset, "gives no number"},
		"it counts less than nothing": {func(s *layerServer) {
			s.lie = instead("returnCountOnly", `{"count":-1}`)
		}, ErrNotDataset, "gives no number"},
		"it counts the stars": {func(s *layerServer) {
			s.lie = instead("returnCountOnly", `{"count":4000000000}`)
		}, ErrTooLarge, "at most 2000000"},
		"it is not in order and gives one twice, one not at all": {func(s *layerServer) {
			ids := slices.Concat(s.ids[:10], s.ids[9:10], s.ids[11:])
			s.lie = pagesOf(s, ids)
		}, ErrUnreliable, "has 25 features, and gives 24"},
		"it gives one twice": {func(s *layerServer) {
			ids := slices.Concat(s.ids[:12], s.ids[5:6], s.ids[12:])
			s.lie = pagesOf(s, ids)
		}, nil, "gave 1 features twice"},
		"it ignores outSR and answers in feet": {func(s *layerServer) {
			s.system, s.position = 2261, func(id int64) (x, y float64) { return 900_000 + float64(id), 1_100_000 }
		}, ErrProjected, "asked for degrees, it gives system 2261"},
		"it ignores outSR and answers in metres": {func(s *layerServer) {
			s.system, s.position = 3857, func(id int64) (x, y float64) { return -8_200_000 + float64(id), 5_000_000 }
		}, nil, "in metres of system 3857"},
		"it ignores outSR in GeoJSON too": {func(s *layerServer) {
			s.geoJSON, s.system, s.position = true, 3857, func(id int64) (x, y float64) { return -8_200_000 + float64(id), 5_000_000 }
		}, nil, "in metres of system 3857"},
		"it ignores outSR in GeoJSON, in feet": {func(s *layerServer) {
			s.geoJSON, s.system, s.position = true, 2926, func(id int64) (x, y float64) { return 1_270_000 + float64(id), 220_000 }
		}, ErrProjected, "it gives system 2926"},
		"it says in GeoJSON that it ignores outSR": {func(s *layerServer) {
			s.geoJSON, s.system, s.position = true, 3857, func(id int64) (x, y float64) { return -8_200_000 + float64(id), 5_000_000 }
			s.lie = func(q url.Values, honest string) string {
				return strings.Replace(honest, `"FeatureCollection",`, `"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},`, 1)
			}
		}, nil, "in metres of system 3857"},
		"it says in GeoJSON what is true anyway": {func(s *layerServer) {
			s.geoJSON = true
			s.lie = func(q url.Values, honest string) string {
				return strings.Replace(honest, `"FeatureCollection",`, `"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},`, 1)
			}
		}, nil, ""},
		"it answers in another system of degrees": {func(s *layerServer) { s.system = 4267 }, ErrProjected, "it gives system 4267"},
		"it calls feet degrees": {func(s *layerServer) {
			s.position = func(int64) (x, y float64) { return 900_000, 1_100_000 }
		}, ErrProjected, "25 positions outside the globe and calls them degrees"},
		"it calls one position degrees that is none": {func(s *layerServer) {
			s.position = func(id int64) (x, y float64) {
				if id == 7 {
					return -8_200_000, 5_000_000
				}
				return -73, 41
			}
		}, ErrProjected, "1 positions outside the globe"},
		"it calls degrees metres":                    {func(s *layerServer) { s.system = 3857 }, ErrProjected, "all of them look like degrees"},
		"it says nothing of its system":              {func(s *layerServer) { s.silent = true }, nil, ""},
		"it says nothing of its system, and is feet": {func(s *layerServer) { s.silent, s.position = true, func(int64) (x, y float64) { return 9e5, 1e6 } }, ErrProjected, "outside the globe"},
		"it has a system without a number": {func(s *layerServer) {
			s.lie = func(q url.Values, honest string) string {
				return strings.Replace(honest, `{"wkid":4326,"latestWkid":4326}`, `{"wkt":"PROJCS[\"Example\"]"}`, 1)
			}
		}, ErrProjected, "a system without a number"},
		"it changes its system from page to page": {func(s *layerServer) {
			s.lie = func(q url.Values, honest string) string {
				if q.Get("resultOffset") == "10" {
					return strings.Replace(honest, `"latestWkid":4326`, `"latestWkid":3857`, 1)
				}
				return honest
			}
		}, ErrUnreliable, "one page is in system 4326, the next in system 3857"},
		"all its positions are 0,0": {func(s *layerServer) {
			s.position = func(int64) (x, y float64) { return 0, 0 }
		}, nil, ""},
		"it gives GeoJSON without being asked": {func(s *layerServer) {
			s.lie = func(q url.Values, honest string) string {
				if isPage(q) {
					return s.geoPage(s.ids, false)
				}
				return honest
			}
		}, ErrNotDataset, "feature 1 of a page can't be read"},
		"it gives Esri JSON for GeoJSON": {func(s *layerServer) {
			s.geoJSON = true
			s.lie = func(q url.Values, honest string) string {
				if isPage(q) {
					return s.esriPage(s.ids, false)
				}
				return honest
			}
		}, ErrNotDataset, "gives none"},
		"it gives no list":             {func(s *layerServer) { s.lie = instead("resultOffset", `{"spatialReference":{"wkid":4326}}`) }, ErrNotDataset, "not even an empty list"},
		"it gives half a page":         {func(s *layerServer) { s.lie = instead("resultOffset", `{"features":[{"attributes":{"FID":1`) }, ErrNotDataset, "not what an ArcGIS server answers"},
		"it gives features of nothing": {func(s *layerServer) { s.lie = instead("resultOffset", `{"features":[7]}`) }, ErrNotDataset, "can't be read"},
		"it gives a page without end": {func(s *layerServer) {
			s.lie = instead("resultOffset", strings.Repeat(" ", 2<<20))
		}, ErrTooLarge, "more than"},
		"it asks for a login": {func(s *layerServer) {
			s.lie = func(url.Values, string) string { return "<!DOCTYPE html><title>Sign In</title>" }
		}, ErrNotDataset, "web page"},
		"it numbers its features and leaves some out": {func(s *layerServer) {
			s.pages, s.lie = false, func(q url.Values, honest string) string {
				if q.Has("objectIds") {
					return s.page(q, s.ids[:5], true)
				}
				return honest
			}
		}, ErrUnreliable, "it leaves out"},
		"it numbers its features and gives others": {func(s *layerServer) {
			s.pages, s.lie = false, func(q url.Values, honest string) string {
				if q.Has("objectIds") {
					return s.page(q, append(s.chosen(q.Get("objectIds")), 1000), false)
				}
				return honest
			}
		}, ErrUnreliable, "features by their numbers, it gives"},
		"it numbers fewer features than it counts": {func(s *layerServer) {
			s.pages, s.lie = false, instead("returnIdsOnly", `{"objectIdFieldName":"FID","objectIds":[1,3]}`)
		}, ErrUnreliable, "has 25 features, and numbers 2"},
		"it numbers one feature twice": {func(s *layerServer) {
			s.pages, s.lie = false, instead("returnIdsOnly", `{"objectIdFieldName":"FID","objectIds":[`+strings.Repeat("1,", 24)+`1]}`)
		}, ErrUnreliable, "and numbers 1"},
		"it numbers nothing": {func(s *layerServer) {
			s.pages, s.lie = false, instead("returnIdsOnly", `{"objectIdFieldName":"FID","objectIds":null}`)
		}, ErrUnreliable, "and numbers 0"},
	} {
		t.Run(name, func(t *testing.T) {
			server := honest(25)
			c.server(server)
			s := httptest.NewServer(server)
			defer s.Close()
			folder := t.TempDir()
			b := newBench(t, folder, s)
			if c.want != nil {
				b.refuses(t, ProtocolArcGIS, s.URL+layerPath, c.want, c.says)
				if left := filesOf(t, folder); len(left) > 0 {
					t.Error("left behind:", left)
				}
				return
			}
			a, text := b.get(t, ProtocolArcGIS, s.URL+layerPath)
			if _, ids := idsOf(t, text); len(ids) != 25 {
				t.Errorf("it gives %d features", len(ids))
			}
			if !strings.Contains(strings.Join(a.Notes, "\n"), c.says) {
				t.Errorf("the notes are %q, want %q", a.Notes, c.says)
			}
		})
	}
}

// instead answers one kind of question with something else.
func instead(parameter, answer string) func(url.Values, string) string {
	return func(q url.Values, honest string) string {
		if q.Has(parameter) {
			return answer
		}
		return honest
	}
}

// pagesOf gives pages of other features.
func pagesOf(s *layerServer, ids []int64) func(url.Values, string) string {
	return func(q url.Values, honest string) string {
		if !q.Has("resultOffset") {
			return honest
		}
		from, _ := strconv.Atoi(q.Get("resultOffset"))
		from = min(from, len(ids))
		to := min(from+s.size(q), len(ids))
		return s.page(q, ids[from:to], to < len(ids))
	}
}

func TestMetresKeepTheirSystem(t *testing.T) {
	server := honest(3)
	server.geoJSON, server.system = true, 3857
	server.position = func(id int64) (x, y float64) { return -8_200_000 + float64(id), 5_000_000 }
	s := httptest.NewServer(server)
	defer s.Close()
	a, text := newBench(t, "", s).get(t, ProtocolArcGIS, s.URL+layerPath)
	if m, _ := idsOf(t, text); a.Format != "esrijson" || m.Reference.WKID != 102100 {
		t.Errorf("it is %q in system %d", a.Format, m.Reference.WKID)
	}
}

func TestErrorsOfALayer(t *testing.T) {
	for name, c := range map[string]struct {
		answer string
		want   error
		asked  int
	}{
		"renamed":                     {`{"error":{"code":400,"message":"Invalid URL","details":["Invalid URL"]}}`, ErrGone, 1},
		"renamed, with a status":      {`400 {"error":{"code":400,"message":"Invalid URL","details":[]}}`, ErrGone, 1},
		"not found":                   {`{"error":{"code":404,"message":"Requested operation could not be completed.","details":null}}`, ErrGone, 1},
		"not found, with a status":    {`404 <html>Not Found</html>`, ErrGone, 1},
		"removed":                     {`{"error":{"code":500,"message":"Service Sites/FeatureServer not found"}}`, ErrGone, 1},
		"stopped":                     {`500 {"error":{"code":500,"message":"Service Sites/FeatureServer not started"}}`, ErrGone, 1},
		"an item that is hidden":      {`{"error":{"code":400,"messageCode":"CONT_0001","message":"Item does not exist or is inaccessible."}}`, ErrGone, 1},
		"a token is wanted":           {`{"error":{"code":499,"message":"Token Required","details":[]}}`, ErrForbidden, 1},
		"a token is wrong":            {`{"error":{"code":498,"message":"Invalid Token"}}`, ErrForbidden, 1},
		"no permission":               {`{"error":{"code":403,"message":"You do not have permissions to access this resource."}}`, ErrForbidden, 1},
		"no permission, as a status":  {`403 {"error":{"code":403,"message":"no"}}`, ErrForbidden, 1},
		"a wrong query":               {`{"error":{"code":400,"message":"Unable to complete operation.","details":["Invalid field: TYP"]}}`, ErrNotDataset, 1},
		"an error without a number":   {`{"error":{}}`, ErrNotDataset, 1},
		"a failure that may pass":     {`{"error":{"code":500,"message":"Error performing query operation"}}`, ErrUnavailable, maxTries},
		"a time-out that may pass":    {`{"error":{"code":504,"message":"Your request has timed out."}}`, ErrUnavailable, maxTries},
		"too many questions":          {`{"error":{"code":429,"message":"Unable to perform query. Too many requests."}}`, ErrUnavailable, maxTries},
		"words for another terminal":  {"{\"error\":{\"code\":400,\"message\":\"\\u001b[31m" + strings.Repeat("x", 9000) + "\"}}", ErrNotDataset, 1},
		"a list":                      {`[]`, ErrNotDataset, 1},
		"nothing":                     {``, ErrNotDataset, 1},
		"an object of something else": {`{"currentVersion":10.91}`, ErrNotDataset, 1},
		"a group of layers":           {`{"name":"All","type":"Group Layer"}`, ErrAddress, 1},
	} {
		t.Run(name, func(t *testing.T) {
			server := honest(3)
			server.lie = func(url.Values, string) string { return c.answer }
			s := httptest.NewServer(server)
			defer s.Close()
			b := newBench(t, "", s)
			_, err := b.Get(t.Context(), Request{s.URL + layerPath, ProtocolArcGIS})
			b.refuses(t, ProtocolArcGIS, s.URL+layerPath, c.want, "")
			if len(server.asked) != 2*c.asked {
				t.Errorf("it was asked %d times, want %d", len(server.asked)/2, c.asked)
			}
			if err != nil && (len(err.Error()) > 900 || strings.ContainsRune(err.Error(), '\x1b')) {
				t.Errorf("the error repeats too much: %q", err)
			}
		})
	}
}

func TestAFailureInsideAGoodAnswerMayPass(t *testing.T) {
	server := honest(25)
	failed := false
	server.lie = func(q url.Values, honest string) string {
		if q.Get("resultOffset") == "10" && !failed {
			failed = true
			return `{"error":{"code":500,"message":"Error performing query operation"}}`
		}
		return honest
	}
	s := httptest.NewServer(server)
	defer s.Close()
	_, text := newBench(t, "", s).get(t, ProtocolArcGIS, s.URL+layerPath)
	if _, ids := idsOf(t, text); !slices.Equal(ids, server.ids) || !failed {
		t.Errorf("it gives %v", ids)
	}
}

func TestAnUneditedLayerIsNotReadAgain(t *testing.T) {
	for name, c := range map[string]struct {
		change    func(s *layerServer)
		reads     bool // its features are asked for again
		unchanged bool
	}{
		"nothing happened":                 {func(*layerServer) {}, false, true},
		"an edit":                          {func(s *layerServer) { s.edited++; s.ids = s.ids[:20] }, true, false},
		"an edit that changes nothing":     {func(s *layerServer) { s.edited++ }, true, true},
		"a date that goes back":            {func(s *layerServer) { s.edited--; s.ids = s.ids[:20] }, true, false},
		"other columns under the old date": {func(s *layerServer) { s.fields = strings.Replace(s.fields, "Name", "Site", 1) }, true, false},
		"another name under the old date":  {func(s *layerServer) { s.name = "Other sites" }, true, true},
		"it does not say any more":         {func(s *layerServer) { s.edited = 0 }, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			server := honest(25)
			s := httptest.NewServer(server)
			defer s.Close()
			b := newBench(t, t.TempDir(), s)
			if a, _ := b.get(t, ProtocolArcGIS, s.URL+layerPath); a.NotModified {
				t.Error("the first answer is said to be known")
			}
			c.change(server)
			server.asked = nil
			a, text := b.get(t, ProtocolArcGIS, s.URL+layerPath)
			if _, ids := idsOf(t, text); !slices.Equal(ids, server.ids) {
				t.Errorf("it gives %v", ids)
			}
			if (len(server.asked) > 1) != c.reads || a.NotModified != c.unchanged {
				t.Errorf("it was asked %d times, and not modified is %v", len(server.asked), a.NotModified)
			}
		})
	}
}

func TestALayerThatIsEditedWhileItIsRead(t *testing.T) {
	for name, c := range map[string]struct {
		edits int
		want  error
	}{
		"once":   {1, nil},
		"twice":  {2, nil},
		"always": {99, ErrUnreliable},
	} {
		t.Run(name, func(t *testing.T) {
			server := honest(25)
			done := 0
			server.lie = func(q url.Values, honest string) string {
				if q.Get("resultOffset") == "10" && done < c.edits { // after the second page somebody removes the first feature
					done++
					server.edited++
					server.ids = server.ids[1:]
				}
				return honest
			}
			s := httptest.NewServer(server)
			defer s.Close()
			b := newBench(t, "", s)
			if c.want != nil {
				b.refuses(t, ProtocolArcGIS, s.URL+layerPath, c.want, "edited while it was read, 3 times")
				return
			}
			_, text := b.get(t, ProtocolArcGIS, s.URL+layerPath)
			if _, ids := idsOf(t, text); !slices.Equal(ids, server.ids) {
				t.Errorf("it gives %v", ids)
			}
		})
	}
}

func TestTheLayersOfAService(t *testing.T) {
	const service = "/arcgis/rest/services/Sites/FeatureServer"
	for name, c := range map[string]struct {
		layers string
		want   error
		says   string
	}{
		"one":                     {`{"layers":[{"id":0,"name":"Example sites"}],"tables":[]}`, nil, ""},
		"one in a group":          {`{"layers":[{"id":5,"name":"All","subLayerIds":[0]},{"id":0,"name":"Example sites","subLayerIds":null}]}`, nil, ""},
		"a table only":            {`{"layers":[],"tables":[{"id":0,"name":"Example sites"}]}`, nil, ""},
		"one, and a table beside": {`{"layers":[{"id":0,"name":"Example sites"}],"tables":[{"id":1,"name":"Visits"}]}`, nil, ""},
		"several":                 {`{"layers":[{"id":0,"name":"Narcan_Access"},{"id":3,"name":"Narcan_Administered"}]}`, ErrAddress, `0 "Narcan_Access", 3 "Narcan_Administered"; add the number`},
		"none":                    {`{"layers":[],"tables":[]}`, ErrGone, "has no layer"},
		"gone":                    {`{"error":{"code":400,"message":"Invalid URL"}}`, ErrGone, "Invalid URL"},
	} {
		t.Run(name, func(t *testing.T) {
			server := honest(3)
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == service {
					_, _ = io.WriteString(w, c.layers)
					return
				}
				server.ServeHTTP(w, r)
			})
			b := newBench(t, "", s)
			if c.want != nil {
				b.refuses(t, ProtocolArcGIS, s.URL+service, c.want, c.says)
				return
			}
			_, text := b.get(t, ProtocolArcGIS, s.URL+service)
			if _, ids := idsOf(t, text); len(ids) != 3 {
				t.Errorf("it gives %v", ids)
			}
		})
	}
}

func TestArcGISAddresses(t *testing.T) {
	const base = "https://gis.example.org/arcgis/rest/services/Sites/"
	for name, c := range map[string]struct {
		address, at string // at is where it is asked; empty for a refusal
		where       string
	}{
		"a layer":                  {base + "FeatureServer/0", base + "FeatureServer/0", everything},
		"a layer of a map":         {base + "MapServer/12", base + "MapServer/12", everything},
		"a service":                {base + "FeatureServer", base + "FeatureServer", everything},
		"a slash at the end":       {base + "FeatureServer/0/", base + "FeatureServer/0", everything},
		"a query of a browser":     {base + "FeatureServer/0/query?f=html&where=&outFields=*", base + "FeatureServer/0", everything},
		"some of the features":     {base + "FeatureServer/0/query?where=KIND%3D%27box%27&f=json", base + "FeatureServer/0", "KIND='box'"},
		"a token":                  {base + "FeatureServer/0?token=abc", "", ""},
		"a part by geometry":       {base + "FeatureServer/0/query?geometry=1,2,3,4", "", ""},
		"a page of something else": {"https://gis.example.org/apps/viewer/index.html", "", ""},
		"an image service":         {base + "ImageServer", "", ""},
		"a step too far":           {base + "FeatureServer/0/1/2", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			u, err := parseAddress(c.address)
			if err != nil {
				t.Fatal(err)
			}
			a, err := parseArcGIS(u)
			if (err == nil) != (c.at != "") {
				t.Fatalf("it gives %v", err)
			}
			if err == nil && (a.at.String() != c.at || a.where != c.where) {
				t.Errorf("it asks %s where %s", a.at, a.where)
			}
		})
	}
}

func TestWhatALayerKnowsOfItsColumns(t *testing.T) {
	server := honest(1)
	server.fields = `[{"name":"FID","type":"esriFieldTypeOID","alias":"FID"},{"name":"FIELD_NAME_A","type":"esriFieldTypeString","alias":"Agency"},
		{"name":"NAME","type":"esriFieldTypeInteger","alias":"Name","domain":{"codedValues":[{"name":"Yes","code":1},{"name":"No","code":2},{"name":"x","code":"x"}]}}]`
	s := httptest.NewServer(server)
	defer s.Close()
	a, _ := newBench(t, "", s).get(t, ProtocolArcGIS, s.URL+layerPath)
	want := []string{`The publisher calls the column "FIELD_NAME_A" "Agency".`, `The column "NAME" holds codes: 1 is Yes, 2 is No.`}
	if !slices.Equal(a.Notes, want) {
		t.Errorf("the notes are %q", a.Notes)
	}
}

func TestPositionsOfAnyGeometry(t *testing.T) {
	for name, c := range map[string]struct {
		geometry string
		x, y     float64
		ok       bool
	}{
		"a point":               {`{"type":"Point","coordinates":[-73.5,41.2]}`, -73.5, 41.2, true},
		"a point with a height": {`{"type":"Point","coordinates":[-73.5,41.2,9]}`, -73.5, 41.2, true},
		"a polygon":             {`{"type":"Polygon","coordinates":[[[1,2],[3,4]]]}`, 1, 2, true},
		"many polygons":         {`{"type":"MultiPolygon","coordinates":[[[[1,2],[3,4]]]]}`, 1, 2, true},
		"a point of Esri":       {`{"x":1,"y":2}`, 1, 2, true},
		"points of Esri":        {`{"points":[[1,2]]}`, 1, 2, true},
		"rings of Esri":         {`{"rings":[[[1,2],[3,4]]]}`, 1, 2, true},
		"an empty point":        {`{"x":"NaN","y":"NaN"}`, 0, 0, false},
		"a point of nulls":      {`{"x":null,"y":null}`, 0, 0, false},
		"no coordinates":        {`{"type":"Point","coordinates":[]}`, 0, 0, false},
		"too deep":              {`{"coordinates":[[[[[[[1,2]]]]]]]}`, 0, 0, false},
		"nothing":               {`null`, 0, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			var g geometry
			if err := json.Unmarshal([]byte(c.geometry), &g); err != nil {
				t.Fatal(err)
			}
			x, y, ok := g.point()
			if ok != c.ok || (ok && math.Hypot(x-c.x, y-c.y) > 0) {
				t.Errorf("it is at %g, %g: %v", x, y, ok)
			}
		})
	}
}

func TestALayerWithoutNumbers(t *testing.T) {
	server := honest(25)
	server.lie = func(q url.Values, honest string) string {
		honest = strings.ReplaceAll(honest, `"objectIdField":"FID",`, "")
		honest = strings.ReplaceAll(honest, "esriFieldTypeOID", "esriFieldTypeInteger")
		if q.Get("resultOffset") == "20" {
			return server.esriPage(server.ids[:5], false) // equal rows may be right
		}
		return honest
	}
	s := httptest.NewServer(server)
	defer s.Close()
	_, text := newBench(t, "", s).get(t, ProtocolArcGIS, s.URL+layerPath)
	if _, ids := idsOf(t, text); len(ids) != 25 {
		t.Errorf("it gives %d features", len(ids))
	}
	if slices.ContainsFunc(server.asked, func(q url.Values) bool { return q.Has("orderByFields") }) {
		t.Error("it was asked for an order that it can't give")
	}
	server.lie = func(q url.Values, honest string) string {
		if q.Has("resultOffset") {
			return server.esriPage(server.ids[:10], true)
		}
		return strings.ReplaceAll(strings.ReplaceAll(honest, `"objectIdField":"FID",`, ""), "esriFieldTypeOID", "esriFieldTypeInteger")
	}
	newBench(t, "", s).refuses(t, ProtocolArcGIS, s.URL+layerPath, ErrUnreliable, "it gives those again")
}
