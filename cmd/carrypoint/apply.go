package main

import (
	"fmt"

	"carrypoint/internal/catalog"
)

type applyCommand struct {
	Number  int  `arg:"" help:"The run to put in force."`
	Confirm bool `help:"Apply it although it stopped and asked for a second look."`
	desk
	author
}

// Run puts a run in force. The public sees it with the next publication.
func (c *applyCommand) Run(w world) error {
	return c.with(w, func(cat *catalog.Catalog) error {
		run, err := cat.Apply(w.ctx, c.Number, c.act(), c.Confirm)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(w, jsonRunOf(run))
		}
		fmt.Fprintf(w.out, "run %d of %s is in force: %d new, %d changed, %d missing; publish it with: carrypoint publish --dir %s\n",
			run.ID, run.Source, run.Counts.New, run.Counts.Changed, run.Counts.Missing, c.Dir)
		return nil
	})
}

type undoCommand struct {
	Number int `arg:"" help:"The run to take back."`
	desk
	author
}

// Run takes a run back.
func (c *undoCommand) Run(w world) error {
	return c.with(w, func(cat *catalog.Catalog) error {
		run, err := cat.Undo(w.ctx, c.Number, c.act())
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(w, jsonRunOf(run))
		}
		fmt.Fprintf(w.out, "run %d of %s is undone: what is listed is what was before it; publish it with: carrypoint publish --dir %s\n", run.ID, run.Source, c.Dir)
		return nil
	})
}
