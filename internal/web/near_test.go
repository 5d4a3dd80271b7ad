package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestWhatIsSaidOfATextThatIsNoPlace(t *testing.T) {
	h := invented().Handler()
	for _, test := range []struct {
		name, path, text, want string
		status                 int
	}{
		{"a name", "/near", "zzqx vrblt", "We could not find that name.", http.StatusOK},
		{"a ZIP of which there is none", "/near", "00000", "We do not know that ZIP or postal code.", http.StatusOK},
		{"its page", "/near/00000", "", "We do not know that ZIP or postal code.", http.StatusNotFound},
		{"a number with a name", "/near", "99999 zzqx vrblt", "We could not find that name.", http.StatusOK},
		{"a ZIP whose list is to be printed", "/print", "00000", "We do not know that ZIP or postal code.", http.StatusOK},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := ask(h, "GET", test.path)
			if test.text != "" {
				w = submit(h, test.path, url.Values{"q": {test.text}})
			}
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("%d, and not %q", w.Code, test.want)
			}
		})
	}
}

// firstLinks are where the links of the first thing in the main part of a page lead;
// none where a text stands before them.
func firstLinks(t *testing.T, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Data != "main" {
			continue
		}
		first := n.FirstChild
		for first != nil && first.Type == html.TextNode && strings.TrimSpace(first.Data) == "" {
			first = first.NextSibling
		}
		var links []string
		for inner := range first.Descendants() {
			for _, a := range inner.Attr {
				if a.Key == "href" {
					links = append(links, a.Val)
				}
			}
		}
		return links
	}
	t.Fatal("the page has no main part")
	return nil
}

func TestWhereNoPlaceIsFoundTheStepsAndTheCallStandFirst(t *testing.T) {
	h := invented().Handler()
	for _, test := range []struct {
		name, path, text string
		first            bool
	}{
		{"what happens, in place of a place", "/near", "he isnt breathing help", true},
		{"what happens, and where", "/near", "help me im dying in dayton oh", true},
		{"an address that can't be placed", "/near", "12 Example Street, Dayton, OH", true},
		{"a ZIP of which there is none", "/near", "00000", true},
		{"its page", "/near/00000", "", true},
		{"more than a place can have", "/near", strings.Repeat("help ", maxText), true},
		{"no letters", "/near", "\xff\xfe", true},
		{"nothing", "/near", " ", true},
		{"what happens, to be printed", "/print", "he isnt breathing help", true},
		{"a page that there is none of", "/help-me", "", true},
		{"a place that many share", "/near", "springfield", false},
		{"a place by coordinates", "/near", "39.76, -84.19", false},
		{"the page of a ZIP", "/near/45402", "", false},
	} {
		for prefix, steps := range map[string]string{"": "/overdose", "/es": "/es/overdose"} {
			t.Run(test.name+prefix, func(t *testing.T) {
				w := ask(h, "GET", prefix+test.path)
				if test.text != "" {
					w = submit(h, prefix+test.path, url.Values{"q": {test.text}})
				}
				links := firstLinks(t, w.Body.String())
				if got := slices.Equal(links, []string{steps, "tel:911"}); got != test.first {
					t.Errorf("%d: the first thing leads to %q", w.Code, links)
				}
			})
		}
	}
}
