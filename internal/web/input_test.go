package web

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestBadInputGetsAPageThatHelps(t *testing.T) {
	h := invented().Handler()
	for _, test := range []struct {
		name, method, target string
		form                 url.Values
		status               int
		says                 string
	}{
		{"nothing typed", "POST", "/near", url.Values{"q": {""}}, 200, "Type a ZIP code"},
		{"only spaces", "POST", "/near", url.Values{"q": {" \t\n "}}, 200, "Type a ZIP code"},
		{"no field at all", "POST", "/near", url.Values{}, 200, "Type a ZIP code"},
		{"10,000 characters", "POST", "/near", url.Values{"q": {strings.Repeat("a", 10_000)}}, 400, "too long"},
		{"control characters", "POST", "/near", url.Values{"q": {"\x00\x07\x1b[2J"}}, 200, "could not find that"},
		{"right-to-left marks around a ZIP", "POST", "/near", url.Values{"q": {"\u202e45402\u202c"}}, 303, ""},
		{"right-to-left letters", "POST", "/near", url.Values{"q": {"نالوكسون"}}, 200, "could not find that"},
		{"letters of no alphabet", "POST", "/near", url.Values{"q": {"\xff\xfe"}}, 400, "could not read"},
		{"a picture", "POST", "/near", url.Values{"q": {"😀😀😀"}}, 200, "could not find that"},
		{"a script", "POST", "/near", url.Values{"q": {"<script>alert(1)</script>"}}, 200, "&lt;script&gt;"},
		{"a latitude that is no number", "POST", "/near", url.Values{"lat": {"NaN"}, "lon": {"1"}}, 400, "position"},
		{"an endless longitude", "POST", "/near", url.Values{"lat": {"1"}, "lon": {"Inf"}}, 400, "position"},
		{"a latitude beyond the pole", "POST", "/near", url.Values{"lat": {"90.01"}, "lon": {"1"}}, 400, "position"},
		{"a longitude beyond the meridian", "POST", "/near", url.Values{"lat": {"1"}, "lon": {"-180.01"}}, 400, "position"},
		{"a latitude alone", "POST", "/near", url.Values{"lat": {"39.76"}}, 400, "position"},
		{"a number in another form", "POST", "/near", url.Values{"lat": {"0x1p3"}, "lon": {"1e1"}}, 400, "position"},
		{"a position finer than we want to know", "POST", "/near", url.Values{"lat": {"39.758"}, "lon": {"-84.19"}}, 400, "position"},
		{"a supply that there is none of", "POST", "/near", url.Values{"q": {"45402"}, "need": {"magic"}}, 400, "choice"},
		{"a filter of another kind", "GET", "/near/45402?open=sometimes", nil, 400, "choice"},
		{"a day of no week", "GET", "/near/45402?open=at&day=7&time=10:00", nil, 400, "choice"},
		{"a time of no day", "GET", "/near/45402?open=at&day=1&time=25:00", nil, 400, "choice"},
		{"a type of site that there is none of", "GET", "/near/45402?type=prison", nil, 400, "choice"},
		{"a page that is no number", "GET", "/near/45402?page=x", nil, 200, "Places near 45402"},
		{"a page below the first", "GET", "/near/45402?page=-1", nil, 200, "Places near 45402"},
		{"a page beyond the last", "GET", "/near/45402?page=20", nil, 200, "no more places"},
		{"a query that is none", "GET", "/near/45402?%zz", nil, 400, "could not read"},
		{"a position in the address", "GET", "/near?lat=39.76&lon=-84.19", nil, 404, "Page not found"},
		{"a ZIP that there is none of", "GET", "/near/00000", nil, 404, "could not find that"},
		{"a ZIP of 10,000 digits", "GET", "/near/" + strings.Repeat("1", 10_000), nil, 400, "too long"},
		{"a ZIP of broken letters", "GET", "/near/%ff%fe", nil, 400, "could not read"},
		{"a site that there is none of", "GET", "/site/nobody", nil, 404, "do not list that place"},
		{"a site of another folder", "GET", "/site/..%2f..%2fetc%2fpasswd", nil, 404, "do not list that place"},
		{"a state that there is none of", "GET", "/us/zz", nil, 404, "no area of that name"},
		{"a town that there is none of", "GET", "/us/oh/nowhere-at-all", nil, 404, "no area of that name"},
		{"a page that there is none of", "GET", "/wp-admin.php", nil, 404, "Page not found"},
		{"a method that a page has not", "POST", "/overdose", url.Values{}, 405, "used that way"},
		{"a method that nobody has", "DELETE", "/", nil, 405, "used that way"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(test.method, "/", strings.NewReader(test.form.Encode()))
			target, err := url.ParseRequestURI(test.target)
			if err != nil {
				t.Fatal(err)
			}
			r.URL = target
			if test.form != nil {
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			w := answer(h, r)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.says) {
				t.Errorf("%d, want %d with %q:\n%s", w.Code, test.status, test.says, textOf(w.Body.String()))
			}
			if w.Code != http.StatusSeeOther && !strings.Contains(w.Body.String(), `href="/overdose"`) {
				t.Error("the page has no way to the steps for an overdose")
			}
		})
	}
}

