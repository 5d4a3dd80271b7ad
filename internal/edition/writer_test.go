package edition

import (
	"bytes"
	"encoding/json"
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
	"github.com/paulmach/orb"

	"carrypoint/internal/site"
)

var ohio = orb.Point{-83, 40}

// write makes an edition in a folder, without publishing it.
func write(t testing.TB, dir string, sites []site.Site) (id string) {
	t.Helper()
	id, err := tryWrite(dir, sites, onDisk)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func tryWrite(dir string, sites []site.Site, c creator) (id string, err error) {
	w, err := create(dir, Meta{Title: "test", Made: monday}, c)
	if err != nil {
		return "", err
	}
	for i := range sites {
		if err := w.AddSite(&sites[i]); err != nil {
			return "", errors.Join(err, w.Abort())
		}
	}
	return w.Finish()
}

// publish makes an edition of n sites and publishes it.
func publish(t testing.TB, dir string, n int) Publication {
	t.Helper()
	return publishAs(t, dir, n, nil)
}

func publishAs(t testing.TB, dir string, n int, key *Key) Publication {
	t.Helper()
	p, err := Publish(dir, write(t, dir, invented(n, ohio)), key, monday)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// wantCurrent fails unless dir's current edition is whole and has the id.
func wantCurrent(t *testing.T, dir, id string) {
	t.Helper()
	if e, err := Current(dir, nil); err != nil || e.ID != id {
		t.Errorf("the current edition is not the one of before: %v", err)
	}
}

// names lists everything below a folder.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		all = append(all, strings.TrimPrefix(path, dir))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAFileAndAnImageOfTheSameSitesAreTheSameBytes(t *testing.T) {
	for _, n := range []int{1, 2, batchSites - 1, batchSites, batchSites + 1, 3 * batchSites, 2000} {
		sites := invented(n, ohio)
		_, image := built(t, sites)
		dir := t.TempDir()
		id := write(t, dir, sites)
		written, err := os.ReadFile(editionPath(dir, id))
		if err != nil {
			t.Fatal(err)
		}
		if id != ID(image) || !bytes.Equal(written, image) {
			t.Errorf("%d sites: the file is edition %.12s, the image %.12s", n, id, ID(image))
		}
		info, err := os.Stat(editionPath(dir, id))
		if err != nil || info.Mode().Perm() != 0o444 {
			t.Errorf("its rights are %v %v", info.Mode(), err)
		}
	}
}

func TestWhatIsWrittenComesOutAgain(t *testing.T) {
	dir := t.TempDir()
	sites := invented(3*batchSites+7, ohio)
	e, err := Load(editionPath(dir, write(t, dir, sites)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sites, e.Sites()); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNoFieldOfASiteStaysOutOfTheEdition(t *testing.T) {
	s := invented(1, ohio)[0]
	doc, err := json.Marshal(&s)
	must(t, err)
	secret := bytes.Replace(doc, []byte(`"name":`), []byte(`"entry_code" : "4711#CANARY", "name":`), 1)
	dir := t.TempDir()
	w, err := Create(dir, Meta{Title: "test", Made: monday})
	must(t, err)
	must(t, w.Add(s.ID, secret))
	id, err := w.Finish()
	must(t, err)
	written, err := os.ReadFile(editionPath(dir, id))
	must(t, err)
	if bytes.Contains(written, []byte("CANARY")) {
		t.Error("it is in the file")
	}
	if id != write(t, dir, []site.Site{s}) {
		t.Error("another way to write the same site gave another edition")
	}
}

// TestAWriterRefuses has a folder with a good edition, and batches before and
// after the site that is wrong.
func TestAWriterRefuses(t *testing.T) {
	good := invented(4*batchSites, ohio)
	doc := func(change func(*site.Site)) func(w *Writer) error {
		return func(w *Writer) error {
			s := good[batchSites+3]
			change(&s)
			return w.AddSite(&s)
		}
	}
	for name, c := range map[string]struct {
		wrong func(w *Writer) error
		says  string
	}{
		"a private site":            {doc(func(s *site.Site) { s.PublicAccess = site.No }), "not for the public"},
		"a site without a name":     {doc(func(s *site.Site) { s.Name = "" }), "needs an id and a name"},
		"a document of another":     {func(w *Writer) error { return w.Add(good[batchSites+3].ID, []byte(`{"id":"us-oh-other"}`)) }, `says that it is "us-oh-other"`},
		"a document that is none":   {func(w *Writer) error { return w.Add(good[batchSites+3].ID, []byte("{")) }, "unexpected end"},
		"the id of before, again":   {func(w *Writer) error { return w.AddSite(&good[batchSites+2]) }, "ids must rise"},
		"an id that does not rise":  {func(w *Writer) error { return w.AddSite(&good[7]) }, "ids must rise"},
		"a site without any id yet": {doc(func(s *site.Site) { s.ID = "" }), "ids must rise"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			id := publish(t, dir, 10).Edition
			before := names(t, dir)
			w, err := Create(dir, Meta{Title: "test", Made: monday})
			must(t, err)
			for i := range good {
				if i == batchSites+3 {
					err = errors.Join(err, c.wrong(w))
				} else if err == nil {
					err = w.AddSite(&good[i])
				}
			}
			if _, finish := w.Finish(); finish == nil || !strings.Contains(finish.Error(), c.says) {
				t.Errorf("it was built, or told of something else: %v", finish)
			}
			wantCurrent(t, dir, id)
			if diff := cmp.Diff(before, names(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnEditionWithoutASiteIsNoEdition(t *testing.T) {
	dir := t.TempDir()
	if _, err := tryWrite(dir, nil, onDisk); err == nil || !strings.Contains(err.Error(), "would replace a list by nothing") {
		t.Errorf("got %v", err)
	}
	if left := names(t, filepath.Join(dir, editionsFolder)); len(left) != 1 {
		t.Error("it left", left)
	}
}

func TestATitleIsOneLine(t *testing.T) {
	for _, title := range []string{"two\nlines", "a bell\a", "\xff", strings.Repeat("long", 60)} {
		if _, err := Create(t.TempDir(), Meta{Title: title}); err == nil {
			t.Errorf("%q was let in", title)
		}
		if _, err := Build(Meta{Title: title}, invented(1, ohio)); err == nil {
			t.Errorf("%q was built", title)
		}
	}
}

func TestAbortLeavesNoTrace(t *testing.T) {
	dir := t.TempDir()
	w, err := Create(dir, Meta{Title: "test", Made: monday})
	must(t, err)
	for _, s := range invented(1000, ohio) {
		must(t, w.AddSite(&s))
	}
	must(t, w.Abort())
	if left := names(t, filepath.Join(dir, editionsFolder)); len(left) != 1 {
		t.Error("it left", left)
	}
	must(t, w.Abort())
	s := invented(2000, ohio)[1999]
	if err := w.AddSite(&s); err == nil {
		t.Error("a site was added to what was given up")
	}
	if _, err := w.Finish(); err == nil {
		t.Error("what was given up was finished")
	}
}

func TestADamagedFileIsBuiltOver(t *testing.T) {
	dir := t.TempDir()
	id := publish(t, dir, 10).Edition
	damage(t, dir, id)
	if again := write(t, dir, invented(10, ohio)); again != id {
		t.Errorf("the same sites are edition %s, then %s", id, again)
	}
	wantCurrent(t, dir, id)
}

func TestWhatACrashLeftIsRemovedOnceItIsOld(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, 9)
	old := time.Now().Add(-2 * asideTimeout)
	var crashed, atWork []string
	for _, folder := range []string{"", editionsFolder, publicationsFolder} {
		crashed = append(crashed, filepath.Join(dir, folder, asidePrefix+"crashed"))
		atWork = append(atWork, filepath.Join(dir, folder, asidePrefix+"at-work"))
	}
	for _, path := range slices.Concat(crashed, atWork) {
		must(t, os.WriteFile(path, []byte("half"), 0o644))
	}
	for _, path := range crashed {
		must(t, os.Chtimes(path, old, old))
	}
	write(t, dir, invented(10, ohio))
	for _, path := range crashed {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Error("what a crash left was not removed:", path)
		}
	}
	for _, path := range atWork {
		if _, err := os.Stat(path); err != nil {
			t.Error("another build lost its file:", err)
		}
	}
}

// A fullDisk is a file that fails at one step.
type fullDisk struct {
	*os.File
	at string
}

func (f fullDisk) fails(step string) error {
	if f.at == step {
		return &fs.PathError{Op: step, Path: f.Name(), Err: syscall.ENOSPC}
	}
	return nil
}

func (f fullDisk) Write(b []byte) (int, error) {
	if err := f.fails("write"); err != nil {
		n, _ := f.File.Write(b[:len(b)/2]) // as far as the disk goes
		return n, err
	}
	return f.File.Write(b)
}

func (f fullDisk) WriteAt(b []byte, at int64) (int, error) {
	if err := f.fails("write"); err != nil {
		return 0, err
	}
	return f.File.WriteAt(b, at)
}

func (f fullDisk) Chmod(mode fs.FileMode) error {
	return errors.Join(f.File.Chmod(mode), f.fails("chmod"))
}
func (f fullDisk) Sync() error  { return errors.Join(f.File.Sync(), f.fails("sync")) }
func (f fullDisk) Close() error { return errors.Join(f.File.Close(), f.fails("close")) }

// steps are those at which a disk may be full.
var steps = []string{"create", "write", "chmod", "sync", "close"}

// fullAt is full at one step.
func fullAt(step string) creator {
	return func(folder, pattern string) (file, error) {
		if step == "create" {
			return nil, syscall.ENOSPC
		}
		f, err := os.CreateTemp(folder, pattern)
		return fullDisk{f, step}, err
	}
}

func TestAFullDiskLeavesTheCurrentEditionAndNoTrace(t *testing.T) {
	for _, step := range steps {
		t.Run("full at "+step, func(t *testing.T) {
			dir := t.TempDir()
			id := publish(t, dir, 10).Edition
			before := names(t, dir)
			if _, err := tryWrite(dir, invented(11, ohio), fullAt(step)); !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("got %v", err)
			}
			wantCurrent(t, dir, id)
			if diff := cmp.Diff(before, names(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestADatabaseThatCanNotGrowSaysSo lets SQLite have a few pages: what it says of
// them is what it says of a full disk.
func TestADatabaseThatCanNotGrowSaysSo(t *testing.T) {
	for _, pages := range []int{6, 60, 600} {
		dir := t.TempDir()
		id := publish(t, dir, 10).Edition
		before := names(t, dir)
		w, err := Create(dir, Meta{Title: "test", Made: monday})
		must(t, err)
		_, err = w.db.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count=%d", pages))
		must(t, err)
		sites := invented(8000, ohio)
		for i := range sites {
			if err = w.AddSite(&sites[i]); err != nil {
				break
			}
		}
		_, finish := w.Finish()
		if !errors.Is(finish, syscall.ENOSPC) || !strings.HasPrefix(finish.Error(), "building an edition of") {
			t.Errorf("got %v", finish)
		}
		wantCurrent(t, dir, id)
		if diff := cmp.Diff(before, names(t, dir)); diff != "" {
			t.Error(diff)
		}
	}
}

// TestWhatIsReadBackMustBeWhatWasWritten changes a document in the file, as a
// fault of the disk or of the memory might, before it has its name.
func TestWhatIsReadBackMustBeWhatWasWritten(t *testing.T) {
	dir := t.TempDir()
	w, err := Create(dir, Meta{Title: "test", Made: monday})
	must(t, err)
	for _, s := range invented(2*batchSites, ohio) {
		must(t, w.AddSite(&s))
	}
	w.finishWorking()
	_, err = w.in.tx.ExecContext(t.Context(), `UPDATE site SET doc = replace(doc, 'Example Box 7"', 'Example Fox 7"')`)
	must(t, err)
	if _, err := w.Finish(); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

func TestBuildingBelowAFileFails(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a file, not a folder")
	must(t, os.WriteFile(dir, nil, 0o644))
	if _, err := Create(dir, Meta{Title: "test"}); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("got %v", err)
	}
}

func TestBuildsAtTheSameTimeAllSucceed(t *testing.T) {
	dir := t.TempDir()
	const all = 8
	var builds sync.WaitGroup
	for n := range all {
		builds.Go(func() {
			id, err := tryWrite(dir, invented(10+n, ohio), onDisk)
			if err == nil {
				_, err = Publish(dir, id, nil, monday)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	builds.Wait()
	publications, err := Publications(dir, nil)
	if err != nil || len(publications) != all || publications[0].Seq != all {
		t.Errorf("%d publications, want %d: %v", len(publications), all, err)
	}
	wantCurrent(t, dir, publications[0].Edition)
	if got, want := len(names(t, dir)), 2*all+5; got != want { // the folder and the two in it, what is in force, and the lock
		t.Errorf("%d names in the folder, want %d: %q", got, want, names(t, dir))
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// damage turns one byte of a built edition around.
func damage(t *testing.T, dir, id string) {
	t.Helper()
	image, err := os.ReadFile(editionPath(dir, id))
	must(t, err)
	image[len(image)/2] ^= 0xff
	replace(t, editionPath(dir, id), image)
}

// replace writes a file that may not be written to.
func replace(t *testing.T, path string, content []byte) {
	t.Helper()
	must(t, errors.Join(gone(os.Remove(path)), os.WriteFile(path, content, 0o644)))
}

func remove(t *testing.T, path string) {
	t.Helper()
	must(t, os.RemoveAll(path))
}
