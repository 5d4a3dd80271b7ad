package help

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"carrypoint/internal/site"
)

const goodPlace = `
[fentanyl_strips]
legal_status = "legal"
as_of = "2025-07-01"
source = "Statute"
source_url = "https://example.org/statute"
reviewed_by = "Example Person, lawyer"
reviewed_on = "2026-10-01"
reviewed_words = "0123456789abcdef"
text.en = "They are legal."
[good_samaritan]
legal_status = "legal"
as_of = "2025-07-01"
source = "Statute"
source_url = "https://example.org/statute"
who.en = "who calls"
what.en = "possession"
what_not.en = "warrants"
[[note]]
as_of = "2026"
source = "Statute"
source_url = "https://example.org/statute"
text.en = "A note."
`

func TestReadPlace(t *testing.T) {
	for _, test := range []struct{ name, from, to, problem string }{
		{"a place", "", "", ""},
		{"a source without a date", `as_of = "2025-07-01"`, "", ""},
		{"a status that is none", `"legal"`, `"fine"`, `there is no legal_status "fine"`},
		{"strips cannot be legal for fentanyl only", `"legal"`, `"legal for fentanyl only"`, "a status of its own"},
		{"a reviewer without a day", `reviewed_on = "2026-10-01"`, "", "belong together"},
		{"a review of no words", `reviewed_words = "0123456789abcdef"`, "", "reviewed_by and reviewed_words belong together"},
		{"words that nobody reviewed", "reviewed_by = \"Example Person, lawyer\"\nreviewed_on = \"2026-10-01\"", "", "reviewed_by and reviewed_words belong together"},
		{"a review of nothing", `legal_status = "legal"`, `legal_status = "not reviewed"`, "has no legal_status"},
		{"a claim without a source", `source_url = "https://example.org/statute"`, "", "source or source_url is missing"},
		{"a source that is no page", `https://example.org/statute`, `statute`, "is no web address"},
		{"strips have no who", `text.en = "They are legal."`, `who.en = "all"`, "are of good_samaritan"},
		{"a law that protects, without what it does not do", `what_not.en = "warrants"`, "", "needs who, what and what_not"},
		{"a call for help is no paraphernalia", "[good_samaritan]\nlegal_status = \"legal\"", "[good_samaritan]\nlegal_status = \"paraphernalia\"", "is no status of it"},
		{"a note with a status", "[[note]]", "[[note]]\nlegal_status = \"legal\"", "and nothing else"},
		{"a misspelt topic", "[fentanyl_strips]", "[fentanil_strips]", "there is no field"},
		{"a month of review", `reviewed_on = "2026-10-01"`, `reviewed_on = "2026-10"`, "it must be a day"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(goodPlace, test.from, test.to, 1)
			if test.from != "" && text == goodPlace {
				t.Fatal("the test changes nothing")
			}
			_, err := ReadPlace([]byte(text))
			if test.problem == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !errors.Is(err, ErrHelp) || !strings.Contains(err.Error(), test.problem) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestNobodysWordIsNoStatus(t *testing.T) {
	law := Law{AgainAfter: 365}
	for _, test := range []struct {
		name string
		rule Rule
		want Status
	}{
		{"nothing is known", Rule{}, NotReviewed},
		{"read, and reviewed by nobody", Rule{Status: Legal}, NotReviewed},
		{"read as unclear", Rule{Status: Unclear}, Unclear},
		{"reviewed this year", Rule{Status: Legal, ReviewedBy: "x", ReviewedOn: "2026-01-01"}, Legal},
		{"reviewed long ago", Rule{Status: Legal, ReviewedBy: "x", ReviewedOn: "2025-01-01"}, NotReviewed},
		{"reviewed in time to come", Rule{Status: Legal, ReviewedBy: "x", ReviewedOn: "2028-01-01"}, NotReviewed},
		{"reviewed as paraphernalia", Rule{Status: Paraphernalia, ReviewedBy: "x", ReviewedOn: "2026-01-01"}, Paraphernalia},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := law.Shown(test.rule, today); got != test.want {
				t.Errorf("it shows %q", got)
			}
		})
	}
}

func TestALawSaysItselfThatItIsOld(t *testing.T) {
	law := Law{AgainAfter: 365}
	for _, test := range []struct {
		name       string
		rule       Rule
		old, dated bool
	}{
		{"reviewed this year, of an old source", Rule{AsOf: "2020", ReviewedBy: "x", ReviewedOn: "2026-01-01"}, false, true},
		{"reviewed on the last day that counts", Rule{ReviewedBy: "x", ReviewedOn: "2025-11-24"}, false, true},
		{"reviewed a day earlier, of a new source", Rule{AsOf: "2026-11", ReviewedBy: "x", ReviewedOn: "2025-11-23"}, true, true},
		{"reviewed in time to come", Rule{AsOf: "2026-11", ReviewedBy: "x", ReviewedOn: "2028-01-01"}, true, false},
		{"reviewed by nobody, of a new source", Rule{AsOf: "2026-11"}, false, true},
		{"reviewed by nobody, of an old source", Rule{AsOf: "2025-05-07"}, true, true},
		{"reviewed by nobody, of a source without a date", Rule{}, true, false},
		{"reviewed by nobody, of a source with a date to come", Rule{AsOf: "2028"}, true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := law.Old(test.rule, today); got != test.old {
				t.Errorf("old: %v", got)
			}
			if got := test.rule.Dated(today); got != test.dated {
				t.Errorf("dated: %v", got)
			}
		})
	}
}

