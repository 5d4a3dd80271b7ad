package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// partPrefix begins the name of a file that is being written.
const partPrefix = ".part-"

// A shelf is the place of one dataset's last answer: the answer in a file named
// by its content, and a label that says which file it is. The label is written
// last, so that a crash leaves the answer of before. Without a folder to keep
// things the shelf is a temporary one.
type shelf struct {
	folder string
	key    string // tells this dataset's files from those of others
	kept   *label // of the answer of before; nil where none is to be relied on
	keeps  bool
}

// A label says what a kept answer is, and how to ask whether it is the newest.
type label struct {
	Host    string    `json:"host"`
	Fetched time.Time `json:"fetched"` // the last time that it came whole
	File    string    `json:"file"`
	SHA256  string    `json:"sha256"`
	Size    int64     `json:"size"`
	Format  string    `json:"format"`
	Name    string    `json:"name,omitempty"`

	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	// Stamp is what a server that pages says about its dataset when the dataset
	// has not changed.
	Stamp    string    `json:"stamp,omitempty"`
	LastEdit time.Time `json:"last_edit,omitzero"`
	Notes    []string  `json:"notes,omitempty"`
}

// maxLabel is a hundred times a real one.
const maxLabel = 1 << 20

// openShelf finds what is kept of a dataset. Publishers put into their files
// what must never be shown, so nobody else on the machine may read them.
func openShelf(folder string, r Request, now time.Time) (*shelf, error) {
	if folder == "" {
		folder, err := os.MkdirTemp("", "carrypoint-fetch-*")
		if err != nil {
			return nil, fmt.Errorf("making a temporary folder: %w", err)
		}
		return &shelf{folder: folder}, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of fetched datasets: %w", err)
	}
	sum := sha256.Sum256([]byte(r.Protocol + "\n" + strings.TrimSpace(r.Address)))
	s := &shelf{folder: folder, key: hex.EncodeToString(sum[:12]), keeps: true}
	if err := s.removeParts(now); err != nil {
		return nil, fmt.Errorf("removing an unfinished file: %w", err)
	}
	s.kept = s.read(now)
	return s, nil
}

func (s *shelf) labelPath() string { return filepath.Join(s.folder, s.key+".json") }

// read gives the label of a kept answer that is whole and not too old. Whatever
// is wrong with it, fetching the dataset again puts it right.
func (s *shelf) read(now time.Time) *label {
	info, err := os.Stat(s.labelPath())
	if err != nil || info.Size() > maxLabel {
		return nil
	}
	text, err := os.ReadFile(s.labelPath())
	if err != nil {
		return nil
	}
	var l label
	if json.Unmarshal(text, &l) != nil || l.File != s.fileName(l.SHA256) || !whole(filepath.Join(s.folder, l.File), l) {
		return nil
	}
	if age := now.Sub(l.Fetched); age < 0 || age > keptFor {
		return nil
	}
	return &l
}

func (s *shelf) fileName(sum string) string { return s.key + "-" + sum[:min(12, len(sum))] }

func whole(path string, l label) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	hash := sha256.New()
	size, err := io.Copy(hash, f)
	return err == nil && size == l.Size && hex.EncodeToString(hash.Sum(nil)) == l.SHA256
}

// part makes a file to write into.
func (s *shelf) part() (*os.File, error) {
	f, err := os.CreateTemp(s.folder, partPrefix+"*")
	if err != nil {
		return nil, fmt.Errorf("making a file for the dataset: %w", err)
	}
	return f, nil
}

// removeParts removes what a crash left unfinished.
func (s *shelf) removeParts(now time.Time) error {
	return s.remove(func(name string, written time.Time) bool {
		return strings.HasPrefix(name, partPrefix) && now.Sub(written) >= partAge
	})
}

// remove removes the files of the folder that nobody needs.
func (s *shelf) remove(unneeded func(name string, written time.Time) bool) error {
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !unneeded(entry.Name(), info.ModTime()) {
			continue // gone since, or needed
		}
		if err := os.Remove(filepath.Join(s.folder, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// same is the answer that was kept, because nothing has changed.
func (s *shelf) same() *Answer {
	a := s.answer(*s.kept)
	a.NotModified = true
	return a
}

// put makes a finished part the answer on this shelf, with its label.
func (s *shelf) put(part *os.File, l label) (*Answer, error) {
	l.File = "dataset"
	if s.keeps {
		l.File = s.fileName(l.SHA256)
	}
	if err := finish(part, filepath.Join(s.folder, l.File)); err != nil {
		return nil, fmt.Errorf("saving the dataset: %w", err)
	}
	if s.keeps {
		if err := s.write(l); err != nil {
			return nil, fmt.Errorf("saving what the dataset is: %w", err)
		}
	}
	a := s.answer(l)
	a.NotModified = s.kept != nil && s.kept.SHA256 == l.SHA256
	return a, nil
}

func (s *shelf) answer(l label) *Answer {
	a := &Answer{
		Path: filepath.Join(s.folder, l.File), Format: l.Format, Name: l.Name,
		SHA256: l.SHA256, Size: l.Size, LastEdit: l.LastEdit, Notes: l.Notes,
	}
	if !s.keeps {
		a.temporary = s.folder
	}
	return a
}

// write puts the label in force, then removes the file of the one before.
func (s *shelf) write(l label) error {
	text, err := json.MarshalIndent(l, "", "\t")
	if err != nil {
		return err
	}
	part, err := s.part()
	if err != nil {
		return err
	}
	if _, err := part.Write(text); err != nil {
		return errors.Join(err, discard(part))
	}
	if err := finish(part, s.labelPath()); err != nil {
		return err
	}
	if err := syncFolder(s.folder); err != nil {
		return err
	}
	return s.remove(func(name string, _ time.Time) bool {
		return strings.HasPrefix(name, s.key+"-") && name != l.File
	})
}

// abandon removes what is temporary when there is no answer to close.
func (s *shelf) abandon(err error) error {
	if !s.keeps {
		return errors.Join(err, os.RemoveAll(s.folder))
	}
	return err
}

// finish gives a part its name once it is safe on disk.
func finish(part *os.File, path string) error {
	err := part.Sync()
	err = errors.Join(err, part.Close())
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}

// discard removes a part that came to nothing.
func discard(part *os.File) error {
	return errors.Join(part.Close(), os.Remove(part.Name()))
}

// syncFolder makes a rename outlive a power cut.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
