package edition

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// A folder to begin with has publications 1 and 2, of editions of 10 and of 11
// sites.
type folder struct {
	dir          string
	older, newer Publication
	key          *Key
}

func (f folder) current() string { return filepath.Join(f.dir, currentName) }
func (f folder) file() string    { return editionPath(f.dir, f.newer.Edition) }

// inForce puts a text in force, as a hand might.
func (f folder) inForce(content string) error {
	return os.WriteFile(f.current(), []byte(content), 0o644)
}

// again puts a former publication in force as a hand, or a thief, might.
func (f folder) again(p Publication) error {
	sealed, err := os.ReadFile(publicationPath(f.dir, p.Seq))
	return errors.Join(err, f.inForce(string(sealed)))
}

func cut(path string) error {
	return errors.Join(os.Chmod(path, 0o644), os.Truncate(path, 1000))
}

// TestAFollowerBeginsWithTheLastGoodEdition harms a folder before a server is
// there, with and without signatures.
func TestAFollowerBeginsWithTheLastGoodEdition(t *testing.T) {
	const older, newer, none = 10, 11, 0 // sites
	for name, c := range map[string]struct {
		harm    func(f folder) error
		sites   int
		tell    error
		refused string // what is said of it afterwards
	}{
		"nothing is wrong":                 {func(folder) error { return nil }, newer, nil, ""},
		"the edition is gone":              {func(f folder) error { return os.Remove(f.file()) }, older, fs.ErrNotExist, "publication 2 was refused: its file is not there"},
		"the edition is cut short":         {func(f folder) error { return cut(f.file()) }, older, ErrDamaged, "publication 2 was refused: its edition is damaged"},
		"what is in force is gone":         {func(f folder) error { return os.Remove(f.current()) }, newer, ErrNone, ""},
		"what is in force is rubbish":      {func(f folder) error { return f.inForce("rubbish") }, newer, ErrNotWhole, "the publication in force was refused: it is not whole"},
		"what is in force is empty":        {func(f folder) error { return f.inForce("") }, newer, ErrNotWhole, "the publication in force was refused: it is not whole"},
		"the older one was put back":       {func(f folder) error { return f.again(f.older) }, newer, ErrOlder, "publication 1 was refused: it is older than what was in force"},
		"it is a link to the publication":  {func(f folder) error { return relinked(f.current(), "publications/000002.note") }, newer, nil, ""},
		"the list of publications is gone": {func(f folder) error { return os.RemoveAll(filepath.Join(f.dir, publicationsFolder)) }, newer, nil, ""},
		"only the older edition is left":   {func(f folder) error { return errors.Join(os.Remove(f.current()), cut(f.file())) }, older, ErrNone, ""},
		"no edition is left":               {func(f folder) error { return os.RemoveAll(filepath.Join(f.dir, editionsFolder)) }, none, fs.ErrNotExist, "publication 2 was refused: its file is not there"},
		"an edition that nobody published": {func(f folder) error {
			return errors.Join(os.Remove(f.current()), os.RemoveAll(filepath.Join(f.dir, publicationsFolder)))
		}, none, nil, ""},
		"everything is gone":                {func(f folder) error { return errors.Join(os.RemoveAll(f.dir), os.Mkdir(f.dir, 0o755)) }, none, nil, ""},
		"the folder itself is gone":         {func(f folder) error { return os.RemoveAll(f.dir) }, none, nil, ""},
		"the list of hidden ones is broken": {func(f folder) error { return os.WriteFile(filepath.Join(f.dir, hiddenName), []byte("x"), 0o644) }, newer, ErrNotWhole, "the list of hidden sites was refused: it is not whole"},
	} {
		for signed, key := range map[string]*Key{"unsigned": nil, "signed": newKey(t, "steward")} {
			t.Run(name+", "+signed, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "[a-") // no pattern may be made of it
				f := folder{dir: dir, key: key}
				f.older, f.newer = publishAs(t, dir, older, key), publishAs(t, dir, newer, key)
				must(t, c.harm(f))
				wantBegun(t, &Follower{Dir: dir, Keys: key.keys()}, c.sites, c.tell, c.refused)
			})
		}
	}
}

func wantBegun(t *testing.T, f *Follower, sites int, tell error, refused string) {
	t.Helper()
	err := f.Begin()
	if !errors.Is(err, tell) || (err == nil) != (tell == nil) {
		t.Errorf("told of %v, want %v", err, tell)
	}
	got := 0
	if f.Edition() != nil {
		got = f.Edition().Len()
	}
	if got != sites {
		t.Errorf("it serves %d sites (%v), want %d", got, err, sites)
	}
	inside, _ := built(t, invented(3, ohio))
	if f.Edition() == nil {
		f.Serve(inside)
	}
	said := ""
	for _, r := range f.State().Refused {
		said += r.Words()
	}
	if said != refused {
		t.Errorf("it says %q, want %q", said, refused)
	}
	f.Refused = func(err error) { t.Error("told again of", err) }
	for range 3 {
		f.look()
	}
}

func relinked(link, target string) error {
	return errors.Join(os.Remove(link), os.Symlink(target, link))
}

// TestAFollowerBeginsOnlyWithWhatItsKeySigned has a publication that is signed as
// it should be, and a newer one that is not.
func TestAFollowerBeginsOnlyWithWhatItsKeySigned(t *testing.T) {
	key, other := newKey(t, "steward"), newKey(t, "steward")
	for name, c := range map[string]struct {
		first, second *Key
		sites         int
		tell          error
		refused       string
	}{
		"both are":                       {key, key, 11, nil, ""},
		"the newer one is by another":    {key, other, 10, ErrForeign, "the publication in force was refused: it is signed by a key that this server does not know"},
		"both are by another":            {other, other, 0, ErrForeign, "the publication in force was refused: it is signed by a key that this server does not know"},
		"the newer one is not signed":    {key, nil, 10, ErrUnsigned, "the publication in force was refused: it is not signed"},
		"neither is signed":              {nil, nil, 0, ErrUnsigned, "the publication in force was refused: it is not signed"},
		"the older one is not, and gone": {nil, key, 11, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			publishAs(t, dir, 10, c.first)
			if c.first != nil && c.second == nil {
				must(t, os.Remove(filepath.Join(dir, currentName))) // which would ask for the key
			}
			publishAs(t, dir, 11, c.second)
			wantBegun(t, &Follower{Dir: dir, Keys: key.keys()}, c.sites, c.tell, c.refused)
		})
	}
}

func TestWhatIsInForceIsServedOnceItIsWhole(t *testing.T) {
	dir := t.TempDir()
	older, newer := publish(t, dir, 10), publish(t, dir, 11)
	image, err := os.ReadFile(editionPath(dir, newer.Edition))
	must(t, err)
	damage(t, dir, newer.Edition)
	f := &Follower{Dir: dir}
	if err := f.Begin(); !errors.Is(err, ErrDamaged) || f.State().Publication != older {
		t.Fatalf("it began with %+v, %v", f.State().Publication, err)
	}
	replace(t, editionPath(dir, newer.Edition), image)
	f.look()
	if s := f.State(); s.Publication != newer || len(s.Refused) != 0 {
		t.Errorf("it serves %+v and refuses %v", s.Publication, s.Refused)
	}
}
