package web

import (
	"net/http"
	"slices"
	"strings"

	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/views"
)

// countries are those that have places, by the first part of their paths.
var countries = []string{"us", "ca"}

// country is the index of a country's states or provinces.
func (t *tongue) country(country string) handler {
	return func(w http.ResponseWriter, _ *http.Request) error {
		e := t.Editions.Edition()
		page := views.Areas{
			Page:    t.newPage(t.say.T("areas."+country), "/"+country),
			Heading: t.say.T("areas." + country),
			Text:    t.count(e, edition.Area{Country: country}, t.say.T("areas."+country)),
			Groups:  []views.AreaGroup{{Heading: t.say.T("areas.states_" + country), Links: t.stateLinks(e, country)}},
			Lines:   t.lines(country, ""),
			Form:    t.form("", asked{}),
		}
		return t.render(w, http.StatusOK, cacheArea, views.AreasPage(page))
	}
}

// stateLinks are all of a country's states: one without a place leads to what
// is near, by mail and by phone.
func (t *tongue) stateLinks(e *edition.Edition, country string) []views.Counted {
	var links []views.Counted
	for _, state := range t.Places.States(strings.ToUpper(country)) {
		links = append(links, t.counted(state, t.listedIn(e, edition.Area{Country: country, Region: strings.ToLower(state.Region)})))
	}
	return links
}

func (t *tongue) counted(p gazetteer.Place, n int) views.Counted {
	c := views.Counted{Link: views.Link{Text: p.Name, Href: t.path(areaPath(p))}, Count: t.say.T("areas.none")}
	if n > 0 {
		c.Count = t.say.N("areas.places", n)
	}
	return c
}

// count says how many places an area has in the list, and how many the
// operator's rule keeps out.
func (t *tongue) count(e *edition.Edition, area edition.Area, place string) string {
	n := t.listedIn(e, area)
	text := t.say.N("areas.count", n, "place", place)
	if n == 0 {
		text = t.say.T("areas.count_none", "place", place)
	}
	if hidden := e.Count(area) - n; hidden > 0 {
		text += " " + t.hiddenText(hidden)
	}
	return text
}

// region is the index of a state or province: its counties and towns with
// places, and what is listed for the state as a whole.
func (t *tongue) region(country string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		region := r.PathValue("region")
		state, ok := t.Places.Area(country, region, "")
		if !ok {
			return refusal(http.StatusNotFound, "error.no_area")
		}
		if wantsText(r) {
			return t.textInstead(w, r, state)
		}
		return t.render(w, http.StatusOK, cacheArea, views.AreasPage(t.state(t.Editions.Edition(), country, region, state)))
	}
}

func (t *tongue) state(e *edition.Edition, country, region string, state gazetteer.Place) views.Areas {
	page := views.Areas{
		Page:    t.newPage(state.Name, "/"+country+"/"+region),
		Heading: t.say.T("areas.state", "state", state.Name),
		Up:      &views.Link{Text: t.say.T("areas." + country), Href: t.path("/" + country)},
		Text:    t.count(e, edition.Area{Country: country, Region: region}, state.Name),
		Form:    t.form("", asked{}),
		Lines:   t.linesOf(state),
	}
	counties, towns := t.areasIn(e, country, region)
	for _, g := range []views.AreaGroup{
		{Heading: t.say.T("areas.counties"), Links: counties},
		{Heading: t.say.T("areas.towns"), Links: towns},
	} {
		if len(g.Links) > 0 {
			page.Groups = append(page.Groups, g)
		}
	}
	page.Others, _ = t.others(e, state, edition.Filter{}, t.Now(), wholeLists) // the count above has the hidden ones
	return page
}

// areasIn are the counties and towns of a state that list places, by name.
func (t *tongue) areasIn(e *edition.Edition, country, region string) (counties, towns []views.Counted) {
	for _, area := range e.Within(country, region) {
		slug := area.County + area.Town
		place, ok := t.Places.Area(country, region, slug)
		n := t.listedIn(e, area)
		switch {
		case !ok || n == 0:
		case area.County != "":
			counties = append(counties, t.counted(place, n))
		default:
			towns = append(towns, t.counted(place, n))
		}
	}
	byName := func(a, b views.Counted) int { return strings.Compare(a.Text, b.Text) }
	slices.SortFunc(counties, byName)
	slices.SortFunc(towns, byName)
	return counties, towns
}

// area is the list of places in a county, or in and near a town.
func (t *tongue) area(country string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		place, ok := t.Places.Area(country, r.PathValue("region"), r.PathValue("slug"))
		if !ok {
			return refusal(http.StatusNotFound, "error.no_area")
		}
		return t.renderArea(w, r, place)
	}
}
