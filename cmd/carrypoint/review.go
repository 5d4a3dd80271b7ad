package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"carrypoint/internal/catalog"
)

type reviewCommand struct {
	Item    int             `arg:"" optional:"" help:"The item to decide; without it, what waits is listed."`
	Verdict catalog.Verdict `arg:"" optional:"" enum:"merge,apart,ignore," default:"" help:"merge, apart or ignore."`
	Code    string          `help:"List the warnings of this code, one by one."`
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
		waiting, err := cat.Waiting(w.ctx)
		if err != nil {
			return err
		}
		items, err := cat.Review(w.ctx, c.Code, c.Limit)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(w, struct {
				catalog.Waiting
				Items []catalog.Item `json:"items"`
			}{waiting, append([]catalog.Item{}, items...)})
		}
		c.tell(w, waiting, items)
		return nil
	})
}

// tell prints the items, then how many of each code there are, then what is missing.
func (c *reviewCommand) tell(w world, waiting catalog.Waiting, items []catalog.Item) {
	for _, i := range items {
		switch {
		case i.Other != "":
			fmt.Fprintf(w.out, "%d  %s may be %s (run %d, row %d): merge keeps the latter\n", i.ID, i.Site, i.Other, i.Run, i.Row)
		default:
			fmt.Fprintf(w.out, "%d  %s (run %d, row %d): %s\n", i.ID, i.Site, i.Run, i.Row, i.Text)
		}
	}
	if len(items) > 0 {
		fmt.Fprintf(w.out, "decide one with: carrypoint review ITEM merge|apart|ignore --dir %s\n", c.Dir)
	}
	if c.Code != "" {
		return
	}
	for _, code := range slices.Sorted(maps.Keys(waiting.Codes)) {
		fmt.Fprintf(w.out, "%8d  %s; see them with --code %s\n", waiting.Codes[code], code, code)
	}
	for _, gone := range waiting.Missing[:min(c.Limit, len(waiting.Missing))] {
		fmt.Fprintf(w.out, "%s is missing from its source since %s; if it is closed: carrypoint correct %s status=inactive --dir %s\n", gone.Site, gone.Since, gone.Site, c.Dir)
	}
	fmt.Fprintf(w.out, "%d sites are missing from their sources\n", len(waiting.Missing))
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
