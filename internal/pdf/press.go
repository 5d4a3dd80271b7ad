package pdf

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	// maxPage is the most that a page may have, in bytes of HTML. A list of 5,000 places has about five
	// million; the browser needs many times as much memory as the page has bytes.
	maxPage = 16 << 20
	// maxWaiting is how many pages wait while one is printed. A short list takes under a second, so the
	// last of them has its turn while a visitor still waits.
	maxWaiting = 8
	// startTime is for a cold start on a small machine that is busy.
	startTime = 20 * time.Second
	// printTime is for the longest list, 5,000 places. It takes a quarter to half a minute where the machine
	// has nothing else to do, and several times that where it has.
	printTime = 2 * time.Minute
	// idleTime is how long a browser is kept warm. It has about 200 MB, and starts anew in about a second.
	idleTime = 5 * time.Minute
)

// A Press prints pages, one at a time. Its browser is started when the first page comes, kept warm for the
// next, started anew when it died, and let go when no page comes for long.
type Press struct {
	binary string
	idle   time.Duration

	life context.Context
	end  context.CancelFunc
	once sync.Once

	places chan struct{} // one for each page that waits or is printed
	turn   chan struct{} // held by who prints; the rest is theirs
	warm   *browser
	rest   *time.Timer
}

// New makes a press that prints with the browser at the path binary. Nothing is started yet.
func New(binary string) *Press {
	life, end := context.WithCancel(context.Background())
	return &Press{
		binary: binary, idle: idleTime, life: life, end: end,
		places: make(chan struct{}, 1+maxWaiting), turn: make(chan struct{}, 1),
	}
}

// PDF prints a page of HTML. It may use what is in its bytes alone: styles, pictures in SVG or as data
// addresses, fonts of this machine. Where too many pages wait already the error is ErrBusy. To end ctx is to
// give up the page and its place among those that wait.
func (p *Press) PDF(ctx context.Context, html []byte) ([]byte, error) {
	if len(html) > maxPage {
		return nil, ErrTooLarge
	}
	select {
	case p.places <- struct{}{}:
		defer func() { <-p.places }()
	default:
		return nil, ErrBusy
	}
	if err := p.takeTurn(ctx); err != nil {
		return nil, err
	}
	defer p.endTurn()
	return p.print(ctx, html)
}

// Close ends the browser and whatever is being printed. A closed press prints nothing.
func (p *Press) Close() {
	p.once.Do(func() {
		p.end()
		p.turn <- struct{}{} // and keep it
		p.letGo()
	})
}

func (p *Press) takeTurn(ctx context.Context) error {
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-p.life.Done():
		return ErrClosed
	}
	if ctx.Err() != nil { // both came at once
		<-p.turn
		return context.Cause(ctx)
	}
	if p.rest != nil {
		p.rest.Stop()
	}
	return nil
}

func (p *Press) endTurn() {
	p.rest = time.AfterFunc(p.idle, p.letGoIdle)
	<-p.turn
}

// print prints a page with the warm browser or with a new one. A warm one may have died unseen since the
// last page, so where it fails a new one tries.
func (p *Press) print(ctx context.Context, html []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, printTime, ErrSlow)
	defer cancel()
	wasWarm := p.warm.alive()
	printed, err := p.tryPrint(ctx, html)
	if err != nil && wasWarm && ctx.Err() == nil && p.life.Err() == nil {
		printed, err = p.tryPrint(ctx, html)
	}
	switch {
	case err == nil:
		return printed, nil
	case p.life.Err() != nil:
		return nil, ErrClosed
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	}
	return nil, err
}

// tryPrint lets the browser go where anything fails: nobody knows what it would print next.
func (p *Press) tryPrint(ctx context.Context, html []byte) ([]byte, error) {
	if err := p.warmUp(ctx); err != nil {
		return nil, err
	}
	printed, err := p.warm.print(ctx, html)
	if err != nil {
		p.letGo()
		return nil, fmt.Errorf("printing with %s: %v", p.binary, err) // not wrapped, for the reason that start has
	}
	if err := p.warm.forget(ctx); err != nil {
		p.letGo()
	}
	return printed, nil
}

func (p *Press) warmUp(ctx context.Context) error {
	if p.warm.alive() {
		return nil
	}
	p.letGo()
	ctx, cancel := context.WithTimeoutCause(ctx, startTime, fmt.Errorf("%s did not start within %v: try it by hand", p.binary, startTime))
	defer cancel()
	started, err := start(ctx, p.life, p.binary)
	switch {
	case err == nil:
		p.warm = started
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	return err
}

func (p *Press) letGo() {
	if p.warm != nil {
		p.warm.stop()
		p.warm = nil
	}
}

// letGoIdle lets the browser go unless a page came in the meantime.
func (p *Press) letGoIdle() {
	select {
	case p.turn <- struct{}{}:
		p.letGo()
		<-p.turn
	default:
	}
}
