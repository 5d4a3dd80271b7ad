package sheet

import (
	"slices"

	"carrypoint/internal/facts"
	"carrypoint/views"
)

// full is every place with all that is known, also in large print.
func (l layout) full() *views.SheetList {
	list := &views.SheetList{
		SheetHead: l.head(),
		Groups:    l.groups(),
		End:       l.counted("sheet.end", l.Len()),
		Sources:   l.sources(),
	}
	if l.Format == Large { // a map on top of large letters leaves no room for a place
		after := list.SheetHead
		after.About = l.columns(func(t facts.Teller) []views.Fact { return []views.Fact{{Text: l.mapNote(t)}} })
		list.After, list.Map, list.QR = &after, "", ""
	}
	return list
}

// groups are the sections with their headings.
func (l layout) groups() []views.SheetGroup {
	var all []views.SheetGroup
	older := false
	for _, section := range l.Sections {
		g := views.SheetGroup{Heading: l.heading(section)}
		if section.Older && !older {
			older = true
			g.Banner, g.Note = l.said("older.heading"), l.said("older.never")
		}
		var entries []views.SheetEntry
		for _, h := range section.Hits {
			entries = append(entries, l.entry(h))
		}
		g.First, g.Rest = entries[:1], entries[1:]
		all = append(all, g)
	}
	return all
}

func (l layout) heading(s Section) []views.Said {
	switch {
	case s.Part == Unplaced:
		return l.said("sheet.unplaced")
	case s.Part == Remote && l.Region == "":
		return l.said("sheet.days.remote")
	case s.Part == Remote:
		return l.said("sheet.remote", "state", l.Region)
	case !l.ByTown:
		return nil
	case s.Town == "":
		return l.said("sheet.town_unknown")
	}
	return []views.Said{{Text: s.Town}}
}

// maxSources is how many sources a sheet names one by one.
const maxSources = 40

// sources name each publisher once, with the licence under which it publishes.
func (l layout) sources() *views.SheetSources {
	if l.Len() == 0 {
		return nil
	}
	main := l.Tellers[0].Say
	s := views.SheetSources{Heading: l.said("sheet.sources")}
	for _, h := range l.Hits() {
		source := h.Site.Source
		if source.Publisher == "" {
			continue
		}
		item := main.T("sheet.no_licence", "publisher", source.Publisher)
		if source.Licence != "" {
			item = main.T("sheet.source", "publisher", source.Publisher, "licence", source.Licence)
		}
		if !slices.Contains(s.Items, item) {
			s.Items = append(s.Items, item)
		}
	}
	slices.Sort(s.Items)
	if n := len(s.Items); n > maxSources {
		s.Items = s.Items[:maxSources]
		s.Notes = l.counted("sheet.sources_more", n-maxSources)
	}
	if len(l.pins(l.Hits())) > 0 {
		s.Notes = append(s.Notes, l.said("sheet.map_credit")...)
	}
	s.Notes = append(s.Notes, l.say(func(t facts.Teller) string { return l.standing(t) })...)
	return &s
}
