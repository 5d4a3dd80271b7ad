package edition

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// PublishEvery is how often a server looks for a new edition: often enough that
// a switch is seen in a second.
const PublishEvery = time.Second

// A Follower serves one edition and moves to the next when the folder's current
// one changes. What it can't open it refuses, and goes on with what it has.
type Follower struct {
	Dir string // empty: the first edition for ever
	// Refused is told why an edition could not be opened, once for each reason.
	Refused func(error)
	// Moved is told of every edition moved to.
	Moved func(*Edition)

	now     atomic.Pointer[Edition]
	refused string // the last reason told
	damaged mark   // the file that is not worth another look
}

// A mark tells one state of a file from the next without reading it. The zero
// mark is of no file.
type mark struct {
	path    string
	size    int64
	written time.Time
}

func markOf(path string) mark {
	info, err := os.Stat(path)
	if err != nil {
		return mark{} // whoever reads it says why
	}
	return mark{path, info.Size(), info.ModTime()}
}

// Serve sets the edition to start with.
func (f *Follower) Serve(e *Edition) { f.now.Store(e) }

// Edition is the one to answer from; nil before Serve.
func (f *Follower) Edition() *Edition { return f.now.Load() }

// Follow looks for a new edition every interval until ctx ends. Requests that
// hold an older edition keep it as long as they need it.
func (f *Follower) Follow(ctx context.Context, interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			f.look()
		}
	}
}

func (f *Follower) look() {
	file, err := currentFile(f.Dir)
	switch {
	case errors.Is(err, ErrNone):
	case err != nil:
		f.refuse(err)
	case !f.serves(file):
		f.try(file)
	}
}

func (f *Follower) serves(file string) bool {
	now := f.Edition()
	return now != nil && filepath.Base(file) == now.ID+extension
}

// try moves to the edition in a file. Damage is final until somebody writes the
// file; any other trouble may pass by itself, so the next look tries again.
func (f *Follower) try(file string) {
	before := markOf(file)
	if before != (mark{}) && before == f.damaged {
		return
	}
	e, err := Load(file)
	if err != nil {
		if errors.Is(err, ErrDamaged) {
			f.damaged = before
		}
		f.refuse(err)
		return
	}
	f.refused, f.damaged = "", mark{}
	f.Serve(e)
	f.Moved(e)
}

func (f *Follower) refuse(err error) {
	if reason := err.Error(); reason != f.refused {
		f.refused = reason
		f.Refused(err)
	}
}
