package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
	"carrypoint/internal/streets"
)

type streetsCommand struct {
	Import streetsImportCommand `cmd:"" help:"Read street files: TIGER/Line ADDRFEAT zips, or OpenStreetMap .osm.pbf extracts."`
}

type streetsImportCommand struct {
	Files []string `arg:"" help:"The files. A county or an extract that was read before is replaced."`
	desk
}

// Run reads street files into the folder's street file.
func (c *streetsImportCommand) Run(w world) error {
	places, err := shippedPlaces()
	if err != nil {
		return err
	}
	bar := newProgress(w, "thousandths of the file", -1)
	defer bar.end()
	done := int64(0)
	report, err := streets.Import(w.ctx, c.path(streetsFile), c.Files, streets.ImportOptions{
		TownOf:   townOf(places),
		RegionAt: regionAt(places),
		Progress: func(p streets.Progress) {
			at := int64(1000 * (float64(p.Number-1) + p.Share))
			bar.add(at - done)
			done = at
		},
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w, report)
	}
	for _, s := range report.Sources {
		fmt.Fprintf(w.out, "%s: %d address ranges of %d streets, %d single addresses%s\n", s.Source, s.Ranges, s.Streets, s.Addresses, skipped(s.Skipped))
	}
	return nil
}

// skipped says what was left out, and why.
func skipped(reasons map[string]int) string {
	text := ""
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		text += fmt.Sprintf("; left out %d: %s", reasons[reason], reason)
	}
	return text
}

func townOf(places *gazetteer.Gazetteer) func(country, postcode string) string {
	return func(_, postcode string) string {
		place, _ := places.Postcode(postcode)
		return place.Town
	}
}

func regionAt(places *gazetteer.Gazetteer) func(orb.Point) (region, country string) {
	return func(p orb.Point) (string, string) {
		town, _ := places.NearestTown(p)
		return town.Region, town.Country
	}
}

// streets opens the folder's street file; where there is none, nothing finds an address.
func (d *desk) streets() (find func(street, city, region, postcode, country string) (orb.Point, site.Precision, bool), done func() error, err error) {
	nothing := func() error { return nil }
	if d.Dir == "" {
		return nil, nothing, nil
	}
	s, err := streets.Open(d.path(streetsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nothing, nil
	}
	if err != nil {
		return nil, nothing, err
	}
	return func(street, city, region, postcode, country string) (orb.Point, site.Precision, bool) {
		spot, ok := s.Find(streets.Address{Street: street, City: city, Region: region, PostalCode: postcode, Country: country})
		return spot.Point, site.Precision(spot.Precision), ok
	}, s.Close, nil
}
