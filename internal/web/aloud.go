package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/help"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
)

// A list as plain text is for reading aloud, for a text message, for a screen of a
// few lines, and for curl. It is read on another day too, so it gives listed hours
// and never says "open now".
const (
	// maxTextRunes is what a text message of six parts, or two minutes of reading
	// aloud, can carry. A text has fewer.
	maxTextRunes = 1000
	// mostAloud is how many places a person can keep in mind.
	mostAloud = 5
	// fewestAloud are more use than a number to call, where there is no room for both.
	fewestAloud = 2
	// maxHoursRunes is how long hours may be before a call is the better answer.
	maxHoursRunes = 160
	// maxAddressRunes is how long the address of the list may be to be typed from a text.
	maxAddressRunes = 80
	// countedPlaces is how many further places are counted: more is "more than".
	countedPlaces = 50
)

// textRoot is where the lists as plain text stand: /t/94103, /t/us/oh/dayton.
const textRoot = "/t"

// wantsText says whether a request for the page of an area wants plain text: it
// says so, or it is curl, which takes anything. Others that take anything, such as
// the worker of a phone, want the page.
func wantsText(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	if strings.Contains(accept, "text/html") {
		return false
	}
	return strings.Contains(accept, "text/plain") || accept == "*/*" && strings.HasPrefix(r.UserAgent(), "curl/")
}

// textHelp says how to ask for a list as text.
func (t *tongue) textHelp(w http.ResponseWriter, r *http.Request) error {
	t.sendText(w, http.StatusOK, cacheText, t.emergency(), t.howToAsk(r, exampleCode))
	return nil
}

// textOfCode is the list around a ZIP or a Canadian postal area.
func (t *tongue) textOfCode(w http.ResponseWriter, r *http.Request) error {
	code := r.PathValue("code")
	if country := strings.ToLower(code); country == "us" || country == "ca" {
		return t.textHelp(w, r)
	}
	place, ok := t.Places.Postcode(code)
	return t.textOf(w, r, place, ok)
}

// textOfArea is that of a town or a county; a state has no middle to measure from.
func (t *tongue) textOfArea(w http.ResponseWriter, r *http.Request) error {
	country, region, slug := r.PathValue("country"), strings.ToLower(r.PathValue("region")), strings.ToLower(r.PathValue("slug"))
	if country == "near" && slug == "" {
		place, ok := t.Places.Postcode(r.PathValue("region"))
		return t.textOf(w, r, place, ok)
	}
	place, ok := t.Places.Area(strings.ToLower(country), region, slug)
	return t.textOf(w, r, place, ok)
}

func (t *tongue) textOf(w http.ResponseWriter, r *http.Request, place gazetteer.Place, ok bool) error {
	if !ok {
		t.sendText(w, http.StatusNotFound, cachePrivate, t.emergency(), together(t.say.Sentence(t.say.T("error.no_area.heading")), t.howToAsk(r, exampleCode)))
		return nil
	}
	return t.sendList(w, r, place, cacheArea)
}

// textInstead answers for the page of an area where the request wants text. No cache
// may keep it: it would give the text to a browser.
func (t *tongue) textInstead(w http.ResponseWriter, r *http.Request, place gazetteer.Place) error {
	w.Header().Add("Vary", "Accept, User-Agent")
	return t.sendList(w, r, place, cachePrivate)
}

func (t *tongue) sendList(w http.ResponseWriter, r *http.Request, place gazetteer.Place, cache string) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return refusal(http.StatusBadRequest, "error.form")
	}
	a, err := askedOf(query)
	if err != nil {
		return err
	}
	e := t.Editions.Edition()
	if place.Kind == gazetteer.State {
		t.sendText(w, http.StatusOK, cache, t.ofState(e, place, r)...)
		return nil
	}
	address := t.address(r) + t.path(areaPath(place)) + a.query()
	t.sendText(w, http.StatusOK, cache, t.list(e, place, a, address)...)
	return nil
}

// ofState is the text of a state: how many places it has and in which towns, how to
// ask for one of these, and whom to call. Where there are too many towns to name,
// none is.
func (t *tongue) ofState(e *edition.Edition, state gazetteer.Place, r *http.Request) []string {
	country, region := strings.ToLower(state.Country), strings.ToLower(state.Region)
	_, towns := t.areasIn(e, country, region)
	var names []string
	example := exampleCode
	for i, town := range towns {
		if i == 0 {
			example = strings.TrimPrefix(town.Href, t.prefix)
		}
		names = append(names, town.Text)
	}
	start := []string{t.emergency(), t.count(e, edition.Area{Country: country, Region: region}, state.Name)}
	end := []string{t.howToAsk(r, example), t.whomToCall(state, nil), t.colophon(e)}
	if len(names) > 0 {
		named := slices.Concat(start, []string{t.say.T("text.towns", "list", t.say.List(names))}, end)
		if fits(named) {
			return named
		}
	}
	return slices.Concat(start, end)
}

// list is the text of a list, in paragraphs: what to do in an emergency, the nearest
// places, whom to call where none of them has a number, how many more there are and
// where, and what the text is made from. Where it grows too long, places are left
// out from its end.
func (t *tongue) list(e *edition.Edition, place gazetteer.Place, a asked, address string) []string {
	o := originOf(place)
	now := t.Now()
	within := t.countyOf(e, place, areaPath(place))
	filter := a.filter(now)
	filter.Within = within
	found := e.Ranked(o.point, filter, t.Policy, now, 0, mostAloud+countedPlaces)
	hits := found.Hits[:reach(found.Hits, 0, t.Policy)]
	nearest, _ := t.olderLast(hits[:min(pageSize, len(hits))], now) // as the page has them
	nearest = nearest[:min(mostAloud, len(nearest))]
	start := []string{t.emergency(), together(t.say.Sentence(t.heading(o, within)), t.choices(a), t.textLead(nearest))}
	var told []string
	for i, h := range nearest {
		told = append(told, strconv.Itoa(i+1)+". "+t.aloud(o, h))
	}
	all := func(shown int, call string) []string {
		return slices.Concat(start, told[:shown], []string{call, t.rest(found, len(hits)-shown, address), t.colophon(e)})
	}
	for shown := len(told); ; shown-- {
		call := t.whomToCall(place, nearest[:shown])
		if text := all(shown, call); fits(text) {
			return text
		}
		if text := all(shown, ""); shown <= fewestAloud && fits(text) || shown == 0 {
			return text
		}
	}
}

