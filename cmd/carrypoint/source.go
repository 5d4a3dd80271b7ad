package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"carrypoint/internal/catalog"
	"carrypoint/internal/ingest"
	"carrypoint/internal/reader"
)

type sourceCommand struct {
	Draft draftCommand   `cmd:"" help:"Propose a mapping for a dataset."`
	List  sourcesCommand `cmd:"" help:"List the sources, and which of them are due."`
}

type draftCommand struct {
	From   string `arg:"" help:"A file or an address."`
	Name   string `help:"What the source is called; without it, by its file or address."`
	Format string `help:"What it is, where that can't be told: csv, xlsx, geojson, esri, kml, kmz, shapefile, hsds, json, jsonl."`
	List   string `help:"The key of the list in a JSON file."`
	Sheet  string `help:"The sheet of a workbook."`
}

// Run prints a mapping to begin with, and says what it could not place.
func (c *draftCommand) Run(w world) (err error) {
	m := &ingest.Mapping{Name: c.name(), Address: c.From, Format: c.Format, List: c.List, Sheet: c.Sheet, Protocol: protocolOf(c.From)}
	in, err := (&desk{}).obtain(w, nil, m, c.From)
	if err != nil {
		return fmt.Errorf("%w: %w", errUnreadable, err)
	}
	defer func() { err = errors.Join(err, in.close()) }()
	table, done, err := reader.OpenFile(in.path, reader.Options{Format: in.format, Sheet: c.Sheet, List: c.List})
	if err != nil {
		return fmt.Errorf("%w: %w", errUnreadable, err)
	}
	defer func() { err = errors.Join(err, done()) }()
	text, notes, err := ingest.DraftMapping(table, m)
	if err != nil {
		return fmt.Errorf("%w: %w", errUnreadable, err)
	}
	fmt.Fprint(w.out, text)
	for _, note := range append(in.notes, notes...) {
		fmt.Fprintln(w.log, "carrypoint:", note)
	}
	return nil
}

func (c *draftCommand) name() string {
	if c.Name != "" {
		return c.Name
	}
	return sourceName(c.From)
}

// sourceName is a name for a source by its file or address: "boxes" for
// https://data.example.org/boxes.csv?v=2.
func sourceName(from string) string {
	base, _, _ := strings.Cut(filepath.Base(from), "?")
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// protocolOf guesses how an address is asked.
func protocolOf(address string) ingest.Protocol {
	switch {
	case strings.Contains(address, "/FeatureServer") || strings.Contains(address, "/MapServer"):
		return ingest.ArcGIS
	case strings.HasPrefix(address, "http") && (strings.Contains(address, "/resource/") || strings.Contains(address, "/api/views/")):
		return ingest.Socrata
	}
	return ingest.File
}

// mapping reads a mapping by a path, or by its name in the folder of sources.
func (d *desk) mapping(name string) (*ingest.Mapping, error) {
	path := name
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && filepath.Base(name) == name {
		path = filepath.Join(d.path(sourcesFolder), strings.TrimSuffix(name, ".toml")+".toml")
	}
	return readMapping(path)
}

func readMapping(path string) (*ingest.Mapping, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the mapping of a source: %w", err)
	}
	m, err := ingest.ReadMapping(f, sourceName(path))
	return m, errors.Join(err, f.Close())
}

// mappings reads every mapping in the folder of sources, by name. One that
// can't be read does not keep the others from being read.
func (d *desk) mappings() ([]*ingest.Mapping, error) {
	paths, err := filepath.Glob(filepath.Join(d.path(sourcesFolder), "*.toml"))
	if err != nil {
		return nil, err
	}
	slices.Sort(paths)
	var all []*ingest.Mapping
	var failed []error
	for _, path := range paths {
		m, err := readMapping(path)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		all = append(all, m)
	}
	return all, errors.Join(failed...)
}

// places are what finds a record without coordinates: the gazetteer, and the
// street file where the operator has imported one.
func (d *desk) places() (ingest.Places, func() error, error) {
	known, err := shippedPlaces()
	if err != nil {
		return ingest.Places{}, nil, err
	}
	find, done, err := d.streets()
	return ingest.Places{Gazetteer: known, Find: find}, done, err
}

type sourcesCommand struct{ desk }

// A sourceState is what is told of a source.
type sourceState struct {
	Source    string `json:"source"`
	Publisher string `json:"publisher"`
	Licence   string `json:"licence"`
	Every     string `json:"every"`
	Fetched   string `json:"fetched_at"`
	Due       bool   `json:"due"`
}

// Run lists the sources of the folder.
func (c *sourcesCommand) Run(w world) error {
	mappings, faults := c.mappings()
	cat, err := c.begin(w)
	if err != nil {
		return err
	}
	var all []sourceState
	for _, m := range mappings {
		s, err := stateOf(w, cat, m)
		if err != nil {
			return errors.Join(err, cat.Close())
		}
		all = append(all, s)
	}
	return errors.Join(c.tell(w, all), faults, cat.Close())
}

func (c *sourcesCommand) tell(w world, all []sourceState) error {
	if c.JSON {
		return printJSON(w, map[string]any{"sources": append([]sourceState{}, all...)})
	}
	table := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "source\tpublisher\tlicence\tevery\tlooked at\tdue\t")
	for _, s := range all {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%v\t\n", s.Source, s.Publisher, s.Licence, s.Every, s.Fetched, s.Due)
	}
	return table.Flush()
}

func stateOf(w world, cat *catalog.Catalog, m *ingest.Mapping) (sourceState, error) {
	s := sourceState{Source: m.Name, Publisher: m.Publisher, Licence: m.Licence}
	if m.Every > 0 {
		s.Every = strings.TrimSuffix(strings.TrimSuffix(m.Every.String(), "0s"), "0m")
		if day := 24 * time.Hour; m.Every%day == 0 {
			s.Every = fmt.Sprintf("%d days", m.Every/day)
		}
	}
	known, err := cat.Source(w.ctx, m.Name)
	if err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return s, err
	}
	if !known.FetchedAt.IsZero() {
		s.Fetched = known.FetchedAt.Format(time.RFC3339)
	}
	s.Due = due(m, known, w.now())
	return s, nil
}

// due says whether a source is to be read again: it has an interval, and that
// has passed since it was looked at.
func due(m *ingest.Mapping, s catalog.Source, now time.Time) bool {
	return m.Every > 0 && now.Sub(s.FetchedAt) >= m.Every
}
