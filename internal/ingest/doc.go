// Package ingest turns the records of a source into drafts of sites, with a
// finding for every row that is not clean. A row with an error is kept out; a
// row with a warning is let in. Nothing is guessed: a text that can't be read
// stays a text.
//
// It owns mappings (a small TOML file for each source), the checks, and the
// placing of sites that come without coordinates. A table is read twice: a
// survey learns what only the whole file tells (survey.go), then each record is
// drafted (draft.go), on all cores and in order (order.go). What must never be
// kept is blanked before anything reads it (secret.go, person.go).
//
// It must not know formats (reader), addresses (fetch), where sites are stored
// (catalog) or how they are shown.
package ingest
