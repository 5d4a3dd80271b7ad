package main

import (
	"fmt"

	"carrypoint/internal/catalog"
)

type backupCommand struct {
	File string `arg:"" help:"The new file to write the copy into."`
	desk
}

// Run copies the catalog whole, also while somebody works on it.
func (c *backupCommand) Run(w world) error {
	return c.with(w, func(cat *catalog.Catalog) error {
		if err := cat.Backup(w.ctx, c.File); err != nil {
			return err
		}
		if c.JSON {
			return printJSON(w, map[string]any{"backup": c.File})
		}
		fmt.Fprintf(w.out, "the catalog of %s is copied into %s\n", c.Dir, c.File)
		return nil
	})
}
