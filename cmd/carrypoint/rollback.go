package main

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"carrypoint/internal/edition"
)

type rollbackCommand struct {
	To string `arg:"" optional:"" help:"The edition to go back to, by the beginning of its id or the number of its publication; without it, the one before."`
	desk
	signing
}

// Run puts an older edition in force again.
func (c *rollbackCommand) Run(w world) error {
	key, err := signingKey(c.Key)
	if err != nil {
		return err
	}
	p, err := edition.Rollback(c.Dir, c.To, key, w.now())
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w, p)
	}
	fmt.Fprintf(w.out, "edition %.12s of %s is in force again: %d places; it is publication %d of %s\n",
		p.Edition, p.Made.Format("2006-01-02 15:04 MST"), p.Sites, p.Seq, c.Dir)
	return nil
}

type editionsCommand struct{ desk }

// A jsonPublication is the shape that scripts read.
type jsonPublication struct {
	edition.Publication
	Current bool `json:"current"`
	Kept    bool `json:"kept"` // its edition is still there to go back to
}

// Run lists what was published, newest first.
func (c *editionsCommand) Run(w world) error {
	all, err := edition.Publications(c.Dir, nil)
	if err != nil {
		return err
	}
	now, err := edition.InForce(c.Dir, nil)
	if err != nil && !errors.Is(err, edition.ErrNone) {
		return err
	}
	list := []jsonPublication{}
	for _, p := range all {
		list = append(list, jsonPublication{p, p.Seq == now.Seq, p.Kept(c.Dir)})
	}
	if c.JSON {
		return printJSON(w, map[string]any{"editions": list})
	}
	table := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\tpublication\tedition\tpublished\tplaces\ttitle\t")
	for _, p := range list {
		mark := map[bool]string{true: "in force"}[p.Current]
		if !p.Kept {
			mark = "removed"
		}
		fmt.Fprintf(table, "%s\t%d\t%.12s\t%s\t%d\t%s\t\n", mark, p.Seq, p.Edition, p.Published.Format("2006-01-02 15:04 MST"), p.Sites, p.Title)
	}
	return table.Flush()
}
