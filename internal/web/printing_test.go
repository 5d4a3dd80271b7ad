package web

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/sheet"
	"carrypoint/internal/site"
)

// printPlaces are places of each kind and of both units; the last is none, for picked sites.
func printPlaces() []gazetteer.Place {
	places := []gazetteer.Place{{}}
	for _, path := range []string{"/near/45402", "/near/V6A", "/us/oh", "/us/oh/montgomery-county", "/us/oh/dayton", "/ca/bc/vancouver"} {
		place, ok := tongueOf(invented(), "en").placeAt(path)
		if !ok {
			panic(path)
		}
		places = append(places, place)
	}
	slices.Reverse(places)
	return places
}

func samePrinting(want, got Printing) string {
	return cmp.Diff(want, got, cmp.AllowUnexported(asked{}), cmpopts.EquateEmpty())
}

// Law: what stands in an address is what was chosen.
func TestAPrintingIsReadBackFromItsAddress(t *testing.T) {
	places := printPlaces()
	rapid.Check(t, func(t *rapid.T) {
		own := tongueOf(invented(), rapid.SampledFrom([]string{"en", "es"}).Draw(t, "own"))
		place := rapid.SampledFrom(places).Draw(t, "place")
		query := url.Values{}
		set := func(name string, values ...string) {
			if v := rapid.SampledFrom(append(values, "")).Draw(t, name); v != "" {
				query.Set(name, v)
			}
		}
		set("format", "list", "large", "cards", "zine", "tearoff", "poster", "days")
		set("paper", "letter", "a4")
		set("lang", "en", "es", "es,en", "en,es", "en,en", ",es")
		set("radius", "2", "10mi", "25km", "0.3mi", "99.99mi", "7.77km", "200")
		set("day", "0", "1", "6")
		set("title", "plain")
		set("older", "1")
		set("need", string(site.Naloxone))
		set("free", "1")
		set("id", "none")
		set("step_free", "1")
		set("kind", string(site.MobileStop))
		set("type", string(site.Pharmacy))
		set("spoken", "es")
		if place == (gazetteer.Place{}) {
			query["site"] = rapid.SliceOfN(rapid.SampledFrom([]string{"us-oh-a", "us-oh-b", "us-oh-c"}), 1, 4).Draw(t, "sites")
		}
		first, err := own.printingOf(query, place)
		if err != nil {
			t.Fatalf("%s: %v", query.Encode(), err)
		}
		again, err := own.printingOf(first.settings(own.say.Tag), place)
		if err != nil {
			t.Fatalf("%s: %v", first.settings(own.say.Tag).Encode(), err)
		}
		if !first.around() {
			again.Radius = first.Radius // of no use, and in no address
		}
		if diff := samePrinting(first, again); diff != "" {
			t.Fatalf("%s became %s: %s", query.Encode(), first.settings(own.say.Tag).Encode(), diff)
		}
	})
}

