package nearest

import "github.com/paulmach/orb"

// A Neighbour is a point of the index and its distance over the globe.
type Neighbour struct {
	Number int32
	Metres float64
}

// While a search runs, Metres holds the squared chord in place of the distance: it orders in the same way
// and costs no arcsine. So the answer can be worked out where the caller wants it.

// before is the order of answers: nearest first, and lower numbers first where the distance is the same.
func (n Neighbour) before(other Neighbour) bool {
	return n.Metres < other.Metres || n.Metres == other.Metres && n.Number < other.Number
}

// Near appends to dst the k nearest points that the filter lets in, nearest first; points at the same
// distance are in order of their numbers. So a shorter answer is always the beginning of a longer one.
// It appends fewer where fewer are let in, and none where k is not positive or from is not on the globe.
// It allocates nothing while dst has room.
func (x *Index) Near(dst []Neighbour, from orb.Point, k int, f Filter) []Neighbour {
	if k <= 0 || len(x.entries) == 0 || !onGlobe(from) {
		return dst
	}
	s := search{index: x, from: unit(from), k: k, filter: f, limit: f.limit(), best: best{list: dst, start: len(dst)}}
	s.visit(0)
	return f.cut(s.best.inOrder(), len(dst))
}

// A search is one question on its way down the tree.
type search struct {
	index  *Index
	from   vector
	k      int
	filter Filter
	limit  float64 // squared chord
	best   best
}

// wants reports whether a neighbour would be in the answer as far as is known now.
func (s *search) wants(n Neighbour) bool {
	return n.Metres <= s.limit && (s.best.len() < s.k || n.before(s.best.worst()))
}

// visit goes through the children in the order of their promise, and leaves out what can hold nothing.
func (s *search) visit(at int) {
	near, far := children(at)
	if near >= len(s.index.nodes) {
		s.compare(&s.index.nodes[at])
		return
	}
	nearBound, farBound := s.bound(near), s.bound(far)
	if farBound.before(nearBound) {
		near, far, nearBound, farBound = far, near, farBound, nearBound
	}
	s.visitIf(near, nearBound)
	s.visitIf(far, farBound)
}

func (s *search) bound(at int) Neighbour { return s.index.nodes[at].bound(&s.from) }

func (s *search) visitIf(at int, bound Neighbour) {
	if s.wants(bound) && s.filter.admits(s.index.nodes[at].marks) {
		s.visit(at)
	}
}

func (s *search) compare(leaf *node) {
	for i := leaf.start; i < leaf.end; i++ {
		e := &s.index.entries[i]
		if !s.filter.admits(e.marks) {
			continue
		}
		n := Neighbour{Number: e.number, Metres: squaredChord(&e.at, &s.from)}
		if s.wants(n) && s.filter.keeps(e.number) {
			s.best.add(n, s.k)
		}
	}
}
