package ingest

import "fmt"

// A Finding is something about one row that a steward should know.
type Finding struct {
	Code   string `json:"code"`   // stable, [a-z_]
	Error  bool   `json:"error"`  // the row was kept out
	Row    int    `json:"row"`    // 1 is the first row below the header
	Column string `json:"column"` // empty for the row as a whole
	Value  string `json:"value"`
	Text   string `json:"text"` // a plain English sentence
}

// String is one line for a terminal: "row 12, lat: "abc" is not a number".
func (f Finding) String() string {
	severity := "warning"
	if f.Error {
		severity = "error"
	}
	if f.Column == "" {
		return fmt.Sprintf("%s: row %d: %s", severity, f.Row, f.Text)
	}
	return fmt.Sprintf("%s: row %d, %s: %s", severity, f.Row, f.Column, f.Text)
}
