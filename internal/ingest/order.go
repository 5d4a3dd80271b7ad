package ingest

import (
	"iter"
	"runtime"
	"slices"
	"sync"

	"carrypoint/internal/record"
)

// A batch is some rows of a table on their way through a worker.
type batch[T any] struct {
	records []record.Record
	results []T
	err     error // after the last record
	done    chan struct{}
}

// inOrder gives what a worker makes of each record, in the order of the file.
// There is one worker a core; each has a function of its own, so that what it
// remembers needs no lock.
func inOrder[T any](records iter.Seq2[record.Record, error], worker func() func(record.Record) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		cores := runtime.GOMAXPROCS(0)
		stop := make(chan struct{})
		todo, ordered := make(chan *batch[T], cores), make(chan *batch[T], 2*cores)
		free := make(chan *batch[T], 4*cores) // batches that are done with, to be used again
		var running sync.WaitGroup
		defer running.Wait()
		defer close(stop)
		running.Go(func() { hand(records, todo, ordered, free, stop) })
		for range cores {
			running.Go(func() {
				work := worker()
				for b := range todo {
					for _, rec := range b.records {
						b.results = append(b.results, work(rec))
					}
					b.done <- struct{}{}
				}
			})
		}
		for b := range ordered {
			<-b.done
			for _, result := range b.results {
				if !yield(result, nil) {
					return
				}
			}
			if b.err != nil {
				var none T
				yield(none, b.err)
				return
			}
			select {
			case free <- b:
			default:
			}
		}
	}
}

// hand gives the records out in batches until they end, or until nobody wants more.
func hand[T any](records iter.Seq2[record.Record, error], todo, ordered chan<- *batch[T], free <-chan *batch[T], stop <-chan struct{}) {
	defer close(ordered)
	defer close(todo)
	b := newBatch[T]()
	send := func() bool {
		for _, to := range []chan<- *batch[T]{todo, ordered} {
			select {
			case to <- b:
			case <-stop:
				return false
			}
		}
		select {
		case b = <-free:
			b.records, b.results = b.records[:0], b.results[:0]
		default:
			b = newBatch[T]()
		}
		return true
	}
	for rec, err := range records {
		if err != nil {
			b.err = err
			break
		}
		rec.Values = slices.Clone(rec.Values)
		if b.records = append(b.records, rec); len(b.records) == batchRows && !send() {
			return
		}
	}
	send()
}

func newBatch[T any]() *batch[T] {
	return &batch[T]{records: make([]record.Record, 0, batchRows), results: make([]T, 0, batchRows), done: make(chan struct{}, 1)}
}
