package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"carrypoint/internal/gazetteer"
)

// root is where the files go, from the folder of the project.
const root = "data"

func main() {
	if err := build(); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func build() error {
	if _, err := os.Stat(filepath.Join(root, "data.go")); errors.Is(err, fs.ErrNotExist) {
		return errors.New("run it in the folder of the project, as \"make data\" does")
	}
	s := newStore(packages)
	lines, err := basemap(s.file)
	if err != nil {
		return fmt.Errorf("the basemap: %w", err)
	}
	gazette, err := places(s)
	if err != nil {
		return fmt.Errorf("the gazetteer: %w", err)
	}
	if _, err := gazetteer.Open(bytes.NewReader(gazette.packed)); err != nil {
		return fmt.Errorf("the gazetteer that was made can't be read: %w", err)
	}
	if err := write("basemap/basemap.bin.gz", lines); err != nil {
		return err
	}
	if err := write("gazetteer/places.tsv.gz", gazette.packed); err != nil {
		return err
	}
	return writeManifest(gazette.newest)
}

// write writes a file of package data.
func write(path string, content []byte) error {
	file := filepath.Join(root, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}
