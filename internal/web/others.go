package web

import (
	"math"
	"strings"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/views"
)

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
	g := views.Group{Heading: t.say.T(key, "state", state.Name), Text: t.say.T(key+"_text", "state", state.Name)}
	for _, h := range hits[:min(most, len(hits))] {
		g.Cards = append(g.Cards, t.shortCard(h))
	}
	if len(hits) > most {
		g.More = &views.Link{Text: t.say.T("others.more", "state", state.Name), Href: t.path(areaPath(state))}
	}
	return g
}
