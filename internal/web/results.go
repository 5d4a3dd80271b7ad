package web

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/views"
)

// results builds the list of places around an origin. path is where the page
// is, without its language; empty for an answer to a given position, which has
// no further pages and no links of its own.
func (t *tongue) results(e *edition.Edition, o origin, s search, path string) views.Results {
	now := t.Now()
	filter := s.asked.filter(now)
	within := countyOf(e, o.place, path)
	filter.Within = within
	skip := (s.page - 1) * pageSize
	found := e.Near(o.point, filter, now, skip, pageSize+1)
	hits := found.Hits[:reach(found.Hits, skip)]
	more := len(hits) > pageSize
	hits = hits[:min(pageSize, len(hits))]
	heading := t.heading(o, within)
	r := views.Results{
		Page:    t.newPage(t.title(o, heading, s.page), areaPath(o.place)+s.asked.query()),
		Heading: heading,
		Chosen:  t.chosen(s.asked, path),
		Showing: t.showing(skip, len(hits), within),
		Form:    t.form(t.typedAgain(o), s.asked),
		Lines:   t.lines(o.place.Country),
		Others:  t.others(e, o.place, filter, now, shortLists),
		LeftOut: t.leftOut(found.LeftOut, s.asked, path),
	}
	if o.part {
		r.Notes = append(r.Notes, views.Note{Text: t.say.T("results.part", "place", t.placeName(o.place))})
	}
	if path == "" {
		r.Page.NoIndex = true
		r.Notes = append(r.Notes, t.aroundNote(o)...)
	}
	for i, hit := range hits {
		r.Cards = append(r.Cards, t.card(o, hit, skip+i+1, now))
	}
	if len(hits) > 0 {
		r.Measured = t.measured(o, hits)
	}
	if len(hits) > 0 && s.page == 1 && hits[0].Metres > farMetres {
		r.Far = t.say.T("results.far", "distance", t.length(o, hits[0]))
	}
	if path != "" {
		t.pages(&r, s, path, more)
	} else {
		r.Page = t.withScript(r.Page)
		r.Sortable = o.precision == devicePrecision
	}
	r.Map, r.Legend = t.resultsMap(o, hits, skip)
	return r
}

// How far a list goes: 100 miles, or to the first few where nothing is nearer.
// What is further away helps nobody, and hides what comes by mail.
const (
	reachMetres = 160_934
	fewest      = 3
)

// reach is how many of the hits after the first skip a list shows.
func reach(hits []edition.Hit, skip int) int {
	n := 0
	for n < len(hits) && (hits[n].Metres <= reachMetres || skip+n < fewest) {
		n++
	}
	return n
}

// typedAgain is what to type for the same place; nothing for a position.
func (t *tongue) typedAgain(o origin) string {
	if o.given && !o.part {
		return ""
	}
	return t.placeName(o.place)
}

// countyOf limits the page of a county to the county, if it has any place.
func countyOf(e *edition.Edition, p gazetteer.Place, path string) edition.Area {
	if p.Kind != gazetteer.County || path == "" {
		return edition.Area{}
	}
	county := edition.Area{Country: strings.ToLower(p.Country), Region: strings.ToLower(p.Region), County: p.Slug}
	if e.Count(county) == 0 {
		return edition.Area{}
	}
	return county
}

func (t *tongue) heading(o origin, within edition.Area) string {
	switch {
	case within != (edition.Area{}):
		return t.say.T("results.heading_county", "place", t.placeName(o.place))
	case o.given && !o.part:
		return t.say.T("results.heading_you", "place", t.placeName(o.place))
	case o.place.Kind != gazetteer.Postcode && o.place.Kind != gazetteer.State:
		return t.say.T("results.heading_in", "place", t.placeName(o.place))
	case o.place.Town != "" && o.place.Kind == gazetteer.Postcode:
		return t.say.T("results.heading", "place", o.place.Name+" ("+o.place.Town+", "+o.place.Region+")")
	}
	return t.say.T("results.heading", "place", t.placeName(o.place))
}

// title is what the browser's tab and its history show: the place, not the need.
func (t *tongue) title(o origin, heading string, page int) string {
	title := heading
	if o.given && !o.part {
		title = t.say.T("results.title_you")
	}
	if page > 1 {
		title += " " + t.say.T("results.page", "page", strconv.Itoa(page))
	}
	return title
}

func (t *tongue) showing(skip, n int, within edition.Area) string {
	switch {
	case n == 0 && skip > 0:
		return t.say.T("results.no_more")
	case n == 0:
		return t.say.T("results.none") + " " + t.say.T("results.none_but")
	}
	key := "results.showing"
	if within != (edition.Area{}) {
		key = "results.showing_county"
	}
	return t.say.T(key, "first", strconv.Itoa(skip+1), "last", strconv.Itoa(skip+n))
}

// measured says how distances are meant, and where they put nothing in order.
func (t *tongue) measured(o origin, hits []edition.Hit) string {
	text := t.say.T("results.measured_you")
	if !o.given {
		text = t.say.T("results.measured", "place", o.place.Name)
	}
	if tied(hits) {
		text += " " + t.say.T("results.tied")
	}
	return text
}

