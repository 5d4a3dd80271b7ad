package draw

import (
	"container/heap"
	"math/bits"
)

// kept is the rank of a point that is never left out: where the ring of an area is cut by its cell. All
// others rank below it.
const kept = 63

// rankOf is the rank of an area: two for every time that it doubles, so that a picture can come close to
// what it has room for.
func rankOf(area int64) uint8 {
	length := bits.Len64(uint64(area))
	half := uint64(area) << 1 >> max(0, length-1) & 1
	return uint8(2*length) + uint8(half)
}

// A ranker ranks the points of one piece after another (Visvalingam). A rank is how many bits it takes to
// write the area that changes hands when the point is left out after all that matter less, twice and in
// square steps. So a picture chooses its points by comparing one number, and an island goes when it has
// none. A rank depends only on the points near by: a shore and the land behind it, which are cut and
// wound differently, lose the same points.
type ranker struct {
	points        []near
	before, after []int32 // the neighbours that are still there
	weight        []int64
	queue         []int32 // the points that may go, as a heap with the lightest first
	place         []int32 // where a point is in the queue
}

// rank appends the ranks of a piece. A closed line goes around like a ring; its last point is its first
// again, and is never drawn.
func (r *ranker) rank(ranks []uint8, points []near, filled bool) []uint8 {
	ring := filled || closed(points)
	if ring && !filled {
		points = points[:len(points)-1]
	}
	r.begin(points)
	for i, p := range points {
		end := !ring && (i == 0 || i == len(points)-1)
		if !end && !(filled && p.cut()) {
			r.weight[i] = r.weigh(int32(i), 0)
			r.Push(int32(i))
		}
	}
	heap.Init(r)
	first := len(ranks)
	for range points {
		ranks = append(ranks, kept)
	}
	for len(r.queue) > 0 {
		i := r.queue[0]
		heap.Pop(r)
		ranks[first+int(i)] = rankOf(r.weight[i] >> areaShift)
		r.leave(i)
	}
	switch {
	case ring && !filled:
		ranks = append(ranks, 0)
	case !ring && len(points) > 1:
		r.rankEnds(ranks[first:], points[0], points[len(points)-1])
	}
	return ranks
}

// rankEnds ranks the ends of a line. They are as good as the best point between them, or as a square from
// one to the other: a line too short to be seen goes whole.
func (r *ranker) rankEnds(ranks []uint8, a, b near) {
	last := len(ranks) - 1
	dx, dy := int64(b.x-a.x), int64(b.y-a.y)
	best := rankOf(dx*dx + dy*dy)
	for _, rank := range ranks[1:last] {
		best = max(best, rank)
	}
	ranks[0], ranks[last] = best, best
}

// closed reports whether a line ends where it begins.
func closed(line []near) bool { return len(line) > 1 && line[0] == line[len(line)-1] }

// cut reports whether a point of a ring lies where cells are cut.
func (p near) cut() bool {
	return p.x <= -overlap || p.y <= -overlap || p.x >= cellSteps+overlap || p.y >= cellSteps+overlap
}

// begin links the points of a piece all around, and empties the queue.
func (r *ranker) begin(points []near) {
	r.points, r.queue = points, r.queue[:0]
	for n := len(r.weight); n < len(points); n++ {
		r.before, r.after = append(r.before, int32(n-1)), append(r.after, 0)
		r.weight, r.place = append(r.weight, 0), append(r.place, 0)
	}
	for i := range points {
		r.before[i], r.after[i], r.place[i] = int32(i-1), int32(i+1), -1
	}
	if last := len(points) - 1; last >= 0 {
		r.before[0], r.after[last] = int32(last), 0
	}
}

// A weight is an area and, below it, the place of the point: of two that are equal, it is the same one
// that goes first from every piece.
const (
	placeShift = 12 // a cell with its overlap has fewer steps than 1 << 12
	areaShift  = 2 * placeShift
)

// weigh is the weight of a point between its neighbours. It weighs no less than what went before it.
func (r *ranker) weigh(i int32, least int64) int64 {
	a, p, b := r.points[r.before[i]], r.points[i], r.points[r.after[i]]
	area := abs(int64(p.x-a.x)*int64(b.y-a.y) - int64(b.x-a.x)*int64(p.y-a.y))
	return max(area, least)<<areaShift | int64(p.x+overlap)<<placeShift | int64(p.y+overlap)
}

// leave takes a point out and weighs its neighbours anew.
func (r *ranker) leave(i int32) {
	a, b := r.before[i], r.after[i]
	r.after[a], r.before[b] = b, a
	for _, neighbour := range [2]int32{a, b} {
		if at := r.place[neighbour]; at >= 0 {
			r.weight[neighbour] = r.weigh(neighbour, r.weight[i]>>areaShift)
			heap.Fix(r, int(at))
		}
	}
}

// Len, Less, Swap, Push and Pop are for container/heap.
func (r *ranker) Len() int { return len(r.queue) }

func (r *ranker) Less(i, j int) bool { return r.weight[r.queue[i]] < r.weight[r.queue[j]] }

func (r *ranker) Swap(i, j int) {
	r.queue[i], r.queue[j] = r.queue[j], r.queue[i]
	r.place[r.queue[i]], r.place[r.queue[j]] = int32(i), int32(j)
}

func (r *ranker) Push(point any) {
	i := point.(int32)
	r.place[i] = int32(len(r.queue))
	r.queue = append(r.queue, i)
}

func (r *ranker) Pop() any {
	last := len(r.queue) - 1
	r.place[r.queue[last]] = -1
	r.queue = r.queue[:last]
	return nil // the caller has seen it
}
