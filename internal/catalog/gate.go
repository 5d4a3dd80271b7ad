package catalog

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"carrypoint/internal/site"
	"github.com/paulmach/orb/geo"
)

// A Reason is why a person should look at a run before it is applied.
type Reason struct {
	Code string `json:"code"`
	Text string `json:"text"`
	// Stops says that the run is not applied without a second word. What does not
	// stop it only keeps it from being applied while nobody looks.
	Stops bool `json:"stops"`
}

// The gates. A dataset that loses a tenth of what it had, moves across town or
// comes from another host has gone wrong more often than it has changed
// (security.md, threat 12).
const (
	maxLostShare  = 0.10
	maxMoved      = 20
	maxMovedShare = 0.10 // of the listed sites, where that is fewer than maxMoved
	movedMetres   = 1000
	maxHostShare  = 0.10 // of the sites with a web address
	maxSameShare  = 0.50 // of the sites with a phone number
	fewestForSame = 10   // fewer may well share the number of one programme

	maxRewrittenShare = 0.50 // of the listed sites: a column was sorted alone, or another one has its name
	maxNewShare       = 1.00 // of the listed sites: twice as many is another dataset
	fewestNew         = 20   // a small list may well double
	fewestToTell      = 3    // in a list of fewer, every change is a large share
)

// A tally counts, while a run is read, what its gates ask about.
type tally struct {
	listed    int // sites in force before
	removed   int // missing since this run, withdrawn, or not readable any more
	blanked   int // that lost something they said
	moved     int
	fresh     int                // sites that were not listed
	rewritten map[site.Facet]int // listed sites of which it says something else now
	withURL   int                // that had a web address and still have one
	hosts     int                // whose address went to another host
	phones    map[string]int
	oldPhones map[string]int
}

// compare counts what became of one listed site.
func (t *tally) compare(before, after *site.Site) {
	if blanked(before, after) {
		t.blanked++
	}
	if movedFar(before, after) {
		t.moved++
	}
	for _, d := range site.Differences(before, after) {
		if _, supply := d.Facet.Supply(); supply || d.Before != "" && d.After != "" && slices.Contains(telling, d.Facet) {
			t.rewritten[d.Facet]++
		}
	}
	if was, is := host(before.URL), host(after.URL); was != "" && is != "" {
		t.withURL++
		if was != is {
			t.hosts++
		}
	}
}

// movedFar says whether a pin moved by more than a walk across the street.
func movedFar(before, after *site.Site) bool {
	return before.Position.Mapped() && after.Position.Mapped() && geo.DistanceHaversine(before.Position.Point, after.Position.Point) > movedMetres
}

// telling are the facets by which people find a site, beside its supplies.
var telling = []site.Facet{site.FacetName, site.FacetAddress, site.FacetPhones, site.FacetHours}

// phone counts the first number of a site that the run holds.
func (t *tally) phone(s *site.Site) {
	if len(s.Phones) > 0 && s.Phones[0].Dial != "" {
		t.phones[s.Phones[0].Dial]++
	}
}

// blanked says whether a site lost anything that a person needs.
func blanked(before, after *site.Site) bool {
	return before.Name != "" && after.Name == "" ||
		before.Address.Street != "" && after.Address.Street == "" ||
		before.Position.Mapped() && !after.Position.Mapped() ||
		len(before.Phones) > 0 && len(after.Phones) == 0 ||
		before.Hours.Raw != "" && after.Hours.Raw == "" ||
		len(before.Supplies) > 0 && len(after.Supplies) == 0 ||
		before.Supplies.Has(site.Naloxone) == site.Yes && after.Supplies.Has(site.Naloxone) != site.Yes
}

// reasons are the gates that the run does not pass. oldAddress is where the
// source was read from by the run in force; empty where there is none.
func (t *tally) reasons(oldAddress, address string) []Reason {
	var all []Reason
	stop := func(code, text string, args ...any) {
		all = append(all, Reason{code, fmt.Sprintf(text, args...), true})
	}
	doubt := func(code, text string, args ...any) {
		all = append(all, Reason{code, fmt.Sprintf(text, args...), false})
	}
	if lost := t.removed + t.blanked; t.listed > 0 && float64(lost) > maxLostShare*float64(t.listed) {
		stop("removed_or_blanked", "%d of %d listed sites are gone or say less than before: %d are gone, %d say less", lost, t.listed, t.removed, t.blanked)
	}
	switch {
	case t.moved > maxMoved:
		stop("moved", "%d sites moved by more than %d km", t.moved, movedMetres/1000)
	case t.moved >= fewestToTell && float64(t.moved) > maxMovedShare*float64(t.listed):
		doubt("moved", "%d of %d listed sites moved by more than %d km", t.moved, t.listed, movedMetres/1000)
	}
	for _, facet := range slices.Sorted(maps.Keys(t.rewritten)) {
		if n := t.rewritten[facet]; n >= fewestToTell && float64(n) > maxRewrittenShare*float64(t.listed) {
			doubt("rewritten", "the %s of %d of %d listed sites are other ones now", facet, n, t.listed)
		}
	}
	if t.listed > 0 && t.fresh > fewestNew && float64(t.fresh) > maxNewShare*float64(t.listed) {
		doubt("flood", "%d sites are new, and %d were listed", t.fresh, t.listed)
	}
	if was, is := host(oldAddress), host(address); was != "" && was != is {
		stop("host_changed", "the dataset came from %q before and comes from %q now", was, is)
	}
	if t.hosts >= fewestToTell && float64(t.hosts) > maxHostShare*float64(t.withURL) {
		stop("site_hosts_changed", "the web addresses of %d of %d sites lead to another host", t.hosts, t.withURL)
	}
	if number, n := most(t.phones); t.listed > 0 && n >= fewestForSame && float64(n) > maxSameShare*float64(sum(t.phones)) && t.oldPhones[number] < n/2 {
		stop("one_phone", "%d of %d sites now have the same phone number, %s", n, sum(t.phones), number)
	}
	return all
}

func most(counts map[string]int) (string, int) {
	var key string
	n := 0
	for k, v := range counts {
		if v > n || v == n && k < key {
			key, n = k, v
		}
	}
	return key, n
}

func sum(counts map[string]int) int {
	n := 0
	for _, v := range counts {
		n += v
	}
	return n
}

// host is the host of a web address; empty for a file's path.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
