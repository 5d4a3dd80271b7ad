package edition

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

// asidePrefix begins the name of what is being written. Left by a crash, it is
// removed by a later build, once it is too old to be at work: a build writes to
// its file every few seconds.
const (
	asidePrefix  = ".build-"
	asideTimeout = 10 * time.Minute
)

// A file is what writing needs of an *os.File. A test puts one of a full disk in
// its place.
type file interface {
	io.ReadWriteCloser
	io.WriterAt
	Name() string
	Chmod(fs.FileMode) error
	Sync() error
}

// A creator opens a new file for writing, under a name of its own.
type creator func(folder, pattern string) (file, error)

func onDisk(folder, pattern string) (file, error) { return os.CreateTemp(folder, pattern) }

// aside opens a file to write aside, in a folder that is made where it is not.
func (c creator) aside(folder string) (file, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	return c(folder, asidePrefix+"*")
}

// settle makes a written file safe, so that it may have its name.
func settle(f file, mode fs.FileMode) error {
	err := f.Chmod(mode)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// drop removes a file that was written aside for nothing.
func drop(f file) error { return gone(os.Remove(f.Name())) }

// A text is a small file to be: written aside whole, or in its place.
type text struct {
	file
	path string
}

// writeAside writes a text that everybody may read, safe but without its name.
func (c creator) writeAside(path string, content []byte) (*text, error) {
	f, err := c.aside(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	t := &text{f, path}
	if _, err = f.Write(content); err != nil {
		err = errors.Join(err, f.Close())
	} else {
		err = settle(f, 0o644)
	}
	if err != nil {
		return nil, errors.Join(err, drop(f))
	}
	return t, nil
}

// place gives a text its name, instead of what has it.
func (t *text) place() error {
	if err := os.Rename(t.Name(), t.path); err != nil {
		return errors.Join(err, drop(t))
	}
	return syncFolder(filepath.Dir(t.path))
}

// syncFolder makes a rename outlive a power cut.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// removeUnfinished removes from a data folder what a crash left of writing.
func removeUnfinished(dir string) error {
	for _, folder := range []string{dir, filepath.Join(dir, editionsFolder), filepath.Join(dir, publicationsFolder)} {
		if err := gone(removeOldAside(folder)); err != nil {
			return fmt.Errorf("removing what was left unfinished: %w", err)
		}
	}
	return nil
}

func removeOldAside(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !strings.HasPrefix(entry.Name(), asidePrefix) || time.Since(info.ModTime()) < asideTimeout {
			continue // gone since, finished, or at work
		}
		if err := gone(os.Remove(filepath.Join(folder, entry.Name()))); err != nil {
			return err
		}
	}
	return nil
}
