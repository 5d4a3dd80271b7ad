package facts

import "carrypoint/internal/help"

// Items are what a part of a guide says, in one sentence each.
func (t Teller) Items(p help.Part) []string {
	var all []string
	for _, item := range p.Items {
		all = append(all, t.Say.T(item.Text))
	}
	return all
}

// Standing says who answers for a text, or that nobody does; and that it is past
// its age.
func (t Teller) Standing(r help.Review) []string {
	texts := []string{t.Say.T("help.unreviewed")}
	if r.Reviewed() {
		texts = []string{t.Say.T("help.reviewed", "when", t.Say.When(string(r.ReviewedOn)), "name", r.ReviewedBy)}
	}
	if r.Old(t.Now) {
		texts = append(texts, t.Say.N("help.review_old", r.AgainAfter))
	}
	return texts
}
