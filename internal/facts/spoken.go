package facts

import (
	"strings"

	"carrypoint/internal/site"
)

// Languages says which languages are spoken at a site; empty where nobody says.
func (t Teller) Languages(s *site.Site) string {
	if len(s.Languages) == 0 {
		return ""
	}
	var names []string
	for _, tag := range s.Languages {
		names = append(names, t.languageName(tag))
	}
	return t.Say.T("site.languages", "list", t.Say.List(names))
}

// languageName is the name of a language, without how it is written or where it is
// spoken: "zh-Hans" is "Chinese". One without a name here is its tag.
func (t Teller) languageName(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	for _, tag := range []string{tag, language} {
		if t.Say.Has("spoken." + tag) {
			return t.Say.T("spoken." + tag)
		}
	}
	return tag
}
