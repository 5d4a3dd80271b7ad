package edition

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// newKey makes a key that is kept nowhere.
func newKey(t testing.TB, name string) *Key {
	t.Helper()
	key, err := CreateKey(filepath.Join(t.TempDir(), "key"), name)
	must(t, err)
	return key
}

func inForce(t *testing.T, dir string) Publication {
	t.Helper()
	p, err := InForce(dir, nil)
	must(t, err)
	return p
}

func TestAPublicationTellsOfItsEdition(t *testing.T) {
	dir := t.TempDir()
	if _, err := Current(dir, nil); !errors.Is(err, ErrNone) {
		t.Errorf("an empty folder gave %v", err)
	}
	id := write(t, dir, invented(10, ohio))
	now := time.Date(2026, 11, 25, 12, 0, 0, 7, time.FixedZone("", 3600))
	p, err := Publish(dir, id, nil, now)
	must(t, err)
	info, err := os.Stat(editionPath(dir, id))
	must(t, err)
	want := Publication{Seq: 1, Edition: id, Bytes: info.Size(), Sites: 10, Made: monday, Published: now.UTC(), Title: "test"}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, inForce(t, dir)); diff != "" {
		t.Error(diff)
	}
	all, err := Publications(dir, nil)
	must(t, err)
	if diff := cmp.Diff([]Publication{want}, all); diff != "" {
		t.Error(diff)
	}
	text, err := os.ReadFile(filepath.Join(dir, currentName))
	must(t, err)
	begins := fmt.Sprintf("carrypoint publication 1\nseq 1\nedition %s\nbytes %d\nsites 10\nmade 2026-11-23T15:00:00Z\npublished 2026-11-25T11:00:00.000000007Z\nagain 0\ntitle test\nsha256 ", id, info.Size())
	if !strings.HasPrefix(string(text), begins) {
		t.Errorf("it reads\n%s", text)
	}
}

