// Package help reads what a person should know beside where to go: what to do
// in an overdose, how to read a test strip, what the law says, whom to call.
//
// Each of these is data: it has sources, a date, who reviewed it or nobody, and
// an age after which it says so itself. Guides name the words of their steps by
// key and hold none, so that every page and every sheet has the same steps in
// every language. The package knows no page, no paper and no language.
package help
