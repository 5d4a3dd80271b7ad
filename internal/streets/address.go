package streets

import "strings"

// An Address is where a place says that it is.
type Address struct {
	Street     string // as people write it: "15 east main st apt 4"
	City       string
	Region     string // the postal code of the state or province: "MT"
	PostalCode string // "59645", "59645-1234", "V6Z 2E1"
	Country    string // ISO 3166-1 alpha-2: "US"; "" where not known
}

// maxStreetLetters is more than any address has. What is longer is not read.
const maxStreetLetters = 200

// A reading is one way to understand the text of a street.
type reading struct {
	name    name
	numbers []number // the house numbers: none, one, or several that are given together
	first   *number  // what a hyphen in the house number joins, if it does: "400-4567" is 4567 Lougheed Highway,
	second  *number  // unit 400; or it is a row of houses; or one number of Queens
}

// parts gives what stands between the commas of a text, and of each part the ways in which it may be meant,
// likeliest first. If one has a house number, the others are names of houses and towns.
func parts(text string) [][]reading {
	if len(text) > maxStreetLetters {
		return nil
	}
	var numbered, others [][]reading
	var number []string // one that stands alone, as in French: "51, rue Principale"
	for part := range strings.SplitSeq(fold(text), ",") {
		words := append(number, strings.Fields(strings.ReplaceAll(part, " - ", "-"))...)
		if number = nil; len(words) == 1 && isNumber(words[0]) {
			number = words
			continue
		}
		words = withoutUnit(words)
		switch leads := leadsOf(words); {
		case len(words) == 0 || isBox(words):
		case len(leads) > 0:
			numbered = append(numbered, readingsOf(words, leads))
		default:
			others = append(others, readingsOf(words, nil))
		}
	}
	if len(numbered) > 0 {
		return numbered
	}
	return others
}

// readingsOf reads the words between two commas.
func readingsOf(words []string, leads []lead) []reading {
	var all []reading
	add := func(r reading, words []string) {
		for _, words := range [][]string{words, withoutLooseUnit(words)} {
			if len(words) > 0 {
				r.name = nameOf(strings.Fields(signs.Replace(strings.Join(words, " "))))
				all = append(all, r)
			}
		}
	}
	for _, l := range leads {
		add(l.reading, words[l.words:])
	}
	add(reading{}, words)
	return all
}

// isBox reports whether words are a box at a post office, which stands on no street.
func isBox(words []string) bool {
	text := strings.Join(words, " ")
	return strings.HasPrefix(text, "po box") || strings.HasPrefix(text, "p o box") || strings.HasPrefix(text, "box ")
}

// A lead is the beginning of an address: its house numbers, and how many words they take.
type lead struct {
	reading
	words int
}

// leadsOf reads the house number at the beginning of an address in every way that it may be meant.
func leadsOf(words []string) []lead {
	if len(words) < 2 {
		return nil
	}
	if n, ok := countings[words[0]]; ok {
		return []lead{{reading{numbers: []number{{n: n}}}, 1}}
	}
	x, ok := parseNumber(words[0])
	if !ok {
		return nil
	}
	all := []lead{{withHyphen(x, words[0]), 1}}
	if y, ok := parseNumber(words[0] + " " + words[1]); ok && fractions[words[1]] {
		return []lead{{reading{numbers: []number{y}}, 2}}
	}
	if len(words) < 3 {
		return all
	}
	if words[1] == "&" || words[1] == "and" {
		return append(listed(words), all...)
	}
	if y, ok := parseNumber(words[1]); ok && hasDigitFirst(words[1]) {
		all = append(all, lead{withHyphen(y, words[1]), 2}) // "101 1160 Burrard Street": the unit first
	}
	if y, ok := parseNumber(words[0] + words[1]); ok && len(words[1]) <= maxNumberLetters && isGrid(words[0]) && isGrid(words[1]) {
		all = append(all, lead{reading{numbers: []number{y}}, 2}) // "N6 W23001"
	}
	if len(words[1]) == 1 && isLetter(words[1][0]) && x.tail == "" {
		x.tail = words[1]
		all = append(all, lead{reading{numbers: []number{x}}, 2}) // "123 A Main Street"
	}
	return all
}

func isNumber(word string) bool {
	_, ok := parseNumber(word)
	return ok && hasDigitFirst(word)
}

func hasDigitFirst(word string) bool { return isDigit(word[0]) }

