package web

import (
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
	"carrypoint/views"
)

// results builds the list of places around an origin. path is where the page
// is, without its language; empty for an answer to a given position, which has
// no further pages and no links of its own.
func (t *tongue) results(e *edition.Edition, o origin, s search, path string) views.Results {
	now := t.Now()
	filter := s.asked.filter(now)
	within := t.countyOf(e, o.place, path)
	filter.Within = within
	skip := (s.page - 1) * pageSize
	found := e.Ranked(o.point, filter, t.Policy, now, skip, pageSize+1)
	hits := found.Hits[:reach(found.Hits, skip, t.Policy)]
	more := len(hits) > pageSize
	hits, confirmed := t.olderLast(hits[:min(pageSize, len(hits))], now)
	others, hidden := t.others(e, o.place, filter, now, shortLists)
	heading := t.heading(o, within)
	r := views.Results{
		Page:    t.newPage(t.title(o, heading, s.page), areaPath(o.place)+s.asked.query()),
		Heading: heading,
		Chosen:  t.chosen(s.asked, path),
		Showing: t.showing(skip, hits, within),
		Form:    t.form(t.typedAgain(o), s.asked),
		Lines:   t.linesOf(o.place),
		Others:  others,
		LeftOut: append(t.leftOut(found.LeftOut, s.asked, path), t.hiddenNote(found.Hidden+hidden)...),
	}
	r.More = "" // a list fits into half of what a page may have
	if o.part {
		r.Emergency = t.emergencyLinks()
		r.Notes = append(r.Notes, views.Note{Text: t.say.T("results.part", "place", t.placeName(o.place))})
	}
	if path == "" {
		r.Page = locating(r.Page)
		r.NoIndex, r.Sortable = true, o.sortable()
		r.Notes = append(r.Notes, t.aroundNote(o)...)
	}
	cards := t.cards(o, s, path, hits, now)
	r.Cards, r.Older = cards[:confirmed], cards[confirmed:]
	if len(r.Older) > 0 {
		r.OlderText = t.olderText(hits[confirmed:], now)
	}
	if len(hits) > 0 {
		r.Measured, r.Far = t.measured(o, hits), t.far(o, hits, s.page)
	}
	if path != "" {
		t.pages(&r, s, path, more)
	}
	if path != "" && len(hits) > 0 {
		r.Pick = t.path(printRoot + pickedPath)
		r.Print = views.Link{Text: t.say.T("print.this_list"), Href: t.path(printRoot+path) + queryOf(filters(s.asked.values()))}
	}
	r.Map, r.Legend = t.resultsMap(o, hits, skip)
	return r
}

// cards are the entries of a page. In a list that has an address they can be ticked,
// to be printed, but for what a place asks not to have on paper.
func (t *tongue) cards(o origin, s search, path string, hits []edition.Hit, now time.Time) []views.Card {
	cards := make([]views.Card, len(hits))
	for i, h := range hits {
		card := t.card(o, h, (s.page-1)*pageSize+i+1, now)
		if s.keep {
			card.Status = t.keptStatus(h)
		}
		if path != "" && h.Site.Consent.In(site.Print) {
			card.Pick = h.Site.ID
		}
		cards[i] = card
	}
	return cards
}

// farMetres is the distance from which the page says that even the nearest
// place is far: 50 miles, an hour's drive.
const farMetres = edition.NearbyMetres

// far says how far even the nearest place is, on the first page, where that is far.
func (t *tongue) far(o origin, hits []edition.Hit, page int) string {
	nearest := nearestOf(hits)
	if page > 1 || nearest.Metres <= farMetres {
		return ""
	}
	return t.say.T("results.far", "distance", t.length(o, nearest))
}

// typedAgain is what to type for the same place; nothing for a position.
func (t *tongue) typedAgain(o origin) string {
	if o.given && !o.part {
		return ""
	}
	return t.placeName(o.place)
}

// countyOf limits the page of a county to the county, if it lists any place.
func (t *tongue) countyOf(e *edition.Edition, p gazetteer.Place, path string) edition.Area {
	if p.Kind != gazetteer.County || path == "" {
		return edition.Area{}
	}
	county := edition.Area{Country: strings.ToLower(p.Country), Region: strings.ToLower(p.Region), County: p.Slug}
	if t.listedIn(e, county) == 0 {
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

// showing says which places a page shows and in which order: by distance, unless
// a place that was not checked for long had to wait.
func (t *tongue) showing(skip int, hits []edition.Hit, within edition.Area) string {
	n := len(hits)
	key := "results.showing"
	switch {
	case n == 0 && skip > 0:
		return t.say.T("results.no_more")
	case n == 0:
		return t.say.T("results.none") + " " + t.say.T("results.none_but")
	case within != (edition.Area{}):
		key = "results.showing_county"
	case !byDistance(hits):
		key = "results.showing_ranked"
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
