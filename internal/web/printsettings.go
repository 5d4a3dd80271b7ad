package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/sheet"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// settings are the choices for the address of the settings page, which has the
// format among them.
func (p *Printing) settings(language string) url.Values {
	v := p.values(language)
	if p.Format != sheet.Full {
		v.Set("format", string(p.Format))
	}
	return v
}

// printSettings is the page on which a sheet is set up.
func (t *tongue) printSettings(w http.ResponseWriter, p Printing) error {
	return t.render(w, http.StatusOK, cacheArea, views.PrintPage(t.printPage(p)))
}

func (t *tongue) printPage(p Printing) views.Print {
	view, list := t.in(p.Languages[0]).sheet(p, "")
	paper := countedSheet(view, list, p.Format)
	values := queryOf(p.values(t.say.Tag))
	page := views.Print{
		Page:      t.newPage(t.say.T("print.title"), p.path()+queryOf(p.settings(t.say.Tag))),
		Heading:   t.printHeading(p),
		Count:     t.printCount(paper),
		Notes:     t.printNotes(p, paper),
		Action:    t.path(p.path()),
		Format:    t.formats(p),
		Languages: t.languageSelects(p),
		Paper:     t.papers(p),
		Day:       t.sheetDays(p),
		Ticks: []views.Check{
			{Name: "title", Value: "plain", Label: t.say.T("print.discreet"), Checked: p.Discreet},
			{Name: "older", Value: "1", Label: t.say.T("print.older"), Checked: p.Older},
		},
		Sheet: views.Link{Text: t.say.T("print.open"), Href: t.path(p.path()+"/"+string(p.Format)) + values},
		How:   t.numbered("print.how"),
	}
	page.Page.NoIndex = true
	if p.around() {
		page.Radius = t.radiusSelect(p)
	}
	page.Kept, page.Picked = keptOf(p), t.pickedChecks(p)
	if t.PDFs == nil {
		page.NoPDF = t.say.T("print.no_pdf")
	} else {
		page.PDF = &views.Link{Text: t.say.T("print.pdf"), Href: t.path(p.path()+"/"+string(p.Format)+pdfSuffix) + values}
	}
	return page
}

func (t *tongue) printHeading(p Printing) string {
	if len(p.IDs) > 0 {
		return t.say.T("print.heading", "place", t.say.N("print.picked", len(p.IDs)))
	}
	return t.say.T("print.heading", "place", t.sheetPlace(p.Place))
}

// printCount is "34 places, about 5 pages."
func (t *tongue) printCount(paper Paper) string {
	places, pages := t.say.N("areas.places", paper.Places), t.say.N("print.pages", paper.Pages)
	if paper.Pages <= 2 {
		return t.say.T("print.count_exact", "places", places, "pages", pages)
	}
	return t.say.T("print.count", "places", places, "pages", pages)
}

// printNotes say what is left out; older listings are offered.
func (t *tongue) printNotes(p Printing, paper Paper) []views.Note {
	var notes []views.Note
	for _, reason := range sheet.Reasons() {
		n := paper.LeftOut[reason]
		switch {
		case n == 0:
		case reason == sheet.Hidden:
			notes = append(notes, t.hiddenNote(n)...)
		default:
			notes = append(notes, views.Note{Text: t.say.N("sheet.left."+string(reason), n, "most", strconv.Itoa(sheet.MaxSites))})
		}
		if n > 0 && reason == sheet.TooOld {
			with := p
			with.Older = true
			notes[len(notes)-1].Link = &views.Link{
				Text: t.say.N("print.with_older", n), Href: t.path(p.path()) + queryOf(with.settings(t.say.Tag)),
			}
		}
	}
	return notes
}

func (t *tongue) formats(p Printing) []views.Described {
	var all []views.Described
	for _, f := range sheet.Formats() {
		key := "print.format." + string(f)
		all = append(all, views.Described{
			Check: views.Check{Name: "format", Value: string(f), Label: t.say.T(key), Checked: f == p.Format}, Text: words.Capital(t.say.T(key + ".text")),
		})
	}
	return all
}

func (t *tongue) papers(p Printing) []views.Check {
	var all []views.Check
	for _, paper := range sheet.Papers() {
		all = append(all, views.Check{Name: "paper", Value: string(paper), Label: t.say.T("print.paper." + string(paper)), Checked: paper == p.Paper})
	}
	return all
}

