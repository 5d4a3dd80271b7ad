package web

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"carrypoint/data"
	"carrypoint/internal/draw"
	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/help"
	"carrypoint/internal/ingest"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
)

// noon is a Tuesday, 10 in the morning in Dayton and 7 in Vancouver.
var noon = time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)

// shipped opens what ships with the site, once for all tests, without the names of
// those who answer for it: whoever signs changes no page that a test knows.
var shipped = sync.OnceValue(func() Server {
	say, err := words.Load(os.DirFS("../../data/words"))
	places := opened("gazetteer/places.tsv.gz", gazetteer.Open)
	book, helpErr := help.Open(data.Files)
	policy := opened("policy/freshness.toml", func(r io.Reader) (site.Policy, error) { return ReadPolicy(r, site.Policy{}) })
	if err := errors.Join(err, helpErr); err != nil {
		panic(err)
	}
	for _, l := range say.Languages() {
		l.Review = words.Review{}
	}
	return Server{
		Words: say, Places: places, Help: unsigned(book), Policy: policy, Basemap: opened("basemap/basemap.bin.gz", draw.OpenBasemap),
		Language: "en", Title: "carrypoint", Leave: "https://weather.example.org/", Now: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler),
		Credits: []Credit{{Name: "sites", Date: "2026-11-22"}},
	}
})

// unsigned takes out who has reviewed and called what, and when.
func unsigned(book *help.Book) *help.Book {
	for name, g := range book.Guides {
		g.ReviewedBy, g.ReviewedOn, g.ReviewedWords = "", "", ""
		book.Guides[name] = g
	}
	for name, p := range book.Law.Places {
		for _, r := range []*help.Rule{&p.FentanylStrips, &p.OtherStrips, &p.Tools, &p.GoodSamaritan} {
			r.ReviewedBy, r.ReviewedOn, r.ReviewedWords = "", "", ""
		}
		book.Law.Places[name] = p
	}
	for i := range book.Lines.All {
		book.Lines.All[i].Tested, book.Lines.All[i].Hours = "", nil
	}
	return book
}

func opened[T any](file string, open func(io.Reader) (T, error)) T {
	content, err := data.Files.ReadFile(file)
	if err != nil {
		panic(err)
	}
	v, err := open(bytes.NewReader(content))
	if err != nil {
		panic(err)
	}
	return v
}

// invented is a site of eleven plainly fictional places.
var invented = sync.OnceValue(func() *Server { return serving("testdata/sites.csv") })

// starter is the site of the places that ship with it.
var starter = sync.OnceValue(func() *Server { return serving("../../data/sites/points.csv") })

func serving(file string) *Server { return servingSites(sitesOf(file)) }

func sitesOf(file string) []site.Site {
	content, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	dataset, err := ingest.CSV(bytes.NewReader(content), ingest.Places{Gazetteer: shipped().Places})
	if err != nil {
		panic(err)
	}
	return dataset.Sites
}

func servingSites(sites []site.Site) *Server {
	image, err := edition.Build(edition.Meta{Title: "test", Made: noon.Truncate(24 * time.Hour)}, sites)
	if err != nil {
		panic(err)
	}
	return servingEdition(image)
}

func servingEdition(image []byte) *Server {
	e, err := edition.Open(image)
	if err != nil {
		panic(err)
	}
	s := shipped()
	s.Editions = &edition.Follower{}
	s.Editions.Serve(e)
	return &s
}

// tongueOf is a server in one language, with its routes made.
func tongueOf(s *Server, tag string) *tongue {
	say := s.Words.Language(tag)
	t := &tongue{Server: s, say: say, prefix: s.prefixOf(say), listers: new(counted)}
	t.routes()
	return t
}

// ask sends a request without a body.
func ask(h http.Handler, method, target string) *httptest.ResponseRecorder {
	return answer(h, httptest.NewRequest(method, target, nil))
}

// submit posts a form.
func submit(h http.Handler, path string, fields url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return answer(h, r)
}

func answer(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
