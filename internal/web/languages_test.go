package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"carrypoint/internal/help"
	"carrypoint/internal/words"
)

func TestTheLanguagesLeadToTheSamePage(t *testing.T) {
	h := invented().Handler()
	for _, test := range []struct{ name, at, en, es string }{
		{"from the first page", "/", "/", "/es/"},
		{"from a list", "/near/45402", "/near/45402", "/es/near/45402"},
		{"from a list with filters", "/us/oh/dayton?free=1&need=naloxone", "/us/oh/dayton?free=1&need=naloxone", "/es/us/oh/dayton?free=1&need=naloxone"},
		{"from a page in Spanish", "/es/overdose", "/overdose", "/es/overdose"},
		{"from the page of languages itself", "/languages?from=/about", "/about", "/es/about"},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := fetch(t, h, test.at)
			chooser := ""
			for _, link := range linksOf(t, page) {
				if strings.Contains(link, "/languages") {
					chooser = link
				}
			}
			links := linksOf(t, fetch(t, h, chooser))
			for _, want := range []string{test.en, test.es} {
				if !slices.Contains(links, want) {
					t.Errorf("%s leads to %v, and not to %s", chooser, links, want)
				}
			}
		})
	}
}

func TestTheLanguagesLeadNowhereElse(t *testing.T) {
	h := invented().Handler()
	for _, from := range []string{
		"https://example.org/", "//example.org/", `/\example.org/`, `\\example.org`, "javascript:alert(1)", "near/45402", "/%zz",
		"/near/45402#x", "/" + strings.Repeat("x", maxFrom),
	} {
		if w := ask(h, "GET", "/languages?from="+url.QueryEscape(from)); w.Code != http.StatusNotFound {
			t.Errorf("from %q it answers %d", from, w.Code)
		}
	}
	if w := ask(h, "GET", "/languages?from=%zz"); w.Code != http.StatusBadRequest {
		t.Errorf("a query that can't be read answers %d", w.Code)
	}
}

func TestEveryPageOfATranslationSaysThatNobodyHasCheckedIt(t *testing.T) {
	s := invented()
	h := s.Handler()
	for _, say := range s.Words.Languages() {
		for _, path := range []string{"/", "/near/45402", "/overdose", "/site/us-oh-alder-machine", "/no-such-page"} {
			page := fetch(t, h, s.prefixOf(say)+path)
			if want := say.Unchecked(); !strings.Contains(page.html, want) {
				t.Errorf("%s does not say %q", page.path, want)
			}
			if say.Tag == s.Language && strings.Contains(page.html, say.T("language.unchecked")) {
				t.Errorf("%s calls the master a translation", page.path)
			}
		}
	}
}

// checkedSpanish are the words of the site in English, and in a Spanish that somebody
// has checked.
func checkedSpanish(t *testing.T) *words.Catalog {
	t.Helper()
	files := fstest.MapFS{}
	for _, tag := range []string{"en", "es"} {
		content, err := os.ReadFile("../../data/words/" + tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		files[tag+".json"] = &fstest.MapFile{Data: content}
	}
	reviews, err := json.Marshal(map[string]words.Review{"es": words.ReviewOf(files["es.json"].Data, "Example Person, translator", "2026-11-20")})
	if err != nil {
		t.Fatal(err)
	}
	files[words.ReviewsFile] = &fstest.MapFile{Data: reviews}
	catalog, err := words.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

const (
	checkedByAPerson = "Traducción revisada el 20 de noviembre de 2026 por Example Person, translator."
	checkedByNobody  = "Ningún hablante nativo ha revisado todavía esta traducción."
)

func TestHelpInACheckedTranslationNamesWhoCheckedIt(t *testing.T) {
	s := *invented()
	s.Words = checkedSpanish(t)
	h := s.Handler()
	for path, names := range map[string]bool{
		"/es/overdose": true, "/es/strips": true, "/es/carry": true, "/es/before-you-go": true, "/es/law": true, "/es/law/ca": true, "/es/lines": true, "/es/languages": true,
		"/overdose": false, "/es/near/45402": false,
	} {
		page := ask(h, "GET", path).Body.String()
		if strings.Contains(page, checkedByAPerson) != names {
			t.Errorf("%s says who checked the translation: %v", path, !names)
		}
		if strings.Contains(page, checkedByNobody) {
			t.Errorf("%s says that nobody did", path)
		}
	}
}

// What stands beside a law or a phone line is in no spreadsheet of a language, and
// nobody who checks one has read it.
func TestNobodyHasCheckedTheTranslationOfALaw(t *testing.T) {
	s := withBook(func(b *help.Book) {
		rule := func(tag string) help.Rule {
			return help.Rule{Status: help.Unclear, Source: "x", SourceURL: "https://example.org", Text: help.Text{"en": "An example.", tag: "Otro texto."}}
		}
		who := rule("fr")
		who.Who = help.Text{"en": "who calls", "es": "quien llama"}
		b.Law.Places = map[string]help.Place{"us": {}, "us-oh": {OtherStrips: rule("es")}, "us-tx": {GoodSamaritan: who}, "us-nc": {OtherStrips: rule("fr")}, "ca": {Notes: []help.Rule{rule("es")}}}
		b.Lines.All[0].Hours = map[string]string{"en": "any time", "es": "a toda hora"}
	})
	s.Words = checkedSpanish(t)
	h := s.Handler()
	for path, whose := range map[string]string{
		"/es/law/us/oh": checkedByNobody, "/es/law/us/tx": checkedByNobody, "/es/law/ca": checkedByNobody, "/es/law/ca/bc": checkedByNobody, "/es/lines": checkedByNobody,
		"/es/law/us/nc": checkedByAPerson, "/es/law/us": checkedByAPerson, "/es/overdose": checkedByAPerson,
	} {
		page := ask(h, "GET", path).Body.String()
		for _, says := range []string{checkedByAPerson, checkedByNobody} {
			if strings.Contains(page, says) != (says == whose) {
				t.Errorf("%s says %q: %v", path, says, says != whose)
			}
		}
	}
	for _, path := range []string{"/law/us/oh", "/law/ca", "/lines"} {
		if page := ask(h, "GET", path).Body.String(); strings.Contains(page, "checked by a native speaker") {
			t.Errorf("%s calls the master a translation", path)
		}
	}
}

func TestAddressesOfALanguageAreSmall(t *testing.T) {
	h := invented().Handler()
	if w := ask(h, "GET", "/ES/About"); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/es/about" {
		t.Errorf("/ES/About answers %d, to %q", w.Code, w.Header().Get("Location"))
	}
}

func TestTheStyleOfEveryLanguageIsAllowed(t *testing.T) {
	s := invented()
	h := s.Handler()
	for _, say := range s.Words.Languages() {
		page := fetch(t, h, s.prefixOf(say)+"/about")
		_, style, _ := strings.Cut(page.html, "<style>")
		style, _, _ = strings.Cut(style, "</style>")
		sum := sha256.Sum256([]byte(style))
		if hash := base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(page.header.Get("Content-Security-Policy"), "'sha256-"+hash+"'") {
			t.Errorf("%s has a style that its own header forbids", page.path)
		}
	}
}
