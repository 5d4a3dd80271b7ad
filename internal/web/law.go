package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/help"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// lawStatus are the words of each status.
var lawStatus = map[help.Status]string{
	help.Legal: "law.status.legal", help.FentanylOnly: "law.status.fentanyl_only", help.Paraphernalia: "law.status.paraphernalia",
	help.Unclear: "law.status.unclear", help.NotReviewed: "law.status.not_reviewed",
}

// law is the index of the places whose law may differ.
func (t *tongue) law(w http.ResponseWriter, _ *http.Request) error {
	page := t.lawPage(t.say.T("law.heading"), "/law")
	for _, country := range countries {
		group := t.lawPlaces(country)
		whole := views.Link{Text: t.say.T("law.all_" + country), Href: t.path("/law/" + country)}
		group.Links = slices.Insert(group.Links, 0, views.Counted{Link: whole})
		page.Places = append(page.Places, group)
	}
	return t.render(w, http.StatusOK, cacheText, views.LawPage(page))
}

// lawOfCountry is what holds in all of a country, and the index of its regions.
func (t *tongue) lawOfCountry(country string) handler {
	return func(w http.ResponseWriter, _ *http.Request) error {
		page := t.lawPage(t.say.T("law.heading_"+country), "/law/"+country)
		page.Up = &views.Link{Text: t.say.T("law.heading"), Href: t.path("/law")}
		t.addNotes(&page, country)
		page.Places = []views.AreaGroup{t.lawPlaces(country)}
		return t.render(w, http.StatusOK, cacheText, views.LawPage(page))
	}
}

// lawOfRegion is what is known of one state or province: of most, nothing.
func (t *tongue) lawOfRegion(country string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		state, ok := t.Places.Area(country, r.PathValue("region"), "")
		if !ok {
			return refusal(http.StatusNotFound, "error.no_area")
		}
		page := t.lawPage(t.say.T("law.heading_in", "place", state.Name), lawPath(state))
		page.Up = &views.Link{Text: t.say.T("law.heading_" + country), Href: t.path("/law/" + country)}
		place := t.Help.Law.Of(country, state.Region)
		for _, topic := range help.Topics() {
			page.Rulings = append(page.Rulings, t.ruling(topic, place.Rule(topic)))
			t.disown(&page, place.Rule(topic))
		}
		t.addNotes(&page, country)
		return t.render(w, http.StatusOK, cacheText, views.LawPage(page))
	}
}

func (t *tongue) lawPage(heading, path string) views.Law {
	return views.Law{
		Page:    t.helpPage(heading, path),
		Heading: heading,
		Lead:    t.say.T("law.lead"),
		Call:    t.say.T("law.call", "number", t.EmergencyNumber()),
		Ways:    t.waysFrom("/law"),
	}
}

// lawPath is where the law of a state stands, without the language.
func lawPath(state gazetteer.Place) string { return "/law" + areaPath(state) }

// lawCard is the line about the law on the list of a state: what may be said of
// fentanyl strips there.
func (t *tongue) lawCard(state gazetteer.Place) *views.Link {
	status := t.Help.Law.Shown(t.Help.Law.Of(state.Country, state.Region).FentanylStrips, t.Now())
	return &views.Link{
		Text: t.say.T("law.card", "state", state.Name, "status", t.say.T(lawStatus[status])),
		Href: t.path(lawPath(state)),
	}
}

func (t *tongue) lawPlaces(country string) views.AreaGroup {
	group := views.AreaGroup{Heading: t.say.T("areas.states_" + country)}
	for _, state := range t.Places.States(strings.ToUpper(country)) {
		group.Links = append(group.Links, views.Counted{
			Link: views.Link{Text: state.Name, Href: t.path(lawPath(state))}, Count: t.lawKnown(country, state.Region),
		})
	}
	return group
}

// lawKnown says whether anybody has read or reviewed anything of a place: the best
// that may be said of one of its topics.
func (t *tongue) lawKnown(country, region string) string {
	place := t.Help.Law.Of(country, region)
	text := ""
	for _, topic := range help.Topics() {
		switch rule := place.Rule(topic); {
		case rule.ReviewedBy == "" && rule.Known():
			text = cmp.Or(text, t.say.T("law.short.unreviewed"))
		case rule.ReviewedBy == "":
		case !t.Help.Law.Old(rule, t.Now()):
			return t.say.T("law.short.reviewed")
		default:
			text = t.say.T("law.short.old")
		}
	}
	return text
}

