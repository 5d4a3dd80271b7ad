// Package record says what travels between a publisher's file and the stewards'
// database: one row as it was published (a record), what was found on it (a
// finding), and the site that was drafted from it (a draft).
//
// It owns these three types and nothing that fills them in. It must not know
// formats (reader), addresses (fetch), mappings (ingest) or tables (catalog).
package record
