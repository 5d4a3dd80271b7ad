package sheet

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// everything is a list with each kind of thing that a sheet can say.
func everything(t testing.TB) List {
	t.Helper()
	e := editionOf(t,
		invent("machine", 1, open("24/7")),
		invent("pharmacy", 2, open("Mon-Fri 9am-5pm, closed holidays"), func(s *site.Site) { s.Type, s.Cost = site.Pharmacy, site.Paid }),
		invent("van", 3, open("1st and 3rd Tuesday 2pm-4pm"), func(s *site.Site) { s.Kind, s.Type = site.MobileStop, site.MobileVan }),
		invent("unknown", 4, func(s *site.Site) { s.Phones, s.URL, s.Supplies = nil, "https://example.org/place", nil }),
		invent("unreadable", 5, open("whenever")),
		invent("stale", 6, open("Sat 9am-noon"), func(s *site.Site) { s.CheckedOn, s.Hours.AsOf = "2026-02-01", "2025-01-01" }),
		invent("missing", 7, func(s *site.Site) { s.MissingSince = "2026-10-01" }),
		invent("building", 8, open("Mon-Sat 10am-6pm"), func(s *site.Site) { s.Hours.Scope = site.ScopeBuilding }),
		invent("old", 9, older), invent("mail", 0, byMail), invent("unplaced", 0, unplaced),
	)
	list := Choose(e, Request{Area: montgomery, From: middle, Region: edition.Area{Country: "us", Region: "oh"}, Older: true, ByTown: true}, usual, noon)
	list.LeftOut = map[Reason]int{NotPrint: 2, Gone: 1}
	list.Doubts = map[edition.Question]int{edition.AskFree: 4}
	return list
}

