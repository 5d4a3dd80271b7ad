package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxRunes is the longest text that is looked at: an address on one line has less than half of it.
const maxRunes = 200

// Resolve says what a text may mean. It never fails: a text that is no place has no places.
func (g *Gazetteer) Resolve(text string) Answer {
	if !readable(text) {
		return Answer{}
	}
	text = strings.Map(visible, text)
	if p, ok := coordinates(text); ok {
		return Answer{Places: []Place{p}}
	}
	words := wordsOf(text)
	if len(words) == 0 {
		return Answer{}
	}
	if answer, ok := g.resolvePostcode(words); ok {
		return answer
	}
	if strings.ContainsAny(text, cornerSigns) { // a few places have one in their names
		plain := strings.Fields(Key(text))
		if finds := g.meant(plain); len(finds) > 0 {
			return g.answer(finds, g.doubts(plain, finds), false)
		}
	}
	return g.resolveWords(words)
}

// readable reports whether a text is short and has nothing that no keyboard writes.
func readable(text string) bool {
	return len(text) <= maxRunes*utf8.UTFMax && utf8.ValidString(text) && utf8.RuneCountInString(text) <= maxRunes &&
		!strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) })
}

// visible leaves out the marks of direction, soft hyphens and the like: they come along with what is copied.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// cornerSigns are what people write between two streets; corner writes them out.
const cornerSigns = "&@/+"

var corner = strings.NewReplacer("&", " and ", "@", " at ", "/", " and ", "+", " and ")

// wordsOf are the words of a text in the form of Key.
func wordsOf(text string) []string { return strings.Fields(Key(corner.Replace(text))) }

// resolveWords tries ways of reading a text, from the strictest to the loosest.
func (g *Gazetteer) resolveWords(words []string) Answer {
	if finds := g.meant(words); len(finds) > 0 {
		return g.answer(finds, g.doubts(words, finds), false)
	}
	if addressed(words) {
		return g.resolvePart(words)
	}
	for _, misspelt := range []func([]string) []find{g.misspelt, g.misspeltState} {
		if finds := misspelt(words); len(finds) > 0 {
			return g.answer(finds, nil, !onlySpaces(finds))
		}
	}
	if answer := g.resolvePart(words); len(answer.Places) > 0 {
		return answer
	}
	if finds := g.begun(words); len(finds) > 0 {
		answer := g.answer(finds, nil, true)
		answer.Ask = true
		return answer
	}
	return Answer{}
}

// A scope is where a name is looked for.
type scope struct {
	country  string // "" anywhere
	region   int32  // the record of a state or province, or none
	counties bool   // counties only
}

var anywhere = scope{region: none}

// A reading is a name and where to look for it.
type reading struct {
	words []string
	scope scope
}

// readings are the ways to read a text as a name and a state or country, in any order. The whole text as a
// name comes last.
func (g *Gazetteer) readings(words []string) []reading {
	var all []reading
	if rest, country := cutCountry(words); country != "" {
		for _, r := range g.readings(rest) {
			r.scope.country = country
			all = append(all, r)
		}
	}
	if rest, state := g.cutState(words); state != none {
		all = append(all, reading{rest, scope{region: state}})
		if last := len(words) - 1; len(rest) < last { // "Kings Park West, VA" is not in West Virginia
			if code, ok := g.spellings[words[last]]; ok && code != state {
				all = append(all, reading{words[:last], scope{region: code}})
			}
		}
	}
	if rest, state := g.cutStateBefore(words); state != none {
		all = append(all, reading{rest, scope{region: state}})
	}
	return append(all, reading{words, anywhere})
}

// meant are all places that a text names exactly. The first reading with any may take the name in other
// words: "boulder co" is Boulder in Colorado, and then no longer Boulder County.
func (g *Gazetteer) meant(words []string) []find {
	var all []find
	for _, r := range g.readings(words) {
		if len(all) == 0 {
			all = g.named(r)
		} else {
			all = g.merge(all, g.exactly(r.words, r.scope))
		}
	}
	return all
}

// Words before a name that say what it is, or that only lead to it.
var (
	countyBefore = [][]string{{"condado", "de"}, {"condado"}, {"county", "of"}, {"county"}, {"parroquia", "de"}, {"municipio", "de"}}
	townBefore   = [][]string{{"city", "of"}, {"town", "of"}, {"village", "of"}, {"ciudad", "de"}, {"pueblo", "de"},
		{"near"}, {"in"}, {"around"}, {"cerca", "de"}, {"en"}, {"downtown"}, {"greater"}}
	countyShort = map[string]string{"co": "county", "cty": "county", "par": "parish"}
)

// townAfter are the words behind a name that say what it is in law: "Saint Albans City" and "Saint Albans Town".
var townAfter = map[string]bool{"city": true, "town": true, "township": true, "village": true, "borough": true}

// named finds what a reading names exactly: as it is, else as a county in other words, else without what
// leads to it, and with a state without what it is in law.
func (g *Gazetteer) named(r reading) []find {
	if finds := g.exactly(r.words, r.scope); len(finds) > 0 {
		return finds
	}
	if rest, ok := cutBefore(r.words, countyBefore); ok {
		in := r.scope
		in.counties = true
		return g.exactly(rest, in)
	}
	if last := len(r.words) - 1; last > 0 && countyShort[r.words[last]] != "" {
		return g.exactly(append(r.words[:last:last], countyShort[r.words[last]]), r.scope)
	}
	if rest, ok := cutBefore(r.words, townBefore); ok {
		return withoutCodes(g.exactly(rest, r.scope)) // "near me" is not Maine
	}
	if last := len(r.words) - 1; last > 0 && townAfter[r.words[last]] && r.scope.region != none {
		return g.exactly(r.words[:last], r.scope)
	}
	return nil
}

func withoutCodes(finds []find) []find {
	var kept []find
	for _, f := range finds {
		if f.how != byCode {
			kept = append(kept, f)
		}
	}
	return kept
}

func cutBefore(words []string, openings [][]string) ([]string, bool) {
	for _, opening := range openings {
		if n := len(opening); len(words) > n && strings.Join(words[:n], " ") == strings.Join(opening, " ") {
			return words[n:], true
		}
	}
	return nil, false
}

// exactly finds the places of exactly this name.
func (g *Gazetteer) exactly(words []string, in scope) []find {
	k, ok := g.names.find(withoutThe(strings.Join(words, " ")))
	if !ok {
		return nil
	}
	return g.inScope(nil, k, in, 0)
}

// inScope adds the places of a key that are in a scope.
func (g *Gazetteer) inScope(finds []find, key int, in scope, wrong int) []find {
	for _, t := range g.names.of(key) {
		if g.lies(t.record, in) {
			finds = append(finds, find{target: t, wrong: wrong, key: key})
		}
	}
	return finds
}

// lies reports whether a place is in a scope. A state is not in itself.
func (g *Gazetteer) lies(id int32, in scope) bool {
	r := &g.records[id]
	of := &g.regions[r.region]
	switch {
	case in.country != "" && of.country != in.country:
		return false
	case in.region != none && (of.state != in.region || id == in.region):
		return false
	case in.counties && r.kind != County:
		return false
	}
	return true
}
