// Package edition is the published dataset: built whole, verified, opened whole
// and never changed. An edition is one SQLite file named by the SHA-256 of its
// bytes; everything that a page asks of it is answered from memory.
//
// It owns the file format, the order of hits under a filter, and the switch
// from one edition to the next. It must not know where sites came from (ingest,
// catalog), what a place is called (gazetteer) or how a page looks (views).
package edition
