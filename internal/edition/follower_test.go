package edition

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// follow starts a follower of dir that serves the first edition and keeps what it
// refused.
func follow(dir string, first *Edition) (f *Follower, refused *[]error) {
	refused = &[]error{}
	f = &Follower{Dir: dir, Refused: func(err error) { *refused = append(*refused, err) }, Moved: func(*Edition) {}}
	f.Serve(first)
	return f, refused
}

// TestSwitchingUnderLoadFailsNobody reads from the follower while editions are
// built, saved and switched, among them a damaged one.
func TestSwitchingUnderLoadFailsNobody(t *testing.T) {
	dir := t.TempDir()
	first, image := built(t, invented(50, ohio))
	publish(t, dir, image)
	f, refused := follow(dir, first)
	ctx, stop := context.WithCancel(context.Background())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				if found := f.Edition().Near(ohio, Filter{}, monday, 0, 10); len(found.Hits) != 10 {
					t.Errorf("%d hits", len(found.Hits))
					return
				}
			}
		})
	}
	for n := 51; n < 60; n++ {
		e, image := built(t, invented(n, ohio))
		publish(t, dir, image)
		f.look()
		if f.Edition().ID != e.ID {
			t.Errorf("did not move to the edition of %d sites", n)
		}
	}
	stop()
	readers.Wait()
	if len(*refused) > 0 {
		t.Error(*refused)
	}
}

// TestTheLastGoodEditionGoesOn harms the folder under a follower, which goes on,
// tells of it once, and moves on when a good edition is there again.
func TestTheLastGoodEditionGoesOn(t *testing.T) {
	link := func(dir string) string { return filepath.Join(dir, currentLink) }
	for name, c := range map[string]struct {
		harm func(t *testing.T, dir, next string)
		told error // nil: nothing is told
	}{
		"the next one is damaged":       {func(t *testing.T, dir, next string) { point(t, dir, next); damage(t, dir, next) }, ErrDamaged},
		"the next one is not there":     {func(t *testing.T, dir, next string) { point(t, dir, next); remove(t, dir, next) }, fs.ErrNotExist},
		"the link is gone":              {func(t *testing.T, dir, _ string) { must(t, os.Remove(link(dir))) }, nil},
		"the link became a file":        {func(t *testing.T, dir, _ string) { must(t, rewritten(link(dir))) }, fs.ErrInvalid},
		"the folder is gone":            {func(t *testing.T, dir, _ string) { must(t, os.RemoveAll(dir)) }, nil},
		"the link goes round in a ring": {func(t *testing.T, dir, _ string) { must(t, relinked(link(dir), currentLink)) }, errAny},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			now, image := built(t, invented(50, ohio))
			publish(t, dir, image)
			after, image := built(t, invented(51, ohio))
			next, err := Save(dir, image)
			must(t, err)
			f, refused := follow(dir, now)
			f.look()
			c.harm(t, dir, next)
			for range 3 {
				f.look()
			}
			if f.Edition() != now {
				t.Error("the last good edition did not go on")
			}
			wantTold(t, *refused, c.told)
			must(t, os.RemoveAll(filepath.Join(dir, currentLink)))
			publish(t, dir, image) // in the case of damage under the name of the damaged one
			f.look()
			if f.Edition().ID != after.ID {
				t.Error("did not move to the good edition")
			}
		})
	}
}

// errAny stands for any reason at all.
var errAny = errors.New("any")

func wantTold(t *testing.T, refused []error, want error) {
	t.Helper()
	switch {
	case want == nil && len(refused) > 0:
		t.Error("told of", refused)
	case want != nil && len(refused) != 1:
		t.Errorf("told %d times, want once: %v", len(refused), refused)
	case want == ErrDamaged && !errors.Is(refused[0], ErrDamaged), want == fs.ErrNotExist && !errors.Is(refused[0], fs.ErrNotExist):
		t.Errorf("told of %v, want %v", refused[0], want)
	}
}

func TestAFileThatIsBeingCopiedIsTakenWhenItIsWhole(t *testing.T) {
	dir := t.TempDir()
	now, image := built(t, invented(50, ohio))
	publish(t, dir, image)
	f, _ := follow(dir, now)
	after, image := built(t, invented(51, ohio))
	path := filepath.Join(dir, editionsFolder, after.ID+extension)
	point(t, dir, after.ID)
	for _, size := range []int{0, 1, len(image) / 2, len(image)} {
		if f.look(); f.Edition() != now {
			t.Fatal("moved to a file that is not whole")
		}
		must(t, os.WriteFile(path, image[:size], 0o644))
	}
	if f.look(); f.Edition().ID != after.ID {
		t.Error("did not move to the whole file")
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// point makes an edition the current one without a look at it, as a hand might.
func point(t *testing.T, dir, id string) {
	t.Helper()
	must(t, relinked(filepath.Join(dir, currentLink), filepath.Join(editionsFolder, id+extension)))
}

func remove(t *testing.T, dir, id string) {
	t.Helper()
	must(t, os.Remove(filepath.Join(dir, editionsFolder, id+extension)))
}
