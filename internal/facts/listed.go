package facts

import (
	"strings"

	"carrypoint/internal/hours"
	"carrypoint/internal/site"
	"carrypoint/views"
)

// Listed is the hours as listed: in our words where they were read, else as
// published. A place that asks for less to be shown has hours without their text.
func (t Teller) Listed(s *site.Site) views.Quoted {
	return t.listed(s, t.Week(s))
}

func (t Teller) listed(s *site.Site, week []views.DayHours) views.Quoted {
	switch {
	case len(week) == 0 && s.Hours.Raw == "":
		return views.Quoted{}
	case len(week) == 0:
		return views.Quoted{Text: t.Say.T("hours.raw"), Quote: t.Say.Quote(AsListed(s.Hours.Raw))}
	}
	key := "hours.listed"
	if s.HoursScope() != site.ScopeSupply {
		key = "hours.building"
	}
	return views.Quoted{Text: t.Say.T(key, "hours", t.inOneLine(week))}
}

// AsListed is a text of hours as published, but for words of a machine such as
// "by_appointment", which have spaces. An address keeps its own letters.
func AsListed(raw string) string {
	listed := strings.Fields(raw)
	for i, word := range listed {
		if !strings.ContainsAny(word, "/@.") {
			listed[i] = strings.ReplaceAll(word, "_", " ")
		}
	}
	return strings.Join(listed, " ")
}

// HoursNote says what stands beside the hours on every day: whose they are,
// what nobody knows, and holidays.
func (t Teller) HoursNote(s *site.Site) string {
	switch {
	case s.Hours.Raw == "" && len(t.Week(s)) == 0:
		return t.noHours(s)
	case s.HoursScope() != site.ScopeSupply:
		return t.Say.T("doubt.building_hours")
	}
	if rule := s.Hours.Schedule.Holidays; rule != hours.HolidaysUnknown {
		return t.Say.T("hours.holidays." + string(rule))
	}
	return t.Say.T("hours.holidays")
}

// noHours says that none are listed, where none are: a place may ask that what
// they are is not shown, or be open by appointment.
func (t Teller) noHours(s *site.Site) string {
	status := s.Hours.Schedule.Status
	if !s.Kind.Visited() || s.Consent.Position != site.RevealAll || status != "" && status != hours.Unknown {
		return ""
	}
	return t.Say.T("hours.none")
}
