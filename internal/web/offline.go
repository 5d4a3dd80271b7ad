package web

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"carrypoint/internal/edition"
	"carrypoint/views"
)

// A phone keeps three pages for when there is no connection, in the language that
// was opened: the steps, the strips, and one that says that there is none. They are
// kept once somebody opens the steps or the strips, keeps a list, or installs the
// site; who only searches leaves nothing behind. A worker is a script in the phone
// that does it. Each language has its own, for the pages below its prefix.
const (
	workerPath = "/worker.js"
	nonePath   = "/offline"
)

// keptQuery asks for a list as it is for keeping.
const keptQuery = "kept"

// slowAfter is when a phone shows what it has rather than wait, in milliseconds:
// somebody who does not breathe can't wait for a poor connection.
const slowAfter = 2000

// workerPolicy lets the worker ask this site, and nothing else.
const workerPolicy = "default-src 'none'; connect-src 'self'"

// workerSite is what the worker must know of the site.
type workerSite struct {
	Name   string   `json:"name"`   // of what it keeps: the language and the content
	Family string   `json:"family"` // what the names of its older versions begin with
	Keep   []string `json:"keep"`
	None   string   `json:"none"`
	Wait   int      `json:"wait"`
}

// worker answers with the worker of a language. Where the operator wants none, or
// the language no longer has all steps, it is one that removes itself, and with it
// what an older one kept.
func (t *tongue) worker(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Security-Policy", workerPolicy)
	if t.NoKeep || !t.keepsSteps() {
		sendScript(w, cachePrivate, withoutComments(views.NoWorker))
		return nil
	}
	content, err := t.keptContent()
	if err != nil {
		return err
	}
	family := "steps " + t.path("/") + " "
	sendScript(w, cachePrivate, withSite(workerSite{
		Name: family + shortHash(views.Worker+content), Family: family, Keep: t.keptPaths(),
		None: t.path(nonePath), Wait: slowAfter,
	}, views.Worker))
	return nil
}

// keepsSteps says whether this language has all that a phone keeps of it.
func (t *tongue) keepsSteps() bool { return t.whole(overdoseGuide) && t.whole(stripsGuide) }

// steps are the pages that a phone keeps once one of them was opened.
func (t *tongue) steps() []string {
	return []string{t.path(guidePaths[overdoseGuide]), t.path(guidePaths[stripsGuide])}
}

// keptPaths are all that a worker keeps by itself. The script is there so that a
// kept list can be removed without a connection.
func (t *tongue) keptPaths() []string { return append(t.steps(), t.path(nonePath), t.script) }

// keptContent is what is kept, for naming it: another content is another worker.
func (t *tongue) keptContent() (string, error) {
	var all bytes.Buffer
	for _, page := range []templ.Component{t.overdosePage(), t.pageOfGuide(stripsGuide), t.nonePage()} {
		if err := page.Render(noContext, &all); err != nil {
			return "", err
		}
	}
	return all.String(), nil
}

// workerOf is where the worker for the pages of this language is: its own, else
// that of the language without a prefix, which sees the pages of all. Empty where
// neither has all steps, and where the operator wants none.
func (t *tongue) workerOf() string {
	main := t.in(t.Language)
	switch {
	case t.NoKeep:
		return ""
	case t.keepsSteps():
		return t.path(workerPath)
	case main.keepsSteps():
		return main.path(workerPath)
	}
	return ""
}

// none says that there is no connection. Phones keep it; a script adds the list
// that somebody kept.
func (t *tongue) none(w http.ResponseWriter, _ *http.Request) error {
	return t.render(w, http.StatusOK, cacheText, t.nonePage())
}

func (t *tongue) nonePage() templ.Component {
	page := views.NoConnection{
		Page:    t.newPage(t.say.T("offline.title"), ""),
		Heading: t.say.T("offline.title"),
		Texts:   []string{t.say.T("offline.lead"), t.say.T("offline.pages")},
		Links: []views.Link{
			{Text: t.say.T("nav.overdose"), Href: t.safetyPath(overdoseGuide)},
			{Text: t.say.T(t.Help.Guides[stripsGuide].Title), Href: t.safetyPath(stripsGuide)},
		},
	}
	page.Edition = "" // it is kept for long
	return views.NoConnectionPage(page)
}

// toKeep makes a search for a list that is read on another day: what is open now
// is not asked for.
func toKeep(s search) search {
	s.keep = true
	s.asked.open = ""
	return s
}

// keptStatus is when a place is listed as open, as on paper, and the dates soon to
// come on which that is otherwise.
func (t *tongue) keptStatus(h edition.Hit) views.Status {
	tell := t.tell().In(h.Zone)
	return views.Status{Text: tell.Hours(h.Site), Hours: views.Quoted{Text: strings.Join(tell.Soon(h.Site), "; ")}}
}
