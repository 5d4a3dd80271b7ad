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
		{"never", func(*help.Line) {}, []string{`<span class="ask">We have not called this number ourselves yet.`, "We don’t know its hours."}},
		{"this month", func(l *help.Line) { l.Tested = "2026-11-20" }, []string{`<span class="yes">Last called by us: November 20, 2026.`}},
		{"too long ago", func(l *help.Line) { l.Tested = "2026-08-01" }, []string{`<span class="ask">Last called by us: August 1, 2026. That is more than 90 days ago: it may have changed.`}},
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

func TestHoursThatNobodyTranslatedAreMarkedAsEnglish(t *testing.T) {
	h := aLine(func(l *help.Line) { l.Hours = map[string]string{"en": "any time", "fr": "à toute heure"} }).Handler()
	for path, says := range map[string]string{
		"/fr/lines": "à toute heure.", "/es/lines": `<bdi lang="en">“any time”</bdi>`,
	} {
		if page := ask(h, "GET", path).Body.String(); !strings.Contains(page, says) {
			t.Errorf("%s does not say %q", path, says)
		}
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
	for _, says := range []string{`<a href="/us/vt">Vermont</a>`, "text FTS to 22999", `<a href="tel:+13196787825">`, ">naloxonetexas.com</bdi>", "<bdi>“people living in Vermont", "We don’t know who can order.", "Listed: free."} {
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

// byMail is the page of lines with one fictional program.
func byMail(change func(*site.Site)) string {
	for _, s := range sitesOf("testdata/sites.csv") {
		if s.Kind == site.MailOrder {
			change(&s)
			return ask(servingSites([]site.Site{s}).Handler(), "GET", "/lines").Body.String()
		}
	}
	panic("no program of the test data comes by mail")
}

func TestAProgramByMailSaysHowToOrderAndHowLongItTakes(t *testing.T) {
	const nobody, unknown = "We don’t have its phone or website.", "We don’t know how long it takes."
	for _, test := range []struct {
		name       string
		change     func(*site.Site)
		says, none []string
	}{
		{"its phone", func(s *site.Site) { s.URL, s.Phones = "", []site.Phone{site.ParsePhone("555-555-0118")} },
			[]string{`<a href="tel:+15555550118"><bdi dir="ltr">555-555-0118</bdi></a>`, unknown}, []string{nobody, "Website:"}},
		{"a number that is texted", func(s *site.Site) { s.Phones = []site.Phone{site.ParsePhone("22999")} }, []string{`href="sms:22999"`}, []string{nobody}},
		{"its website, as it is typed", func(s *site.Site) { s.URL, s.Phones = "https://www.example.org/kits/order.html?a=b&c=d", nil },
			[]string{`href="https://www.example.org/kits/order.html?a=b&amp;c=d"`, `>www.example.org/kits/order.html?a=b&amp;c=d</bdi>`}, []string{nobody}},
		{"a website of one word and a stroke", func(s *site.Site) { s.URL = "http://example.org/" }, []string{`href="http://example.org/"`, ">example.org</bdi>"}, []string{nobody}},
		{"neither: its source", func(s *site.Site) { s.URL, s.Phones = "", nil }, []string{nobody, `<a href="https://example.org/mail" rel="noreferrer noopener" translate="no">Hazel Example</a>`}, []string{"Website:"}},
		{"neither, and no page that lists it", func(s *site.Site) { s.URL, s.Phones, s.Source.URL = "", nil, "" }, []string{nobody, `<span translate="no">Hazel Example</span>`}, []string{`href=""`}},
		{"a place that withholds its website", func(s *site.Site) {
			s.URL, s.Wait = "https://example.org/elsewhere", "5 days"
			s.Consent.Position = site.RevealContact
			s.Withhold(site.Position{})
		}, []string{nobody, unknown}, []string{"elsewhere", "5 days"}},
		{"how long it takes, in the source's words", func(s *site.Site) { s.Wait = "5 to 7 <business> days" },
			[]string{`<li class="yes">How long it takes, as listed:`, `<bdi>“5 to 7 &lt;business&gt; days”</bdi>`}, []string{unknown}},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := byMail(test.change)
			for _, text := range test.says {
				if !strings.Contains(page, text) {
					t.Errorf("it does not say %q", text)
				}
			}
			for _, text := range test.none {
				if strings.Contains(page, text) {
					t.Errorf("it says %q", text)
				}
			}
		})
	}
}

func TestThePageOfAPlaceSaysHowLongItTakesAndIsNotLostOnPaper(t *testing.T) {
	for _, s := range sitesOf("testdata/sites.csv") {
		if s.Kind != site.MailOrder {
			continue
		}
		s.Wait, s.URL = "5 to 7 business days", ""
		page := ask(servingSites([]site.Site{s}).Handler(), "GET", "/es/site/"+s.ID).Body.String()
		for _, says := range []string{`Cuánto tarda, según la fuente: <q lang="en">5 to 7 business days</q>`, `<div class="note">`} { // paper leaves out the links of p.note
			if !strings.Contains(page, says) {
				t.Errorf("it does not say %q", says)
			}
		}
	}
}

func TestTheStripsNameTheLinesThatStayOnThePhone(t *testing.T) {
	const item, number = "Nobody with you?", `<a href="tel:+15555550123"><bdi dir="ltr">1-555-555-0123</bdi></a>`
	for _, test := range []struct {
		name   string
		change func(*help.Line)
		times  int // the item stands below either result
		says   string
	}{
		{"one of the country", func(*help.Line) {}, 2, "<span>United States</span>"},
		{"whether it was tested", func(l *help.Line) { l.Tested = "2026-11-20" }, 2, "near you. Last called by us: November 20, 2026."},
		{"that nobody called it", func(*help.Line) {}, 2, number + "<br>Ask where to get naloxone or a syringe program near you. We have not called this number ourselves yet."},
		{"one of one province", func(l *help.Line) { l.Country, l.Region = "ca", "bc" }, 2, "<span>Canada</span> <span>Local services line: " + number + "<br>Ask where to get naloxone or a syringe program near you. Only in British Columbia. "},
		{"none: nothing is said of them", func(l *help.Line) { l.Use = help.Crisis }, 0, "Have naloxone"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := aLine(func(l *help.Line) {
				l.Use = help.Company
				test.change(l)
			}).Handler()
			page := ask(h, "GET", "/strips").Body.String()
			if n := strings.Count(page, item); n != test.times || strings.Count(page, number) != n {
				t.Errorf("%d items have %d numbers", n, strings.Count(page, number))
			}
			if !strings.Contains(page, test.says) {
				t.Errorf("it does not say %q", test.says)
			}
		})
	}
}
