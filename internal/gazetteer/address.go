package gazetteer

// between are the words that stand between the two streets of a corner, in English and in Spanish.
var between = map[string]bool{"and": true, "at": true, "y": true, "con": true, "esquina": true}

// streets are the words that end the name of a street, or that stand behind it: what ends with them is no town.
var streets = map[string]bool{
	"st": true, "street": true, "ave": true, "av": true, "avenue": true, "avenida": true, "rd": true, "road": true, "blvd": true,
	"boulevard": true, "dr": true, "drive": true, "ln": true, "lane": true, "way": true, "hwy": true, "highway": true, "ct": true,
	"court": true, "pl": true, "place": true, "pkwy": true, "parkway": true, "ter": true, "terrace": true, "cir": true, "circle": true,
	"calle": true, "apt": true, "suite": true, "unit": true, "floor": true, "n": true, "s": true, "e": true, "w": true,
}

// addressed reports whether words are an address or a corner and not only a name.
func addressed(words []string) bool {
	if len(words) < 2 {
		return false
	}
	return isDigit(words[0][0]) || lastBetween(words) > 0
}

// lastBetween is where the last word between two streets stands, or 0.
func lastBetween(words []string) int {
	for i := len(words) - 2; i > 0; i-- {
		if between[words[i]] {
			return i
		}
	}
	return 0
}

// firstTownWord is where a town can begin at the earliest. Directly after a house number and after "and"
// comes a street: "1200 Mission" and "16th and Mission" are not in Mission, Texas.
func firstTownWord(words []string) int {
	first := 1
	if isDigit(words[0][0]) {
		first = 2
	}
	if i := lastBetween(words); i > 0 {
		first = max(first, i+2)
	}
	return first
}

// What is found in a part of a text without its state must be a place of so many people: more is needed at
// the beginning of a text, where seldom a town stands.
const (
	leastPartPeople   = 50_000
	leastBeforePeople = 100_000
)

// resolvePart finds the town at the end of an address, or of a text that begins with a neighbourhood or the
// name of a house, and else the one at the beginning of a text that is no address.
func (g *Gazetteer) resolvePart(words []string) Answer {
	readings := g.readings(words)
	for _, r := range readings {
		if finds, near := g.townAtEnd(r); len(finds) > 0 {
			answer := g.answer(finds, nil, near)
			answer.Part = true
			return answer
		}
	}
	if addressed(words) {
		return Answer{}
	}
	for end := len(words) - 1; end > 0; end-- {
		if finds := g.settlements(g.exactly(words[:end], anywhere), leastBeforePeople); len(finds) > 0 {
			answer := g.answer(finds, nil, false)
			answer.Part = true
			return answer
		}
	}
	return Answer{}
}

// maxTownWords is how many words of an address are tried as a misspelt town.
const maxTownWords = 3

// townAtEnd finds the longest name of a town that ends a reading; with a state, also a misspelt one.
func (g *Gazetteer) townAtEnd(r reading) (finds []find, near bool) {
	if len(r.words) < 2 || streets[r.words[len(r.words)-1]] {
		return nil, false
	}
	least := float64(leastPartPeople)
	if r.scope.region != none {
		least = 0
	}
	first := firstTownWord(r.words)
	for at := first; at < len(r.words); at++ {
		if finds := g.settlements(g.exactly(r.words[at:], r.scope), least); len(finds) > 0 {
			return finds, false
		}
	}
	if r.scope.region == none {
		return nil, false
	}
	for at := max(first, len(r.words)-maxTownWords); at < len(r.words); at++ {
		if finds := g.settlements(g.almost(reading{r.words[at:], r.scope}), leastPeople); len(finds) > 0 {
			return finds, true
		}
	}
	return nil, false
}

// settlements are the finds that an address can end with, if the likeliest has so much weight.
func (g *Gazetteer) settlements(finds []find, least float64) []find {
	var kept []find
	likeliest := 0.0
	for _, f := range finds {
		if g.records[f.record].kind != State && f.how == byName {
			kept = append(kept, f)
			likeliest = max(likeliest, g.weight(f)*weightOfWrong(f))
		}
	}
	if likeliest < least {
		return nil
	}
	return kept
}

// weightOfWrong takes back what the wrong letters of a find cost.
func weightOfWrong(f find) float64 {
	w := 1.0
	for range f.wrong {
		w *= perWrongLetter
	}
	return w
}
