package web

import (
	"net/http"

	"carrypoint/views"
)

func (t *tongue) home(w http.ResponseWriter, _ *http.Request) error {
	e := t.Editions.Edition()
	page := views.Home{
		Page:  locating(t.newPage(t.say.T("home.title"), "/")),
		Form:  t.wholeForm(),
		Count: t.say.N("home.count", t.listedAll(e)),
		Ways:  t.waysFrom("/"),
	}
	page.Manifest = t.path(manifestPath)
	for _, country := range countries {
		region := views.Region{Name: t.say.T("areas." + country)}
		for _, state := range t.stateLinks(e, country) {
			region.Links = append(region.Links, state.Link)
		}
		page.Regions = append(page.Regions, region)
	}
	return t.render(w, http.StatusOK, cacheArea, views.HomePage(page))
}
