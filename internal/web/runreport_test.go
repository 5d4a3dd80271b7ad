package web

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"carrypoint/internal/catalog"
	"carrypoint/internal/record"
	"carrypoint/internal/site"
	"carrypoint/views"
)

func reported(t *testing.T, run *catalog.Run, changes []catalog.Change, findings []record.Finding) string {
	t.Helper()
	var b bytes.Buffer
	if err := views.RunReport(RunReport(run, changes, findings)).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestARunsReportTellsEverythingAndEscapesIt(t *testing.T) {
	run := &catalog.Run{ID: 7, Source: "example-county", State: catalog.Ready, File: "boxes.csv", MadeAt: "2026-11-25T12:00:00Z", MadeBy: "example steward",
		Counts:  catalog.Counts{Records: 3, New: 1, Changed: 1, Missing: 1, Rejected: 1, Findings: map[string]int{"no_name": 1}},
		Reasons: []catalog.Reason{{Code: "moved", Text: "21 sites moved by more than 1 km"}}}
	page := reported(t, run, []catalog.Change{
		{Site: "us-oh-a", Name: "<script>alert(1)</script>", Kind: "new", Row: 2},
		{Site: "us-oh-b", Name: "Example Box", Kind: "changed", Row: 3, Differences: []site.Difference{{Facet: "phones", Before: "555-555-0100", After: ""}}},
		{Site: "us-oh-c", Name: "Example Corner", Kind: "missing"},
	}, []record.Finding{{Code: "no_name", Error: true, Row: 1, Column: "name", Text: "a site needs a name"}})
	for _, part := range []string{"Run 7 of example-county", "boxes.csv", "carrypoint apply 7", "21 sites moved", "&lt;script&gt;", "not known", "555-555-0100",
		"Missing: the source no longer lists them", "Kept out: no_name (1)", "a site needs a name"} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is not in the report", part)
		}
	}
	for _, part := range []string{"<script", "http://", "https://"} {
		if strings.Contains(page, part) {
			t.Errorf("%q is in the report", part)
		}
	}
}

func TestARunsReportSaysWhatItLeavesOut(t *testing.T) {
	run := &catalog.Run{State: catalog.Ready, Counts: catalog.Counts{New: MaxReported + 10, Findings: map[string]int{"no_position": MaxReported + 3}}}
	var changes []catalog.Change
	var findings []record.Finding
	for range MaxReported {
		changes = append(changes, catalog.Change{Name: "Example Box", Kind: "new"})
		findings = append(findings, record.Finding{Code: "no_position", Row: 1})
	}
	page := reported(t, run, changes, findings)
	for _, part := range []string{"And 10 more.", "And 3 more."} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is not in the report", part)
		}
	}
}

func TestARunThatChangesNothingSaysSo(t *testing.T) {
	if page := reported(t, &catalog.Run{State: catalog.Ready}, nil, nil); !strings.Contains(page, "It changes nothing that is listed.") {
		t.Error(page)
	}
}