// textOf is all that a sheet says.
func textOf(t testing.TB, s views.Sheet) string {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A sheet is read on another day.
func TestPaperNeverSaysThatAPlaceIsOpenNow(t *testing.T) {
	list := everything(t)
	for _, say := range shipped().Languages() {
		var banned []string
		for _, text := range []string{say.T("open.until", "time", "\x00"), say.T("open.opens", "when", "\x00"), say.T("open.closed")} {
			parts := strings.Split(text, "\x00")
			longest := slices.MaxFunc(parts, func(a, b string) int { return len(a) - len(b) })
			banned = append(banned, strings.Trim(longest, " .。،\u2066\u2067\u2068\u2069"))
		}
		for _, format := range Formats() {
			text := textOf(t, Layout(list, framed(format, say.Tag)))
			for _, words := range banned {
				if strings.Contains(text, words) {
					t.Errorf("%s in %s says %q", format, say.Tag, words)
				}
			}
		}
	}
}

func TestEveryPlaceOfAListHasItsNumberOnce(t *testing.T) {
	list := everything(t)
	for _, tags := range [][]string{{"en"}, {"es", "en"}} {
		for _, format := range []Format{Full, Large, Days} {
			s := Layout(list, framed(format, tags...))
			var numbers []string
			for _, g := range s.List.Groups {
				for _, e := range slices.Concat(g.First, g.Rest) {
					numbers = append(numbers, e.Number)
					if e.Anchor != "e"+e.Number {
						t.Errorf("%s: the map leads to %s, and the place is at %s", format, e.Number, e.Anchor)
					}
					if len(e.Columns) != len(tags) {
						t.Errorf("%s: place %s is told in %d languages, not %d", format, e.Number, len(e.Columns), len(tags))
					}
				}
			}
			for i, n := range numbers {
				if n != strconv.Itoa(i+1) {
					t.Errorf("%s: place %d has the number %s", format, i+1, n)
				}
			}
			if len(numbers) != list.Len() {
				t.Errorf("%s: %d places of %d", format, len(numbers), list.Len())
			}
			if want := shipped().Language(tags[0]).N("sheet.end", list.Len()); s.List.End[0].Text != want {
				t.Errorf("%s ends with %q", format, s.List.End[0].Text)
			}
		}
	}
}

func TestWhatEverySheetSays(t *testing.T) {
	list := everything(t)
	en, es := shipped().Language("en"), shipped().Language("es")
	all := func(say *words.Language) []string {
		return []string{
			say.T("sheet.edition", "id", "0123456789ab", "date", say.Date(noon)),
			say.T("sheet.printed", "date", say.Date(noon), "next", say.Date(noon.AddDate(0, 0, CheckAgainDays))),
			say.T("sheet.overdose", "number", "911"), say.T("sheet.call"),
			say.N("sheet.left.print", 2), say.N("sheet.left.gone", 1), say.N("left_out.free", 4),
			say.T("help.unreviewed"), say.T("older.never"), say.T("sheet.soon_unknown", "day", "\x00"),
		}
	}
	for _, test := range []struct {
		name   string
		sheet  views.Sheet
		says   []string
		silent []string
	}{
		{"an address of the web stands apart where letters run the other way", Layout(list, framed(Full, "ar")), []string{"\u2068https://example.org/place\u2069"}, nil},
		{"a list says what it is, how old, and what it leaves out", Layout(list, framed(Full, "en")), append(all(en), "Example County (licence: CC BY 4.0)"), nil},
		{"in two languages it says so twice", Layout(list, framed(Full, "es", "en")), append(all(en), all(es)...), nil},
		{"in large print too", Layout(list, framed(Large, "es")), all(es), nil},
		{"day by day too", Layout(list, framed(Days, "en")), append(all(en), en.T("sheet.days.always"), en.T("sheet.days.unknown"), en.T("sheet.days.mobile"), en.T("sheet.days.places")), nil},
		{"a card counts what it leaves out", Layout(list, framed(Cards, "en")), []string{en.N("sheet.first_of", list.Len(), "first", "3"), en.T("help.unreviewed")}, nil},
		{"a booklet says what it leaves out", Layout(list, framed(Zine, "en")), []string{en.N("sheet.left.print", 2), en.T("sheet.sources_at"), en.T("overdose.do.1")}, nil},
		{"a poster with tabs counts too", Layout(list, framed(Tearoff, "en")), []string{en.T("sheet.call"), " of " + strconv.Itoa(list.Len()) + " places"}, nil},
		{"a poster names one place", Layout(list, framed(Poster, "en")), []string{"Example building", en.T("sheet.poster.near.naloxone")}, []string{"Example van"}},
		{"a discreet title names no supply", Layout(list, discreet(framed(Cards, "en"))), []string{en.T("sheet.plain.in", "place", "Example County, OH")}, []string{en.T("sheet.title.in", "place", "Example County, OH")}},
		{"without an address there is no code", Layout(list, unaddressed(framed(Full, "en"))), nil, []string{"<svg></svg>", "example.org/us"}},
		{"nothing to list is said", Layout(List{}, framed(Full, "en")), []string{en.T("sheet.none")}, []string{en.T("sheet.call")}},
		{"nothing to list on a card", Layout(List{}, framed(Cards, "en")), []string{en.T("sheet.none")}, nil},
		{"nothing to list in a booklet", Layout(List{}, framed(Zine, "en")), []string{en.T("sheet.none")}, []string{en.T("sheet.call")}},
		{"nothing to list on a poster", Layout(List{}, framed(Poster, "en")), []string{en.T("sheet.none")}, nil},
		{"nothing to list above the tabs", Layout(List{}, framed(Tearoff, "en")), []string{en.T("sheet.none")}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := textOf(t, test.sheet)
			for _, want := range test.says {
				want, _, _ = strings.Cut(want, "\x00")
				if !strings.Contains(text, want) {
					t.Errorf("it does not say %q", want)
				}
			}
			for _, not := range test.silent {
				if strings.Contains(text, not) {
					t.Errorf("it says %q", not)
				}
			}
		})
	}
}

func discreet(f Frame) Frame {
	f.Discreet = true
	return f
}

func unaddressed(f Frame) Frame {
	f.QR, f.Short = "", ""
	return f
}

