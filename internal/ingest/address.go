package ingest

import (
	"slices"
	"strings"
	"unicode"

	"carrypoint/internal/site"
)

// splitAddress cuts a one-string address into its parts: "330 Powell Ave,
// Newburgh, NY 12550", and the same without a state or without a comma before
// the town. What it can't tell apart stays in the street.
func splitAddress(text string, regions map[string]string) site.Address {
	parts := strings.Split(text, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	var a site.Address
	at := len(parts) - 1
	for i := len(parts) - 1; i >= 0; i-- {
		if rest, code := trailingPostcode(parts[i]); code != "" {
			at, parts[i], a.PostalCode = i, rest, code
			break
		}
	}
	if at < 0 {
		return a
	}
	if at > 0 || a.PostalCode != "" {
		parts[at], a.Region = trailingRegion(parts[at], regions) // "845 Example Road NE" is not in Nebraska
	}
	if parts[at] == "" {
		parts = slices.Delete(parts, at, at+1)
		at--
	}
	if at > 0 && !startsWithNumber(parts[at]) && !partOfBuilding(parts[at]) {
		a.City = strings.TrimRight(parts[at], ". ")
		parts = slices.Delete(parts, at, at+1)
	}
	a.Street = strings.Join(parts, ", ")
	if before, town, ok := cutLast(a.Street, " in "); a.City == "" && ok && startsWithNumber(a.Street) && !strings.ContainsAny(town, "0123456789") {
		a.Street, a.City = before, town
	}
	return a
}

func cutLast(text, at string) (before, after string, ok bool) {
	i := strings.LastIndex(text, at)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(at):], true
}

func startsWithNumber(text string) bool { return text != "" && text[0] >= '0' && text[0] <= '9' }

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return strings.ToLower(strings.Trim(word, ".#"))
}

// trailingPostcode takes a ZIP, a ZIP+4 or a Canadian postal code off the end. A
// text that is nothing but a number is a ZIP too; one that begins with five
// digits is a house number.
func trailingPostcode(text string) (rest, code string) {
	if n := len(text); n >= 7 && canadian(text[n-7:]) {
		return strings.TrimSpace(text[:n-7]), text[n-7:]
	}
	at := strings.LastIndexByte(text, ' ') + 1
	word := text[at:]
	five, four, more := strings.Cut(word, "-")
	if len(five) != 5 || !numeric(five) || more && (len(four) != 4 || !numeric(four)) {
		return text, ""
	}
	return strings.TrimSpace(text[:at]), word
}

// canadian says whether a text has the form "A1A 1A1" or "A1A1A1".
func canadian(text string) bool {
	text = strings.ReplaceAll(text, " ", "")
	if len(text) != 6 {
		return false
	}
	for i := range len(text) {
		isLetter := unicode.IsLetter(rune(text[i])) && text[i] < 0x80
		isDigit := text[i] >= '0' && text[i] <= '9'
		if i%2 == 0 && !isLetter || i%2 == 1 && !isDigit {
			return false
		}
	}
	return true
}

// trailingRegion takes a state off the end: "Union, MO", "Durham NC", "Ohio".
func trailingRegion(text string, regions map[string]string) (rest, region string) {
	if code, ok := regions[strings.ToLower(strings.Trim(text, "."))]; ok && !strings.EqualFold(text, "new york") && !strings.EqualFold(text, "washington") {
		return "", code
	}
	at := strings.LastIndexByte(text, ' ') + 1
	word := text[at:]
	code, ok := regions[strings.ToLower(strings.ReplaceAll(word, ".", ""))]
	if !ok || at == 0 || len(code) == len(word) && strings.ToUpper(word) != word {
		return text, ""
	}
	return strings.TrimSpace(text[:at]), code
}

// units are the words that part of a building begins with.
var units = []string{"suite", "suites", "ste", "unit", "apt", "apartment", "room", "rm", "bldg", "building", "floor", "fl", "flr", "lobby", "level", "lower", "upper", "main", "office", "store", "space", "spc", "lot", "trailer", "trlr", "pmb", "box"}

func unitWord(word string) bool { return slices.Contains(units, word) }

// partOfBuilding says whether a part of an address is within the building:
// "Suite 5", "Main Level"; "Upper Sandusky" is a town.
func partOfBuilding(text string) bool {
	words := wordsOf(text)
	return slices.Contains([]string{"suite", "suites", "ste", "unit", "apt", "apartment", "room", "rm", "bldg", "building", "lobby"}, value(words, 0)) ||
		slices.Contains(words, "floor") || slices.Contains(words, "level")
}

