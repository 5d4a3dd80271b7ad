package web

import (
	"flag"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden pages anew")

// What is the same on every page is left out of all golden pages but one, and
// so is the map, which has golden pictures of its own.
var (
	picture    = regexp.MustCompile(`(?s)<svg.*?</svg>`)
	styleSheet = regexp.MustCompile(`(?s)<style>.*?</style>`)
	script     = regexp.MustCompile(`(/static/[a-z-]+)\.[0-9a-f]+(\.js)`) // named by its content, which is tested elsewhere
	searchForm = regexp.MustCompile(`(?s)<form method="post".*?</form>`)
)

// TestGoldenPages compares whole pages of fictional places with those that
// somebody has read. After a wanted change: go test ./internal/web -update, and
// read what changed.
func TestGoldenPages(t *testing.T) {
	handlers := map[string]http.Handler{"": invented().Handler(), "checked": checked().Handler(), "hiding": hiding().Handler()}
	for _, page := range []struct {
		name, path string
		form       url.Values
		of         string // which fictional places
	}{
		{"home", "/", nil, ""},
		{"results-zip", "/near/45402", nil, ""},
		{"results-zip-es", "/es/near/45402", nil, ""},
		{"results-filters", "/us/oh/dayton?need=fentanyl_test_strips&open=now&free=1", nil, ""},
		{"results-county", "/us/oh/montgomery-county", nil, ""},
		{"results-canada", "/near/V6A", nil, ""},
		{"results-far-es", "/es/near/99901", nil, ""},
		{"answer-position", "/near", url.Values{"lat": {"39.76"}, "lon": {"-84.19"}}, ""},
		{"answer-address", "/near", url.Values{"q": {"12 Zanzibar Avenue, Dayton, OH 45402"}}, ""},
		{"which", "/near", url.Values{"q": {"springfield"}, "need": {"naloxone"}}, ""},
		{"nothing", "/near", url.Values{"q": {"zzqx <b>vrblt</b>"}}, ""},
		{"nothing-typed-es", "/es/near", url.Values{"q": {""}}, ""},
		{"site-machine", "/site/us-oh-alder-machine", nil, ""},
		{"site-machine-es", "/es/site/us-oh-alder-machine", nil, ""},
		{"site-van", "/site/us-oh-dogwood-van", nil, ""},
		{"site-strange", "/site/us-oh-ginkgo-strange", nil, ""},
		{"site-mail", "/site/us-oh-hazel-mail", nil, ""},
		{"areas", "/us", nil, ""},
		{"areas-state", "/us/oh", nil, ""},
		{"overdose", "/overdose", nil, ""},
		{"overdose-es", "/es/overdose", nil, ""},
		{"strips", "/strips", nil, ""},
		{"strips-es", "/es/strips", nil, ""},
		{"before-you-go", "/before-you-go", nil, ""},
		{"carry-es", "/es/carry", nil, ""},
		{"law", "/law", nil, ""},
		{"law-us-es", "/es/law/us", nil, ""},
		{"law-texas", "/law/us/tx", nil, ""},
		{"law-ohio-es", "/es/law/us/oh", nil, ""},
		{"lines", "/lines", nil, ""},
		{"lines-es", "/es/lines", nil, ""},
		{"about", "/about", nil, ""},
		{"privacy-es", "/es/privacy", nil, ""},
		{"error-not-found", "/no-such-page", nil, ""},
		{"checked-results", "/near/45402", nil, "checked"},
		{"checked-results-es", "/es/near/45402", nil, "checked"},
		{"checked-position", "/near", url.Values{"lat": {"39.76"}, "lon": {"-84.19"}}, "checked"},
		{"checked-site-fresh", "/site/us-oh-aspen-fresh", nil, "checked"},
		{"checked-site-older", "/site/us-oh-date-older", nil, "checked"},
		{"checked-site-missing", "/site/us-oh-elder-missing", nil, "checked"},
		{"checked-site-missing-es", "/es/site/us-oh-elder-missing", nil, "checked"},
		{"checked-site-area", "/site/us-oh-fig-area", nil, "checked"},
		{"checked-site-contact", "/site/us-oh-grape-contact", nil, "checked"},
		{"checked-site-contact-es", "/es/site/us-oh-grape-contact", nil, "checked"},
		{"checked-state", "/us/oh", nil, "checked"},
		{"checked-about", "/about", nil, "checked"},
		{"checked-about-es", "/es/about", nil, "checked"},
		{"hiding-results", "/near/45402", nil, "hiding"},
		{"hiding-state-es", "/es/us/oh", nil, "hiding"},
		{"hiding-site", "/site/us-oh-date-older", nil, "hiding"},
		{"sheet-list", "/print/us/oh/list?older=1", nil, "checked"},
		{"sheet-list-two", "/es/print/us/oh/list?older=1&lang=es,en&paper=a4", nil, "checked"},
		{"sheet-cards", "/print/near/45402/cards?older=1", nil, ""},
		{"sheet-days", "/print/us/oh/days?older=1", nil, ""},
	} {
		t.Run(page.name, func(t *testing.T) {
			h := handlers[page.of]
			answer := ask(h, "GET", page.path)
			if page.form != nil {
				answer = submit(h, page.path, page.form)
			}
			got := styleSheet.ReplaceAllString(answer.Body.String(), "<style></style>")
			got = picture.ReplaceAllString(got, "<svg></svg>")
			got = script.ReplaceAllString(got, "$1$2")
			if page.name != "home" {
				got = searchForm.ReplaceAllString(got, "<form></form>")
			}
			golden(t, page.name+".html", strings.ReplaceAll(got, "><", ">\n<"))
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run this test with -update and read the new page", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is not the page that was read (-want +got):\n%s", file, diff)
	}
}
