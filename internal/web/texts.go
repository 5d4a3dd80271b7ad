package web

import (
	"net/http"
	"slices"
	"strconv"

	"carrypoint/internal/site"
	"carrypoint/views"
)

// about says what is listed, where it comes from and how sure we are.
func (t *tongue) about(w http.ResponseWriter, _ *http.Request) error {
	now := t.Editions.State()
	e := now.Edition
	page := t.text("about", "/about")
	page.Sections[0].Paragraphs = append(page.Sections[0].Paragraphs,
		t.say.N("about.edition", e.Len(), "id", e.ShortID(), "date", t.say.Date(e.Meta.Made)))
	page.Sections = slices.Insert(page.Sections, checksSection, t.checks(e))
	// What is of no publication is inside the binary, and has a credit of its own.
	inside := now.Publication.Seq == 0
	if !inside {
		page.Sections = append(page.Sections, t.sources(t.listers.of(now, site.DayOf(t.Now()))))
	}
	page.Sections = append(page.Sections, t.credits(inside))
	return t.render(w, http.StatusOK, cacheText, views.TextPage(page))
}

// credits name the datasets that ship with the site. That of the places is
// named only where they are served.
func (t *tongue) credits(inside bool) views.Section {
	credits := views.Section{Heading: t.say.T("about.credits")}
	for _, c := range t.Credits {
		if c.Name == starterCredit && !inside {
			continue
		}
		credits.Items = append(credits.Items, t.say.T("about.credit."+c.Name, "date", t.say.PartialDate(c.Date)))
	}
	return credits
}

// checksSection is where the page tells of checks: after how sure we are.
const checksSection = 2

func (t *tongue) privacy(w http.ResponseWriter, _ *http.Request) error {
	page := t.text("privacy", "/privacy")
	shared := &page.Sections[sharedSection]
	shared.Paragraphs = append(shared.Paragraphs, t.numbered("leave")...)
	if !t.NoKeep {
		page.Sections = append(page.Sections, views.Section{Heading: t.say.T("offline.heading"), Paragraphs: t.numbered("offline")})
	}
	page.Manifest = t.path(manifestPath)
	return t.render(w, http.StatusOK, cacheText, views.TextPage(page))
}

// sharedSection is where the page tells of phones that several people use: last.
const sharedSection = 3

// text reads a page of headings and paragraphs out of the words: NAME.1,
// NAME.1.1, NAME.1.2, NAME.2 and so on, until a number is missing.
func (t *tongue) text(name, path string) views.Text {
	page := views.Text{Page: t.newPage(t.say.T(name+".title"), path), Heading: t.say.T(name + ".title"), Lead: t.say.T(name + ".lead")}
	for i := 1; t.say.Has(name + "." + strconv.Itoa(i)); i++ {
		key := name + "." + strconv.Itoa(i)
		page.Sections = append(page.Sections, views.Section{Heading: t.say.T(key), Paragraphs: t.numbered(key)})
	}
	return page
}

// numbered reads KEY.1, KEY.2 and so on, until a number is missing.
func (t *tongue) numbered(key string) []string {
	var all []string
	for i := 1; t.say.Has(key + "." + strconv.Itoa(i)); i++ {
		all = append(all, t.say.T(key+"."+strconv.Itoa(i)))
	}
	return all
}
