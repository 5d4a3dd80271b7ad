// Package web serves the site over HTTP: routes, forms, page building and
// middleware. It turns domain values into words and links for package views;
// each page is built by a pure function of an edition, a search and a moment,
// and tested without HTTP.
//
// Where a person is never leaves the request: no position and no typed text
// goes into a log, a header, a cache key or a URL. Only areas have addresses.
package web
