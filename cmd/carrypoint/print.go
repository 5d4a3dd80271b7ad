package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/pdf"
	"carrypoint/internal/sheet"
	"carrypoint/internal/web"
)

type printCommand struct {
	Text        string `arg:"" optional:"" help:"A ZIP, town, county, state, postal code or coordinates."`
	AllCounties string `placeholder:"STATE" help:"A sheet for each county of a state, such as OH; with --outdir."`
	Outdir      string `placeholder:"FOLDER" help:"Where the sheets of --all-counties go. Begun again, it makes those that are missing."`
	Output      string `short:"o" placeholder:"FILE" help:"The file to write, ending in .pdf or .html; - is the standard output. Without it, a PDF named after the place."`

	Site     []string `sep:"none" placeholder:"ID" help:"A site to print instead of a place; may be given again."`
	Format   string   `default:"list" enum:"list,large,cards,zine,tearoff,poster,days" help:"list, large, cards, zine, tearoff, poster or days."`
	Lang     string   `default:"en" help:"One language, or two to stand beside each other: es,en."`
	Paper    string   `default:"" enum:",letter,a4" help:"letter or a4; without it, that of the country."`
	Radius   string   `placeholder:"10mi" help:"How far around a ZIP or a town, in mi or km."`
	Day      string   `default:"" enum:",monday,tuesday,wednesday,thursday,friday,saturday,sunday" help:"Only what has listed hours on a day of the week, such as tuesday."`
	Need     []need   `help:"Supply codes that a place must have, such as naloxone."`
	Older    bool     `help:"Print older listings too, which nobody has confirmed."`
	Discreet bool     `help:"Call it health resources, and no supply by name."`

	URL      string `name:"url" placeholder:"URL" help:"Public address of the site, for the code on the sheet; without it the sheet has no code."`
	Dir      string `help:"Folder of editions; without it, the data inside the binary."`
	Policy   string `help:"File of rules for how long a check of a place is trusted; without it, those inside the binary."`
	Chromium string `placeholder:"FILE" help:"Chromium that makes PDF files; without it, the one on PATH."`

	EmergencyNumber emergencyNumber `placeholder:"112" help:"Number of the emergency services that the sheet says to call; without it, 911."`
}

// Validate refuses what makes no sheet.
func (c *printCommand) Validate() error {
	switch chosen := []bool{c.Text != "", c.AllCounties != "", len(c.Site) > 0}; {
	case count(chosen) != 1:
		return errors.New("name one place to print, or sites with --site, or a state with --all-counties")
	case (c.AllCounties != "") != (c.Outdir != ""):
		return errors.New("--all-counties and --outdir go together")
	case c.Outdir != "" && c.Output != "":
		return errors.New("--all-counties writes many files into --outdir; leave -o out")
	}
	return isSite(c.URL)
}

func count(all []bool) (n int) {
	for _, is := range all {
		if is {
			n++
		}
	}
	return n
}

// Run prints one sheet or those of a state.
func (c *printCommand) Run(w world) error {
	p, err := c.printer(w)
	if err != nil {
		return err
	}
	defer p.close()
	if c.AllCounties != "" {
		return c.counties(w, p)
	}
	place, err := c.place(p.Places)
	if err != nil {
		return err
	}
	printing, err := p.Printing(c.choices(), place)
	if err != nil {
		return c.unprintable(p, err)
	}
	return c.one(w, p, printing)
}

// A printer is the site and the browser that prints its sheets.
type printer struct {
	*web.Server
	press *pdf.Press // nil where there is none
}

func (p printer) close() {
	if p.press != nil {
		p.press.Close()
	}
}

func (c *printCommand) printer(w world) (printer, error) {
	serve := serveCommand{Dir: c.Dir, Lang: "en", Policy: c.Policy, EmergencyNumber: c.EmergencyNumber}
	server, err := serve.server(w, slog.New(slog.NewTextHandler(w.log, nil)))
	if err != nil {
		return printer{}, err
	}
	press, err := press(c.Chromium)
	return printer{server, press}, err
}

