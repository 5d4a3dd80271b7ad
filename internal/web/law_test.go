package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"carrypoint/internal/help"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
)

// lawIn gives a state a law of a fictional kind.
func lawIn(name string, rule help.Rule) *Server {
	return withBook(func(b *help.Book) {
		b.Law.Places = map[string]help.Place{name: {FentanylStrips: rule, GoodSamaritan: rule}}
	})
}

func TestTheLawIsGreenOnlyWhereSomebodyAnswersForIt(t *testing.T) {
	read := help.Rule{
		Status: help.Legal, AsOf: "2026-01-01", Source: "Example statute", SourceURL: "https://example.org/statute",
		Text: help.Text{"en": "An example."}, Who: help.Text{"en": "the caller"}, What: help.Text{"en": "possession"}, WhatNot: help.Text{"en": "warrants"},
	}
	signed, old, oldSource := read, read, read
	oldSource.AsOf = "2024-01-01"
	signed.ReviewedBy, signed.ReviewedOn = "Example Person, lawyer", "2026-10-01"
	old.ReviewedBy, old.ReviewedOn = "Example Person, lawyer", "2024-10-01"
	for _, test := range []struct {
		name  string
		rule  help.Rule
		says  []string
		green bool
	}{
		{"nothing is known", help.Rule{}, []string{"Not reviewed. Ask the program.", "We have read nothing about this yet."}, false},
		{"read, and reviewed by nobody", read, []string{"Not reviewed. Ask the program.", "An example.", "No lawyer has reviewed this.", `href="https://example.org/statute" rel="noreferrer noopener"`}, false},
		{"read in an old source, and reviewed by nobody", oldSource, []string{"Not reviewed. Ask the program.", "Source, January 1, 2024:", "That is more than 365 days ago. It may have changed.", "No lawyer has reviewed this."}, false},
		{"unclear", help.Rule{Status: help.Unclear, Text: read.Text, Source: "x", SourceURL: "https://example.org"}, []string{"We have not confirmed the law here. Ask the program.", "Source, no date:", "We do not know how old this is. It may have changed."}, false},
		{"reviewed this year", signed, []string{"Legal.", "There is a law that may protect.", "Reviewed on October 1, 2026 by Example Person, lawyer.", "From what not:"}, true},
		{"reviewed long ago", old, []string{"Not reviewed. Ask the program.", "That is more than 365 days ago. It may have changed."}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := ask(lawIn("us-oh", test.rule).Handler(), "GET", "/law/us/oh").Body.String()
			for _, says := range test.says {
				if !strings.Contains(page, says) {
					t.Errorf("it does not say %q:\n%s", says, withoutStyle(page))
				}
			}
			for _, age := range []string{"365 days ago", "how old this is"} {
				if says := slices.ContainsFunc(test.says, func(s string) bool { return strings.Contains(s, age) }); says != strings.Contains(page, age) {
					t.Errorf("it says %q: %v", age, !says)
				}
			}
			if got := strings.Contains(page, `class="open"`); got != test.green {
				t.Errorf("it is green: %v", got)
			}
		})
	}
}

func TestALawThatIsChangedAfterItsReviewIsReviewedByNobody(t *testing.T) {
	say := shipped().Words.Language(words.Master)
	read := help.Rule{Status: help.Legal, AsOf: "2026-01-01", Source: "Example statute", SourceURL: "https://example.org/statute", Text: help.Text{"en": "An example."}}
	for text, holds := range map[string]bool{"An example.": true, "Another example.": false} {
		signed := read
		signed.ReviewedBy, signed.ReviewedOn, signed.ReviewedWords = "Example Person, lawyer", "2026-10-01", read.Sum("us-oh", help.FentanylStrips, words.Master)
		signed.Text = help.Text{"en": text, "es": "Un ejemplo."}
		h := withBook(func(b *help.Book) {
			b.Law.Places = map[string]help.Place{"us-oh": {FentanylStrips: signed}}
			if lapsed := b.Settle(words.Master, say.T); (len(lapsed) == 0) != holds {
				t.Errorf("%q: %v lapsed", text, lapsed)
			}
		}).Handler()
		for path, says := range map[string][]string{
			"/law/us/oh":    {`class="open"`, "Reviewed on October 1, 2026 by Example Person, lawyer."},
			"/es/law/us/oh": {`class="open"`, "El texto en inglés fue revisado el 1 de octubre de 2026 por Example Person, lawyer."},
		} {
			page := ask(h, "GET", path).Body.String()
			for _, said := range says {
				if strings.Contains(page, said) != holds {
					t.Errorf("%q: %s says %q: %v", text, path, said, !holds)
				}
			}
		}
		unsigned := `Ohio</a> <span class="small">read, not reviewed</span>`
		if page := ask(h, "GET", "/law").Body.String(); strings.Contains(page, unsigned) == holds {
			t.Errorf("%q: the list of places says %s: %v", text, unsigned, holds)
		}
	}
}

