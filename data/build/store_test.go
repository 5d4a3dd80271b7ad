package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cached puts a tarball of one file into the cache of an empty folder, and returns its sum.
func cached(t *testing.T, name, file, content string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	var tarball bytes.Buffer
	zipped := gzip.NewWriter(&tarball)
	packed := tar.NewWriter(zipped)
	if err := packed.WriteHeader(&tar.Header{Name: file, Mode: 0o644, Size: int64(len(content))}); err != nil {
		t.Fatal(err)
	}
	if _, err := packed.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(cacheFolder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cacheFolder, name), tarball.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	sum := sha512.Sum512(tarball.Bytes())
	return hex.EncodeToString(sum[:])
}

func TestAFileOfAPinnedPackageIsRead(t *testing.T) {
	sum := cached(t, "towns-1.0.0.tgz", "package/data/towns.txt", "Salem")
	s := newStore(map[string]pin{"towns": {"1.0.0", sum}})
	if content, err := s.file("towns", "data/towns.txt"); err != nil || string(content) != "Salem" {
		t.Errorf("%q %v", content, err)
	}
	if _, err := s.file("towns", "data/cities.txt"); err == nil || !strings.Contains(err.Error(), "has no file data/cities.txt") {
		t.Errorf("the error is %v", err)
	}
}

func TestAPackageThatIsNotThePinnedOneIsRefused(t *testing.T) {
	cached(t, "towns-1.0.0.tgz", "package/data/towns.txt", "Salem")
	s := newStore(map[string]pin{"towns": {"1.0.0", "00"}})
	for pkg, want := range map[string]string{"towns": "is not the file that was pinned", "cities": "are not pinned"} {
		if _, err := s.file(pkg, "data/towns.txt"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want %q", pkg, err, want)
		}
	}
}
