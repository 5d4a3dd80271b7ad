package nearest

// best is the answer as far as it is known: a heap with the worst neighbour on top, at the end of the
// caller's slice.
type best struct {
	list  []Neighbour
	start int // where the heap begins; what is before belongs to the caller
}

func (b *best) len() int         { return len(b.list) - b.start }
func (b *best) worst() Neighbour { return b.list[b.start] }

// add puts n in, and the worst out where there would be more than k.
func (b *best) add(n Neighbour, k int) {
	if b.len() == k {
		b.list[b.start] = n
		sink(b.list[b.start:])
		return
	}
	b.list = append(b.list, n)
	rise(b.list[b.start:])
}

// inOrder turns the heap into a sorted answer, in metres.
func (b *best) inOrder() []Neighbour {
	answer := b.list[b.start:]
	for end := len(answer) - 1; end > 0; end-- {
		answer[0], answer[end] = answer[end], answer[0]
		sink(answer[:end])
	}
	for i := range answer {
		answer[i].Metres = metres(answer[i].Metres)
	}
	return b.list
}

// rise moves the last of the heap up to its place.
func rise(heap []Neighbour) {
	for i := len(heap) - 1; i > 0; {
		parent := (i - 1) / 2
		if !heap[parent].before(heap[i]) {
			return
		}
		heap[i], heap[parent] = heap[parent], heap[i]
		i = parent
	}
}

// sink moves the first of the heap down to its place.
func sink(heap []Neighbour) {
	i := 0
	for {
		left, right := children(i)
		if left >= len(heap) {
			return
		}
		worse := left
		if right < len(heap) && heap[left].before(heap[right]) {
			worse = right
		}
		if !heap[i].before(heap[worse]) {
			return
		}
		heap[i], heap[worse] = heap[worse], heap[i]
		i = worse
	}
}
