package web

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"carrypoint/internal/help"
	"carrypoint/internal/words"
)

// stigma are words that make a person their drug, or a strip a judgement. What
// to say instead stands in docs/content-review.md.
var stigma = regexp.MustCompile(`(?i)\b(addicts?|addicted|abus(e|er|ers|ed|ing|ive)|junk(ie|ies|y)|clean|dirty|habits?|victims?|hot[- ]?spots?|drug-infested|enabl(e|es|ing|er)|opiates?|drug users?|alcoholics?|relaps(e|ed|ing))\b`)

// textsOf are all texts of the site in a language, by where they stand: the
// words, and what the law and the lines hold themselves.
func textsOf(t *testing.T, tag string) map[string]string {
	t.Helper()
	content, err := os.ReadFile("../../data/words/" + tag + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var entries map[string]any
	if err := json.Unmarshal(content, &entries); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for key, entry := range entries {
		switch entry := entry.(type) {
		case string:
			all[key] = entry
		case map[string]any:
			for form, text := range entry {
				all[key+" "+form] = text.(string)
			}
		}
	}
	book := shipped().Help
	for name, place := range book.Law.Places {
		for _, topic := range help.Topics() {
			r := place.Rule(topic)
			all["law "+name+" "+string(topic)] = strings.Join([]string{r.Text[tag], r.Who[tag], r.What[tag], r.WhatNot[tag]}, " ")
		}
		for i, note := range place.Notes {
			all["law "+name+" note "+string(rune('1'+i))] = note.Text[tag]
		}
	}
	for _, line := range book.Lines.All {
		all["hours of "+line.Key] = line.Hours[tag]
	}
	return all
}

func TestNoTextMakesAPersonTheirDrug(t *testing.T) {
	texts := textsOf(t, words.Master)
	if len(texts) < 500 {
		t.Fatalf("there are only %d texts", len(texts))
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		if found := stigma.FindString(texts[key]); found != "" {
			t.Errorf("%s says %q: %s", key, found, texts[key])
		}
	}
	for _, word := range []string{
		"addict", "abuser", "junkie", "clean", "dirty", "abuse", "habit", "victim", "hotspot", "hot spot", "drug-infested", "enable", "opiate", "Drug users", "relapse",
	} {
		if !stigma.MatchString("a " + word + " b") {
			t.Errorf("%q is not found", word)
		}
	}
	for _, text := range []string{"people who use drugs", "SAMHSA National Helpline", "The test found fentanyl"} {
		if stigma.MatchString(text) {
			t.Errorf("%q is taken for what nobody should say", text)
		}
	}
}

// stigmaIn are the same in the other languages: people as their drug, abuse, and
// victims. Whoever checks a language adds what is missing.
var stigmaIn = map[string]*regexp.Regexp{
	"es": regexp.MustCompile(`(?i)\b(drog)?adict[oa]s?\b|drogadicci|toxic[oó]man|yonqui|\babus|v[ií]ctima|\blimpi[oa]s?\b|\bsuci[oa]s?\b|reca[ií]d`),
	"fr": regexp.MustCompile(`(?i)toxicomane|drogué|junkie|\babus|victime|rechute`),
	"pt": regexp.MustCompile(`(?i)viciad|drogad|toxic[oô]man|\babus|v[ií]tima|recaíd`),
	"vi": regexp.MustCompile(`(?i)con nghiện|kẻ nghiện|nghiện ngập|lạm dụng|nạn nhân|tái nghiện`),
	"zh": regexp.MustCompile(`瘾君子|癮君子|吸毒者|毒虫|毒蟲|成瘾者|成癮者|滥用|濫用|受害者`),
	"ko": regexp.MustCompile(`중독자|남용|피해자|약쟁이`),
	"ru": regexp.MustCompile(`(?i)наркоман|злоупотреб|жертв`),
	"ar": regexp.MustCompile(`مدمن|إدمان|إساءة استخدام|تعاطي|ضحية|ضحايا`),
	"tl": regexp.MustCompile(`(?i)\badik\b|adikto|pag-abuso|biktima`),
	"ht": regexp.MustCompile(`(?i)dwoge|toksikoman|\babi\b|viktim`),
	"pa": regexp.MustCompile(`ਨਸ਼ੇੜੀ|ਅਮਲੀ|ਪੀੜਤ|ਦੁਰਵਰਤੋਂ`),
}

func TestNoTranslationMakesAPersonTheirDrug(t *testing.T) {
	for language, wrong := range map[string]string{
		"es": "Un adicto.", "fr": "La victime.", "pt": "O abuso.", "vi": "Nạn nhân.", "zh": "吸毒者", "ko": "중독자입니다", "ru": "Наркоман.", "ar": "المدمنون", "tl": "Isang adik.", "ht": "Yon viktim.", "pa": "ਨਸ਼ੇੜੀ।",
	} {
		if !stigmaIn[language].MatchString(wrong) {
			t.Errorf("%s: %q is not found", language, wrong)
		}
	}
	for _, say := range shipped().Words.Languages() {
		if say.Tag == words.Master {
			continue
		}
		language, _, _ := strings.Cut(say.Tag, "-")
		never := stigmaIn[language]
		if never == nil {
			t.Errorf("%s: say here which words of it make a person their drug", say.Tag)
			continue
		}
		texts := textsOf(t, say.Tag)
		if len(texts) < 500 {
			t.Fatalf("%s: there are only %d texts", say.Tag, len(texts))
		}
		for _, key := range slices.Sorted(maps.Keys(texts)) {
			if found := never.FindString(texts[key]); found != "" {
				t.Errorf("%s: %s says %q: %s", say.Tag, key, found, texts[key])
			}
		}
	}
}

// grade is the school grade of a text by Flesch and Kincaid: words a sentence and
// syllables a word.
func grade(text string) float64 {
	var wordCount, syllables, sentences int
	for _, word := range strings.Fields(text) {
		if n := syllablesOf(word); n > 0 {
			wordCount++
			syllables += n
		}
		if strings.ContainsAny(word[len(word)-1:], ".?!") {
			sentences++
		}
	}
	if wordCount == 0 {
		return 0
	}
	return 0.39*float64(wordCount)/float64(max(1, sentences)) + 11.8*float64(syllables)/float64(wordCount) - 15.59
}

// syllablesOf counts groups of vowels, without an e at the end that is not heard.
func syllablesOf(word string) int {
	letters := strings.TrimFunc(strings.ToLower(word), func(r rune) bool { return !unicode.IsLetter(r) })
	n, vowel := 0, false
	for _, r := range letters {
		isVowel := strings.ContainsRune("aeiouy", r)
		if isVowel && !vowel {
			n++
		}
		vowel = isVowel
	}
	if strings.HasSuffix(letters, "e") && !strings.HasSuffix(letters, "le") && n > 1 {
		n--
	}
	if n == 0 && letters != "" {
		n = 1
	}
	return n
}

// mostGrade is the school grade that is enough to read the guides.
const mostGrade = 6

func TestTheGuidesAreReadWithSixYearsOfSchool(t *testing.T) {
	say := shipped().Words.Language(words.Master)
	for name, guide := range shipped().Help.Guides {
		var texts []string
		for _, key := range guide.Keys() {
			texts = append(texts, strings.TrimRight(say.T(key), ".")+".")
		}
		got := grade(strings.Join(texts, " "))
		t.Logf("%s: grade %.1f", name, got)
		if got > mostGrade {
			t.Errorf("%s is of grade %.1f, at most %d may be", name, got, mostGrade)
		}
	}
	if hard := grade("Administration of intramuscular naloxone necessitates immediate consideration of contraindicated circumstances."); hard <= mostGrade {
		t.Errorf("a hard sentence is of grade %.1f", hard)
	}
}
