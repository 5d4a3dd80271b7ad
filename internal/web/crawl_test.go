package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// Limits on one answer, in bytes as sent: a page fits the first flight of a new
// connection (about 14 KB), a list of ten with its map is half of that.
const (
	maxPageBytes    = 14 << 10
	maxResultsBytes = 8 << 10
)

// maxRender is how long making a page may take, and renders how often a page that
// took longer is made again: a busy machine delays one or two of them, a slow page
// is slow each time. The race detector slows every page down severalfold, so that
// what it sees is not judged; "make test" runs this test without it too.
const (
	maxRender = 5 * time.Millisecond
	renders   = 20
)

// An answered page, as it was sent.
type answered struct {
	path   string
	status int
	header http.Header
	sent   int // bytes of the body, compressed
	html   string
	took   time.Duration
}

func fetch(t *testing.T, h http.Handler, path string) answered {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	start := time.Now()
	w := answer(h, r)
	a := answered{path: path, status: w.Code, header: w.Header(), sent: w.Body.Len(), took: time.Since(start)}
	a.html = w.Body.String()
	if w.Header().Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(unzipped)
		if err != nil {
			t.Fatal(err)
		}
		a.html = string(text)
	}
	return a
}

// fastest is the least time that making a page takes, of some renders.
func fastest(t *testing.T, h http.Handler, page answered) time.Duration {
	t.Helper()
	least := page.took
	for i := 0; i < renders && least > maxRender; i++ {
		least = min(least, fetch(t, h, page.path).took)
	}
	return least
}

// crawl follows every link of the site from some pages, but no list further
// than its second page: the pages after it are made as that one is.
func crawl(t *testing.T, h http.Handler, visit func(answered), from ...string) {
	t.Helper()
	seen := map[string]bool{}
	for queue := from; len(queue) > 0; queue = queue[1:] {
		page := fetch(t, h, queue[0])
		visit(page)
		for _, link := range linksOf(t, page) {
			if !seen[link] && walked(link) {
				seen[link] = true
				queue = append(queue, link)
			}
		}
	}
}

// deep are the addresses of one place, one list, one sheet: thousands.
var deep = regexp.MustCompile(`^/([a-z-]{2,8}/)?(site/|near/|(us|ca)/\w\w/|print/|languages\?)`)

// walked says whether the crawl follows a link. English and Spanish are walked whole,
// but for what is printed; of the other languages what is not deep is, because all
// of them go through the same templates.
func walked(link string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(link, "/"), "/")
	whole := first == "es" || slices.Contains([]string{"site", "near", "us", "ca"}, first)
	switch {
	case link == leavePath: // leads elsewhere
		return false
	case strings.HasSuffix(link, "page=3"), strings.Contains(link, "/print/"):
		return false
	case strings.Contains(link, "/languages?"):
		return false
	}
	return whole || !deep.MatchString(link)
}

// linksOf are the paths on the site that a page links to.
func linksOf(t *testing.T, page answered) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page.html))
	if err != nil {
		t.Fatal(err)
	}
	var links []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if u, err := url.Parse(a.Val); n.Data == "a" && a.Key == "href" && err == nil && u.Scheme == "" && u.Path != "" {
				u.Fragment = ""
				links = append(links, u.String())
			}
		}
	}
	return links
}

// missing finds a message that has no text, and a gap that was not filled.
var missing = regexp.MustCompile(`\[[a-z_]+(\.[\w-]+)+\]|\{[a-z]+\}`)

// heaviest are pages that no link leads to. The last pages of lists have the widest
// maps; around the islands of Lake Erie there is most coast, and filters are named.
var heaviest = []string{
	"/near/99901?page=20", "/es/near/96799?page=20", "/near/X0A?page=20", "/near/00601?page=20",
	"/es/near/43447", "/es/near/43434", "/es/near/17078?page=2", "/es/near/43408?free=1&need=naloxone",
	"/es/near/43468?need=naloxone&need=fentanyl_test_strips&free=1&id=none",
	"/languages?from=/near/43468", "/ar/languages?from=/us/oh/dayton%3Ffree=1", "/print/us/ca?older=1", "/es/print/near/43434?older=1&lang=es,ar", "/ar/print/us/ny",
}

// inEveryLanguage are the largest list and the largest place, in each language. In
// other scripts a letter has two or three bytes: their lists are held to the limit of
// a page, and not to that of a list.
func inEveryLanguage(s *Server) []string {
	var paths []string
	for _, say := range s.Words.Languages() {
		for _, path := range []string{"/near/43468?free=1", "/site/us-nc-durham-county-safe-syringe-program"} {
			paths = append(paths, s.prefixOf(say)+path)
		}
	}
	return paths
}

// TestEveryPageOfTheShippedSite walks from the first page to every page that can
// be reached: all in English and Spanish, and in the other languages those that are not deep.
func TestEveryPageOfTheShippedSite(t *testing.T) {
	h := starter().Handler()
	var took []time.Duration
	pages := map[string]int{}
	largest := map[string]answered{}
	visit := func(page answered) {
		took = append(took, page.took)
		kind := kindOf(page.path)
		pages[kind]++
		if page.sent > largest[kind].sent {
			largest[kind] = page
		}
		if page.status != http.StatusOK {
			t.Errorf("%s is linked and answers %d", page.path, page.status)
		}
		if found := missing.FindString(withoutStyle(page.html)); found != "" {
			t.Errorf("%s shows %q", page.path, found)
		}
		if raceDetector {
			return
		}
		if least := fastest(t, h, page); least > maxRender {
			t.Errorf("%s takes %v to make, at most %v may be", page.path, least, maxRender)
		}
	}
	crawl(t, h, visit, slices.Concat(heaviest, inEveryLanguage(starter()), []string{"/"})...)
	for kind, page := range largest {
		t.Logf("%d pages of %s; the largest is %s with %d bytes", pages[kind], kind, page.path, page.sent)
		if limit := limitOf(kind); page.sent > limit {
			t.Errorf("%s has %d bytes, at most %d may be", page.path, page.sent, limit)
		}
	}
	slices.Sort(took)
	t.Logf("%d pages took %v (half of them), %v (99 of 100)", len(took), took[len(took)/2], took[len(took)*99/100])
	if pages["site"] < 2*500 || pages["results"] < 2*500 {
		t.Errorf("too few pages were found: %v", pages)
	}
}

var resultsPath = regexp.MustCompile(`^(/es)?/(near/|(us|ca)/\w\w/.)`)

func kindOf(path string) string {
	switch {
	case strings.Contains(path, "/site/"):
		return "site"
	case resultsPath.MatchString(path):
		return "results"
	}
	return "other"
}

func limitOf(kind string) int {
	if kind == "results" {
		return maxResultsBytes
	}
	return maxPageBytes
}

func withoutStyle(html string) string { return styleSheet.ReplaceAllString(html, "") }
