package web

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"carrypoint/views"
)

// toldTo is what stands before a script, read as JSON.
func toldTo[T any](t *testing.T, script string) T {
	t.Helper()
	first, _, _ := strings.Cut(script, ";\n")
	var v T
	if err := json.Unmarshal([]byte(strings.TrimPrefix(first, "const site=")), &v); err != nil {
		t.Fatalf("%v: %.200s", err, script)
	}
	return v
}

func TestTheWorkerKeepsTheStepsOfItsLanguageAndNothingElse(t *testing.T) {
	s := invented()
	h := s.Handler()
	for _, say := range s.Words.Languages() {
		prefix := s.prefixOf(say)
		page := fetch(t, h, prefix+workerPath)
		site := toldTo[workerSite](t, page.html)
		script := regexp.MustCompile(`/static/[a-z-]+\.[0-9a-f]+\.js`).FindString(fetch(t, h, prefix+"/").html)
		if want := []string{prefix + "/overdose", prefix + "/strips", prefix + "/offline", script}; !slices.Equal(site.Keep, want) {
			t.Errorf("%s: it keeps %v, not %v", say.Tag, site.Keep, want)
		}
		for _, path := range site.Keep {
			if kept := fetch(t, h, path); kept.status != http.StatusOK {
				t.Errorf("%s: %s answers %d", say.Tag, path, kept.status)
			}
		}
		if site.None != prefix+"/offline" || !strings.HasPrefix(site.Name, "steps "+prefix+"/ ") || !strings.HasPrefix(site.Name, site.Family) {
			t.Errorf("%s: %+v", say.Tag, site)
		}
		header := page.header
		if header.Get("Cache-Control") != cachePrivate || header.Get("Content-Security-Policy") != workerPolicy || !strings.HasPrefix(header.Get("Content-Type"), "text/javascript") {
			t.Errorf("%s: %v", say.Tag, header)
		}
	}
}

// offersToKeep says whether a page has what the script looks for before it offers
// to keep a list: "form .act".
func offersToKeep(page string) bool {
	for _, rest := range strings.Split(page, "<form")[1:] {
		if form, _, _ := strings.Cut(rest, "</form>"); strings.Contains(form, `class="act"`) {
			return true
		}
	}
	return false
}

func TestOnlyTheListOfAnAreaMayBeKept(t *testing.T) {
	h := invented().Handler()
	for path, kept := range map[string]bool{
		"/near/45402": true, "/es/near/45402": true, "/us/oh/dayton": true, "/zh-hans/ca/bc/vancouver": true, "/near/V6A": true, "/near/45402?free=1": true,
		"/": false, "/near": false, "/us/oh": false, "/us": false, "/site/us-oh-alder-machine": false, "/print": false, "/print/us/oh/dayton": false,
		"/law/us/oh": false, "/overdose": false, "/lines": false, "/near/00000": false,
	} {
		if page := fetch(t, h, path); offersToKeep(page.html) != kept {
			t.Errorf("%s may be kept: %v", path, !kept)
		}
	}
	for _, form := range []url.Values{{"q": {"12 Zanzibar Avenue, Dayton, OH 45402"}}, {"lat": {"39.76"}, "lon": {"-84.19"}}, {"q": {"springfield"}}} {
		if page := submit(h, "/near", form); offersToKeep(page.Body.String()) {
			t.Errorf("the answer to %v may be kept", form)
		}
	}
}

func TestAnotherContentIsAnotherWorker(t *testing.T) {
	name := func(s *Server) string {
		return toldTo[workerSite](t, fetch(t, s.Handler(), workerPath).html).Name
	}
	s, same, renamed, later := *invented(), *invented(), *invented(), *invented()
	renamed.Title = "Another name"
	later.Now = func() time.Time { return noon.AddDate(3, 0, 0) } // the steps say then that they have to be reviewed
	if name(&s) != name(&same) {
		t.Error("the same content has two names")
	}
	for what, other := range map[string]*Server{"with another title": &renamed, "three years later": &later} {
		if name(&s) == name(other) {
			t.Errorf("%s it has the same name", what)
		}
	}
}

