package edition

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"carrypoint/internal/site"
)

// follow starts a follower of dir and keeps what it refused.
func follow(t *testing.T, dir string, key *Key) (f *Follower, refused *[]error) {
	t.Helper()
	refused = &[]error{}
	f = &Follower{Dir: dir, Keys: key.keys(), Refused: func(err error) { *refused = append(*refused, err) }}
	must(t, f.Begin())
	return f, refused
}

// TestSwitchingUnderLoadFailsNobody reads from the follower while editions are
// built, published, rolled back and freed of sites, among them a damaged one.
func TestSwitchingUnderLoadFailsNobody(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, 50)
	f, refused := follow(t, dir, nil)
	ctx, stop := context.WithCancel(context.Background())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				e := f.Edition()
				if found := e.Near(ohio, Filter{}, monday, 0, 10); len(found.Hits) != 10 || e.Count(Area{Country: "us"}) != e.Len() {
					t.Errorf("%d hits, %d counted of %d", len(found.Hits), e.Count(Area{Country: "us"}), e.Len())
					return
				}
			}
		})
	}
	for n := 51; n < 60; n++ {
		p := publish(t, dir, n)
		if f.look(); f.State().Publication != p || f.Edition().ID != p.Edition {
			t.Errorf("did not move to the edition of %d sites", n)
		}
		_, err := Hide(dir, nil, monday, fmt.Sprintf("us-oh-example-%06d", n-51))
		must(t, err)
		if f.look(); f.Edition().Len() != n-(n-50) {
			t.Errorf("%d of %d sites are served", f.Edition().Len(), n)
		}
		back, err := Rollback(dir, "", nil, monday)
		must(t, err)
		if f.look(); f.State().Publication != back {
			t.Errorf("did not go back to %+v", back)
		}
	}
	stop()
	readers.Wait()
	if len(*refused) > 0 {
		t.Error(*refused)
	}
}

// TestTheLastGoodEditionGoesOn harms the folder under a follower, which goes on,
// tells of it once, says so as long as it is so, and moves on when a good
// publication is there again.
func TestTheLastGoodEditionGoesOn(t *testing.T) {
	key, other := newKey(t, "steward"), newKey(t, "steward")
	write := func(dir, content string) error {
		return errors.Join(gone(os.Remove(filepath.Join(dir, currentName))), os.WriteFile(filepath.Join(dir, currentName), []byte(content), 0o644))
	}
	resealed := func(f folder, p Publication, k *Key) error {
		sealed, err := seal(p.text(), k)
		return errors.Join(err, write(f.dir, string(sealed)))
	}
	next := func(f folder) Publication { p := f.newer; p.Seq++; return p }
	for name, c := range map[string]struct {
		harm func(f folder) error
		told error // nil: nothing is told
		says string
	}{
		"the next edition is damaged": {func(f folder) error {
			return errors.Join(cut(f.file()), resealed(f, next(f), f.key))
		}, ErrDamaged, "publication 3 was refused: its edition is damaged"},
		"the next edition is not there": {func(f folder) error {
			return errors.Join(os.Remove(f.file()), resealed(f, next(f), f.key))
		}, fs.ErrNotExist, "publication 3 was refused: its file is not there"},
		"a former publication is replayed": {func(f folder) error { return f.again(f.older) }, ErrOlder, "publication 1 was refused: it is older than what was in force"},
		"the same number is used again":    {func(f folder) error { p := f.older; p.Seq = 2; return resealed(f, p, f.key) }, ErrOlder, "publication 2 was refused: it is older than what was in force"},
		"half a publication is there": {func(f folder) error {
			sealed, err := os.ReadFile(f.current())
			return errors.Join(err, write(f.dir, string(sealed[:len(sealed)/2])))
		}, ErrNotWhole, "the publication in force was refused: it is not whole"},
		"it is signed by another":          {func(f folder) error { return resealed(f, next(f), other) }, ErrForeign, "the publication in force was refused: it is signed by a key that this server does not know"},
		"it is not signed":                 {func(f folder) error { return resealed(f, next(f), nil) }, ErrUnsigned, "the publication in force was refused: it is not signed"},
		"what is in force is gone":         {func(f folder) error { return os.Remove(f.current()) }, nil, ""},
		"it became a folder":               {func(f folder) error { return errors.Join(os.Remove(f.current()), os.Mkdir(f.current(), 0o755)) }, errAny, "the publication in force was refused: it could not be read"},
		"the folder is gone":               {func(f folder) error { return os.RemoveAll(f.dir) }, nil, ""},
		"it is a link that goes in a ring": {func(f folder) error { return relinked(f.current(), currentName) }, errAny, "the publication in force was refused: it could not be read"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			folder := folder{dir: dir, key: key, older: publishAs(t, dir, 10, key), newer: publishAs(t, dir, 11, key)}
			f, refused := follow(t, dir, key)
			f.look()
			now := f.Edition()
			if strings.HasPrefix(name, "the next edition") { // it moves to it only from another one
				f.now.Store(&State{Edition: now, Publication: folder.older})
			}
			must(t, c.harm(folder))
			for range 3 {
				f.look()
			}
			if f.Edition() != now {
				t.Error("the last good edition did not go on")
			}
			wantTold(t, f, *refused, c.told, c.says)
			must(t, gone(os.RemoveAll(filepath.Join(dir, currentName))))
			after := publishAs(t, dir, 12, key) // it has number 1 where the folder was lost
			if f.look(); f.Edition().ID != after.Edition || len(f.State().Refused) != 0 {
				t.Errorf("did not move to the good edition: %v", f.State().Refused)
			}
		})
	}
}

