package facts

import (
	"strings"

	"carrypoint/internal/site"
	"carrypoint/views"
)

// Phones are the numbers of a site, each with the link that calls it.
func (t Teller) Phones(s *site.Site) []views.Phone {
	var all []views.Phone
	for _, p := range s.Phones {
		all = append(all, t.phone(p))
	}
	return all
}

// phone is a number with the link that calls it, or that writes to it where it
// is a code for text messages.
func (t Teller) phone(p site.Phone) views.Phone {
	switch {
	case p.Dial == "":
		return views.Phone{Text: p.Text()}
	case p.TextCode():
		return views.Phone{Text: t.Say.T("phone.text", "number", p.Text()), Href: "sms:" + p.Dial}
	case p.Ext != "":
		return views.Phone{Text: p.Text(), Href: "tel:" + p.Dial + ";ext=" + p.Ext}
	}
	return views.Phone{Text: p.Text(), Href: "tel:" + p.Dial}
}

// AddressLine is the address in one line, in the order of the post.
func AddressLine(s *site.Site) string {
	var parts []string
	for _, part := range []string{s.Address.Street, s.Address.City, strings.TrimSpace(s.Address.Region + " " + s.Address.PostalCode)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}
