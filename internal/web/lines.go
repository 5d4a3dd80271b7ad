package web

import (
	"encoding/json"
	"fmt"
	"io"

	"carrypoint/internal/site"
	"carrypoint/views"
)

// A Line is a phone line that can help where no place does.
type Line struct {
	Country string    `json:"country"`
	Key     string    `json:"key"` // of its words: line.KEY and line.KEY.text
	Number  string    `json:"number"`
	Source  string    `json:"source_url"`
	Tested  site.Date `json:"tested_on"` // when somebody last rang it; empty for never
}

// ReadLines reads a JSON list of lines.
func ReadLines(r io.Reader) ([]Line, error) {
	var lines []Line
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&lines); err != nil {
		return nil, fmt.Errorf("reading the phone lines: %w", err)
	}
	return lines, nil
}

// lines are those of a country, each with the day on which it was last tested.
func (t *tongue) lines(country string) []views.Line {
	var all []views.Line
	for _, l := range t.Lines {
		if l.Country != country {
			continue
		}
		p := site.ParsePhone(l.Number)
		tested := t.say.T("lines.not_tested")
		if l.Tested != "" {
			tested = t.say.T("lines.tested", "date", t.say.PartialDate(string(l.Tested)))
		}
		all = append(all, views.Line{
			Name:  t.say.T("line." + l.Key),
			Phone: views.Phone{Text: l.Number, Href: "tel:" + p.Dial},
			Text:  t.say.T("line."+l.Key+".text") + " " + tested,
		})
	}
	return all
}
