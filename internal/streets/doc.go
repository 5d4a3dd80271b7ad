// Package streets turns the text of an address into a point, from street files that an operator imports: address
// ranges of the US Census (TIGER/Line ADDRFEAT, a zip file a county) and addresses of OpenStreetMap (.osm.pbf).
//
// It owns the form of its one SQLite file, the reading of both kinds of files, the spelling of streets and house
// numbers, and the rule that nothing is guessed: an address that may be in two places is not found. It knows no
// sites, no gazetteer and no network. What is looked up is neither logged nor kept.
//
// An open file does not change. Import builds the next one beside it and puts it in its place whole, so that a
// process that has the old one open goes on with the old one.
package streets
