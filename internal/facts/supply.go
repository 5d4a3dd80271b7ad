package facts

import (
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// Supplies tells of naloxone and of fentanyl strips always, known or not,
// then of what else somebody asked about, and then of what else is listed.
func (t Teller) Supplies(s *site.Site) []views.Fact {
	facts := []views.Fact{t.naloxone(s), t.strips(s)}
	var listed []string
	for _, supply := range s.Supplies {
		switch {
		case supply.Code.Naloxone() || supply.Code == site.FentanylTestStrips:
		case t.confirmed(supply):
			facts = append(facts, t.supply(supply))
		case supply.Status == site.Yes:
			listed = append(listed, words.MidSentence(t.Say.T("supply."+string(supply.Code))))
		}
	}
	if len(listed) > 0 {
		facts = append(facts, views.Fact{Class: "yes", Text: t.Say.T("supply.also", "list", t.Say.List(listed))})
	}
	return facts
}

// naloxone names the finest form that was confirmed, else the finest that is
// listed, unless somebody was told that there is no naloxone. A no to one form
// is none to the others.
func (t Teller) naloxone(s *site.Site) views.Fact {
	best := site.Supply{Code: site.Naloxone}
	for _, supply := range s.Supplies {
		if weight := t.weight(supply); weight > 0 && weight >= t.weight(best) {
			best = supply
		}
	}
	return t.supply(best)
}

// weight is how much is told by what is known of one form of naloxone.
func (t Teller) weight(supply site.Supply) int {
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

func (t Teller) strips(s *site.Site) views.Fact {
	strips := site.Supply{Code: site.FentanylTestStrips}
	for _, supply := range s.Supplies {
		if supply.Code == strips.Code && strips.Status != site.Yes {
			strips = supply
		}
	}
	return t.supply(strips)
}

// confirmed says whether somebody asked about a supply, and was told, on a day
// that is known. A day that is to come is none.
func (t Teller) confirmed(supply site.Supply) bool {
	return supply.By != "" && supply.Status != site.Unknown && t.dated(supply)
}

func (t Teller) dated(supply site.Supply) bool {
	return supply.AsOf != "" && supply.AsOf.Day() <= site.DayOf(t.Now)
}

// supply never says "available": a listing is what somebody wrote, some day,
// and a confirmation what somebody was told.
func (t Teller) supply(supply site.Supply) views.Fact {
	name := t.Say.T("supply." + string(supply.Code))
	confirmed := t.confirmed(supply)
	day := t.Say.PartialDate(string(supply.AsOf))
	switch {
	case supply.Status == site.Yes && confirmed:
		return views.Fact{Class: "yes", Text: t.Say.T("supply.yes_confirmed", "supply", name, "date", day)}
	case supply.Status == site.Yes && t.dated(supply):
		return views.Fact{Class: "yes", Text: t.Say.T("supply.listed", "supply", name, "when", t.Say.When(string(supply.AsOf)))}
	case supply.Status == site.Yes:
		return views.Fact{Class: "yes", Text: t.Say.T("supply.listed_undated", "supply", name)}
	case supply.Status == site.No && confirmed:
		return views.Fact{Class: "no", Text: t.Say.T("supply.no_confirmed", "supply", name, "date", day)}
	case supply.Status == site.No:
		return views.Fact{Class: "no", Text: t.Say.T("supply.no", "supply", name)}
	}
	return views.Fact{Class: "ask", Text: t.Say.T("supply.unknown", "supply", name)}
}

// SupplyNames lists what is had, in short.
func (t Teller) SupplyNames(s *site.Site) string {
	var names []string
	for _, supply := range s.Supplies {
		if supply.Status == site.Yes {
			names = append(names, t.Say.T("supply."+string(supply.Code)))
		}
	}
	if len(names) == 0 {
		return t.Say.T("supply.none_named")
	}
	for i := range names[1:] {
		names[i+1] = words.MidSentence(names[i+1])
	}
	return t.Say.List(names)
}
