package fetch

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	for name, c := range map[string]struct {
		address string
		want    error
	}{
		"a file":                     {"https://data.example.org/sites.csv", nil},
		"without encryption":         {"http://data.example.org/sites.csv", nil},
		"spaces around it":           {"  https://data.example.org/sites.csv\n", nil},
		"capitals":                   {"HTTPS://Data.Example.ORG/sites.csv", nil},
		"a dot at the end":           {"https://data.example.org./sites.csv", nil},
		"a public address as number": {"https://8.8.8.8/sites.csv", nil},
		"a file on this machine":     {"file:///etc/passwd", ErrAddress},
		"another protocol":           {"gopher://data.example.org/", ErrAddress},
		"one more":                   {"ftp://data.example.org/sites.csv", ErrAddress},
		"a password":                 {"https://me:secret@data.example.org/", ErrAddress},
		"a user":                     {"https://me@data.example.org/", ErrAddress},
		"no host":                    {"https:///sites.csv", ErrAddress},
		"no scheme":                  {"data.example.org/sites.csv", ErrAddress},
		"opaque":                     {"https:data.example.org", ErrAddress},
		"nothing":                    {"", ErrAddress},
		"a line end inside":          {"https://data.example.org/\r\nHost: other.example.org", ErrAddress},
		"too long":                   {"https://data.example.org/" + strings.Repeat("a", maxAddress), ErrAddress},
		"a name inside a network":    {"http://intranet/sites.csv", ErrRefused},
		"this machine":               {"http://localhost/", ErrRefused},
		"this machine, with a dot":   {"http://localhost./", ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parseAddress(c.address); !errors.Is(err, c.want) {
				t.Errorf("%q gives %v, want %v", c.address, err, c.want)
			}
		})
	}
}

func TestAPasswordIsNotRepeated(t *testing.T) {
	_, err := parseAddress("https://me:secret@data.example.org/")
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("the error is %v", err)
	}
}

func TestRedirects(t *testing.T) {
	const sheet = "https://docs.google.com/spreadsheets/d/e/x/pub?output=csv"
	for name, c := range map[string]struct {
		from, to string
		follows  bool
	}{
		"to a path":                       {"https://data.example.org/a", "https://data.example.org/b", true},
		"to https":                        {"http://data.example.org/a", "https://data.example.org/a", true},
		"to other capitals":               {"https://data.example.org/a", "https://DATA.example.org/a", true},
		"to http":                         {"https://data.example.org/a", "http://data.example.org/a", false},
		"to another host":                 {"https://data.example.org/a", "https://data.example.com/a", false},
		"to a host above":                 {"https://data.example.org/a", "https://example.org/a", false},
		"to a host below":                 {"https://example.org/a", "https://data.example.org/a", false},
		"to this machine":                 {"https://data.example.org/a", "http://127.0.0.1/", false},
		"to a password":                   {"https://data.example.org/a", "https://me:secret@data.example.org/a", false},
		"to a file":                       {"https://data.example.org/a", "file:///etc/passwd", false},
		"a Google Sheet":                  {sheet, "https://doc-0c-24-sheets.googleusercontent.com/pub/x", true},
		"a Google Sheet to a login":       {sheet, "https://accounts.google.com/ServiceLogin", false},
		"a Google Sheet to a customer":    {sheet, "https://3.2.1.10.bc.googleusercontent.com/", false},
		"a Google Sheet to a false name":  {sheet, "https://doc-x.bc.y-sheets.googleusercontent.com/", false},
		"a Google Sheet to a false end":   {sheet, "https://doc-0c-24-sheets.googleusercontent.com.example.org/", false},
		"somebody else to Google's files": {"https://data.example.org/a", "https://doc-0c-24-sheets.googleusercontent.com/pub/x", false},
	} {
		t.Run(name, func(t *testing.T) {
			err := followable(request(t, c.to), []*http.Request{request(t, c.from)})
			if (err == nil) != c.follows {
				t.Errorf("from %s to %s: %v", c.from, c.to, err)
			}
			if err != nil && !errors.Is(err, ErrRefused) {
				t.Errorf("the error is of the wrong kind: %v", err)
			}
		})
	}
}

func request(t *testing.T, address string) *http.Request {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Request{URL: u}
}

func TestRedirectsOfAServer(t *testing.T) {
	other := serve(t, func(w http.ResponseWriter, r *http.Request) { t.Error("the other host was asked") })
	var asked int
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		switch r.URL.Path {
		case "/here":
			http.Redirect(w, r, "/there", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/loopback":
			http.Redirect(w, r, "http://"+strings.Replace(other.Listener.Addr().String(), "127.0.0.1", "localhost.example.org", 1), http.StatusFound)
		case "/port":
			http.Redirect(w, r, other.URL, http.StatusFound)
		case "/metadata":
			http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
		default:
			_, _ = w.Write([]byte("name\nThe Mission\n"))
		}
	})
	b := newBench(t, "", s)
	if _, text := b.get(t, ProtocolFile, s.URL+"/here"); !strings.Contains(text, "Mission") {
		t.Errorf("it gives %q", text)
	}
	b.refuses(t, ProtocolFile, s.URL+"/loopback", ErrRefused, "another host")
	b.refuses(t, ProtocolFile, s.URL+"/metadata", ErrRefused, "another host")
	b.refuses(t, ProtocolFile, s.URL+"/port", ErrRefused, "ports 80 and 443")
	asked = 0
	b.refuses(t, ProtocolFile, s.URL+"/round", ErrRefused, "more than 3 times")
	if asked != 1+maxRedirects {
		t.Errorf("it was asked %d times", asked)
	}
	if len(b.pauses) > 0 {
		t.Error("what is refused was tried again")
	}
}
