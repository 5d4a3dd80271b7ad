package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"carrypoint/internal/edition"
	"carrypoint/internal/ingest"
	"carrypoint/internal/site"
)

type editionCommand struct {
	Build  buildCommand  `cmd:"" help:"Build an edition from a carrypoint CSV file and make it the current one."`
	Verify verifyCommand `cmd:"" help:"Verify an edition file, or the current one of a folder."`
	Show   showCommand   `cmd:"" help:"Show what an edition holds."`
}

type buildCommand struct {
	File  string `arg:"" optional:"" help:"A carrypoint CSV file; without it, the data inside the binary."`
	Dir   string `required:"" help:"Folder of editions."`
	Title string `default:"carrypoint" help:"What the edition is called."`
	Key   string `placeholder:"FILE" help:"File of the private key to sign with; see carrypoint keys new."`
	JSON  bool   `help:"Print JSON."`
}

// Validate refuses a folder without a name, which would be the working folder.
func (c *buildCommand) Validate() error {
	if c.Dir == "" {
		return errors.New("--dir is empty; name the folder of editions")
	}
	return nil
}

// Run builds an edition and publishes it. A file without one good row, or a
// folder that can't be written, leaves the current edition as it was.
func (c *buildCommand) Run(w world) error {
	key, err := signingKey(c.Key)
	if err != nil {
		return err
	}
	dataset, err := c.read()
	if err != nil {
		return err
	}
	if !c.JSON {
		for _, f := range dataset.Findings {
			fmt.Fprintln(w.out, f)
		}
	}
	if len(dataset.Sites) == 0 {
		return fmt.Errorf("none of the %d rows of %s can be published; the current edition of %s is as it was", dataset.Records, c.name(), c.Dir)
	}
	id, err := buildEdition(c.Dir, edition.Meta{Title: c.Title, Made: w.now()}, dataset.Sites)
	if err != nil {
		return fmt.Errorf("%w; the current edition of %s is as it was", err, c.Dir)
	}
	if _, err := edition.Publish(c.Dir, id, key, w.now()); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w, map[string]any{"edition": id, "records": dataset.Records, "sites": len(dataset.Sites), "rejected": dataset.Rejected(), "findings": len(dataset.Findings)})
	}
	fmt.Fprintf(w.out, "edition %s: %d of %d rows are in it; it is the current one of %s\n", id[:12], len(dataset.Sites), dataset.Records, c.Dir)
	return nil
}

// buildEdition writes an edition of sites into a folder.
func buildEdition(dir string, meta edition.Meta, sites []site.Site) (id string, err error) {
	writer, err := edition.Create(dir, meta)
	if err != nil {
		return "", err
	}
	slices.SortFunc(sites, func(a, b site.Site) int { return strings.Compare(a.ID, b.ID) })
	for i := range sites {
		if err := writer.AddSite(&sites[i]); err != nil {
			return "", errors.Join(err, writer.Abort())
		}
	}
	return writer.Finish()
}

func (c *buildCommand) read() (*ingest.Dataset, error) {
	places, err := shippedPlaces()
	if err != nil {
		return nil, err
	}
	source, err := c.open()
	if err != nil {
		return nil, err
	}
	dataset, err := ingest.CSV(source, ingest.Places{Gazetteer: places})
	if closing := source.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.name(), err)
	}
	return dataset, nil
}

func (c *buildCommand) open() (io.ReadCloser, error) {
	if c.File == "" {
		return shippedFile(sitesFile)
	}
	return os.Open(c.File)
}

func (c *buildCommand) name() string {
	if c.File == "" {
		return "the data inside the binary"
	}
	return c.File
}

type verifyCommand struct {
	File string `arg:"" optional:"" help:"An edition file."`
	Dir  string `help:"Folder of editions, to verify the current one."`
	JSON bool   `help:"Print JSON."`

	VerifyKey string `placeholder:"KEY" help:"Public key, or file of public keys, of which one must have signed the current one."`
}

// Run says that an edition is whole and true, or fails.
func (c *verifyCommand) Run(w world) error {
	keys, err := verifyKeys(c.VerifyKey)
	if err != nil {
		return err
	}
	e, err := openEdition(c.File, c.Dir, keys)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w, map[string]any{"edition": e.ID, "ok": true, "sites": e.Len()})
	}
	fmt.Fprintf(w.out, "edition %s is whole: %d places\n", e.ShortID(), e.Len())
	return nil
}

type showCommand struct {
	File string `arg:"" optional:"" help:"An edition file."`
	Dir  string `help:"Folder of editions, to show the current one."`
	JSON bool   `help:"Print JSON."`
}

// Run prints what an edition says of itself.
func (c *showCommand) Run(w world) error {
	e, err := openEdition(c.File, c.Dir, nil)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w, map[string]any{"edition": e.ID, "title": e.Meta.Title, "made": e.Meta.Made, "sites": e.Len()})
	}
	fmt.Fprintf(w.out, "edition  %s\ntitle    %s\nmade     %s\nplaces   %d\n", e.ID, e.Meta.Title, e.Meta.Made.Format("2006-01-02 15:04 MST"), e.Len())
	for _, country := range []string{"us", "ca"} {
		fmt.Fprintf(w.out, "%-8s %d places in %d states or provinces\n", country, e.Count(edition.Area{Country: country}), len(e.Regions(country)))
	}
	return nil
}

// openEdition opens a file, the current edition of a folder, or the one inside
// the binary.
func openEdition(file, dir string, keys note.Verifiers) (*edition.Edition, error) {
	switch {
	case file != "":
		return edition.Load(file)
	case dir != "":
		return edition.Current(dir, keys)
	}
	places, err := shippedPlaces()
	if err != nil {
		return nil, err
	}
	return shippedEdition(places)
}
