// Package views is the pages: one .templ file a page, beside the struct that it
// shows. A struct holds words and links already worked out; a template decides
// nothing. The package knows translations (words) and nothing of the domain:
// no sites, no SQL, no geometry.
//
// Text from a dataset is escaped by templ. The only raw text is style sheets
// and drawings, all made by our own code.
package views
