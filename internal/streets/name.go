package streets

import (
	"slices"
	"strconv"
	"strings"
)

// A name is the name of a street in parts. Two names are of one street only if their cores are the same; the
// other parts are what people leave out.
type name struct {
	core   string // "main", "5", "martinlutherking", of a road with a number the number
	kind   string // "street", "avenue", "us road"; "" if it has none
	before bool   // the kind stands before the core: "Calle Luna", "Avenue B"
	pre    string // the direction before: "e"
	post   string // the direction behind
}

// signs are what parts or joins the words of a name.
var signs = strings.NewReplacer(",", " ", "-", " ", "/", " ", "#", " ", "&", " and ")

// parseName reads the name of a street as people and files write it.
func parseName(text string) name {
	return nameOf(strings.Fields(signs.Replace(fold(text))))
}

// nameOf reads the folded words of a name.
func nameOf(words []string) name {
	words = withFigures(withRoadsApart(words))
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	if n, ok := numberedRoad(words); ok {
		return n
	}
	var n name
	words = n.takePost(words)
	words = n.takeKindBehind(words)
	words = n.takePre(words)
	if n.kind == "" {
		words = n.takeKindBefore(words)
	} else if n.post == "" {
		words = n.takePost(words) // "Gazebo East Drive"
	}
	n.core = coreOf(words)
	return n
}

// takePost cuts the direction at the end, unless it is all that a street is called by: "Avenue E".
func (n *name) takePost(words []string) []string {
	last := len(words) - 1
	if last < 1 || last == 1 && isKind(words[0]) {
		return words
	}
	direction, ok := directions[words[last]]
	if words[last] == "o" && typesBefore[words[0]] != "" {
		direction, ok = "w", true // "Rue Sherbrooke O"
	}
	if !ok {
		return words
	}
	n.post = direction
	return words[:last]
}

func (n *name) takeKindBehind(words []string) []string {
	last := len(words) - 1
	if last < 1 {
		return words
	}
	kind, ok := typesBehind[words[last]]
	if !ok {
		return words
	}
	n.kind = kind
	return words[:last]
}

func (n *name) takePre(words []string) []string {
	if len(words) < 2 {
		return words
	}
	direction, ok := directions[words[0]]
	if !ok {
		return words
	}
	n.pre = direction
	return words[1:]
}

func (n *name) takeKindBefore(words []string) []string {
	if len(words) < 2 {
		return words
	}
	kind, ok := typesBefore[words[0]]
	if !ok {
		return words
	}
	n.kind, n.before = kind, true
	return words[1:]
}

func isKind(word string) bool { return typesBehind[word] != "" || typesBefore[word] != "" }

// coreOf joins the words of a core without spaces ("Mountain View" is also "Mountainview"), its short words
// written out. Two numbers side by side stay two.
func coreOf(words []string) string {
	words = withKing(words)
	if len(words) == 1 && directions[words[0]] != "" {
		return directions[words[0]] // "North Street" is "N Street"
	}
	var b strings.Builder
	for i, word := range words {
		if long, ok := typesBehind[word]; ok {
			word = long
		} else if long, ok := inside[word]; ok {
			word = long
		}
		switch {
		case words[i] == "st" && i < len(words)-1:
			word = "saint"
		case words[i] == "dr" && i == 0 && len(words) > 1:
			word = "doctor"
		}
		if b.Len() > 0 && isDigit(word[0]) && isDigit(b.String()[b.Len()-1]) {
			b.WriteByte('-')
		}
		b.WriteString(word)
	}
	return b.String()
}

// withKing writes the street that every second town has, and that nobody writes in the same way, as one word.
func withKing(words []string) []string {
	text := " " + strings.Join(words, " ") + " "
	for _, king := range []string{"martin luther king", "m l king", "ml king", "m l k", "mlk", "martin l king"} {
		at := strings.Index(text, " "+king+" ")
		if at < 0 {
			continue
		}
		around := append(strings.Fields(text[:at]), strings.Fields(text[at+len(king)+1:])...)
		honours := func(word string) bool {
			return slices.Contains([]string{"dr", "doctor", "rev", "reverend", "jr", "junior"}, word)
		}
		return append(slices.DeleteFunc(around, honours), "martinlutherking")
	}
	return words
}

// withFigures writes the ordinals of a name in figures, without their endings: "first", "1st" and "1" are one.
func withFigures(words []string) []string {
	figures := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		word := words[i]
		if ten, ok := tens[word]; ok && i+1 < len(words) && ordinals[words[i+1]] > 0 && ordinals[words[i+1]] < 10 {
			word = strconv.Itoa(ten + ordinals[words[i+1]])
			i++
		} else if n, ok := ordinals[word]; ok {
			word = strconv.Itoa(n)
		} else {
			word = withoutEnding(word)
		}
		figures = append(figures, word)
	}
	return figures
}

func withoutEnding(word string) string {
	if word == "" || !isDigit(word[0]) {
		return word
	}
	for _, ending := range ordinalEndings {
		if figures, ok := strings.CutSuffix(word, ending); ok && allDigits(figures) {
			return figures
		}
	}
	return word
}

// The closeness of two names of one core.
type closeness int

const (
	different closeness = iota
	loose               // one of them leaves out a direction or the kind
	turned              // they are the same, but for where the direction stands
	same
)

// closenessOf compares two names. A part that one of them leaves out is loose; two that contradict each other
// are different streets.
func (n name) closenessOf(m name) closeness {
	switch {
	case n.core != m.core:
		return different
	case n == m:
		return same
	case n.kind == m.kind && n.before == m.before && n.turns(m):
		return turned
	case (n.leavesOut(m) || m.leavesOut(n)) && agreeInKind(n, m):
		return loose
	}
	return different
}

// turns reports whether two names have one direction, at different places. With two, "E 100 N" is not "N 100 E".
func (n name) turns(m name) bool {
	return n.pre == m.post && n.post == m.pre && (n.pre == "" || n.post == "")
}

// leavesOut reports whether a name has no direction that another has not: "100 N" is "E 100 N", "W 100 N" is not.
func (n name) leavesOut(m name) bool {
	switch {
	case n.pre == "" && n.post == "":
		return true
	case n.pre == "" || n.post == "":
		one := n.pre + n.post
		return one == m.pre || one == m.post
	}
	return n.pre == m.pre && n.post == m.post
}

// agreeInKind lets "Highway 9" be US, state or county road 9, and nothing else be two kinds. A road that is
// called by its number is no street of that number.
func agreeInKind(n, m name) bool {
	if n.kind == m.kind && n.before == m.before || n.kind == "" && !m.numbered() || m.kind == "" && !n.numbered() {
		return true
	}
	return n.numbered() && m.numbered() && (n.kind == anyRoad || m.kind == anyRoad)
}
