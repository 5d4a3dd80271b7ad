package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"carrypoint/internal/site"
)

func get(h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return answer(h, r)
}

func TestAListAsTextIsForReadingAloud(t *testing.T) {
	golden(t, "text-dayton.txt", ask(invented().Handler(), "GET", "/t/us/oh/dayton").Body.String())
	golden(t, "text-zip-es.txt", ask(invented().Handler(), "GET", "/es/t/45402").Body.String())
	golden(t, "text-checked-ar.txt", ask(checked().Handler(), "GET", "/ar/t/45402").Body.String())
	golden(t, "text-filters.txt", ask(invented().Handler(), "GET", "/t/45402?free=1&need=fentanyl_test_strips").Body.String())
	golden(t, "text-state.txt", ask(invented().Handler(), "GET", "/t/us/oh").Body.String())
	golden(t, "text-nothing.txt", ask(invented().Handler(), "GET", "/t/00000").Body.String())
}

func TestWhoAsksForTextGetsIt(t *testing.T) {
	h := invented().Handler()
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"
	for _, test := range []struct {
		name, path, accept, agent string
		text                      bool
	}{
		{"curl on a ZIP", "/near/45402", "*/*", "curl/8.5.0", true},
		{"curl on a town in Spanish", "/es/us/oh/dayton", "*/*", "curl/7.88.1", true},
		{"curl on a state", "/us/oh", "*/*", "curl/8.5.0", true},
		{"whoever asks for text", "/near/45402", "text/plain", "example/1", true},
		{"curl that asks for the page", "/near/45402", "text/html", "curl/8.5.0", false},
		{"a browser", "/near/45402", browser, "Mozilla/5.0", false},
		{"a browser that names curl", "/near/45402", browser, "Mozilla/5.0 curl/8", false},
		{"a worker, which takes anything", "/near/45402", "*/*", "Mozilla/5.0", false},
		{"whoever says nothing", "/near/45402", "", "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := get(h, test.path, "Accept", test.accept, "User-Agent", test.agent)
			if text := strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain"); text != test.text || w.Code != http.StatusOK {
				t.Errorf("%d %s", w.Code, w.Header().Get("Content-Type"))
			}
			if kept := w.Header().Get("Cache-Control"); test.text != (kept == cachePrivate) {
				t.Errorf("it may be kept: %s", kept)
			}
		})
	}
}

func TestEveryAreaHasATextAtItsPath(t *testing.T) {
	h := invented().Handler()
	for path, status := range map[string]int{
		"/t": 200, "/t/45402": 200, "/t/near/45402": 200, "/t/us": 200, "/t/CA": 200, "/t/us/oh": 200, "/t/US/OH/Dayton": 200, "/t/us/oh/montgomery-county": 200, "/t/V6A": 200,
		"/zh-hant/t/45402": 200, "/t/00000": 404, "/t/us/zz": 404, "/t/xx/oh/dayton": 404, "/t/us/oh/no-such-town": 404, "/t/45402?need=magic": 400, "/t/us/oh/dayton/x": 404,
	} {
		w := ask(h, "GET", path)
		if w.Code != status {
			t.Errorf("%s answers %d, not %d", path, w.Code, status)
		}
		if body := w.Body.String(); status == 200 && !strings.HasPrefix(body, "Not waking up?") && !strings.HasPrefix(path, "/zh") {
			t.Errorf("%s does not begin with what to do: %q", path, body)
		}
	}
}

func TestEveryTextIsShortInEveryLanguage(t *testing.T) {
	s := starter()
	h := s.Handler()
	for _, say := range s.Words.Languages() {
		for _, path := range []string{"/t/94103", "/t/60612", "/t/us/oh/dayton", "/t/us/il/cook-county", "/t/99901", "/t/V6A", "/t/00601", "/t/us/mt"} {
			w := ask(h, "GET", s.prefixOf(say)+path)
			body := w.Body.String()
			if n := utf8.RuneCountInString(body); n >= maxTextRunes || w.Code != http.StatusOK {
				t.Errorf("%s%s: %d with %d characters", s.prefixOf(say), path, w.Code, n)
			}
			if found := missing.FindString(body); found != "" {
				t.Errorf("%s%s says %s", s.prefixOf(say), path, found)
			}
			if path == "/t/94103" && !strings.Contains(body, "2. ") {
				t.Errorf("%s%s names fewer than two places:\n%s", s.prefixOf(say), path, body)
			}
		}
	}
}

