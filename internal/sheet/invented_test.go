package sheet

import (
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/edition"
	"carrypoint/internal/facts"
	"carrypoint/internal/help"
	"carrypoint/internal/hours"
	"carrypoint/internal/site"
	"carrypoint/internal/words"
)

// noon is a Tuesday; Thursday of the same week is Thanksgiving.
var noon = time.Date(2026, 11, 24, 17, 0, 0, 0, time.UTC)

// usual are the rules that ship with the site.
var usual = site.Policy{CallFirstAfterDays: 90, RankBehindAfterDays: 180, RankBehindMetres: 5_000, OlderAfterDays: 365}

// middle is where fictional places are counted from: one lies every mile to the east.
var middle = orb.Point{-84.2, 39.75}

const mileOfLongitude = 0.0188

// montgomery is the county that all fictional places lie in, unless they say otherwise.
var montgomery = edition.Area{Country: "us", Region: "oh", County: "montgomery-county"}

// invent makes a fictional place, checked last week, so many miles east of the middle.
func invent(id string, miles float64, change ...func(s *site.Site)) site.Site {
	s := site.Site{
		ID: "us-oh-" + id, Name: "Example " + id, Kind: site.Place, Type: site.VendingMachine, Status: site.Active,
		Address:  site.Address{Street: "1 Example Street", City: "Dayton", Region: "OH", Country: "US", County: "montgomery-county", Town: "dayton"},
		Position: site.Position{Precision: site.Exact, Point: orb.Point{middle[0] + miles*mileOfLongitude, middle[1]}},
		Phones:   []site.Phone{site.ParsePhone("555-555-0123")}, TimeZone: "America/New_York",
		CheckedOn: "2026-11-20", CheckedBy: site.ByPhone, Cost: site.Free, IDRequired: site.NoID,
		Supplies: site.Supplies{{Code: site.Naloxone, Status: site.Yes}, {Code: site.FentanylTestStrips, Status: site.Yes}},
		Source:   site.Source{URL: "https://example.org/list", Publisher: "Example County", Licence: "CC BY 4.0", Date: "2026-11"},
	}
	for _, c := range change {
		c(&s)
	}
	return s
}

func older(s *site.Site)      { s.CheckedOn, s.CheckedBy = "", "" }
func notInPrint(s *site.Site) { s.Consent.NotIn = []site.Channel{site.Print} }
func unplaced(s *site.Site)   { s.Position = site.Position{} }
func byMail(s *site.Site) {
	s.Kind, s.Type, s.Position = site.MailOrder, site.MailOrderService, site.Position{}
}
func inTown(name string) func(s *site.Site) {
	return func(s *site.Site) { s.Address.City = name }
}

// open gives a place hours, which are those of its supplies.
func open(raw string) func(s *site.Site) {
	return func(s *site.Site) {
		s.Hours = site.Hours{Raw: raw, Schedule: hours.Parse(raw), Scope: site.ScopeSupply, AsOf: "2026-11-20"}
	}
}

func editionOf(t testing.TB, sites ...site.Site) *edition.Edition {
	t.Helper()
	image, err := edition.Build(edition.Meta{Title: "test", Made: noon}, sites)
	if err != nil {
		t.Fatal(err)
	}
	e, err := edition.Open(image)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func ids(hits []edition.Hit) []string {
	all := []string{}
	for _, h := range hits {
		all = append(all, h.Site.ID[len("us-oh-"):])
	}
	return all
}

var shipped = sync.OnceValue(func() *words.Catalog {
	c, err := words.Load(os.DirFS("../../data/words"))
	if err != nil {
		panic(err)
	}
	return c
})

// guides are those that ship, without who answers for them: a name there changes no
// sheet that a test knows.
var guides = sync.OnceValue(func() *help.Book {
	book, err := help.Open(os.DirFS("../../data"))
	if err != nil {
		panic(err)
	}
	for name, g := range book.Guides {
		g.ReviewedBy, g.ReviewedOn = "", ""
		book.Guides[name] = g
	}
	return book
})

// framed is a frame in some languages.
func framed(format Format, tags ...string) Frame {
	f := Frame{
		Format: format, Paper: Letter, Scope: In, Place: "Example County, OH", Region: "Ohio", Country: "US",
		RadiusMetres: 16_093, Unit: words.Miles, Edition: "0123456789ab", Made: noon,
		Short: "example.org/us/oh/example-county", QR: "<svg></svg>",
		Draw: func(pins []Pin, width, height int) string { return "map of " + strconv.Itoa(len(pins)) },
	}
	f.Overdose = guides().Guides["overdose"]
	for _, tag := range tags {
		f.Tellers = append(f.Tellers, facts.Teller{Say: shipped().Language(tag), Policy: usual, Now: noon})
	}
	return f
}
