package ingest

import (
	"fmt"
	"hash/fnv"
	"strings"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
)

// name settles what a site is called. A source without a name has the type of
// the host and the street instead; a name that a spreadsheet spoiled is kept
// with a warning; the name of a person is not kept at all.
func name(r *row, s *site.Site) {
	if practitioner(s.Name, s.Address.Region) {
		r.rejectHushed("personal_name", r.plan.names[colName], "it reads like the name of a person; such rows are not kept")
		r.forget(colName)
		s.Name = ""
		return
	}
	if planned(s.Name) && s.Status == site.Active {
		s.Status = site.Planned
	}
	damaged, lost := spoiled(s.Name)
	if damaged {
		r.warn("spreadsheet_damage", colName, "a spreadsheet or a doubt has left its marks in the name")
	}
	if s.Name != "" && !lost {
		return
	}
	if r.plan.own {
		r.reject("no_name", colName, "a site needs a name")
		return
	}
	s.Name = standIn(s)
	if s.Name == "" {
		r.reject("no_name", colName, "it has no name, and no address to call it by")
		return
	}
	r.warn("no_name", colName, fmt.Sprintf("it has no name; it is called %q", s.Name))
}

// forget blanks the source's columns from which a column was made.
func (r *row) forget(c column) {
	r.values[c] = ""
	for _, at := range r.plan.makers[c].from {
		if at >= 0 && at < len(r.record.Values) {
			r.record.Values[at] = ""
		}
	}
}

// standIn is what a site without a name is called.
func standIn(s *site.Site) string {
	if s.Organization != "" {
		return s.Organization
	}
	street := s.Address.Street
	if street == "" {
		return ""
	}
	kind := strings.ReplaceAll(string(s.Type), "_", " ")
	switch s.Type {
	case site.Other:
		kind = "Site"
	case site.SSP:
		kind = "Syringe services"
	}
	return strings.ToUpper(kind[:1]) + kind[1:] + ", " + street
}

// planned says whether a name tells that the site is not there yet.
func planned(name string) bool {
	return holds(name, "install pending") || holds(name, "installation pending") || holds(name, "coming soon") || holds(name, "not yet installed")
}

// spoiled finds the marks of spreadsheets in a name: "#REF!", "+B1:E29", "CV+D:DS
// ALBANY"; and of somebody's doubt: "???". Lost is a name that is nothing else.
func spoiled(name string) (damaged, lost bool) {
	for _, mark := range []string{"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"} {
		if strings.Contains(name, mark) {
			return true, strings.TrimSpace(strings.ReplaceAll(name, mark, "")) == ""
		}
	}
	if strings.Contains(name, "???") || cellRange(name) {
		return true, strings.Trim(name, "?+:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && strings.ContainsAny(name, "+?")
	}
	return false, false
}

// cellRange finds "+B1:E29" and what is left of one, "+D:DS": a plus, a column,
// a colon and a column.
func cellRange(name string) bool {
	for rest := name; ; {
		_, after, ok := strings.Cut(rest, "+")
		if !ok {
			return false
		}
		rest = after
		cell := strings.TrimLeft(strings.TrimLeft(after, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "0123456789")
		if cell != after && len(after)-len(cell) <= 6 && strings.HasPrefix(cell, ":") && len(cell) > 1 && cell[1] >= 'A' && cell[1] <= 'Z' {
			return true
		}
	}
}

// slug is what the id of a new site is minted from:
// "us-ny-the-mission". It tells no place finer than the state, so that it can
// stay when a place must not be shown.
func slug(s *site.Site) string {
	name := site.Hushed(s.Name, s.Address.Street)
	if name == "" {
		name = strings.ReplaceAll(string(s.Type), "_", " ") // it is called after its street
	}
	text := gazetteer.Slug(strings.Join([]string{s.Address.Country, s.Address.Region, name}, " "))
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; c == '-' || letter(c) && c < 0x80 {
			b.WriteByte(c)
		}
	}
	text = b.String()
	if len(text) > maxSlug {
		text = text[:maxSlug]
		if at := strings.LastIndexByte(text, '-'); at > maxSlug/2 {
			text = text[:at]
		}
	}
	return strings.Trim(text, "-")
}

// key names the record within its source: by the columns that the source names
// its records with, else by name, address and access point.
func (r *row) key(a site.Address) string {
	if r.plan.own {
		return r.get(colID)
	}
	var parts []string
	for i, at := range r.plan.key {
		text := value(r.record.Values, at)
		if r.plan.Key[i] == formatID {
			text = r.record.ID
		}
		if text = clean(text); text != "" {
			parts = append(parts, text)
		}
	}
	if len(parts) < len(r.plan.key) || len(parts) == 0 {
		parts = parts[:0]
		for _, part := range r.keyParts(a) {
			parts = append(parts, dashed(part))
		}
	}
	key := strings.Join(parts, "|")
	if len(key) > maxKey {
		h := fnv.New64a()
		h.Write([]byte(key))
		key = fmt.Sprintf("%s~%016x", strings.ToValidUTF8(key[:maxKey-17], ""), h.Sum64())
	}
	return key
}

// keyParts name a record whose source does not.
func (r *row) keyParts(a site.Address) [5]string {
	return [...]string{r.get(colName), r.get(colOrganization), a.Street, a.City, r.get(colAccessPoint)}
}

// keyHash is the same for records of one key.
func (r *row) keyHash(a site.Address) hash {
	if r.plan.own || len(r.plan.key) > 0 {
		return hashStart.words(r.key(a))
	}
	h := hashStart
	for _, part := range r.keyParts(a) {
		h = h.words(part)
	}
	return h
}

// dashed is the letters and digits of a text in lower case, with a dash between
// its words: what hash.words reads, to be seen.
func dashed(text string) string {
	out := make([]byte, 0, len(text))
	for i := range len(text) {
		c := text[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		switch {
		case letter(c):
			out = append(out, c)
		case len(out) > 0 && out[len(out)-1] != '-':
			out = append(out, '-')
		}
	}
	return strings.TrimRight(string(out), "-")
}

// formatID in a mapping's key is the format's own name of a record: "id" of a
// GeoJSON feature.
const formatID = "@id"
