package nearest

import "math"

// leafSize is the most entries in a leaf. Smaller leaves make a larger tree, larger ones more to compare;
// from 8 to 32 the time of a search hardly changes.
const leafSize = 16

// A node stands for a run of entries: the box around them, all of their marks together, and the lowest
// of their numbers.
type node struct {
	low, high  vector
	marks      Marks
	first      int32
	start, end int32 // the run
}

// grow orders the entries for a tree and returns its nodes.
func grow(entries []entry) []node {
	rows := 1
	for leaves := 1; len(entries) > leaves*leafSize; leaves *= 2 {
		rows++
	}
	nodes := make([]node, 1<<rows-1)
	growAt(nodes, 0, entries, 0, len(entries))
	return nodes
}

// growAt fills the node of entries[start:end] and all below it. Halves are cut across the longest side of
// the box, so that boxes stay compact however the points are clustered.
func growAt(nodes []node, at int, entries []entry, start, end int) {
	nodes[at] = around(entries[start:end])
	nodes[at].start, nodes[at].end = int32(start), int32(end)
	left, right := children(at)
	if left >= len(nodes) {
		return
	}
	middle := (start + end) / 2
	if axis, length := nodes[at].longestSide(); length > 0 {
		splitAt(entries[start:end], middle-start, axis)
	}
	growAt(nodes, left, entries, start, middle)
	growAt(nodes, right, entries, middle, end)
}

func children(at int) (left, right int) { return 2*at + 1, 2*at + 2 }

func around(entries []entry) node {
	inf := math.Inf(1)
	n := node{low: vector{inf, inf, inf}, high: vector{-inf, -inf, -inf}, first: math.MaxInt32}
	for i := range entries {
		e := &entries[i]
		for axis, x := range e.at {
			n.low[axis] = min(n.low[axis], x)
			n.high[axis] = max(n.high[axis], x)
		}
		n.marks |= e.marks
		n.first = min(n.first, e.number)
	}
	return n
}

func (n *node) longestSide() (axis int, length float64) {
	for a := range n.low {
		if side := n.high[a] - n.low[a]; side > length {
			axis, length = a, side
		}
	}
	return axis, length
}

// bound is a neighbour that no entry of the node comes before: as near as the nearest corner, edge or face
// of the box, and with the lowest number.
func (n *node) bound(from *vector) Neighbour {
	return Neighbour{Number: n.first, Metres: squaredLength(
		outside(from[0], n.low[0], n.high[0]),
		outside(from[1], n.low[1], n.high[1]),
		outside(from[2], n.low[2], n.high[2]),
	)}
}

// outside is how far x is from the span between low and high.
func outside(x, low, high float64) float64 {
	return max(low-x, x-high, 0)
}

// splitAt puts the entries that are lowest along the axis before the k-th, and the rest from it on
// (Hoare's selection; the middle of three as pivot keeps sorted input fast, and stopping at equal values
// keeps repeated ones fast).
func splitAt(entries []entry, k, axis int) {
	low, high := 0, len(entries)-1
	for low < high {
		pivot := middleOfThree(
			entries[low].at[axis], entries[(low+high)/2].at[axis], entries[high].at[axis])
		i, j := low, high
		for i <= j {
			for entries[i].at[axis] < pivot {
				i++
			}
			for entries[j].at[axis] > pivot {
				j--
			}
			if i <= j {
				entries[i], entries[j] = entries[j], entries[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return
		}
	}
}

func middleOfThree(a, b, c float64) float64 {
	return max(min(a, b), min(max(a, b), c))
}
