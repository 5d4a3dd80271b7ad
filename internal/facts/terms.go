package facts

import (
	"slices"
	"strings"

	"carrypoint/internal/site"
	"carrypoint/views"
)

// Terms are the cost and the ID in one line: what is listed, then what nobody
// knows.
func (t Teller) Terms(s *site.Site) string {
	var listed, sentences []string
	for _, term := range []views.Fact{t.cost(s), t.idRule(s)} {
		if term.Class == "ask" {
			sentences = append(sentences, term.Text)
		} else {
			listed = append(listed, term.Text)
		}
	}
	if len(listed) > 0 {
		first := t.Say.T("terms.listed", "list", strings.Join(listed, t.Say.T("list.comma")))
		sentences = slices.Insert(sentences, 0, first)
	}
	return strings.Join(sentences, " ")
}

// TermList are the same on lines of their own.
func (t Teller) TermList(s *site.Site) []views.Fact {
	facts := []views.Fact{t.cost(s), t.idRule(s)}
	for i := range facts {
		if facts[i].Class != "ask" {
			facts[i].Text = t.Say.T("terms.listed", "list", facts[i].Text)
		}
	}
	return facts
}

// cost is a part of a sentence, or a sentence of its own where it is not known.
func (t Teller) cost(s *site.Site) views.Fact {
	class := map[site.Cost]string{site.Free: "yes", site.CostUnknown: "ask"}[s.Cost]
	if class == "" {
		class = "no"
	}
	return views.Fact{Class: class, Text: t.Say.T("cost." + orUnknown(s.Cost))}
}

// idRule is the same for what must be shown.
func (t Teller) idRule(s *site.Site) views.Fact {
	class := map[site.IDRule]string{site.NoID: "yes", site.ZIPOnly: "yes", site.IDUnknown: "ask"}[s.IDRequired]
	if class == "" {
		class = "no"
	}
	return views.Fact{Class: class, Text: t.Say.T("id." + orUnknown(s.IDRequired))}
}

func orUnknown[T ~string](word T) string {
	if word == "" {
		return "unknown"
	}
	return string(word)
}
