package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// A watchdog ends an exchange in which nothing has arrived for a while.
type watchdog struct {
	timer *time.Timer
	every time.Duration
	end   context.CancelCauseFunc
}

// watch gives a context that ends when the watchdog is not patted in time.
func watch(ctx context.Context, every time.Duration) (context.Context, *watchdog) {
	ctx, end := context.WithCancelCause(ctx)
	silent := &passing{err: fmt.Errorf("nothing arrived for %v", every)}
	return ctx, &watchdog{time.AfterFunc(every, func() { end(silent) }), every, end}
}

func (w *watchdog) pat() { w.timer.Reset(w.every) }

func (w *watchdog) rest() {
	w.timer.Stop()
	w.end(errors.New("the exchange is over"))
}

// A meter counts the bytes of a body as they arrive, and ends one that has no
// end, whatever length it gave.
type meter struct {
	body  io.Reader
	dog   *watchdog
	visit *visit
	left  int64
	fault error // why reading ended early
}

func (v *visit) meter(body io.Reader, dog *watchdog, most int64) *meter {
	return &meter{body: body, dog: dog, visit: v, left: most}
}

func (m *meter) Read(b []byte) (int, error) {
	n, err := m.body.Read(b)
	if n > 0 {
		m.count(n)
	}
	if m.left < 0 {
		err = fmt.Errorf("%w: it goes on after all that is read of one", ErrTooLarge)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		m.fault = err
	}
	return n, err
}

func (m *meter) count(n int) {
	m.dog.pat()
	m.left -= int64(n)
	m.visit.received += int64(n)
	if report := m.visit.client.options.Progress; report != nil {
		report(m.visit.received)
	}
}
