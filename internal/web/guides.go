package web

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"carrypoint/internal/draw"
	"carrypoint/internal/help"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// The guides that have pages of their own, by the name of their file.
const (
	overdoseGuide = "overdose"
	stripsGuide   = "strips"
	goGuide       = "go"
	carryGuide    = "carry"
)

// guidePaths are where the guides stand, without the language.
var guidePaths = map[string]string{
	overdoseGuide: "/overdose", stripsGuide: "/strips", goGuide: "/before-you-go", carryGuide: "/carry",
}

// EmergencyNumber is that of the emergency services, which every page and sheet says to call.
func (s *Server) EmergencyNumber() string { return s.Help.Guides[overdoseGuide].Call }

// whole says whether all steps of a guide exist in this language.
func (t *tongue) whole(guide string) bool { return t.Help.Guides[guide].CompleteIn(t.say.Has) }

// safetyPath is where a guide stands: in this language if it is whole there,
// else in the master's. Half a set of steps is worse than all of them in another
// language.
func (t *tongue) safetyPath(guide string) string {
	if t.whole(guide) {
		return t.path(guidePaths[guide])
	}
	return t.masterPath(guidePaths[guide])
}

// overdose is the page of steps. It is small, and no link leads away from the
// steps but the call, which also stands at the top, where the link to this page
// was on the page before.
func (t *tongue) overdose(w http.ResponseWriter, r *http.Request) error {
	if !t.whole(overdoseGuide) {
		return t.toMaster(w, r, overdoseGuide)
	}
	return t.render(w, http.StatusOK, cacheText, t.overdosePage())
}

func (t *tongue) overdosePage() templ.Component {
	guide := t.Help.Guides[overdoseGuide]
	page := t.guidePage(guide, overdoseGuide)
	page.Urgent = t.call(guide)
	return views.OverdosePage(views.Overdose{
		Page:    page,
		Heading: t.say.T(guide.Lead),
		Signs:   t.part(guide, guide.Part("signs")),
		Steps:   t.part(guide, guide.Part("steps")),
		Others:  []views.GuidePart{t.part(guide, guide.Part("after")), t.part(guide, guide.Part("donts"))},
		Ways:    t.afterwards(),
		Review:  append(t.tell().Standing(guide.Review), t.madeFrom(guide.Review)),
	})
}

// guide is the page of any other guide.
func (t *tongue) guide(name string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !t.whole(name) {
			return t.toMaster(w, r, name)
		}
		return t.render(w, http.StatusOK, cacheText, t.pageOfGuide(name))
	}
}

func (t *tongue) pageOfGuide(name string) templ.Component {
	guide := t.Help.Guides[name]
	page := views.Guide{
		Page:    t.guidePage(guide, name),
		Heading: t.say.T(guide.Title),
		Lead:    t.say.T(guide.Lead),
		Ways:    t.waysFrom(guidePaths[name]),
		Review:  t.review(guide.Review),
	}
	for _, p := range guide.Parts {
		page.Parts = append(page.Parts, t.part(guide, p))
	}
	return views.GuidePage(page)
}

// guidePage is what is around a guide: with a style sheet of its own, since it
// must be small.
func (t *tongue) guidePage(guide help.Guide, name string) views.Page {
	page := t.helpPage(t.say.T(guide.Title), guidePaths[name])
	page.Style, page.More = t.helpStyle, ""
	page.Edition = "" // no place is listed here, and the page may be kept for long
	return page
}

// toMaster leads to the guide in the language that has all of it.
func (t *tongue) toMaster(w http.ResponseWriter, r *http.Request, guide string) error {
	w.Header().Set("Cache-Control", cacheText)
	http.Redirect(w, r, t.masterPath(guidePaths[guide]), http.StatusFound)
	return nil
}

// masterPath is where a page is in the language that all others are measured by.
func (t *tongue) masterPath(path string) string {
	return t.prefixOf(t.Words.Language(words.Master)) + path
}

