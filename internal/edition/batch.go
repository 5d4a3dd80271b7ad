package edition

import "sync"

// batchSites is how many sites are handed from one processor to another at a
// time: enough that handing over costs nothing, and few enough to hold several.
const batchSites = 256

// A batch is some sites in a row, with documents of its own.
type batch struct {
	first int // which of all sites the first one is
	ids   []string
	bytes []byte
	ends  []int // of each document in bytes
}

// add puts a copy of a document into the batch.
func (b *batch) add(id string, doc []byte) {
	b.ids, b.bytes = append(b.ids, id), append(b.bytes, doc...)
	b.ends = append(b.ends, len(b.bytes))
}

func (b *batch) len() int   { return len(b.ids) }
func (b *batch) full() bool { return len(b.ids) == batchSites }

func (b *batch) doc(i int) []byte {
	start := 0
	if i > 0 {
		start = b.ends[i-1]
	}
	return b.bytes[start:b.ends[i]]
}

// batches are kept for the next sites: what opening an edition takes beside the
// edition itself is little.
var batches = sync.Pool{New: func() any { return new(batch) }}

// newBatch is an empty one, for the sites from first on.
func newBatch(first int) *batch {
	b := batches.Get().(*batch)
	b.first, b.ids, b.bytes, b.ends = first, b.ids[:0], b.bytes[:0], b.ends[:0]
	return b
}
