package main

import (
	"errors"
	"fmt"

	"carrypoint/internal/catalog"
)

type reviewCommand struct {
	Item    int             `arg:"" optional:"" help:"The item to decide; without it, what waits is listed."`
	Verdict catalog.Verdict `arg:"" optional:"" enum:"merge,apart,ignore," default:"" help:"merge, apart or ignore."`
	Limit   int             `default:"20" help:"How many items to list."`
	desk
	author
}

// Validate refuses half a decision.
func (c *reviewCommand) Validate() error {
	if (c.Item == 0) != (c.Verdict == "") {
		return errors.New("a decision is an item's number and one of merge, apart or ignore")
	}
	return c.desk.Validate()
}

// Run lists what waits for a steward, or writes down a decision.
func (c *reviewCommand) Run(w world) error {
	return c.with(w, func(cat *catalog.Catalog) error {
		if c.Item != 0 {
			return c.decide(w, cat)
		}
		items, waiting, err := cat.Review(w.ctx, c.Limit)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(w, map[string]any{"waiting": waiting, "items": append([]catalog.Item{}, items...)})
		}
		for _, i := range items {
			fmt.Fprintf(w.out, "%d  %s  %s (run %d, row %d): %s\n", i.ID, i.Code, i.Site, i.Run, i.Row, i.Text)
		}
		fmt.Fprintf(w.out, "%d of %d that wait are listed; decide one with: carrypoint review ITEM merge|apart|ignore --dir %s\n", len(items), waiting, c.Dir)
		return nil
	})
}

func (c *reviewCommand) decide(w world, cat *catalog.Catalog) error {
	item, err := cat.Decide(w.ctx, c.Item, c.Verdict, c.act())
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w, map[string]any{"item": item.ID, "verdict": c.Verdict, "site": item.Site, "other": item.Other})
	}
	switch c.Verdict {
	case catalog.Merge:
		fmt.Fprintf(w.out, "%s is listed no more: %s stands for both\n", item.Site, item.Other)
	case catalog.Apart:
		fmt.Fprintf(w.out, "%s and %s are two places\n", item.Site, item.Other)
	default:
		fmt.Fprintf(w.out, "%s of %s is ignored from now on\n", item.Code, item.Site)
	}
	return nil
}