// part puts the words of a part of a guide together.
func (t *tongue) part(guide help.Guide, p help.Part) views.GuidePart {
	part := views.GuidePart{Text: t.sayAll(guide, p.Text), Numbered: p.Numbered}
	if p.Heading != "" {
		part.Heading = t.sayOf(guide, p.Heading)
	}
	for _, item := range p.Items {
		lines := t.linesFor(item.Lines)
		if item.Lines != "" && len(lines) == 0 {
			continue // it says that there are some
		}
		shown := views.GuideItem{Text: t.sayOf(guide, item.Text), More: t.sayAll(guide, item.More), Picture: t.stripPicture(item.Picture), Lines: lines}
		if item.Call {
			call := t.call(guide)
			shown.Call = &call
		}
		part.Items = append(part.Items, shown)
	}
	return part
}

// call is the link that calls the emergency services.
func (t *tongue) call(guide help.Guide) views.Link {
	return views.Link{Text: t.say.T("overdose.call", "number", guide.Call), Href: "tel:" + guide.Call}
}

// emergencyLinks are the way to the steps, and the call.
func (t *tongue) emergencyLinks() []views.Link {
	return []views.Link{
		{Text: t.say.T("lines.emergency"), Href: t.safetyPath(overdoseGuide)},
		t.call(t.Help.Guides[overdoseGuide]),
	}
}

// sayOf says words of a guide, which may name the number that it calls.
func (t *tongue) sayOf(guide help.Guide, key string) string {
	return t.say.T(key, "number", guide.Call)
}

func (t *tongue) sayAll(guide help.Guide, keys []string) []string {
	var all []string
	for _, key := range keys {
		all = append(all, t.sayOf(guide, key))
	}
	return all
}

// stripPicture draws a test strip with its lines and their names; nothing where
// an item has no picture.
func (t *tongue) stripPicture(p help.Picture) string {
	if p == "" {
		return ""
	}
	strip := draw.Strip{Label: t.say.T("strips.picture." + string(p))}
	if p != help.NoLine {
		strip.Control = t.say.T("strips.control")
	}
	if p == help.TwoLines {
		strip.Test = t.say.T("strips.test")
	}
	return strip.SVG()
}

// afterwards are the few ways on from the steps: more of them would not fit.
func (t *tongue) afterwards() []views.Link {
	return []views.Link{
		{Text: t.say.T("help.find"), Href: t.path("/")},
		{Text: t.say.T(t.Help.Guides[stripsGuide].Title), Href: t.safetyPath(stripsGuide)},
		{Text: t.say.T("help.law"), Href: t.path("/law")},
	}
}

// waysFrom are the other pages of help, from the page of a path.
func (t *tongue) waysFrom(path string) []views.Link {
	here := t.path(path)
	return slices.DeleteFunc(t.ways(), func(l views.Link) bool { return l.Href == here })
}

// ways are the pages of help that a person may want next.
func (t *tongue) ways() []views.Link {
	ways := []views.Link{{Text: t.say.T("help.find"), Href: t.path("/")}}
	for _, guide := range []string{stripsGuide, carryGuide, goGuide} {
		ways = append(ways, views.Link{Text: t.say.T(t.Help.Guides[guide].Title), Href: t.safetyPath(guide)})
	}
	return append(ways,
		views.Link{Text: t.say.T("help.law"), Href: t.path("/law")},
		views.Link{Text: t.say.T("lines.title"), Href: t.path("/lines")},
	)
}

// review says who answers for a guide and what it is made from.
func (t *tongue) review(r help.Review) views.Review {
	review := views.Review{Heading: t.say.T("help.sources_heading"), Texts: append(t.tell().Standing(r), t.say.T("help.sources_read", "when", t.say.When(string(r.AsOf))))}
	for _, s := range r.Sources {
		review.Sources = append(review.Sources, views.Link{Text: s.Name, Href: s.URL})
	}
	return review
}

// madeFrom names the sources in one line, where there is no room for more.
func (t *tongue) madeFrom(r help.Review) string {
	var names []string
	for _, s := range r.Sources {
		names = append(names, s.Name)
	}
	return t.say.T("help.sources", "list", t.say.List(names), "when", t.say.When(string(r.AsOf)))
}
