package help

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"carrypoint/internal/site"
)

// A Status is what a law says of a thing.
type Status string

// The statuses. The zero value is NotReviewed by another name.
const (
	Legal         Status = "legal"
	FentanylOnly  Status = "legal for fentanyl only"
	Paraphernalia Status = "paraphernalia"
	Unclear       Status = "unclear"
	NotReviewed   Status = "not reviewed"
)

// Statuses lists them all.
func Statuses() []Status {
	return []Status{Legal, FentanylOnly, Paraphernalia, Unclear, NotReviewed}
}

// A Topic is one thing that the law of a place may speak of.
type Topic string

// The topics, in the order in which a page has them.
const (
	FentanylStrips Topic = "fentanyl_strips"
	OtherStrips    Topic = "other_strips"
	Tools          Topic = "paraphernalia"
	GoodSamaritan  Topic = "good_samaritan"
)

// Topics lists them all.
func Topics() []Topic { return []Topic{FentanylStrips, OtherStrips, Tools, GoodSamaritan} }

// A Text is one sentence or more by language: law is written and reviewed state
// by state, so its words stand beside it.
type Text map[string]string

// A Rule is what was read of one topic in one place, and who answers for it.
type Rule struct {
	Status        Status    `toml:"legal_status"`
	AsOf          site.Date `toml:"as_of"` // what it says was so; empty where the source has no date
	Source        string    `toml:"source"`
	SourceURL     string    `toml:"source_url"`
	ReviewedBy    string    `toml:"reviewed_by"` // a lawyer or a named steward
	ReviewedOn    site.Date `toml:"reviewed_on"`
	ReviewedWords string    `toml:"reviewed_words"` // Sum of what was reviewed
	Text          Text      `toml:"text"`
	Who           Text      `toml:"who"`      // of a Good Samaritan law: whom it protects,
	What          Text      `toml:"what"`     // from what,
	WhatNot       Text      `toml:"what_not"` // and from what not
}

// A Place is the law of a country, a state or a province.
type Place struct {
	FentanylStrips Rule   `toml:"fentanyl_strips"`
	OtherStrips    Rule   `toml:"other_strips"`
	Tools          Rule   `toml:"paraphernalia"`
	GoodSamaritan  Rule   `toml:"good_samaritan"`
	Notes          []Rule `toml:"note"` // what else is said of the place as a whole
}

// Rule is what is known of a topic.
func (p Place) Rule(t Topic) Rule { return *p.rule(t) }

func (p *Place) rule(t Topic) *Rule {
	switch t {
	case FentanylStrips:
		return &p.FentanylStrips
	case OtherStrips:
		return &p.OtherStrips
	case Tools:
		return &p.Tools
	}
	return &p.GoodSamaritan
}

// A Law is what is known of every place. Of most it is nothing.
type Law struct {
	AgainAfter int
	Places     map[string]Place // "us", "us-tx"
}

// lawAgainAfter is how many days a review of a law holds: legislatures sit once
// a year.
const lawAgainAfter = 365

var placePattern = regexp.MustCompile(`^(us|ca)(-[a-z]{2})?$`)

func openLaw(folder fs.FS) (Law, error) {
	places, err := readAll(folder, lawFolder, ReadPlace)
	if err != nil {
		return Law{}, err
	}
	for name := range maps.Keys(places) {
		if !placePattern.MatchString(name) {
			return Law{}, fault("%s/%s.toml: a file is named by its place, like us-tx.toml", lawFolder, name)
		}
	}
	return Law{lawAgainAfter, places}, nil
}

// Of is the law of a country, or of a region of it.
func (l Law) Of(country, region string) Place {
	name := strings.ToLower(country)
	if region != "" {
		name += "-" + strings.ToLower(region)
	}
	return l.Places[name]
}

// Shown is what a page may say of a rule: nobody's word is none, and neither is
// one that is too old.
func (l Law) Shown(r Rule, now time.Time) Status {
	switch {
	case r.Status == Unclear:
		return Unclear
	case r.ReviewedBy == "" || r.Status == "" || l.Old(r, now):
		return NotReviewed
	}
	return r.Status
}

