package reader

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// An archive is a zip file of which the directory is known to be harmless.
type archive struct {
	r     io.ReaderAt
	size  int64
	files []*zip.File // folders and the notes of macOS left out
}

func readArchive(r io.ReaderAt, size int64) (*archive, error) {
	budget := &directoryBudget{r: r, left: maxDirectory}
	directory, err := zip.NewReader(budget, size)
	budget.spent = true
	switch {
	case errors.Is(err, ErrTooLarge):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w: it begins like a zip archive and is damaged or cut short: %v", ErrFormat, err)
	case len(directory.File) > maxEntries:
		return nil, tooLarge("the archive has %d files, more than %d", len(directory.File), maxEntries)
	}
	a := &archive{r: r, size: size}
	for _, f := range directory.File {
		if !strings.HasSuffix(f.Name, "/") && !strings.HasPrefix(f.Name, "__MACOSX/") {
			a.files = append(a.files, f)
		}
	}
	if len(a.files) == 0 {
		return nil, fmt.Errorf("%w: the archive has no files", ErrEmpty)
	}
	return a, nil
}

// A directoryBudget ends the reading of a directory that is too long, before
// the names in it are all in memory. It must not change once it is spent.
type directoryBudget struct {
	r     io.ReaderAt
	left  int64
	spent bool // the directory is read: no bound any more
}

func (b *directoryBudget) ReadAt(p []byte, at int64) (int, error) {
	if !b.spent {
		if b.left -= int64(len(p)); b.left < 0 {
			return 0, tooLarge("the directory of the archive has more than %d bytes", maxDirectory)
		}
	}
	return b.r.ReadAt(p, at)
}

// guess says what the archive is by the names in it.
func (a *archive) guess() (string, error) {
	switch {
	case a.find("xl/workbook.xml") != nil:
		return XLSX, nil
	case len(a.withExtension(".shp")) > 0:
		return Shapefile, nil
	case len(a.withExtension(".kml")) > 0:
		return KMZ, nil
	case a.find("services.csv") != nil || a.find("locations.csv") != nil:
		return HSDS, nil
	}
	return "", fmt.Errorf("%w: the archive holds no workbook, shapefile, KML or HSDS tables, but %s; unpack it and choose a file", ErrFormat, a.listing())
}

// listing names the first files, for an error.
func (a *archive) listing() string {
	const most = 5
	var names []string
	for _, f := range a.files[:min(most, len(a.files))] {
		names = append(names, fmt.Sprintf("%q", clip(f.Name, 60)))
	}
	if len(a.files) > most {
		names = append(names, fmt.Sprintf("and %d more", len(a.files)-most))
	}
	return strings.Join(names, ", ")
}

// find is the file of a name, whatever its case and the folder that it is in.
func (a *archive) find(name string) *zip.File {
	i := slices.IndexFunc(a.files, func(f *zip.File) bool {
		return strings.EqualFold(f.Name, name) || len(f.Name) > len(name) && strings.EqualFold(f.Name[len(f.Name)-len(name)-1:], "/"+name)
	})
	if i < 0 {
		return nil
	}
	return a.files[i]
}

func (a *archive) withExtension(extension string) []*zip.File {
	var found []*zip.File
	for _, f := range a.files {
		if strings.EqualFold(path.Ext(f.Name), extension) {
			found = append(found, f)
		}
	}
	return found
}

// source is a file of the archive. What would burst is refused by its size in
// the directory; archive/zip holds a file to that size.
func (a *archive) source(f *zip.File) (source, error) {
	if err := a.check(f); err != nil {
		return source{}, err
	}
	return source{func() (io.ReadCloser, error) {
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%w: %s in the archive can't be unpacked: %v", ErrFormat, f.Name, err)
		}
		return stream{unpackedFile{r, f.Name}, r}, nil
	}}, nil
}

func (a *archive) check(f *zip.File) error {
	const encrypted = 0x1
	switch {
	case f.Flags&encrypted != 0:
		return fmt.Errorf("%w: the archive is locked with a password", ErrFormat)
	case f.UncompressedSize64 > MaxBytes:
		return tooLarge("%s in the archive has %d bytes, more than %d", f.Name, f.UncompressedSize64, int64(MaxBytes))
	case bursts(int64(f.UncompressedSize64), int64(min(f.CompressedSize64, uint64(a.size)))):
		return tooLarge("%s in the archive unpacks to more than %d times its size", f.Name, maxRatio)
	}
	return nil
}

// fits reports whether some files may be in memory together.
func (a *archive) fits(files []*zip.File) error {
	left := uint64(maxHeld)
	for _, f := range files {
		if f.UncompressedSize64 > left {
			return tooLarge("the archive unpacks to more than %d bytes", maxHeld)
		}
		left -= f.UncompressedSize64
	}
	return nil
}

// An unpackedFile says of which file the damage is.
type unpackedFile struct {
	r    io.Reader
	name string
}

func (u unpackedFile) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("%w: %s in the archive is damaged: %v", ErrFormat, u.name, err)
	}
	return n, err
}

// clip keeps a foreign text short enough for an error.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
