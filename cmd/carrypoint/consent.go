package main

import (
	"fmt"

	"carrypoint/internal/catalog"
	"carrypoint/internal/site"
)

type consentCommand struct {
	Site  string         `arg:"" help:"The site's id."`
	Show  string         `required:"" enum:"exact,area,contact" help:"How much of the place is shown: exact, area (its town) or contact (how to reach it, and its state)."`
	NotIn []site.Channel `enum:"print,exports" help:"Lists that leave it out: print, exports."`
	desk
	author
}

// Run writes down what the people of a site agreed to.
func (c *consentCommand) Run(w world) error {
	consent := site.Consent{Position: map[string]site.Reveal{
		"exact": site.RevealAll, "area": site.RevealArea, "contact": site.RevealContact,
	}[c.Show], NotIn: c.NotIn}
	return c.with(w, func(cat *catalog.Catalog) error {
		if err := cat.Agree(w.ctx, c.Site, consent, c.act()); err != nil {
			return err
		}
		if c.JSON {
			return printJSON(w, map[string]any{"site": c.Site, "consent": consent})
		}
		fmt.Fprintf(w.out, "of %s is shown: %s; publish it with: carrypoint publish --dir %s\n", c.Site, c.Show, c.Dir)
		return nil
	})
}
