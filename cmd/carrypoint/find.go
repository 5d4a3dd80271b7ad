package main

import (
	"fmt"
	"math"
	"strings"
	"text/tabwriter"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
)

type findCommand struct {
	Text     string `arg:"" help:"A ZIP, town, county, state, postal code or coordinates."`
	Need     []need `help:"Supply codes that a place must have, such as naloxone or fentanyl_test_strips."`
	Free     bool   `help:"Only places that are free."`
	NoID     bool   `name:"no-id" help:"Only places that ask for no ID."`
	Open     bool   `help:"Only places that are open now."`
	StepFree bool   `help:"Only places with a step-free entrance."`
	Limit    int    `default:"20" help:"How many places, 1 to 1000."`
	Dir      string `help:"Folder of editions; without it, the data inside the binary."`
	JSON     bool   `help:"Print JSON; a text that is no place gives place null and no hits."`
}

// A need is a supply code on the command line.
type need site.Code

// UnmarshalText takes a code of the vocabulary and no other.
func (n *need) UnmarshalText(text []byte) error {
	if code := site.Code(text); code.Known() {
		*n = need(code)
		return nil
	}
	return fmt.Errorf("%q is no supply; the supplies are %s", text, strings.Trim(fmt.Sprint(site.Codes()), "[]"))
}

// maxFind is far more than anyone reads and little enough to print at once.
const maxFind = 1000

// Validate refuses a limit that makes no list.
func (c *findCommand) Validate() error {
	if c.Limit < 1 || c.Limit > maxFind {
		return fmt.Errorf("--limit is %d; it must be 1 to %d", c.Limit, maxFind)
	}
	return nil
}

// A jsonFound is the shape that scripts read, and so are its parts.
type jsonFound struct {
	Place *jsonPlace `json:"place"` // null: the text is no place
	Hits  []jsonHit  `json:"hits"`
}

type jsonHit struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Metres    float64      `json:"metres"` // to a tenth
	Lon       float64      `json:"lon"`
	Lat       float64      `json:"lat"`
	Precision string       `json:"precision"`
	Open      string       `json:"open"`
	Supplies  []jsonSupply `json:"supplies"`
}

type jsonSupply struct {
	Code   string `json:"code"`
	Status string `json:"status"`
}

// Run prints the nearest places.
func (c *findCommand) Run(w world) error {
	places, err := shippedPlaces()
	if err != nil {
		return err
	}
	e, err := c.edition(places)
	if err != nil {
		return err
	}
	answer := places.Resolve(c.Text)
	if len(answer.Places) == 0 {
		if c.JSON {
			return printJSON(w, jsonFound{Hits: []jsonHit{}})
		}
		return noPlace(c.Text)
	}
	from := answer.Places[0]
	found := e.Near(from.Point, c.filter(w.now()), w.now(), 0, c.Limit)
	if c.JSON {
		place := toJSON(from)
		return printJSON(w, jsonFound{&place, jsonHits(found.Hits)})
	}
	return c.table(w, from, found)
}

func (c *findCommand) filter(now time.Time) edition.Filter {
	f := edition.Filter{Free: c.Free, NoID: c.NoID, Open: c.Open, OpenAt: now, StepFree: c.StepFree}
	for _, need := range c.Need {
		f.Need = append(f.Need, site.Code(need))
	}
	return f
}

func (c *findCommand) edition(places *gazetteer.Gazetteer) (*edition.Edition, error) {
	if c.Dir == "" {
		return shippedEdition(places)
	}
	f := &edition.Follower{Dir: c.Dir}
	if err := f.Begin(); err != nil {
		return nil, err
	}
	if f.Edition() == nil {
		return nil, fmt.Errorf("%w in %s", edition.ErrNone, c.Dir)
	}
	return f.Edition(), nil
}

func jsonHits(hits []edition.Hit) []jsonHit {
	list := []jsonHit{}
	for _, h := range hits {
		j := jsonHit{
			ID: h.Site.ID, Name: h.Site.Name, Metres: math.Round(h.Metres*10) / 10,
			Lon: h.Site.Position.Point.Lon(), Lat: h.Site.Position.Point.Lat(),
			Precision: string(h.Site.Position.Precision), Open: string(h.Opening.State), Supplies: []jsonSupply{},
		}
		for _, s := range h.Site.Supplies {
			j.Supplies = append(j.Supplies, jsonSupply{string(s.Code), s.Status.String()})
		}
		list = append(list, j)
	}
	return list
}

func (c *findCommand) table(w world, from gazetteer.Place, found edition.Found) error {
	if len(found.Hits) == 0 {
		fmt.Fprintf(w.out, "No place is known that has all of this, near %s or far from it.\n", called(from))
		return nil
	}
	fmt.Fprintf(w.out, "Nearest to %s, in a straight line:\n", middle(from))
	table := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
	for _, h := range found.Hits {
		fmt.Fprintf(table, "%s\t%s\topen: %s\t%s, %s (%s)\n",
			kilometres(h.Metres), h.Site.Name, h.Opening.State, h.Site.Address.City, h.Site.Address.Region, h.Site.Position.Precision)
	}
	return table.Flush()
}

// middle says what distances are measured from.
func middle(p gazetteer.Place) string {
	if p.Kind == gazetteer.Point {
		return called(p)
	}
	return "the middle of " + called(p)
}

// kilometres are whole: most places are known only by their town.
func kilometres(metres float64) string {
	if metres < 1000 {
		return "under 1 km"
	}
	return fmt.Sprintf("%.0f km", metres/1000)
}
