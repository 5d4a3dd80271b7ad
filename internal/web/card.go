package web

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// card makes the entry of a hit in a list.
func (t *tongue) card(o origin, h edition.Hit, number int, now time.Time) views.Card {
	s := h.Site
	c := views.Card{
		Number:   strconv.Itoa(number),
		Anchor:   "r" + strconv.Itoa(number),
		Name:     s.Name,
		Href:     t.path("/site/" + s.ID),
		Distance: t.distance(o, h),
		Status:   t.status(h, now),
		Supplies: t.supplyFacts(s),
		Terms:    t.terms(s),
		Where:    s.AccessPoint,
		Address:  addressLine(s),
		Phones:   t.phones(s),
		Geo:      geoLink(s),
		Missing:  t.missing(s),
		Fresh:    t.freshFact(s, now),
	}
	if o.sortable() {
		c.At = sortKey(h)
	}
	return c
}

// sortKey is what a phone sorts a list by: the site's own position, and how much
// further away it counts for the age of its check; empty where only its area is known.
func sortKey(h edition.Hit) string {
	if !h.Site.Position.Mapped() {
		return ""
	}
	p := h.Site.Position.Point
	key := strconv.FormatFloat(p.Lon(), 'f', -1, 64) + "," + strconv.FormatFloat(p.Lat(), 'f', -1, 64)
	if behind := h.Rank - h.Metres; behind > 0 {
		key += "," + strconv.FormatFloat(math.Round(behind), 'f', -1, 64)
	}
	return key
}

// shortCard is the entry of a place that no distance can order.
func (t *tongue) shortCard(h edition.Hit, now time.Time) views.Card {
	return views.Card{
		Name: h.Site.Name, Href: t.path("/site/" + h.Site.ID), Phones: t.phones(h.Site),
		Supplies: []views.Fact{{Text: t.supplyNames(h.Site)}, {Text: t.freshInShort(h.Site, now)}},
	}
}

// supplyFacts tells of naloxone and of fentanyl strips always, known or not,
// then of what else somebody asked about, and then of what else is listed.
func (t *tongue) supplyFacts(s *site.Site) []views.Fact {
	facts := []views.Fact{t.naloxoneFact(s), t.stripFact(s)}
	var listed []string
	for _, supply := range s.Supplies {
		switch {
		case supply.Code.Naloxone() || supply.Code == site.FentanylTestStrips:
		case t.confirmed(supply):
			facts = append(facts, t.supplyFact(supply))
		case supply.Status == site.Yes:
			listed = append(listed, words.MidSentence(t.say.T("supply."+string(supply.Code))))
		}
	}
	if len(listed) > 0 {
		facts = append(facts, views.Fact{Class: "yes", Text: t.say.T("supply.also", "list", t.say.List(listed))})
	}
	return facts
}

// naloxoneFact names the finest form that was confirmed, else the finest that is
// listed, unless somebody was told that there is no naloxone. A no to one form
// is none to the others.
func (t *tongue) naloxoneFact(s *site.Site) views.Fact {
	best := site.Supply{Code: site.Naloxone}
	for _, supply := range s.Supplies {
		if weight := t.weight(supply); weight > 0 && weight >= t.weight(best) {
			best = supply
		}
	}
	return t.supplyFact(best)
}

// weight is how much is told by what is known of one form of naloxone.
func (t *tongue) weight(supply site.Supply) int {
	yes := supply.Code.Naloxone() && supply.Status == site.Yes
	no := supply.Code == site.Naloxone && supply.Status == site.No
	switch {
	case yes && t.confirmed(supply):
		return 4
	case no && t.confirmed(supply):
		return 3
	case yes:
		return 2
	case no:
		return 1
	}
	return 0
}

func (t *tongue) stripFact(s *site.Site) views.Fact {
	strips := site.Supply{Code: site.FentanylTestStrips}
	for _, supply := range s.Supplies {
		if supply.Code == strips.Code && strips.Status != site.Yes {
			strips = supply
		}
	}
	return t.supplyFact(strips)
}

// confirmed says whether somebody asked about a supply, and was told, on a day
// that is known. A day that is to come is none.
func (t *tongue) confirmed(supply site.Supply) bool {
	return supply.By != "" && supply.Status != site.Unknown && t.dated(supply)
}

func (t *tongue) dated(supply site.Supply) bool {
	return supply.AsOf != "" && supply.AsOf.Day() <= site.DayOf(t.Now())
}

