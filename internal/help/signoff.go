package help

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"carrypoint/internal/site"
)

// A Signoff is who answers for a text, and for which words of it.
type Signoff struct {
	Of    string    // "help/overdose.toml", "law/us-tx.toml, fentanyl_strips"
	By    string    // empty for nobody
	On    site.Date // the day of the review
	Words string    // the sum of the words that were reviewed
	Stand string    // the sum of the words that stand

	take func() // takes the sign-off out of the book
}

// Holds says whether the words that stand are those that were reviewed, by whoever
// did that.
func (s Signoff) Holds() bool { return s.By == "" || s.Words == s.Stand }

// String says what is to do about a sign-off that does not hold.
func (s Signoff) String() string {
	return fmt.Sprintf(`%s: its words are not those that %s read on %s, so that the page says that nobody has; ask again, and write reviewed_words = %q, or take the review away`,
		s.Of, s.By, s.On, s.Stand)
}

// Speak says the words of a key in the language that reviewers read.
type Speak func(key string, pairs ...string) string

// Signoffs are those of all guides, and of all that was read of the law: also
// those that nobody gave yet. Reviewers read one language, whose tag and words
// these are.
func (b *Book) Signoffs(tag string, say Speak) []Signoff {
	var all []Signoff
	for _, name := range slices.Sorted(maps.Keys(b.Guides)) {
		all = append(all, b.ofGuide(name, say))
	}
	for _, name := range slices.Sorted(maps.Keys(b.Law.Places)) {
		for _, topic := range Topics() {
			if b.Law.Places[name].Rule(topic).Known() {
				all = append(all, b.ofRule(name, topic, tag))
			}
		}
	}
	return all
}

func (b *Book) ofGuide(name string, say Speak) Signoff {
	g := b.Guides[name]
	return Signoff{
		Of: guidesFolder + "/" + name + ".toml", By: g.ReviewedBy, On: g.ReviewedOn, Words: g.ReviewedWords, Stand: g.Sum(say),
		take: func() {
			g := b.Guides[name]
			g.ReviewedBy, g.ReviewedOn, g.ReviewedWords = "", "", ""
			b.Guides[name] = g
		},
	}
}

func (b *Book) ofRule(name string, topic Topic, tag string) Signoff {
	r := b.Law.Places[name].Rule(topic)
	return Signoff{
		Of: fmt.Sprintf("%s/%s.toml, %s", lawFolder, name, topic), By: r.ReviewedBy, On: r.ReviewedOn, Words: r.ReviewedWords, Stand: r.Sum(name, topic, tag),
		take: func() {
			place := b.Law.Places[name]
			rule := place.rule(topic)
			rule.ReviewedBy, rule.ReviewedOn, rule.ReviewedWords = "", "", ""
			b.Law.Places[name] = place
		},
	}
}

// Settle takes away each sign-off of words that were changed after it, and returns
// those: a name stands below nothing that its owner has not read.
func (b *Book) Settle(tag string, say Speak) []Signoff {
	lapsed := slices.DeleteFunc(b.Signoffs(tag, say), Signoff.Holds)
	for _, s := range lapsed {
		s.take()
	}
	return lapsed
}

// sumOf stands for texts, each behind its name: change one, and it is another.
func sumOf(pairs ...string) string {
	sum := sha256.New()
	for _, text := range pairs {
		fmt.Fprintf(sum, "%s\n", text)
	}
	return hex.EncodeToString(sum.Sum(nil))[:sumLength]
}

// sumLength is what a person can copy, and nobody meets by chance.
const sumLength = 16
