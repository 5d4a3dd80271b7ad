// Package reader makes a table of records of a publisher's bytes, one file a
// format: CSV and its kin, XLSX, GeoJSON, Esri JSON, KML and KMZ, shapefiles,
// Human Services Data (HSDS 3.0) as JSON and as tables, plain JSON and JSON Lines.
//
// It owns what a format is, how its letters are coded, where its records are and
// in which system its coordinates are. It must not know what a column means (that
// is ingest), where bytes come from (fetch) or what a site is. What it can't read
// of one record is that record's fault; what it can't trust of a file is refused
// whole, with the reason: a file cut short would look like sites that closed.
//
// Files are read twice, and never into memory whole, with two exceptions that
// limits.go bounds: workbooks, and the tables of an HSDS package. The first
// reading learns the columns and whether the coordinates bear out what the file
// says of them; the second, which is repeated for every range over the records,
// gives them.
//
// The answers of a server that come in pages need no form of their own. A file
// of GeoJSON, Esri JSON or JSON may hold any number of documents one after the
// other, so whoever fetched the pages writes them into one file as they came,
// and opens that with the format named. Pages that differ in their coordinate
// system are refused, as is a page that says that something went wrong; a last
// page that says that there is more is a finding.
//
// Rows are numbered from the header down, blank ones with them, so that a number
// is found again in a spreadsheet. Blank rows are not given.
//
// What is read by libraries: workbooks (excelize), shapes of GeoJSON (orb), HTML
// (x/net/html), codings (x/text), zip, gzip, JSON and XML (the standard library).
// Two formats are read by hand. CSV, because encoding/csv takes the rest of the
// file for one field after a broken quote, and knows no bare carriage return. Shapefiles,
// because go-shapefile v0.0.6 makes numbers of the digits in a table (02134
// becomes 2134), gives up the whole file for one cell of asterisks or one ring
// without an area, refuses a shape with heights and no measures, which the
// standard allows, and holds everything in memory; all that is needed of a shape
// is its point, or the box at its beginning.
package reader
