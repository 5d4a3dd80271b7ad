package main

import (
	"errors"
	"fmt"

	"carrypoint/internal/catalog"
	"carrypoint/internal/ingest"
)

type refreshCommand struct {
	desk
	author
	publishing
}

// A refreshed is what became of one source.
type refreshed struct {
	Source  string `json:"source"`
	Outcome string `json:"outcome"`
	Run     int    `json:"run,omitempty"`
	Why     string `json:"why,omitempty"`
}

// What can become of a source that is due.
const (
	outcomeUnchanged = "unchanged" // its bytes are those of the last time
	outcomeApplied   = "applied"
	outcomeWaits     = "waits" // for a person
	outcomeFailed    = "failed"
)

// Run reads every source that is due, applies the runs that need no decision, and
// publishes what they changed. A source that fails keeps no other from being read,
// and nothing that is listed is touched by it.
func (c *refreshCommand) Run(w world) error {
	mappings, faults := c.mappings()
	cat, err := c.begin(w)
	if err != nil {
		return err
	}
	all, err := c.refreshAll(w, cat, mappings)
	return errors.Join(c.tell(w, all), err, c.publishNew(w, cat), faults, failures(all), cat.Close())
}

func (c *refreshCommand) refreshAll(w world, cat *catalog.Catalog, mappings []*ingest.Mapping) ([]refreshed, error) {
	all := []refreshed{}
	for _, m := range mappings {
		known, err := cat.Source(w.ctx, m.Name)
		if err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return all, err
		}
		if !due(m, known, w.now()) {
			continue
		}
		r, err := c.refresh(w, cat, m)
		if err != nil {
			r = refreshed{Source: m.Name, Outcome: outcomeFailed, Why: advised(err)}
		}
		all = append(all, r)
	}
	return all, nil
}

// refresh reads one source.
func (c *refreshCommand) refresh(w world, cat *catalog.Catalog, m *ingest.Mapping) (r refreshed, err error) {
	r.Source = m.Name
	in, err := c.obtain(w, cat, m, "")
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, in.close()) }()
	past, err := cat.Past(w.ctx, m.Name, in.sha256)
	if err != nil {
		return r, err
	}
	switch {
	case in.sha256 == past.InForce:
		r.Outcome = outcomeUnchanged
		return r, cat.Fetched(w.ctx, sourceOf(m))
	case past.Waiting != 0:
		r.Outcome, r.Run, r.Why = outcomeWaits, past.Waiting, "it is the same as before, and nobody has decided"
		return r, cat.Fetched(w.ctx, sourceOf(m))
	case past.Undone != 0:
		r.Outcome, r.Run, r.Why = outcomeWaits, past.Undone, "a steward took this very file back; import it by hand if it is right after all"
		return r, cat.Fetched(w.ctx, sourceOf(m))
	}
	run, err := c.makeRun(w, cat, m, in, c.act())
	if err != nil {
		return r, err
	}
	if err := cat.Fetched(w.ctx, sourceOf(m)); err != nil {
		return r, err
	}
	r.Run = run.ID
	switch {
	case len(run.Reasons) > 0:
		r.Outcome, r.Why = outcomeWaits, run.Reasons[0].Text
	case past.InForce == "":
		r.Outcome, r.Why = outcomeWaits, "nobody has looked at this source yet"
	default:
		r.Outcome = outcomeApplied
		_, err = cat.Apply(w.ctx, run.ID, c.act(), false)
	}
	return r, err
}

// publishNew publishes what was done since the last publication, also on an
// earlier night that could not.
func (c *refreshCommand) publishNew(w world, cat *catalog.Catalog) error {
	is, err := cat.Unpublished(w.ctx)
	if err != nil || !is {
		return err
	}
	_, err = c.publish(w, cat, c.Dir)
	if errors.Is(err, errNothing) {
		return nil // nothing was ever applied
	}
	return err
}

func (c *refreshCommand) tell(w world, all []refreshed) error {
	if c.JSON {
		return printJSON(w, map[string]any{"sources": all})
	}
	for _, r := range all {
		fmt.Fprintf(w.out, "%s: %s", r.Source, r.Outcome)
		if r.Run > 0 {
			fmt.Fprintf(w.out, " (run %d)", r.Run)
		}
		if r.Why != "" {
			fmt.Fprintf(w.out, ": %s", r.Why)
		}
		fmt.Fprintln(w.out)
	}
	if len(all) == 0 {
		fmt.Fprintln(w.out, "no source is due")
	}
	return nil
}

// errRefresh says that a source could not be read; the answer says which and why.
var errRefresh = errors.New("some sources could not be read; what is listed of them stays as it was")

func failures(all []refreshed) error {
	for _, r := range all {
		if r.Outcome == outcomeFailed {
			return errRefresh
		}
	}
	return nil
}