// languageSelects are two, both of the name lang: the second may be none.
func (t *tongue) languageSelects(p Printing) []views.Select {
	first := views.Select{Name: "lang", Label: t.say.T("print.language")}
	second := views.Select{Name: "lang", Label: t.say.T("print.second"), Options: []views.Option{{Label: t.say.T("print.no_second"), Selected: len(p.Languages) == 1}}}
	for _, l := range t.Words.Languages() {
		first.Options = append(first.Options, views.Option{Value: l.Tag, Label: l.Name, Selected: l.Tag == p.Languages[0]})
		second.Options = append(second.Options, views.Option{Value: l.Tag, Label: l.Name, Selected: slices.Contains(p.Languages[1:], l.Tag)})
	}
	return []views.Select{first, second}
}

func (t *tongue) sheetDays(p Printing) views.Select {
	day := time.Weekday(-1) // none of them
	if p.Day != nil {
		day = *p.Day
	}
	s := t.daySelect(asked{open: "at", day: day})
	s.Label = t.say.T("print.day")
	s.Options = slices.Insert(s.Options, 0, views.Option{Label: t.say.T("print.any_day"), Selected: p.Day == nil})
	return s
}

func (t *tongue) radiusSelect(p Printing) *views.Select {
	unit := unitOf(p.Place)
	s := &views.Select{Name: "radius", Label: t.say.T("print.radius")}
	offered := radii[unit]
	if !slices.Contains(offered, p.Radius) {
		offered = append([]float64{p.Radius}, offered...)
	}
	for _, r := range offered {
		length, _ := t.say.Length(r*unit.Metres(), unit, 0.1)
		s.Options = append(s.Options, views.Option{Value: radiusText(r, unit), Label: t.say.T("print.radius_of", "distance", length), Selected: r == p.Radius})
	}
	return s
}

// pickedChecks are the sites picked by hand. One that is no longer listed has no
// name; the notes count it.
func (t *tongue) pickedChecks(p Printing) []views.Check {
	var checks []views.Check
	for _, id := range p.IDs {
		if hit, err := t.Editions.Edition().Site(id, t.Now()); err == nil {
			checks = append(checks, views.Check{Name: "site", Value: id, Label: hit.Site.Name, Checked: true})
		}
	}
	return checks
}

// keptOf are the choices that the form has no field for.
func keptOf(p Printing) []views.Check {
	var kept []views.Check
	asked := p.Asked.values()
	for _, name := range paperFilters {
		for _, value := range asked[name] {
			kept = append(kept, views.Check{Name: name, Value: value})
		}
	}
	return kept
}

// printStart asks for a place.
func (t *tongue) printStart(w http.ResponseWriter, _ *http.Request) error {
	return t.render(w, http.StatusOK, cacheText, views.PrintStartPage(t.startPage("", "")))
}

func (t *tongue) startPage(text, problem string) views.PrintStart {
	page := views.PrintStart{
		Page: t.newPage(t.say.T("print.title"), printRoot), Action: t.path(printRoot), Text: text, How: t.numbered("print.how"),
	}
	if problem != "" {
		page.Error, page.Emergency = t.say.T(problem), t.emergencyLinks()
	}
	for _, country := range countries {
		for _, state := range t.Places.States(strings.ToUpper(country)) {
			page.States = append(page.States, views.Link{Text: state.Name, Href: t.path(printRoot + areaPath(state))})
		}
	}
	return page
}

// postPrint leads from a typed place to the settings for its area. A position or an
// address leads to those of its town: a sheet is for many, and its address is kept.
func (t *tongue) postPrint(w http.ResponseWriter, r *http.Request) error {
	s, err := parseSearch(r)
	if err != nil {
		return err
	}
	answer := t.Places.Resolve(s.text)
	if len(answer.Places) == 0 {
		return t.render(w, http.StatusOK, cachePrivate, views.PrintStartPage(t.startPage(s.text, unknown(s.text))))
	}
	if answer.Ask && slices.ContainsFunc(answer.Places, hasPage) {
		which := t.which(answer.Places, s)
		for i, p := range slices.DeleteFunc(answer.Places, func(p gazetteer.Place) bool { return !hasPage(p) }) {
			which.Places[i].Href = t.path(printRoot + areaPath(p))
		}
		return t.render(w, http.StatusOK, cachePrivate, views.WhichPage(which))
	}
	place := answer.Places[0]
	if !hasPage(place) {
		place = t.originAt(place.Point, site.Exact).place
	}
	if !hasPage(place) {
		return t.render(w, http.StatusOK, cachePrivate, views.PrintStartPage(t.startPage(s.text, unknown(s.text))))
	}
	http.Redirect(w, r, t.path(printRoot+areaPath(place)), http.StatusSeeOther)
	return nil
}
