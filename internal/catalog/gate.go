package catalog

import (
	"fmt"
	"net/url"

	"carrypoint/internal/site"
	"github.com/paulmach/orb/geo"
)

// A Reason is why a run stops and asks.
type Reason struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// The gates. A dataset that loses a tenth of what it had, moves across town or
// comes from another host has gone wrong more often than it has changed
// (security.md, threat 12).
const (
	maxLostShare  = 0.10
	maxMoved      = 20
	movedMetres   = 1000
	maxHostShare  = 0.10 // of the sites with a web address
	maxSameShare  = 0.50 // of the sites with a phone number
	fewestForSame = 10   // fewer may well share the number of one programme
)

// A tally counts, while a run is read, what its gates ask about.
type tally struct {
	listed    int // sites in force before
	removed   int // missing since this run, withdrawn, or not readable any more
	blanked   int // that lost something they said
	moved     int
	withURL   int // that had a web address and still have one
	hosts     int // whose address went to another host
	phones    map[string]int
	oldPhones map[string]int
}

// compare counts what became of one listed site.
func (t *tally) compare(before, after *site.Site) {
	if blanked(before, after) {
		t.blanked++
	}
	if before.Position.Mapped() && after.Position.Mapped() && geo.DistanceHaversine(before.Position.Point, after.Position.Point) > movedMetres {
		t.moved++
	}
	if was, is := host(before.URL), host(after.URL); was != "" && is != "" {
		t.withURL++
		if was != is {
			t.hosts++
		}
	}
}

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
		len(before.Supplies) > 0 && len(after.Supplies) == 0
}

// reasons are the gates that the run does not pass. oldAddress is where the
// source was read from by the run in force; empty where there is none.
func (t *tally) reasons(oldAddress, address string) []Reason {
	var all []Reason
	stop := func(code, text string, args ...any) { all = append(all, Reason{code, fmt.Sprintf(text, args...)}) }
	if lost := t.removed + t.blanked; t.listed > 0 && float64(lost) > maxLostShare*float64(t.listed) {
		stop("removed_or_blanked", "%d of %d listed sites are gone or say less than before: %d are gone, %d say less", lost, t.listed, t.removed, t.blanked)
	}
	if t.moved > maxMoved {
		stop("moved", "%d sites moved by more than %d km", t.moved, movedMetres/1000)
	}
	if was, is := host(oldAddress), host(address); was != "" && was != is {
		stop("host_changed", "the dataset came from %q before and comes from %q now", was, is)
	}
	if float64(t.hosts) > maxHostShare*float64(t.withURL) {
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
	return u.Hostname()
}
