package gazetteer

import "strings"

// spellingsOf are all names and codes of states and provinces.
func (g *Gazetteer) spellingsOf(names []name) map[string]int32 {
	all := map[string]int32{}
	for _, n := range names {
		if g.records[n.record].kind == State {
			all[n.key] = n.record
		}
	}
	return all
}

// maxStateWords is how many words the longest name of a state has: "newfoundland and labrador", "islas
// marianas del norte", "isla del principe eduardo".
const maxStateWords = 4

// cutState parts a text from the state at its end. Short words such as "in" and "or" are states only there.
func (g *Gazetteer) cutState(words []string) ([]string, int32) {
	for n := min(maxStateWords, len(words)-1); n > 0; n-- {
		at := len(words) - n
		if state, ok := g.spellings[strings.Join(words[at:], " ")]; ok {
			return words[:at], state
		}
	}
	return nil, none
}

// codeLetters is the length of a state's code. Before a name, as in "la mesa" and "in memphis", a code is a
// word and no state.
const codeLetters = 2

// cutStateBefore parts a text from the state at its beginning: "Maine, Portland".
func (g *Gazetteer) cutStateBefore(words []string) ([]string, int32) {
	for n := min(maxStateWords, len(words)-1); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		if state, ok := g.spellings[name]; ok && len(name) > codeLetters {
			return words[n:], state
		}
	}
	return nil, none
}

// countries are the names of those countries that people write behind a town.
var countries = []struct{ name, country string }{
	{"united states of america", "US"}, {"united states", "US"}, {"estados unidos", "US"}, {"usa", "US"}, {"us", "US"}, {"eeuu", "US"},
	{"ee uu", "US"}, {"canada", "CA"}, {"mexico", "MX"},
}

// cutCountry parts a text from the country at its end.
func cutCountry(words []string) ([]string, string) {
	if len(words) < 2 {
		return nil, ""
	}
	text := strings.Join(words, " ")
	for _, c := range countries {
		rest, ok := strings.CutSuffix(text, " "+c.name)
		if ok && rest != "new" && rest != "nuevo" && !strings.HasSuffix(rest, " new") && !strings.HasSuffix(rest, " nuevo") {
			return strings.Fields(rest), c.country
		}
	}
	return nil, ""
}

// withoutThe leaves out the article of "the Bronx".
func withoutThe(key string) string {
	if rest, ok := strings.CutPrefix(key, "the "); ok {
		return rest
	}
	return key
}

// countyWords are what a county may be called, the longest first.
var countyWords = []string{
	" city and borough", " census area", " municipality", " municipio", " district", " borough", " county", " parish", " city",
}

// bareCounty is the name of a county without what it is: "Cook". It is empty if there is nothing to leave out.
func bareCounty(name string) string {
	lower := strings.ToLower(name)
	for _, word := range countyWords {
		if strings.HasSuffix(lower, word) {
			return name[:len(name)-len(word)]
		}
	}
	return ""
}