// Old says whether a rule is past its age. What nobody can date is old: unknown is
// never good news.
func (l Law) Old(r Rule, now time.Time) bool { return pastAge(r.since(), l.AgainAfter, now) }

// Dated says whether anybody knows how old a rule is. A date that is to come is none.
func (r Rule) Dated(now time.Time) bool {
	_, dated := r.since().AgeDays(now)
	return dated
}

// since is the day that the age of a rule counts from: that of its review or, where
// nobody did that, that of its source.
func (r Rule) since() site.Date {
	if r.ReviewedBy != "" {
		return r.ReviewedOn
	}
	return r.AsOf
}

// ReadPlace reads the law of one place and checks it.
func ReadPlace(text []byte) (Place, error) {
	var p Place
	if err := decode(text, &p); err != nil {
		return Place{}, err
	}
	for _, t := range Topics() {
		if err := p.Rule(t).check(t); err != nil {
			return Place{}, err
		}
	}
	for _, note := range p.Notes {
		if note.Status != "" || note.Who != nil || note.What != nil || note.WhatNot != nil || note.Text == nil {
			return Place{}, fault("a [[note]] has a text and its source, and nothing else")
		}
		if err := note.check(""); err != nil {
			return Place{}, err
		}
	}
	return p, nil
}

// Known says whether anything was written down.
func (r Rule) Known() bool { return r.Status != "" && r.Status != NotReviewed || r.Text != nil }

// Texts are all that a visitor reads of a rule in sentences.
func (r Rule) Texts() []Text { return []Text{r.Text, r.Who, r.What, r.WhatNot} }

// Sum stands for all that a reviewer of a rule answers for: where it holds and of
// what, its status, its source, and its sentences in the language that they read.
func (r Rule) Sum(place string, t Topic, tag string) string {
	return sumOf("place", place, "topic", string(t), "legal_status", string(r.Status),
		"as_of", string(r.AsOf), "source", r.Source, "source_url", r.SourceURL,
		"text", r.Text[tag], "who", r.Who[tag], "what", r.What[tag], "what_not", r.WhatNot[tag])
}

func (r Rule) check(t Topic) error {
	if err := r.checkDates(); err != nil {
		return err
	}
	switch {
	case r.Status != "" && !slices.Contains(Statuses(), r.Status):
		return fault("%s: there is no legal_status %q; there are %q", t, r.Status, Statuses())
	case r.Status == FentanylOnly && t != Tools:
		return fault("%s: %q is a status of paraphernalia: each kind of strip has a status of its own", t, r.Status)
	case r.Status == Paraphernalia && t == GoodSamaritan:
		return fault("%s: %q is no status of it", t, r.Status)
	case (r.ReviewedBy == "") != (r.ReviewedOn == ""):
		return fault("%s: reviewed_by and reviewed_on belong together: a name needs its day, a day its name", t)
	case (r.ReviewedBy == "") != (r.ReviewedWords == ""):
		return fault("%s: reviewed_by and reviewed_words belong together: a review is of the words that were read", t)
	case r.ReviewedBy != "" && (r.Status == "" || r.Status == NotReviewed):
		return fault("%s: it was reviewed, and has no legal_status", t)
	case r.Known() && (r.Source == "" || r.SourceURL == ""):
		return fault("%s: source or source_url is missing", t)
	case t != GoodSamaritan && (r.Who != nil || r.What != nil || r.WhatNot != nil):
		return fault("%s: who, what and what_not are of good_samaritan", t)
	case t == GoodSamaritan && r.Status == Legal && (r.Who == nil || r.What == nil || r.WhatNot == nil):
		return fault("%s: a law that protects needs who, what and what_not", t)
	}
	if r.SourceURL == "" {
		return nil
	}
	return checkURL(r.SourceURL)
}

func (r Rule) checkDates() error {
	if err := checkDate("as_of", r.AsOf); err != nil {
		return err
	}
	return checkDay("reviewed_on", r.ReviewedOn)
}
