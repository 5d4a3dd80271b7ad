package ingest

import (
	"slices"
	"strings"

	"carrypoint/internal/site"
)

// Who is not to be sent where. A rule here that is too strict leaves a public
// place out, and a steward sees why; one that is too loose sends a stranger to
// somebody's home.

// homes are names of places where people live.
var homes = hintsOf([]string{"oxford house", "sober home", "sober house", "sober living", "sober residence", "recovery residence", "recovery house", "halfway house", "private residence", "private home", "group home", "transitional living", "safe house", "domestic violence shelter"})

// homeRooms are access points of a home and of nothing else.
var homeRooms = []string{"kitchen", "living room", "dining room", "bedroom", "master bedroom", "family room", "laundry room", "basement", "garage", "den", "pantry", "kitchen cabinet", "bathroom cabinet"}

// closed are words of places that the public may not enter.
var closed = hintsOf([]string{"employees only", "employee only", "staff only", "staff use only", "authorized personnel", "not open to the public", "not open to public", "not accessible to the public", "not publicly accessible", "not available to the public", "students only", "tenants only", "private property", "staff lounge", "staff room", "break room", "staff parking only"})

// prisons and courts hold people; a stranger does not walk in.
var prisons = newWords("prison", "jail", "correctional", "corrections", "detention", "penitentiary", "inmate")
var probation = newWords("probation", "parole")

// schoolWords are those of schools for children.
var schoolWords = newWords("school", "schools", "elementary", "kindergarten", "preschool")

var nurses = newWords("nurse", "nurse's", "nurse’s", "nurses")

// A reason is why a row is not for the public.
type reason struct {
	code string
	in   column
	text string
}

// notPublic judges whether a row may be shown. The words of the row are never
// part of what is said: a home must not stand in a log.
func notPublic(r *row, s *site.Site) (reason, bool) {
	if s.PublicAccess == site.No {
		return reason{"not_public", colPublicAccess, "its source says that it is not open to the public"}, true
	}
	if s.Type == site.PrivateResidence {
		return reason{"private", colType, "it is a private home"}, true
	}
	if s.Type == site.Correctional {
		return reason{"not_public", colType, "it is a prison"}, true
	}
	name := r.get(colName)
	if len(name)+len(s.AccessPoint)+len(s.Notes)+len(s.Organization) == 0 {
		return reason{}, false
	}
	for _, c := range []column{colName, colAccessPoint} {
		if homes.in(r.get(c)) {
			return reason{"private", c, "it reads like a place where people live"}, true
		}
	}
	for piece := range strings.SplitSeq(s.AccessPoint, ";") {
		words := strings.TrimLeft(strings.ToLower(piece), " 0123456789:.-")
		if slices.Contains(homeRooms, strings.TrimSpace(strings.TrimPrefix(words, "the "))) {
			return reason{"private", colAccessPoint, "it is in a room of a home or of its staff"}, true
		}
	}
	if prisons.in(name) || correctionsFacility(name) {
		return reason{"not_public", colName, "it reads like a prison"}, true
	}
	if probation.in(name) || strings.HasPrefix(name, "P&P ") {
		return reason{"not_public", colName, "it reads like a probation or parole office"}, true
	}
	for _, c := range []column{colName, colAccessPoint, colNotes, colEligibility, colWait} {
		if closed.in(r.get(c)) {
			return reason{"not_public", c, "its words say that the public may not go there"}, true
		}
	}
	if nurses.in(s.AccessPoint) {
		return reason{"not_public", colAccessPoint, "it is in a nurse's room"}, true
	}
	for _, c := range []column{colAccessPoint, colNotes} {
		if inRoom(r.get(c)) {
			return reason{"not_public", c, "it is in a numbered room"}, true
		}
	}
	if s.PublicAccess != site.Yes && school(name) {
		return reason{"not_public", colName, "it reads like a school for children, and its source does not say that the public may go in"}, true
	}
	return reason{}, false
}

// correctionsFacility finds "DOC Women's Facility": a department of corrections.
func correctionsFacility(name string) bool {
	return strings.HasPrefix(name, "DOC ") && holds(name, "facility")
}

// school says whether a name is that of a school for children: not "School of
// Business", not a shop in School Street.
func school(name string) bool {
	if !schoolWords.hints.in(name) {
		return false
	}
	words := wordsOf(name)
	for i, word := range words {
		if !schoolWords.has(word) {
			continue
		}
		if slices.Contains([]string{"of", "street", "st", "road", "rd", "avenue", "ave", "lane", "for"}, value(words, i+1)) && word == "school" {
			continue
		}
		if slices.Contains([]string{"driving", "old", "law", "graduate", "nursing", "beauty"}, value(words, i-1)) && i == 1 {
			continue
		}
		return true
	}
	return false
}

// inRoom finds "in room 190": a way in that only guests and staff have.
// "Beside room 14" is a hallway.
func inRoom(text string) bool {
	if !holds(text, "room") {
		return false
	}
	words := wordsOf(text)
	for i, word := range words {
		if word == "room" && numeric(value(words, i+1)) && (i == 0 || value(words, i-1) == "in" || value(words, i-1) == "inside") {
			return true
		}
	}
	return false
}
