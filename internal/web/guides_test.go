package web

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"carrypoint/data"
	"carrypoint/internal/help"
	"carrypoint/internal/words"
)

// maxStepsBytes is what the page of steps may have as it is sent: it must come
// over the worst of connections.
const maxStepsBytes = 4 << 10

// withBook is the fictional site with another book.
func withBook(change func(*help.Book)) *Server {
	s := *invented()
	book, err := help.Open(data.Files)
	if err != nil {
		panic(err)
	}
	s.Help = unsigned(book)
	change(s.Help)
	return &s
}

func TestTheStepsFitIntoFourKilobytesInEveryLanguage(t *testing.T) {
	h := invented().Handler()
	for _, say := range invented().Words.Languages() {
		page := fetch(t, h, tongueOf(invented(), say.Tag).safetyPath(overdoseGuide))
		t.Logf("%s has %d bytes", page.path, page.sent)
		if page.status != http.StatusOK || page.sent > maxStepsBytes {
			t.Errorf("%s: %d, with %d bytes; at most %d may be", page.path, page.status, page.sent, maxStepsBytes)
		}
	}
}

// wordsInAStep are what an eye takes in at once: three or four short sentences.
const wordsInAStep = 12

// wordsInHalfAMinute is what a person reads in 30 seconds, at 200 words a minute.
const wordsInHalfAMinute = 100

func TestTheSignsAndTheStepsAreReadInHalfAMinute(t *testing.T) {
	say := shipped().Words.Language(words.Master)
	guide := shipped().Help.Guides[overdoseGuide]
	count := 0
	for _, name := range []string{"signs", "steps"} {
		for _, item := range guide.Part(name).Items {
			text := strings.Fields(say.T(item.Text))
			count += len(text)
			if name == "steps" && len(text) > wordsInAStep {
				t.Errorf("the step %q has %d words", say.T(item.Text), len(text))
			}
		}
	}
	if count > wordsInHalfAMinute {
		t.Errorf("the signs and the steps have %d words, at most %d may be", count, wordsInHalfAMinute)
	}
}

func TestNoLinkLeadsAwayFromTheSteps(t *testing.T) {
	for _, path := range []string{"/overdose", "/es/overdose"} {
		root, err := html.Parse(strings.NewReader(ask(invented().Handler(), "GET", path).Body.String()))
		if err != nil {
			t.Fatal(err)
		}
		var links []string
		for n := range root.Descendants() {
			if n.Data != "ol" {
				continue
			}
			for inner := range n.Descendants() {
				for _, a := range inner.Attr {
					if a.Key == "href" {
						links = append(links, a.Val)
					}
				}
			}
		}
		if !slices.Equal(links, []string{"tel:911"}) {
			t.Errorf("%s: the steps lead to %q", path, links)
		}
	}
}

func TestNaloxoneIsCalledByBothItsNamesWhereAGuideFirstSpeaksOfIt(t *testing.T) {
	master := shipped().Words.Language(words.Master)
	for name, guide := range shipped().Help.Guides {
		keys := guide.Keys()
		first := slices.IndexFunc(keys, func(key string) bool { return key != guide.Title && strings.Contains(master.T(key), "aloxone") })
		if first < 0 {
			t.Errorf("%s does not speak of naloxone", name)
			continue
		}
		for _, say := range shipped().Words.Languages() {
			if text := say.T(keys[first]); !strings.Contains(text, "Narcan") {
				t.Errorf("%s: %s, the first to speak of naloxone in %s, does not say Narcan: %s", say.Tag, keys[first], name, text)
			}
		}
	}
}

func TestThePageSaysWhoAnswersForTheSteps(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*help.Guide)
		want   []string
	}{
		{"nobody does", func(*help.Guide) {}, []string{"Not yet reviewed by a clinician."}},
		{"nobody does, and the sources are old", func(g *help.Guide) { g.AsOf = "2024-01" }, []string{"Not yet reviewed by a clinician.", "That is more than 365 days ago: it has to be reviewed again.", "Read in January 2024."}},
		{"somebody did", func(g *help.Guide) { g.ReviewedBy, g.ReviewedOn = "Example Person, nurse", "2026-11-20" }, []string{"Reviewed on November 20, 2026 by Example Person, nurse."}},
		{"somebody did long ago", func(g *help.Guide) { g.ReviewedBy, g.ReviewedOn = "Example Person, nurse", "2025-11-20" }, []string{"Reviewed on November 20, 2025 by Example Person, nurse.", "That is more than 365 days ago: it has to be reviewed again."}},
	} {
		for guide, path := range guidePaths {
			t.Run(test.name+", "+path, func(t *testing.T) {
				s := withBook(func(b *help.Book) {
					g := b.Guides[guide]
					test.change(&g)
					b.Guides[guide] = g
				})
				page := ask(s.Handler(), "GET", path).Body.String()
				for _, want := range test.want {
					if !strings.Contains(page, want) {
						t.Errorf("it does not say %q", want)
					}
				}
				if answered := slices.ContainsFunc(test.want, func(s string) bool { return strings.HasPrefix(s, "Reviewed") }); answered == strings.Contains(page, "Not yet reviewed") {
					t.Error("it says that somebody and that nobody answers for it")
				}
				if old := len(test.want) > 1; old != strings.Contains(page, "reviewed again") {
					t.Errorf("it says that it is old: %v", !old)
				}
			})
		}
	}
}

