package pdf

import (
	"bytes"
	"container/list"
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"golang.org/x/sync/singleflight"
)

// A Shelf keeps what was printed, under keys, and prints each key once even if many ask for it at the same
// time. When it is full, what nobody asked for the longest goes first.
type Shelf struct {
	room   int
	print  func(ctx context.Context, html []byte) ([]byte, error)
	making singleflight.Group

	mu    sync.Mutex
	taken int
	order *list.List // of copies, the last asked for first
	byKey map[string]*list.Element
}

// A kept is one PDF on the shelf.
type kept struct {
	key     string
	printed []byte
}

// NewShelf makes a shelf with room for so many bytes. What is not on it is printed by print, which is the
// PDF of a Press.
func NewShelf(room int, print func(ctx context.Context, html []byte) ([]byte, error)) *Shelf {
	return &Shelf{room: room, print: print, order: list.New(), byKey: map[string]*list.Element{}}
}

// Get takes the PDF of a key from the shelf. Where there is none it is printed from page, which is asked for
// then only. One who gives up does not take it from the others: the print goes on, and is on the shelf when
// the same visitor asks again. Nobody may write into what is returned.
func (s *Shelf) Get(ctx context.Context, key string, page func() ([]byte, error)) ([]byte, error) {
	if printed, ok := s.take(key); ok {
		return printed, nil
	}
	made := s.making.DoChan(key, func() (any, error) {
		return s.make(context.WithoutCancel(ctx), key, page)
	})
	select {
	case m := <-made:
		printed, _ := m.Val.([]byte)
		return printed, m.Err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// make prints a key. A panic in the page is an error here: it would not be on the goroutine of whoever asked,
// and end the process.
func (s *Shelf) make(ctx context.Context, key string, page func() ([]byte, error)) (printed []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("making the page %s: %v\n%s", key, r, debug.Stack())
		}
	}()
	if printed, ok := s.take(key); ok { // made while this was about to begin
		return printed, nil
	}
	html, err := page()
	if err != nil {
		return nil, err
	}
	printed, err = s.print(ctx, html)
	if err != nil {
		return nil, err
	}
	printed = bytes.Clone(printed) // what grew while it was read has room to spare, which nobody counts
	s.put(key, printed)
	return printed, nil
}

func (s *Shelf) take(key string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.byKey[key]
	if !ok {
		return nil, false
	}
	s.order.MoveToFront(e)
	return e.Value.(*kept).printed, true
}

// put keeps what was printed. What is larger than the shelf finds no room on it, and takes none from others.
func (s *Shelf) put(key string, printed []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(printed) > s.room {
		return
	}
	s.byKey[key] = s.order.PushFront(&kept{key, printed})
	s.taken += len(printed)
	for s.taken > s.room {
		last := s.order.Remove(s.order.Back()).(*kept)
		delete(s.byKey, last.key)
		s.taken -= len(last.printed)
	}
}
