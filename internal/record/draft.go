package record

import (
	"slices"
	"strings"

	"carrypoint/internal/site"
)

// A Draft is the site that a record was read as.
type Draft struct {
	Record Record
	// Key names the record within its source, and is the same in the next
	// import as far as the source lets it be.
	Key string
	// Slug is what the id of a new site is minted from: "us-ny-the-mission". It
	// tells no place finer than the state: an id stays when a place must not be shown.
	Slug string
	// Site is as the source lists it. Its id is empty unless the dataset gives
	// ids of carrypoint's own.
	Site     site.Site
	Findings []Finding
	Rejected bool // a finding is an error: the draft goes no further
}

// The findings that a source says of a site that it is not in use, or not for
// the public.
const (
	NotActive = "not_active"
	NotPublic = "not_public"
)

// notForPublic are the findings by which a source itself says that a row is not
// to be listed, or not any more. Every other error is of a row that could not be read.
var notForPublic = []string{NotPublic, "private", "excluded_type", "personal_name", NotActive}

// Withdrawn says whether the source itself takes the row out of what the public may see.
func (d *Draft) Withdrawn() bool {
	return slices.ContainsFunc(d.Findings, func(f Finding) bool { return f.Error && slices.Contains(notForPublic, f.Code) })
}

// Why says in one line why the row was kept out.
func (d *Draft) Why() string {
	var all []string
	for _, f := range d.Findings {
		if f.Error {
			all = append(all, f.where()+": "+f.Text)
		}
	}
	return strings.Join(all, "; ")
}