func TestATranslationSaysThatTheEnglishWasReviewed(t *testing.T) {
	h := withBook(func(b *help.Book) {
		g := b.Guides[overdoseGuide]
		g.ReviewedBy, g.ReviewedOn = "Example Person, nurse", "2026-11-20"
		b.Guides[overdoseGuide] = g
	}).Handler()
	for path, want := range map[string]string{
		"/overdose":    "Reviewed on November 20, 2026 by Example Person, nurse.",
		"/es/overdose": "El texto en inglés fue revisado el 20 de noviembre de 2026 por Example Person, nurse.",
	} {
		if page := ask(h, "GET", path).Body.String(); !strings.Contains(page, want) {
			t.Errorf("%s does not say %q", path, want)
		}
	}
}

// missingIn are the words of the site, with a language that lacks some of Spanish.
func missingIn(t *testing.T, lacks ...string) *words.Catalog {
	t.Helper()
	files := fstest.MapFS{}
	for _, tag := range []string{"en", "es"} {
		content, err := os.ReadFile("../../data/words/" + tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		entries := map[string]json.RawMessage{}
		if err := json.Unmarshal(content, &entries); err != nil {
			t.Fatal(err)
		}
		if tag == "es" {
			for _, key := range lacks {
				delete(entries, key)
			}
		}
		if content, err = json.Marshal(entries); err != nil {
			t.Fatal(err)
		}
		files[tag+".json"] = &fstest.MapFile{Data: content}
	}
	catalog, err := words.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

func TestALanguageWithoutAllStepsLeadsToThoseOfTheMaster(t *testing.T) {
	s := *invented()
	s.Words = missingIn(t, "overdose.how.shot")
	h := s.Handler()
	w := ask(h, "GET", "/es/overdose")
	if w.Code != http.StatusFound || w.Header().Get("Location") != "/overdose" {
		t.Errorf("/es/overdose answers %d to %q", w.Code, w.Header().Get("Location"))
	}
	home := ask(h, "GET", "/es/").Body.String()
	if !strings.Contains(home, `href="/overdose" hreflang="en"`) || strings.Contains(home, "/es/overdose") {
		t.Error("the first page does not lead to the steps in the language that has them")
	}
	if page := ask(h, "GET", "/overdose"); page.Code != http.StatusOK || !strings.Contains(page.Body.String(), `<html lang="en"`) || strings.Contains(page.Body.String(), "hreflang=\"en\"") {
		t.Errorf("the master's page answers %d", page.Code)
	}
	if w := ask(h, "GET", "/es/strips"); w.Code != http.StatusOK {
		t.Errorf("/es/strips, of which nothing is missing, answers %d", w.Code)
	}
}

func TestEveryGuideIsCompleteInTheMaster(t *testing.T) {
	for name, guide := range shipped().Help.Guides {
		for _, key := range guide.Keys() {
			if !shipped().Words.Language(words.Master).Has(key) {
				t.Errorf("%s: %s has no words", name, key)
			}
		}
		if guidePaths[name] == "" {
			t.Errorf("the guide %q has no page", name)
		}
	}
}

// This prints what a maintainer writes into reviewed_words, and fails where somebody
// changed words after they were reviewed.
func TestAReviewIsOfTheWordsThatStand(t *testing.T) {
	say := shipped().Words.Language(words.Master)
	book, err := help.Open(data.Files) // signed, as it is
	if err != nil {
		t.Fatal(err)
	}
	guides, laws := 0, 0
	for _, s := range book.Signoffs(words.Master, say.T) {
		t.Logf("%s: the sum of its words is %s", s.Of, s.Stand)
		if strings.HasPrefix(s.Of, "help/") {
			guides++
		} else {
			laws++
		}
	}
	for _, lapsed := range book.Settle(words.Master, say.T) {
		t.Error(lapsed)
	}
	if guides != len(book.Guides) || laws == 0 {
		t.Errorf("%d guides and %d laws can be signed", guides, laws)
	}
}

// neverSaid are words by which somebody could take a drug, or a result, for
// harmless.
var neverSaid = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(un)?safe(ly|ty|r|st)?\b|\bharmless\b`),
	"es": regexp.MustCompile(`(?i)\b(in)?segur[oa]s?\b|\bsegur(amente|idad)\b|\binofensiv`),
	"fr": regexp.MustCompile(`(?i)\bsans danger\b|\bsûre?s?\b|\binoffensi`),
	"pt": regexp.MustCompile(`(?i)\bsegur[oa]s?\b|\binofensiv`),
	"vi": regexp.MustCompile(`(?i)an toàn`),
	"zh": regexp.MustCompile(`安全`),
	"ko": regexp.MustCompile(`안전`),
	"ru": regexp.MustCompile(`(?i)безопас|безвред`),
	"ar": regexp.MustCompile(`آمن|أمان`),
	"tl": regexp.MustCompile(`(?i)\bligtas\b`),
	"ht": regexp.MustCompile(`(?i)\bsan danje\b|\ban sekirite\b`),
	"pa": regexp.MustCompile(`ਸੁਰੱਖਿਅਤ`),
}

func TestNoStripIsSaidToShowThatADrugIsHarmless(t *testing.T) {
	keys := shipped().Help.Guides[stripsGuide].Keys()
	if len(keys) < 30 {
		t.Fatalf("there are only %d texts", len(keys))
	}
	for _, say := range shipped().Words.Languages() {
		language, _, _ := strings.Cut(say.Tag, "-")
		never := neverSaid[language]
		if never == nil {
			t.Errorf("%s: say here which words of it nobody may use of a drug", say.Tag)
			continue
		}
		for _, key := range keys {
			if found := never.FindString(say.T(key)); found != "" {
				t.Errorf("%s: %s says %q", say.Tag, key, found)
			}
		}
	}
	for text, wrong := range map[string]bool{"It is safe.": true, "Use safely.": true, "unsafe": true, "No fentanyl was found by this strip.": false} {
		if neverSaid["en"].MatchString(text) != wrong {
			t.Errorf("%q: %v", text, !wrong)
		}
	}
}

// sides are words by which somebody could look for a line on one side of a strip:
// the control line is not on the same side for every brand.
var sides = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(left|right)[ -](hand|side|line)|\b(on|to) the (left|right)\b`),
	"es": regexp.MustCompile(`(?i)izquierd|derech`),
	"fr": regexp.MustCompile(`(?i)gauche|à droite|de droite`),
	"pt": regexp.MustCompile(`(?i)esquerd|direit`),
	"vi": regexp.MustCompile(`(?i)(bên|phía|tay) (trái|phải)`),
	"zh": regexp.MustCompile(`左|右`),
	"ko": regexp.MustCompile(`왼쪽|오른쪽`),
	"ru": regexp.MustCompile(`(?i)слева|справа|лев(ая|ой|ую)|прав(ая|ой|ую) (лини|сторон)`),
	"ar": regexp.MustCompile(`يسار|يمين|اليسرى|اليمنى`),
	"tl": regexp.MustCompile(`(?i)kaliwa|\bkanan`),
	"ht": regexp.MustCompile(`(?i)\bgoch|a dwat|men dwat`),
	"pa": regexp.MustCompile(`ਖੱਬ|ਸੱਜ`),
}

