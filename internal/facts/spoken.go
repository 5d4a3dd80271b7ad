package facts

import "carrypoint/internal/site"

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

func (t Teller) languageName(tag string) string {
	if t.Say.Has("spoken." + tag) {
		return t.Say.T("spoken." + tag)
	}
	return tag
}
