package reader

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// foreign are kinds of files that people hand over by mistake, by their first bytes.
var foreign = []struct{ magic, what string }{
	{"%PDF", "a PDF document; ask the publisher for the table that it was made from"},
	{"\xd0\xcf\x11\xe0", "an old Excel file (.xls), or a workbook with a password; save it as .xlsx without one, or as CSV"},
	{"\x00\x00\x27\x0a", "the shapes of a shapefile without its table; zip the .shp with the .dbf and .prj that belong to it"},
	{"SQLite format 3", "a database"},
	{"\x89PNG", "a picture"},
	{"\xff\xd8\xff", "a picture"},
	{"GIF8", "a picture"},
	{"{\\rtf", "a text document"},
	{"Rar!", "a RAR archive; unpack it first"},
	{"7z\xbc\xaf", "a 7z archive; unpack it first"},
	{"PAR1", "a Parquet file; ask for CSV"},
}

// refuseForeign says what the bytes are where they are no list at all.
func refuseForeign(head []byte) error {
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return fmt.Errorf("%w: it is %s", ErrFormat, f.what)
		}
	}
	start := beginning(head)
	switch {
	case len(start) == 0:
		return fmt.Errorf("%w: it has no text", ErrEmpty)
	case start[0] == '<':
		return refuseMarkup(start)
	case notText(start):
		return fmt.Errorf("%w: it is not text; if it was saved as Unicode (UTF-16), save it as UTF-8", ErrFormat)
	}
	return nil
}

var title = regexp.MustCompile(`(?is)<title[^>]*>(.{0,200}?)</title>`)

// refuseMarkup lets KML through. A web page in the place of data is the commonest
// answer of a server that is in trouble or wants a login.
func refuseMarkup(start []byte) error {
	lower := bytes.ToLower(start)
	if isKML(lower) {
		return nil
	}
	if !bytes.HasPrefix(lower, []byte("<?xml")) || bytes.Contains(lower, []byte("<html")) {
		what := "a web page"
		if bytes.Contains(lower, []byte(`type="password"`)) {
			what = "a web page that asks for a password"
		}
		if found := title.FindSubmatch(start); found != nil {
			what += fmt.Sprintf(" (%q)", strings.Join(strings.Fields(string(found[1])), " "))
		}
		return fmt.Errorf("%w: it is %s and not data; open the address in a browser to see why", ErrFormat, what)
	}
	return fmt.Errorf("%w: it is XML, and not KML", ErrFormat)
}

var kmlRoot = regexp.MustCompile(`<(\w+:)?kml[\s>]`)

func isKML(lower []byte) bool { return kmlRoot.Match(lower) }

// beginning is the first bytes as UTF-8, without a byte order mark and white space.
func beginning(head []byte) []byte {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		decoded, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(head) // an odd byte at the end is no harm
		head = decoded
	}
	return bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
}

// notText reports whether more than one byte in twenty is no character of any
// text. Of packed bytes it is one in nine, of UTF-16 without a mark every second.
func notText(start []byte) bool {
	strange := 0
	for _, c := range start {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			strange++
		}
	}
	return strange*20 > len(start)
}

// guess is the format of a text: by its bytes, and where they leave it open by
// the name.
func guess(name string, head []byte) string {
	start := beginning(head)
	switch start[0] {
	case '<':
		return KML
	case '{', '[':
		return guessJSON(name, start)
	}
	return CSV
}

// guessJSON tells the kinds of JSON apart by the names in the first of it.
func guessJSON(name string, start []byte) string {
	s := outline(start)
	extension := strings.ToLower(path.Ext(name))
	switch {
	case s.paths["features.attributes"], s.paths["features"] && (s.paths["geometryType"] || s.paths["spatialReference"] || s.paths["objectIdFieldName"]):
		return Esri
	case s.kinds["FeatureCollection"], s.kinds["Feature"]:
		return GeoJSON
	case s.isHSDS():
		return HSDS
	case s.documents > 1 || s.documents == 1 && (extension == ".jsonl" || extension == ".ndjson"):
		return JSONLines
	}
	return JSON
}

// A jsonOutline is what a piece of JSON talks about. Arrays leave no trace in a path.
type jsonOutline struct {
	paths     map[string]bool
	kinds     map[string]bool // the values of "type", at the top and of features
	documents int             // objects at the top
}

// outline reads as far as the piece goes; that it ends in the middle is no matter.
func outline(start []byte) jsonOutline {
	s := jsonOutline{paths: map[string]bool{}, kinds: map[string]bool{}}
	j := newJSONReader(bytes.NewReader(start))
	for {
		token, err := j.next()
		if err != nil {
			return s
		}
		if token == json.Delim('{') {
			s.documents++
		}
		if err := s.walk(j, "", token); err != nil {
			return s
		}
	}
}

func (s *jsonOutline) walk(j *jsonReader, at string, token json.Token) error {
	switch token {
	case json.Delim('['):
		return j.elements(func(token json.Token) error { return s.walk(j, at, token) })
	case json.Delim('{'):
		return j.members(func(name string, token json.Token) error {
			inner := join(at, name)
			s.paths[inner] = true
			if kind, ok := token.(string); ok && (inner == "type" || inner == "features.type") {
				s.kinds[kind] = true
			}
			return s.walk(j, inner, token)
		})
	}
	return nil
}

// isHSDS looks for what only Human Services Data has, at the top or in a page of an API.
func (s *jsonOutline) isHSDS() bool {
	for _, at := range []string{"", "contents.", "services.", "locations.", "organizations."} {
		has := func(name string) bool { return s.paths[at+name] }
		if has("service_at_locations") || has("service.id") && has("location.id") || has("location_type") && has("addresses") ||
			has("organization.id") && (has("schedules") || has("phones")) {
			return true
		}
	}
	return false
}