func TestWhatASheetIsAskedFor(t *testing.T) {
	en := tongueOf(invented(), "en")
	dayton, _ := en.placeAt("/us/oh/dayton")
	vancouver, _ := en.placeAt("/ca/bc/vancouver")
	sunday := time.Sunday
	usual := Printing{Format: sheet.Full, Paper: sheet.Letter, Languages: []string{"en"}, Radius: 10}
	with := func(change func(p *Printing)) *Printing {
		p := usual
		change(&p)
		return &p
	}
	for _, test := range []struct {
		name, query string
		place       gazetteer.Place
		want        *Printing // nil: it is refused
	}{
		{"nothing is chosen", "", dayton, &usual},
		{"kilometres in Canada", "", vancouver, with(func(p *Printing) { p.Radius = 15 })},
		{"a number alone is in the unit of the country", "radius=25", vancouver, with(func(p *Printing) { p.Radius = 25 })},
		{"the other unit is turned into that of the country", "radius=16.09344km", dayton, with(func(p *Printing) { p.Radius = 10 })},
		{"a day, older ones and a discreet title", "day=0&older=1&title=plain", dayton, with(func(p *Printing) { p.Day, p.Older, p.Discreet = &sunday, true, true })},
		{"two languages in one field", "lang=es,en", dayton, with(func(p *Printing) { p.Languages = []string{"es", "en"} })},
		{"two languages in two fields, as the form sends them", "lang=es&lang=en", dayton, with(func(p *Printing) { p.Languages = []string{"es", "en"} })},
		{"the same language twice is one", "lang=es&lang=es", dayton, with(func(p *Printing) { p.Languages = []string{"es"} })},
		{"no second language", "lang=es&lang=", dayton, with(func(p *Printing) { p.Languages = []string{"es"} })},
		{"whether it is open now is no question for paper", "open=now", dayton, &usual},
		{"three languages", "lang=en,es,ar", dayton, nil},
		{"a language that is not there", "lang=xx", dayton, nil},
		{"a format that is not there", "format=scroll", dayton, nil},
		{"a paper that is not there", "paper=legal", dayton, nil},
		{"a radius of nothing", "radius=0", dayton, nil},
		{"a radius that is no number", "radius=NaN", dayton, nil},
		{"a radius without end", "radius=Inf", dayton, nil},
		{"a radius beyond help", "radius=201mi", dayton, nil},
		{"a radius in two units", "radius=10kmmi", dayton, nil},
		{"an eighth day", "day=8", dayton, nil},
		{"another title", "title=loud", dayton, nil},
		{"older in another word", "older=yes", dayton, nil},
		{"a supply that is not there", "need=gold", dayton, nil},
		{"more sites than an address holds", "site=" + strings.Join(manyIDs(maxPicked+1), "&site="), dayton, nil},
		{"as many sites as an address holds", "site=" + strings.Join(manyIDs(maxPicked), "&site="), dayton, with(func(p *Printing) { p.IDs = manyIDs(maxPicked) })},
	} {
		t.Run(test.name, func(t *testing.T) {
			query, err := url.ParseQuery(test.query)
			if err != nil {
				t.Fatal(err)
			}
			got, err := en.printingOf(query, test.place)
			if test.want == nil {
				if refused := new(Refusal); !errors.As(err, &refused) {
					t.Errorf("it is not refused: %+v, %v", got, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := *test.want
			want.Place = test.place
			if diff := samePrinting(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func manyIDs(n int) (ids []string) {
	for i := range n {
		ids = append(ids, "us-oh-"+string(rune('a'+i/26))+string(rune('a'+i%26)))
	}
	return ids
}

// FuzzPrinting reads any address: it is refused, or says the same again, within the limits.
func FuzzPrinting(f *testing.F) {
	for _, query := range []string{"", "format=cards&lang=es,en&paper=a4", "radius=10mi&day=1", "site=a&site=b&title=plain", "radius=1e-9km", "radius=10kmmi", "lang=,,&need=naloxone"} {
		f.Add(query)
	}
	en := tongueOf(invented(), "en")
	places := printPlaces()
	f.Fuzz(func(t *testing.T, text string) {
		query, err := url.ParseQuery(text)
		if err != nil {
			return
		}
		for _, place := range places {
			p, err := en.printingOf(query, place)
			if err != nil {
				continue
			}
			if !p.Format.Known() || !p.Paper.Known() || p.Radius <= 0 || p.Radius > maxRadius || len(p.Languages) < 1 || len(p.Languages) > maxLanguages || len(p.IDs) > maxPicked {
				t.Fatalf("%q is taken: %+v", text, p)
			}
			again, err := en.printingOf(p.settings("en"), place)
			if err != nil {
				t.Fatalf("%q became %q: %v", text, p.settings("en").Encode(), err)
			}
			if !p.around() {
				again.Radius = p.Radius
			}
			if diff := samePrinting(p, again); diff != "" {
				t.Fatalf("%q became another: %s", text, diff)
			}
		}
	})
}

func TestAnAddressIsPartedIntoItsAreaAndItsSheet(t *testing.T) {
	for _, test := range []struct{ path, area, file string }{
		{"us/oh/dayton", "/us/oh/dayton", ""},
		{"us/oh/dayton/cards", "/us/oh/dayton", "cards"},
		{"us/oh/dayton/cards.pdf", "/us/oh/dayton", "cards.pdf"},
		{"us/oh/dayton/cards.doc", "/us/oh/dayton/cards.doc", ""},
		{"us/oh/list", "/us/oh", "list"},
		{"near/45402/list.pdf", "/near/45402", "list.pdf"},
		{"picked/poster", "/picked", "poster"},
		{"list", "/list", ""},
		{"us/oh/dayton/cards.pdf.pdf", "/us/oh/dayton/cards.pdf.pdf", ""},
		{"", "/", ""},
	} {
		if area, file := splitFormat(test.path); area != test.area || file != test.file {
			t.Errorf("%q is the sheet %q of %q, want %q of %q", test.path, file, area, test.file, test.area)
		}
	}
}

// A town called List would have its page taken away by the sheet of its state.
func TestNoAreaHasTheNameOfASheet(t *testing.T) {
	places := shipped().Places
	for _, format := range sheet.Formats() {
		for _, country := range []string{"us", "ca"} {
			for _, state := range places.States(strings.ToUpper(country)) {
				if place, ok := places.Area(country, strings.ToLower(state.Region), string(format)); ok {
					t.Errorf("%s is in the way of %s", format, place.Name)
				}
			}
			if _, ok := places.Area(country, string(format), ""); ok {
				t.Errorf("%s is a state", format)
			}
		}
	}
}

// Law: whatever a title is, its string ends where it should, and nothing in it ends the style.
func TestATitleStaysWithinItsString(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("\"\\</>\n;}a1é {")), 0, 40, -1)).Draw(t, "text")
		got := cssString(text)
		if read, rest := readCSSString(got); read != strings.ToValidUTF8(text, "\uFFFD") || rest != "" {
			t.Fatalf("%q is written as %s, which reads %q and then %q", text, got, read, rest)
		}
		if strings.ContainsAny(got[1:len(got)-1], "\"<>\n;{}") {
			t.Fatalf("%s could end something", got)
		}
	})
}

// readCSSString reads a string as a browser does: CSS Syntax Level 3, 4.3.5 and 4.3.7.
func readCSSString(css string) (text, rest string) {
	var b strings.Builder
	css, _ = strings.CutPrefix(css, `"`)
	for css != "" {
		r := []rune(css)[0]
		css = css[len(string(r)):]
		switch r {
		case '"':
			return b.String(), css
		case '\n':
			return b.String(), "\n" + css
		case '\\':
			end := 0
			for end < len(css) && end < 6 && strings.IndexByte("0123456789abcdefABCDEF", css[end]) >= 0 {
				end++
			}
			n := rune(0)
			for _, digit := range css[:end] {
				n = n*16 + rune(strings.IndexRune("0123456789abcdef", digit))
			}
			b.WriteRune(n)
			css = strings.TrimPrefix(css[end:], " ")
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), "no end"
}

func TestPagesAreCountedInWords(t *testing.T) {
	for tag, want := range map[string]string{
		"en": `"Page " counter(page) " of " counter(pages) `,
		"es": `"P\e1 gina " counter(page) " de " counter(pages) `,
	} {
		got := pageCount(shipped().Words.Language(tag))
		if got != strings.ReplaceAll(want, `\e1 `, "á") {
			t.Errorf("%s: %s", tag, got)
		}
	}
}