func TestStripsAreReadByTheNamesOfTheirLinesAndNotBySides(t *testing.T) {
	for language, wrong := range map[string]string{
		"en": "The line on the left.", "es": "La línea de la izquierda.", "fr": "La ligne à droite.", "pt": "A linha da esquerda.", "vi": "Vạch bên trái.", "zh": "左边的线",
		"ko": "왼쪽 선", "ru": "Линия слева.", "ar": "الخط على اليمين", "tl": "Ang guhit sa kaliwa.", "ht": "Liy a goch la.", "pa": "ਖੱਬੇ ਪਾਸੇ",
	} {
		if !sides[language].MatchString(wrong) {
			t.Errorf("%s: %q is not found", language, wrong)
		}
	}
	for _, say := range shipped().Words.Languages() {
		language, _, _ := strings.Cut(say.Tag, "-")
		if sides[language] == nil {
			t.Errorf("%s: say here which words of it name a side", say.Tag)
			continue
		}
		for _, key := range shipped().Help.Guides[stripsGuide].Keys() {
			if found := sides[language].FindString(say.T(key)); found != "" {
				t.Errorf("%s: %s says %q", say.Tag, key, found)
			}
		}
	}
	page := ask(invented().Handler(), "GET", "/strips").Body.String()
	if pictures := strings.Count(page, `role="img" aria-label="Drawing of a strip`); pictures != 3 {
		t.Errorf("the page has %d drawings with a text", pictures)
	}
	if names := strings.Count(page, ">control line</text>"); names != 2 || strings.Count(page, ">test line</text>") != 1 {
		t.Errorf("the drawings name the control line %d times", names)
	}
}
