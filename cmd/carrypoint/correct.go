package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"carrypoint/internal/catalog"
	"carrypoint/internal/ingest"
	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

type correctCommand struct {
	Site  string   `arg:"" help:"The site's id."`
	Right []setCol `arg:"" help:"What is right: COLUMN=TEXT, with the columns of docs/dataset.md; COLUMN= for nothing."`
	desk
	author
}

// A setCol is a column with the text that is right.
type setCol struct{ name, text string }

// UnmarshalText reads COLUMN=TEXT.
func (s *setCol) UnmarshalText(text []byte) error {
	name, value, ok := strings.Cut(string(text), "=")
	if !ok || name == "" {
		return fmt.Errorf("%q is not COLUMN=TEXT, such as phone=555-555-0123", text)
	}
	s.name, s.text = name, value
	return nil
}

// Run puts right what a source says of a site. The text is read as in a file, so
// that hours are hours and an address is placed.
func (c *correctCommand) Run(w world) error {
	return c.with(w, func(cat *catalog.Catalog) error {
		now, err := cat.Site(w.ctx, c.Site)
		if err != nil {
			return err
		}
		right, err := c.draft(w, now)
		if err != nil {
			return err
		}
		made, err := cat.Correct(w.ctx, c.Site, right, c.act())
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(w, map[string]any{"site": c.Site, "corrected": made})
		}
		for _, d := range made {
			fmt.Fprintf(w.out, "%s: %q -> %q\n", d.Facet, d.Before, d.After)
		}
		fmt.Fprintf(w.out, "it holds until the source changes it; publish it with: carrypoint publish --dir %s\n", c.Dir)
		return nil
	})
}

// draft reads the site with what is right, as a row of carrypoint's own form.
func (c *correctCommand) draft(w world, now *site.Site) (right *site.Site, err error) {
	changed := map[string]string{}
	for _, s := range c.Right {
		if slices.Contains(notCorrected, s.name) {
			return nil, fmt.Errorf("%w: %s is not for corrections; a check is written down with verify, and a source speaks for itself", errCorrection, s.name)
		}
		changed[s.name] = s.text
	}
	table, err := ingest.OwnTable(now, changed)
	if err != nil {
		return nil, err
	}
	places, done, err := c.places()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	for d, err := range ingest.Own().Drafts(table, places, w.now()).All() {
		if err != nil {
			return nil, err
		}
		if err := usable(&d, changed); err != nil {
			return nil, err
		}
		return &d.Site, nil
	}
	return nil, fmt.Errorf("%s could not be read", c.Site)
}

// notCorrected are the columns that say who said so and when, and not what.
var notCorrected = []string{"id", "checked_on", "checked_by", "source_url", "source_publisher", "source_date"}

// errCorrection says that what is to be right can't be read.
var errCorrection = errors.New("the correction can't be read")

// usable refuses a correction that makes no site, or whose own text has
// something wrong with it. That a site is closed or private is a correction too.
func usable(d *record.Draft, changed map[string]string) error {
	if d.Rejected && !d.Withdrawn() {
		return fmt.Errorf("%w: %s", errCorrection, d.Why())
	}
	for _, f := range d.Findings {
		if _, ours := changed[f.Column]; ours && !d.Rejected && f.Code != record.NotActive {
			return fmt.Errorf("%w: %s: %s", errCorrection, f.Column, f.Text)
		}
	}
	return nil
}
