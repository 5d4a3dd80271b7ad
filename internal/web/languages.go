package web

import (
	"net/http"
	"net/url"
	"strings"

	"carrypoint/views"
)

// maxFrom is the longest address that the page of languages leads back to: a
// list with every filter has half of it.
const maxFrom = 500

// languagesOf is the page that leads to another one in every language. path is
// that page, without its language; empty for an answer without an address, for
// which the first page stands.
func languagesOf(path string) string {
	if path == "" || path == "/" || len(path) > maxFrom {
		return "/languages"
	}
	return "/languages?from=" + fromQuery.Replace(path)
}

// fromQuery escapes what has a meaning in a query. A path has no other such sign,
// and most addresses are the same after it as before.
var fromQuery = strings.NewReplacer("%", "%25", "&", "%26", "+", "%2B", "#", "%23", ";", "%3B")

// languages offers the page that somebody comes from in every language.
func (t *tongue) languages(w http.ResponseWriter, r *http.Request) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return refusal(http.StatusBadRequest, "error.form")
	}
	from := "/"
	if asked := query.Get("from"); asked != "" {
		if !ours(asked) {
			return refusal(http.StatusNotFound, "error.not_found")
		}
		from = asked
	}
	return t.render(w, http.StatusOK, cacheText, views.LanguagesPage(t.languagesPage(from)))
}

func (t *tongue) languagesPage(from string) views.Languages {
	page := views.Languages{Page: t.helpPage(t.say.T("nav.languages"), "/languages")}
	page.NoIndex = true
	page.Page.Languages = t.path(languagesOf(from))
	for _, l := range t.Words.Languages() {
		page.Links = append(page.Links, views.LanguageLink{
			Tag: l.Tag, Name: l.Name, Href: t.prefixOf(l) + from, Current: l == t.say,
		})
	}
	return page
}

// ours says whether a text can be the address of a page of this site: nobody
// shall make this page lead elsewhere.
func ours(address string) bool {
	u, err := url.Parse(address)
	return err == nil && len(address) <= maxFrom && u.Scheme == "" && u.Host == "" && u.Fragment == "" &&
		strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && !strings.Contains(address, `\`)
}