func TestWithoutKeepingThereIsNoWorkerAndAnOldOneGoes(t *testing.T) {
	s := *invented()
	s.NoKeep = true
	h := s.Handler()
	for _, prefix := range []string{"", "/es", "/ar"} {
		if got := fetch(t, h, prefix+workerPath).html; got != withoutComments(views.NoWorker) || !strings.Contains(got, "unregister()") {
			t.Errorf("%s: the worker is %s", prefix, got)
		}
		script := fetch(t, h, scriptOf(t, fetch(t, h, prefix+"/")))
		if worker := toldTo[scriptWords](t, script.html).Worker; worker != "" {
			t.Errorf("%s: pages still look for %q", prefix, worker)
		}
	}
	if page := fetch(t, h, "/privacy").html; strings.Contains(page, s.Words.Language("en").T("offline.heading")) {
		t.Error("the page on privacy tells of what nothing keeps")
	}
}

func TestALanguageWithoutAllStepsUsesTheWorkerThatHasThem(t *testing.T) {
	s := *invented()
	s.Words = missingIn(t, s.Help.Guides[stripsGuide].Title)
	h := s.Handler()
	script := toldTo[scriptWords](t, fetch(t, h, scriptOf(t, fetch(t, h, "/es/"))).html)
	if script.Worker != workerPath {
		t.Errorf("its pages look for %q", script.Worker)
	}
	if worker := fetch(t, h, "/es"+workerPath).html; worker != withoutComments(views.NoWorker) {
		t.Errorf("its own worker is %s", worker)
	}
}

// scriptOf is where the script of a page is.
func scriptOf(t *testing.T, page answered) string {
	t.Helper()
	found := regexp.MustCompile(`<script src="([^"]+)" defer></script>`).FindStringSubmatch(page.html)
	if found == nil {
		t.Fatalf("%s has no script", page.path)
	}
	return found[1]
}

// maxScriptBytes is what the script of a page may have as it is sent, with its
// words. The worker is no script of a page: a phone loads it once it keeps something.
const (
	maxScriptBytes = 2 << 10
	maxWorkerBytes = 700
)

func TestTheScriptIsSmallInEveryLanguageAndNamedByItsContent(t *testing.T) {
	s := invented()
	h := s.Handler()
	for _, say := range s.Words.Languages() {
		path := scriptOf(t, fetch(t, h, s.prefixOf(say)+"/us"))
		script := fetch(t, h, path)
		worker := fetch(t, h, s.prefixOf(say)+workerPath)
		t.Logf("%s has %d bytes, the worker %d", path, script.sent, worker.sent)
		if script.sent > maxScriptBytes || script.status != http.StatusOK || script.header.Get("Cache-Control") != cacheForever {
			t.Errorf("%s: %d with %d bytes, kept %q", path, script.status, script.sent, script.header.Get("Cache-Control"))
		}
		if !strings.Contains(path, shortHash(script.html)) || toldTo[scriptWords](t, script.html).Keep != say.T("offline.keep") {
			t.Errorf("%s holds %.300s", path, script.html)
		}
		if worker.sent > maxWorkerBytes {
			t.Errorf("%s has %d bytes", worker.path, worker.sent)
		}
	}
}

func TestCommentsAreNotSent(t *testing.T) {
	got := withoutComments("// one\n  var a = 'https://example.org' // two\n\n    // three\nb()\n")
	if want := "var a = 'https://example.org' // two\nb()\n"; got != want {
		t.Errorf("it sends %q", got)
	}
}

func TestAListThatIsKeptNeverSaysWhatIsOpenNow(t *testing.T) {
	s := checked()
	say := s.Words.Language("en")
	h := s.Handler()
	now := []string{"Open now", "Closed now", say.T("open.closed")}
	said := func(path string) (found string) {
		page := withoutForm(fetch(t, h, path).html)
		for _, text := range now {
			if strings.Contains(page, text) {
				found = text
			}
		}
		return found
	}
	var live int
	for _, path := range []string{"/near/45402", "/us/oh/dayton", "/us/oh/montgomery-county", "/near/45402?free=1"} {
		if said(path) != "" {
			live++
		}
		kept := path + "?kept=1"
		if strings.Contains(path, "?") {
			kept = path + "&kept=1"
		}
		page := fetch(t, h, kept)
		if found := said(kept); found != "" {
			t.Errorf("%s says %q", kept, found)
		}
		if want := say.T("offline.kept_on", "date", "November 24, 2026"); !strings.Contains(page.html, want) {
			t.Errorf("%s does not say %q", kept, want)
		}
		if !strings.Contains(page.html, "Hours listed") || page.header.Get("Cache-Control") != cachePrivate {
			t.Errorf("%s has no listed hours, or may be kept by others: %q", kept, page.header.Get("Cache-Control"))
		}
	}
	if live == 0 {
		t.Error("no list says what is open now: the test looks for the wrong words")
	}
	if page := fetch(t, h, "/near/45402?open=now&kept=1"); strings.Contains(page.html, `class="chips"`) {
		t.Error("a list is kept as that of what is open now")
	}
}

