package facts

import (
	"time"

	"carrypoint/internal/site"
	"carrypoint/internal/words"
)

// A Teller says what is known of sites in one language, on one day.
type Teller struct {
	Say    *words.Language
	Policy site.Policy // how long a check is trusted
	Now    time.Time

	brief bool // hours in their short form
}

// In counts days by the clock of a place; a nil zone is one that nobody knows, and
// changes nothing.
func (t Teller) In(zone *time.Location) Teller {
	if zone != nil {
		t.Now = t.Now.In(zone)
	}
	return t
}
