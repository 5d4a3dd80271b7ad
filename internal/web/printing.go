package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/sheet"
	"carrypoint/internal/words"
)

// A Printing is everything that somebody chose for a printed sheet. All of it can
// stand in a URL: the place is an area, or sites by their ids.
type Printing struct {
	Place gazetteer.Place // an area; on the command line it may be a point
	IDs   []string        // sites picked by hand; then there is no place

	Format    sheet.Format
	Paper     sheet.Paper
	Languages []string // one or two tags, the main one first
	Radius    float64  // in the unit of the country, around a ZIP or a town
	Day       *time.Weekday
	Discreet  bool
	Older     bool
	Asked     asked
}

// Limits on what can be printed.
const (
	// maxPicked ids fit into an address that every browser and server takes.
	maxPicked = 60
	// maxRadius, in miles or kilometres: further away helps nobody.
	maxRadius = 200
	// maxLanguages stand beside each other on a sheet.
	maxLanguages = 2
)

// radii are offered, and the second of them is taken where none is chosen: what
// people reach in half an hour.
var radii = map[words.Unit][]float64{
	words.Miles:      {2, 10, 25, 50},
	words.Kilometres: {3, 15, 40, 80},
}

// unitNames are how a distance is written in an address: "10mi".
var unitNames = map[words.Unit]string{words.Miles: "mi", words.Kilometres: "km"}

// unitOf is what people measure with in the country of a place.
func unitOf(p gazetteer.Place) words.Unit { return origin{place: p}.unit() }

// around says whether the list is of what is near a place, and not of all of an area.
func (p *Printing) around() bool {
	kind := p.Place.Kind
	return len(p.IDs) == 0 && kind != gazetteer.County && kind != gazetteer.State
}

// fill sets what was not chosen.
func (p *Printing) fill(language string) {
	if p.Format == "" {
		p.Format = sheet.Full
	}
	if p.Paper == "" {
		p.Paper = sheet.PaperOf(p.Place.Country)
	}
	if len(p.Languages) == 0 {
		p.Languages = []string{language}
	}
	if p.Radius == 0 {
		p.Radius = radii[unitOf(p.Place)][1]
	}
}

// Printing reads the choices for a sheet of a place as an address has them: format,
// lang, paper, radius, day, title, older, site and the filters of a search.
func (s *Server) Printing(choices url.Values, place gazetteer.Place) (Printing, error) {
	return s.in(s.Language).printingOf(choices, place)
}

// printingOf reads the choices of an address; the place is read elsewhere. A word
// that is not known is refused, so that nobody trusts a choice that does nothing.
func (t *tongue) printingOf(query url.Values, place gazetteer.Place) (Printing, error) {
	p := Printing{
		Place: place, Format: sheet.Format(query.Get("format")), Paper: sheet.Paper(query.Get("paper")),
		Discreet: query.Get("title") == "plain", Older: query.Get("older") == "1",
	}
	var err error
	if p.Asked, err = askedOf(filters(query)); err != nil {
		return p, err
	}
	var known [4]bool
	p.Languages, known[0] = t.sheetLanguages(query["lang"])
	p.Day, known[1] = sheetDay(query.Get("day"))
	p.Radius, known[2] = radiusOf(query.Get("radius"), unitOf(place))
	p.IDs, known[3] = picked(query["site"])
	if slices.Contains(known[:], false) || !p.known(query) {
		return p, refusal(400, "error.print")
	}
	p.fill(t.say.Tag)
	return p, nil
}

// paperFilters are the fields of a search that a sheet has too. Whether something is
// open is no question for paper: a day of the week is.
var paperFilters = []string{"need", "free", "id", "step_free", "kind", "type", "spoken"}

// filters are those of them that a query has.
func filters(query url.Values) url.Values {
	kept := url.Values{}
	for _, name := range paperFilters {
		if len(query[name]) > 0 {
			kept[name] = query[name]
		}
	}
	return kept
}

func (p *Printing) known(query url.Values) bool {
	return (p.Format == "" || p.Format.Known()) && (p.Paper == "" || p.Paper.Known()) &&
		slices.Contains([]string{"", "plain"}, query.Get("title")) && slices.Contains([]string{"", "1"}, query.Get("older"))
}

// sheetLanguages reads tags from fields of their own or with commas: "es", "en" or
// "es,en". Empty ones and repeats are passed over.
func (s *Server) sheetLanguages(fields []string) (tags []string, ok bool) {
	for tag := range strings.SplitSeq(strings.Join(fields, ","), ",") {
		switch {
		case tag == "" || slices.Contains(tags, tag):
		case s.Words.Language(tag) == nil || len(tags) == maxLanguages:
			return nil, false
		default:
			tags = append(tags, tag)
		}
	}
	return tags, true
}

func sheetDay(text string) (*time.Weekday, bool) {
	if text == "" {
		return nil, true
	}
	day := weekday(text)
	return &day, day >= 0
}

// radiusOf reads "10mi", "16km" or "10", which is in the unit of the place.
func radiusOf(text string, unit words.Unit) (float64, bool) {
	if text == "" {
		return 0, true
	}
	number, in := text, unit
	for u, name := range unitNames {
		if before, ok := strings.CutSuffix(text, name); ok {
			number, in = before, u
		}
	}
	radius, err := strconv.ParseFloat(number, 64)
	if in != unit { // else what was read is what was written
		radius *= in.Metres() / unit.Metres()
	}
	return radius, err == nil && radius > 0 && radius <= maxRadius
}

// picked reads ids of sites, each once.
func picked(fields []string) (ids []string, ok bool) {
	for _, id := range fields {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, len(ids) <= maxPicked
}

// values writes the choices for an address, but for the format, and what need not
// be said because it is what is taken anyway.
func (p *Printing) values(language string) url.Values {
	v := p.Asked.values()
	if p.Paper != sheet.PaperOf(p.Place.Country) {
		v.Set("paper", string(p.Paper))
	}
	if !slices.Equal(p.Languages, []string{language}) {
		v.Set("lang", strings.Join(p.Languages, ","))
	}
	if unit := unitOf(p.Place); p.around() && p.Radius != radii[unit][1] {
		v.Set("radius", radiusText(p.Radius, unit))
	}
	if p.Day != nil {
		v.Set("day", strconv.Itoa(int(*p.Day)))
	}
	if p.Discreet {
		v.Set("title", "plain")
	}
	if p.Older {
		v.Set("older", "1")
	}
	for _, id := range p.IDs {
		v.Add("site", id)
	}
	return v
}

func radiusText(radius float64, unit words.Unit) string {
	return strconv.FormatFloat(radius, 'f', -1, 64) + unitNames[unit]
}

// path is where the settings are, without the language.
func (p *Printing) path() string {
	if len(p.IDs) > 0 {
		return printRoot + pickedPath
	}
	return printRoot + areaPath(p.Place)
}

// The addresses of what is printed: /print/us/oh/dayton has the settings, and
// /print/us/oh/dayton/list and /print/us/oh/dayton/list.pdf the sheet.
const (
	printRoot  = "/print"
	pickedPath = "/picked"
	pdfSuffix  = ".pdf"
)
