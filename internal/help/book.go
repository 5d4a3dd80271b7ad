package help

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Where the files are, in the folder that a book is read from.
const (
	guidesFolder = "help"
	lawFolder    = "law"
	linesFile    = "lines/lines.toml"
)

// A Book is everything that a person should know.
type Book struct {
	Guides map[string]Guide // by name: "overdose"
	Law    Law
	Lines  Lines
}

// Open reads a book from a folder that has help/*.toml, law/*.toml and
// lines/lines.toml.
func Open(folder fs.FS) (*Book, error) {
	guides, err := readAll(folder, guidesFolder, ReadGuide)
	if err != nil {
		return nil, err
	}
	law, err := openLaw(folder)
	if err != nil {
		return nil, err
	}
	lines, err := readFile(folder, linesFile, ReadLines)
	if err != nil {
		return nil, err
	}
	return &Book{guides, law, lines}, nil
}

// Call has every guide that calls the emergency services call them by the number of
// another country.
func (b *Book) Call(number string) error {
	if !IsEmergencyNumber(number) {
		return fault("the number to call is %q; those of emergency services have two to four digits", number)
	}
	for name, guide := range b.Guides {
		if guide.Call != "" {
			guide.Call = number
			b.Guides[name] = guide
		}
	}
	return nil
}

// readAll reads every TOML file of a folder, by its name without ".toml".
func readAll[T any](folder fs.FS, of string, read func([]byte) (T, error)) (map[string]T, error) {
	files, err := fs.Glob(folder, of+"/*.toml")
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("there is no file %s/*.toml", of)
	}
	all := make(map[string]T, len(files))
	for _, file := range files {
		one, err := readFile(folder, file, read)
		if err != nil {
			return nil, err
		}
		all[strings.TrimSuffix(path.Base(file), ".toml")] = one
	}
	return all, nil
}

func readFile[T any](folder fs.FS, file string, read func([]byte) (T, error)) (T, error) {
	var none T
	text, err := fs.ReadFile(folder, file)
	if err != nil {
		return none, err
	}
	one, err := read(text)
	if err != nil {
		return none, fmt.Errorf("%s: %w", file, err)
	}
	return one, nil
}
