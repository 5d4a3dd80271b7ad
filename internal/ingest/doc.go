// Package ingest turns a publisher's bytes into sites, with a finding for every
// row that is not clean. A row with an error is kept out; a row with a warning
// is let in. Nothing is guessed: a text that can't be read stays a text.
//
// It owns the readers, the checks and the placing of sites that come without
// coordinates. It must not know where sites are stored or shown. Readers take
// an io.Reader and are bounded by the limits in limits.go.
package ingest
