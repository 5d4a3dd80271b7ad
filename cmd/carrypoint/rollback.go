package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"carrypoint/internal/catalog"
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
	hidden, err := c.hideLimited(w, p, key)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w, p)
	}
	fmt.Fprintf(w.out, "edition %.12s of %s is in force again: %d places; it is publication %d of %s\n",
		p.Edition, p.Made.Format("2006-01-02 15:04 MST"), p.Sites, p.Seq, c.Dir)
	if len(hidden) > 0 {
		fmt.Fprintf(w.out, "it shows too much of %d sites, which asked for less since; they are hidden until you publish and unhide them: %s\n", len(hidden), strings.Join(hidden, ", "))
	}
	fmt.Fprintln(w.out, "the catalog is as it was: undo what went wrong before you publish again")
	return nil
}

// hideLimited hides the sites of which less may be shown than that edition shows.
func (c *rollbackCommand) hideLimited(w world, p edition.Publication, key *edition.Key) (ids []string, err error) {
	err = c.with(w, func(cat *catalog.Catalog) (err error) {
		ids, err = cat.LimitedSince(w.ctx, p.Made)
		return err
	})
	if errors.Is(err, catalog.ErrNotFound) || err == nil && len(ids) == 0 {
		return nil, nil // a folder that only follows has no catalog
	}
	if err == nil {
		_, err = edition.Hide(c.Dir, key, w.now(), ids...)
	}
	return ids, err
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