func TestTheListOfPlacesSaysWhatWasReviewedAndWhatLongAgo(t *testing.T) {
	for on, says := range map[string]string{"2026-10-01": "reviewed", "2024-10-01": "reviewed long ago"} {
		signed := help.Rule{Status: help.Legal, Source: "x", SourceURL: "https://example.org", ReviewedBy: "Example Person, lawyer", ReviewedOn: site.Date(on)}
		want := `<a href="/law/us/oh">Ohio</a> <span class="small">` + says + `</span>`
		if page := ask(lawIn("us-oh", signed).Handler(), "GET", "/law").Body.String(); !strings.Contains(page, want) {
			t.Errorf("of a review on %s it does not say %s", on, want)
		}
	}
}

func TestTheLawOfAStateStandsOnItsLists(t *testing.T) {
	h := invented().Handler()
	for path, want := range map[string]string{
		"/near/45402":  `<a href="/law/us/oh">The law on fentanyl test strips in Ohio: Not reviewed. Ask the program.</a>`,
		"/us/oh":       `<a href="/law/us/oh">The law on fentanyl test strips in Ohio: Not reviewed. Ask the program.</a>`,
		"/us/tx":       `<a href="/law/us/tx">The law on fentanyl test strips in Texas: We have not confirmed the law here. Ask the program.</a>`,
		"/es/near/V6A": `<a href="/es/law/ca/bc">`,
	} {
		if page := ask(h, "GET", path).Body.String(); !strings.Contains(page, want) {
			t.Errorf("%s does not say %s", path, want)
		}
	}
	if page := ask(h, "GET", "/us").Body.String(); strings.Contains(page, "/law/us/") {
		t.Error("the index of a country names the law of one state")
	}
}

func TestOfACountryOfWhichNothingWasReadThePageSaysSo(t *testing.T) {
	h := withBook(func(b *help.Book) {
		b.Law.Places = map[string]help.Place{"us": {Notes: []help.Rule{{Source: "x", SourceURL: "https://example.org", Text: help.Text{"en": "An example."}}}}}
	}).Handler()
	for path, nothing := range map[string]int{"/law/us": 0, "/law/ca": 1, "/law/us/oh": len(help.Topics()), "/law/ca/bc": len(help.Topics()) + 1} {
		if got := strings.Count(ask(h, "GET", path).Body.String(), "We have read nothing about this yet."); got != nothing {
			t.Errorf("%s says %d times that nothing was read, not %d", path, got, nothing)
		}
	}
}

func TestEveryShippedLawIsWrittenInTheMaster(t *testing.T) {
	texts := 0
	for name, place := range shipped().Help.Law.Places {
		rules := place.Notes
		for _, topic := range help.Topics() {
			rules = append(rules, place.Rule(topic))
		}
		for _, rule := range rules {
			for _, text := range rule.Texts() {
				texts++
				if text != nil && text[words.Master] == "" {
					t.Errorf("%s has a text in other languages alone: %v", name, text)
				}
			}
		}
	}
	if texts < 20 {
		t.Errorf("only %d texts were looked at", texts)
	}
}

func TestEveryStatusAndTopicOfTheLawHasWords(t *testing.T) {
	say := shipped().Words.Language("en")
	for _, status := range help.Statuses() {
		if !say.Has(lawStatus[status]) {
			t.Errorf("%q has no words", status)
		}
	}
	for _, topic := range help.Topics() {
		if !say.Has("law." + string(topic)) {
			t.Errorf("%q has no words", topic)
		}
	}
}

func TestLawThatIsNotInThePagesLanguageNamesItsOwn(t *testing.T) {
	h := lawIn("us-oh", help.Rule{Status: help.Unclear, Source: "x", SourceURL: "https://example.org", Text: help.Text{"en": "An example."}}).Handler()
	if page := ask(h, "GET", "/es/law/us/oh").Body.String(); !strings.Contains(page, `<p lang="en" dir="ltr">An example.</p>`) {
		t.Error("English stands in a Spanish page without its language")
	}
	if w := ask(h, "GET", "/law/us/zz"); w.Code != http.StatusNotFound {
		t.Errorf("the law of no state answers %d", w.Code)
	}
}
