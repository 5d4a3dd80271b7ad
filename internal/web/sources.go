package web

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"carrypoint/internal/edition"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// mostSources is how many sources the page about the data names: more are read
// by nobody, and would not fit it.
const mostSources = 30

// starterCredit names the credit of the places inside the binary.
const starterCredit = "sites"

// A source is one publisher's part in an edition, under one licence.
type source struct {
	publisher, licence string
	newest             site.Date // of its dates; empty where none is known
	places             int
}

// sourcesOf counts the sites of each source, most first. A date that is to come
// on the day is none.
func sourcesOf(sites []site.Site, on site.Day) []source {
	type terms struct{ publisher, licence string }
	of := map[terms]*source{}
	for i := range sites {
		s := &sites[i].Source
		key := terms{s.Publisher, s.Licence}
		if of[key] == nil {
			of[key] = &source{publisher: s.Publisher, licence: s.Licence}
		}
		of[key].add(s.Date, on)
	}
	all := make([]source, 0, len(of))
	for one := range maps.Values(of) {
		all = append(all, *one)
	}
	slices.SortFunc(all, func(a, b source) int {
		return cmp.Or(cmp.Compare(b.places, a.places), strings.Compare(a.publisher, b.publisher), strings.Compare(a.licence, b.licence))
	})
	return all
}

// add counts one site. Dates in ISO form are in the order of their letters.
func (s *source) add(date site.Date, on site.Day) {
	s.places++
	if date > s.newest && date.Day() <= on {
		s.newest = date
	}
}

// counted are the sources of what was served when they were asked for last.
// Working them out for 30,000 sites takes over a millisecond, so it is done once for each edition and
// day, and again when a site was hidden.
type counted struct{ last atomic.Pointer[count] }

type count struct {
	edition string
	hiding  int64
	day     site.Day
	sources []source
}

func (c *counted) of(s edition.State, today site.Day) []source {
	if last := c.last.Load(); last != nil && last.edition == s.Edition.ID && last.hiding == s.Hiding.Seq && last.day == today {
		return last.sources
	}
	now := &count{s.Edition.ID, s.Hiding.Seq, today, sourcesOf(s.Edition.Sites(), today)}
	c.last.Store(now)
	return now.sources
}

// sources names who lists the places of an edition.
func (t *tongue) sources(all []source) views.Section {
	section := views.Section{Heading: t.say.T("about.sources"), Paragraphs: []string{t.say.T("about.sources_text")}}
	for _, s := range all[:min(mostSources, len(all))] {
		section.Items = append(section.Items, t.sourceText(s))
	}
	if more := len(all) - mostSources; more > 0 {
		section.Items = append(section.Items, t.say.N("about.sources_more", more))
	}
	return section
}

func (t *tongue) sourceText(s source) string {
	publisher, licence, date := s.publisher, t.say.T("about.source_unlicensed"), t.say.T("about.source_undated")
	if publisher == "" {
		publisher = words.Capital(t.say.T("fresh.somebody"))
	}
	if s.licence != "" {
		licence = t.say.T("source.licence", "licence", s.licence)
	}
	if s.newest != "" {
		date = t.say.T("about.source_newest", "date", t.say.PartialDate(string(s.newest)))
	}
	return t.say.N("about.source", s.places, "publisher", publisher) + " " + licence + " " + date
}
