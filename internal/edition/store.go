package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The names in a data folder: DIR/editions/ID.sqlite, and DIR/current, a
// symbolic link to one of them.
const (
	editionsFolder = "editions"
	currentLink    = "current"
	extension      = ".sqlite"
)

// maxBytes is four times the largest dataset that a reader takes: what is
// larger is no edition, and reading it would take all memory.
const maxBytes = 4 << 30

// Load verifies and opens the edition in a file: its bytes must be those that
// its name tells of. A file that is not there gives fs.ErrNotExist, a wrong one
// ErrDamaged.
func Load(path string) (*Edition, error) {
	id, err := fileID(path)
	if err != nil {
		return nil, err
	}
	if name := strings.TrimSuffix(filepath.Base(path), extension); id != name {
		return nil, fmt.Errorf("%w: %s holds bytes of SHA-256 %.12s…, which its name must be", ErrDamaged, path, id)
	}
	e, err := openFile(path, id)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return e, nil
}

// fileID is the ID of the bytes in a file.
func fileID(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("reading the edition: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxBytes {
		return "", fmt.Errorf("%w: %s is no file of at most %d bytes", ErrDamaged, path, maxBytes)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("reading the edition: %w", err)
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", errors.Join(fmt.Errorf("reading the edition: %w", err), f.Close())
	}
	return hex.EncodeToString(sum.Sum(nil)), f.Close()
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
	if filepath.IsAbs(target) { // made by hand
		return target, nil
	}
	return filepath.Join(dir, target), nil
}

// Latest opens the current edition of a folder; where that can't be opened, the
// newest one that can. The error tells of everything that was refused, also
// beside an edition; a folder without any edition is no error.
func Latest(dir string) (*Edition, error) {
	e, err := Current(dir)
	if err == nil {
		return e, nil
	}
	refused := []error{err}
	current, _ := currentFile(dir) // its error is the one above
	paths := newestFirst(filepath.Join(dir, editionsFolder))
	for _, path := range paths {
		if path == current {
			continue
		}
		e, err := Load(path)
		if err == nil {
			return e, errors.Join(refused...)
		}
		refused = append(refused, err)
	}
	if errors.Is(err, ErrNone) && len(paths) == 0 {
		return nil, nil
	}
	return nil, errors.Join(refused...)
}

// newestFirst lists the edition files of a folder by their time of writing.
func newestFirst(folder string) []string {
	entries, _ := os.ReadDir(folder) // a folder that can't be read holds nothing that can be opened
	written := map[string]time.Time{}
	var paths []string
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || filepath.Ext(entry.Name()) != extension {
			continue // gone since, or no edition
		}
		path := filepath.Join(folder, entry.Name())
		paths, written[path] = append(paths, path), info.ModTime()
	}
	slices.SortStableFunc(paths, func(a, b string) int { return written[b].Compare(written[a]) })
	return paths
}