// fits says whether a text is short enough to be listened to.
func fits(paragraphs []string) bool { return utf8.RuneCountInString(joined(paragraphs)) < maxTextRunes }

// textLead says how distances are meant, or that there is no place.
func (t *tongue) textLead(nearest []edition.Hit) string {
	if len(nearest) == 0 {
		return t.say.T("results.none")
	}
	return t.say.T("results.measured_you")
}

// aloud is one place in sentences: how far, where, when, whom to call, what they are
// listed to have, and how sure we are.
func (t *tongue) aloud(o origin, h edition.Hit) string {
	s := h.Site
	said := []string{s.Name, t.farAloud(o, h), facts.AddressLine(s), t.hoursAloud(s), t.phoneAloud(s), t.tell().SuppliesAloud(s)}
	for i, text := range said {
		if text != "" {
			said[i] = t.say.Sentence(text)
		}
	}
	return together(said...)
}

// farAloud is the distance alone: the address says what is known of where it ends.
// In the very area that was asked for there is none.
func (t *tongue) farAloud(o origin, h edition.Hit) string {
	if !h.Site.Position.Mapped() && sameArea(o, h.Site) {
		return ""
	}
	return words.Capital(t.length(o, h))
}

// hoursAloud are the listed hours; where they are long, that one should call.
func (t *tongue) hoursAloud(s *site.Site) string {
	listed := t.tell().HoursAloud(s)
	if utf8.RuneCountInString(listed) > maxHoursRunes {
		return together(t.say.T("text.hours_long"), t.tell().CallFirst(s))
	}
	return listed
}

// phoneAloud is the first number, or the code to write to.
func (t *tongue) phoneAloud(s *site.Site) string {
	phones := t.tell().Phones(s)
	switch {
	case len(phones) == 0:
		return ""
	case s.Phones[0].TextCode():
		return phones[0].Text
	}
	return t.say.T("text.phone", "number", phones[0].Text)
}

// choices are the filters in force, as a sentence.
func (t *tongue) choices(a asked) string {
	var names []string
	for _, choice := range t.chosen(a, "/") {
		names = append(names, choice.Text)
	}
	if len(names) == 0 {
		return ""
	}
	return t.say.Sentence(t.say.T("results.chosen") + " " + t.say.List(names))
}

// whomToCall are the lines that know where to get supplies around a place, and
// whether anybody has called them: for whom no place that is told has a number.
func (t *tongue) whomToCall(p gazetteer.Place, told []edition.Hit) string {
	if slices.ContainsFunc(told, func(h edition.Hit) bool { return len(h.Site.Phones) > 0 }) {
		return ""
	}
	var said []string
	for _, l := range t.Help.Lines.Of(p.Country, p.Region) {
		if l.Use == help.Supplies {
			said = append(said, t.say.Sentence(t.line(l).Name+" "+t.say.Apart(l.Number)), t.tested(l).Text)
		}
	}
	return together(said...)
}

// rest says how many more places the list has, and where it is.
func (t *tongue) rest(found edition.Found, more int, address string) string {
	said := t.say.T("sheet.newest")
	switch {
	case found.More && more >= countedPlaces:
		said = t.say.T("text.more_than", "n", strconv.Itoa(countedPlaces))
	case more > 0:
		said = t.say.N("sheet.more", more)
	}
	if utf8.RuneCountInString(address) <= maxAddressRunes {
		return said + " " + t.say.Apart(address)
	}
	if more > 0 {
		return said
	}
	return ""
}

// emergency is what to do when somebody does not wake up: it comes first.
func (t *tongue) emergency() string {
	return t.say.T("sheet.overdose", "number", t.EmergencyNumber())
}

// exampleCode is asked for as an example where no town is at hand.
const exampleCode = "/94103"

// howToAsk says how to ask for a list as text.
func (t *tongue) howToAsk(r *http.Request, example string) string {
	return t.say.T("text.ask") + " " + t.say.Apart(t.address(r)+t.path(textRoot+example))
}

// colophon says of when the list is, and the text. No name of the edition: it is
// twelve letters and digits, and a voice reads each.
func (t *tongue) colophon(e *edition.Edition) string {
	return together(t.say.T("text.list", "date", t.say.Date(e.Meta.Made)), t.say.T("text.made", "date", t.say.Date(t.Now())), t.say.Unchecked())
}

// together puts sentences after one another.
func together(sentences ...string) string { return strings.Join(heard(sentences), " ") }

// heard are those of some texts that say something.
func heard(texts []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return text == "" })
}

// joined puts paragraphs together, each with an empty line after it.
func joined(paragraphs []string) string { return strings.Join(heard(paragraphs), "\n\n") + "\n" }

func (t *tongue) sendText(w http.ResponseWriter, status int, cache string, paragraphs ...string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Language", t.say.Tag)
	h.Set("Cache-Control", cache)
	w.WriteHeader(status)
	_, _ = w.Write(t.say.Closed([]byte(joined(paragraphs)))) // the person has gone: there is nobody to tell
}
