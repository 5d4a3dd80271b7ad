package streets

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// buildPrefix begins the name of a draft. Left by a crash, it is removed by a later import, once it is too old
// to be at work.
const (
	buildPrefix  = ".build-streets-"
	buildTimeout = 6 * time.Hour // the whole country takes a part of it, and the draft is written to all the time
)

// A draft is the next street file while it is built, beside the old one.
type draft struct {
	path  string      // of the street file
	build string      // of the draft
	base  fs.FileInfo // of the street file that the draft began with; nil if there was none
}

// beginDraft makes a draft that is a copy of the street file, if there is one.
func beginDraft(path string) (*draft, error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	if err := removeUnfinished(folder); err != nil {
		return nil, fmt.Errorf("removing an unfinished import: %w", err)
	}
	f, err := os.CreateTemp(folder, buildPrefix+"*")
	if err != nil {
		return nil, err
	}
	d := &draft{path: path, build: f.Name()}
	err = errors.Join(d.copyBase(f), f.Close())
	if err != nil {
		return nil, errors.Join(err, d.remove())
	}
	return d, nil
}

func removeUnfinished(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !strings.HasPrefix(entry.Name(), buildPrefix) || time.Since(info.ModTime()) < buildTimeout {
			continue // gone since, finished, or at work
		}
		if err := os.Remove(filepath.Join(folder, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func (d *draft) copyBase(to io.Writer) error {
	old, err := os.Open(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if d.base, err = old.Stat(); err == nil {
		_, err = io.Copy(to, old)
	}
	return errors.Join(err, old.Close())
}

// finish puts the draft in the place of the street file, synced.
func (d *draft) finish() error {
	if err := seal(d.build); err != nil {
		return err
	}
	if err := d.isCurrent(); err != nil {
		return err
	}
	if err := os.Rename(d.build, d.path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(d.path))
}

// seal makes a file outlive a power cut, and readable for the server's user.
func seal(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o644), f.Sync(), f.Close())
}

// isCurrent reports whether the street file is still the one that the draft began with: two imports at a time
// would lose what the first one read.
func (d *draft) isCurrent() error {
	now, err := os.Stat(d.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && d.base == nil:
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case err == nil && d.base != nil && os.SameFile(now, d.base) && now.ModTime().Equal(d.base.ModTime()):
		return nil
	}
	return fmt.Errorf("another import changed %s meanwhile; import again", d.path)
}

// syncFolder makes a rename outlive a power cut.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// remove throws the draft away. One that took its place is not there any more.
func (d *draft) remove() error {
	if err := os.Remove(d.build); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
