package ingest

import (
	"fmt"
	"strings"

	"carrypoint/internal/record"
)

// Own is the mapping of carrypoint's own CSV form, which docs/dataset.md
// describes: its columns are carrypoint's, and its rows bring their ids.
func Own() *Mapping {
	m := &Mapping{Name: "carrypoint", Protocol: File, Format: "csv", Columns: map[string]Rule{}, own: true}
	for _, name := range columns[:ownColumns] {
		m.Columns[name] = Rule{From: name}
	}
	return m
}

// ownHeader refuses a table that is not of carrypoint's own form.
func ownHeader(t *record.Table) error {
	for _, name := range columns[:requiredColumns] {
		if t.Column(name) < 0 {
			return fmt.Errorf("%w: it has no column %q; the header must name at least %s", ErrNotDataset, name, strings.Join(columns[:requiredColumns], ", "))
		}
	}
	return nil
}
