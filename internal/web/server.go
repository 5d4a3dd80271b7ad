package web

import (
	"bytes"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"carrypoint/internal/draw"
	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/help"
	"carrypoint/internal/pdf"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// A Server holds what the pages need. Fill in every field, then call Handler.
type Server struct {
	Editions *edition.Follower
	Places   *gazetteer.Gazetteer
	Basemap  *draw.Basemap
	Words    *words.Catalog
	Language string // tag of the language without a prefix
	Title    string // the name of the site
	Credits  []Credit
	Help     *help.Book  // what a person should know beside where to go
	Policy   site.Policy // how long a check is trusted
	Address  string      // public address of the site, such as "https://example.org"; empty: what requests are sent to
	PDFs     *pdf.Shelf  // nil where there is no browser to print with
	Leave    string      // where "Leave this site" leads: a neutral page of another site
	NoKeep   bool        // phones keep nothing for when there is no connection
	Gallery  Gallery     // every page, for reviewers; nil on a site for the public
	Now      func() time.Time
	Log      *slog.Logger
}

// A Credit is one dataset that ships with the site: the words about.credit.NAME
// say whose it is and under which licence.
type Credit struct{ Name, Date string }

// A tongue is the site in one language: every page handler is a method of it.
type tongue struct {
	*Server
	say       *words.Language
	prefix    string // "" or "/es"
	style     string
	helpStyle string // of the pages of steps, which must be small
	script    string // path of the script, which holds words of this language
	mux       *http.ServeMux
	listers   *counted // who lists the places, for every language
	printers  slots    // for those who print, in every language
	failed    []byte   // the page of an error that nothing more can be said of
}

// tell says what is known of sites, in this language, today.
func (t *tongue) tell() facts.Teller { return facts.Teller{Say: t.say, Policy: t.Policy, Now: t.Now()} }

// Handler gives the whole site.
func (s *Server) Handler() http.Handler {
	style := views.Style + views.StyleLists + draw.Style
	styles := map[string]string{"ltr": style, "rtl": style + views.StyleRTL}
	helpStyle := views.Style + views.StyleHelp
	helpStyles := map[string]string{"ltr": helpStyle, "rtl": helpStyle + views.StyleRTL}
	pages := http.NewServeMux()
	pages.HandleFunc("GET "+appleIcon, serveAppleIcon)
	sources, printers := new(counted), make(slots, maxPrinting)
	for _, say := range s.Words.Languages() {
		t := &tongue{
			Server: s, say: say, prefix: s.prefixOf(say), style: styles[say.Dir], helpStyle: helpStyles[say.Dir], listers: sources, printers: printers,
		}
		t.serveScript(pages)
		if t.prefix != "" {
			pages.Handle(t.prefix+"/", http.StripPrefix(t.prefix, t.routes()))
			pages.Handle("GET "+t.prefix, http.RedirectHandler(t.prefix+"/", http.StatusMovedPermanently))
			continue
		}
		pages.Handle("/", t.routes())
	}
	root := http.NewServeMux() // whoever asks whether the site lives is answered however many visitors there are
	root.HandleFunc("GET /livez", s.live)
	root.HandleFunc("GET /readyz", s.ready)
	root.Handle("/", chain(pages,
		limited(maxInFlight, s.EmergencyNumber()), // before any work is done
		compressed(), // outside of whatever writes a body
		formsOnly,    // before a body is read
	))
	return chain(root, secured(allowedStyles(styles, helpStyles)...)) // headers go on every answer, refusals too
}

// allowedStyles are the style sheets of all pages: of lists, of steps, in both
// directions, and what other pages have besides.
func allowedStyles(sets ...map[string]string) []string {
	all := []string{views.StyleMore}
	for _, set := range sets {
		all = append(all, slices.Sorted(maps.Values(set))...)
	}
	return all
}

// routes is the list of pages. A pattern that is not here is not found; one
// that is here with another method is not allowed.
func (t *tongue) routes() http.Handler {
	t.mux = http.NewServeMux()
	t.page("GET /{$}", t.home)
	t.page("POST /near", t.postNear)
	t.page("GET /near", t.getNearNothing)
	t.page("GET /near/{code}", t.getNear)
	t.page("GET /us", t.country("us"))
	t.page("GET /us/{region}", t.region("us"))
	t.page("GET /us/{region}/{slug}", t.area("us"))
	t.page("GET /ca", t.country("ca"))
	t.page("GET /ca/{region}", t.region("ca"))
	t.page("GET /ca/{region}/{slug}", t.area("ca"))
	t.page("GET /site/{id}", t.site)
	t.page("GET /print", t.printStart)
	t.page("POST /print", t.postPrint)
	t.page("GET /print/{area...}", t.printing)
	t.page("GET /overdose", t.overdose)
	t.page("GET /languages", t.languages)
	t.page("GET /strips", t.guide(stripsGuide))
	t.page("GET /before-you-go", t.guide(goGuide))
	t.page("GET /carry", t.guide(carryGuide))
	t.page("GET /law", t.law)
	t.page("GET /law/us", t.lawOfCountry("us"))
	t.page("GET /law/us/{region}", t.lawOfRegion("us"))
	t.page("GET /law/ca", t.lawOfCountry("ca"))
	t.page("GET /law/ca/{region}", t.lawOfRegion("ca"))
	t.page("GET /lines", t.linesPage)
	t.page("GET "+nonePath, t.none)
	t.page("GET "+leavePath, t.leave)
	t.page("GET "+workerPath, t.worker)
	t.page("GET "+manifestPath, t.manifest)
	t.page("GET "+textRoot, t.textHelp)
	t.page("GET "+textRoot+"/{code}", t.textOfCode)
	t.page("GET "+textRoot+"/{country}/{region}", t.textOfArea)
	t.page("GET "+textRoot+"/{country}/{region}/{slug}", t.textOfArea)
	t.page("GET /about", t.about)
	t.page("GET /privacy", t.privacy)
	if t.Gallery != nil {
		t.galleryRoutes()
	}
	t.page("/", t.unknown)
	t.failed = t.failure()
	return chain(t.mux,
		t.recovered,  // a panic becomes the page of a failure
		t.sameOrigin, // no other site may post here
	)
}

// A handler answers a request or says why it can't.
type handler func(w http.ResponseWriter, r *http.Request) error

// page registers a handler; its error becomes a page, and the log gets the
// pattern and the class of the status, never what was asked.
func (t *tongue) page(pattern string, h handler) {
	t.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		counted := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		if err := h(counted, r); err != nil && !t.tidied(counted, r, err) {
			t.refuse(counted, r, err)
		}
		t.Log.Debug("answered", keyRoute, pattern, keyStatus, counted.status/100)
	})
}

