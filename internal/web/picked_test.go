package web

import (
	"regexp"
	"testing"
)

// scaleText is the text of the scale bar, which stands after the bar.
var scaleText = regexp.MustCompile(`v-5"/><text class="m-name"[^>]*>([^<]*)<`)

func TestTheMapOfPickedPlacesCountsInTheUnitOfTheirCountry(t *testing.T) {
	h := invented().Handler()
	for _, test := range []struct{ name, path, want string }{
		{"a place in the United States", "/print/picked/poster?site=us-oh-alder-machine", `\d+ miles?$`},
		{"the same in Arabic, with its number in front", "/print/picked/poster?site=us-oh-alder-machine&lang=ar", "^\u2068.*(ميل|أميال).*\u2069$"},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := ask(h, "GET", test.path)
			found := scaleText.FindStringSubmatch(page.Body.String())
			if page.Code != 200 || found == nil || !regexp.MustCompile(test.want).MatchString(found[1]) {
				t.Errorf("status %d, the scale says %q, want %s", page.Code, found, test.want)
			}
		})
	}
}
