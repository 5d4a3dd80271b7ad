package web

import (
	"math"
	"slices"
	"strings"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
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
// state, and places that are on no map. hidden counts those
// that the operator's rule keeps out.
func (t *tongue) others(e *edition.Edition, p gazetteer.Place, f edition.Filter, now time.Time, most limits) (groups []views.Group, hidden int) {
	country, region := strings.ToLower(p.Country), strings.ToLower(p.Region)
	state, ok := t.Places.Area(country, region, "")
	if !ok {
		return nil, 0
	}
	unplaced := e.Unplaced(country, region, f, now)
	for _, list := range []struct {
		key, text string
		hits      []edition.Hit
		most      int
	}{
		{"others.remote", "others.remote_text", e.Remote(country, region, f, now), most.remote},
		{"others.unplaced", unplacedText(unplaced), unplaced, most.unplaced},
	} {
		shown := slices.DeleteFunc(list.hits, func(h edition.Hit) bool { return t.Policy.Of(h.Site, now) == site.Hidden })
		hidden += len(list.hits) - len(shown)
		if len(shown) > 0 {
			group := t.shortList(shown, state, list.most, now)
			group.Heading, group.Text = t.say.T(list.key, "state", state.Name), t.say.T(list.text, "state", state.Name)
			groups = append(groups, group)
		}
	}
	return groups, hidden
}

// unplacedText is why they are on no map: the source gives no address or one that
// could not be placed, or a place asks us not to.
func unplacedText(hits []edition.Hit) string {
	if slices.ContainsFunc(hits, func(h edition.Hit) bool { return h.Site.Consent.Position != site.RevealAll }) {
		return "others.unplaced_asked"
	}
	return "others.unplaced_text"
}

// shortList cuts a list, and what nobody has confirmed first; it says so with a
// link to the whole.
func (t *tongue) shortList(hits []edition.Hit, state gazetteer.Place, most int, now time.Time) (g views.Group) {
	hits, _ = t.olderLast(hits, now)
	for _, h := range hits[:min(most, len(hits))] {
		g.Cards = append(g.Cards, t.shortCard(h, now))
	}
	if len(hits) > most {
		g.More = &views.Link{Text: t.say.T("others.more", "state", state.Name), Href: t.path(areaPath(state))}
	}
	return g
}
