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
func (c *hideCommand) Run(w world) error {
	if err := c.remember(w, c.act(), (*catalog.Catalog).Hide); err != nil {
		return err
	}
	return c.overlay(w, edition.Hide, "hidden")
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
	if err := h.remember(w, c.act(), (*catalog.Catalog).Unhide); err != nil {
		return err
	}
	return h.overlay(w, edition.Unhide, "shown again")
}

// remember writes it into the catalog, for the editions to come. A folder that
// only follows has none; a site that neither the catalog nor the edition in force
// knows is a slip, and a slip must not look like a success.
func (c *hideCommand) remember(w world, act catalog.Act, set func(*catalog.Catalog, context.Context, string, catalog.Act) error) error {
	err := c.with(w, func(cat *catalog.Catalog) error { return set(cat, w.ctx, c.Site, act) })
	if !errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	now, unread := edition.Current(c.Dir, nil)
	if unread != nil {
		return err
	}
	if _, missing := now.Site(c.Site, w.now()); missing != nil {
		return err
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
	fmt.Fprintf(w.out, "%s is %s; servers of %s see it within seconds\n", c.Site, what, c.Dir)
	return nil
}
