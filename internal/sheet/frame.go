package sheet

import (
	"strconv"
	"strings"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/help"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// A Scope is how a sheet names what it covers.
type Scope string

// The scopes.
const (
	Near   Scope = "near"   // around a place
	In     Scope = "in"     // an area
	Picked Scope = "picked" // sites that somebody chose by hand
)

// A Frame is what a sheet says besides its sites, and how it is laid out.
type Frame struct {
	Format   Format
	Paper    Paper
	Tellers  []facts.Teller // one or two: the languages, the main one first
	Scope    Scope
	Place    string // "Dayton, OH"; not used with Picked
	Region   string // name of the state or province
	Country  string // ISO 3166-1 alpha-2
	Discreet bool   // the title names no supply
	Day      *time.Weekday

	RadiusMetres float64 // of Near
	Unit         words.Unit

	Edition  string // short id
	Made     time.Time
	Overdose help.Guide // what to do in an overdose, and the number to call

	Short    string // address of the newest list, as people type it; empty where it is not known
	QR       string // SVG of the same; empty with it
	OneQR    string // of the page of the first site, for a poster
	OneShort string

	// Draw makes a map of sites, an SVG of a size in CSS pixels; empty for none.
	Draw func(pins []Pin, width, height int) string
	// Distance says how far a site is; empty where nothing can be said.
	Distance func(say *words.Language, h edition.Hit) string
}

// A Pin is a site on a map, with its number on the sheet.
type Pin struct {
	Number string
	edition.Hit
}

// MaxPins is how many places a map shows: more cannot be read, and a photocopy of
// more is black.
const MaxPins = 150

// CheckAgainDays is after how many days a sheet asks to be checked: lists of
// supplies change within weeks, and Vaccines.gov hid what was older than 29 days.
const CheckAgainDays = 30

// A layout is a list in its frame.
type layout struct {
	List
	Frame
	numbers map[string]int // of the sites, from 1
}

// Layout lays a list out.
func Layout(list List, frame Frame) views.Sheet {
	l := layout{list, frame, map[string]int{}}
	for i, h := range list.Hits() {
		l.numbers[h.Site.ID] = i + 1
	}
	main := l.Tellers[0].Say
	s := views.Sheet{Tag: main.Tag, Dir: main.Dir, Title: l.Title(), Class: l.class()}
	switch l.Format {
	case Cards:
		s.Cards = l.cards()
	case Zine:
		s.Zine = l.zine()
	case Tearoff:
		s.Tearoff = l.tearoff()
	case Poster:
		s.Poster = l.poster()
	case Days:
		s.List = l.days()
	default:
		s.List = l.full()
	}
	return s
}

// class is what the style sheet goes by.
func (f Frame) class() string {
	class := string(f.Format) + " " + string(f.Paper)
	if f.bilingual() {
		class += " two"
	}
	return class
}

// Title is the heading in the main language.
func (f Frame) Title() string { return f.title(f.Tellers[0].Say) }

func (f Frame) title(say *words.Language) string {
	key := "sheet.title."
	if f.Discreet {
		key = "sheet.plain."
	}
	return say.T(key+string(f.Scope), "place", f.Place)
}

// say makes a text in each language.
func (f Frame) say(text func(t facts.Teller) string) []views.Said {
	var all []views.Said
	for _, t := range f.Tellers {
		if s := text(t); s != "" {
			all = append(all, views.Said{Tag: t.Say.Tag, Dir: t.Say.Dir, Text: s})
		}
	}
	return all
}

// said is the message of a key in each language.
func (f Frame) said(key string, pairs ...string) []views.Said {
	return f.say(func(t facts.Teller) string { return t.Say.T(key, pairs...) })
}

// counted is the message of a key in the plural form of n.
func (f Frame) counted(key string, n int, pairs ...string) []views.Said {
	return f.say(func(t facts.Teller) string { return t.Say.N(key, n, pairs...) })
}

// columns are lines in each language, side by side.
func (f Frame) columns(lines func(t facts.Teller) []views.Fact) []views.SheetColumn {
	var all []views.SheetColumn
	for _, t := range f.Tellers {
		all = append(all, views.SheetColumn{Tag: t.Say.Tag, Dir: t.Say.Dir, Source: words.Master, Lines: lines(t)})
	}
	return all
}

// draw makes a map of those of the sites that have a position, as many as can be read.
func (l layout) draw(hits []edition.Hit, width, height int) string {
	pins := l.pins(hits)
	if len(pins) == 0 || l.Draw == nil {
		return ""
	}
	return l.Draw(pins, width, height)
}

func (l layout) pins(hits []edition.Hit) []Pin {
	var pins []Pin
	for _, h := range hits {
		if h.Site.Position.Known() && h.Site.Kind.Visited() && len(pins) < MaxPins {
			pins = append(pins, Pin{l.number(h), h})
		}
	}
	return pins
}

// number is the number of a site on the sheet.
func (l layout) number(h edition.Hit) string { return strconv.Itoa(l.numbers[h.Site.ID]) }

// bilingual says whether there are two languages, which share the room.
func (f Frame) bilingual() bool { return len(f.Tellers) > 1 }

// steps are what to do in an overdose, in one sentence each.
func (f Frame) steps(t facts.Teller) []string { return t.Items(f.Overdose, "steps") }

// standing says who answers for the steps.
func (f Frame) standing(t facts.Teller) string {
	return strings.Join(t.Standing(f.Overdose.Review), " ")
}
