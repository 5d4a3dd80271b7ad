package streets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/paulmach/orb"
)

// ImportOptions are what an import can be told besides its files. All may be left out.
type ImportOptions struct {
	// TownOf names the town of a postal code, or gives "". The Census' files have no towns: without TownOf their
	// streets are found by postal code only.
	TownOf func(country, postcode string) string
	// RegionAt gives the state or province of a point, and its country, for addresses that do not say it.
	RegionAt func(orb.Point) (region, country string)
	// Progress is called often, by the goroutine that called Import.
	Progress func(Progress)
}

// Progress says how far an import is.
type Progress struct {
	File   string  // the one that is being read
	Number int     // which of the sources it is, from 1
	Of     int     // how many sources there are
	Share  float64 // of the file that is done, from 0 to 1
}

// ImportReport says what an import did.
type ImportReport struct {
	Sources []SourceReport `json:"sources"`
	Total   Counts         `json:"total"`
}

// A SourceReport is the part of one county or of one extract of OpenStreetMap.
type SourceReport struct {
	Source   string `json:"source"` // "tiger/30059", "osm/delaware"
	File     string `json:"file"`
	Replaced bool   `json:"replaced"` // it was in the street file before
	Counts
}

// An input is what is known of a source before it is read.
type input struct {
	source string // its name, under which it is replaced
	name   string // of the file, without its folder
	read   func(ctx context.Context, c *collection, o ImportOptions, share func(float64)) error
}

// Import reads street files into the street file at path, which it makes if there is none. What was imported
// before stays, but for the same counties and extracts: they are replaced. Either all files are read, or the
// street file stays what it is; it is built aside and put in its place whole.
func Import(ctx context.Context, path string, files []string, o ImportOptions) (ImportReport, error) {
	report, err := importInto(ctx, path, files, o)
	if err != nil {
		return ImportReport{}, fmt.Errorf("importing streets, nothing was changed: %w", err)
	}
	return report, nil
}

func importInto(ctx context.Context, path string, files []string, o ImportOptions) (ImportReport, error) {
	inputs, err := inputsOf(files)
	if err != nil {
		return ImportReport{}, err
	}
	draft, err := beginDraft(path)
	if err != nil {
		return ImportReport{}, err
	}
	report, err := draft.fill(ctx, inputs, o)
	if err == nil {
		err = draft.finish()
	}
	if err != nil {
		return ImportReport{}, errors.Join(err, draft.remove())
	}
	return report, nil
}

// inputsOf says what the sources are. Two files of one county would be one file for nothing.
func inputsOf(files []string) ([]input, error) {
	var all []input
	from := map[string]string{}
	for _, file := range files {
		inputs, err := inputsIn(file)
		if err != nil {
			return nil, err
		}
		for _, in := range inputs {
			if first, twice := from[in.source]; twice {
				return nil, fmt.Errorf("%s and %s are both of %s: give one of them", first, file, in.source)
			}
			from[in.source] = file
		}
		all = append(all, inputs...)
	}
	if len(all) == 0 {
		return nil, errors.New("there is no file to import")
	}
	return all, nil
}

func inputsIn(file string) ([]input, error) {
	switch lower := strings.ToLower(file); {
	case strings.HasSuffix(lower, ".zip"):
		return zippedCounties(file)
	case strings.HasSuffix(lower, ".shp"):
		return countyBeside(file)
	case strings.HasSuffix(lower, ".osm.pbf"):
		return extract(file)
	}
	return nil, fmt.Errorf("%s is neither a .zip or .shp file of TIGER/Line ADDRFEAT nor an .osm.pbf file of OpenStreetMap", filepath.Base(file))
}

// fill reads the inputs into the draft, each whole.
func (d *draft) fill(ctx context.Context, inputs []input, o ImportOptions) (report ImportReport, err error) {
	db, err := sql.Open("sqlite", writable(d.build))
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	if err := prepareDraft(ctx, db, d.base != nil); err != nil {
		return report, err
	}
	for i, in := range inputs {
		share := func(done float64) {
			if o.Progress != nil {
				o.Progress(Progress{File: in.name, Number: i + 1, Of: len(inputs), Share: done})
			}
		}
		share(0)
		one, err := readInput(ctx, db, in, o, share)
		if err != nil {
			return report, fmt.Errorf("%s: %w", in.name, err)
		}
		share(1)
		report.Sources = append(report.Sources, one)
		report.Total.add(one.Counts)
	}
	return report, verifyDraft(ctx, db)
}

func readInput(ctx context.Context, db *sql.DB, in input, o ImportOptions, share func(float64)) (SourceReport, error) {
	var c collection
	if err := in.read(ctx, &c, o, share); err != nil {
		return SourceReport{}, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return SourceReport{}, err
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	replaced, err := c.write(ctx, tx, in)
	if err == nil {
		err = tx.Commit()
	}
	return SourceReport{Source: in.source, File: in.name, Replaced: replaced, Counts: c.counts}, err
}

// writable names the database of a draft. It needs no journal: a draft that fails is thrown away, and one that
// is whole is synced before it takes the place of the old one.
func writable(path string) string {
	query := "mode=rw&_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=locking_mode(EXCLUSIVE)"
	return (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: query}).String()
}

func prepareDraft(ctx context.Context, db *sql.DB, begun bool) error {
	if begun {
		return verifyFormat(ctx, db)
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;", applicationID, formatVersion)+schema)
	return err
}

// verifyDraft has SQLite look for damage, of the disk or of what was copied.
func verifyDraft(ctx context.Context, db *sql.DB) error {
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return damaged(errors.New(found))
	}
	return nil
}
