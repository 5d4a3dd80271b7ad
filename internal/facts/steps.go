package facts

import (
	"carrypoint/internal/help"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
)

// Items are what a part of a guide says, without what it says smaller.
func (t Teller) Items(g help.Guide, part string) []string {
	var all []string
	for _, item := range g.Part(part).Items {
		all = append(all, t.Say.T(item.Text, "number", g.Call))
	}
	return all
}

// Standing says who answers for a guide, or that nobody does; and that it is past
// its age.
func (t Teller) Standing(r help.Review) []string {
	texts := []string{t.Say.T("help.unreviewed")}
	if r.Reviewed() {
		texts = []string{t.Reviewed(r.ReviewedBy, r.ReviewedOn)}
	}
	if r.Old(t.Now) {
		texts = append(texts, t.Say.N("help.review_old", r.AgainAfter))
	}
	return texts
}

// Reviewed says who answers for a text. Whoever reviews one reads the master: a
// translation says so.
func (t Teller) Reviewed(by string, on site.Date) string {
	key := "help.reviewed"
	if t.Say.Tag != words.Master {
		key = "help.reviewed_english"
	}
	return t.Say.T(key, "when", t.Say.When(string(on)), "name", by)
}
