package web

import (
	"slices"
	"strconv"
	"time"

	"carrypoint/internal/site"
	"carrypoint/views"
)

// form fills in the search form with what was asked before. It keeps what was
// chosen of the long lists, and leaves the lists to the first page: a page of
// results stays small.
func (t *tongue) form(text string, a asked) views.Form {
	f := views.Form{
		Action: t.path("/near"), Text: text,
		Needs: t.needChecks(a),
		Asks: []views.Check{
			{Name: "free", Value: "1", Label: t.say.T("filter.free"), Checked: a.free},
			{Name: "id", Value: "none", Label: t.say.T("filter.id"), Checked: a.noID},
			{Name: "step_free", Value: "1", Label: t.say.T("filter.step_free"), Checked: a.stepFree},
		},
		Open: t.openSelect(a),
		Day:  t.daySelect(a),
		Time: "12:00",
		All:  &views.Link{Text: t.say.T("form.all"), Href: t.path("/")},
	}
	if a.open == "at" {
		f.Time = clockText(a.minute)
	}
	values := a.values()
	for _, name := range []string{"kind", "type", "spoken"} {
		if values.Has(name) {
			f.Kept = append(f.Kept, views.Check{Name: name, Value: values.Get(name)})
		}
	}
	f.More = a.free || a.noID || a.stepFree || a.open != "" || a.kind != "" || a.typ != "" || a.language != ""
	return f
}

// wholeForm is the search form of the first page, with every choice.
func (t *tongue) wholeForm() views.Form {
	f := t.form("", asked{})
	f.All = nil
	f.Lists = []views.Select{
		t.wordSelect("kind", "kind.", texts(site.Place, site.MobileStop)),
		t.wordSelect("type", "type.", texts(site.Types()...)),
		t.wordSelect("spoken", "spoken.", spoken),
	}
	return f
}

func (t *tongue) needChecks(a asked) []views.Check {
	var checks []views.Check
	for _, code := range needs {
		checks = append(checks, views.Check{
			Name: "need", Value: string(code), Label: t.say.T("supply." + string(code)), Checked: slices.Contains(a.need, code),
		})
	}
	return checks
}

func (t *tongue) openSelect(a asked) views.Select {
	s := views.Select{Name: "open", Label: t.say.T("form.open")}
	for _, value := range []string{"", "now", "at"} {
		s.Options = append(s.Options, views.Option{Value: value, Label: t.say.T("form.open_" + orAny(value)), Selected: a.open == value})
	}
	return s
}

func (t *tongue) daySelect(a asked) views.Select {
	s := views.Select{Name: "day", Label: t.say.T("form.day")}
	for i := range 7 {
		day := time.Weekday((i + 1) % 7) // Monday first
		s.Options = append(s.Options, views.Option{
			Value: strconv.Itoa(int(day)), Label: t.say.Weekday(day), Selected: a.open == "at" && a.day == day,
		})
	}
	return s
}

// wordSelect offers the words of a vocabulary, labelled by keys with a prefix.
func (t *tongue) wordSelect(name, keys string, values []string) views.Select {
	s := views.Select{Name: name, Label: t.say.T("form." + name), Options: []views.Option{{Label: t.say.T("form.any"), Selected: true}}}
	for _, v := range values {
		s.Options = append(s.Options, views.Option{Value: v, Label: t.say.T(keys + v)})
	}
	return s
}

func texts[T ~string](words ...T) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return all
}

func orAny(value string) string {
	if value == "" {
		return "any"
	}
	return value
}
