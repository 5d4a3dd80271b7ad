package main

import (
	"fmt"

	"carrypoint/internal/catalog"
)

type logCommand struct {
	Subject string `arg:"" optional:"" help:"A site's id, or a run such as \"run 3\"; without it, everything."`
	desk
}

// Run tells what was done, by whom, when and why.
func (c *logCommand) Run(w world) error {
	return c.with(w, func(cat *catalog.Catalog) error {
		events, err := cat.Events(w.ctx, c.Subject)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(w, map[string]any{"events": append([]catalog.Event{}, events...)})
		}
		for _, e := range events {
			fmt.Fprintf(w.out, "%s  %s  %s by %s", e.At, e.Subject, e.What, e.Who)
			if e.Why != "" {
				fmt.Fprintf(w.out, ": %s", e.Why)
			}
			fmt.Fprintln(w.out)
		}
		return nil
	})
}
