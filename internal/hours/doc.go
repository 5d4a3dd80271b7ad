// Package hours reads opening hours as people write them, or in
// OpenStreetMap's opening_hours form, and answers open, closed or not known at
// a moment.
//
// It owns what a schedule is, how a text is read, when a public holiday makes a
// schedule uncertain, and what a week looks like. A wrong "open now" can kill,
// so a text is read whole or not at all: what is not understood makes the
// answer "not known", never a guess.
//
// A text is read in steps: it is cleaned, cut into tokens, the tokens are
// gathered into phrases (some days, some times, "closed", "by appointment"),
// and the phrases are paired into rules. Each step hands on what it did not
// understand instead of dropping it.
//
// The package must not know what a site is, whose hours a text gives (the
// supply's or the building's), how old the text is, where the time zone comes
// from, or how hours are shown. The moment is passed in.
package hours
