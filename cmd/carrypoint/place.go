package main

import (
	"fmt"
	"slices"
	"strings"

	"carrypoint/internal/gazetteer"
)

type placeCommand struct {
	Text string `arg:"" help:"A ZIP, town, county, state, postal code or coordinates."`
	JSON bool   `help:"Print JSON."`
}

// A jsonPlace is the shape that scripts read.
type jsonPlace struct {
	Name      string  `json:"name"`
	Kind      string  `json:"kind"`
	Region    string  `json:"region"`
	Country   string  `json:"country"`
	Lon       float64 `json:"lon"`
	Lat       float64 `json:"lat"`
	Precision string  `json:"precision"`
}

func toJSON(p gazetteer.Place) jsonPlace {
	return jsonPlace{
		Name: p.Name, Kind: string(p.Kind), Region: p.Region, Country: p.Country,
		Lon: p.Point.Lon(), Lat: p.Point.Lat(), Precision: string(p.Precision),
	}
}

// Run prints the places that a text may mean, best first.
func (c *placeCommand) Run(w world) error {
	places, err := shippedPlaces()
	if err != nil {
		return err
	}
	answer := places.Resolve(c.Text)
	if c.JSON {
		list := []jsonPlace{} // not nil: nonsense is an empty list, never null
		for _, p := range answer.Places {
			list = append(list, toJSON(p))
		}
		return printJSON(w, map[string]any{"places": list})
	}
	if len(answer.Places) == 0 {
		return noPlace(c.Text)
	}
	for _, p := range answer.Places {
		fmt.Fprintf(w.out, "%-14s %s  (%s)\n", p.Kind, called(p), p.Precision)
	}
	return nil
}

func noPlace(text string) error {
	return fmt.Errorf("%q is no place that the gazetteer knows; try a ZIP code, or a town and state", text)
}

// called is how a place is written for a person.
func called(p gazetteer.Place) string {
	if p.Kind == gazetteer.Point {
		return fmt.Sprintf("%.4f, %.4f", p.Point.Lat(), p.Point.Lon())
	}
	parts := []string{p.Name, p.Region, p.Country}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
}