// supplyFact never says "available": a listing is what somebody wrote, some day,
// and a confirmation what somebody was told.
func (t *tongue) supplyFact(supply site.Supply) views.Fact {
	name := t.say.T("supply." + string(supply.Code))
	confirmed := t.confirmed(supply)
	day := t.say.PartialDate(string(supply.AsOf))
	switch {
	case supply.Status == site.Yes && confirmed:
		return views.Fact{Class: "yes", Text: t.say.T("supply.yes_confirmed", "supply", name, "date", day)}
	case supply.Status == site.Yes && t.dated(supply):
		return views.Fact{Class: "yes", Text: t.say.T("supply.listed", "supply", name, "when", t.say.When(string(supply.AsOf)))}
	case supply.Status == site.Yes:
		return views.Fact{Class: "yes", Text: t.say.T("supply.listed_undated", "supply", name)}
	case supply.Status == site.No && confirmed:
		return views.Fact{Class: "no", Text: t.say.T("supply.no_confirmed", "supply", name, "date", day)}
	case supply.Status == site.No:
		return views.Fact{Class: "no", Text: t.say.T("supply.no", "supply", name)}
	}
	return views.Fact{Class: "ask", Text: t.say.T("supply.unknown", "supply", name)}
}

// supplyNames lists what is had, in short.
func (t *tongue) supplyNames(s *site.Site) string {
	var names []string
	for _, supply := range s.Supplies {
		if supply.Status == site.Yes {
			names = append(names, t.say.T("supply."+string(supply.Code)))
		}
	}
	if len(names) == 0 {
		return t.say.T("supply.none_named")
	}
	for i := range names[1:] {
		names[i+1] = words.MidSentence(names[i+1])
	}
	return t.say.List(names)
}

// terms are the cost and the ID in one line: what is listed, then what nobody
// knows.
func (t *tongue) terms(s *site.Site) string {
	var listed, sentences []string
	for _, term := range []views.Fact{t.cost(s), t.idRule(s)} {
		if term.Class == "ask" {
			sentences = append(sentences, term.Text)
		} else {
			listed = append(listed, term.Text)
		}
	}
	if len(listed) > 0 {
		first := t.say.T("terms.listed", "list", strings.Join(listed, t.say.T("list.comma")))
		sentences = slices.Insert(sentences, 0, first)
	}
	return strings.Join(sentences, " ")
}

// termFacts are the same on lines of their own.
func (t *tongue) termFacts(s *site.Site) []views.Fact {
	facts := []views.Fact{t.cost(s), t.idRule(s)}
	for i := range facts {
		if facts[i].Class != "ask" {
			facts[i].Text = t.say.T("terms.listed", "list", facts[i].Text)
		}
	}
	return facts
}

// cost is a part of a sentence, or a sentence of its own where it is not known.
func (t *tongue) cost(s *site.Site) views.Fact {
	class := map[site.Cost]string{site.Free: "yes", site.CostUnknown: "ask"}[s.Cost]
	if class == "" {
		class = "no"
	}
	return views.Fact{Class: class, Text: t.say.T("cost." + orUnknown(s.Cost))}
}

// idRule is the same for what must be shown.
func (t *tongue) idRule(s *site.Site) views.Fact {
	class := map[site.IDRule]string{site.NoID: "yes", site.ZIPOnly: "yes", site.IDUnknown: "ask"}[s.IDRequired]
	if class == "" {
		class = "no"
	}
	return views.Fact{Class: class, Text: t.say.T("id." + orUnknown(s.IDRequired))}
}

func orUnknown[T ~string](word T) string {
	if word == "" {
		return "unknown"
	}
	return string(word)
}

func (t *tongue) phones(s *site.Site) []views.Phone {
	var all []views.Phone
	for _, p := range s.Phones {
		all = append(all, t.phone(p))
	}
	return all
}

// phone is a number with the link that calls it, or that writes to it where it
// is a code for text messages.
func (t *tongue) phone(p site.Phone) views.Phone {
	switch {
	case p.Dial == "":
		return views.Phone{Text: p.Text()}
	case p.TextCode():
		return views.Phone{Text: t.say.T("phone.text", "number", p.Text()), Href: "sms:" + p.Dial}
	case p.Ext != "":
		return views.Phone{Text: p.Text(), Href: "tel:" + p.Dial + ";ext=" + p.Ext}
	}
	return views.Phone{Text: p.Text(), Href: "tel:" + p.Dial}
}

// addressLine is the address in one line, in the order of the post.
func addressLine(s *site.Site) string {
	var parts []string
	for _, part := range []string{s.Address.Street, s.Address.City, strings.TrimSpace(s.Address.Region + " " + s.Address.PostalCode)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// geoLink opens the phone's own map at the site: at its point where that is its
// own, else at its address. Where neither is known there is nothing to open.
// The link carries the destination only, and there is none to a place that asks
// not to be shown.
func geoLink(s *site.Site) string {
	switch {
	case s.Consent.Position != site.RevealAll:
		return ""
	case s.Position.Mapped():
		p := s.Position.Point
		at := strconv.FormatFloat(p.Lat(), 'f', -1, 64) + "," + strconv.FormatFloat(p.Lon(), 'f', -1, 64)
		return "geo:" + at + "?q=" + at
	case s.Kind.Visited() && s.Address.Street != "" && (s.Address.City != "" || s.Address.PostalCode != ""):
		return "geo:0,0?q=" + url.QueryEscape(addressLine(s))
	}
	return ""
}
