package web

import (
	"net/url"
	"slices"

	"carrypoint/internal/edition"
	"carrypoint/views"
)

// chosen lists the filters in force; each link takes one away. An answer
// without an address has only words.
func (t *tongue) chosen(a asked, path string) []views.Link {
	if path == "" {
		path = "/"
	}
	values := a.values()
	var links []views.Link
	for _, name := range []string{"need", "open", "free", "id", "step_free", "kind", "type", "spoken"} {
		for _, value := range values[name] {
			links = append(links, views.Link{Text: t.filterName(name, value, a), Href: t.path(path) + queryOf(without(values, name, value))})
		}
	}
	return links
}

func without(values url.Values, name, value string) url.Values {
	rest := url.Values{}
	for n, all := range values {
		if n == name || name == "open" && (n == "day" || n == "time") {
			all = slices.DeleteFunc(slices.Clone(all), func(v string) bool { return v == value || n != name })
		}
		if len(all) > 0 {
			rest[n] = all
		}
	}
	return rest
}

func (t *tongue) filterName(name, value string, a asked) string {
	switch name {
	case "need":
		return t.say.T("supply." + value)
	case "open":
		if value == "at" {
			return t.say.T("filter.open_at", "day", t.say.Weekday(a.day), "time", t.say.Clock(a.minute))
		}
		return t.say.T("filter.open_now")
	case "kind", "type", "spoken":
		return t.say.T(name + "." + value)
	}
	return t.say.T("filter." + name)
}

// filterOf is the name of the field that asks a question.
var filterOf = map[edition.Question]string{
	edition.AskOpen: "open", edition.AskFree: "free", edition.AskID: "id",
	edition.AskLanguage: "spoken", edition.AskStepFree: "step_free",
}

// leftOut tells how many places were left out because something is not known
// of them, and offers them: unknown is not a no.
func (t *tongue) leftOut(counts map[edition.Question]int, a asked, path string) []views.Note {
	var notes []views.Note
	values := a.values()
	for _, question := range edition.Questions() {
		n := counts[question]
		if n == 0 {
			continue
		}
		note := views.Note{Text: t.say.N("left_out."+string(question), n)}
		if path != "" {
			name := filterOf[question]
			note.Link = &views.Link{Text: t.say.T("left_out.show"), Href: t.path(path) + queryOf(without(values, name, values.Get(name)))}
		}
		notes = append(notes, note)
	}
	return notes
}
