package edition

import (
	"errors"
	"fmt"
	"path/filepath"
)

// Begin serves the publication in force; where that can't be, the newest one
// before it that can. The error tells of everything that was refused, also
// beside an edition. A folder without any publication is no error, and leaves
// the edition nil.
func (f *Follower) Begin() error {
	refused := f.beginHidden()
	before, unread := Publications(f.Dir, f.Keys)
	inForce, err := f.beginInForce(before)
	switch {
	case err == nil:
		before = append([]Publication{inForce}, before...)
		f.next = &inForce // until it is served
	case len(before) > 0 || unread != nil || !errors.Is(err, ErrNone):
		refused = errors.Join(refused, err)
	}
	refused = errors.Join(refused, f.firstGood(before))
	if f.State().Publication.Seq < inForce.Seq || err != nil {
		refused = errors.Join(refused, unread) // else they are of no interest
	}
	f.store(f.State()) // with what is refused, also where nothing is served
	return refused
}

func (f *Follower) beginHidden() (err error) {
	now := markOf(filepath.Join(f.Dir, hiddenName))
	f.list, err = Hidden(f.Dir, f.Keys)
	f.hidden.read(now, err)
	f.hidden.judge(hiddenList, err)
	return err
}

// beginInForce reads the publication in force, which may be no older than one
// that was in force before.
func (f *Follower) beginInForce(before []Publication) (Publication, error) {
	path := filepath.Join(f.Dir, currentName)
	now := markOf(path)
	p, err := InForce(f.Dir, f.Keys)
	f.inForce.read(now, err)
	name := "the publication in force"
	if err == nil && len(before) > 0 && p.Seq < before[0].Seq {
		name, err = p.name(), fmt.Errorf("%w: %s holds it, and publication %d was in force", ErrOlder, path, before[0].Seq)
	}
	if !errors.Is(err, ErrNone) {
		f.inForce.judge(name, err)
	}
	return p, err
}

// firstGood serves the first of some publications that can be, and tells of
// those before it.
func (f *Follower) firstGood(publications []Publication) error {
	var refused []error
	tried := map[string]bool{}
	for _, p := range publications {
		if tried[p.Edition] {
			continue
		}
		tried[p.Edition] = true
		e, err := f.open(p)
		if err == nil {
			if f.next != nil && f.next.Seq == p.Seq {
				f.next = nil
			}
			f.store(State{Edition: e, Publication: p, Hiding: f.list})
			break
		}
		if f.next != nil && f.next.Seq == p.Seq {
			f.inForce.judge(p.name(), err)
		}
		refused = append(refused, err)
	}
	return errors.Join(refused...)
}
