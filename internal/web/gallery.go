package web

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"carrypoint/internal/words"
	"carrypoint/views"
)

// A Gallery lists every page in every state, for those who look at all of them.
// It goes with made-up data; a site for the public has none.
type Gallery []Exhibit

// An Exhibit is one page in one state.
type Exhibit struct {
	Group, Name string
	Kind        string // alike in every language but for its words; empty for one more state of a kind
	Status      int
	Path        string     // without its language
	Form        url.Values // what is posted to the path; nil for a page that has an address
	Language    string     // the only one that has this state; empty where all have
}

// galleryColumns are those of the table that a gallery is read from. Few rows need
// the last: it may be left out.
var galleryColumns = []string{"group", "name", "kind", "status", "path", "form", "language"}

// ReadGallery reads a table with tabs between its columns and a row of headings.
func ReadGallery(r io.Reader) (Gallery, error) {
	table := csv.NewReader(r)
	table.Comma = '\t'
	table.FieldsPerRecord = -1 // they are counted below
	rows, err := table.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading the list of pages: %w", err)
	}
	var g Gallery
	for i, row := range rows {
		if i == 0 {
			continue
		}
		if n := len(galleryColumns); len(row) == n-1 {
			row = append(row, "")
		} else if len(row) != n {
			return nil, fmt.Errorf("the list of pages: line %d has %d columns; there are %q", i+1, len(row), galleryColumns)
		}
		e := Exhibit{Language: row[6], Group: row[0], Name: row[1], Kind: row[2], Path: row[4]}
		if e.Status, err = strconv.Atoi(row[3]); err != nil {
			return nil, fmt.Errorf("the list of pages: %s has the status %q", e.Name, row[3])
		}
		if row[5] != "" {
			if e.Form, err = url.ParseQuery(row[5]); err != nil {
				return nil, fmt.Errorf("the list of pages: the form of %s: %w", e.Name, err)
			}
		}
		g = append(g, e)
	}
	return g, nil
}

// GalleryPath is where the list of all pages is.
const GalleryPath = "/pages"

// galleryRoutes are the list, and the errors that no address leads to.
func (t *tongue) galleryRoutes() {
	t.page("GET "+GalleryPath, t.gallery)
	t.page("GET "+GalleryPath+"/too-large", t.refusing(refusal(http.StatusRequestEntityTooLarge, "error.too_large")))
	t.page("GET "+GalleryPath+"/elsewhere", t.refusing(refusal(http.StatusForbidden, "error.elsewhere")))
	t.page("GET "+GalleryPath+"/busy", t.refusing(refusal(http.StatusServiceUnavailable, "print.busy")))
	t.page("GET "+GalleryPath+"/too-long", t.refusing(refusal(http.StatusRequestEntityTooLarge, "print.large")))
	t.page("GET "+GalleryPath+"/failed", t.refusing(errors.New("shown to whoever looks at all pages")))
}

func (t *tongue) refusing(err error) handler {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

func (t *tongue) gallery(w http.ResponseWriter, _ *http.Request) error {
	page := views.Gallery{Page: t.newPage("Every page", GalleryPath), Lang: words.Master}
	page.NoIndex = true
	for _, e := range t.Gallery {
		if n := len(page.Groups); n == 0 || page.Groups[n-1].Name != e.Group {
			page.Groups = append(page.Groups, views.GalleryGroup{Name: e.Group})
		}
		group := &page.Groups[len(page.Groups)-1]
		group.Pages = append(group.Pages, views.GalleryPage{Name: e.Name, Href: t.exhibited(e), Fields: fieldsOf(e.Form)})
	}
	return t.render(w, http.StatusOK, cachePrivate, views.GalleryIndex(page))
}

// exhibited is where an exhibit is: in this language, or in the only one that has it.
func (t *tongue) exhibited(e Exhibit) string {
	if only := t.Words.Language(e.Language); only != nil {
		return t.prefixOf(only) + e.Path
	}
	return t.path(e.Path)
}

func fieldsOf(form url.Values) []views.GalleryField {
	var fields []views.GalleryField
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[name] {
			fields = append(fields, views.GalleryField{Name: name, Value: value})
		}
	}
	return fields
}
