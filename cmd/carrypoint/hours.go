package main

import (
	"fmt"
	"strings"
	"time"

	"carrypoint/internal/hours"
)

type hoursCommand struct {
	Text    string   `arg:"" help:"Opening hours as somebody wrote them, or in OSM's opening_hours form."`
	At      *reading `placeholder:"2026-11-23T10:00" help:"The moment to ask about, by the clock there. Without it, now."`
	Country string   `default:"US" enum:"US,CA" help:"Whose public holidays count: US or CA."`
	JSON    bool     `help:"Print JSON."`
}

// A reading is what a clock on the wall says on some day.
type reading time.Time

// UnmarshalText reads "2026-11-23T10:00".
func (r *reading) UnmarshalText(text []byte) error {
	at, err := time.Parse("2006-01-02T15:04", string(text))
	if err != nil {
		return fmt.Errorf("%q is not a moment like 2026-11-23T10:00", text)
	}
	*r = reading(at)
	return nil
}

// A jsonHours is the shape that scripts read.
type jsonHours struct {
	Status hours.Status `json:"status"`
	Rules  []hours.Rule `json:"rules"` // never null
	Open   hours.State  `json:"open"`
}

// Run prints what the text was read as, and whether that is open.
func (c *hoursCommand) Run(w world) error {
	at := w.now()
	if c.At != nil {
		at = time.Time(*c.At)
	}
	schedule := hours.Parse(c.Text)
	state := schedule.At(at, c.Country).State
	if c.JSON {
		return printJSON(w, jsonHours{schedule.Status, append([]hours.Rule{}, schedule.Rules...), state})
	}
	fmt.Fprintf(w.out, "%s, %s at %s\n", schedule.Status, state, at.Format("Monday 15:04"))
	for _, r := range schedule.Rules {
		fmt.Fprintf(w.out, "  %s %s to %s%s\n", strings.Join(r.Days.List(), " "), r.Opens, r.Closes, weeks(r.Nth)+season(r))
	}
	return nil
}

// weeks says in which weeks of the month a rule holds; nothing for every week.
func weeks(nth []int) string {
	if len(nth) == 0 {
		return ""
	}
	return fmt.Sprintf(", of the month only %v (-1 is the last)", nth)
}

// season says between which days of the year a rule holds; nothing for always.
func season(r hours.Rule) string {
	if r.From.IsZero() {
		return ""
	}
	return fmt.Sprintf(", from %s to %s", r.From, r.To)
}
