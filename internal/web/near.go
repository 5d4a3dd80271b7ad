package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
	"carrypoint/views"
)

// postNear answers a typed place or a device's position. An area has a page of
// its own and the person is sent there; anything finer is answered in place and
// stands in no URL.
func (t *tongue) postNear(w http.ResponseWriter, r *http.Request) error {
	s, err := parseSearch(r)
	if err != nil {
		return err
	}
	if s.device != nil {
		return t.answerGiven(w, t.originAt(*s.device, devicePrecision), s)
	}
	if s.text == "" {
		return t.renderNothing(w, http.StatusOK, s, "nothing.empty")
	}
	if path, ok := t.noPlace(s.text); ok {
		http.Redirect(w, r, t.path(path), http.StatusSeeOther)
		return nil
	}
	answer := t.Places.Resolve(s.text)
	switch next := t.decide(answer, s); {
	case next.nothing:
		return t.renderNothing(w, http.StatusOK, s, unknown(s.text))
	case next.ask:
		return t.render(w, http.StatusOK, cachePrivate, views.WhichPage(t.which(answer.Places, s)))
	case next.goTo != "":
		http.Redirect(w, r, next.goTo, http.StatusSeeOther)
		return nil
	default:
		return t.answerGiven(w, next.origin, s)
	}
}

// noPlace is the page that a text wants which means no place, or a whole country. The
// emergency number of the country is one of them.
func (t *tongue) noPlace(text string) (path string, ok bool) {
	if text == t.EmergencyNumber() {
		return guidePaths[overdoseGuide], true
	}
	path, ok = noPlaces[strings.ToLower(text)]
	return path, ok
}

// noPlaces are words of that kind, in any country: films have taught 911 to everybody.
var noPlaces = map[string]string{
	"usa": "/us", "us": "/us", "united states": "/us", "estados unidos": "/us", "canada": "/ca", "canadá": "/ca",
	"overdose": "/overdose", "sobredosis": "/overdose", "help": "/overdose", "ayuda": "/overdose", "911": "/overdose",
}

// A next is what to do with a typed text: exactly one of its fields is set.
type next struct {
	nothing bool
	ask     bool
	goTo    string
	origin  origin
}

// hasPage reports whether there is a page to choose: towns abroad have none.
func hasPage(p gazetteer.Place) bool { return areaPath(p) != "" }

// decide chooses what a typed text leads to.
func (t *tongue) decide(answer gazetteer.Answer, s search) next {
	if len(answer.Places) == 0 {
		return next{nothing: true}
	}
	first := answer.Places[0]
	path := areaPath(first)
	switch {
	case answer.Ask && !answer.Part && slices.ContainsFunc(answer.Places, hasPage):
		return next{ask: true}
	case first.Kind == gazetteer.Point:
		return next{origin: t.originAt(first.Point, site.Exact)}
	case path == "" || answer.Part:
		o := originOf(first)
		o.part = answer.Part
		return next{origin: o}
	}
	values := s.asked.values()
	if answer.Near {
		values.Set("took", "1")
	}
	return next{goTo: t.path(path) + queryOf(values)}
}

// answerGiven lists what is near a position that must stand nowhere.
func (t *tongue) answerGiven(w http.ResponseWriter, o origin, s search) error {
	page := t.results(t.Editions.Edition(), o, s, "")
	return t.render(w, http.StatusOK, cachePrivate, views.ResultsPage(page))
}

// getNearNothing answers an address without a place: what is left when a page
// that answered a typed place is asked for again. A position is not accepted.
func (t *tongue) getNearNothing(w http.ResponseWriter, r *http.Request) error {
	if r.URL.RawQuery != "" {
		return refusal(http.StatusNotFound, "error.not_found")
	}
	http.Redirect(w, r, t.path("/"), http.StatusSeeOther)
	return nil
}

