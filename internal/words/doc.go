// Package words turns what a page has to say into one language: messages with
// plurals, numbers, dates, clock times and distances.
//
// A language is one JSON file: keys to texts with {named} gaps, or to the CLDR
// plural forms of a text. English is the master; a test compares the others
// with it. The package knows no page and no domain type.
package words
