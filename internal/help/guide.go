package help

import (
	"regexp"
	"slices"
)

// A Guide is what to do, in parts. It holds keys of words and no words.
type Guide struct {
	Review
	ReviewedWords string `toml:"reviewed_words"` // Sum of the words that were reviewed; empty where nobody did
	Call          string `toml:"call"`           // the number of the emergency services, which the words name in a gap; empty where nobody has to be called
	Title         string `toml:"title"`
	Lead          string `toml:"lead"` // empty for none
	Parts         []Part `toml:"part"`
}

// A Part is one heading with what stands under it.
type Part struct {
	Name     string   `toml:"name"`     // for who shows one part by itself: "steps"
	Heading  string   `toml:"heading"`  // empty for none
	Text     []string `toml:"text"`     // paragraphs, before the items
	Numbered bool     `toml:"numbered"` // the items are done in turn
	Items    []Item   `toml:"items"`
}

// An Item is one thing to do or to know.
type Item struct {
	Text    string   `toml:"text"`
	More    []string `toml:"more"`    // said smaller, below it
	Call    bool     `toml:"call"`    // here the emergency services are called
	Picture Picture  `toml:"picture"` // empty for none
	Lines   Use      `toml:"lines"`   // the phone lines that stand below it, by what they are for; empty for none
}

// A Picture is which lines a test strip shows.
type Picture string

// The pictures. A strip is read by its lines, each by its name.
const (
	OneLine  Picture = "control_line"
	TwoLines Picture = "both_lines"
	NoLine   Picture = "no_line"
)

var pictures = []Picture{"", OneLine, TwoLines, NoLine}

var (
	keyPattern  = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]+)+$`)
	namePattern = regexp.MustCompile(`^[a-z_]+$`)
	callPattern = regexp.MustCompile(`^[0-9]{2,4}$`) // 15 in France, 911, 1122 in Pakistan
)

// ReadGuide reads a guide and checks it.
func ReadGuide(text []byte) (Guide, error) {
	var g Guide
	if err := decode(text, &g); err != nil {
		return Guide{}, err
	}
	return g, g.check()
}

func (g Guide) check() error {
	if err := g.Review.check(); err != nil {
		return err
	}
	var names []string
	calls := 0
	for _, p := range g.Parts {
		if !namePattern.MatchString(p.Name) || slices.Contains(names, p.Name) {
			return fault("the name of a part is %q; each needs its own, in small letters", p.Name)
		}
		names = append(names, p.Name)
		for _, item := range p.Items {
			if !slices.Contains(pictures, item.Picture) {
				return fault("there is no picture %q; there are %q", item.Picture, pictures[1:])
			}
			if item.Lines != "" && !slices.Contains(uses, item.Lines) {
				return fault("there is no use %q of phone lines; there are %q", item.Lines, uses)
			}
			if item.Lines != "" && (p.Numbered || g.Call != "") {
				return fault("phone lines stand neither among steps nor where the emergency services are called: those are called first")
			}
			if item.Call {
				calls++
			}
		}
	}
	for _, key := range g.Keys() {
		if !keyPattern.MatchString(key) {
			return fault("%q is no key of words", key)
		}
	}
	switch {
	case len(g.Parts) == 0:
		return fault("there is no [[part]]")
	case g.Reviewed() != (g.ReviewedWords != ""):
		return fault("reviewed_by and reviewed_words belong together: a review is of the words that were read")
	case g.Call != "" && !IsEmergencyNumber(g.Call):
		return fault("call is %q; the numbers of emergency services have two to four digits", g.Call)
	case g.Call != "" && calls != 1 || g.Call == "" && calls != 0:
		return fault("one item, and one only, calls the number of call")
	}
	return nil
}

// IsEmergencyNumber says whether a number can be that of emergency services.
func IsEmergencyNumber(number string) bool { return callPattern.MatchString(number) }

// Keys are all words that the guide needs.
func (g Guide) Keys() []string {
	keys := []string{g.Title}
	add := func(all ...string) {
		for _, key := range all {
			if key != "" {
				keys = append(keys, key)
			}
		}
	}
	add(g.Lead)
	for _, p := range g.Parts {
		add(p.Heading)
		add(p.Text...)
		for _, item := range p.Items {
			keys = append(keys, item.Text) // never empty: an item without a text is a fault
			add(item.More...)
		}
	}
	return keys
}

// CompleteIn says whether a language has all words of the guide. A guide that is
// not complete is not shown in that language: half a set of steps is worse than
// whole ones in another language.
func (g Guide) CompleteIn(has func(key string) bool) bool {
	return !slices.ContainsFunc(g.Keys(), func(key string) bool { return !has(key) })
}

// Sum stands for the words of the guide in one language: change one, and it is
// another. The number to call is a gap in them, and no part of the sum: whoever
// reviews the words answers for when to call, and whoever serves a country for the
// number.
func (g Guide) Sum(say Speak) string {
	var pairs []string
	for _, key := range g.Keys() {
		pairs = append(pairs, key, say(key))
	}
	return sumOf(pairs...)
}

// Part is the part of a name; empty where there is none.
func (g Guide) Part(name string) Part {
	for _, p := range g.Parts {
		if p.Name == name {
			return p
		}
	}
	return Part{}
}