func withoutForm(page string) string { return searchForm.ReplaceAllString(page, "") }

func TestLeavingLeadsElsewhereAndRemovesWhatIsStored(t *testing.T) {
	s := invented()
	h := s.Handler()
	want := map[string]string{
		"Location": s.Leave, "Clear-Site-Data": `"cache", "storage"`, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
		"X-Content-Type-Options": "nosniff",
	}
	for _, prefix := range []string{"", "/es", "/ar"} {
		w := ask(h, "GET", prefix+leavePath)
		for name, value := range want {
			if got := w.Header().Get(name); got != value {
				t.Errorf("%s: %s is %q, not %q", prefix, name, got, value)
			}
		}
		if w.Code != http.StatusSeeOther {
			t.Errorf("%s: it answers %d", prefix, w.Code)
		}
	}
}

func TestTheHeaderOfEveryPageHasTheSameThreeLinksInOrder(t *testing.T) {
	h := invented().Handler()
	for _, path := range []string{"/", "/near/45402", "/overdose", "/es/strips", "/site/us-oh-alder-machine", "/print/near/45402", "/offline", "/no-such-page", "/ar/us", "/law/us/tx"} {
		page := fetch(t, h, path).html
		header, _, _ := strings.Cut(page, "</header>")
		var at []int
		for _, link := range []string{`class="em"`, `href="/leave"`, `/languages`} {
			at = append(at, strings.Index(header, link))
		}
		if at[0] < 0 || !slices.IsSorted(at) {
			t.Errorf("%s: %v", path, at)
		}
	}
}

func TestTheWayOutSaysWhereItIsPressedThatTheHistoryStays(t *testing.T) {
	h := invented().Handler()
	for _, say := range invented().Words.Languages() {
		for _, path := range []string{"/", "/near/45402", "/overdose", "/no-such-page"} {
			_, link, _ := strings.Cut(fetch(t, h, tongueOf(invented(), say.Tag).path(path)).html, `href="/leave"`)
			link, _, _ = strings.Cut(link, "</a>")
			for _, key := range []string{"leave.link", "leave.history"} {
				if !strings.Contains(html.UnescapeString(link), say.T(key)) {
					t.Errorf("%s, %s: the link does not say %q: %s", say.Tag, path, say.T(key), link)
				}
			}
		}
	}
}

func TestTheSiteIsInstalledUnderItsOwnNameAndANeutralSign(t *testing.T) {
	s := *invented()
	s.Title = "Health resources"
	h := s.Handler()
	for _, prefix := range []string{"", "/ar"} {
		page := fetch(t, h, prefix+"/")
		if !strings.Contains(page.html, `<link rel="manifest" href="`+prefix+manifestPath+`">`) {
			t.Errorf("%s/ can't be installed", prefix)
		}
		answer := fetch(t, h, prefix+manifestPath)
		var app webApp
		if err := json.Unmarshal([]byte(answer.html), &app); err != nil {
			t.Fatal(err)
		}
		if app.Name != s.Title || app.ShortName != s.Title || app.Start != prefix+"/" || app.Scope != "/" || app.Display != "standalone" {
			t.Errorf("%s: %+v", prefix, app)
		}
		for _, icon := range app.Icons {
			_, body, _ := strings.Cut(icon.Src, "data:"+icon.Type+";base64,")
			if picture, err := base64.StdEncoding.DecodeString(body); err != nil || len(picture) == 0 {
				t.Errorf("%s: the icon %s of %s: %v", prefix, icon.Sizes, icon.Type, err)
			}
		}
		if !strings.HasPrefix(answer.header.Get("Content-Type"), "application/manifest+json") || answer.sent > maxPageBytes {
			t.Errorf("%s: %q with %d bytes", prefix, answer.header.Get("Content-Type"), answer.sent)
		}
	}
	if icon := fetch(t, h, appleIcon); icon.status != http.StatusOK || http.DetectContentType([]byte(icon.html)) != "image/png" {
		t.Errorf("an iPhone gets %d", icon.status)
	}
}

func TestAWorkerMayRunAndNothingElseWasLoosened(t *testing.T) {
	w := httptest.NewRecorder()
	invented().Handler().ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	_, rest, _ := strings.Cut(w.Header().Get("Content-Security-Policy"), "; script-src")
	if want := " 'self'; connect-src 'self'; img-src data:; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"; rest != want {
		t.Errorf("the rules are %s", rest)
	}
}
