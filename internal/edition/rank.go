package edition

import (
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/nearest"
	"carrypoint/internal/site"
)

// Ranked finds sites as Near does, but in the order of a policy of freshness,
// and without those that it hides.
//
// The rank of a site is its distance in metres, and RankBehindMetres more where
// it is Behind: where its last check is older than RankBehindAfterDays, or there
// is none. Sites are in the order of their ranks, and of their ids where two
// ranks are the same. So a site that nobody has checked for long comes after
// every fresher one that is less than RankBehindMetres further away, and never
// after one that is more.
func (e *Edition) Ranked(from orb.Point, f Filter, p site.Policy, at time.Time, skip, limit int) Found {
	s := search{Edition: e, from: from, filter: f, policy: p, today: site.DayOf(at)}
	want := skip + limit + 1 // one more tells whether there are more
	near := s.near(want)
	ranked := s.ranked(near, want)
	found := Found{More: len(ranked) == want, LeftOut: s.leftOut(near), Hidden: s.hidden(near)}
	for _, r := range ranked[min(skip, len(ranked)):min(skip+limit, len(ranked))] {
		hit := e.hit(e.found[r.Number], at)
		hit.Metres, hit.Rank = r.Metres, r.rank
		found.Hits = append(found.Hits, hit)
	}
	return found
}

// A rankedSite is a number of the index with its distance and its rank.
type rankedSite struct {
	nearest.Neighbour
	rank float64
}

func (s *search) rank(n nearest.Neighbour) rankedSite {
	r := rankedSite{n, n.Metres}
	if s.policy.Behind(s.day(n.Number), s.today) {
		r.rank += float64(s.policy.RankBehindMetres)
	}
	return r
}

// ranked puts the nearest sites in the order of their ranks. Where all of them
// are fresh, or nothing in the edition is, that is the order of their distances
// and there is nothing to do. Otherwise fresher sites that are further away come
// in between. They lie within the highest rank of the nearest: each one further
// away ranks after all of those, and each stale one that is not among the
// nearest ranks after all that are, in whatever order. So the answer is the
// beginning of one fixed order of all sites, and the pages of a list fit together.
func (s *search) ranked(near kept, want int) []rankedSite {
	fresh, behind := make([]rankedSite, 0, len(near.sites)), make([]rankedSite, 0, len(near.sites))
	for _, n := range near.sites {
		if r := s.rank(n); r.rank == r.Metres {
			fresh = append(fresh, r)
		} else {
			behind = append(behind, r)
		}
	}
	switch {
	case len(behind) == 0:
		return fresh
	case s.checkedWithin(s.policy.RankBehindAfterDays, s.today) == 0:
		return behind
	case near.cut:
		fresh = s.fresh(want, near.reach+float64(s.policy.RankBehindMetres))
	case len(near.sites) == want:
		fresh = s.fresh(want, max(behind[len(behind)-1].rank, near.sites[want-1].Metres))
	}
	return merged(fresh, behind, want)
}

// fresh are the nearest sites that are not behind, as far as reach.
func (s *search) fresh(want int, reach float64) []rankedSite {
	var all []rankedSite
	for _, n := range s.nearest(want, reach, s.isFresh).sites {
		all = append(all, rankedSite{n, n.Metres})
	}
	return all
}

func (s *search) isFresh(day site.Day) bool {
	return !s.policy.Behind(day, s.today) && !s.policy.Hides(day, s.today)
}

// merged puts two lists that are in order into one.
func merged(a, b []rankedSite, want int) []rankedSite {
	all := make([]rankedSite, 0, min(want, len(a)+len(b)))
	for len(all) < want && len(a)+len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].before(b[0]) {
			all, a = append(all, a[0]), a[1:]
		} else {
			all, b = append(all, b[0]), b[1:]
		}
	}
	return all
}

func (r rankedSite) before(other rankedSite) bool {
	return r.rank < other.rank || r.rank == other.rank && r.Number < other.Number
}
