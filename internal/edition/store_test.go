package edition

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadRefuses(t *testing.T) {
	dir := t.TempDir()
	_, image := built(t, invented(10, ohio))
	renamed := filepath.Join(dir, strings.Repeat("0", 64)+extension)
	half := filepath.Join(dir, ID(image)+extension)
	for path, content := range map[string][]byte{renamed: image, half: image[:len(image)/2]} {
		must(t, os.WriteFile(path, content, 0o644))
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

// TestAnEditionMustBeWhatItsPublicationTellsOf signs untrue publications.
func TestAnEditionMustBeWhatItsPublicationTellsOf(t *testing.T) {
	key := newKey(t, "steward")
	for name, lie := range map[string]func(p *Publication){
		"another count of sites": func(p *Publication) { p.Sites++ },
		"another title":          func(p *Publication) { p.Title = "another" },
		"another day":            func(p *Publication) { p.Made = p.Made.AddDate(0, 0, 1) },
		"another size":           func(p *Publication) { p.Bytes++ },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			p := publishAs(t, dir, 10, key)
			lie(&p)
			sealed, err := seal(p.text(), key)
			must(t, err)
			replace(t, filepath.Join(dir, currentName), sealed)
			if _, err := Current(dir, key.keys()); !errors.Is(err, ErrDamaged) {
				t.Errorf("got %v", err)
			}
		})
	}
}
