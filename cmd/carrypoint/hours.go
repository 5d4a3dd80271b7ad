package main

import (
	"fmt"
	"strings"
	"time"

	"carrypoint/internal/hours"
)

type hoursCommand struct {
	Text    string `arg:"" help:"Opening hours as somebody wrote them, or in OSM's opening_hours form."`
	At      string `help:"The moment to ask about, by the clock there: 2026-11-23T10:00. Without it, now."`
	Country string `default:"US" help:"Whose public holidays count: US or CA."`
	JSON    bool   `help:"Print JSON."`
}

// Run prints what the text was read as, and whether that is open.
func (c *hoursCommand) Run(w world) error {
	at := w.now()
	if c.At != "" {
		var err error
		if at, err = time.Parse("2006-01-02T15:04", c.At); err != nil {
			return fmt.Errorf("--at %q is not a moment like 2026-11-23T10:00", c.At)
		}
	}
	schedule := hours.Parse(c.Text)
	state := schedule.At(at, c.Country).State
	if c.JSON {
		rules := schedule.Rules
		if rules == nil {
			rules = []hours.Rule{}
		}
		return printJSON(w, struct {
			Status hours.Status `json:"status"`
			Rules  []hours.Rule `json:"rules"`
			Open   hours.State  `json:"open"`
		}{schedule.Status, rules, state})
	}
	fmt.Fprintf(w.out, "%s, %s at %s\n", schedule.Status, state, at.Format("Monday 15:04"))
	for _, r := range schedule.Rules {
		fmt.Fprintf(w.out, "  %s %s to %s %v\n", strings.Join(r.Days.List(), " "), r.Opens, r.Closes, r.Nth)
	}
	return nil
}
