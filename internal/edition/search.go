package edition

import (
	"slices"

	"github.com/paulmach/orb"

	"carrypoint/internal/nearest"
	"carrypoint/internal/site"
)

// firstBatch is how many sites are looked at first when the filter must look at
// each of them: enough for a page under most filters.
const firstBatch = 64

// maxLooked is how many sites are looked at one by one, at most. What is open
// behind four thousand nearer ones is of no use, and looking takes time.
const maxLooked = 4096

// A search is one question to an edition.
type search struct {
	*Edition
	from   orb.Point
	filter Filter
	policy site.Policy
	today  site.Day
}

// What is kept of the sites that a search looked at, by distance.
type kept struct {
	sites []nearest.Neighbour
	cut   bool    // looking ended before there were enough
	reach float64 // with cut: how far away the last site was that was looked at
}

// near finds those that meet the filter and that the policy does not hide.
func (s *search) near(want int) kept { return s.nearest(want, 0, s.shown()) }

// shown keeps the sites that the policy does not hide; nil keeps all.
func (s *search) shown() func(site.Day) bool {
	if s.policy.HideAfterDays == 0 {
		return nil
	}
	return func(day site.Day) bool { return !s.policy.Hides(day, s.today) }
}

// nearest asks the index for ever more neighbours, as far as reach (0 for any
// distance), until want of them meet the filter. ofDay is asked about the day
// of each one's check; nil keeps all.
func (s *search) nearest(want int, reach float64, ofDay func(site.Day) bool) kept {
	index := s.filter.certain()
	index.Within, index.Keep = reach, s.keep(ofDay)
	if !s.filter.looks() {
		return kept{sites: s.index.Near(nil, s.from, want, index)}
	}
	for batch := firstBatch; ; batch = min(4*batch, maxLooked) {
		near := s.index.Near(nil, s.from, batch, index)
		if len(near) == 0 {
			return kept{}
		}
		all, last := len(near) < batch, near[len(near)-1]
		sites := slices.DeleteFunc(near, func(n nearest.Neighbour) bool { return !s.meets(n.Number) })
		switch {
		case len(sites) >= want:
			return kept{sites: sites[:want]}
		case all:
			return kept{sites: sites}
		case batch == maxLooked:
			return kept{sites, true, last.Metres}
		}
	}
}

func (s *search) meets(number int32) bool {
	keep, _ := s.filter.Keeps(s.siteOf(number), s.zones[s.found[number]])
	return keep
}

func (s *search) siteOf(number int32) *site.Site { return &s.sites[s.found[number]] }

func (s *search) day(number int32) site.Day { return s.checked[s.found[number]] }

// keep has the last word on a number of the index: the day of its check, then
// whether it lies in the area that is asked about. Nil keeps all.
func (s *search) keep(ofDay func(site.Day) bool) func(int32) bool {
	within := s.within(s.filter.Within)
	switch {
	case ofDay == nil:
		return within
	case within == nil:
		return func(number int32) bool { return ofDay(s.day(number)) }
	}
	return func(number int32) bool { return ofDay(s.day(number)) && within(number) }
}

// leftOut counts the sites that may meet the filter, by what is not known.
func (s *search) leftOut(near kept) map[Question]int {
	if !s.filter.asks() {
		return nil
	}
	counts := map[Question]int{}
	index := s.filter.possible()
	index.Within, index.Keep = nearby(near), s.keep(s.shown())
	for _, n := range s.index.Near(nil, s.from, maxLooked, index) {
		if _, doubt := s.filter.Keeps(s.siteOf(n.Number), s.zones[s.found[n.Number]]); doubt != "" {
			counts[doubt]++
		}
	}
	return counts
}

// hidden counts the sites that meet the filter and that the policy hides.
func (s *search) hidden(near kept) int {
	if s.hiddenOn(s.policy, s.today) == 0 {
		return 0
	}
	hides := func(day site.Day) bool { return s.policy.Hides(day, s.today) }
	return len(s.nearest(maxLooked, nearby(near), hides).sites)
}

// nearby is how far a page tells of what it leaves out.
func nearby(near kept) float64 {
	reach := float64(NearbyMetres)
	if len(near.sites) > 0 {
		reach = max(reach, near.sites[0].Metres)
	}
	return reach
}

// within keeps the sites of an area; nil keeps all.
func (e *Edition) within(area Area) func(int32) bool {
	if area == (Area{}) {
		return nil
	}
	return func(number int32) bool {
		return slices.Contains(areasOf(&e.sites[e.found[number]]), area)
	}
}