var tags = regexp.MustCompile(`(?s)<(style|svg|form)\b.*?</(style|svg|form)>|<[^>]*>`)

func textOf(html string) string { return tags.ReplaceAllString(html, " ") }

func TestBodiesThatAreNoForms(t *testing.T) {
	h := invented().Handler()
	for _, test := range []struct {
		name, kind string
		body       io.Reader
		status     int
	}{
		{"a huge body", "application/x-www-form-urlencoded", strings.NewReader("q=" + strings.Repeat("a", 1<<20)), 413},
		{"JSON", "application/json", strings.NewReader(`{"q":"45402"}`), 200},
		{"a form with a broken escape", "application/x-www-form-urlencoded", strings.NewReader("q=%zz"), 400},
		{"a kind that is none", "a;b=c;;;", strings.NewReader("q=1"), 400},
		{"a body that breaks off", "application/x-www-form-urlencoded", io.MultiReader(strings.NewReader("q=4"), brokenReader{}), 400},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/near", test.body)
			r.Header.Set("Content-Type", test.kind)
			r.TransferEncoding = nil
			if w := answer(h, r); w.Code != test.status || !strings.Contains(w.Body.String(), "<h1") {
				t.Errorf("%d, want %d with a page:\n%.300s", w.Code, test.status, textOf(w.Body.String()))
			}
		})
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("broken off") }

func TestAFormWithoutALengthIsRefused(t *testing.T) {
	r := httptest.NewRequest("POST", "/near", strings.NewReader("q=45402"))
	r.TransferEncoding = []string{"chunked"}
	if w := answer(invented().Handler(), r); w.Code != http.StatusLengthRequired {
		t.Errorf("%d", w.Code)
	}
}

func TestAnotherSiteCannotPostHere(t *testing.T) {
	r := httptest.NewRequest("POST", "/near", strings.NewReader("q=45402"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := answer(invented().Handler(), r)
	if body := w.Body.String(); w.Code != http.StatusForbidden || !strings.Contains(body, "another site") || !strings.Contains(body, `href="/overdose"`) {
		t.Errorf("%d %s", w.Code, body)
	}
}

func TestAnAddressTypedFromPaperLeadsToItsPage(t *testing.T) {
	h := invented().Handler()
	for _, test := range []struct{ name, path, to string }{
		{"a state in capitals", "/us/OH", "/us/oh"},
		{"a town in capitals", "/US/OH/Dayton?free=1", "/us/oh/dayton?free=1"},
		{"a slash at the end", "/near/45402/", "/near/45402"},
		{"a page in capitals", "/Overdose", "/overdose"},
		{"in Spanish", "/es/us/OH/", "/es/us/oh"},
		{"a postal area in small letters", "/near/v6a", "/near/V6A"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, method := range []string{"GET", "HEAD"} {
				w := ask(h, method, test.path)
				if got := w.Header().Get("Location"); w.Code != http.StatusMovedPermanently || got != test.to {
					t.Errorf("%s: %d to %q, want %q", method, w.Code, got, test.to)
				}
			}
			if page := ask(h, "GET", test.to); page.Code != http.StatusOK {
				t.Errorf("%s answers %d", test.to, page.Code)
			}
		})
	}
	for _, path := range []string{"/es//Example.org/", "/es/%5CExample.org/", "/39.76,-84.19/", "/es/"} {
		if w := ask(h, "GET", path); w.Code == http.StatusMovedPermanently {
			t.Errorf("%s leads to %s", path, w.Header().Get("Location"))
		}
	}
}

func TestANameOfTownsAbroadOnlyIsNotAsked(t *testing.T) {
	w := submit(invented().Handler(), "/near", url.Values{"q": {"taizhou"}})
	if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, "Places in and near Taizhou") {
		t.Errorf("%d %.300s", w.Code, textOf(body))
	}
}

