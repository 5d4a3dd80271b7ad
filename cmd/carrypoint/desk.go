package main

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"carrypoint/internal/catalog"
)

// A desk is the folder that a steward works in. It is part of every command
// that reads or changes the catalog.
type desk struct {
	Dir  string `required:"" help:"Folder of the data: the catalog, the sources and the editions."`
	JSON bool   `help:"Print JSON."`
}

// Validate refuses a folder without a name, which would be the working folder.
func (d *desk) Validate() error {
	if d.Dir == "" {
		return errors.New("--dir is empty; name the folder of the data")
	}
	return nil
}

// The names in a folder of data, besides those of package edition.
const (
	sourcesFolder = "sources"
	fetchedFolder = "fetched"
	streetsFile   = "streets.sqlite"
)

func (d *desk) path(name string) string { return filepath.Join(d.Dir, name) }

// begin opens the catalog, and makes it and its folder where there is none.
func (d *desk) begin(w world) (*catalog.Catalog, error) {
	if err := os.MkdirAll(d.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder of the data: %w", err)
	}
	return catalog.Open(d.path(catalog.Name), w.now)
}

// open opens the catalog that is there.
func (d *desk) open(w world) (*catalog.Catalog, error) {
	return catalog.Existing(d.path(catalog.Name), w.now)
}

// with runs f on the catalog that is there.
func (d *desk) with(w world, f func(*catalog.Catalog) error) error {
	c, err := d.open(w)
	if err != nil {
		return err
	}
	return errors.Join(f(c), c.Close())
}

// An author is who does something, and why: both are kept in the log.
type author struct {
	Who string `help:"Who does it. Without it, the name of this machine's user."`
	Why string `help:"Why, for the log."`
}

func (a author) act() catalog.Act {
	if a.Who == "" {
		a.Who = machineUser()
	}
	return catalog.Act{Who: strings.TrimSpace(a.Who), Why: strings.TrimSpace(a.Why)}
}

func machineUser() string {
	u, err := user.Current()
	if err != nil {
		return "unknown"
	}
	return u.Username
}