func TestPublishingTheSameAgainChangesNothing(t *testing.T) {
	for name, key := range map[string]*Key{"unsigned": nil, "signed": newKey(t, "steward")} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			first := publishAs(t, dir, 10, key)
			before := names(t, dir)
			if again := publishAs(t, dir, 10, key); again != first {
				t.Errorf("got %+v, then %+v", first, again)
			}
			if diff := cmp.Diff(before, names(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPublishRefuses(t *testing.T) {
	dir := t.TempDir()
	id := publish(t, dir, 10).Edition
	bad := write(t, dir, invented(11, ohio))
	damage(t, dir, bad)
	rubbish := ID([]byte("rubbish"))
	replace(t, editionPath(dir, rubbish), []byte("rubbish"))
	before := names(t, dir)
	for name, c := range map[string]struct {
		id   string
		want error
	}{
		"an edition that is not there": {strings.Repeat("0", 64), fs.ErrNotExist},
		"a damaged edition":            {bad, ErrDamaged},
		"a file that is no edition":    {rubbish, ErrDamaged},
		"the name of another file":     {"../current", ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			if p, err := Publish(dir, c.id, nil, monday); !errors.Is(err, c.want) && !errors.Is(err, fs.ErrNotExist) || p.Seq != 0 {
				t.Errorf("got %+v, %v", p, err)
			}
			wantCurrent(t, dir, id)
			if diff := cmp.Diff(before, names(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if _, err := Publish(filepath.Join(dir, "nowhere"), id, nil, monday); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there gave %v", err)
	}
}

// TestAFullDiskLeavesWhatIsInForce fails at each step of each of the two files
// of a publication.
func TestAFullDiskLeavesWhatIsInForce(t *testing.T) {
	for _, step := range steps {
		for nth := range 2 {
			t.Run(fmt.Sprintf("full at %s, file %d", step, nth+1), func(t *testing.T) {
				dir := t.TempDir()
				was := publish(t, dir, 10)
				id := write(t, dir, invented(11, ohio))
				before := names(t, dir)
				opened := 0
				w := publisher{dir, nil, monday, func(folder, pattern string) (file, error) {
					opened++
					if opened == nth+1 {
						return fullAt(step)(folder, pattern)
					}
					return onDisk(folder, pattern)
				}}
				if _, err := w.publish(id); !errors.Is(err, syscall.ENOSPC) {
					t.Errorf("got %v", err)
				}
				if now := inForce(t, dir); now != was {
					t.Errorf("in force is %+v", now)
				}
				if diff := cmp.Diff(before, names(t, dir)); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func TestAFolderInThePlaceOfTheFileInForceIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	id := write(t, dir, invented(10, ohio))
	must(t, os.Mkdir(filepath.Join(dir, currentName), 0o755))
	if _, err := Publish(dir, id, nil, monday); err == nil {
		t.Error("it was published")
	}
	for _, name := range names(t, dir) {
		if strings.Contains(name, asidePrefix) {
			t.Error("it left", name)
		}
	}
}

// TestACrashBetweenTheTwoNamesIsPutRight takes away what a crash would not have
// written: the number is not used again, and the list is whole after the next.
func TestACrashBetweenTheTwoNamesIsPutRight(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, 10)
	crashed := publish(t, dir, 11)
	remove(t, publicationPath(dir, 2))
	if p := publish(t, dir, 12); p.Seq != 3 {
		t.Errorf("the next publication has number %d", p.Seq)
	}
	all, err := Publications(dir, nil)
	must(t, err)
	if len(all) != 3 || all[1] != crashed {
		t.Errorf("listed are %+v", all)
	}
	back, err := Rollback(dir, "", nil, monday)
	if err != nil || back.Edition != crashed.Edition {
		t.Errorf("going back gave %+v, %v", back, err)
	}
}

// TestGoingBack publishes editions of 10, 11, 12 … sites, and then goes back.
func TestGoingBack(t *testing.T) {
	dir := t.TempDir()
	var published []Publication
	for n := 10; n < 13; n++ {
		published = append(published, publish(t, dir, n))
	}
	back := func(to string, want, again int) {
		t.Helper()
		p, err := Rollback(dir, to, nil, monday)
		if err != nil || p.Sites != want || p.Again != int64(again) || p != inForce(t, dir) {
			t.Fatalf("going back to %q gave %+v, %v; want %d sites again of publication %d", to, p, err, want, again)
		}
		published = append(published, p)
	}
	back("", 11, 2)
	back("", 10, 1)
	if p, err := Rollback(dir, "", nil, monday); !errors.Is(err, errNoPublication) {
		t.Errorf("before the first there was %+v, %v", p, err)
	}
	back(published[2].Edition, 12, 3)
	published = append(published, publish(t, dir, 14)) // 7
	back("", 12, 6)
	back("", 11, 2)
	back(published[0].Edition[:12], 10, 5)
	back("7", 14, 7)
	all, err := Publications(dir, nil)
	must(t, err)
	slices.Reverse(published)
	if diff := cmp.Diff(published, all); diff != "" {
		t.Error(diff)
	}
	for _, to := range []string{"99", "abc", "0123456789abcdef", "../etc", "-1"} {
		if p, err := Rollback(dir, to, nil, monday); !errors.Is(err, errNoPublication) || !strings.Contains(err.Error(), "carrypoint editions") {
			t.Errorf("going back to %q gave %+v, %v", to, p, err)
		}
	}
}

func TestGoingBackToAnEditionThatIsDamagedOrGone(t *testing.T) {
	dir := t.TempDir()
	first, second, third := publish(t, dir, 10), publish(t, dir, 11), publish(t, dir, 12)
	damage(t, dir, second.Edition)
	if _, err := Rollback(dir, "", nil, monday); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
	if now := inForce(t, dir); now != third {
		t.Errorf("in force is %+v", now)
	}
	remove(t, editionPath(dir, second.Edition))
	if p, err := Rollback(dir, "", nil, monday); err != nil || p.Edition != first.Edition {
		t.Errorf("got %+v, %v", p, err)
	}
}

func TestTheLastEditionsAreKeptAndTheOneInForce(t *testing.T) {
	dir := t.TempDir()
	var all []Publication
	for n := range keepEditions + 5 {
		all = append(all, publish(t, dir, 10+n))
	}
	wantKept := func(want ...Publication) {
		t.Helper()
		for _, p := range all {
			if p.Kept(dir) != slices.Contains(want, p) {
				t.Errorf("publication %d is kept: %v", p.Seq, p.Kept(dir))
			}
		}
	}
	wantKept(all[5:]...)
	oldest, err := Rollback(dir, "6", nil, monday)
	must(t, err)
	wantKept(all[5:]...)
	waiting := write(t, dir, invented(99, ohio)) // somebody is about to publish it
	rebuilt := write(t, dir, invented(12, ohio)) // and somebody that, which was removed
	later := publish(t, dir, 50)
	wantKept(append(all[7:], all[2], all[5])...) // 7 and later, that of 12 sites, and the one that was in force
	if _, err := os.Stat(editionPath(dir, waiting)); err != nil {
		t.Error("what waits to be published was removed:", err)
	}
	if rebuilt != all[2].Edition || oldest.Edition != all[5].Edition || !later.Kept(dir) {
		t.Error("an edition that counts was removed")
	}
	listed, err := Publications(dir, nil)
	if err != nil || len(listed) != len(all)+2 {
		t.Errorf("%d publications are listed: %v", len(listed), err)
	}
	forgotten := time.Now().Add(-2 * asideTimeout)
	must(t, os.Chtimes(editionPath(dir, waiting), forgotten, forgotten))
	publish(t, dir, 51)
	if _, err := os.Stat(editionPath(dir, waiting)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what nobody published was kept:", err)
	}
}

func TestPublishersAtTheSameTimeLeaveTheLastOneInForce(t *testing.T) {
	dir := t.TempDir()
	var ids []string
	for n := range 6 {
		ids = append(ids, write(t, dir, invented(10+n, ohio)))
	}
	var all sync.WaitGroup
	for _, id := range ids {
		all.Go(func() {
			for range 3 {
				if _, err := Publish(dir, id, nil, monday); err != nil {
					t.Error(err)
				}
				if _, err := Hide(dir, nil, monday, "us-oh-"+id[:8]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	listed, err := Publications(dir, nil)
	must(t, err)
	if listed[0] != inForce(t, dir) {
		t.Errorf("the last publication is %d, in force is %d", listed[0].Seq, inForce(t, dir).Seq)
	}
	for i, p := range listed {
		if p.Seq != int64(len(listed)-i) {
			t.Errorf("publication %d stands in the place of %d", p.Seq, len(listed)-i)
		}
	}
	if h, err := Hidden(dir, nil); err != nil || len(h.IDs) != len(ids) {
		t.Errorf("%d sites are hidden of %d: %v", len(h.IDs), len(ids), err)
	}
}

func TestWhatIsSignedIsNotReplacedByWhatIsNot(t *testing.T) {
	key := newKey(t, "steward")
	dir := t.TempDir()
	publish(t, dir, 9)
	signed := publishAs(t, dir, 10, key)
	fresh := write(t, dir, invented(11, ohio))
	for name, act := range map[string]func() error{
		"publish":  func() error { _, err := Publish(dir, fresh, nil, monday); return err },
		"rollback": func() error { _, err := Rollback(dir, "", nil, monday); return err },
		"hide":     func() error { _, err := Hide(dir, nil, monday, "us-oh-example"); return err },
	} {
		t.Run(name, func(t *testing.T) {
			if err := act(); !errors.Is(err, ErrKeyNeeded) || !strings.Contains(err.Error(), "--key") {
				t.Errorf("got %v", err)
			}
			if now, err := InForce(dir, key.keys()); err != nil || now != signed {
				t.Errorf("in force is %+v, %v", now, err)
			}
		})
	}
}

func TestAnUnsignedPublicationIsNoneToGoBackToWithAKey(t *testing.T) {
	key, other := newKey(t, "steward"), newKey(t, "other")
	dir := t.TempDir()
	publish(t, dir, 8)
	publishAs(t, dir, 9, other)
	publishAs(t, dir, 10, key)
	if p, err := Rollback(dir, "", key, monday); !errors.Is(err, errNoPublication) || !errors.Is(err, ErrUnsigned) || !errors.Is(err, ErrForeign) {
		t.Errorf("got %+v, %v", p, err)
	}
}

func TestAnotherKeyGoesOnWithTheNumbers(t *testing.T) {
	first, second := newKey(t, "steward"), newKey(t, "steward")
	dir := t.TempDir()
	publishAs(t, dir, 10, first)
	if p := publishAs(t, dir, 10, second); p.Seq != 2 {
		t.Errorf("the same edition under another key is publication %d", p.Seq)
	}
	if _, err := InForce(dir, second.keys()); err != nil {
		t.Error(err)
	}
}
