package ingest

import (
	"slices"
	"strings"
	"unicode"

	"carrypoint/internal/site"
)

// What must never be kept, and who is not to be sent where. A rule here that is
// too strict leaves a public place out, and a steward sees why; one that is too
// loose sends a stranger to somebody's home.

// wordsOf cuts a text into words in lower case: letters, digits and inner
// apostrophes. Marks that codes are written with stay as words of their own.
func wordsOf(text string) []string {
	var all []string
	start := -1
	lower := strings.ToLower(text)
	for i, r := range lower {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’' {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			all = append(all, lower[start:i])
			start = -1
		}
		if r == '#' || r == ':' || r == '*' {
			all = append(all, string(r))
		}
	}
	if start >= 0 {
		all = append(all, lower[start:])
	}
	return all
}

// hints are words and the beginnings of words to look for, by their first letter.
type hints [26][]string

func hintsOf(lists ...[]string) *hints {
	var h hints
	for _, word := range slices.Concat(lists...) {
		h[word[0]-'a'] = append(h[word[0]-'a'], word)
	}
	return &h
}

// in says whether one of the hints begins at the beginning of a word of the
// text, whatever its case. It makes nothing: it looks at every field of a
// million rows.
func (h *hints) in(text string) bool {
	inside := false
	for i := range len(text) {
		c := text[i] | 0x20
		if c < 'a' || c > 'z' {
			inside = false
			continue
		}
		if !inside {
			for _, hint := range h[c-'a'] {
				if i+len(hint) <= len(text) && strings.EqualFold(text[i:i+len(hint)], hint) {
					return true
				}
			}
		}
		inside = true
	}
	return false
}

// lettered says whether a text has a letter at all: coordinates, codes of
// places and numbers of phones have none.
func lettered(text string) bool {
	for i := range len(text) {
		if c := text[i] | 0x20; c >= 'a' && c <= 'z' {
			return true
		}
	}
	return false
}

// holds says whether a text has some words in it, whatever their case, without
// making a copy of it. Words are given in lower case ASCII.
func holds(text, words string) bool {
	for i := 0; i+len(words) <= len(text); i++ {
		if text[i]|0x20 == words[0]|0x20 && strings.EqualFold(text[i:i+len(words)], words) {
			return true
		}
	}
	return false
}

// codeHints are what a text with an entry code has in it; most texts have none.
var codeHints = hintsOf([]string{"code", "passcode", "keycode", "doorcode", "pin", "card", "keycard", "combination", "combo", "keypad", "lockbox", "lock box"})

// The words that "code" stands beside: a code of another kind, the code of a
// door, and what is done with it.
var (
	harmlessCodes = []string{"zip", "postal", "post", "area", "qr", "bar", "dress", "promo", "discount", "coupon", "country", "color", "colour", "billing", "cpt", "fips", "tax", "county", "state", "voucher", "mail", "routing", "stop"}
	doorCodes     = []string{"entry", "entrance", "door", "gate", "lock", "box", "key", "keypad", "cabinet", "alarm", "security", "elevator"}
	codeUses      = hintsOf([]string{"for entry", "to enter", "to open", "for the door", "for the box", "to unlock"})
)

// entryCode says whether a text may hold the code of a door or a box, or tells
// of a card that one must have. "Needs a code: enroll by phone" holds none.
func entryCode(text string) bool {
	if len(text) < 4 || !codeHints.in(text) {
		return false
	}
	words := wordsOf(text)
	for i, word := range words {
		before := value(words, i-1)
		switch word {
		case "code", "codes", "passcode", "keycode", "doorcode":
			switch {
			case slices.Contains(harmlessCodes, before):
			case slices.Contains(doorCodes, before), word == "doorcode", secretFollows(words[i+1:], 6):
				return true
			case codeUses.in(text):
				return true
			}
		case "pin", "pins", "combination", "combo", "keypad", "lockbox":
			if secretFollows(words[i+1:], 2) {
				return true
			}
		case "box":
			if before == "lock" && secretFollows(words[i+1:], 2) {
				return true
			}
		case "card":
			if slices.Contains([]string{"elevator", "key", "swipe"}, before) {
				return true
			}
		case "keycard":
			return true
		}
	}
	return false
}

// secretFollows says whether what stands behind a word like "code" is one: "is
// 1234", ": 12#", "number 77", "for the machine: 4711". Near is in how many
// words a code still belongs to the word.
func secretFollows(after []string, near int) bool {
	for i, word := range after[:min(len(after), near)] {
		if i == 0 && word == "is" {
			return true
		}
		if dialled(after[i:]) {
			return false
		}
		if looksSecret(word) || numeric(word) && i <= 1 {
			return true
		}
	}
	return false
}

// dialled says whether a phone number begins here: "555 555 0123".
func dialled(words []string) bool {
	return len(words) >= 3 && numeric(words[0]) && len(words[0]) == 3 && numeric(words[1]) && len(words[1]) == 3 && numeric(words[2]) && len(words[2]) == 4
}

// looksSecret says whether a word looks like a code: digits, or letters with
// digits; not a time or an ordinal.
func looksSecret(word string) bool {
	if len(word) < 3 || !strings.ContainsAny(word, "0123456789") {
		return false
	}
	rest := strings.TrimLeft(word, "0123456789")
	return !slices.Contains([]string{"am", "pm", "a", "p", "st", "nd", "rd", "th", "mg"}, rest)
}

