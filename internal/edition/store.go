package edition

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// The names in a data folder: DIR/editions/ID.sqlite, and DIR/current, a
// symbolic link to one of them.
const (
	editionsFolder = "editions"
	currentLink    = "current"
	extension      = ".sqlite"
	buildPrefix    = ".build-" // a file that is being written; left by a crash, it is removed
)

// PublishEvery is how often a server looks for a new edition: often enough that
// a switch is seen in a second.
const PublishEvery = time.Second

// Save writes an edition's bytes into dir, whole and synced before it has its
// name, and gives its id. Saving what is there already does nothing.
func Save(dir string, image []byte) (id string, err error) {
	folder := filepath.Join(dir, editionsFolder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", fmt.Errorf("making the folder of editions: %w", err)
	}
	if err := removeUnfinished(folder); err != nil {
		return "", err
	}
	id = ID(image)
	path := filepath.Join(folder, id+extension)
	if _, err := Load(path); err == nil {
		return id, nil
	}
	if err := writeWhole(folder, path, image); err != nil {
		return "", fmt.Errorf("saving edition %s: %w", id[:12], err)
	}
	return id, nil
}

func removeUnfinished(folder string) error {
	old, err := filepath.Glob(filepath.Join(folder, buildPrefix+"*"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing an unfinished edition: %w", err)
		}
	}
	return nil
}

func writeWhole(folder, path string, image []byte) (err error) {
	f, err := os.CreateTemp(folder, buildPrefix+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(image)
	if err == nil {
		err = f.Chmod(0o444)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(folder)
}

// syncFolder makes a rename outlive a power cut.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Switch makes a saved edition the current one, atomically. It is verified first.
func Switch(dir, id string) error {
	target := filepath.Join(editionsFolder, id+extension)
	if _, err := Load(filepath.Join(dir, target)); err != nil {
		return err
	}
	link := filepath.Join(dir, buildPrefix+currentLink)
	if err := os.Remove(link); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("switching to edition %.12s: %w", id, err)
	}
	if err := os.Symlink(target, link); err != nil {
		return fmt.Errorf("switching to edition %.12s: %w", id, err)
	}
	if err := os.Rename(link, filepath.Join(dir, currentLink)); err != nil {
		return fmt.Errorf("switching to edition %.12s: %w", id, err)
	}
	return syncFolder(dir)
}

// Load verifies and opens the edition in a file: its bytes must be those that
// its name tells of. A file that is not there gives fs.ErrNotExist, a wrong one
// ErrDamaged.
func Load(path string) (*Edition, error) {
	image, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the edition: %w", err)
	}
	name := strings.TrimSuffix(filepath.Base(path), extension)
	if id := ID(image); id != name {
		return nil, fmt.Errorf("%w: %s holds bytes of SHA-256 %.12s…; get the file again or go back to an older edition", ErrDamaged, filepath.Base(path), id)
	}
	return Open(image)
}

// Current loads the current edition of a data folder, or gives ErrNone.
func Current(dir string) (*Edition, error) {
	target, err := currentFile(dir)
	if err != nil {
		return nil, err
	}
	return Load(target)
}

func currentFile(dir string) (string, error) {
	target, err := os.Readlink(filepath.Join(dir, currentLink))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%w in %s", ErrNone, dir)
	}
	if err != nil {
		return "", fmt.Errorf("finding the current edition: %w", err)
	}
	return filepath.Join(dir, target), nil
}

// A Follower serves one edition and moves to the next when the folder's current
// one changes. What it can't open it refuses, and goes on with what it has.
type Follower struct {
	Dir string // empty: the first edition for ever
	// Refused is told of every edition that could not be opened, once.
	Refused func(error)
	// Moved is told of every edition moved to.
	Moved func(*Edition)

	now  atomic.Pointer[Edition]
	last string // the file that was tried last
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
	if err != nil || file == f.last {
		return // none yet, or nothing new
	}
	f.last = file
	if now := f.Edition(); now != nil && strings.HasSuffix(file, now.ID+extension) {
		return
	}
	e, err := Load(file)
	if err != nil {
		f.Refused(err)
		return
	}
	f.Serve(e)
	f.Moved(e)
}

// Latest opens the current edition of a folder; where that can't be opened, the
// newest one that can. The error tells of everything that was refused, also
// beside an edition; a folder without any current edition is no error.
func Latest(dir string) (*Edition, error) {
	e, err := Current(dir)
	if err == nil || errors.Is(err, ErrNone) {
		return e, nil
	}
	refused := []error{err}
	for _, path := range newestFirst(filepath.Join(dir, editionsFolder)) {
		e, err := Load(path)
		if err == nil {
			return e, errors.Join(refused...)
		}
		refused = append(refused, err)
	}
	return nil, errors.Join(refused...)
}

// newestFirst lists the edition files of a folder by their time of writing.
func newestFirst(folder string) []string {
	paths, _ := filepath.Glob(filepath.Join(folder, "*"+extension)) // the pattern is a constant and right
	written := func(path string) time.Time {
		info, err := os.Stat(path)
		if err != nil {
			return time.Time{} // gone since: it is tried last and refused then
		}
		return info.ModTime()
	}
	slices.SortFunc(paths, func(a, b string) int { return written(b).Compare(written(a)) })
	return paths
}
