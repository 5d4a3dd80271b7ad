// Package catalog is the stewards' database: the sources, what each run of an
// import read, the sites and what stewards found out, decided and put right.
//
// A run is made whole and changes nothing that is listed; applying it does, in
// one transaction, and undoing it puts back what was. What is published is a
// projection: the version in force of each site, with corrections, checks and
// consent laid over it.
//
// It owns the tables, the comparison of a run with what is listed, and the
// gates that stop one. It must not know formats, mappings (ingest), places
// (gazetteer) or how an edition is made (edition). Its SQL is plain, so that another
// database can take SQLite's place.
package catalog
