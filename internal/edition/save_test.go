package edition

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

var ohio = orb.Point{-83, 40}

// publish saves and switches, as a build does.
func publish(t *testing.T, dir string, image []byte) (id string) {
	t.Helper()
	id, err := Save(dir, image)
	if err != nil {
		t.Fatal(err)
	}
	if err := Switch(dir, id); err != nil {
		t.Fatal(err)
	}
	return id
}

// wantCurrent fails unless dir's current edition is whole and has the id.
func wantCurrent(t *testing.T, dir, id string) {
	t.Helper()
	if e, err := Current(dir); err != nil || e.ID != id {
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

func TestSaveSwitchAndLoad(t *testing.T) {
	dir := t.TempDir()
	if _, err := Current(dir); !errors.Is(err, ErrNone) {
		t.Errorf("an empty folder gave %v", err)
	}
	_, image := built(t, invented(10, ohio))
	id := publish(t, dir, image)
	wantCurrent(t, dir, id)
	before := names(t, dir)
	if again := publish(t, dir, image); again != id {
		t.Errorf("the same bytes are edition %s, then %s", id, again)
	}
	if diff := cmp.Diff(before, names(t, dir)); diff != "" {
		t.Error("saving the same again changed the folder:", diff)
	}
}

func TestADamagedFileIsSavedOver(t *testing.T) {
	dir := t.TempDir()
	_, image := built(t, invented(10, ohio))
	id := publish(t, dir, image)
	damage(t, dir, id)
	publish(t, dir, image)
	wantCurrent(t, dir, id)
}

func TestWhatACrashLeftIsRemovedOnceItIsOld(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, editionsFolder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	crashed, atWork := filepath.Join(folder, buildPrefix+"crashed"), filepath.Join(folder, buildPrefix+"at-work")
	for _, path := range []string{crashed, atWork} {
		if err := os.WriteFile(path, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-2 * buildTimeout)
	if err := os.Chtimes(crashed, old, old); err != nil {
		t.Fatal(err)
	}
	_, image := built(t, invented(10, ohio))
	publish(t, dir, image)
	if _, err := os.Stat(crashed); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what a crash left was not removed")
	}
	if _, err := os.Stat(atWork); err != nil {
		t.Error("another build lost its file:", err)
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

func (f fullDisk) Chmod(mode fs.FileMode) error {
	return errors.Join(f.File.Chmod(mode), f.fails("chmod"))
}
func (f fullDisk) Sync() error  { return errors.Join(f.File.Sync(), f.fails("sync")) }
func (f fullDisk) Close() error { return errors.Join(f.File.Close(), f.fails("close")) }

func TestAFullDiskLeavesTheCurrentEditionAndNoTrace(t *testing.T) {
	for _, step := range []string{"create", "write", "chmod", "sync", "close"} {
		t.Run("full at "+step, func(t *testing.T) {
			dir := t.TempDir()
			_, image := built(t, invented(10, ohio))
			id := publish(t, dir, image)
			before := names(t, dir)
			_, fresh := built(t, invented(11, ohio))
			_, err := save(dir, fresh, func(folder, pattern string) (file, error) {
				if step == "create" {
					return nil, syscall.ENOSPC
				}
				f, err := os.CreateTemp(folder, pattern)
				return fullDisk{f, step}, err
			})
			if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), "saving edition "+ID(fresh)[:12]) {
				t.Errorf("got %v", err)
			}
			wantCurrent(t, dir, id)
			if diff := cmp.Diff(before, names(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSavingBelowAFileFails(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a file, not a folder")
	if err := os.WriteFile(dir, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, image := built(t, invented(10, ohio))
	if _, err := Save(dir, image); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("got %v", err)
	}
}

func TestSwitchRefuses(t *testing.T) {
	dir := t.TempDir()
	_, image := built(t, invented(10, ohio))
	id := publish(t, dir, image)
	_, fresh := built(t, invented(11, ohio))
	bad, err := Save(dir, fresh)
	if err != nil {
		t.Fatal(err)
	}
	damage(t, dir, bad)
	before := names(t, dir)
	for name, wrong := range map[string]string{"an edition that is not there": strings.Repeat("0", 64), "a damaged edition": bad} {
		t.Run(name, func(t *testing.T) {
			if err := Switch(dir, wrong); err == nil {
				t.Error("switched to it")
			}
			wantCurrent(t, dir, id)
			if diff := cmp.Diff(before, names(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAFolderInThePlaceOfTheLinkIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, currentLink), 0o755); err != nil {
		t.Fatal(err)
	}
	_, image := built(t, invented(10, ohio))
	id, err := Save(dir, image)
	if err != nil {
		t.Fatal(err)
	}
	before := names(t, dir)
	if err := Switch(dir, id); err == nil {
		t.Error("switched")
	}
	if diff := cmp.Diff(before, names(t, dir)); diff != "" {
		t.Error("the failed switch left a trace:", diff)
	}
}

func TestBuildsAtTheSameTimeAllSucceed(t *testing.T) {
	dir := t.TempDir()
	var images [][]byte
	for n := range 8 {
		_, image := built(t, invented(10+n, ohio))
		images = append(images, image)
	}
	var builds sync.WaitGroup
	for _, image := range images {
		builds.Go(func() {
			id, err := Save(dir, image)
			if err == nil {
				err = Switch(dir, id)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	builds.Wait()
	if _, err := Current(dir); err != nil {
		t.Error(err)
	}
	if got, want := len(names(t, dir)), len(images)+3; got != want { // the folder, the editions' and the link
		t.Errorf("%d names in the folder, want %d", got, want)
	}
}

// damage turns one byte of a saved edition around.
func damage(t *testing.T, dir, id string) {
	t.Helper()
	path := filepath.Join(dir, editionsFolder, id+extension)
	image, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	image[len(image)/2] ^= 0xff
	replace(t, path, image)
}

// replace writes a file that may not be written to.
func replace(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := errors.Join(os.Remove(path), os.WriteFile(path, content, 0o644)); err != nil {
		t.Fatal(fmt.Errorf("replacing: %w", err))
	}
}
