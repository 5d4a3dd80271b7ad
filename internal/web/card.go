package web

import (
	"math"
	"net/url"
	"strconv"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/site"
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
		Supplies: t.tell().Supplies(s),
		Terms:    t.tell().Terms(s),
		Where:    s.AccessPoint,
		Address:  facts.AddressLine(s),
		Phones:   t.tell().Phones(s),
		Geo:      geoLink(s),
		Missing:  t.tell().Missing(s),
		Fresh:    t.tell().Fresh(s),
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
		Name: h.Site.Name, Href: t.path("/site/" + h.Site.ID), Phones: t.tell().Phones(h.Site),
		Supplies: []views.Fact{{Text: t.tell().SupplyNames(h.Site)}, {Text: t.tell().FreshInShort(h.Site)}},
	}
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
		return "geo:0,0?q=" + url.QueryEscape(facts.AddressLine(s))
	}
	return ""
}
