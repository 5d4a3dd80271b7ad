package gazetteer

import (
	"cmp"
	"slices"
	"strings"
)

// A find is a place that a text may mean.
type find struct {
	target
	key    int  // the name that was found
	wrong  int  // how many letters are wrong
	spaces bool // only spaces are wrong
	begun  bool // the text is only a part of the name
}

// How much less likely a place is meant, than a town of as many people whose name was typed in full.
const (
	perWrongLetter = 20  // a misspelling must lead to a place that is so much larger
	perBegun       = 100 // a part of a name
	perBareCounty  = 30  // "Orange" is a town before it is Orange County
	perCode        = 10  // "LA" is a town before it is Louisiana
	perPart        = 3   // of a town, whose people GeoNames often counts as those of the whole town
	perAbroad      = 40  // a city of another country: London and Paris are in Ontario and Texas too
)

// unknownPopulation stands for that of places of which it is not known.
const unknownPopulation = 20

// weight is how likely a place is meant, in people.
func (g *Gazetteer) weight(f find) float64 {
	r := &g.records[f.record]
	w := float64(r.population) + unknownPopulation
	for range f.wrong {
		w /= perWrongLetter
	}
	if f.begun {
		w /= perBegun
	}
	switch {
	case f.how == byBareName:
		w /= perBareCounty
	case f.how == byCode:
		w /= perCode
	}
	switch {
	case r.kind == Neighbourhood:
		w /= perPart
	case g.regions[r.region].state == none:
		w /= perAbroad
	}
	return w
}

// merge adds finds of places that are not among them yet; of two for the same place, the likelier stays.
func (g *Gazetteer) merge(finds, more []find) []find {
	for _, f := range more {
		i := slices.IndexFunc(finds, func(other find) bool { return other.record == f.record })
		switch {
		case i < 0:
			finds = append(finds, f)
		case g.weight(f) > g.weight(finds[i]):
			finds[i] = f
		}
	}
	return finds
}

// A town that has the name of a state counts if it has this part of its people: New York and Québec come
// before the state that they lie in, and "Washington" must be asked about. Delaware, Ohio, does not.
const namesakes = 1.0 / 20

// askFrom is how likely the next must be, as a part of the first, for a question: Springfield in Missouri
// and in Massachusetts, but not Portland in Oregon and in Maine.
const askFrom = 1.0 / 4

// order puts the likeliest first.
func (g *Gazetteer) order(finds []find) {
	slices.SortFunc(finds, func(a, b find) int {
		return cmp.Or(cmp.Compare(g.weight(b), g.weight(a)), cmp.Compare(a.record, b.record))
	})
	if len(finds) == 0 || g.records[finds[0].record].kind != State {
		return
	}
	for i, f := range finds {
		if g.records[f.record].kind == Town && g.holds(finds[0], f) && g.weight(f) >= g.weight(finds[0])*namesakes {
			copy(finds[1:i+1], finds[:i])
			finds[0] = f
			return
		}
	}
}

// holds reports whether the first place is a state or county that the second lies in.
func (g *Gazetteer) holds(a, b find) bool {
	r, s := &g.records[a.record], &g.records[b.record]
	switch {
	case r.region != s.region || r.kind == s.kind:
		return false
	case r.kind == State:
		return true
	}
	return r.kind == County && s.kind != State && r.county == s.county
}

// ask reports whether the first of ordered finds is not clearly meant. A place that holds the first, or lies in
// it, is no rival.
func (g *Gazetteer) ask(finds []find) bool {
	for _, f := range finds[min(1, len(finds)):] {
		if g.holds(f, finds[0]) || g.holds(finds[0], f) {
			continue
		}
		least := askFrom
		if f.how == byName && finds[0].how == byName && (g.records[f.record].kind == State) != (g.records[finds[0].record].kind == State) {
			least = namesakes
		}
		if g.weight(f) >= g.weight(finds[0])*least {
			return true
		}
	}
	return false
}

// answer writes out finds, and behind them those that are doubtful, which make it a question.
func (g *Gazetteer) answer(finds, doubts []find, near bool) Answer {
	g.order(finds)
	answer := Answer{Ask: g.ask(finds) || len(doubts) > 0, Near: near}
	// One place among doubts is enough: the list is short.
	if room := maxPlaces - min(len(doubts), maxPlaces/2); len(finds) > room {
		finds = finds[:room]
	}
	for _, f := range append(finds, doubts...) {
		if len(answer.Places) < maxPlaces {
			answer.Places = append(answer.Places, g.place(f.record))
		}
	}
	return answer
}

// hamlet is the size below which a name that was typed without its state may well be a misspelling of a
// larger town, or a part of its name: Phenix, and Francisco in Indiana.
const hamlet = 2000

// doubts are the much larger places that may be meant by the exact name of a small one.
func (g *Gazetteer) doubts(words []string, finds []find) []find {
	likeliest := 0.0
	for _, f := range finds {
		likeliest = max(likeliest, g.weight(f))
	}
	if _, state := g.cutState(words); likeliest >= hamlet || state != none {
		return nil
	}
	var larger []find
	for _, f := range g.merge(g.misspelt(words), g.begun(words)) {
		if g.weight(f) > likeliest && !slices.ContainsFunc(finds, func(other find) bool { return other.record == f.record }) {
			larger = append(larger, f)
		}
	}
	g.order(larger)
	return larger
}

// onlySpaces reports whether the likeliest name differs only in its spaces: "la fayette".
func onlySpaces(finds []find) bool {
	return !slices.ContainsFunc(finds, func(f find) bool { return !f.spaces })
}

func squeeze(text string) string { return strings.ReplaceAll(text, " ", "") }