// isGrid reports whether a word is half a house number of a grid: a direction and a number.
func isGrid(word string) bool {
	return len(word) > 1 && strings.ContainsRune("nsew", rune(word[0])) && allDigits(word[1:])
}

// withHyphen is the reading of one house number, with what its hyphen joins.
func withHyphen(x number, word string) reading {
	r := reading{numbers: []number{x}}
	before, after, ok := strings.Cut(word, "-")
	if !ok {
		return r
	}
	first, okFirst := parseNumber(before)
	second, okSecond := parseNumber(after)
	if okSecond && hasDigitFirst(after) {
		r.second = &second
	}
	if okFirst && hasDigitFirst(before) {
		r.first = &first
	}
	return r
}

// listed reads "154 & 164 Delaine Street".
func listed(words []string) []lead {
	var h lead
	for h.words+1 < len(words) {
		x, ok := parseNumber(words[h.words])
		if !ok || !hasDigitFirst(words[h.words]) {
			break
		}
		h.numbers = append(h.numbers, x)
		h.words++
		if words[h.words] != "&" && words[h.words] != "and" {
			return []lead{h}
		}
		h.words++
	}
	return nil
}

// withoutUnit cuts the part of an address within its house, at its end or at its beginning.
func withoutUnit(words []string) []string {
	for i := 2; i < len(words); i++ {
		named := endsStreet(words[:i]) && !endsStreet(words) // "… Rd Bldg West", but not "Old Mill Lot Rd"
		if units[words[i]] && (words[i] == "#" || named || i+1 < len(words) && isUnit(words[i+1])) {
			return withoutUnit(words[:i]) // "… apt 4 rear"
		}
	}
	if last := len(words) - 1; last > 2 && unitsAlone[words[last]] {
		end := last
		if withoutEnding(words[last-1]) != words[last-1] && (words[last] == "floor" || words[last] == "fl") {
			end-- // "2nd floor"
		}
		return withoutUnit(words[:end])
	}
	if len(words) > 2 && units[words[0]] && isUnit(words[1]) {
		if hasDigitFirst(words[2]) {
			return words[2:]
		}
		return words[1:] // "unit 5-123 Main Street"
	}
	return words
}

// endsStreet reports whether words end as the names of streets do: with a kind, and a direction or none.
func endsStreet(words []string) bool {
	last := len(words) - 1
	if last > 1 && directions[words[last]] != "" {
		last--
	}
	return last > 1 && typesBehind[words[last]] != ""
}

// isUnit reports whether a word can number a unit: it has a digit, or is a letter or two ("ab", but not "rd").
func isUnit(word string) bool {
	return len(word) == 1 || len(word) == 2 && !isKind(word) && directions[word] == "" || strings.ContainsAny(word, "0123456789")
}

// maxLooseUnit is how many words a unit has that no word announces: "123 Main Street 4 B".
const maxLooseUnit = 2

// withoutLooseUnit cuts what stands behind the kind of a street and its direction, if it looks like a unit. It
// gives nothing if nothing is cut.
func withoutLooseUnit(words []string) []string {
	for i := len(words) - 2; i > 0 && i >= len(words)-1-maxLooseUnit-1; i-- {
		kind := typesBehind[words[i]]
		if kind == "" {
			continue
		}
		end := i + 1
		if isDigit(words[end][0]) && (kind == "road" || kind == "highway" || kind == "route") {
			return nil // "Old State Road 9" is no unit of Old State Road
		}
		if directions[words[end]] != "" {
			end++
		}
		for _, word := range words[end:] {
			if !isUnit(word) {
				return nil
			}
		}
		if end < len(words) && len(words)-end <= maxLooseUnit {
			return words[:end]
		}
		return nil
	}
	return nil
}

// A place is what of an address says where its street is, in the form in which it is compared.
type place struct{ postcode, town, region, country string }

func (a Address) place() place {
	p := place{
		postcode: postcodeKey(a.PostalCode), town: townKey(a.City),
		region: strings.ToUpper(strings.TrimSpace(a.Region)), country: strings.ToUpper(strings.TrimSpace(a.Country)),
	}
	if territories[p.country] {
		p.region, p.country = p.country, unitedStates
	}
	return p
}

// territories have codes of countries, but are counted and get their post as states.
var territories = map[string]bool{"PR": true, "GU": true, "VI": true, "AS": true, "MP": true}
