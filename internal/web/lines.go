package web

import (
	"strings"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/help"
	"carrypoint/internal/site"
	"carrypoint/views"
)

// lines are those that tell where to get supplies, for below a list of places
// in a country, or in one region of it, with the ways to the others and to the law.
func (t *tongue) lines(country, region string) views.Lines {
	lines := views.Lines{More: views.Link{Text: t.say.T("lines.all"), Href: t.path("/lines")}}
	for _, l := range t.Help.Lines.Of(country, region) {
		if l.Use == help.Supplies {
			line := t.line(l)
			line.Text += " " + t.tested(l).Text
			lines.All = append(lines.All, line)
		}
	}
	if state, ok := t.Places.Area(strings.ToLower(country), strings.ToLower(region), ""); ok && region != "" {
		lines.Law = t.lawCard(state)
	}
	return lines
}

// linesOf are the lines for around a place.
func (t *tongue) linesOf(p gazetteer.Place) views.Lines { return t.lines(p.Country, p.Region) }

func (t *tongue) line(l help.Line) views.Line {
	return views.Line{
		Name:  t.say.T("line." + l.Key),
		Phone: views.Phone{Text: l.Number, Href: "tel:" + site.ParsePhone(l.Number).Dial},
		Text:  t.say.T("line."+l.Key+".text", "number", t.EmergencyNumber()),
	}
}

// linesFor are the lines of one use by their countries, each with whether it was
// tested, for where somebody needs them at once: on paper, and with no connection,
// the page of lines is not there.
func (t *tongue) linesFor(use help.Use) []views.LinesOf {
	var all []views.LinesOf
	for _, country := range countries {
		of := views.LinesOf{Country: t.say.T("areas." + country)}
		for _, l := range t.Help.Lines.Of(country, "") {
			if l.Use == use {
				line := t.line(l)
				line.Text = together(line.Text, t.only(l), t.tested(l).Text)
				of.Lines = append(of.Lines, line)
			}
		}
		if len(of.Lines) > 0 {
			all = append(all, of)
		}
	}
	return all
}

// only says that a line is for one region; empty for a line of a whole country.
func (t *tongue) only(l help.Line) string {
	if l.Region == "" {
		return ""
	}
	region := strings.ToUpper(l.Region)
	if state, ok := t.Places.Area(l.Country, l.Region, ""); ok {
		region = state.Name
	}
	return t.say.T("lines.only", "place", region)
}

// tested says when somebody last called a line, and that it is too long ago.
func (t *tongue) tested(l help.Line) views.Fact {
	if l.Tested == "" {
		return views.Fact{Class: "ask", Text: t.say.T("lines.not_tested")}
	}
	fact := views.Fact{Class: "yes", Text: t.say.T("lines.tested", "date", t.say.PartialDate(string(l.Tested)))}
	if t.Help.Lines.Untested(l, t.Now()) {
		fact = views.Fact{Class: "ask", Text: fact.Text + " " + t.say.N("lines.old", t.Help.Lines.TestAfter)}
	}
	return fact
}
