package edition

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLoadRefuses(t *testing.T) {
	dir := t.TempDir()
	_, image := built(t, invented(10, ohio))
	renamed := filepath.Join(dir, strings.Repeat("0", 64)+extension)
	half := filepath.Join(dir, ID(image)+extension)
	for path, content := range map[string][]byte{renamed: image, half: image[:len(image)/2]} {
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		path string
		want error
	}{
		"another edition's name": {renamed, ErrDamaged},
		"half a file":            {half, ErrDamaged},
		"a folder":               {dir, ErrDamaged},
		"a file without an end":  {"/dev/zero", ErrDamaged},
		"a file that is gone":    {filepath.Join(dir, "gone"+extension), fs.ErrNotExist},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Load(c.path); !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.path) {
				t.Errorf("got %v, want %v with the path", err, c.want)
			}
		})
	}
}

// TestLatestGoesBackToAWholeEdition has two editions, the newer one current.
func TestLatestGoesBackToAWholeEdition(t *testing.T) {
	_, older := built(t, invented(10, ohio))
	_, newer := built(t, invented(11, ohio))
	link := func(dir string) string { return filepath.Join(dir, currentLink) }
	file := func(dir string) string { return filepath.Join(dir, editionsFolder, ID(newer)+extension) }
	for name, c := range map[string]struct {
		harm func(dir string) error
		want string
		tell error
	}{
		"nothing is wrong":              {func(string) error { return nil }, ID(newer), nil},
		"the current one is gone":       {func(dir string) error { return os.Remove(file(dir)) }, ID(older), fs.ErrNotExist},
		"the link is gone":              {func(dir string) error { return os.Remove(link(dir)) }, ID(newer), ErrNone},
		"the current one is cut short":  {func(dir string) error { return cut(file(dir)) }, ID(older), ErrDamaged},
		"the link is a file":            {func(dir string) error { return rewritten(link(dir)) }, ID(newer), nil},
		"the link was made in full":     {func(dir string) error { return relinked(link(dir), file(dir)) }, ID(newer), nil},
		"the link goes to the older":    {func(dir string) error { return relinked(link(dir), editionsFolder+"/"+ID(older)+extension) }, ID(older), nil},
		"everything is gone":            {func(dir string) error { return errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o755)) }, "", nil},
		"the folder itself is gone":     {os.RemoveAll, "", nil},
		"the folder has an odd name":    {func(string) error { return nil }, ID(newer), nil},
		"only the older's link is left": {func(dir string) error { return errors.Join(os.Remove(link(dir)), cut(file(dir))) }, ID(older), ErrNone},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "[a-") // no pattern may be made of it
			old := publish(t, dir, older)
			publish(t, dir, newer)
			yesterday := time.Now().Add(-24 * time.Hour)
			if err := os.Chtimes(filepath.Join(dir, editionsFolder, old+extension), yesterday, yesterday); err != nil {
				t.Fatal(err)
			}
			if err := c.harm(dir); err != nil {
				t.Fatal(err)
			}
			e, err := Latest(dir)
			if c.tell != nil && !errors.Is(err, c.tell) {
				t.Errorf("told of %v, want %v", err, c.tell)
			}
			if got := idOf(e); got != c.want {
				t.Errorf("got edition %.12s (%v), want %.12s", got, err, c.want)
			}
		})
	}
}

func idOf(e *Edition) string {
	if e == nil {
		return ""
	}
	return e.ID
}

func cut(path string) error {
	return errors.Join(os.Chmod(path, 0o644), os.Truncate(path, 1000))
}

func relinked(link, target string) error {
	return errors.Join(os.Remove(link), os.Symlink(target, link))
}

func rewritten(link string) error {
	return errors.Join(os.Remove(link), os.WriteFile(link, []byte("a copy that lost its link"), 0o644))
}