// addNotes puts what holds in all of a country on a page, or that nothing of it was
// read.
func (t *tongue) addNotes(page *views.Law, country string) {
	page.NotesFor = t.say.T("law.all_" + country)
	for _, note := range t.Help.Law.Of(country, "").Notes {
		page.Notes = append(page.Notes, t.read(note))
		t.disown(page, note)
	}
	if page.Notes == nil {
		page.Notes = []views.Ruling{{Said: t.nothingRead()}}
	}
}

// disown says of a page with a translated rule that nobody has checked it.
func (t *tongue) disown(page *views.Law, r help.Rule) {
	if slices.ContainsFunc(r.Texts(), func(text help.Text) bool { return t.translates(text) }) {
		t.nobodyChecked(&page.Page)
	}
}

func (t *tongue) nothingRead() []views.Said {
	return []views.Said{{Tag: t.say.Tag, Dir: t.say.Dir, Text: t.say.T("law.nothing")}}
}

// ruling is what may be said of one topic: its status as far as somebody answers
// for it, and below what was read.
func (t *tongue) ruling(topic help.Topic, r help.Rule) views.Ruling {
	shown := t.Help.Law.Shown(r, t.Now())
	ruling := t.read(r)
	ruling.Heading = t.say.T("law." + string(topic))
	ruling.Status = t.say.T(lawStatus[shown])
	ruling.Class = lawClass(shown)
	if topic == help.GoodSamaritan && shown == help.Legal {
		ruling.Status = t.say.T("law.status.protects")
	}
	if !r.Known() {
		ruling.Said = t.nothingRead()
	}
	return ruling
}

// lawClass is open, which is green, only for what a named person found legal not
// long ago.
func lawClass(shown help.Status) string {
	if shown == help.Legal {
		return "open"
	}
	return "far"
}

// read is what was read, where, and who answers for it.
func (t *tongue) read(r help.Rule) views.Ruling {
	var ruling views.Ruling
	if !r.Known() {
		return ruling
	}
	ruling.Said = t.saidIn(r.Text)
	for _, term := range []struct {
		key  string
		text help.Text
	}{{"law.who", r.Who}, {"law.what", r.What}, {"law.what_not", r.WhatNot}} {
		for _, s := range t.saidIn(term.text) {
			ruling.Terms = append(ruling.Terms, views.Term{Name: t.say.T(term.key), Said: s})
		}
	}
	date := t.say.T("law.undated")
	if r.AsOf != "" {
		date = t.say.PartialDate(string(r.AsOf))
	}
	ruling.Read = t.say.T("law.read", "date", date)
	ruling.Source = &views.Link{Text: r.Source, Href: r.SourceURL}
	ruling.Signed = t.signed(r)
	return ruling
}

// signed says who answers for a rule, or that nobody does, and that it is too
// long ago, or nobody knows how long: the review, or, where there is none, what the
// source says.
func (t *tongue) signed(r help.Rule) []string {
	texts := []string{t.say.T("law.unsigned")}
	if r.ReviewedBy != "" {
		texts[0] = t.tell().Reviewed(r.ReviewedBy, r.ReviewedOn)
	}
	if !t.Help.Law.Old(r, t.Now()) {
		return texts
	}
	old := t.say.T("law.age_unknown")
	if r.Dated(t.Now()) {
		old = t.say.N("law.old", t.Help.Law.AgainAfter)
	}
	if r.ReviewedBy == "" {
		return []string{old, texts[0]} // right below the date of the source
	}
	return append(texts, old)
}

// saidIn is a text in this language, else in the master's.
func (t *tongue) saidIn(text help.Text) []views.Said {
	for _, say := range []*words.Language{t.say, t.Words.Language(words.Master)} {
		if own := text[say.Tag]; own != "" {
			return []views.Said{{Tag: say.Tag, Dir: say.Dir, Text: own}}
		}
	}
	return nil
}
