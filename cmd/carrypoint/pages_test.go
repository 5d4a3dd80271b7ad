package main

import (
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"carrypoint/internal/help"
	"carrypoint/internal/site"
	"carrypoint/internal/web"
	"carrypoint/internal/words"
)

// most is how much of a page may be sent, in bytes.
const most = 14 << 10

func reviewers(t *testing.T) *web.Server {
	t.Helper()
	s, err := new(pagesCommand).server(world{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// prefixed is what stands before the path of an exhibit, where all languages have
// the prefix: that of the only one that has the exhibit.
func prefixed(e web.Exhibit, prefix string) string {
	if e.Language != "" {
		return "/" + strings.ToLower(e.Language)
	}
	return prefix
}

// shown asks for an exhibit in a language.
func shown(h http.Handler, e web.Exhibit, prefix string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", prefix+e.Path, nil)
	if e.Form != nil {
		r = httptest.NewRequest("POST", prefix+e.Path, strings.NewReader(e.Form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// unsaid is a message that has no text, or a gap that was not filled.
var unsaid = regexp.MustCompile(`\[[a-z_]+(\.[\w-]+)+\]|>[^<]*\{[a-z]+\}`)

func TestEveryPageIsShownInEveryLanguage(t *testing.T) {
	s := reviewers(t)
	h := s.Handler()
	for _, say := range s.Words.Languages() {
		prefix := ""
		if say.Tag != words.Master {
			prefix = "/" + strings.ToLower(say.Tag)
		}
		for _, e := range s.Gallery {
			if e.Language != "" && e.Language != say.Tag {
				continue
			}
			answer := shown(h, e, prefix)
			sent := answer.Body.Len()
			if answer.Header().Get("Location") == e.Path {
				continue // not translated as a whole: it leads to the master's
			}
			if answer.Code != e.Status {
				t.Errorf("%s in %s answers %d", e.Name, say.Tag, answer.Code)
			}
			if sent > most {
				t.Errorf("%s in %s has %d bytes, at most %d may be", e.Name, say.Tag, sent, most)
			}
			body := whole(t, answer)
			if found := unsaid.FindString(styleOf.ReplaceAllString(body, "")); found != "" {
				t.Errorf("%s in %s shows %q", e.Name, say.Tag, found)
			}
		}
	}
}

var styleOf = regexp.MustCompile(`(?s)<style>.*?</style>`)

func whole(t *testing.T, answer *httptest.ResponseRecorder) string {
	t.Helper()
	var body io.Reader = answer.Body
	if answer.Header().Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		body = unzipped
	}
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// states are what pages say only in some states: each must be shown somewhere.
var states = map[string]string{
	"Checked lately":                        "Checked October 12, 2026 by phone.",
	"Checked before a quarter":              "Call before you go.",
	"Not checked for half a year":           "Not checked since March 2026.",
	"Never checked":                         "Not confirmed. Listed by",
	"Older listings":                        "Older listings, not confirmed",
	"Lost by its source":                    "Its source no longer lists it, since November 20, 2026.",
	"Its exact spot is withheld":            "This place asks that its exact spot is not shown.",
	"Where it is, is withheld":              "This place asks that we do not show where it is.",
	"Left out for its age":                  "We could not confirm this place",
	"A line past its test age":              "That is more than 90 days ago",
	"A line that was tested":                "Last called by us: November 2, 2026.",
	"A law that somebody reviewed":          `class="open"`,
	"A law that was reviewed too long ago":  "That is more than 365 days ago",
	"A law that nobody can date":            "We do not know how old this is.",
	"A guide that somebody reviewed":        "Reviewed on November 10, 2026 by Example Nurse.",
	"A guide reviewed too long ago":         "Reviewed on September 15, 2025 by Example Nurse.",
	"A guide that nobody reviewed":          "Not yet reviewed by a clinician.",
	"A translation nobody checked":          "Ningún hablante nativo ha revisado todavía esta traducción.",
	"A translation somebody checked":        "2026 par Example Translator",
	"Reviewed in English, in a translation": "par Example Nurse",
	"Open":                                  "Open now.",
	"Closed":                                "Closed now.",
	"Hours not known":                       "Hours not known.",
	"A kept list":                           "Kept on November 24, 2026.",
	"What a phone keeps":                    "What this phone keeps",
}

func TestEveryStateIsShown(t *testing.T) {
	s := reviewers(t)
	h := s.Handler()
	var all strings.Builder
	for _, e := range s.Gallery {
		all.WriteString(whole(t, shown(h, e, prefixed(e, ""))))
	}
	for name, says := range states {
		if !strings.Contains(all.String(), says) {
			t.Errorf("%s: no page says %q", name, says)
		}
	}
	for _, place := range s.Editions.Edition().Sites() {
		for _, phone := range place.Phones {
			if !strings.HasPrefix(phone.Raw, "555-555-01") {
				t.Errorf("%s may have somebody's number: %s", place.ID, phone.Raw)
			}
		}
		withheld := place.Consent.Position != site.RevealAll
		if !withheld && !strings.HasPrefix(place.Source.URL, "https://example.org/") {
			t.Errorf("%s may be somewhere: its source is %s", place.ID, place.Source.URL)
		}
	}
}

func TestEveryLawOfTheGallerySaysThatItIsMadeUp(t *testing.T) {
	book := reviewers(t).Help
	shown := 0
	for name, place := range book.Law.Places {
		rules := place.Notes
		for _, topic := range help.Topics() {
			rules = append(rules, place.Rule(topic))
		}
		for _, rule := range rules {
			if !rule.Known() {
				continue
			}
			shown++
			if !strings.HasPrefix(rule.Text[words.Master], "This is made up") || !strings.HasPrefix(rule.SourceURL, "https://example.org/") {
				t.Errorf("%s may be the law somewhere: %+v", name, rule)
			}
		}
	}
	if shown < 8 {
		t.Errorf("only %d laws are shown", shown)
	}
	for _, place := range []string{"us-ky", "us-mt", "us-oh"} {
		if book.Law.Places[place].FentanylStrips.ReviewedBy == "" {
			t.Errorf("%s is not signed: its words are others than its sum says", place)
		}
	}
}

func TestTheListLeadsToEveryPage(t *testing.T) {
	s := reviewers(t)
	h := s.Handler()
	list := whole(t, shown(h, web.Exhibit{Path: web.GalleryPath}, "/ar"))
	for _, e := range s.Gallery {
		path := strings.ReplaceAll(prefixed(e, "/ar")+e.Path, "&", "&amp;")
		if !strings.Contains(list, `"`+path+`"`) || !strings.Contains(list, ">"+e.Name+"<") {
			t.Errorf("nothing leads to %s at %s", e.Name, path)
		}
	}
}

func TestASiteForThePublicHasNoListOfPages(t *testing.T) {
	s, err := (&serveCommand{Lang: "en", LeaveTo: "https://example.org/"}).server(world{now: time.Now}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(s.Handler(), web.Exhibit{Path: web.GalleryPath}, "").Code; got != http.StatusNotFound {
		t.Errorf("it answers %d", got)
	}
}
