package main

import (
	"fmt"
	"text/tabwriter"

	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
)

type findCommand struct {
	Text     string   `arg:"" help:"A ZIP, town, county, state, postal code or coordinates."`
	Need     []string `help:"Supply codes that a place must have, such as naloxone or fentanyl_test_strips."`
	Free     bool     `help:"Only places that are free."`
	NoID     bool     `name:"no-id" help:"Only places that ask for no ID."`
	Open     bool     `help:"Only places that are open now."`
	StepFree bool     `help:"Only places with a step-free entrance."`
	Limit    int      `default:"20" help:"How many places, 1 to 1000."`
	Dir      string   `env:"CARRYPOINT_DIR" help:"Folder of editions; without it, the data inside the binary."`
	JSON     bool     `help:"Print JSON."`
}

// maxFind is far more than anyone reads and little enough to print at once.
const maxFind = 1000

// A jsonHit is the shape that scripts read.
type jsonHit struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Metres    float64      `json:"metres"`
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
	filter, err := c.filter(w)
	if err != nil {
		return err
	}
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
			return printJSON(w, map[string]any{"place": nil, "hits": []jsonHit{}})
		}
		return fmt.Errorf("%q is no place that the gazetteer knows; try a ZIP code, or a town and state", c.Text)
	}
	found := e.Near(answer.Places[0].Point, filter, w.now(), 0, c.Limit)
	if c.JSON {
		return printJSON(w, map[string]any{"place": toJSON(answer.Places[0]), "hits": jsonHits(found.Hits)})
	}
	return c.table(w, answer.Places[0], found)
}

func (c *findCommand) filter(w world) (edition.Filter, error) {
	f := edition.Filter{Free: c.Free, NoID: c.NoID, Open: c.Open, OpenAt: w.now(), StepFree: c.StepFree}
	if c.Limit < 1 || c.Limit > maxFind {
		return f, fmt.Errorf("--limit is %d; it must be 1 to %d", c.Limit, maxFind)
	}
	for _, need := range c.Need {
		code := site.Code(need)
		if !code.Known() {
			return f, fmt.Errorf("--need %q is not a supply code; try naloxone or fentanyl_test_strips", need)
		}
		f.Need = append(f.Need, code)
	}
	return f, nil
}

func (c *findCommand) edition(places *gazetteer.Gazetteer) (*edition.Edition, error) {
	if c.Dir == "" {
		return shippedEdition(places)
	}
	return edition.Current(c.Dir)
}

func jsonHits(hits []edition.Hit) []jsonHit {
	list := []jsonHit{}
	for _, h := range hits {
		j := jsonHit{
			ID: h.Site.ID, Name: h.Site.Name, Metres: h.Metres,
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
	fmt.Fprintf(w.out, "Nearest to the middle of %s, %s, in a straight line:\n", from.Name, from.Region)
	table := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
	for _, h := range found.Hits {
		fmt.Fprintf(table, "%.0f km\t%s\topen: %s\t%s, %s (%s)\n",
			h.Metres/1000, h.Site.Name, h.Opening.State, h.Site.Address.City, h.Site.Address.Region, h.Site.Position.Precision)
	}
	return table.Flush()
}
