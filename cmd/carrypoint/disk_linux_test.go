package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"carrypoint/internal/edition"
)

// disk mounts a disk of one megabyte, where that is allowed. What fails on it
// fails as on any disk; package edition tests the same with files that fail.
func disk(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("carrypoint-test", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("mounting a small disk: %v; package edition has the same test with a file that fails", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fillUp fills a disk to its last byte.
func fillUp(t *testing.T, dir string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	noughts, err := os.Open("/dev/zero")
	if err != nil {
		t.Fatal(err)
	}
	defer noughts.Close()
	if _, err := io.Copy(f, noughts); !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}

func readOnly(t *testing.T, dir string) {
	t.Helper()
	if err := syscall.Mount("carrypoint-test", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
}

func TestADiskThatTakesNothingKeepsTheCurrentEdition(t *testing.T) {
	for name, c := range map[string]struct {
		ail  func(t *testing.T, dir string)
		says []string
	}{
		"a full disk":      {fillUp, []string{"no space left", "as it was", "make room on that disk"}},
		"a read-only disk": {readOnly, []string{"read-only", "as it was", "choose a folder on another one"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := disk(t)
			rebuilt(t, dir, "first")
			first, err := edition.InForce(dir, nil)
			if err != nil {
				t.Fatal(err)
			}
			rebuilt(t, dir, "second")
			c.ail(t, dir)
			before := contents(t, dir)
			wantSentence(t, command("edition", "build", sites, "--dir", dir, "--title", "another"), exitFailed, c.says...)
			if _, err := edition.Hide(dir, nil, monday, "us-ca-example-box"); err == nil || !strings.Contains(advised(err), c.says[len(c.says)-1]) {
				t.Errorf("hiding a site gave %v", err)
			}
			if _, err := edition.Rollback(dir, first.Edition, nil, monday); err == nil || !strings.Contains(advised(err), c.says[len(c.says)-1]) {
				t.Errorf("going back gave %v", err)
			}
			if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
				t.Error("the folder changed:", diff)
			}
			server := start(t, "--dir", dir)
			if got := server.get(t, "/near/94103"); got.status != 200 {
				t.Errorf("serving from it: status %d", got.status)
			}
		})
	}
}
