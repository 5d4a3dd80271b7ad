package web

import (
	"strconv"
	"strings"
	"testing"

	"carrypoint/internal/help"
	"carrypoint/internal/site"
)

// aLine is a fictional phone line.
func aLine(change func(*help.Line)) *Server {
	return withBook(func(b *help.Book) {
		line := help.Line{Key: "211", Country: "us", Number: "1-555-555-0123", Use: help.Supplies, Source: help.Source{Name: "Example", URL: "https://example.org"}}
		change(&line)
		b.Lines = help.Lines{TestAfter: 90, All: []help.Line{line}}
	})
}

func TestALineSaysWhenItWasTestedAndWhenSomebodyAnswers(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*help.Line)
		says   []string
	}{
		{"never", func(*help.Line) {}, []string{`<span class="ask">We have not called this number ourselves yet.</span>`, "We don’t know its hours."}},
		{"this month", func(l *help.Line) { l.Tested = "2026-11-20" }, []string{`<span class="yes">Last called by us: November 20, 2026.</span>`}},
		{"too long ago", func(l *help.Line) { l.Tested = "2026-08-01" }, []string{`<span class="ask">Last called by us: August 1, 2026. That is more than 90 days ago: it may have changed.</span>`}},
		{"with hours", func(l *help.Line) { l.Hours = map[string]string{"en": "any time"} }, []string{"Hours: any time."}},
		{"of one province", func(l *help.Line) { l.Country, l.Region = "ca", "bc" }, []string{"Only in British Columbia."}},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := ask(aLine(test.change).Handler(), "GET", "/lines").Body.String()
			for _, says := range append(test.says, `<a href="tel:+15555550123">`) {
				if !strings.Contains(page, says) {
					t.Errorf("it does not say %q", says)
				}
			}
		})
	}
}

func TestLinesBelowAListAreThoseThatTellOfSupplies(t *testing.T) {
	for use, shown := range map[help.Use]bool{help.Supplies: true, help.Treatment: false} {
		h := aLine(func(l *help.Line) { l.Use = use }).Handler()
		for _, path := range []string{"/near/45402", "/us/oh", "/us"} {
			page := ask(h, "GET", path).Body.String()
			if strings.Contains(page, "1-555-555-0123") != shown || !strings.Contains(page, `href="/lines"`) {
				t.Errorf("%s, a line for %s", path, use)
			}
		}
	}
	nothing := submit(aLine(func(*help.Line) {}).Handler(), "/near", map[string][]string{"q": {"zzqx"}}).Body.String()
	if !strings.Contains(nothing, "1-555-555-0123") || !strings.Contains(nothing, `href="/lines"`) {
		t.Error("the page of a place that we do not know names no line")
	}
}

func TestProgramsByMailStandUnderTheirStates(t *testing.T) {
	page := ask(starter().Handler(), "GET", "/lines").Body.String()
	posts := 0
	for _, s := range starter().Editions.Edition().Sites() {
		if s.Kind != site.MailOrder && s.Type != site.MailOrderService {
			continue
		}
		posts++
		if !strings.Contains(page, `href="/site/`+s.ID+`"`) {
			t.Errorf("%s is not listed", s.ID)
		}
	}
	if waits := strings.Count(page, "We don’t know how long it takes."); posts < 30 || waits != posts {
		t.Errorf("of %d programs, %d say that the wait is not known", posts, waits)
	}
	for _, says := range []string{`<a href="/us/vt">Vermont</a>`, "text FTS to 22999", "For: people living in Vermont", "We don’t know who can order.", "Listed: free."} {
		if !strings.Contains(page, says) {
			t.Errorf("it does not say %q", says)
		}
	}
}

func TestMoreProgramsByMailThanFitAreCounted(t *testing.T) {
	var many []site.Site
	mail := sitesOf("testdata/sites.csv")
	for _, s := range mail {
		if s.Kind != site.MailOrder {
			continue
		}
		for i := range mostPosts + 3 {
			s.ID = "us-oh-mail-" + strconv.Itoa(i)
			many = append(many, s)
		}
	}
	page := ask(servingSites(many).Handler(), "GET", "/lines").Body.String()
	if n := strings.Count(page, `href="/site/`); n != mostPosts || !strings.Contains(page, "3 more programs stand on the pages of their states.") {
		t.Errorf("%d programs are listed", n)
	}
	if page := ask(servingSites(mail[:1]).Handler(), "GET", "/lines").Body.String(); !strings.Contains(page, "We list no program that sends supplies by mail.") {
		t.Error("it does not say that there is none")
	}
}
