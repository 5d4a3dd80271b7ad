package web

import (
	"bytes"
	"strconv"
	"strings"

	"carrypoint/internal/draw"
	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/sheet"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// A Paper is a printed sheet, before a browser makes pages of it.
type Paper struct {
	HTML    []byte
	Style   string // of the page; its hash allows it
	Title   string
	Places  int
	Remote  int // of them, those by mail or phone
	Pages   int // about
	LeftOut map[sheet.Reason]int
}

// Paper lays a sheet out. site is the public address of the whole site, such as
// "https://example.org"; without it the sheet has no code and no address.
func (s *Server) Paper(p Printing, site string) (Paper, error) {
	t := s.in(p.Languages[0])
	view, list := t.sheet(p, site)
	view.Style = views.SheetStyle + t.pageRules(view.Title, p)
	var page bytes.Buffer
	if err := views.SheetPage(view).Render(noContext, &page); err != nil {
		return Paper{}, err
	}
	paper := countedSheet(view, list, p.Format)
	paper.HTML, paper.Style = t.say.Closed(page.Bytes()), view.Style
	return paper, nil
}

// countedSheet is what can be told of a sheet that nobody has opened yet.
func countedSheet(view views.Sheet, list sheet.List, format sheet.Format) Paper {
	return Paper{
		Title: view.Title, Places: list.Len(), Remote: list.Remote(), Pages: sheet.Pages(view, format), LeftOut: list.LeftOut,
	}
}

// in is the site in a language, for saying things; it has no routes.
func (s *Server) in(tag string) *tongue {
	say := s.Words.Language(tag)
	return &tongue{Server: s, say: say, prefix: s.prefixOf(say)}
}

// sheet makes the list of a printing and lays it out.
func (t *tongue) sheet(p Printing, site string) (views.Sheet, sheet.List) {
	e := t.Editions.Edition()
	list := sheet.Choose(e, t.request(e, p), t.Policy, t.Now())
	frame := t.frame(e, p, list)
	if site != "" {
		frame.QR, frame.Short = t.code(site, t.newestPath(p, list), "sheet.scan")
		if hits := list.Hits(); p.Format == sheet.Poster && len(hits) > 0 {
			frame.OneQR, frame.OneShort = t.code(site, "/site/"+hits[0].Site.ID, "sheet.scan_site")
		}
	}
	view := sheet.Layout(list, frame)
	view.Back = views.Link{Text: t.say.T("sheet.back"), Href: t.path(p.path()) + queryOf(p.settings(t.say.Tag))}
	view.Screen = t.say.T("sheet.screen")
	return view, list
}

// request says which sites a printing wants.
func (t *tongue) request(e *edition.Edition, p Printing) sheet.Request {
	country, region := strings.ToLower(p.Place.Country), strings.ToLower(p.Place.Region)
	r := sheet.Request{IDs: p.IDs, From: p.Place.Point, Filter: p.Asked.filter(t.Now()), Day: p.Day, Older: p.Older, ByTown: p.Format.ByTown()}
	if len(p.IDs) > 0 {
		return r
	}
	r.Region = edition.Area{Country: country, Region: region}
	switch p.Place.Kind {
	case gazetteer.State:
		r.Area = r.Region
	case gazetteer.County:
		r.Area = edition.Area{Country: country, Region: region, County: p.Place.Slug}
	default:
		r.RadiusMetres = p.Radius * unitOf(p.Place).Metres()
	}
	return r
}

// frame is what the sheet says besides its sites.
func (t *tongue) frame(e *edition.Edition, p Printing, list sheet.List) sheet.Frame {
	overdose := t.Help.Guides[overdoseGuide]
	f := sheet.Frame{
		Format: p.Format, Paper: p.Paper, Scope: scopeOf(p), Place: t.sheetPlace(p.Place),
		Country: p.Place.Country, Discreet: p.Discreet, Day: p.Day,
		RadiusMetres: p.Radius * unitOf(p.Place).Metres(), Unit: unitOf(p.Place),
		Edition: e.ShortID(), Made: e.Meta.Made, Overdose: overdose,
	}
	for _, tag := range p.Languages {
		f.Tellers = append(f.Tellers, t.Server.in(tag).tell())
	}
	if state, ok := t.Places.Area(strings.ToLower(p.Place.Country), strings.ToLower(p.Place.Region), ""); ok {
		f.Region = state.Name
	}
	if hits := list.Hits(); f.Country == "" && len(hits) > 0 {
		f.Country = hits[0].Site.Address.Country
	}
	o := originOf(p.Place)
	o.place.Country = f.Country // sites that were picked have no place: the map counts as their country does
	if p.around() {
		f.Distance = func(say *words.Language, h edition.Hit) string { return t.Server.in(say.Tag).distanceOnPaper(o, h) }
	}
	f.Draw = func(pins []sheet.Pin, width, height int) string {
		return t.sheetMap(o, p.around(), pins, width, height)
	}
	return f
}

// sheetPlace names the place of a sheet: a ZIP with its town.
func (t *tongue) sheetPlace(p gazetteer.Place) string {
	if p.Kind == gazetteer.Postcode && p.Town != "" {
		return p.Name + " (" + p.Town + ", " + p.Region + ")"
	}
	if p.Kind == gazetteer.Point {
		town, _ := t.Places.NearestTown(p.Point)
		return t.placeName(town)
	}
	return t.placeName(p)
}

func scopeOf(p Printing) sheet.Scope {
	switch {
	case len(p.IDs) > 0:
		return sheet.Picked
	case p.around():
		return sheet.Near
	}
	return sheet.In
}

// newestPath is the page that has what the sheet has: that of the area, or of the
// state of sites that were picked.
func (t *tongue) newestPath(p Printing, list sheet.List) string {
	place := p.Place
	if place.Kind == gazetteer.Point {
		place, _ = t.Places.NearestTown(place.Point)
	}
	if len(p.IDs) == 0 {
		return areaPath(place)
	}
	return commonArea(list.Hits())
}

// commonArea is the path of the state that all sites lie in, or of the first page.
func commonArea(hits []edition.Hit) string {
	path := "/"
	for i, h := range hits {
		state := "/" + strings.ToLower(h.Site.Address.Country+"/"+h.Site.Address.Region)
		if i > 0 && state != path {
			return "/"
		}
		path = state
	}
	return path
}

// code is the QR code of a page, and its address as people type it.
func (t *tongue) code(site, path, title string) (svg, short string) {
	address := site + t.path(path)
	picture, err := draw.QR(nil, address, t.say.T(title))
	if err != nil { // longer than any code: then the text has to do
		picture = nil
	}
	return string(picture), onPaper(address)
}

// sheetMap draws the pins of a sheet, in its main language.
func (t *tongue) sheetMap(o origin, around bool, pins []sheet.Pin, width, height int) string {
	m := draw.Map{Width: width, Height: height, Title: t.say.T("map.title"), ScaleText: t.scale(o), ScaleUnit: o.unit().Metres()}
	if around {
		m.From, m.FromVague = &o.point, true
	}
	for _, p := range pins {
		m.Pins = append(m.Pins, draw.Pin{
			At: p.Site.Position.Point, Label: p.Number, Href: "#e" + p.Number, Title: p.Site.Name, Vague: !p.Site.Position.Mapped(),
		})
	}
	return t.svg(m)
}

// pageRules are the parts of the style that depend on the paper and on the list:
// its size, and what stands in the margins of each page where a browser can do
// that. Chromium then leaves its own header and footer off, and with them the
// address of the page.
func (t *tongue) pageRules(title string, p Printing) string {
	size := string(p.Paper)
	switch p.Format {
	case sheet.Zine:
		return "@page{size:" + size + " landscape;margin:0}"
	case sheet.Cards, sheet.Poster, sheet.Tearoff:
		return "@page{size:" + size + ";margin:0}"
	}
	start, end := "left", "right"
	if t.say.Dir == "rtl" {
		start, end = end, start
	}
	points := "9pt"
	if p.Format == sheet.Large {
		points = "14pt"
	}
	font := ";font:" + points + " \"Noto Sans\",system-ui,\"Noto Naskh Arabic\",sans-serif}"
	return "@page{size:" + size + ";margin:15mm 12mm 17mm" +
		";@top-" + start + "{content:" + cssString(title) + font +
		"@top-" + end + "{content:" + cssString(t.say.T("sheet.margin", "id", t.Editions.Edition().ShortID(), "date", t.say.Date(t.Now()))) + font +
		"@bottom-" + start + "{content:" + cssString(t.say.T("sheet.overdose_short", "number", t.EmergencyNumber())) + ";font-weight:700" + font +
		"@bottom-" + end + "{content:" + pageCount(t.say) + font + "}" +
		"@page:first{@top-left{content:none}@top-right{content:none}}"
}

// pageCount is "Page 2 of 5" with counters for its numbers. In words, because
// numbers alone are turned round on a page that is read from right to left.
func pageCount(say *words.Language) string {
	const page, pages = "\x01", "\x02"
	var content strings.Builder
	rest := say.T("sheet.page", "page", page, "pages", pages)
	for rest != "" {
		i := strings.IndexAny(rest, page+pages)
		if i < 0 {
			i = len(rest)
		}
		content.WriteString(cssString(rest[:i]))
		if i < len(rest) {
			content.WriteString(map[string]string{page: " counter(page) ", pages: " counter(pages) "}[rest[i:i+1]])
			i++
		}
		rest = rest[i:]
	}
	return content.String()
}

// cssString writes a text as a string of CSS in which nothing but letters and
// digits stands for itself, so that it can end neither the string nor the style.
func cssString(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == ' ', r >= 0xA0:
			b.WriteRune(r)
		default:
			b.WriteString("\\" + strconv.FormatInt(int64(r), 16) + " ")
		}
	}
	b.WriteByte('"')
	return b.String()
}
