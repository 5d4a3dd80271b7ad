package edition

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// LookEvery is how often a server looks for a new publication. A look is at the
// state of two files, and what is published must be served in two seconds.
const LookEvery = 250 * time.Millisecond

// A Follower serves one edition and moves to the next when another publication
// is in force. What it can't open or must not trust it refuses, and goes on with
// what it has. Sites on the list of hidden ones are in no edition that it serves.
//
// One goroutine may begin and follow, while others answer from Edition.
type Follower struct {
	Dir string // empty: the edition given to Serve, for ever
	// Keys are those of which one must have signed what the folder says; nil
	// where nobody need have.
	Keys note.Verifiers
	// Refused is told what could not be served and why, once for each reason.
	Refused func(error)
	// Moved is told of everything else that is served from now on.
	Moved func(State)

	now  atomic.Pointer[State]
	own  *Edition     // what Serve was given
	next *Publication // it is in force, and not served yet
	list Hiding       // the last good list of hidden sites

	inForce, hidden watched
	damaged         mark // the edition file that is not worth another look
}

// A State is what a follower serves, at one moment.
type State struct {
	Edition     *Edition    // nil before there is one
	Publication Publication // the zero value for an edition of no publication
	Hiding      Hiding      // the sites that the edition is without
	Refused     []*Refusal  // what is refused at present
}

// State is what is served now.
func (f *Follower) State() State {
	if s := f.now.Load(); s != nil {
		return *s
	}
	return State{}
}

// Edition is the one to answer from; nil before there is one.
func (f *Follower) Edition() *Edition { return f.State().Edition }

// Serve sets the edition to start with where the folder has none. What is hidden
// is hidden in it too.
func (f *Follower) Serve(e *Edition) {
	f.own = e
	left, err := e.Without(f.list.IDs)
	if err != nil { // it is an edition that was open, and now has less
		left = e
	}
	f.store(State{Edition: left, Hiding: f.list})
}

// store makes a state the one to answer from, with what is refused at present.
func (f *Follower) store(s State) {
	s.Refused = nil
	for _, w := range []watched{f.inForce, f.hidden} {
		if w.refusal != nil {
			s.Refused = append(s.Refused, w.refusal)
		}
	}
	f.now.Store(&s)
}

// Follow looks for another publication every interval until ctx ends. Requests
// that hold an older edition keep it as long as they need it.
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

// look serves what the folder says now. Files that nobody wrote to are not read.
func (f *Follower) look() {
	f.lookAtHidden()
	f.lookInForce()
	if next := f.next; next != nil {
		f.settle(&f.inForce, next.name(), f.moveTo(*next))
	}
}

func (f *Follower) lookInForce() {
	path := filepath.Join(f.Dir, currentName)
	now := markOf(path)
	if f.inForce.mark.same(now) {
		return
	}
	p, err := InForce(f.Dir, f.Keys)
	f.inForce.read(now, err)
	f.next = nil
	if errors.Is(err, ErrNone) {
		return // what is served goes on
	}
	name := "the publication in force"
	if err == nil {
		name, err = p.name(), f.notOlder(p)
	}
	if err == nil && p != f.State().Publication {
		f.next = &p
		return
	}
	f.settle(&f.inForce, name, err)
}

// notOlder refuses what was in force before what is served, or beside it. A
// folder that was lost and begun anew counts from one: its publications are later
// than what is served, which it does not list.
func (f *Follower) notOlder(p Publication) error {
	now := f.State().Publication
	if p.Seq > now.Seq || p == now {
		return nil
	}
	listed, err := readPublication(publicationPath(f.Dir, now.Seq), f.Keys)
	if begunAnew := err != nil || listed != now; begunAnew && !p.Published.Before(now.Published) {
		return nil
	}
	return fmt.Errorf("%w: publication %d of edition %.12s is served", ErrOlder, now.Seq, now.Edition)
}

// errSeenBefore says that a file is as damaged as it was.
var errSeenBefore = errors.New("nobody wrote to it since")

// moveTo serves the edition of a publication. Damage is final until somebody
// writes the file; any other trouble may pass by itself, so the next look tries
// again.
func (f *Follower) moveTo(p Publication) error {
	e, err := f.open(p)
	if err != nil {
		return err
	}
	f.next, f.damaged = nil, mark{}
	f.inForce.refusal = nil
	f.store(State{Edition: e, Publication: p, Hiding: f.list})
	f.moved()
	return nil
}

// open gives the edition of a publication without what is hidden.
func (f *Follower) open(p Publication) (*Edition, error) {
	if s := f.State(); s.Publication.Edition == p.Edition && s.Hiding.Seq == f.list.Seq {
		return s.Edition, nil // it is in force again
	}
	path := editionPath(f.Dir, p.Edition)
	before := markOf(path)
	if before.same(f.damaged) {
		return nil, errSeenBefore
	}
	e, err := p.load(f.Dir)
	if err == nil {
		return e.Without(f.list.IDs)
	}
	if errors.Is(err, ErrDamaged) {
		f.damaged = before
	}
	return nil, err
}

func (f *Follower) lookAtHidden() {
	path := filepath.Join(f.Dir, hiddenName)
	now := markOf(path)
	if f.hidden.mark.same(now) {
		return
	}
	h, err := Hidden(f.Dir, f.Keys)
	f.hidden.read(now, err)
	switch {
	case err == nil && h.Seq == 0 && f.list.Seq > 0:
		err = fmt.Errorf("%w: what was hidden stays hidden", fs.ErrNotExist)
	case err == nil && h.Seq < f.list.Seq:
		err = fmt.Errorf("%w: list %d is served, this is %d", ErrOlder, f.list.Seq, h.Seq)
	case err == nil && h.Seq > f.list.Seq:
		f.list = h
		err = f.hide()
	}
	f.settle(&f.hidden, hiddenList, err)
}

// hiddenList is what a refusal calls it.
const hiddenList = "the list of hidden sites"

// hide serves the same edition without what is hidden now.
func (f *Follower) hide() error {
	s := f.State()
	if s.Edition == nil {
		return nil
	}
	whole, err := f.wholeOf(s)
	if err == nil {
		s.Edition, err = whole.Without(f.list.IDs)
	}
	if err != nil {
		return err
	}
	s.Hiding = f.list
	f.hidden.refusal = nil
	f.store(s)
	f.moved()
	return nil
}

// wholeOf gives an edition that holds all that is to be served: what is served,
// where sites only go; where some come back, the edition as it was published.
func (f *Follower) wholeOf(s State) (*Edition, error) {
	comesBack := func(id string) bool { return !slices.Contains(f.list.IDs, id) }
	switch {
	case !slices.ContainsFunc(s.Hiding.IDs, comesBack):
		return s.Edition, nil
	case s.Publication.Seq == 0:
		return f.own, nil
	}
	return s.Publication.load(f.Dir)
}

// settle records what came of a look at a file, and tells of it if it is new.
func (f *Follower) settle(w *watched, what string, err error) {
	if errors.Is(err, errSeenBefore) {
		return
	}
	isNew := w.judge(what, err)
	f.store(f.State())
	if isNew && f.Refused != nil {
		f.Refused(w.refusal)
	}
}

func (f *Follower) moved() {
	if f.Moved != nil {
		f.Moved(f.State())
	}
}
