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

// buildPrefix begins the name of what is being written. Left by a crash, it is
// removed by a later build, once it is too old to be at work.
const (
	buildPrefix  = ".build-"
	buildTimeout = time.Hour
)

// A file is what saving needs of an *os.File. A test puts one of a full disk in
// its place.
type file interface {
	io.WriteCloser
	Name() string
	Chmod(fs.FileMode) error
	Sync() error
}

// A creator opens a new file for writing, under a name of its own.
type creator func(folder, pattern string) (file, error)

func onDisk(folder, pattern string) (file, error) { return os.CreateTemp(folder, pattern) }

// Save writes an edition's bytes into dir, whole and synced before it has its
// name, and gives its id. Saving what is there already does nothing. The
// current edition stays what it is, also where saving fails.
func Save(dir string, image []byte) (id string, err error) { return save(dir, image, onDisk) }

func save(dir string, image []byte, create creator) (id string, err error) {
	folder := filepath.Join(dir, editionsFolder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", fmt.Errorf("making the folder of editions: %w", err)
	}
	if err := errors.Join(removeUnfinished(dir), removeUnfinished(folder)); err != nil {
		return "", fmt.Errorf("removing an unfinished edition: %w", err)
	}
	id = ID(image)
	path := filepath.Join(folder, id+extension)
	if _, err := Load(path); err == nil {
		return id, nil
	}
	if err := writeWhole(folder, path, image, create); err != nil {
		return "", fmt.Errorf("saving edition %.12s: %w", id, err)
	}
	return id, nil
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

func writeWhole(folder, path string, image []byte, create creator) error {
	f, err := create(folder, buildPrefix+"*")
	if err != nil {
		return err
	}
	err = fill(f, image)
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(folder)
}

func fill(f file, image []byte) error {
	_, err := f.Write(image)
	if err == nil {
		err = f.Chmod(0o444)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
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
	if err := relink(dir, target, id); err != nil {
		return fmt.Errorf("switching to edition %.12s: %w", id, err)
	}
	return nil
}

// relink points the link to another file. The new link has a name by its
// edition until it takes the place of the old one, so that two switches at the
// same time don't meet.
func relink(dir, target, id string) error {
	link := filepath.Join(dir, buildPrefix+id)
	if err := os.Remove(link); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Symlink(target, link); err != nil {
		return err
	}
	if err := os.Rename(link, filepath.Join(dir, currentLink)); err != nil {
		return errors.Join(err, os.Remove(link))
	}
	return syncFolder(dir)
}
