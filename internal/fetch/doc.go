// Package fetch gets a dataset from its publisher's address, whole, or says
// plainly why it can't: a file, a layer of an ArcGIS server, a dataset of a
// Socrata site. What it gives is one file on disk, in a format that a reader
// knows.
//
// It owns the network: which addresses may be asked at all, how long and how
// much, when to try again, and how a server that pages its answers is read to
// the end and checked against its own count. A server is not believed: what
// contradicts itself is an error, never a short list. It must not know what is
// in a dataset (reader, ingest) nor when one is due (catalog). Nothing of a
// fetch is logged.
package fetch
