package sheet

import (
	"cmp"
	"slices"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/hours"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// nextDates is how many dates of a mobile stop a sheet names.
const nextDates = 3

// days is what has listed hours on each day, then what is always open, mobile
// stops with their next dates, what has no hours that are known, and then each
// place once with its address and all that is known.
func (l layout) days() *views.SheetList {
	list := l.full()
	for _, day := range l.weekdays() {
		list.Days = append(list.Days, l.day(day))
	}
	add := func(key string, keep func(h edition.Hit) bool, text func(t facts.Teller, h edition.Hit) string) {
		if d := l.listOf(key, keep, text); len(d.First) > 0 {
			list.Days = append(list.Days, d)
		}
	}
	add("sheet.days.always", always, func(t facts.Teller, h edition.Hit) string { return t.Brief(h.Site) })
	add("sheet.days.mobile", mobile, l.next)
	if l.Day == nil {
		add("sheet.days.unknown", unknown, func(facts.Teller, edition.Hit) string { return "" })
	}
	if len(list.Groups) > 0 && len(list.Groups[0].Banner) == 0 {
		list.Groups[0].Banner = l.said("sheet.days.places")
	}
	return list
}

func always(h edition.Hit) bool { return h.Site.Hours.Schedule.Status == hours.AlwaysOpen }

func mobile(h edition.Hit) bool { return h.Site.Kind == site.MobileStop }

func unknown(h edition.Hit) bool {
	status := h.Site.Hours.Schedule.Status
	return h.Site.Kind.Visited() && !mobile(h) && status != hours.Scheduled && status != hours.AlwaysOpen
}

// weekdays are those of the sheet, Monday first.
func (l layout) weekdays() []time.Weekday {
	if l.Day != nil {
		return []time.Weekday{*l.Day}
	}
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
}

// day lists what has hours on a day of the week, what opens first before the rest.
func (l layout) day(weekday time.Weekday) views.SheetDay {
	type row struct {
		opens int
		views.SheetRow
	}
	var rows []row
	for _, h := range l.Hits() {
		if _, opens := l.Tellers[0].On(h.Site, weekday); opens >= 0 {
			texts := l.say(func(t facts.Teller) string {
				text, _ := t.On(h.Site, weekday)
				return text + l.maybe(t, h.Site)
			})
			rows = append(rows, row{opens, l.row(h, texts)})
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.opens, b.opens) })
	d := views.SheetDay{Heading: l.say(func(t facts.Teller) string { return words.Capital(t.Say.Weekday(weekday)) })}
	for _, r := range rows {
		d.Rest = append(d.Rest, r.SheetRow)
	}
	if len(rows) == 0 {
		d.None = l.said("sheet.days.none")
		return d
	}
	d.First, d.Rest = d.Rest[:1], d.Rest[1:]
	return d
}

// maybe says that hours may be those of a building.
func (l layout) maybe(t facts.Teller, s *site.Site) string {
	if s.HoursScope() == site.ScopeSupply {
		return ""
	}
	return " (" + t.Say.T("sheet.days.maybe") + ")"
}

// listOf lists the sites that keep agrees to, each with a text.
func (l layout) listOf(key string, keep func(h edition.Hit) bool, text func(t facts.Teller, h edition.Hit) string) views.SheetDay {
	var rows []views.SheetRow
	for _, h := range l.Hits() {
		if keep(h) {
			rows = append(rows, l.row(h, l.say(func(t facts.Teller) string { return text(t, h) })))
		}
	}
	d := views.SheetDay{Heading: l.said(key)}
	if len(rows) > 0 {
		d.First, d.Rest = rows[:1], rows[1:]
	}
	return d
}

// next are the next dates of a stop, by its own clock.
func (l layout) next(t facts.Teller, h edition.Hit) string {
	dates := t.In(h.Zone).Next(h.Site, nextDates)
	if len(dates) == 0 {
		return t.Say.T("sheet.days.no_date")
	}
	return t.Say.Parts(dates)
}

func (l layout) row(h edition.Hit, texts []views.Said) views.SheetRow {
	return views.SheetRow{Number: l.number(h), Name: h.Site.Name, Town: h.Site.Address.City, Texts: texts}
}
