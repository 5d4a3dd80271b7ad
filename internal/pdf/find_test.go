package pdf

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestWhereTheBrowserIs(t *testing.T) {
	folder := t.TempDir()
	place := func(name string, mode os.FileMode) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	notes := place("notes.txt", 0o600)
	chrome := place("google-chrome", 0o700)
	t.Setenv("PATH", folder)
	for name, c := range map[string]struct {
		path, want string
		err        error
	}{
		"the one on PATH":              {"", chrome, nil},
		"at a path":                    {chrome, chrome, nil},
		"by another name on PATH":      {"google-chrome", chrome, nil},
		"nothing is at the path":       {chrome + "-beta", "", ErrNone},
		"the path is not of a program": {notes, "", ErrNone},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Find(c.path)
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("it is %q and %v, want %q and %v", got, err, c.want, c.err)
			}
		})
	}
	first := place("chromium", 0o700)
	if got, err := Find(""); got != first || err != nil {
		t.Errorf("of two it is %q and %v, want %q", got, err, first)
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(""); !errors.Is(err, ErrNone) {
		t.Errorf("without any it gives %v", err)
	}
}
