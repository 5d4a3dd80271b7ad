package reader

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"carrypoint/internal/record"
)

// descriptionPrefix keeps the values found in a description apart from those of
// elements of the same name. Titles do not show it.
const descriptionPrefix = "\x00"

func kmlTitle(column string) string { return strings.TrimPrefix(column, descriptionPrefix) }

// readKML reads the placemarks of KML. It looks at the tags one by one and never
// at how they nest, because descriptions hold HTML in which they do not.
func readKML(t *text, format string) (*record.Table, error) {
	linked := false
	table, err := gather(format, func(g *gathering) error {
		in, err := t.open()
		if err != nil {
			return err
		}
		defer in.Close()
		k := &kmlReader{in: &meter{r: in}, g: g}
		k.dec = xml.NewDecoder(k.in)
		k.dec.Strict = false
		k.dec.Entity = xml.HTMLEntity
		k.dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // decoded already
		err = k.run()
		linked = linked || k.linked
		return err
	}, kmlTitle)
	if errors.Is(err, ErrEmpty) && linked {
		return nil, fmt.Errorf("%w: it only links to another address; open that one, or export it again with the data inside", ErrEmpty)
	}
	return table, err
}

// readKMZ reads the main document of a KMZ archive.
func readKMZ(a *archive) (*record.Table, error) {
	documents := a.withExtension(".kml")
	if len(documents) == 0 {
		return nil, fmt.Errorf("%w: the archive holds no KML", ErrFormat)
	}
	main := documents[0]
	if named := a.find("doc.kml"); named != nil {
		main = named
	}
	src, err := a.source(main)
	if err != nil {
		return nil, err
	}
	t, err := textOf(src, KML)
	if err != nil {
		return nil, err
	}
	table, err := readKML(t, KMZ)
	if err != nil {
		return nil, err
	}
	table.Findings = append(t.findings, table.Findings...)
	return table, nil
}

// A kmlReader is where in a KML file the reading is.
type kmlReader struct {
	in  *meter
	dec *xml.Decoder
	g   *gathering

	it      item
	mark    placemark
	inside  bool     // of a placemark
	folders []string // the names of those around
	linked  bool     // something points to another file
}

// A placemark is what is not yet known to be good of one.
type placemark struct {
	point       *orb.Point
	shape       orb.MultiPoint
	data        string // the name of the Data element around
	description string
}

func (k *kmlReader) run() error {
	for {
		if !k.inside {
			k.in.mark()
		}
		token, err := k.dec.RawToken()
		switch {
		case errors.Is(err, io.EOF) && k.inside:
			return fmt.Errorf("%w: it ends within a placemark, as after a download that was cut short", ErrFormat)
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return explainXML(err)
		}
		switch tag := token.(type) {
		case xml.StartElement:
			err = k.start(tag)
		case xml.EndElement:
			err = k.end(tag.Name.Local)
		}
		if err != nil {
			return err
		}
	}
}

func explainXML(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("%w: its XML is broken in line %d: %s", ErrFormat, syntax.Line, syntax.Msg)
	}
	if strings.HasPrefix(err.Error(), "xml: ") { // a version or a coding that the library does not know
		return fmt.Errorf("%w: its XML can't be read: %v", ErrFormat, err)
	}
	return err
}

func (k *kmlReader) start(tag xml.StartElement) error {
	switch tag.Name.Local {
	case "Folder":
		k.folders = append(k.folders, "")
		if len(k.folders) > maxDepth {
			return tooLarge("its folders are nested more than %d deep", maxDepth)
		}
	case "NetworkLink":
		k.linked = true
	case "Placemark":
		k.it.reset()
		k.mark, k.inside = placemark{}, true
		k.it.id = attribute(tag, "id")
		return k.begin()
	case "Data", "SimpleData":
		k.mark.data = attribute(tag, "name")
		if tag.Name.Local == "SimpleData" {
			return k.keep("SimpleData", k.mark.data)
		}
	case "value":
		return k.keep("value", k.mark.data)
	case "name":
		return k.name()
	case "address", "phoneNumber":
		return k.keep(tag.Name.Local, tag.Name.Local)
	case "description":
		text, err := k.content("description")
		if k.inside {
			k.mark.description += text
		}
		return err
	case "coordinates":
		return k.coordinates()
	}
	return nil
}

