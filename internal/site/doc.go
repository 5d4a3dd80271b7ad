// Package site says what a site is: one place, stop, machine, post or phone
// service where a person gets supplies. It owns the types, the vocabularies
// (with the codes of the Open Referral HSDS field where there is one), how old
// a fact is, whether a site is open, and what may be published.
//
// It must not know where sites come from (ingest), how they are stored
// (edition, catalog) or how they are shown (views).
//
// One rule runs through all of it: a fact is yes, no or unknown, and unknown
// never turns into good news.
package site
