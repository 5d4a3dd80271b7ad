package data

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"
)

// authored are the folders of files that are written by hand here: they change with the code, and have its
// licence.
var authored = []string{"words/", "lines/", "policy/", "help/", "law/"}

func TestEveryFileIsTheOneOfTheManifest(t *testing.T) {
	items := manifest(t)
	for _, path := range shipped(t) {
		i := slices.IndexFunc(items, func(item Item) bool { return item.Path == path })
		if i < 0 {
			t.Errorf("%s is not in the manifest; run \"make data\"", path)
			continue
		}
		content, err := Files.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		if items[i].SHA256 != hex.EncodeToString(sum[:]) || items[i].Bytes != int64(len(content)) {
			t.Errorf("%s is not the file of the manifest; run \"make data\"", path)
		}
	}
}

func TestTheManifestSaysEverythingOfFilesThatAreThere(t *testing.T) {
	files := shipped(t)
	for _, item := range manifest(t) {
		t.Run(item.Path, func(t *testing.T) {
			if !slices.Contains(files, item.Path) {
				t.Error("there is no such file")
			}
			if item.What == "" || item.Source == "" || item.Licence == "" || item.Credit == "" {
				t.Errorf("something is not said: %+v", item)
			}
			if _, err := time.Parse(time.DateOnly, item.Date); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestCompressedFilesTellNoTimeAndNoName(t *testing.T) {
	for _, path := range shipped(t) {
		if !strings.HasSuffix(path, ".gz") {
			continue
		}
		t.Run(path, func(t *testing.T) {
			content, err := Files.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			unzipped, err := gzip.NewReader(bytes.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			if !unzipped.ModTime.IsZero() || unzipped.Name != "" || unzipped.Comment != "" {
				t.Errorf("it tells %+v, and so is not the same when it is made again", unzipped.Header)
			}
			if _, err := io.Copy(io.Discard, unzipped); err != nil {
				t.Error(err)
			}
		})
	}
}

func manifest(t *testing.T) []Item {
	t.Helper()
	items, err := Manifest()
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// shipped are the paths of all files but the manifest and those that are written here.
func shipped(t *testing.T) []string {
	t.Helper()
	var paths []string
	err := fs.WalkDir(Files, ".", func(path string, entry fs.DirEntry, err error) error {
		ours := slices.ContainsFunc(authored, func(folder string) bool { return strings.HasPrefix(path, folder) })
		if err == nil && !entry.IsDir() && !ours && path != manifestFile {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}
