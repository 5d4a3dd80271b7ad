// Package sheet lays a list of sites out for paper: which sites a sheet holds,
// what it leaves out and says so, and what stands where in each format.
//
// A sheet is a value of package views, made by pure functions, so that it is
// tested without a browser. The package must not know how a place was typed
// (gazetteer), where a page is (web), or how a picture is drawn (draw): pictures
// and addresses are handed in. It never says that a place is open now.
package sheet
