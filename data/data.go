// Package data holds what ships inside the binary: the sites, the gazetteer, the basemap, the words of the
// pages, what a person should know (help, law, phone lines) and the rules of freshness, as files, with a manifest that says where the files of others come from.
//
// It knows only bytes. Whoever needs a file reads it with the package that owns its form.
package data

import (
	"embed"
	"encoding/json"
	"fmt"
)

// Files are the files, by their path below this folder.
//
//go:embed manifest.json sites gazetteer basemap words lines policy help law
var Files embed.FS

// manifestFile names the files that are not written by this project.
const manifestFile = "manifest.json"

// An Item says of one file what it is, from whom it comes and on which terms.
type Item struct {
	Path    string `json:"path"`    // below this folder
	What    string `json:"what"`    // in a few words
	Source  string `json:"source"`  // what it was made from, with versions
	Licence string `json:"licence"` // of the data
	Credit  string `json:"credit"`  // whom to name
	Date    string `json:"date"`    // of the data, as 2026-11-22
	SHA256  string `json:"sha256"`  // of the bytes, in hexadecimal
	Bytes   int64  `json:"bytes"`
}

// Manifest lists the files that hold facts of others, by path. The files that are written by hand here
// (words, help, law, lines and policy) have the licence of the project and are not in it.
func Manifest() ([]Item, error) {
	content, err := Files.ReadFile(manifestFile)
	if err != nil {
		return nil, err
	}
	var items []Item
	if err := json.Unmarshal(content, &items); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestFile, err)
	}
	return items, nil
}
