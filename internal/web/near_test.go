package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
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