// TestAThiefCanNotGoBackByTakingTheListAway replays a publication in a folder
// that no longer lists what is served.
func TestAThiefCanNotGoBackByTakingTheListAway(t *testing.T) {
	key := newKey(t, "steward")
	dir := t.TempDir()
	publishOn := func(n int, day time.Time) (sealed []byte) {
		_, err := Publish(dir, write(t, dir, invented(n, ohio)), key, day)
		must(t, err)
		sealed, err = os.ReadFile(filepath.Join(dir, currentName))
		must(t, err)
		return sealed
	}
	former := publishOn(10, monday)
	publishOn(11, monday.AddDate(0, 0, 1))
	f, refused := follow(t, dir, key)
	remove(t, filepath.Join(dir, publicationsFolder))
	replace(t, filepath.Join(dir, currentName), former)
	if f.look(); f.Edition().Len() != 11 || len(*refused) != 1 || !errors.Is((*refused)[0], ErrOlder) {
		t.Errorf("it serves %d sites, told of %v", f.Edition().Len(), *refused)
	}
}

// errAny stands for any reason at all.
var errAny = errors.New("any")

func wantTold(t *testing.T, f *Follower, refused []error, want error, says string) {
	t.Helper()
	switch {
	case want == nil && len(refused) > 0:
		t.Error("told of", refused)
	case want != nil && len(refused) != 1:
		t.Errorf("told %d times, want once: %v", len(refused), refused)
	case want != nil && want != errAny && !errors.Is(refused[0], want):
		t.Errorf("told of %v, want %v", refused[0], want)
	}
	var said []string
	for _, r := range f.State().Refused {
		said = append(said, r.Words())
	}
	if strings.Join(said, "; ") != says {
		t.Errorf("it says %q, want %q", said, says)
	}
}

func TestAFileThatIsBeingCopiedIsTakenWhenItIsWhole(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, 50)
	f, refused := follow(t, dir, nil)
	now := f.Edition()
	after := publish(t, dir, 51)
	path := editionPath(dir, after.Edition)
	image, err := os.ReadFile(path)
	must(t, err)
	must(t, os.Remove(path))
	for _, size := range []int{0, 1, len(image) / 2, len(image) - 1, len(image)} {
		if f.look(); f.Edition() != now {
			t.Fatal("moved to a file that is not whole")
		}
		must(t, os.WriteFile(path, image[:size], 0o644))
	}
	if f.look(); f.Edition().ID != after.Edition {
		t.Error("did not move to the whole file")
	}
	if len(*refused) != 2 { // it is not there, and then it is not whole
		t.Errorf("told %d times: %v", len(*refused), *refused)
	}
}

