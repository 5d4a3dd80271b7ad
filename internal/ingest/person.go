package ingest

import (
	"slices"
	"strings"
	"unicode"
)

// roles are whom one may be told to ask for without a person being named.
var roles = []string{"a", "an", "the", "any", "front", "staff", "security", "nurse", "pharmacist", "manager", "reception", "receptionist",
	"narcan", "naloxone", "narcan®", "harm", "help", "assistance", "information", "supplies", "fentanyl", "test", "kit", "kits", "free", "charge", "someone", "anyone", "our", "your", "librarian", "librarians", "id", "desk", "clerk", "details", "directions", "access", "it", "one", "more", "circulation", "guard", "nursing", "public", "health", "officer", "dispatcher", "dispatch", "host", "cashier"}

// leads are the words behind which a person is named.
var leads = []string{"ask for", "attn:", "attention:", "c/o", "contact", "speak with", "speak to", "see"}

var leadHints = hintsOf(leads)

// namesPerson finds "ask for Maria" and "contact Maria Example": the names of
// staff are never kept. It is careful: a word with a capital that is no role.
func namesPerson(text string) bool {
	if len(text) < 6 || !leadHints.in(text) {
		return false
	}
	for _, lead := range leads {
		for from := 0; ; {
			at := indexFold(text[from:], lead)
			if at < 0 {
				break
			}
			start := from + at
			from = start + len(lead)
			if start > 0 && letter(text[start-1]|0x20) || from < len(text) && letter(text[from]|0x20) {
				continue
			}
			needed := 2
			if lead == "ask for" {
				needed = 1
			}
			if capitals(text[from:]) >= needed {
				return true
			}
		}
	}
	return false
}

// capitals counts the words at the beginning that look like parts of a name:
// "Maria", "Example", "J."; not "JCDH", and no role.
func capitals(text string) int {
	n := 0
	for word := range strings.FieldsSeq(strings.TrimLeft(text, " :-")) {
		ends := strings.ContainsAny(word[len(word)-1:], ",;.:)")
		word = strings.Trim(word, ",;.:()")
		first := []rune(word)
		if len(first) == 0 || !unicode.IsUpper(first[0]) || slices.Contains(roles, strings.ToLower(word)) || slices.Contains(organisationWords, strings.ToLower(word)) {
			return n
		}
		if len(first) > 1 && strings.ToUpper(word) == word {
			return n
		}
		if n++; ends {
			return n
		}
	}
	return n
}

func indexFold(text, words string) int {
	for i := 0; i+len(words) <= len(text); i++ {
		if text[i]|0x20 == words[0]|0x20 && strings.EqualFold(text[i:i+len(words)], words) {
			return i
		}
	}
	return -1
}

// credentials stand behind the name of a practitioner.
var credentials = []string{"md", "do", "np", "pa", "pa-c", "fnp", "fnp-bc", "fnp-c", "pnp", "anp", "crnp", "aprn", "arnp", "rn", "lpn", "dds", "dmd", "dpm", "dvm", "vmd", "od", "phd", "psyd", "rph", "pharmd", "lcsw", "cnm", "mbbs", "facp"}

// organisationWords say that a name is not that of a person.
var organisationWords = []string{"clinic", "clinics", "center", "centre", "centers", "pharmacy", "pharmacies", "drug", "drugs", "hospital", "health", "healthcare", "medical", "medicine", "llc", "inc", "corp", "pc", "pllc", "llp", "lp", "associates", "group", "services", "service", "department", "dept", "office", "offices", "practice", "care", "school", "college", "university", "library", "room", "hall", "building", "institute", "foundation", "house", "home", "program", "programme", "project", "community", "county", "city", "town", "village", "store", "market", "rx", "apothecary", "surgery", "dental", "park", "church", "company", "co", "ltd", "partners", "wellness", "recovery", "treatment", "society", "association", "network", "police", "fire", "station", "international", "pediatrics", "family", "dr", "blvd", "street", "st", "avenue", "ave", "road", "rd", "drive", "memorial", "elementary", "middle", "high", "tower", "plaza", "mall"}

// practitioner says whether the name of a site is that of a person: "Maria
// Example, MD", "DR. MARIA EXAMPLE". In Maryland "Silver Spring MD" is a town.
func practitioner(name, region string) bool {
	if !strings.ContainsAny(name, " ") || len(name) > 60 {
		return false
	}
	titled := holds(name[:min(len(name), 4)], "dr ") || holds(name[:min(len(name), 4)], "dr.")
	last := strings.ToLower(name[strings.LastIndexAny(name, " ,")+1:])
	if strings.EqualFold(last, region) && !titled {
		return false
	}
	last = strings.ReplaceAll(last, ".", "")
	if !titled && !slices.Contains(credentials, last) {
		return false
	}
	words := wordsOf(name)
	if titled {
		words = words[1:]
	}
	return len(words) >= 2 && len(words) <= 6 && !slices.ContainsFunc(words, func(word string) bool {
		return slices.Contains(organisationWords, word) || numeric(word) || word == "#"
	})
}