// tied says whether there are places of which only the same area is known.
func tied(hits []edition.Hit) bool {
	areas := map[orb.Point]bool{}
	for _, h := range hits {
		if h.Site.Position.Mapped() {
			continue
		}
		if areas[h.Site.Position.Point] {
			return true
		}
		areas[h.Site.Position.Point] = true
	}
	return false
}

// aroundNote leads from an answer without an address to the page of the town.
func (t *tongue) aroundNote(o origin) []views.Note {
	path := areaPath(o.place)
	if path == "" {
		return nil
	}
	return []views.Note{{
		Text: t.say.T("results.given"),
		Link: &views.Link{Text: t.say.T("results.given_link", "place", t.placeName(o.place)), Href: t.path(path)},
	}}
}

// chosen lists the filters in force; each link takes one away. An answer
// without an address has only words.
func (t *tongue) chosen(a asked, path string) []views.Link {
	if path == "" {
		path = "/"
	}
	values := a.values()
	var links []views.Link
	for _, name := range []string{"need", "open", "free", "id", "step_free", "kind", "type", "spoken"} {
		for _, value := range values[name] {
			links = append(links, views.Link{Text: t.filterName(name, value, a), Href: t.path(path) + queryOf(without(values, name, value))})
		}
	}
	return links
}

func without(values url.Values, name, value string) url.Values {
	rest := url.Values{}
	for n, all := range values {
		if n == name || name == "open" && (n == "day" || n == "time") {
			all = slices.DeleteFunc(slices.Clone(all), func(v string) bool { return v == value || n != name })
		}
		if len(all) > 0 {
			rest[n] = all
		}
	}
	return rest
}

func (t *tongue) filterName(name, value string, a asked) string {
	switch name {
	case "need":
		return t.say.T("supply." + value)
	case "open":
		if value == "at" {
			return t.say.T("filter.open_at", "day", t.say.Weekday(a.day), "time", t.say.Clock(a.minute))
		}
		return t.say.T("filter.open_now")
	case "kind", "type", "spoken":
		return t.say.T(name + "." + value)
	}
	return t.say.T("filter." + name)
}

// filterOf is the name of the field that asks a question.
var filterOf = map[edition.Question]string{
	edition.AskOpen: "open", edition.AskFree: "free", edition.AskID: "id",
	edition.AskLanguage: "spoken", edition.AskStepFree: "step_free",
}

// leftOut tells how many places were left out because something is not known
// of them, and offers them: unknown is not a no.
func (t *tongue) leftOut(counts map[edition.Question]int, a asked, path string) []views.Note {
	var notes []views.Note
	values := a.values()
	for _, question := range edition.Questions() {
		n := counts[question]
		if n == 0 {
			continue
		}
		note := views.Note{Text: t.say.N("left_out."+string(question), n)}
		if path != "" {
			name := filterOf[question]
			note.Link = &views.Link{Text: t.say.T("left_out.show"), Href: t.path(path) + queryOf(without(values, name, values.Get(name)))}
		}
		notes = append(notes, note)
	}
	return notes
}

func (t *tongue) pages(r *views.Results, s search, path string, more bool) {
	at := func(page int) string {
		values := s.asked.values()
		if page > 1 {
			values.Set("page", strconv.Itoa(page))
		}
		return t.path(path) + queryOf(values)
	}
	if s.page > 1 {
		r.Previous = &views.Link{Text: t.say.T("results.previous"), Href: at(s.page - 1)}
	}
	if more && s.page < maxPage {
		r.Next = &views.Link{Text: t.say.T("results.next"), Href: at(s.page + 1)}
	}
}

// limits of the lists of what a list by distance can't hold.
type limits struct{ remote, unplaced int }

var (
	// shortLists stand below a list by distance: enough to act on, few enough
	// for one small page.
	shortLists = limits{remote: 6, unplaced: 4}
	// wholeLists stand on the page of a state, where everything is.
	wholeLists = limits{remote: math.MaxInt, unplaced: math.MaxInt}
)

// others are what a list by distance can't hold: mail and phone services of the
// state, and places of which nobody says where they are.
func (t *tongue) others(e *edition.Edition, p gazetteer.Place, f edition.Filter, now time.Time, most limits) []views.Group {
	country, region := strings.ToLower(p.Country), strings.ToLower(p.Region)
	state, ok := t.Places.Area(country, region, "")
	if !ok {
		return nil
	}
	var groups []views.Group
	for _, list := range []struct {
		key  string
		hits []edition.Hit
		most int
	}{
		{"others.remote", e.Remote(country, region, f, now), most.remote},
		{"others.unplaced", e.Unplaced(country, region, f, now), most.unplaced},
	} {
		if len(list.hits) > 0 {
			groups = append(groups, t.shortList(list.key, state, list.hits, list.most))
		}
	}
	return groups
}

// shortList cuts a list and says so with a link to the whole.
func (t *tongue) shortList(key string, state gazetteer.Place, hits []edition.Hit, most int) views.Group {
	g := views.Group{Heading: t.say.T(key, "state", state.Name), Text: t.say.T(key + "_text")}
	for _, h := range hits[:min(most, len(hits))] {
		g.Cards = append(g.Cards, t.shortCard(h))
	}
	if len(hits) > most {
		g.More = &views.Link{Text: t.say.T("others.more", "state", state.Name), Href: t.path(areaPath(state))}
	}
	return g
}