// tidyPath is an address that a person may have typed from paper.
var tidyPath = regexp.MustCompile(`^(/[A-Za-z0-9-]+)+/?$`)

// tidied leads from "/us/IL" and "/us/il/", which are no page, to "/us/il".
func (t *tongue) tidied(w http.ResponseWriter, r *http.Request, err error) bool {
	tidy := strings.ToLower(strings.TrimSuffix(r.URL.Path, "/"))
	read := r.Method == http.MethodGet || r.Method == http.MethodHead
	var refused *Refusal
	if !errors.As(err, &refused) || refused.Status != http.StatusNotFound || !read ||
		tidy == r.URL.Path || !tidyPath.MatchString(r.URL.Path) {
		return false
	}
	http.Redirect(w, r, t.path(tidy)+rawQuery(r), http.StatusMovedPermanently)
	return true
}

// The keys of log lines.
const (
	keyRoute  = "route"
	keyStatus = "class"
	keyError  = "error"
)

// A statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// How long an answer may be kept. A page that may say "open now" is kept for a
// minute at most; an answer to a typed place is for that person's Back button.
const (
	cacheArea    = "public, max-age=60"
	cacheText    = "public, max-age=300"
	cachePrivate = "private, no-cache"
)

// bodies are the buffers that pages are made in, kept for the next page. What a
// page held is overwritten, and nothing else reads it.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render writes nothing before the whole page is there, so that a failure is
// still a whole page.
func (t *tongue) render(w http.ResponseWriter, status int, cache string, page templ.Component) error {
	body := bodies.Get().(*bytes.Buffer)
	defer bodies.Put(body)
	body.Reset()
	if err := page.Render(noContext, body); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", t.say.Tag)
	h.Set("Cache-Control", cache)
	w.WriteHeader(status)
	_, _ = w.Write(t.say.Closed(body.Bytes())) // the person has gone: there is nobody to tell
	return nil
}

// methods that some page has, for telling a wrong method from a wrong address.
var methods = []string{http.MethodGet, http.MethodPost}

// unknown answers what no page does.
func (t *tongue) unknown(w http.ResponseWriter, r *http.Request) error {
	allowed := slices.DeleteFunc(slices.Clone(methods), func(method string) bool {
		_, pattern := t.mux.Handler(&http.Request{Method: method, URL: r.URL, Host: r.Host})
		return pattern == "/" || pattern == ""
	})
	if len(allowed) > 0 {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		return refusal(http.StatusMethodNotAllowed, "error.method")
	}
	return refusal(http.StatusNotFound, "error.not_found")
}