// TestWhatNobodyWroteToIsNotReadAgain puts other bytes in the place of files and
// gives them the old time: only who reads them would notice.
func TestWhatNobodyWroteToIsNotReadAgain(t *testing.T) {
	dir := t.TempDir()
	p := publish(t, dir, 50)
	_, err := Hide(dir, nil, monday, "us-oh-example-000001")
	must(t, err)
	f, refused := follow(t, dir, nil)
	f.look()
	now := f.Edition()
	for _, path := range []string{filepath.Join(dir, currentName), filepath.Join(dir, hiddenName), editionPath(dir, p.Edition)} {
		must(t, os.Chmod(path, 0o644))
		info, err := os.Stat(path)
		must(t, err)
		must(t, os.WriteFile(path, make([]byte, info.Size()), 0o644))
		must(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
	}
	for range 3 {
		f.look()
	}
	if f.Edition() != now || len(*refused) > 0 {
		t.Error("it read them:", *refused)
	}
}

func TestADamagedFileIsHashedOnce(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, 50)
	f, refused := follow(t, dir, nil)
	p := publish(t, dir, 51)
	image, err := os.ReadFile(editionPath(dir, p.Edition))
	must(t, err)
	damage(t, dir, p.Edition)
	f.look()
	info, err := os.Stat(editionPath(dir, p.Edition))
	must(t, err)
	must(t, os.WriteFile(editionPath(dir, p.Edition), image, 0o644)) // good again, but nobody can see that
	must(t, os.Chtimes(editionPath(dir, p.Edition), info.ModTime(), info.ModTime()))
	f.look()
	if f.State().Publication.Seq != 1 || len(*refused) != 1 {
		t.Error("it was hashed again")
	}
	must(t, os.Chtimes(editionPath(dir, p.Edition), time.Now(), time.Now()))
	if f.look(); f.State().Publication != p {
		t.Error("it was not looked at after it was written")
	}
}

func TestGoingBackToWhatIsServedNeedsNoFile(t *testing.T) {
	dir := t.TempDir()
	first := publish(t, dir, 50)
	f, refused := follow(t, dir, nil)
	now := f.Edition()
	publish(t, dir, 51)
	back, err := Rollback(dir, first.Edition, nil, monday)
	must(t, err)
	if f.look(); f.Edition() != now || f.State().Publication != back || len(*refused) > 0 {
		t.Errorf("it serves %+v, told of %v", f.State().Publication, *refused)
	}
}

// TestAFollowerOfNothingServesWhatItWasGiven and moves to the first publication.
func TestAFollowerOfNothingServesWhatItWasGiven(t *testing.T) {
	dir := t.TempDir()
	f, refused := follow(t, dir, nil)
	if f.Edition() != nil {
		t.Fatal("it has an edition of nothing")
	}
	inside, _ := built(t, invented(5, ohio))
	f.Serve(inside)
	f.look()
	if f.Edition() != inside {
		t.Error("it serves something else")
	}
	_, err := Hide(dir, nil, monday, inside.Sites()[2].ID)
	must(t, err)
	if f.look(); f.Edition().Len() != 4 {
		t.Errorf("%d sites are served after one was hidden", f.Edition().Len())
	}
	_, err = Unhide(dir, nil, monday, inside.Sites()[2].ID)
	must(t, err)
	if f.look(); f.Edition().Len() != 5 {
		t.Errorf("%d sites are served after it was shown again", f.Edition().Len())
	}
	p := publish(t, dir, 50)
	if f.look(); f.State().Publication != p {
		t.Error("it did not move to the first publication")
	}
	if len(*refused) > 0 {
		t.Error(*refused)
	}
}

// TestFormerEditionsAreReleased moves twenty times. Of the editions that were
// served only the last one is held, and the memory of the others comes back.
func TestFormerEditionsAreReleased(t *testing.T) {
	const moves = 20
	dir := t.TempDir()
	publish(t, dir, 1000)
	f, _ := follow(t, dir, nil)
	var released atomic.Int64
	before := heldBytes()
	for n := range moves {
		runtime.AddCleanup(f.Edition(), func(int) { released.Add(1) }, 0)
		publish(t, dir, 1001+n%2)
		f.look()
	}
	held := heldBytes()
	for range 50 {
		if released.Load() == moves {
			break
		}
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
	}
	if released.Load() != moves {
		t.Errorf("%d of %d former editions were released", released.Load(), moves)
	}
	t.Logf("held: %d KB at first, %d KB after %d moves", before>>10, held>>10, moves)
	if held > before+before/2 {
		t.Errorf("%d bytes are held, %d at first", held, before)
	}
	runtime.KeepAlive(f)
}

func heldBytes() uint64 {
	for range 2 {
		runtime.GC()
	}
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	return now.HeapAlloc
}

// ids lists the sites of hits.
func ids(hits []Hit) (all []string) {
	for _, h := range hits {
		all = append(all, h.Site.ID)
	}
	return all
}

// without leaves out sites, as whoever builds an edition would.
func without(sites []site.Site, hidden []string) []site.Site {
	return slices.DeleteFunc(slices.Clone(sites), func(s site.Site) bool { return slices.Contains(hidden, s.ID) })
}
