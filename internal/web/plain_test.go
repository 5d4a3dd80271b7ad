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
var stigma = regexp.MustCompile(`(?i)\b(addicts?|addicted|abus(e|er|ers|ed|ing|ive)|junk(ie|ies|y)|clean|dirty|habits?|victims?|hot-?spots?|drug-infested|enabl(e|es|ing|er)|opiates?|drug users?|alcoholics?|relaps(e|ed|ing))\b`)

// englishTexts are all texts of the site in English, by where they stand: the
// words, and what the law and the lines hold themselves.
func englishTexts(t *testing.T) map[string]string {
	t.Helper()
	content, err := os.ReadFile("../../data/words/en.json")
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
			all["law "+name+" "+string(topic)] = strings.Join([]string{r.Text["en"], r.Who["en"], r.What["en"], r.WhatNot["en"]}, " ")
		}
		for i, note := range place.Notes {
			all["law "+name+" note "+string(rune('1'+i))] = note.Text["en"]
		}
	}
	for _, line := range book.Lines.All {
		all["hours of "+line.Key] = line.Hours["en"]
	}
	return all
}

func TestNoTextMakesAPersonTheirDrug(t *testing.T) {
	texts := englishTexts(t)
	if len(texts) < 500 {
		t.Fatalf("there are only %d texts", len(texts))
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		if found := stigma.FindString(texts[key]); found != "" {
			t.Errorf("%s says %q: %s", key, found, texts[key])
		}
	}
	for text, wrong := range map[string]bool{
		"for drug users": true, "A clean strip": true, "substance abuse": true, "Victims of overdose": true,
		"people who use drugs": false, "SAMHSA National Helpline": false, "The test found fentanyl": false,
	} {
		if stigma.MatchString(text) != wrong {
			t.Errorf("%q: %v", text, !wrong)
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
