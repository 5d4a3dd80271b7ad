package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"carrypoint/internal/catalog"
	"carrypoint/internal/edition"
)

type hideCommand struct {
	Site string `arg:"" help:"The site's id."`
	desk
	author
	signing
}

// Run takes a site off every page within seconds, and off every later edition.
// The servers come first: a catalog that is busy or broken must not keep a
// dangerous place on the pages.
func (c *hideCommand) Run(w world) error {
	if err := c.known(w); err != nil {
		return err
	}
	if err := c.overlay(w, edition.Hide, "is hidden"); err != nil {
		return err
	}
	return c.remember(w, c.act(), (*catalog.Catalog).Hide)
}

type unhideCommand struct {
	Site string `arg:"" help:"The site's id."`
	desk
	author
	signing
}

// Run puts a hidden site back.
func (c *unhideCommand) Run(w world) error {
	h := hideCommand(*c)
	if err := h.known(w); err != nil {
		return err
	}
	if err := h.overlay(w, edition.Unhide, "is hidden no more; where an edition was published without it, publish again"); err != nil {
		return err
	}
	return h.remember(w, c.act(), (*catalog.Catalog).Unhide)
}

// known fails for a site that neither the edition in force nor the catalog knows:
// that is a slip, and a slip must not look like a success.
func (c *hideCommand) known(w world) error {
	if now, err := edition.Current(c.Dir, nil); err == nil {
		if _, err := now.Site(c.Site, w.now()); err == nil {
			return nil
		}
	}
	err := c.with(w, func(cat *catalog.Catalog) error { return cat.Minted(w.ctx, c.Site) })
	if errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	return nil // a catalog that can't be asked now is no reason to leave a place on the pages
}

// remember writes it into the catalog, for the editions to come. A folder that
// only follows has none.
func (c *hideCommand) remember(w world, act catalog.Act, set func(*catalog.Catalog, context.Context, string, catalog.Act) error) error {
	err := c.with(w, func(cat *catalog.Catalog) error { return set(cat, w.ctx, c.Site, act) })
	if errors.Is(err, catalog.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("servers were told, and the catalog was not: do it again before the next publication: %w", err)
	}
	return nil
}

// overlay changes the list that servers look at.
func (c *hideCommand) overlay(w world, change func(string, *edition.Key, time.Time, ...string) (edition.Hiding, error), what string) error {
	key, err := signingKey(c.Key)
	if err != nil {
		return err
	}
	list, err := change(c.Dir, key, w.now(), c.Site)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w, map[string]any{"site": c.Site, "seq": list.Seq, "hidden": append([]string{}, list.IDs...)})
	}
	fmt.Fprintf(w.out, "%s %s; servers of %s see it within seconds\n", c.Site, what, c.Dir)
	return nil
}