// unknown is the key of what is said of a text that is no place: a code is no name.
func unknown(text string) string {
	if strings.ContainsAny(text, "0123456789") && !strings.ContainsAny(text, " ,") {
		return "nothing.no_code"
	}
	return "nothing.unknown"
}

// getNear is the page of a ZIP or a Canadian postal area.
func (t *tongue) getNear(w http.ResponseWriter, r *http.Request) error {
	code := r.PathValue("code")
	place, ok := t.Places.Postcode(code)
	if !ok {
		text, err := typed(code)
		if err != nil {
			return err
		}
		return t.renderNothing(w, http.StatusNotFound, search{text: text}, unknown(text))
	}
	if place.Name != code {
		http.Redirect(w, r, t.path("/near/"+place.Name)+rawQuery(r), http.StatusMovedPermanently)
		return nil
	}
	return t.renderArea(w, r, place)
}

func rawQuery(r *http.Request) string {
	if r.URL.RawQuery == "" {
		return ""
	}
	return "?" + r.URL.RawQuery
}

// renderArea is the list of places in and near an area.
func (t *tongue) renderArea(w http.ResponseWriter, r *http.Request, place gazetteer.Place) error {
	if wantsText(r) {
		return t.textInstead(w, r, place)
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return refusal(http.StatusBadRequest, "error.form")
	}
	a, err := askedOf(query)
	if err != nil {
		return err
	}
	s := search{page: pageOf(query.Get("page")), asked: a}
	if query.Get(keptQuery) != "" {
		s = toKeep(s)
	}
	path := areaPath(place)
	page := t.results(t.Editions.Edition(), originOf(place), s, path)
	if query.Get("took") != "" {
		note := views.Note{Text: t.say.T("results.took", "place", t.placeName(place))}
		page.Notes = append([]views.Note{note}, page.Notes...)
	}
	if s.keep {
		page.Notes = append([]views.Note{{Text: t.say.T("offline.kept_on", "date", t.say.Date(t.Now()))}}, page.Notes...)
		return t.render(w, http.StatusOK, cachePrivate, views.ResultsPage(page))
	}
	return t.render(w, http.StatusOK, cacheArea, views.ResultsPage(page))
}

// renderNothing is the page for a text that is no place: it keeps what was
// typed, and offers other ways.
func (t *tongue) renderNothing(w http.ResponseWriter, status int, s search, key string) error {
	page := views.Nothing{
		Page:      locating(t.newPage(t.say.T("nothing.title"), "")),
		Emergency: t.emergencyLinks(),
		Heading:   t.say.T("nothing.heading"),
		Problem:   t.say.T("nothing.check"),
		Form:      t.form(s.text, s.asked),
		Areas: []views.Link{
			{Text: t.say.T("nothing.us"), Href: t.path("/us")},
			{Text: t.say.T("nothing.ca"), Href: t.path("/ca")},
		},
		Lines: t.lines("us", ""),
	}
	if key == "nothing.empty" {
		page.Heading, page.Problem = t.say.T("nothing.heading_empty"), t.say.T(key)
	}
	page.Form.Error = t.say.T(key)
	return t.render(w, status, cachePrivate, views.NothingPage(page))
}

// which asks which of several places of one name is meant.
func (t *tongue) which(places []gazetteer.Place, s search) views.Which {
	page := views.Which{
		Page:    locating(t.newPage(t.say.T("which.title"), "")),
		Heading: t.say.T("which.heading", "text", s.text),
		Form:    t.form(s.text, s.asked),
	}
	for _, p := range places {
		if path := areaPath(p); path != "" {
			page.Places = append(page.Places, views.Link{Text: t.longName(p), Href: t.path(path) + s.asked.query()})
		}
	}
	return page
}

// longName tells a place from others of its name: "Springfield, Missouri".
func (t *tongue) longName(p gazetteer.Place) string {
	state, ok := t.Places.Area(strings.ToLower(p.Country), strings.ToLower(p.Region), "")
	if !ok || p.Kind == gazetteer.State {
		return p.Name
	}
	return p.Name + ", " + state.Name
}
