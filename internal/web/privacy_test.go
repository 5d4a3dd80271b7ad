package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// secrets are what the requests of these tests hold of where a person is, and
// what the parts of it would look like elsewhere.
var secrets = []string{"zanzibar", "39.76", "-84.19", "39,76", "192.0.2.77", "canary-agent"}

func told(text string) string {
	for _, secret := range secrets {
		if strings.Contains(strings.ToLower(text), secret) {
			return secret
		}
	}
	return ""
}

func TestWhereAPersonIsStandsInNoLogNoHeaderAndNoAddress(t *testing.T) {
	var log bytes.Buffer
	s := *invented()
	s.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h := s.Handler()
	for _, fields := range []url.Values{
		{"q": {"12 Zanzibar Avenue, Dayton, OH 45402"}},
		{"q": {"39.76, -84.19"}},
		{"q": {"geo:39.76,-84.19"}},
		{"lat": {"39.76"}, "lon": {"-84.19"}},
		{"q": {"Zanzibar Street"}, "need": {"magic Zanzibar"}},
	} {
		r := httptest.NewRequest("POST", "/near", strings.NewReader(fields.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("User-Agent", "canary-agent")
		r.RemoteAddr = "192.0.2.77:1234"
		w := answer(h, r)
		for name, values := range w.Header() {
			if secret := told(strings.Join(values, " ")); secret != "" {
				t.Errorf("%v: the header %s tells %q", fields, name, secret)
			}
		}
		if w.Header().Get("Cache-Control") != cachePrivate {
			t.Errorf("%v: may be kept: %q", fields, w.Header().Get("Cache-Control"))
		}
		for _, link := range linksOf(t, answered{html: w.Body.String()}) {
			if secret := told(link); secret != "" {
				t.Errorf("%v: the link %s tells %q", fields, link, secret)
			}
		}
	}
	if secret := told(log.String()); secret != "" || !strings.Contains(log.String(), "POST /near") {
		t.Errorf("the log tells %q:\n%s", secret, &log)
	}
}

func TestAFailureTellsTheLogWhereAndNotWhat(t *testing.T) {
	var log bytes.Buffer
	s := *invented()
	s.Log = slog.New(slog.NewTextHandler(&log, nil))
	h := tongueOf(&s, "en").recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("Zanzibar 39.76") }))
	w := submit(h, "/near", url.Values{"q": {"Zanzibar"}})
	if body := w.Body.String(); w.Code != http.StatusInternalServerError || !strings.Contains(body, "911") || !strings.Contains(body, `href="/overdose"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if told(log.String()) != "" || !strings.Contains(log.String(), "web.TestAFailureTells") {
		t.Errorf("the log says %s", &log)
	}
}

func TestTheMapOfAGivenPositionDoesNotShowIt(t *testing.T) {
	h := invented().Handler()
	given := submit(h, "/near", url.Values{"lat": {"39.76"}, "lon": {"-84.19"}}).Body.String()
	area := ask(h, "GET", "/near/45402").Body.String()
	if strings.Contains(given, `class="m-from"`) || !strings.Contains(area, `class="m-from"`) {
		t.Error("the map shows a given position, or not the middle of an area")
	}
}

// everyAnswer is one request of each sort that the site answers or refuses.
var everyAnswer = []struct {
	method, path string
	form         url.Values
}{
	{"GET", "/", nil}, {"GET", "/es/", nil}, {"GET", "/es", nil}, {"GET", "/near/45402", nil}, {"GET", "/near", nil},
	{"GET", "/us", nil}, {"GET", "/us/oh", nil}, {"GET", "/us/oh/dayton", nil}, {"GET", "/ca", nil},
	{"GET", "/site/us-oh-alder-machine", nil}, {"GET", "/overdose", nil}, {"GET", "/strips", nil}, {"GET", "/carry", nil},
	{"GET", "/before-you-go", nil}, {"GET", "/lines", nil}, {"GET", "/law", nil}, {"GET", "/law/us", nil}, {"GET", "/law/us/tx", nil}, {"GET", "/law/us/zz", nil}, {"GET", "/about", nil}, {"GET", "/privacy", nil}, {"GET", "/offline", nil},
	{"GET", "/app.webmanifest", nil}, {"GET", "/apple-touch-icon.png", nil}, {"GET", "/t", nil}, {"GET", "/t/45402", nil}, {"GET", "/t/00000", nil}, {"GET", "/near/45402?kept=1", nil},
	{"GET", "/livez", nil}, {"GET", "/readyz", nil}, {"GET", "/nothing", nil}, {"PUT", "/overdose", nil},
	{"POST", "/near", url.Values{"q": {"45402"}}}, {"POST", "/near", url.Values{"q": {"springfield"}}},
	{"POST", "/near", url.Values{"lat": {"NaN"}}}, {"HEAD", "/", nil}, {"OPTIONS", "/", nil},
}

func TestEveryAnswerHasTheHeadersOfThePromise(t *testing.T) {
	h := invented().Handler()
	for _, request := range everyAnswer {
		t.Run(request.method+" "+request.path+" "+request.form.Encode(), func(t *testing.T) {
			w := ask(h, request.method, request.path)
			if request.form != nil {
				w = submit(h, request.path, request.form)
			}
			for name, want := range map[string]string{
				"Content-Security-Policy": "default-src 'none'; style-src 'sha256-", "Referrer-Policy": "same-origin",
				"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
				"Cross-Origin-Resource-Policy": "same-origin", "Strict-Transport-Security": "max-age=", "Permissions-Policy": "geolocation=(self)",
			} {
				if !strings.HasPrefix(w.Header().Get(name), want) {
					t.Errorf("%s is %q", name, w.Header().Get(name))
				}
			}
			policy := w.Header().Get("Content-Security-Policy")
			if strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") || w.Header().Get("Set-Cookie") != "" {
				t.Errorf("a policy of %q, cookies %q", policy, w.Header().Get("Set-Cookie"))
			}
			if kept := w.Header().Get("Cache-Control"); kept == "" || request.form != nil && kept != cachePrivate {
				t.Errorf("it may be kept: %q", kept)
			}
		})
	}
}

// A supervisor that is not answered would stop a site that is only busy.
func TestWhoeverAsksWhetherTheSiteLivesIsNotCountedAmongItsVisitors(t *testing.T) {
	s := *invented()
	h, now := s.Handler(), s.Now()
	busy, free := make(chan struct{}, maxInFlight), make(chan struct{})
	s.Now = func() time.Time {
		select {
		case busy <- struct{}{}:
		default: // the site was full before
		}
		<-free
		return now
	}
	var visitors sync.WaitGroup
	for range maxInFlight {
		visitors.Go(func() { ask(h, "GET", "/near/45402") })
	}
	for range maxInFlight {
		<-busy
	}
	if w := ask(h, "GET", "/overdose"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("the site is not full: a page answers %d", w.Code)
	}
	if w := ask(h, "GET", "/livez"); w.Code != http.StatusOK {
		t.Errorf("/livez answers %d", w.Code)
	}
	close(free)
	visitors.Wait()
}

func TestTooManyAtOnceAreToldToComeBack(t *testing.T) {
	busy, free := make(chan struct{}), make(chan struct{})
	h := limited(1, "911")(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { close(busy); <-free }))
	done := make(chan struct{})
	go func() { defer close(done); ask(h, "GET", "/") }()
	<-busy
	if w := ask(h, "GET", "/"); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "call 911.") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	close(free)
	<-done
}