func numeric(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// secretHeader says whether a column holds entry codes by its name.
func secretHeader(name string) bool {
	words := wordsOf(name)
	for i, word := range words {
		if word == "passcode" || word == "keycode" || word == "pin" && len(words) <= 2 && !slices.Contains(words, "map") {
			return true
		}
		if word == "code" && i > 0 && slices.Contains([]string{"entry", "door", "access", "gate", "box", "lock", "cabinet", "key", "security", "pin", "alarm"}, words[i-1]) {
			return true
		}
	}
	return false
}

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

// homes are names of places where people live.
var homes = hintsOf([]string{"oxford house", "sober home", "sober house", "sober living", "sober residence", "recovery residence", "recovery house", "halfway house", "private residence", "private home", "group home", "transitional living", "safe house", "domestic violence shelter"})

// homeRooms are access points of a home and of nothing else.
var homeRooms = []string{"kitchen", "living room", "dining room", "bedroom", "master bedroom", "family room", "laundry room", "basement", "garage", "den", "pantry", "kitchen cabinet", "bathroom cabinet"}

// closed are words of places that the public may not enter.
var closed = hintsOf([]string{"employees only", "employee only", "staff only", "staff use only", "authorized personnel", "not open to the public", "not open to public", "not accessible to the public", "not publicly accessible", "not available to the public", "students only", "tenants only", "private property", "staff lounge", "staff room", "break room", "staff parking only"})

// prisons and courts hold people; a stranger does not walk in.
var prisons = newWords("prison", "jail", "correctional", "corrections", "detention", "penitentiary", "inmate")
var probation = newWords("probation", "parole")

// schoolWords are those of schools for children.
var schoolWords = newWords("school", "schools", "elementary", "kindergarten", "preschool")

var nurses = newWords("nurse", "nurse's", "nurse’s", "nurses")

// A reason is why a row is not for the public.
type reason struct {
	code string
	in   column
	text string
}

// notPublic judges whether a row may be shown. The words of the row are never
// part of what is said: a home must not stand in a log.
func notPublic(r *row, s *site.Site) (reason, bool) {
	if s.PublicAccess == site.No {
		return reason{"not_public", colPublicAccess, "its source says that it is not open to the public"}, true
	}
	if s.Type == site.PrivateResidence {
		return reason{"private", colType, "it is a private home"}, true
	}
	if s.Type == site.Correctional {
		return reason{"not_public", colType, "it is a prison"}, true
	}
	name := r.get(colName)
	if len(name)+len(s.AccessPoint)+len(s.Notes)+len(s.Organization) == 0 {
		return reason{}, false
	}
	for _, c := range []column{colName, colAccessPoint} {
		if homes.in(r.get(c)) {
			return reason{"private", c, "it reads like a place where people live"}, true
		}
	}
	for piece := range strings.SplitSeq(s.AccessPoint, ";") {
		words := strings.TrimLeft(strings.ToLower(piece), " 0123456789:.-")
		if slices.Contains(homeRooms, strings.TrimSpace(strings.TrimPrefix(words, "the "))) {
			return reason{"private", colAccessPoint, "it is in a room of a home or of its staff"}, true
		}
	}
	if prisons.in(name) || correctionsFacility(name) {
		return reason{"not_public", colName, "it reads like a prison"}, true
	}
	if probation.in(name) || strings.HasPrefix(name, "P&P ") {
		return reason{"not_public", colName, "it reads like a probation or parole office"}, true
	}
	for _, c := range []column{colName, colAccessPoint, colNotes, colEligibility} {
		if closed.in(r.get(c)) {
			return reason{"not_public", c, "its words say that the public may not go there"}, true
		}
	}
	if nurses.in(s.AccessPoint) {
		return reason{"not_public", colAccessPoint, "it is in a nurse's room"}, true
	}
	for _, c := range []column{colAccessPoint, colNotes} {
		if inRoom(r.get(c)) {
			return reason{"not_public", c, "it is in a numbered room"}, true
		}
	}
	if s.PublicAccess != site.Yes && school(name) {
		return reason{"not_public", colName, "it reads like a school for children, and its source does not say that the public may go in"}, true
	}
	return reason{}, false
}

// correctionsFacility finds "DOC Women's Facility": a department of corrections.
func correctionsFacility(name string) bool {
	return strings.HasPrefix(name, "DOC ") && holds(name, "facility")
}

// words are whole words to look for.
type words struct {
	hints *hints
	all   []string
}

func newWords(all ...string) words { return words{hintsOf(all), all} }

// in says whether a text has one of the words.
func (w words) in(text string) bool {
	return w.hints.in(text) && slices.ContainsFunc(wordsOf(text), w.has)
}

func (w words) has(word string) bool { return slices.Contains(w.all, word) }

// school says whether a name is that of a school for children: not "School of
// Business", not a shop in School Street.
func school(name string) bool {
	if !schoolWords.hints.in(name) {
		return false
	}
	words := wordsOf(name)
	for i, word := range words {
		if !schoolWords.has(word) {
			continue
		}
		if slices.Contains([]string{"of", "street", "st", "road", "rd", "avenue", "ave", "lane", "for"}, value(words, i+1)) && word == "school" {
			continue
		}
		if slices.Contains([]string{"driving", "old", "law", "graduate", "nursing", "beauty"}, value(words, i-1)) && i == 1 {
			continue
		}
		return true
	}
	return false
}

// inRoom finds "in room 190": a way in that only guests and staff have.
// "Beside room 14" is a hallway.
func inRoom(text string) bool {
	if !holds(text, "room") {
		return false
	}
	words := wordsOf(text)
	for i, word := range words {
		if word == "room" && numeric(value(words, i+1)) && (i == 0 || value(words, i-1) == "in" || value(words, i-1) == "inside") {
			return true
		}
	}
	return false
}
