package streets

import (
	"slices"
	"strings"
)

// The kinds of roads that are called by a number.
const (
	usRoad     = "us road"
	stateRoad  = "state road"
	countyRoad = "county road"
	farmRoad   = "farm road"
	interstate = "interstate"
	anyRoad    = "numbered road" // "Highway 9": any of these
)

// roadWords are the beginnings of the names of such roads, longest first among those that begin alike.
var roadWords = []struct{ words, kind string }{
	{"united states highway", usRoad}, {"us highway", usRoad}, {"us route", usRoad}, {"us road", usRoad}, {"u s highway", usRoad}, {"u s route", usRoad},
	{"us", usRoad},
	{"state highway", stateRoad}, {"state route", stateRoad}, {"state road", stateRoad}, {"st highway", stateRoad}, {"st route", stateRoad},
	{"st road", stateRoad}, {"sr", stateRoad}, {"sh", stateRoad}, {"provincial highway", stateRoad},
	{"county highway", countyRoad}, {"county route", countyRoad}, {"county road", countyRoad}, {"co highway", countyRoad}, {"co route", countyRoad},
	{"co road", countyRoad}, {"cnty road", countyRoad}, {"county trunk highway", countyRoad}, {"cr", countyRoad}, {"cth", countyRoad},
	{"farm to market road", farmRoad}, {"farm to market", farmRoad}, {"farm road", farmRoad}, {"fm road", farmRoad}, {"fm", farmRoad},
	{"interstate highway", interstate}, {"interstate", interstate}, {"i", interstate},
	{"highway", anyRoad}, {"route", anyRoad},
}

// roadStates are the states that stand for their own roads: "OH 7". CO and FM mean other roads.
var roadStates = func() map[string]bool {
	states := map[string]bool{}
	for _, state := range regionsByFIPS {
		states[strings.ToLower(state)] = state != "CO" && state != "FM"
	}
	return states
}()

// numberedRoad reads the name of a road that is called by a number, or in some counties by a letter:
// "US Hwy 12 E", "State Route 9", "County Road K".
func numberedRoad(words []string) (name, bool) {
	n := name{before: true}
	if len(words) > 2 && directions[words[0]] != "" {
		n.pre, words = directions[words[0]], words[1:]
	}
	if last := len(words) - 1; last > 1 && directions[words[last]] != "" {
		n.post, words = directions[words[last]], words[:last]
	}
	if len(words) < 2 {
		return name{}, false
	}
	kind, length := roadKind(words)
	if kind == "" || len(words) != length+1 || !isRoadNumber(words[length], kind) {
		return name{}, false
	}
	n.kind, n.core = kind, words[length]
	return n, true
}

// roadKind reads the words before the number, and says how many there are.
func roadKind(words []string) (kind string, length int) {
	long := make([]string, len(words)-1)
	for i := range long {
		long[i] = words[i]
		if w := typesBehind[words[i]]; w == "highway" || w == "route" || w == "road" {
			long[i] = w
		}
	}
	text := strings.Join(long, " ")
	for _, road := range roadWords {
		if text == road.words {
			return road.kind, len(long)
		}
	}
	if len(long) == 2 && roadStates[long[0]] && (long[1] == "highway" || long[1] == "route" || long[1] == "road") || len(long) == 1 && roadStates[long[0]] {
		return stateRoad, len(long)
	}
	return "", 0
}

// withRoadsApart parts the kind of a road from its number: "NJ38", "US12", "I90".
func withRoadsApart(words []string) []string {
	for i, word := range words {
		letters := strings.TrimRight(word, "0123456789")
		if letters == word || !allDigits(word[len(letters):]) {
			continue
		}
		if kind, _ := roadKind([]string{letters, ""}); kind != "" {
			return slices.Concat(words[:i], []string{letters, word[len(letters):]}, words[i+1:])
		}
	}
	return words
}

// maxRoadLetters is the longest name of a county road by letters: "County Road KK".
const maxRoadLetters = 2

func isRoadNumber(word, kind string) bool {
	return isDigit(word[0]) || kind == countyRoad && len(word) <= maxRoadLetters
}

// numbered reports whether a name is that of a road that is called by its number.
func (n name) numbered() bool {
	switch n.kind {
	case usRoad, stateRoad, countyRoad, farmRoad, interstate, anyRoad:
		return true
	}
	return false
}
