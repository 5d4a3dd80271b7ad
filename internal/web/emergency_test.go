package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"carrypoint/internal/help"
	"carrypoint/internal/sheet"
)

// callsForHelp are the texts of pages that name the number of the emergency services.
var callsForHelp = []string{
	"overdose.call", "overdose.do.2", "overdose.how.breathe", "law.call", "line.poison.text", "error.failed.text",
}

func TestTheNumberThatIsCalledIsAGapInTheWordsOfEveryLanguage(t *testing.T) {
	for _, say := range shipped().Words.Languages() {
		for _, key := range callsForHelp {
			if text := say.T(key, "number", "112"); !strings.Contains(text, "112") {
				t.Errorf("%s: %s does not name the number: %q", say.Tag, key, text)
			}
		}
		for key, text := range textsOf(t, say.Tag) {
			if strings.Contains(text, "911") {
				t.Errorf("%s: %s names the number of one country: %q", say.Tag, key, text)
			}
		}
	}
}

// names says whether a text has an emergency number, by itself: a phone number may
// have its digits, and so may the size of a letter.
func names(text, number string) bool {
	return regexp.MustCompile(`(^|[^0-9.-])` + number + `([^0-9.-]|\.[^0-9]|$)`).MatchString(text)
}

// calling112 is the fictional site in a country that calls 112.
func calling112(t *testing.T) *Server {
	t.Helper()
	return withBook(func(b *help.Book) {
		if err := b.Call("112"); err != nil {
			t.Fatal(err)
		}
	})
}

// visible is all that a person meets of a page: its texts, and where its links lead.
func visible(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode { // a style sheet is one: the margins of a sheet are written there
			all.WriteString(n.Data + "\n")
		}
		for _, a := range n.Attr {
			if a.Key == "href" || strings.HasPrefix(a.Key, "aria-") {
				all.WriteString(a.Val + "\n")
			}
		}
	}
	return all.String()
}

func TestASiteOfAnotherCountryNamesItsNumberAndNoOther(t *testing.T) {
	h := calling112(t).Handler()
	calling := []string{"/overdose", "/lines", "/law", "/law/us", "/law/us/tx", "/t", "/t/45402", "/near/00000"}
	for _, format := range sheet.Formats() {
		calling = append(calling, "/print/us/oh/dayton/"+string(format))
	}
	others := []string{"/", "/strips", "/before-you-go", "/carry", "/offline", "/nothing", "/privacy", "/about", "/near/45402"}
	for _, say := range invented().Words.Languages() {
		prefix := tongueOf(invented(), say.Tag).prefix
		for _, path := range slices.Concat(calling, others) {
			page := visible(t, ask(h, "GET", prefix+path).Body.String())
			if names(page, "911") {
				t.Errorf("%s%s names 911", prefix, path)
			}
			if slices.Contains(calling, path) && !names(page, "112") {
				t.Errorf("%s%s does not name 112", prefix, path)
			}
		}
		if page := ask(h, "GET", prefix+"/overdose").Body.String(); strings.Count(page, `href="tel:112"`) != 2 {
			t.Errorf("%s/overdose does not call 112 at its top and in its steps", prefix)
		}
		failed := string(tongueOf(calling112(t), say.Tag).failure())
		if page := visible(t, failed); !names(page, "112") || names(page, "911") {
			t.Errorf("%s: the page of a failure says %s", say.Tag, page)
		}
	}
	if !names(visible(t, ask(invented().Handler(), "GET", "/overdose").Body.String()), "911") {
		t.Error("the test would not see 911")
	}
}

func TestTheEmergencyNumberTypedIntoTheSearchLeadsToTheSteps(t *testing.T) {
	for name, test := range map[string]struct {
		h     http.Handler
		typed string
	}{
		"the number of the country":    {calling112(t).Handler(), "112"},
		"the number that all know":     {calling112(t).Handler(), "911"},
		"the number of the site alone": {invented().Handler(), "911"},
	} {
		t.Run(name, func(t *testing.T) {
			w := submit(test.h, "/near", url.Values{"q": {test.typed}})
			if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/overdose" {
				t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
			}
		})
	}
}
