package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// smallDisk mounts a disk of so many megabytes, and says whether that is allowed.
func smallDisk(t *testing.T, size string) (dir string, ok bool) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("carrypoint-test", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Logf("mounting a small disk: %v; files that can't grow stand in for it", err)
		return "", false
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir, true
}

// leave fills a disk but for some bytes.
func leave(t *testing.T, dir string, bytes int64) (filler string) {
	t.Helper()
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		t.Fatal(err)
	}
	filler = filepath.Join(dir, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if fill := int64(disk.Bavail)*disk.Bsize - bytes; fill > 0 {
		if err := syscall.Fallocate(int(f.Fd()), 0, 0, fill); err != nil {
			t.Fatal(err)
		}
	}
	return filler
}

// What a round writes: the run and its log in the catalog, and an edition.
const (
	roundBytes = 3 << 20
	tooFew     = 64 << 10 // for any of it
)

func TestAFullDiskHarmsNothing(t *testing.T) {
	n := times(t, "FAULTS_FILLS", 2)
	dir, ok := smallDisk(t, "64m")
	if !ok {
		canNotGrow(t, n)
		return
	}
	random := choices(t)
	v := newVictim(t, dir)
	began, failed := time.Now(), map[string]int{}
	for i := range n {
		free := int64(tooFew)
		if i > 0 {
			free = random.Int64N(roundBytes)
		}
		filler := leave(t, dir, free)
		got, step := v.bring(v.edit(), harm{})
		if got.code != 0 {
			failed[step]++
			v.saidWhy(got, step, "", "make room on that disk")
		}
		v.published()
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
		v.stands()
	}
	v.recovers()
	if len(failed) == 0 {
		t.Error("the disk was never full")
	}
	t.Logf("%d full disks in %s: %v failed and said why", n, time.Since(began).Round(time.Second), failed)
}