// place is what the text means. Coordinates are in the country of the nearest town.
func (c *printCommand) place(places *gazetteer.Gazetteer) (gazetteer.Place, error) {
	if len(c.Site) > 0 {
		return gazetteer.Place{}, nil
	}
	answer := places.Resolve(c.Text)
	if len(answer.Places) == 0 {
		return gazetteer.Place{}, noPlace(c.Text)
	}
	place := answer.Places[0]
	if place.Kind == gazetteer.Point {
		town, _ := places.NearestTown(place.Point)
		place.Country, place.Region = town.Country, town.Region
	}
	return place, nil
}

// choices are the flags as they stand in the address of a sheet, which reads and
// checks them.
func (c *printCommand) choices() url.Values {
	v := url.Values{"format": {c.Format}, "lang": {c.Lang}, "paper": {c.Paper}, "radius": {c.Radius}, "site": c.Site}
	for _, code := range c.Need {
		v.Add("need", string(code))
	}
	if c.Day != "" {
		v.Set("day", strconv.Itoa(dayNumbers[c.Day]))
	}
	if c.Older {
		v.Set("older", "1")
	}
	if c.Discreet {
		v.Set("title", "plain")
	}
	return v
}

var dayNumbers = map[string]int{"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6}

// unprintable says which choice it is that nobody knows: the others are checked
// before.
func (c *printCommand) unprintable(p printer, err error) error {
	for tag := range strings.SplitSeq(c.Lang, ",") {
		if p.Words.Language(tag) == nil {
			return askedWrongly{fmt.Errorf("there are no words in the language %q; --lang may be one or two of %s", tag, tags(p.Words))}
		}
	}
	return askedWrongly{fmt.Errorf("--lang is %q and --radius %q: at most two languages, and 1 to 200 mi or km (%w)", c.Lang, c.Radius, err)}
}

// one writes a sheet to a file, and says what is on it.
func (c *printCommand) one(w world, p printer, printing web.Printing) error {
	output := c.Output
	if output == "" {
		output = printing.FileName()
	}
	paper, err := p.Paper(printing, strings.TrimSuffix(c.URL, "/"))
	if err != nil {
		return err
	}
	file, err := p.file(w.ctx, paper, output)
	if err != nil {
		return err
	}
	if output == "-" {
		_, err = w.out.Write(file)
		return err
	}
	if err := writeWhole(output, file); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s: %s\n", output, printed(paper))
	return c.hints(w.log, paper)
}

// printed is what is on a sheet.
func printed(paper web.Paper) string {
	text := strconv.Itoa(paper.Places) + " places"
	if paper.Places == 1 {
		text = "1 place"
	}
	if n := paper.LeftOut[sheet.TooOld]; n > 0 {
		text += fmt.Sprintf(", %d older listings left out", n)
	}
	if n := paper.LeftOut[sheet.NotPrint]; n > 0 {
		text += fmt.Sprintf(", %d that ask not to be on paper", n)
	}
	return text
}

// hints say what would make the sheet better.
func (c *printCommand) hints(log io.Writer, paper web.Paper) error {
	if paper.LeftOut[sheet.TooOld] > 0 {
		fmt.Fprintln(log, "Nobody has confirmed the older listings; --older prints them too, and says so on the sheet.")
	}
	if c.URL == "" {
		fmt.Fprintln(log, "The sheet has no code and no address of the newest list; --url https://… gives it both.")
	}
	return nil
}

// file is the sheet in the form that the ending of a name asks for.
func (p printer) file(ctx context.Context, paper web.Paper, name string) ([]byte, error) {
	if strings.EqualFold(filepath.Ext(name), ".html") {
		return paper.HTML, nil
	}
	if p.press == nil {
		return nil, fmt.Errorf("%w; or write it as a page with -o FILE.html and print that in any browser", pdf.ErrNone)
	}
	return p.press.PDF(ctx, paper.HTML)
}

// writeWhole writes a file aside and renames it, so that a sheet is there whole or
// not at all.
func writeWhole(name string, content []byte) (err error) {
	aside, err := os.CreateTemp(filepath.Dir(name), ".print-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(aside.Name()))
		}
	}()
	_, err = aside.Write(content)
	if err = errors.Join(err, aside.Chmod(0o644), aside.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return os.Rename(aside.Name(), name)
}
