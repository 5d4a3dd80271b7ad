package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"carrypoint/internal/catalog"
	"carrypoint/internal/ingest"
	"carrypoint/internal/web"
	"carrypoint/views"
)

type runsCommand struct {
	Number   int    `arg:"" optional:"" help:"The run to show; without it, all runs are listed."`
	HTML     string `name:"html" help:"Write the run's report as a page into this file."`
	Rejected string `help:"Write the run's rows that were kept out into this CSV file."`
	desk
}

// Run lists the runs, or shows one of them again.
func (c *runsCommand) Run(w world) error {
	return c.with(w, func(cat *catalog.Catalog) error {
		if c.Number == 0 {
			return c.list(w, cat)
		}
		run, err := cat.Run(w.ctx, c.Number)
		if err != nil {
			return err
		}
		if err := (&importCommand{HTML: c.HTML, Rejected: c.Rejected}).report(w, cat, run); err != nil {
			return err
		}
		return c.print(w, cat, run)
	})
}

func (c *runsCommand) list(w world, cat *catalog.Catalog) error {
	runs, err := cat.Runs(w.ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		all := []jsonRun{}
		for _, run := range runs {
			all = append(all, jsonRunOf(run))
		}
		return printJSON(w, map[string]any{"runs": all})
	}
	table := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "run\tsource\tstate\tmade\trows\tnew\tchanged\tmissing\tkept out\t")
	for _, r := range runs {
		n := r.Counts
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t\n", r.ID, r.Source, r.State, r.MadeAt, n.Records, n.New, n.Changed, n.Missing, n.Rejected)
	}
	return table.Flush()
}

// A jsonRun is the shape that scripts read.
type jsonRun struct {
	Run          int              `json:"run"`
	Source       string           `json:"source"`
	State        catalog.State    `json:"state"`
	Records      int              `json:"records"`
	New          int              `json:"new"`
	Changed      int              `json:"changed"`
	Unchanged    int              `json:"unchanged"`
	Missing      int              `json:"missing"`
	Rejected     int              `json:"rejected"`
	Withdrawn    int              `json:"withdrawn"`
	Findings     map[string]int   `json:"findings"`
	NeedsConfirm bool             `json:"needs_confirm"`
	Reasons      []catalog.Reason `json:"reasons"`
}

func jsonRunOf(r *catalog.Run) jsonRun {
	n := r.Counts
	return jsonRun{r.ID, r.Source, r.State, n.Records, n.New, n.Changed, n.Unchanged, n.Missing, n.Rejected, n.Withdrawn, n.Findings, r.NeedsConfirm(), r.Reasons}
}

// How much of a run is printed. The page has more, and the CSV has every row.
const (
	printedChanges  = 20
	printedFindings = 5
)

// print shows a run, as JSON or in words.
func (d *desk) print(w world, cat *catalog.Catalog, run *catalog.Run) error {
	if d.JSON {
		return printJSON(w, jsonRunOf(run))
	}
	changes, err := cat.Changes(w.ctx, run.ID, printedChanges)
	if err != nil {
		return err
	}
	findings, err := cat.Findings(w.ctx, run, printedFindings)
	if err != nil {
		return err
	}
	printRun(w, web.RunReport(run, changes, findings))
	return nil
}

// printRun is a run's page in plain lines.
func printRun(w world, r views.Run) {
	fmt.Fprintln(w.out, r.Title)
	for _, line := range r.Lead {
		fmt.Fprintln(w.out, line)
	}
	for _, c := range r.Counts {
		fmt.Fprintf(w.out, "%8s  %s\n", c.Number, c.What)
	}
	for _, g := range r.Groups {
		fmt.Fprintf(w.out, "\n%s\n", g.Heading)
		for _, ch := range g.Changes {
			fmt.Fprintf(w.out, "  %s  (%s)\n", ch.Name, ch.ID)
			for _, d := range briefly(g.Heading, ch.Differences) {
				fmt.Fprintf(w.out, "      %s: %q -> %q\n", d.Field, d.Before, d.After)
			}
		}
		if g.Rest != "" {
			fmt.Fprintln(w.out, "  "+g.Rest)
		}
	}
	for _, g := range r.Found {
		fmt.Fprintf(w.out, "\n%s\n", g.Heading)
		for _, f := range g.Found {
			fmt.Fprintf(w.out, "  %s: %s\n", strings.TrimSuffix(f.Row+", "+f.Field, ", "), f.Text)
		}
		if g.Rest != "" {
			fmt.Fprintln(w.out, "  "+g.Rest)
		}
	}
	if r.Nothing != "" {
		fmt.Fprintln(w.out, r.Nothing)
	}
	for _, doubt := range r.Doubts {
		fmt.Fprintf(w.out, "\nLook at this before you apply it: %s.\n", doubt)
	}
	for _, stop := range r.Stops {
		fmt.Fprintf(w.out, "\nLook again before you apply it (with --confirm): %s.\n", stop)
	}
}

// briefly are the differences that a terminal shows: of new sites, which are known
// by their names there, the page has the rest.
func briefly(heading string, all []views.Difference) []views.Difference {
	if heading == web.NewHeading {
		return nil
	}
	return all
}

// report writes the files that were asked for.
func (c *importCommand) report(w world, cat *catalog.Catalog, run *catalog.Run) error {
	if c.HTML != "" {
		if err := writeReport(w, cat, run, c.HTML); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	if c.Rejected != "" {
		if err := writeRejected(w, cat, run, c.Rejected); err != nil {
			return fmt.Errorf("writing the rows that were kept out: %w", err)
		}
	}
	return nil
}

func writeReport(w world, cat *catalog.Catalog, run *catalog.Run, path string) error {
	changes, err := cat.Changes(w.ctx, run.ID, web.MaxReported)
	if err != nil {
		return err
	}
	findings, err := cat.Findings(w.ctx, run, web.MaxReported)
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(views.RunReport(web.RunReport(run, changes, findings)).Render(w.ctx, f), f.Close())
}

// writeRejected writes the rows that were kept out as they were published, with
// what is wrong with each. They can be put right there and read in again.
func writeRejected(w world, cat *catalog.Catalog, run *catalog.Run, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	rows, err := ingest.NewRejectedFile(f, run.Header)
	if err == nil {
		err = cat.Rejected(w.ctx, run.ID, func(r catalog.RejectedRow) error { return rows.Add(r.Values, r.Why) })
	}
	return errors.Join(err, rows.Close(), f.Close())
}