func TestWhatIsTypedLeadsToItsPage(t *testing.T) {
	h := invented().Handler()
	for _, test := range []struct{ name, path, typed, to string }{
		{"a ZIP", "/near", "45402", "/near/45402"},
		{"a ZIP+4", "/near", "45402-1234", "/near/45402"},
		{"a postal code", "/near", "v6a 1a1", "/near/V6A"},
		{"a town", "/near", "Dayton, Ohio", "/us/oh/dayton"},
		{"a county", "/near", "cook county illinois", "/us/il/cook-county"},
		{"a state", "/near", "ohio", "/us/oh"},
		{"a misspelt town", "/near", "Phladelphia PA", "/us/pa/philadelphia?took=1"},
		{"in Spanish", "/es/near", "Nueva York", "/es/us/ny/new-york-city"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := submit(h, test.path, url.Values{"q": {test.typed}})
			if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != test.to {
				t.Errorf("%d to %q, want %q", w.Code, got, test.to)
			}
			if page := ask(h, "GET", test.to); page.Code != http.StatusOK {
				t.Errorf("%s answers %d", test.to, page.Code)
			}
		})
	}
}

func TestFiltersGoIntoTheAddressOfAnAreaAndBackIntoTheForm(t *testing.T) {
	h := invented().Handler()
	fields := url.Values{
		"q": {"45402"}, "need": {"naloxone", "syringes"}, "free": {"1"}, "id": {"none"}, "step_free": {"1"},
		"open": {"at"}, "day": {"5"}, "time": {"18:00"}, "kind": {"place"}, "type": {"ssp"}, "spoken": {"es"},
	}
	w := submit(h, "/near", fields)
	to, err := url.Parse(w.Header().Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	fields.Del("q")
	if to.Query().Encode() != fields.Encode() {
		t.Errorf("the address has %v, want %v", to.Query(), fields)
	}
	page := ask(h, "GET", to.String()).Body.String()
	for name, values := range fields {
		for _, value := range values {
			kept := strings.Contains(page, `name="`+name+`" value="`+value+`"`) || strings.Contains(page, `value="`+value+`" selected`)
			if !kept {
				t.Errorf("the form forgot %s=%s", name, value)
			}
		}
	}
}

// FuzzSearch asks the whole site with any form: it answers with a page, and the
// page is never the one of a failure.
func FuzzSearch(f *testing.F) {
	f.Add("45402", "", "", "naloxone", "now", "")
	f.Add("springfield", "39.76", "-84.19", "", "at", "day=5&time=18:00")
	f.Add("12 Zanzibar Avenue, Dayton OH", "NaN", "1e9", "magic", "?", "&page=99&took=1")
	h := starter().Handler()
	f.Fuzz(func(t *testing.T, q, lat, lon, need, open, more string) {
		fields, err := url.ParseQuery(more)
		if err != nil {
			fields = url.Values{}
		}
		for name, value := range map[string]string{"q": q, "lat": lat, "lon": lon, "need": need, "open": open} {
			fields.Set(name, value)
		}
		w := submit(h, "/near", fields)
		if w.Code >= 500 || w.Code != http.StatusSeeOther && !strings.Contains(w.Body.String(), "<h1") {
			t.Fatalf("%v: %d %s", fields, w.Code, w.Body)
		}
		if to := w.Header().Get("Location"); to != "" {
			if page := ask(h, "GET", to); page.Code != http.StatusOK {
				t.Fatalf("%v leads to %s, which answers %d", fields, to, page.Code)
			}
		}
	})
}
