package web

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/site"
	"carrypoint/views"
)

// olderLast puts the older listings of a page below the others, each part in its
// own order, and counts the others: an older one is never first while the page
// has a fresher one.
func (t *tongue) olderLast(hits []edition.Hit, now time.Time) (sorted []edition.Hit, confirmed int) {
	sorted, older := make([]edition.Hit, 0, len(hits)), make([]edition.Hit, 0, len(hits))
	for _, h := range hits {
		if t.Policy.Of(h.Site, now) == site.Older {
			older = append(older, h)
		} else {
			sorted = append(sorted, h)
		}
	}
	return append(sorted, older...), len(sorted)
}

// olderText says of older listings that nobody has confirmed them.
func (t *tongue) olderText(older []edition.Hit, now time.Time) string {
	if slices.ContainsFunc(older, func(h edition.Hit) bool { return t.tell().WasChecked(h.Site) }) {
		return t.say.T("older.long_ago")
	}
	return t.say.T("older.never")
}

// byDistance says whether the hits are in the order of their distances.
func byDistance(hits []edition.Hit) bool {
	return slices.IsSortedFunc(hits, nearer)
}

func nearer(a, b edition.Hit) int { return cmp.Compare(a.Metres, b.Metres) }

// How far a list goes: 100 miles, or to the first few where nothing is nearer.
// What is further away helps nobody, and hides what comes by mail.
const (
	reachMetres = 160_934
	fewest      = 3
)

// reach is how many of the hits after the first skip a list shows. It ends by
// rank, so that a fresher place just beyond ends no list that has more.
func reach(hits []edition.Hit, skip int, p site.Policy) int {
	n := 0
	for n < len(hits) && (hits[n].Rank <= reachMetres+float64(p.RankBehindMetres) || skip+n < fewest) {
		n++
	}
	return n
}

// nearestOf is the hit with the least distance, which need not be the first.
func nearestOf(hits []edition.Hit) edition.Hit { return slices.MinFunc(hits, nearer) }

// hiddenNote tells how many places the operator's rule keeps out.
func (t *tongue) hiddenNote(n int) []views.Note {
	if n == 0 {
		return nil
	}
	return []views.Note{{Text: t.hiddenText(n)}}
}

func (t *tongue) hiddenText(n int) string {
	return t.say.N("left_out.hidden", n, "days", strconv.Itoa(t.Policy.HideAfterDays))
}

// listedIn counts the places of an area that lists may show.
func (t *tongue) listedIn(e *edition.Edition, area edition.Area) int {
	return e.Count(area) - e.HiddenIn(area, t.Policy, t.Now())
}

// listedAll counts those of the whole edition.
func (t *tongue) listedAll(e *edition.Edition) int { return e.Len() - e.Hidden(t.Policy, t.Now()) }
