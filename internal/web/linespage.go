package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/help"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// mostPosts is how many programs that send supplies the page has room for; a
// larger list is on the pages of the states.
const mostPosts = 60

// linesPage is every phone line, and every program that sends supplies.
func (t *tongue) linesPage(w http.ResponseWriter, _ *http.Request) error {
	page := views.LinesAndMail{
		Page:      t.helpPage(t.say.T("lines.title"), "/lines"),
		Heading:   t.say.T("lines.title"),
		Lead:      t.say.T("lines.lead"),
		Emergency: views.Link{Text: t.say.T("lines.emergency"), Href: t.safetyPath(overdoseGuide)},
		Mail:      t.say.T("lines.mail"),
		MailText:  t.say.T("lines.mail_text"),
	}
	for _, country := range countries {
		numbers := views.Numbers{Heading: t.say.T("lines.heading_in", "country", t.say.T("areas."+country))}
		for _, l := range t.Help.Lines.Of(country, "") {
			numbers.Lines = append(numbers.Lines, t.number(l))
		}
		page.Countries = append(page.Countries, numbers)
	}
	if slices.ContainsFunc(t.Help.Lines.All, func(l help.Line) bool { return t.translates(l.Hours) }) {
		t.nobodyChecked(&page.Page)
	}
	t.addPosts(&page, t.Editions.Edition(), t.Now())
	return t.render(w, http.StatusOK, cacheArea, views.LinesAndMailPage(page))
}

func (t *tongue) number(l help.Line) views.Number {
	n := views.Number{
		Line: t.line(l), Facts: []views.Fact{t.answered(l), t.tested(l)},
		Read: t.say.T("lines.source"), Source: views.Link{Text: l.Source.Name, Href: l.Source.URL},
	}
	n.Text = together(n.Text, t.only(l))
	return n
}

// answered says when somebody answers a line. Where nobody has said so in this
// language it is in English, as it was written down.
func (t *tongue) answered(l help.Line) views.Fact {
	if hours := l.Hours[t.say.Tag]; hours != "" {
		return views.Fact{Text: t.say.T("lines.hours", "hours", hours)}
	}
	if hours := l.Hours[words.Master]; hours != "" {
		return views.Fact{Text: t.say.T("hours.raw"), Quote: t.say.Quote(hours)}
	}
	return views.Fact{Class: "ask", Text: t.say.T("lines.no_hours")}
}

// addPosts puts the programs that send supplies on the page, state by state.
func (t *tongue) addPosts(page *views.LinesAndMail, e *edition.Edition, now time.Time) {
	shown, more := 0, 0
	for _, country := range countries {
		for _, state := range t.Places.States(strings.ToUpper(country)) {
			posts := views.Posts{State: views.Link{Text: state.Name, Href: t.path(areaPath(state))}}
			for _, h := range e.Remote(country, strings.ToLower(state.Region), edition.Filter{}, now) {
				switch {
				case !comesByMail(h.Site) || t.Policy.Of(h.Site, now) == site.Hidden:
				case shown == mostPosts:
					more++
				default:
					shown++
					posts.Programs = append(posts.Programs, t.post(h.Site, t.tell()))
				}
			}
			if len(posts.Programs) > 0 {
				page.States = append(page.States, posts)
			}
		}
	}
	if more > 0 {
		page.MailMore = t.say.N("lines.mail_more", more)
	}
	if shown == 0 {
		page.MailText = t.say.T("lines.mail_none")
	}
}

// comesByMail says whether a program sends what it has: also one that is called or
// texted for it.
func comesByMail(s *site.Site) bool {
	return s.Kind == site.MailOrder || s.Type == site.MailOrderService
}

// post is one program, with how to order from it, or who may tell how.
func (t *tongue) post(s *site.Site, tell facts.Teller) views.Post {
	sends := views.Fact{Class: "yes", Text: t.say.T("terms.listed", "list", words.MidSentence(tell.SupplyNames(s)))}
	who := t.inItsWords("site.eligibility", s.Eligibility, "lines.mail_anyone")
	wait := t.inItsWords("site.wait", s.Wait, "lines.mail_wait")
	post := views.Post{
		Name: s.Name, Href: t.path("/site/" + s.ID), Phones: tell.Phones(s), NoContact: t.noContact(s), Source: t.sourceOf(s),
		Facts: slices.Concat([]views.Fact{sends, who}, tell.TermList(s), []views.Fact{wait}), Fresh: tell.Fresh(s),
	}
	if s.URL != "" {
		post.Website = &views.Link{Text: onPaper(s.URL), Href: s.URL}
	}
	return post
}

// inItsWords is what the source says of something, word for word, or that nobody
// knows.
func (t *tongue) inItsWords(key, text, unknown string) views.Fact {
	if text == "" {
		return views.Fact{Class: "ask", Text: t.say.T(unknown)}
	}
	return views.Fact{Class: "yes", Text: t.say.T(key), Quote: t.say.Quote(text)}
}

// onPaper is a web address as somebody types it who reads it on paper.
func onPaper(address string) string {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		return address
	}
	return strings.TrimSuffix(rest, "/")
}
