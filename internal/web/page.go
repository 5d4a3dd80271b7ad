package web

import (
	"bytes"
	"strings"

	"github.com/a-h/templ"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// newPage fills in what every page has. path is where the page is without its
// language, or empty for an answer that has no address of its own.
func (t *tongue) newPage(title, path string) views.Page {
	p := views.Page{
		Words:     t.say,
		Site:      t.Title,
		Title:     title + " – " + t.Title,
		Style:     t.style,
		More:      views.StyleMore,
		Home:      t.path("/"),
		Areas:     t.path("/us"),
		Canada:    t.path("/ca"),
		Print:     t.path(printRoot),
		About:     t.path("/about"),
		Privacy:   t.path("/privacy"),
		Urgent:    views.Link{Text: t.say.T("nav.overdose"), Href: t.safetyPath(overdoseGuide)},
		Languages: t.path(languagesOf(path)),
		Script:    t.script,
		NoIndex:   path == "",
	}
	p.Translation = t.say.Unchecked()
	if t.say.Tag != words.Master { // what datasets say is taken to be in the master's language
		p.Foreign = words.Master
	}
	if !t.whole(overdoseGuide) {
		p.UrgentLang = words.Master
	}
	if e := t.Editions.Edition(); e != nil {
		p.Edition = t.say.N("footer.edition", t.listedAll(e), "id", e.ShortID(), "date", t.say.Date(e.Meta.Made))
	}
	return p
}

// helpPage is newPage for what to do and to know: it names whoever has checked
// the translation. A list has no room for that.
func (t *tongue) helpPage(title, path string) views.Page {
	p := t.newPage(title, path)
	if t.say.Checked() {
		p.Translation = t.say.T("language.checked", "when", t.say.When(t.say.Review.On), "name", t.say.Review.Reviewer)
	}
	return p
}

// nobodyChecked takes the name of whoever has checked the translation off a page
// that shows sentences of this language from elsewhere than its words. They stand
// beside the law or the phone line, one language below the other, and in no
// spreadsheet: nobody has been asked to check them.
func (t *tongue) nobodyChecked(p *views.Page) { p.Translation = t.say.T("language.unchecked") }

// translates says whether sentences that stand beside what they tell of are a
// translation into this language, and not the master's own.
func (t *tongue) translates(text map[string]string) bool {
	return t.say.Tag != words.Master && text[t.say.Tag] != ""
}

// locating lets the form of a page offer the position of the phone.
func locating(p views.Page) views.Page {
	p.Locate = true
	return p
}

// path is where a page is in this language.
func (t *tongue) path(path string) string { return t.prefix + path }

// prefixOf is what stands before every path in a language: nothing, "/es",
// "/pt-br". Addresses are small throughout, so that one typed from paper is found.
func (s *Server) prefixOf(l *words.Language) string {
	if l.Tag == s.Language {
		return ""
	}
	return "/" + strings.ToLower(l.Tag)
}

// areaPath is where the page of a place is, without its language; empty for a
// place that has none: a position, or a town outside the United States and Canada.
func areaPath(p gazetteer.Place) string {
	if p.Country != "US" && p.Country != "CA" {
		return ""
	}
	base := "/" + strings.ToLower(p.Country) + "/" + strings.ToLower(p.Region)
	switch p.Kind {
	case gazetteer.Postcode:
		return "/near/" + p.Name
	case gazetteer.State:
		return base
	case gazetteer.Town, gazetteer.Neighbourhood, gazetteer.County:
		return base + "/" + p.Slug
	}
	return ""
}

// renderNow renders a page that can't fail, because it takes nothing from a request.
func renderNow(c templ.Component) []byte {
	var b bytes.Buffer
	_ = c.Render(noContext, &b) // a bytes.Buffer never refuses
	return b.Bytes()
}
