package fetch

import (
	"os"
	"time"
)

// An Answer is a dataset as it was fetched.
type Answer struct {
	// Path is a file with the whole dataset. It is there until Close, or, where
	// answers are kept, until the dataset is fetched again.
	Path string
	// Format is what the dataset should be read as: "geojson", "esrijson",
	// "json" for the protocols that say so. For a file it is a guess by its type
	// or its name, and empty where neither says anything.
	Format string
	// NotModified says that the dataset is the one that was kept before: by the
	// publisher's word, or byte for byte.
	NotModified bool
	Host        string
	// Name is what the server calls the dataset; empty for a file.
	Name string
	// SHA256 and Size are of the file. A run that remembers the hash knows by
	// itself whether it has seen these bytes.
	SHA256 string
	Size   int64
	// LastEdit is when the publisher says that the data were changed. It is not
	// a date on which anybody checked them.
	LastEdit time.Time
	// Notes are sentences for a steward.
	Notes []string

	temporary string // a folder that Close removes
}

// Close removes what was temporary.
func (a *Answer) Close() error {
	if a.temporary == "" {
		return nil
	}
	return os.RemoveAll(a.temporary)
}
