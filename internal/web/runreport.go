package web

import (
	"fmt"
	"slices"
	"strconv"

	"carrypoint/internal/catalog"
	"carrypoint/internal/record"
	"carrypoint/views"
)

// MaxReported is how many changes of one kind, and findings of one code, a
// run's report holds: more than anyone reads, and a page that any browser opens.
const MaxReported = 500

// RunReport builds the page of a run for stewards, in English as the commands are.
// findings may be cut; the run's own counts say how many there are.
func RunReport(run *catalog.Run, changes []catalog.Change, findings []record.Finding) views.Run {
	r := views.Run{
		Title: fmt.Sprintf("Run %d of %s", run.ID, run.Source),
		Style: views.RunStyle,
		Lead:  runLead(run),
	}
	for _, reason := range run.Reasons {
		if reason.Stops {
			r.Stops = append(r.Stops, reason.Text)
		} else {
			r.Doubts = append(r.Doubts, reason.Text)
		}
	}
	for _, c := range RunCounts(run) {
		r.Counts = append(r.Counts, views.Count{Number: strconv.Itoa(c.N), What: c.What})
	}
	r.Groups = changeGroups(run, changes)
	r.Found = foundGroups(run, findings)
	if len(r.Groups) == 0 {
		r.Nothing = "It changes nothing that is listed."
	}
	return r
}

func runLead(run *catalog.Run) []string {
	lead := []string{fmt.Sprintf("Read from %s on %s by %s. Its bytes have SHA-256 %.12s.", run.File, run.MadeAt, run.MadeBy, run.SHA256)}
	switch run.State {
	case catalog.Reading:
		lead = append(lead, "It was cut off before its end: import the dataset again.")
	case catalog.Ready:
		if run.NeedsConfirm() {
			lead = append(lead, fmt.Sprintf("Nothing of it is in force. It stopped: see why, and if it is right all the same: carrypoint apply %d --confirm", run.ID))
			break
		}
		lead = append(lead, fmt.Sprintf("Nothing of it is in force. To apply it: carrypoint apply %d", run.ID))
	case catalog.Applied:
		lead = append(lead, fmt.Sprintf("It was applied on %s by %s. To take it back: carrypoint undo %d", run.AppliedAt, run.AppliedBy, run.ID))
	case catalog.Undone:
		lead = append(lead, fmt.Sprintf("It was applied on %s by %s, and undone on %s by %s.", run.AppliedAt, run.AppliedBy, run.UndoneAt, run.UndoneBy))
	}
	return lead
}

// A RunCount is one number of a run with what it counts, in words.
type RunCount struct {
	N    int
	What string
}

// RunCounts are a run's numbers, in the order in which they are told.
func RunCounts(run *catalog.Run) []RunCount {
	c := run.Counts
	return []RunCount{
		{c.Records, "rows read"},
		{c.New, "new sites"},
		{c.Changed, "changed"},
		{c.Unchanged, "unchanged"},
		{c.Rejected, "rows kept out"},
		{c.Missing, "listed sites that the file does not hold (they stay listed, and are marked)"},
		{c.Withdrawn, "listed sites that the source now says are not for the public (they leave the list)"},
	}
}

// NewHeading stands above the new sites of a run.
const NewHeading = "New"

// kindHeadings name the ways in which a run changes sites, in the order of Changes.
var kindHeadings = []struct{ kind, heading string }{
	{"changed", "Changed"},
	{"missing", "Missing: the source no longer lists them"},
	{"withdrawn", "Withdrawn: the source says that they are not for the public"},
	{"unreadable", "Not readable: they stay as they were"},
	{"back", "Back: they were missing"},
	{"new", NewHeading},
}

func changeGroups(run *catalog.Run, changes []catalog.Change) []views.ChangeGroup {
	all := map[string]int{"new": run.Counts.New, "changed": run.Counts.Changed, "withdrawn": run.Counts.Withdrawn}
	var groups []views.ChangeGroup
	for _, k := range kindHeadings {
		g := views.ChangeGroup{Heading: k.heading}
		for _, ch := range changes {
			if ch.Kind == k.kind {
				g.Changes = append(g.Changes, changeOf(ch))
			}
		}
		if more := all[k.kind] - len(g.Changes); more > 0 {
			g.Rest = fmt.Sprintf("And %d more.", more)
		}
		if len(g.Changes) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func changeOf(ch catalog.Change) views.Change {
	v := views.Change{ID: ch.Site, Name: ch.Name}
	if ch.Row > 0 {
		v.Row = fmt.Sprintf("row %d", ch.Row)
	}
	for _, d := range ch.Differences {
		v.Differences = append(v.Differences, views.Difference{Field: string(d.Facet), Before: orNotKnown(d.Before), After: orNotKnown(d.After)})
	}
	return v
}

func orNotKnown(text string) string {
	if text == "" {
		return "not known"
	}
	return text
}

// foundGroups puts findings of one code together, errors before warnings, as
// they come.
func foundGroups(run *catalog.Run, findings []record.Finding) []views.FoundGroup {
	var groups []views.FoundGroup
	var codes []string
	for _, f := range findings {
		at := slices.Index(codes, f.Code)
		if at < 0 {
			at = len(codes)
			codes = append(codes, f.Code)
			groups = append(groups, views.FoundGroup{Heading: foundHeading(f, run.Counts.Findings[f.Code])})
		}
		if len(groups[at].Found) < MaxReported {
			groups[at].Found = append(groups[at].Found, views.Found{Row: rowText(f.Row), Field: f.Column, Value: f.Value, Text: f.Text})
		}
	}
	for at, code := range codes {
		if more := run.Counts.Findings[code] - len(groups[at].Found); more > 0 {
			groups[at].Rest = fmt.Sprintf("And %d more.", more)
		}
	}
	return groups
}

func foundHeading(f record.Finding, n int) string {
	severity := "Warning"
	if f.Error {
		severity = "Kept out"
	}
	return fmt.Sprintf("%s: %s (%d)", severity, f.Code, n)
}

func rowText(row int) string {
	if row == 0 {
		return "the file"
	}
	return "row " + strconv.Itoa(row)
}
