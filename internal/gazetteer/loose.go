package gazetteer

import "strings"

// Bounds on what a misspelling may lead to. Shorter names are too like each other; a longer one may have two
// wrong letters. Without a state, a place must have so many people for each wrong letter, or any nonsense
// would lead somewhere.
const (
	leastMisspelt = 5
	longName      = 7
	leastPeople   = 1000
	morePeople    = 10 // times, for the second wrong letter
)

// misspelt are the places whose names are almost what was typed.
func (g *Gazetteer) misspelt(words []string) []find {
	for _, r := range g.readings(words) {
		if finds := g.almost(r); len(finds) > 0 {
			return finds
		}
	}
	return nil
}

// almost finds what a reading names with a wrong letter or two. The first letter is seldom wrong.
func (g *Gazetteer) almost(r reading) []find {
	text := withoutThe(strings.Join(r.words, " "))
	if rest, ok := cutBefore(r.words, countyBefore); ok {
		text, r.scope.counties = strings.Join(rest, " "), true
	}
	if len(text) < leastMisspelt || len(text) >= maxEdited || !ascii(text) {
		return nil
	}
	most := 1
	if len(text) >= longName {
		most = 2
	}
	var finds []find
	g.names.grams.alike(text, most, func(k int) {
		key := g.names.keys[k]
		wrong := edits(text, key, most)
		if wrong > most || wrong == 0 || key[0] != text[0] && (wrong > 1 || len(text) < longName) {
			return
		}
		for _, f := range g.inScope(nil, k, r.scope, wrong) {
			if g.likelyMisspelt(f, r.scope) {
				f.spaces = squeeze(key) == squeeze(text)
				finds = append(finds, f)
			}
		}
	})
	return g.merge(nil, finds)
}

// likelyMisspelt reports whether a place is large enough to be meant by a misspelling.
func (g *Gazetteer) likelyMisspelt(f find, in scope) bool {
	if f.how != byName && !in.counties {
		return false
	}
	least := uint32(leastPeople)
	for range f.wrong - 1 {
		least *= morePeople
	}
	return in.region != none || g.records[f.record].population >= least
}

// misspeltState reads a text whose last words are almost a state: "portland oregan".
func (g *Gazetteer) misspeltState(words []string) []find {
	for n := 1; n <= 2 && n < len(words); n++ {
		at := len(words) - n
		state := g.almostState(strings.Join(words[at:], " "))
		if state == none {
			continue
		}
		r := reading{words[:at], scope{region: state}}
		finds := g.named(r)
		if len(finds) == 0 {
			finds = g.almost(r)
		}
		if len(finds) > 0 {
			return finds
		}
	}
	return nil
}

func (g *Gazetteer) almostState(text string) int32 {
	for _, f := range g.almost(reading{strings.Fields(text), anywhere}) {
		if g.records[f.record].kind == State {
			return f.record
		}
	}
	return none
}

// Bounds on a part of a name that stands for the whole: a few letters begin too many names, and without a state
// small places are not what people shorten.
const (
	leastBegun       = 5
	leastBegunPeople = 50_000
)

// begun are the places whose names begin with what was typed, or end with it: "philadel", "francisco", and for
// a township without a town of its name the villages in it, "burke vt".
func (g *Gazetteer) begun(words []string) []find {
	for _, r := range g.readings(words) {
		text := strings.Join(r.words, " ")
		if len(text) < leastBegun {
			continue
		}
		var finds []find
		collect := func(key int) {
			for _, f := range g.inScope(nil, key, r.scope, 0) {
				if g.likelyBegun(f, r.scope) {
					f.begun = true
					finds = append(finds, f)
				}
			}
		}
		g.names.beginning(text, collect)
		g.names.ending(text, collect)
		if len(finds) > 0 {
			return g.merge(nil, finds)
		}
	}
	return nil
}

// likelyBegun reports whether a place may be meant by a part of its name.
func (g *Gazetteer) likelyBegun(f find, in scope) bool {
	r := &g.records[f.record]
	return f.how == byName && r.kind != County && (in.region != none || r.population >= leastBegunPeople)
}
