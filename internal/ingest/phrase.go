package ingest

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// A phrase is some words to look for, and what they mean.
type phrase struct {
	words   []byte // in lower case
	meaning string
}

// supplyWords are the words that sources use for supplies, of
// reference/record-schema.md 3.1 and the texts that were read. `contains =
// "supplies"` in a mapping means them.
var supplyWords = map[string]string{
	"narcan nasal spray": "naloxone_nasal", "naloxone nasal spray": "naloxone_nasal", "nasal spray naloxone": "naloxone_nasal", "nasal naloxone": "naloxone_nasal",
	"4 mg narcan": "naloxone_nasal_4mg", "narcan 4 mg": "naloxone_nasal_4mg", "4mg narcan": "naloxone_nasal_4mg", "narcan 4mg": "naloxone_nasal_4mg",
	"kloxxado": "naloxone_nasal_8mg", "nyxoid": "naloxone_nasal", "prenoxad": "naloxone_im", "nalmefene": "nalmefene", "opvee": "nalmefene",
	"intramuscular naloxone": "naloxone_im", "injectable naloxone": "naloxone_im", "im naloxone": "naloxone_im", "naloxone vial": "naloxone_im",
	"narcan": "naloxone", "naloxone": "naloxone", "thn": "naloxone",
	"fts": "fentanyl_test_strips", "fentanyl test strip": "fentanyl_test_strips", "fentanyl testing strip": "fentanyl_test_strips", "fentanyl strip": "fentanyl_test_strips", "fentanyl test": "fentanyl_test_strips",
	"fentanyl and xylazine test strip":         "fentanyl_test_strips;xylazine_test_strips",
	"fentanyl and xylazine testing strip":      "fentanyl_test_strips;xylazine_test_strips",
	"fentanyl and xylazine drug testing strip": "fentanyl_test_strips;xylazine_test_strips",
	"xylazine test strip":                      "xylazine_test_strips", "xylazine testing strip": "xylazine_test_strips", "xylazine strip": "xylazine_test_strips", "tranq strip": "xylazine_test_strips",
	"medetomidine test strip": "medetomidine_test_strips", "medetomidine strip": "medetomidine_test_strips",
	"nitazene test strip": "benzo_nitazene_test_strips", "benzo test strip": "benzo_nitazene_test_strips",
	"drug checking":    "drug_checking",
	"syringe disposal": "syringe_disposal", "sharps container": "syringe_disposal", "sharps disposal": "syringe_disposal", "needle disposal": "syringe_disposal",
	"syringe": "syringes", "needle": "syringes", "works": "syringes",
	"injection kit": "injection_kit", "safer injection kit": "injection_kit", "smoking kit": "smoking_kit", "safer smoking": "smoking_kit", "snorting kit": "snorting_kit", "sniffing kit": "snorting_kit",
	"wound care": "wound_care", "condom": "condoms", "safer sex": "condoms", "hygiene kit": "hygiene_kit", "hygiene supplies": "hygiene_kit", "menstrual": "menstrual", "tampon": "menstrual",
	"hiv test": "hiv_hcv_test", "hepatitis c test": "hiv_hcv_test", "covid test": "covid_test", "covid-19 test": "covid_test",
	"rescue mask": "rescue_mask", "breathing mask": "rescue_mask", "drug deactivation": "drug_deactivation_bag",
}

// phrases makes a table of words ready to be looked for: the longest first, so
// that "fentanyl test strip" is found before a shorter word within it.
func phrases(table map[string]string) []phrase {
	var all []phrase
	for words, meaning := range table {
		if words = tableKey(words); words != "" {
			all = append(all, phrase{[]byte(words), meaning})
		}
	}
	slices.SortFunc(all, func(a, b phrase) int {
		return cmp.Or(cmp.Compare(len(b.words), len(a.words)), bytes.Compare(a.words, b.words))
	})
	return all
}

// find gives the meanings of the phrases that a text holds: every one for a
// list, else that of the longest. Words that have been read are not read twice,
// and words that the text denies ("no syringes") are not found.
func find(text string, all []phrase, list bool) string {
	lower := []byte(tableKey(text))
	var found []string
	for _, p := range all {
		for at := 0; ; {
			next := bytes.Index(lower[at:], p.words)
			if next < 0 {
				break
			}
			start := at + next
			at = start + len(p.words)
			if !bounded(lower, start, at, p.words) || denied(lower[:start]) {
				continue
			}
			if !list {
				return p.meaning
			}
			if !slices.Contains(found, p.meaning) {
				found = append(found, p.meaning)
			}
			for i := start; i < at; i++ {
				lower[i] = '\x01'
			}
		}
	}
	return strings.Join(found, ";")
}

// bounded says whether words stand alone: no letter touches them but the s of
// the plural.
func bounded(text []byte, start, end int, words []byte) bool {
	if letter(words[0]) && start > 0 && letter(text[start-1]) {
		return false
	}
	if !letter(words[len(words)-1]) || end >= len(text) || !letter(text[end]) {
		return true
	}
	return text[end] == 's' && (end+1 >= len(text) || !letter(text[end+1]))
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }

// denials are the words that turn what follows in their sentence into its opposite.
var denials = []string{"no", "not", "never", "without", "except", "don't", "doesn't", "won't", "can't", "cannot"}

// denied looks for a denial between the beginning of the sentence and its end.
func denied(before []byte) bool {
	sentence := string(before)
	if at := strings.LastIndexAny(sentence, ".;!?"); at >= 0 {
		sentence = sentence[at+1:]
	}
	for word := range strings.FieldsFuncSeq(sentence, func(r rune) bool { return r == ' ' || r == ',' || r == ':' || r == '(' }) {
		if slices.Contains(denials, word) {
			return true
		}
	}
	return false
}
