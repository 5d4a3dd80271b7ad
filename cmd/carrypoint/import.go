package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"carrypoint/internal/catalog"
	"carrypoint/internal/fetch"
	"carrypoint/internal/ingest"
	"carrypoint/internal/reader"
	"carrypoint/internal/record"
)

type importCommand struct {
	File     string `arg:"" optional:"" help:"A file or an address to read; without it, the source's own address."`
	Source   string `required:"" help:"The source's mapping: a file, or a name in the folder of sources."`
	HTML     string `name:"html" help:"Write the report as a page into this file."`
	Rejected string `help:"Write the rows that were kept out into this CSV file."`
	desk
	author
}

// errUnreadable says that a dataset could not be read: no run was made.
var errUnreadable = errors.New("the dataset can't be read")

// Run reads a dataset and shows what it would change. Nothing is in force before
// it is applied.
func (c *importCommand) Run(w world) error {
	mapping, err := c.mapping(c.Source)
	if err != nil {
		return err
	}
	cat, err := c.begin(w)
	if err != nil {
		return err
	}
	err = c.imported(w, cat, mapping)
	return errors.Join(err, cat.Close())
}

func (c *importCommand) imported(w world, cat *catalog.Catalog, m *ingest.Mapping) error {
	in, err := c.obtain(w, cat, m, c.File)
	if err != nil {
		return fmt.Errorf("%w: %w", errUnreadable, err)
	}
	run, err := c.makeRun(w, cat, m, in, c.act())
	if err = errors.Join(err, in.close()); err != nil {
		return err
	}
	if c.File == "" {
		if err := cat.Fetched(w.ctx, sourceOf(m)); err != nil {
			return err
		}
	}
	return errors.Join(c.print(w, cat, run), c.report(w, cat, run))
}

// An obtained is a dataset that is there to be read.
type obtained struct {
	path, name, format string
	address            string // where it came from
	sha256             string // of its bytes
	notes              []string
	close              func() error
	forget             func() error // removes the copy that is kept for the next time
}

// obtain finds the bytes of a source: in a file, or at an address.
func (d *desk) obtain(w world, cat *catalog.Catalog, m *ingest.Mapping, from string) (*obtained, error) {
	if from == "" {
		from = m.Address
	}
	if from == "" {
		return nil, fmt.Errorf("the source %s has no address, and no file was named", m.Name)
	}
	folder, err := d.fetchedFolder(w, cat, m)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(from, "http://") && !strings.HasPrefix(from, "https://") {
		return local(m, from)
	}
	bar := newProgress(w, "fetching", -1)
	defer bar.end()
	var told int64
	answer, err := fetch.New(fetch.Options{
		Folder: folder, Now: w.now, AppToken: os.Getenv("CARRYPOINT_SOCRATA_TOKEN"),
		Progress: func(bytes int64) { bar.add(bytes - told); told = bytes },
	}).Get(w.ctx, fetch.Request{Address: from, Protocol: string(m.Protocol)})
	if err != nil {
		return nil, err
	}
	format := m.Format
	if format == "" {
		format = answer.Format
	}
	return &obtained{path: answer.Path, name: from, format: format, address: from, sha256: answer.SHA256, notes: answer.Notes,
		close: answer.Close, forget: func() error { return gone(os.Remove(answer.Path)) }}, nil
}

// gone takes it as well that a file is not there.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// fetchedFolder is where the publisher's bytes are kept for the next time; empty
// where they may hold what must not be kept: then they are fetched whole each time.
func (d *desk) fetchedFolder(w world, cat *catalog.Catalog, m *ingest.Mapping) (string, error) {
	if cat == nil || len(m.Never) > 0 {
		return "", nil
	}
	past, err := cat.Past(w.ctx, m.Name, "")
	if err != nil || past.Secrets {
		return "", err
	}
	return d.path(fetchedFolder), nil
}

// local is a dataset in a file of this machine.
func local(m *ingest.Mapping, path string) (*obtained, error) {
	sum, err := sha256Of(path)
	nothing := func() error { return nil }
	return &obtained{path: path, name: filepath.Base(path), format: m.Format, address: m.Address, sha256: sum, close: nothing, forget: nothing}, err
}

// makeRun reads a dataset into the catalog.
func (d *desk) makeRun(w world, cat *catalog.Catalog, m *ingest.Mapping, in *obtained, act catalog.Act) (run *catalog.Run, err error) {
	table, closeTable, err := reader.OpenFile(in.path, reader.Options{Format: in.format, Sheet: m.Sheet, List: m.List})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	defer func() { err = errors.Join(err, closeTable()) }()
	places, closePlaces, err := d.places()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closePlaces()) }()
	drafts := m.Drafts(table, places, w.now())
	bar := newProgress(w, "rows read", -1)
	defer bar.end()
	run, err = cat.Import(w.ctx, sourceOf(m), catalog.Input{
		File: in.name, SHA256: in.sha256, Address: in.address, Header: table.Header, Findings: drafts.Findings,
	}, act, counted(drafts.All(), bar))
	if err == nil && slices.ContainsFunc(catalog.Secrets, func(code string) bool { return run.Counts.Findings[code] > 0 }) {
		err = in.forget()
	}
	return run, err
}

// counted tells of every draft, and says that a dataset was not read when its
// drafts end in an error.
func counted(drafts iter.Seq2[record.Draft, error], bar *progress) iter.Seq2[record.Draft, error] {
	return func(yield func(record.Draft, error) bool) {
		for d, err := range drafts {
			if err != nil {
				err = fmt.Errorf("%w: %w", errUnreadable, err)
			}
			bar.add(1)
			if !yield(d, err) {
				return
			}
		}
	}
}

func sourceOf(m *ingest.Mapping) catalog.Source {
	return catalog.Source{ID: m.Name, Publisher: m.Publisher, Address: m.Address, Licence: m.Licence, Redistribute: m.Redistribute}
}

func sha256Of(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return hex.EncodeToString(sum.Sum(nil)), errors.Join(err, f.Close())
}