// unitFirst turns an address that begins with a unit round: "101 1160 Burrard
// Street" and "100-32500 South Fraser Way" in Canada, "Suite 5, 12 Main St"
// anywhere. A hyphen in a house number of the United States is part of it.
func unitFirst(street, country string) (string, bool) {
	if country == "CA" {
		end := strings.IndexFunc(street, func(r rune) bool { return r == ' ' || r == '-' || r == '–' || r == '—' })
		if end > 0 && numeric(strings.TrimPrefix(strings.TrimRight(street[:end], "ABCDEFabcdef"), "#")) {
			rest := strings.TrimLeft(street[end:], " -–—")
			number, road, ok := strings.Cut(rest, " ")
			if ok && numeric(strings.TrimRight(number, "ABCDEFabcdef")) && road != "" && !numeric(road) {
				return rest + ", Unit " + strings.TrimPrefix(street[:end], "#"), true
			}
		}
	}
	first, rest, ok := strings.Cut(street, ",")
	rest = strings.TrimSpace(rest)
	word := firstWord(first)
	if ok && startsWithNumber(rest) && (strings.HasPrefix(first, "#") || slices.Contains([]string{"suite", "ste", "unit", "apt", "room", "rm"}, word)) {
		return rest + ", " + first, true
	}
	return street, false
}

// A hash of a text as people write it in several ways. It is FNV-1a, which is
// quick on short texts; equal addresses meet, and a steward looks at each pair.
type hash uint64

const (
	hashStart hash = 14695981039346656037
	hashPrime hash = 1099511628211
)

func (h hash) byte(c byte) hash { return (h ^ hash(c)) * hashPrime }

// words adds the letters and digits of a text in lower case, its words parted.
func (h hash) words(text string) hash {
	gap := true
	for i := range len(text) {
		c := text[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if !letter(c) {
			gap = true
			continue
		}
		if gap {
			h = h.byte(' ')
			gap = false
		}
		h = h.byte(c)
	}
	return h.byte('|')
}

// words of streets and their short forms.
var shortForms = map[string]string{
	"street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd", "lane": "ln", "highway": "hwy", "parkway": "pkwy",
	"place": "pl", "court": "ct", "square": "sq", "terrace": "terr", "ter": "terr", "turnpike": "tpke", "route": "rt", "rte": "rt", "circle": "cir", "trail": "trl", "expressway": "expy",
	"north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw",
	"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
	"saint": "st", "mount": "mt", "fort": "ft",
}

// addressHash is the same for the same door written differently: case, marks,
// short forms, the letter behind a house number, and everything from a suite or
// a floor on are left out. It is 0 for an address without a house number.
func addressHash(street, city string) hash {
	line := doorLine(street)
	if line == "" {
		return 0
	}
	d := doorHash{sum: hashStart}
	for i := range len(line) {
		c := line[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		switch {
		case c == '#' || c == '(' || c == '-' && i > 0 && line[i-1] == ' ':
			d.end()
			return d.sum.words(city)
		case c == '.' || c == '\'':
		case letter(c) && d.length < len(d.word):
			d.word[d.length] = c
			d.length++
		case !d.end():
			return d.sum.words(city)
		}
	}
	d.end()
	return d.sum.words(city)
}

// A doorHash is the hash of an address, word by word.
type doorHash struct {
	sum, before hash // before is the sum without the last word
	count       int
	word        [40]byte
	length      int
}

// end adds the word; it is false where the words of a part of the building begin.
func (d *doorHash) end() bool {
	word := d.word[:d.length]
	d.length = 0
	if len(word) == 0 {
		return true
	}
	if d.count > 1 && unitWord(string(word)) {
		if string(word) == "floor" || string(word) == "fl" || string(word) == "flr" {
			d.sum = d.before // "8th floor"
		}
		return false
	}
	d.before = d.sum
	if d.count == 0 && len(word) > 1 && word[len(word)-1] >= 'a' && word[len(word)-2] <= '9' {
		word = word[:len(word)-1] // "104B"
	}
	d.count++
	if short, ok := shortForms[string(word)]; ok {
		word = append(word[:0], short...)
	}
	for _, c := range word {
		d.sum = d.sum.byte(c)
	}
	d.sum = d.sum.byte('|')
	return true
}

// doorLine is the part of a street address that has the house number.
func doorLine(street string) string {
	for part := range strings.SplitSeq(street, ",") {
		part = strings.TrimSpace(part)
		if startsWithNumber(part) && strings.ContainsRune(part, ' ') {
			return part
		}
	}
	return ""
}