func TestNothingIsShownAsLegalWithoutANameAndADayOfTheLastYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Rule{
			Status:     rapid.SampledFrom(append(Statuses(), "")).Draw(t, "status"),
			ReviewedBy: rapid.SampledFrom([]string{"", "Example Person"}).Draw(t, "by"),
			ReviewedOn: site.Date(rapid.SampledFrom([]string{"", "2024", "2025-11-23", "2025-11-24", "2026-11-24", "2027-01-01"}).Draw(t, "on")),
		}
		shown := Law{AgainAfter: 365}.Shown(r, today)
		fresh := slices.Contains([]site.Date{"2025-11-24", "2026-11-24"}, r.ReviewedOn)
		if shown == Legal && (r.Status != Legal || r.ReviewedBy == "" || !fresh) {
			t.Errorf("%+v is shown as %q", r, shown)
		}
		if shown == "" {
			t.Errorf("%+v is shown as nothing", r)
		}
	})
}

func TestLawIsFoundByItsPlace(t *testing.T) {
	law, err := openLaw(fstest.MapFS{"law/us.toml": {}, "law/us-zz.toml": {Data: []byte(goodPlace)}})
	if err != nil {
		t.Fatal(err)
	}
	if law.Of("US", "ZZ").FentanylStrips.Status != Legal || law.Of("us", "").FentanylStrips.Known() || law.Of("ca", "zz").GoodSamaritan.Known() {
		t.Errorf("the law is %+v", law)
	}
	if _, err := openLaw(fstest.MapFS{"law/texas.toml": {}}); err == nil || !strings.Contains(err.Error(), "us-tx.toml") {
		t.Errorf("a file with the name of no place: %v", err)
	}
}

func FuzzReadPlace(f *testing.F) {
	f.Add([]byte(goodPlace))
	f.Add([]byte("[paraphernalia]\nlegal_status = \"legal for fentanyl only\""))
	law := Law{AgainAfter: lawAgainAfter}
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := ReadPlace(text)
		if err != nil {
			return
		}
		for _, topic := range Topics() {
			r := p.Rule(topic)
			if r.Known() && r.SourceURL == "" || law.Shown(r, time.Time{}) == Legal && r.ReviewedBy == "" {
				t.Errorf("%q was read as %+v", text, r)
			}
		}
	})
}
