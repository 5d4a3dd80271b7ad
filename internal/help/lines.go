package help

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"carrypoint/internal/site"
)

// Lines are the phone lines, in the order in which they are listed.
type Lines struct {
	TestAfter int    `toml:"test_again_after_days"`
	All       []Line `toml:"line"`
}

// A Line is one number that a person can call or text. What it is for stands in
// the words line.KEY and line.KEY.text.
type Line struct {
	Key     string            `toml:"key"`
	Country string            `toml:"country"` // "us", "ca"
	Region  string            `toml:"region"`  // of a line for one state or province: "bc"; empty for all of the country
	Number  string            `toml:"number"`
	Use     Use               `toml:"use"`
	Hours   map[string]string `toml:"hours"` // when somebody answers, by language; empty for not known
	Source  Source            `toml:"source"`
	Tested  site.Date         `toml:"tested_on"` // when somebody here last rang it; empty for never
}

// A Use is what a line is for.
type Use string

// The uses.
const (
	Supplies  Use = "supplies"  // it tells where to get some
	Company   Use = "company"   // somebody stays on the line while a person uses alone
	Crisis    Use = "crisis"    // somebody listens
	Treatment Use = "treatment" // it finds treatment
	Poison    Use = "poison"    // it advises on poisons
	Health    Use = "health"    // it advises on health
)

var uses = []Use{Supplies, Company, Crisis, Treatment, Poison, Health}

var (
	linePattern    = regexp.MustCompile(`^[a-z0-9_]+$`)
	countryPattern = regexp.MustCompile(`^(us|ca)$`)
	regionPattern  = regexp.MustCompile(`^[a-z]{2}$`)
)

// ReadLines reads the phone lines and checks them.
func ReadLines(text []byte) (Lines, error) {
	var l Lines
	if err := decode(text, &l); err != nil {
		return Lines{}, err
	}
	if l.TestAfter < 1 || l.TestAfter > mostDays {
		return Lines{}, fault("test_again_after_days is %d; it must be 1 to %d", l.TestAfter, mostDays)
	}
	for _, line := range l.All {
		if err := line.check(); err != nil {
			return Lines{}, err
		}
	}
	return l, nil
}

func (l Line) check() error {
	switch {
	case !linePattern.MatchString(l.Key):
		return fault("the key of a line is %q; it must be small letters and digits", l.Key)
	case !countryPattern.MatchString(l.Country) || l.Region != "" && !regionPattern.MatchString(l.Region):
		return fault("%s: the country is %q and the region %q; they must be like us and tx", l.Key, l.Country, l.Region)
	case site.ParsePhone(l.Number).Dial == "":
		return fault("%s: %q is no number that a phone can call", l.Key, l.Number)
	case !slices.Contains(uses, l.Use):
		return fault("%s: there is no use %q; there are %q", l.Key, l.Use, uses)
	case l.Source.Name == "":
		return fault("%s: the source is missing", l.Key)
	}
	if err := checkURL(l.Source.URL); err != nil {
		return err
	}
	return checkDay(l.Key+": tested_on", l.Tested)
}

// Of are the lines of a country, and of one of its regions; of all regions where
// none is named.
func (l Lines) Of(country, region string) []Line {
	country, region = strings.ToLower(country), strings.ToLower(region)
	var all []Line
	for _, line := range l.All {
		if line.Country == country && (line.Region == "" || region == "" || line.Region == region) {
			all = append(all, line)
		}
	}
	return all
}

// Untested says whether a line has to be tested: never, or not for long.
func (l Lines) Untested(line Line, now time.Time) bool {
	return pastAge(line.Tested, l.TestAfter, now)
}