func TestEachDayListsWhatHasHoursThen(t *testing.T) {
	e := editionOf(t,
		invent("late", 1, open("Tue 2pm-4pm")), invent("early", 2, open("Mon-Fri 9am-5pm")),
		invent("always", 3, open("24/7")), invent("some", 4, open("1st Tuesday 10am-noon")),
	)
	list := Choose(e, Request{From: middle, RadiusMetres: 10 * mile}, usual, noon)
	rowsOf := func(d views.SheetDay) (all []string) {
		for _, r := range slices.Concat(d.First, d.Rest) {
			all = append(all, r.Number+" "+r.Name+": "+r.Texts[0].Text)
		}
		return all
	}
	days := Layout(list, framed(Days, "en")).List.Days
	if len(days) != 8 {
		t.Fatalf("%d parts, not seven days and what is always open", len(days))
	}
	want := []string{"2 Example early: 9am to 5pm", "4 Example some: 10am to noon (1st of the month)", "1 Example late: 2pm to 4pm"}
	if got := rowsOf(days[1]); !slices.Equal(got, want) {
		t.Errorf("Tuesday has %q, want %q", got, want)
	}
	if got := rowsOf(days[5]); got != nil || len(days[5].None) == 0 {
		t.Errorf("Saturday has %q, and does not say that it has nothing", got)
	}
	if got := rowsOf(days[7]); len(got) != 1 || !strings.HasPrefix(got[0], "3 Example always") {
		t.Errorf("always open is %q", got)
	}
	tuesday := time.Tuesday
	frame := framed(Days, "en")
	frame.Day = &tuesday
	if got := Layout(list, frame).List.Days; len(got) != 2 {
		t.Errorf("a sheet of one day has %d parts", len(got))
	}
}

func TestASmallFormatNamesTheNearestFirst(t *testing.T) {
	var sites []site.Site
	for i := range 40 {
		sites = append(sites, invent(strconv.Itoa(i), float64(i)/10, open("Mon-Fri 9am-5pm; Sat 10am-noon")))
	}
	list := Choose(editionOf(t, sites...), Request{From: middle, RadiusMetres: 10 * mile}, usual, noon)
	for _, tags := range [][]string{{"en"}, {"es", "en"}} {
		for _, paper := range Papers() {
			frame := func(f Format) Frame {
				frame := framed(f, tags...)
				frame.Paper, frame.Scope = paper, Near
				return frame
			}
			cards := Layout(list, frame(Cards)).Cards
			if len(cards.Fronts) != 10 || len(cards.Backs) != 10 || len(cards.Fronts[0].Places) != 3 || cards.Fronts[0].Places[0].Name != "Example 0" {
				t.Errorf("%v on %s: the cards are %+v", tags, paper, cards.Fronts[0])
			}
			for i := range cards.Fronts {
				if back := i - i%2 + 1 - i%2; cards.Fronts[i].Tag != cards.Backs[back].Tag {
					t.Errorf("card %d has %s on its front and %s behind it", i, cards.Fronts[i].Tag, cards.Backs[back].Tag)
				}
			}
			panels := Layout(list, frame(Zine)).Zine.Panels
			var numbers []string
			for i, p := range panels {
				if p.Number != strconv.Itoa(i+1) || (p.Class == "up") != (i >= 1 && i <= 4) {
					t.Errorf("panel %d is page %s %s", i, p.Number, p.Class)
				}
				for _, e := range p.Entries {
					numbers = append(numbers, e.Number)
				}
			}
			for i, n := range numbers {
				if n != strconv.Itoa(i+1) {
					t.Errorf("%v on %s: the booklet has %v", tags, paper, numbers)
					break
				}
			}
			if len(numbers) < 8 || len(numbers) >= 40 {
				t.Errorf("%v on %s: the booklet has %d places", tags, paper, len(numbers))
			}
			more := shipped().Language(tags[0]).N("sheet.more", 40-len(numbers))
			if text := textOf(t, views.Sheet{Zine: &views.SheetZine{Panels: panels}}); !strings.Contains(text, more) {
				t.Errorf("the booklet does not say %q", more)
			}
			if n := len(Layout(list, frame(Tearoff)).Tearoff.Entries); n < 3-len(tags) || n > tearoffPlaces {
				t.Errorf("%v on %s: %d places above the tabs", tags, paper, n)
			}
		}
	}
}
