package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/sheet"
	"carrypoint/internal/site"
	"carrypoint/views"
)

func (t *tongue) site(w http.ResponseWriter, r *http.Request) error {
	hit, err := t.Editions.Edition().Site(r.PathValue("id"), t.Now())
	if err != nil {
		return err
	}
	return t.render(w, http.StatusOK, cacheArea, views.SitePage(t.sitePage(hit)))
}

func (t *tongue) sitePage(h edition.Hit) views.Site {
	s, now := h.Site, t.Now()
	page := views.Site{
		Page:         t.newPage(s.Name, "/site/"+s.ID),
		Name:         s.Name,
		Organization: s.Organization,
		Kind:         t.say.T("type." + string(s.Type)),
		Status:       t.status(h, now),
		Phones:       t.tell().Phones(s),
		Supplies:     t.tell().Supplies(s),
		AsListed:     s.SuppliesRaw,
		Terms:        t.tell().TermList(s),
		Eligibility:  s.Eligibility,
		Wait:         s.Wait,
		Languages:    t.tell().Languages(s),
		Notes:        s.Notes,
		Alerts:       t.alerts(s, now),
		Fresh:        []string{t.tell().FreshAlone(s), t.say.T("site.stock")},
	}
	if s.Devices > 1 {
		page.Devices = t.say.N("site.devices", s.Devices)
	}
	t.week(&page, s)
	t.where(&page, s)
	t.waysOn(&page, s)
	t.source(&page, s)
	return page
}

// week is the hours, and what the source says of them where ours do not say it all.
func (t *tongue) week(page *views.Site, s *site.Site) {
	page.Week = facts.CapitalDays(t.tell().Week(s))
	page.HoursNote = t.tell().HoursNote(s)
	if len(page.Week) == 0 || s.HoursScope() != site.ScopeSupply || len(s.Hours.Schedule.Exceptions) > 0 {
		page.HoursRaw = facts.AsListed(s.Hours.Raw)
	}
}

// where is how to get to it, and in.
func (t *tongue) where(page *views.Site, s *site.Site) {
	page.Where = s.AccessPoint
	page.Address = addressLines(s)
	page.PositionNote = t.positionNote(s)
	page.Geo = geoLink(s)
	if s.Kind.Visited() {
		page.Access = t.say.T("step_free." + s.StepFree.String())
	}
}

// waysOn lead from the page: to the site's own, to the places around, to paper.
func (t *tongue) waysOn(page *views.Site, s *site.Site) {
	if s.URL != "" {
		page.Website = &views.Link{Text: host(s.URL), Href: s.URL}
	}
	page.NoContact = t.noContact(s)
	page.Near = t.aroundSite(s)
	if s.Consent.In(site.Print) {
		page.Poster = &views.Link{
			Text: t.say.T("print.this_place"), Href: t.path(printRoot + pickedPath + "?format=" + string(sheet.Poster) + "&site=" + s.ID),
		}
	}
}

// noContact is said of what comes to people when nobody says how to ask for it.
func (t *tongue) noContact(s *site.Site) string {
	if s.Kind.Visited() || len(s.Phones) > 0 || s.URL != "" {
		return ""
	}
	return t.say.T("site.no_contact")
}

// source is who says all this, and under which licence.
func (t *tongue) source(page *views.Site, s *site.Site) {
	page.Source = t.sourceOf(s)
	page.SourceNote = t.say.T("source.note")
	if s.Source.Licence != "" {
		page.Licence = t.say.T("source.licence", "licence", s.Source.Licence)
	}
}

// sourceOf is the page that says all this; without an address where it is on none.
func (t *tongue) sourceOf(s *site.Site) views.Link {
	link := views.Link{Text: s.Source.Publisher, Href: s.Source.URL}
	if link.Text == "" && link.Href != "" {
		link.Text = t.say.T("source.link")
	}
	return link
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// addressLines are none for what comes to people.
func addressLines(s *site.Site) []string {
	if !s.Kind.Visited() {
		return nil
	}
	var lines []string
	town := strings.TrimSpace(strings.Trim(s.Address.City+", "+s.Address.Region, ", ") + " " + s.Address.PostalCode)
	for _, line := range []string{s.Address.Street, town} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// positionNote is honest about the place on the map, where there is none.
func (t *tongue) positionNote(s *site.Site) string {
	switch {
	case !s.Kind.Visited():
		return t.say.T("kind." + string(s.Kind))
	case s.Consent.Position != site.RevealAll:
		return t.withheldNote(s)
	case s.Position.Mapped():
		return ""
	case s.Position.Known():
		return t.say.T("site.not_mapped", "area", s.Position.Of)
	case s.Address.Street != "":
		return t.say.T("site.not_placed")
	}
	return t.say.T("site.no_place")
}

// withheldNote says that the place asks for less to be shown, and what to do.
func (t *tongue) withheldNote(s *site.Site) string {
	var text string
	switch {
	case s.Consent.Position == site.RevealContact:
		text = t.say.T("site.withheld_place")
	case s.Position.Known():
		text = t.say.T("site.withheld_measured", "area", s.Position.Of)
	default:
		text = t.say.T("site.withheld_spot")
	}
	if !s.Position.Known() && len(s.Phones) > 0 {
		text += " " + t.say.T("site.withheld_call")
	}
	return text
}

// alerts stand before everything else on the page: that a place may be gone.
func (t *tongue) alerts(s *site.Site, now time.Time) []string {
	var all []string
	if t.Policy.Of(s, now) == site.Hidden {
		all = append(all, t.say.T("site.hidden"))
	}
	if text := t.tell().Missing(s); text != "" {
		all = append(all, text)
	}
	return all
}

// aroundSite leads to the list of the places around, by the finest area.
func (t *tongue) aroundSite(s *site.Site) *views.Link {
	area := s.Address.Town
	if area == "" {
		area = s.Address.County
	}
	place, ok := t.Places.Area(strings.ToLower(s.Address.Country), strings.ToLower(s.Address.Region), area)
	if !ok {
		return nil
	}
	key := "site.near"
	if place.Kind == gazetteer.State {
		key = "site.in"
	}
	return &views.Link{Text: t.say.T(key, "place", t.placeName(place)), Href: t.path(areaPath(place))}
}