// placesOf counts the places that a text names, and says how many more it tells of.
func placesOf(text string) (named, more int) {
	named = len(regexp.MustCompile(`(?m)^\d+\. `).FindAllString(text, -1))
	if found := regexp.MustCompile(`(\d+) more places? (is|are) in the newest list`).FindStringSubmatch(text); found != nil {
		more, _ = strconv.Atoi(found[1])
	}
	return named, more
}

func TestNoTextIsTooLongAndNoPlaceIsLeftOutInSilence(t *testing.T) {
	pattern := sitesOf("testdata/sites.csv")[0]
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "places")
		word := rapid.StringMatching(`[A-Za-z]{1,12}( [A-Za-z]{1,30}){0,12}`)
		sites := make([]site.Site, n)
		for i := range sites {
			sites[i] = pattern
			sites[i].ID = "us-oh-made-" + strconv.Itoa(i)
			sites[i].Name = word.Draw(t, "name")
			sites[i].Address.Street = word.Draw(t, "street")
			sites[i].Hours.Raw = strings.Repeat(word.Draw(t, "hours")+" ", rapid.IntRange(0, 20).Draw(t, "times"))
			sites[i].Hours.Schedule.Status = ""
		}
		text := ask(servingSites(sites).Handler(), "GET", "/t/45402").Body.String()
		if length := utf8.RuneCountInString(text); length >= maxTextRunes {
			t.Errorf("%d characters", length)
		}
		named, more := placesOf(text)
		if named+more != n || named > mostAloud {
			t.Errorf("of %d places it names %d and tells of %d more:\n%s", n, named, more, text)
		}
	})
}

func TestATextNeverSaysWhatIsOpenNow(t *testing.T) {
	for _, s := range []*Server{invented(), checked(), starter()} {
		for _, path := range []string{"/t/45402", "/t/us/oh/dayton", "/t/94103"} {
			if text := ask(s.Handler(), "GET", path).Body.String(); strings.Contains(text, "Open now") || strings.Contains(text, "Closed now") {
				t.Errorf("%s: %s", path, text)
			}
		}
	}
}

func TestWhoIsToldNoNumberOfAPlaceGetsThatOfALine(t *testing.T) {
	const line = "Local services line: 211. We have not called this number ourselves yet."
	for path, told := range map[string]bool{"/t/us/oh/dayton": false, "/t/us/oh": true, "/t/us/ak": true, "/t/94103": true} {
		s := invented()
		if path == "/t/94103" {
			s = starter() // there the nearest have no number
		}
		text := ask(s.Handler(), "GET", path).Body.String()
		if strings.Contains(text, line) != told {
			t.Errorf("%s tells of the line: %v\n%s", path, !told, text)
		}
		if hasNumber := strings.Contains(text, "Phone "); hasNumber == told {
			t.Errorf("%s tells a number of a place: %v\n%s", path, hasNumber, text)
		}
	}
}

// unspoken is what a voice spells out, names or leaves out; the address of a list
// is for the eye, and stands at the end of its paragraph.
var (
	unspoken = regexp.MustCompile("[·•|→✓✕#*_<>{}~^=/]|[0-9a-f]{12}")
	webPage  = regexp.MustCompile(`https?://\S+`)
)

func TestATextHasNothingThatAVoiceCannotSay(t *testing.T) {
	s := checked()
	h := s.Handler()
	for _, say := range s.Words.Languages() {
		for _, path := range []string{"/t", "/t/45402", "/t/us/oh/dayton?free=1&need=fentanyl_test_strips", "/t/us/oh", "/t/us/ak", "/t/00000"} {
			text := ask(h, "GET", s.prefixOf(say)+path).Body.String()
			if found := unspoken.FindString(webPage.ReplaceAllString(text, "")); found != "" {
				t.Errorf("%s%s has %q:\n%s", s.prefixOf(say), path, found, text)
			}
		}
	}
}

func TestSentencesStandTogether(t *testing.T) {
	for _, test := range []struct {
		name, want string
		sentences  []string
	}{
		{"with a space between", "One. Two.", []string{"One.", "Two."}},
		{"without those that say nothing", "One. Two.", []string{"", "One.", "", "Two.", ""}},
		{"none", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := together(test.sentences...); got != test.want {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestAChineseTextHasNoSpaceBetweenSentences(t *testing.T) {
	text := ask(invented().Handler(), "GET", "/zh-hans/t/45402").Body.String()
	if strings.Count(text, "。") < 3 || strings.Contains(text, "。 ") {
		t.Errorf("it says %q", text)
	}
}
