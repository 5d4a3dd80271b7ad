package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A progress tells how far long work has come: as a bar on a terminal, as plain
// lines elsewhere. Work that ends soon tells nothing.
type progress struct {
	bar   *progressbar.ProgressBar
	lines io.Writer
	now   func() time.Time
	what  string
	done  int64
	next  time.Time
}

// tellEvery is how long plain lines wait: a log of a long import stays short.
const tellEvery = 10 * time.Second

// newProgress begins to tell of what; all is how much there is, -1 where nobody knows.
func newProgress(w world, what string, all int64) *progress {
	if f, ok := w.log.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return &progress{bar: progressbar.NewOptions64(all,
			progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(all > 0), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())}
	}
	return &progress{lines: w.log, now: w.now, what: what, next: w.now().Add(tellEvery)}
}

// timeEvery is how many steps pass between two looks at the clock.
const timeEvery = 1024

// add tells of n more.
func (p *progress) add(n int64) {
	if p.bar != nil {
		_ = p.bar.Add64(n) // a bar that can't be drawn is no reason to stop the work
		return
	}
	before := p.done
	p.done += n
	if before/timeEvery == p.done/timeEvery {
		return
	}
	if now := p.now(); !now.Before(p.next) {
		p.next = now.Add(tellEvery)
		fmt.Fprintf(p.lines, "%s: %d\n", p.what, p.done)
	}
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish() // as above
	}
}
