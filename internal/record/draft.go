package record

import "carrypoint/internal/site"

// A Draft is the site that a record was read as.
type Draft struct {
	Record Record
	// Key names the record within its source, and is the same in the next
	// import as far as the source lets it be.
	Key string
	// Slug is what the id of a new site is minted from: "us-ny-newburgh-the-mission".
	Slug string
	// Site is as the source lists it. Its id is empty unless the dataset gives
	// ids of carrypoint's own.
	Site     site.Site
	Findings []Finding
	Rejected bool // a finding is an error: the draft goes no further
}
