package help

import (
	"time"

	"carrypoint/internal/site"
)

// A Source is where something was read.
type Source struct {
	Name string `toml:"name"` // as it shall stand on the page
	URL  string `toml:"url"`  // empty for a paper
}

// A Review says where a text comes from and who answers for it.
type Review struct {
	AsOf       site.Date `toml:"as_of"`                   // when its sources were read
	ReviewedBy string    `toml:"reviewed_by"`             // name and profession, as they shall stand on the page; empty for nobody
	ReviewedOn site.Date `toml:"reviewed_on"`             // the day; empty for never
	AgainAfter int       `toml:"review_again_after_days"` // after which the text says that it is old
	Sources    []Source  `toml:"source"`
}

// mostDays is ten years: nothing here holds longer than that.
const mostDays = 3650

// check finds what would make a review say more than it can.
func (r Review) check() error {
	if err := checkDate("as_of", r.AsOf); err != nil {
		return err
	}
	if err := checkDay("reviewed_on", r.ReviewedOn); err != nil {
		return err
	}
	switch {
	case r.AsOf == "":
		return fault("as_of is missing: the day or month in which the sources were read")
	case (r.ReviewedBy == "") != (r.ReviewedOn == ""):
		return fault("reviewed_by and reviewed_on belong together: a name needs its day, a day its name")
	case r.AgainAfter < 1 || r.AgainAfter > mostDays:
		return fault("review_again_after_days is %d; it must be 1 to %d", r.AgainAfter, mostDays)
	case len(r.Sources) == 0:
		return fault("there is no [[source]]")
	}
	for _, s := range r.Sources {
		if s.Name == "" {
			return fault("a source has no name")
		}
		if s.URL != "" {
			if err := checkURL(s.URL); err != nil {
				return err
			}
		}
	}
	return nil
}

// Reviewed says whether somebody answers for it.
func (r Review) Reviewed() bool { return r.ReviewedBy != "" }

// Old says whether it is past its age: since it was reviewed, or, where nobody
// did that, since its sources were read. A date that is to come is old too.
func (r Review) Old(now time.Time) bool {
	date := r.ReviewedOn
	if !r.Reviewed() {
		date = r.AsOf
	}
	return pastAge(date, r.AgainAfter, now)
}

func pastAge(date site.Date, most int, now time.Time) bool {
	days, ok := date.AgeDays(now)
	return !ok || days > most
}
