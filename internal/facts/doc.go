// Package facts says in words what is known of a site: what it hands out, what it
// asks, when it is listed as open, and how sure we are. Pages and printed sheets
// say it with the same words, because they all ask here.
//
// It must not know where a person is, how a list is ordered, or how anything
// looks. It never says that a place is open now: that is true for a minute, and
// belongs to pages alone.
package facts