func attribute(tag xml.StartElement, name string) string {
	for _, a := range tag.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// begin names the columns that a placemark begins with.
func (k *kmlReader) begin() error {
	for _, column := range []string{"name", "folder"} {
		if err := k.g.name(column); err != nil {
			return err
		}
	}
	k.it.set("folder", strings.Join(slices.DeleteFunc(slices.Clone(k.folders), func(f string) bool { return f == "" }), " / "))
	return nil
}

// keep makes a column of the text of an element of a placemark.
func (k *kmlReader) keep(element, column string) error {
	text, err := k.content(element)
	if k.inside && column != "" {
		k.it.set(column, strings.TrimSpace(text))
	}
	return err
}

func (k *kmlReader) name() error {
	text, err := k.content("name")
	text = strings.TrimSpace(text)
	switch {
	case k.inside:
		k.it.set("name", text)
	case len(k.folders) > 0 && k.folders[len(k.folders)-1] == "":
		k.folders[len(k.folders)-1] = text
	}
	return err
}

// content is what stands before the end of an element, tags within it as text.
func (k *kmlReader) content(element string) (string, error) {
	var text strings.Builder
	for {
		token, err := k.dec.RawToken()
		if errors.Is(err, io.EOF) {
			return "", fmt.Errorf("%w: it ends within a %s", ErrFormat, element)
		}
		if err != nil {
			return "", explainXML(err)
		}
		switch token := token.(type) {
		case xml.CharData:
			text.Write(token)
		case xml.StartElement:
			text.WriteString("<" + token.Name.Local + ">")
		case xml.EndElement:
			if token.Name.Local == element {
				return text.String(), nil
			}
			text.WriteString("</" + token.Name.Local + ">")
		}
	}
}

func (k *kmlReader) coordinates() error {
	text, err := k.content("coordinates")
	if err != nil || !k.inside {
		return err
	}
	points, ok := kmlPoints(text)
	switch {
	case !ok:
		k.it.fault = fmt.Sprintf("its coordinates can't be read: %q", clip(strings.TrimSpace(text), 60))
	case len(points) == 1 && k.mark.point == nil:
		k.mark.point = &points[0]
	default:
		k.mark.shape = append(k.mark.shape, points...)
	}
	return nil
}

// kmlPoints reads "lon,lat,height lon,lat,height". Blanks after the commas are
// no KML and common.
func kmlPoints(text string) (points orb.MultiPoint, ok bool) {
	for _, blank := range []string{", ", ",\n", ",\t"} {
		text = strings.ReplaceAll(text, blank, ",")
	}
	for _, tuple := range strings.Fields(text) {
		numbers := strings.Split(tuple, ",")
		if len(numbers) < 2 {
			return nil, false
		}
		lon, err := strconv.ParseFloat(numbers[0], 64)
		lat, err2 := strconv.ParseFloat(numbers[1], 64)
		if err != nil || err2 != nil || !finite(lon, lat) {
			return nil, false
		}
		points = append(points, orb.Point{lon, lat})
	}
	return points, true
}

func (k *kmlReader) end(element string) error {
	switch element {
	case "Folder":
		k.folders = k.folders[:max(0, len(k.folders)-1)]
	case "Data":
		k.mark.data = ""
	case "Placemark":
		if k.inside {
			k.inside = false
			return k.finish()
		}
	}
	return nil
}

// finish gives a placemark. A point beats the shapes drawn around it.
func (k *kmlReader) finish() error {
	switch {
	case k.mark.point != nil:
		k.it.at = k.mark.point
	case len(k.mark.shape) > 0:
		k.it.at, k.it.area = middle(k.mark.shape), true
	}
	if description := strings.TrimSpace(k.mark.description); description != "" {
		k.it.set("description", description)
		for _, p := range labelled(description) {
			k.it.set(descriptionPrefix+p.name, p.value)
		}
	}
	return k.g.visit(&k.it)
}
