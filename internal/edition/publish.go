package edition

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ErrKeyNeeded says that what is to be published must be signed, because what is
// in force is.
var ErrKeyNeeded = errors.New("what is in force is signed, so that servers may want a signature")

// Publish puts an edition of a data folder in force, if its bytes are those of
// its name. What is in force already stays, with its number. The former edition
// stays in force where it fails; an error beside a publication says that it is in
// force, and that older editions could not be removed.
func Publish(dir, id string, key *Key, now time.Time) (Publication, error) {
	return publisher{dir, key, now, onDisk}.publish(id)
}

// Rollback puts an edition in force again: that of the publication before the
// one in force, or the one that to names by the beginning of its id (eight digits
// or more) or by the number of its publication. Going back twice goes back by two.
func Rollback(dir, to string, key *Key, now time.Time) (Publication, error) {
	return publisher{dir, key, now, onDisk}.rollBack(to)
}

// A publisher changes what is in force in a data folder.
type publisher struct {
	dir    string
	key    *Key
	now    time.Time
	create creator
}

func (w publisher) publish(id string) (p Publication, err error) {
	err = w.locked(func(current Publication) error {
		p, err = w.putInForce(current, Publication{Edition: id})
		return err
	})
	if err != nil && p.Seq == 0 {
		return p, fmt.Errorf("publishing edition %.12s: %w", id, err)
	}
	return p, err
}

func (w publisher) rollBack(to string) (p Publication, err error) {
	err = w.locked(func(current Publication) error {
		back, err := w.backTo(current, to)
		if err == nil {
			p, err = w.putInForce(current, Publication{Edition: back.Edition, Again: back.Seq})
		}
		return err
	})
	if err != nil && p.Seq == 0 {
		return p, fmt.Errorf("rolling back: %w", err)
	}
	return p, err
}

// locked runs f while nobody else changes the folder, with the publication in
// force: the zero value where there is none, or none by this key.
func (w publisher) locked(f func(current Publication) error) error {
	if _, err := os.Stat(w.dir); err != nil {
		return err
	}
	return locked(w.dir, func() error {
		if err := needKey(filepath.Join(w.dir, currentName), w.key); err != nil {
			return err
		}
		current, err := InForce(w.dir, w.key.keys())
		if err != nil && !replaceable(err) {
			return err
		}
		return f(current)
	})
}

// needKey refuses to replace what is signed by what is not: servers with a key
// would go on with the former one, and nobody would know.
func needKey(path string, key *Key) error {
	sealed, err := readSealed(path)
	if _, _, signed := splitSealed(sealed); err == nil && signed && key == nil {
		return fmt.Errorf("%w; give the key with --key FILE, or move %s away to go on without", ErrKeyNeeded, path)
	}
	return nil // whoever needs to read it says why it can't be
}

// replaceable says whether a new publication puts right what is wrong with the
// one in force.
func replaceable(err error) bool {
	return slices.ContainsFunc([]error{ErrNone, ErrNotWhole, ErrUnsigned, ErrForeign}, func(cause error) bool { return errors.Is(err, cause) })
}

// putInForce publishes what p says of the edition and of what it goes back to.
func (w publisher) putInForce(current, p Publication) (Publication, error) {
	path := editionPath(w.dir, p.Edition)
	if err := verifyBytes(path); err != nil {
		return Publication{}, err
	}
	if current.Edition == p.Edition {
		return current, w.record(current)
	}
	meta, err := metaOf(path)
	if err != nil {
		return Publication{}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return Publication{}, err
	}
	if p.Seq, err = w.next(current); err != nil {
		return Publication{}, err
	}
	p.Bytes, p.Sites, p.Made, p.Title, p.Published = info.Size(), meta.Sites, meta.Made, meta.Title, w.now.UTC()
	if err := w.write(current, p); err != nil {
		return Publication{}, err
	}
	if err := tidy(w.dir, p); err != nil {
		return p, fmt.Errorf("publication %d is in force, but what is no longer needed could not be removed: %w", p.Seq, err)
	}
	return p, nil
}

// next is the number of the next publication, above all that were used.
func (w publisher) next(current Publication) (int64, error) {
	numbers, err := publicationNumbers(w.dir)
	if err != nil {
		return 0, err
	}
	return max(current.Seq, slices.Max(append(numbers, 0))) + 1, nil
}

// write puts a publication in force: first everything is on the disk, then one
// name is changed. What a crash then keeps from the list of publications, the
// next publication adds.
func (w publisher) write(current, p Publication) error {
	sealed, err := seal(p.text(), w.key)
	if err != nil {
		return err
	}
	if again, err := openPublication(sealed, w.key.keys()); err != nil || again.text() != p.text() {
		return fmt.Errorf("publication %d would not be read as it was written: %w", p.Seq, err)
	}
	if current.Seq > 0 {
		if err := w.record(current); err != nil {
			return err
		}
	}
	listed, err := w.create.writeAside(publicationPath(w.dir, p.Seq), sealed)
	if err != nil {
		return err
	}
	inForce, err := w.create.writeAside(filepath.Join(w.dir, currentName), sealed)
	if err != nil {
		return errors.Join(err, drop(listed))
	}
	if err := inForce.place(); err != nil {
		return errors.Join(err, drop(listed))
	}
	return listed.place()
}

// record lists the publication in force, where a crash kept it from the list.
func (w publisher) record(current Publication) error {
	path := publicationPath(w.dir, current.Seq)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	sealed, err := readSealed(filepath.Join(w.dir, currentName))
	if err != nil {
		return err
	}
	listed, err := w.create.writeAside(path, sealed)
	if err != nil {
		return err
	}
	return listed.place()
}

// backTo finds the publication to go back to.
func (w publisher) backTo(current Publication, to string) (Publication, error) {
	all, refused := Publications(w.dir, w.key.keys())
	all = slices.DeleteFunc(all, func(p Publication) bool { return !p.Kept(w.dir) })
	if to == "" {
		return w.before(current, all, refused)
	}
	seq, numberErr := strconv.ParseInt(to, 10, 64)
	var found []Publication
	for _, p := range all { // the newest first
		named := len(to) >= 8 && strings.HasPrefix(p.Edition, to) || len(to) < 8 && numberErr == nil && p.Seq == seq
		if named && !slices.ContainsFunc(found, func(other Publication) bool { return other.Edition == p.Edition }) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return Publication{}, errors.Join(fmt.Errorf("%w called %q in %s; list them with: carrypoint editions --dir %s", errNoPublication, to, w.dir, w.dir), refused)
	case 1:
		return found[0], nil
	}
	return Publication{}, fmt.Errorf("%q begins the ids of %d editions; give more of it", to, len(found))
}

// errNoPublication says that there is nothing to go back to.
var errNoPublication = errors.New("there is no publication with its edition")

// before finds what was in force before the publication in force, or before the
// one that it went back to.
func (w publisher) before(current Publication, all []Publication, refused error) (Publication, error) {
	bySeq := map[int64]Publication{}
	for _, p := range all {
		bySeq[p.Seq] = p
	}
	at := current
	for at.Again > 0 && bySeq[at.Again].Seq > 0 {
		at = bySeq[at.Again]
	}
	for _, p := range all {
		if p.Seq < at.Seq && p.Edition != current.Edition {
			return p, nil
		}
	}
	return Publication{}, errors.Join(fmt.Errorf("%w before the one in force in %s", errNoPublication, w.dir), refused)
}
