package record

import "fmt"

// A Finding is something about one row, or about the whole file, that a steward
// should know.
type Finding struct {
	Code   string `json:"code"`   // stable, [a-z0-9_]
	Error  bool   `json:"error"`  // the row was kept out
	Row    int    `json:"row"`    // 1 is the first row below the header; 0 is the file
	Column string `json:"column"` // empty for the row as a whole
	Value  string `json:"value"`  // as published; empty where it must not be kept
	Text   string `json:"text"`   // a plain English sentence
	// Other is the row that this one may be the same place as; 0 for none.
	Other int `json:"other,omitempty"`
}

// String is one line for a terminal: "row 12, lat: "abc" is not a number".
func (f Finding) String() string {
	severity := "warning"
	if f.Error {
		severity = "error"
	}
	return fmt.Sprintf("%s: %s: %s", severity, f.where(), f.Text)
}

// where is the row and the column.
func (f Finding) where() string {
	where := fmt.Sprintf("row %d", f.Row)
	if f.Row == 0 {
		where = "the file"
	}
	if f.Column != "" {
		where += ", " + f.Column
	}
	return where
}
