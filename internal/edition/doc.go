// Package edition is the published dataset: built whole, verified, opened whole
// and never changed. An edition is one SQLite file named by the SHA-256 of its
// bytes; everything that a page asks of it is answered from memory.
//
// It owns the file format, the order of hits under a filter, and a data folder:
//
//	DIR/editions/ID.sqlite       editions
//	DIR/publications/000007.note each publication, with a number above all before
//	DIR/current                  the publication in force
//	DIR/hidden                   the sites that no answer may hold
//
// A Writer makes an edition, Publish and Rollback put one in force, Hide takes a
// site out of every answer, and a Follower serves what the folder says, as far as
// it can be trusted.
//
// It must not know where sites came from (ingest, catalog), what a place is
// called (gazetteer) or how a page looks (views).
package edition
