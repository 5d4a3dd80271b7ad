package edition

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// The names in a data folder: DIR/editions/ID.sqlite, DIR/publications/SEQ.note,
// DIR/current with the publication in force, and DIR/hidden with the sites that
// no answer may hold.
const (
	editionsFolder     = "editions"
	publicationsFolder = "publications"
	currentName        = "current"
	hiddenName         = "hidden"
	extension          = ".sqlite"
)

// maxBytes is four times the largest dataset that a reader takes: what is
// larger is no edition, and reading it would take all memory.
const maxBytes = 4 << 30

func editionPath(dir, id string) string { return filepath.Join(dir, editionsFolder, id+extension) }

// Load verifies and opens the edition in a file: its bytes must be those that
// its name tells of. A file that is not there gives fs.ErrNotExist, a wrong one
// ErrDamaged.
func Load(path string) (*Edition, error) {
	if err := verifyBytes(path); err != nil {
		return nil, err
	}
	e, err := openFile(path, idOfPath(path))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return e, nil
}

func idOfPath(path string) string { return strings.TrimSuffix(filepath.Base(path), extension) }

// verifyBytes says whether a file's bytes are those that its name tells of.
func verifyBytes(path string) error {
	id, err := fileID(path)
	if err != nil {
		return err
	}
	if id != idOfPath(path) {
		return fmt.Errorf("%w: %s holds bytes of SHA-256 %.12s…, which its name must be", ErrDamaged, path, id)
	}
	return nil
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

// metaOf is what the edition in a file says of itself, without its sites.
func metaOf(path string) (meta Meta, err error) {
	err = connected(ofFile(path), func(conn *sql.Conn) error {
		meta, err = readMeta(conn)
		return err
	})
	if err != nil {
		return Meta{}, fmt.Errorf("%w: %s: %v", ErrDamaged, path, err)
	}
	return meta, nil
}

// Current loads the edition that is in force in a data folder, with every site
// of it, or gives ErrNone. Keys are those that its publication must be signed
// by, one of them; nil where it need not be.
func Current(dir string, keys note.Verifiers) (*Edition, error) {
	p, err := InForce(dir, keys)
	if err != nil {
		return nil, err
	}
	return p.load(dir)
}
