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

	"golang.org/x/mod/sumdb/note"
)

// publicationExtension ends the name of a publication's file, after its number.
const publicationExtension = ".note"

func publicationPath(dir string, seq int64) string {
	return filepath.Join(dir, publicationsFolder, fmt.Sprintf("%06d", seq)+publicationExtension)
}

// InForce reads the publication in force in a data folder, or gives ErrNone.
// With keys, one of them must have signed it.
func InForce(dir string, keys note.Verifiers) (Publication, error) {
	p, err := readPublication(filepath.Join(dir, currentName), keys)
	if errors.Is(err, fs.ErrNotExist) {
		return Publication{}, fmt.Errorf("%w in %s", ErrNone, dir)
	}
	return p, err
}

// Publications lists all publications of a data folder, the newest first. The
// error tells of those that can't be read or that none of the keys signed; the
// others are listed all the same.
func Publications(dir string, keys note.Verifiers) ([]Publication, error) {
	numbers, err := publicationNumbers(dir)
	if err != nil {
		return nil, err
	}
	var all []Publication
	var refused []error
	for _, seq := range slices.Backward(numbers) {
		p, err := readPublication(publicationPath(dir, seq), keys)
		if err == nil && p.Seq != seq {
			err = fmt.Errorf("%w: %s holds publication %d", ErrNotWhole, publicationPath(dir, seq), p.Seq)
		}
		if err != nil {
			refused = append(refused, err)
			continue
		}
		all = append(all, p)
	}
	return all, errors.Join(refused...)
}

// publicationNumbers lists the numbers that files are named by, rising.
func publicationNumbers(dir string) ([]int64, error) {
	entries, err := os.ReadDir(filepath.Join(dir, publicationsFolder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("listing the publications: %w", err)
	}
	var numbers []int64
	for _, entry := range entries {
		name, isNote := strings.CutSuffix(entry.Name(), publicationExtension)
		if seq, err := strconv.ParseInt(name, 10, 64); isNote && err == nil && publicationPath(dir, seq) == filepath.Join(dir, publicationsFolder, entry.Name()) {
			numbers = append(numbers, seq)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}
