package pdf

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"
)

// copied prints a page as itself.
func copied(_ context.Context, html []byte) ([]byte, error) { return html, nil }

func asks(text string) func() ([]byte, error) {
	return func() ([]byte, error) { return []byte(text), nil }
}

func TestAKeyIsPrintedOnceHoweverManyAsk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var prints atomic.Int32
		ready := make(chan struct{})
		s := NewShelf(100, func(ctx context.Context, html []byte) ([]byte, error) {
			prints.Add(1)
			<-ready
			return html, ctx.Err()
		})
		ctx, leave := context.WithCancel(t.Context())
		left := make(chan error, 1)
		go func() { // the first to ask, and the first to leave
			_, err := s.Get(ctx, "a", asks("A"))
			left <- err
		}()
		synctest.Wait()
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if got, err := s.Get(t.Context(), "a", asks("another")); string(got) != "A" || err != nil {
					t.Errorf("who waits gets %q and %v", got, err)
				}
			})
		}
		synctest.Wait()
		leave()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("who leaves is told %v", err)
		}
		close(ready)
		all.Wait()
		if got, err := s.Get(t.Context(), "a", asks("later")); string(got) != "A" || err != nil {
			t.Errorf("who comes later gets %q and %v", got, err)
		}
		if n := prints.Load(); n != 1 {
			t.Errorf("it was printed %d times", n)
		}
	})
}

func TestWhatNobodyAskedForGoesFirst(t *testing.T) {
	s := NewShelf(3, copied)
	get := func(key, text, want string) {
		t.Helper()
		if got, err := s.Get(t.Context(), key, asks(text)); string(got) != want || err != nil {
			t.Errorf("%s is %q and %v, want %q", key, got, err, want)
		}
		if s.taken > s.room || len(s.byKey) != s.order.Len() {
			t.Errorf("%d of %d bytes are taken, by %d keys and %d copies", s.taken, s.room, len(s.byKey), s.order.Len())
		}
	}
	get("a", "1", "1")
	get("b", "1", "1")
	get("c", "1", "1")
	get("a", "2", "1") // it was kept, and is the last asked for
	get("large", "1234", "1234")
	get("b", "2", "1")   // what is larger than the shelf takes no room
	get("d", "12", "12") // takes the room of c and a
	get("b", "3", "1")
	get("c", "2", "2")
	get("large", "4321", "4321")
}

func TestAShelfIsNeverTooFull(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := NewShelf(rapid.IntRange(0, 20).Draw(t, "room"), copied)
		for i, key := range rapid.SliceOfN(rapid.SampledFrom([]string{"", "b", "cc", "dddd", "eeeeeeee"}), 1, 30).Draw(t, "keys") {
			html := strings.Repeat(key, rapid.IntRange(1, 3).Draw(t, "times"))
			before, there := s.take(key)
			got, err := s.Get(t.Context(), key, asks(html))
			if there {
				html = string(before)
			}
			if err != nil || string(got) != html {
				t.Fatalf("request %d for %q gives %q and %v, want %q", i, key, got, err, html)
			}
			var taken int
			for _, e := range s.byKey {
				taken += len(e.Value.(*kept).printed)
			}
			if taken != s.taken || taken > s.room || len(s.byKey) != s.order.Len() {
				t.Fatalf("%d of %d bytes are said to be taken, %d are, by %d keys and %d copies", s.taken, s.room, taken, len(s.byKey), s.order.Len())
			}
			if _, there := s.take(key); there != (len(html) <= s.room) {
				t.Fatalf("%q of %d bytes is on a shelf of %d: %t", key, len(html), s.room, there)
			}
		}
	})
}

func TestWhatFailsIsNotKept(t *testing.T) {
	failed := errors.New("failed")
	for name, c := range map[string]struct {
		page  func() ([]byte, error)
		print func(context.Context, []byte) ([]byte, error)
		want  string
	}{
		"no page":        {func() ([]byte, error) { return nil, failed }, copied, "failed"},
		"no print":       {asks("A"), func(context.Context, []byte) ([]byte, error) { return nil, failed }, "failed"},
		"a page panics":  {func() ([]byte, error) { panic("out of words") }, copied, "out of words"},
		"a print panics": {asks("A"), func(context.Context, []byte) ([]byte, error) { panic("out of ink") }, "out of ink"},
	} {
		t.Run(name, func(t *testing.T) {
			s := NewShelf(100, c.print)
			if got, err := s.Get(t.Context(), "a", c.page); got != nil || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("it gives %q and %v", got, err)
			}
			s.print = copied
			if got, err := s.Get(t.Context(), "a", asks("B")); string(got) != "B" || err != nil {
				t.Errorf("then it gives %q and %v", got, err)
			}
		})
	}
}

func TestAPressBehindAShelf(t *testing.T) {
	s := NewShelf(1<<20, shared(t).PDF)
	first, err := s.Get(t.Context(), "a", asks("<!doctype html>one"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Get(t.Context(), "a", asks("<!doctype html>two"))
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("the second time it is another: %v", err)
	}
}
