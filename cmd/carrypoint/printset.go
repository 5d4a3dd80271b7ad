package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/web"
)

// setFile says which set a folder holds, so that a set that was cut off goes on and
// no folder mixes two.
const setFile = "set.txt"

// counties makes a sheet for each county of a state that has something to print.
// Those that are there already are left alone.
func (c *printCommand) counties(w world, p printer) error {
	state, err := c.state(p.Places)
	if err != nil {
		return err
	}
	if err := c.begin(p); err != nil {
		return err
	}
	all := p.Places.Counties(state.Country, state.Region)
	bar := newProgress(w, "sheets of the counties of "+state.Name, int64(len(all)))
	defer bar.end()
	var made, kept, none int
	for _, county := range all {
		switch done, err := c.county(w, p, county); {
		case err != nil:
			return fmt.Errorf("%s: %w", county.Name, err)
		case done == sheetMade:
			made++
		case done == sheetKept:
			kept++
		default:
			none++
		}
		bar.add(1)
	}
	bar.end()
	fmt.Fprintf(w.out, "%s: %d sheets made, %d were there already; %d counties have nothing that can be printed\n", c.Outdir, made, kept, none)
	if none > 0 && !c.Older {
		fmt.Fprintln(w.log, "Older listings, which nobody has confirmed, are left out; --older prints them too.")
	}
	return nil
}

// state is one by its code, "OH" or "us/oh", or by its name.
func (c *printCommand) state(places *gazetteer.Gazetteer) (gazetteer.Place, error) {
	code := strings.ToLower(c.AllCounties)
	for _, country := range []string{"us", "ca"} {
		if state, ok := places.Area(country, code, ""); ok {
			return state, nil
		}
	}
	answer := places.Resolve(c.AllCounties)
	if len(answer.Places) > 0 && answer.Places[0].Kind == gazetteer.State {
		return answer.Places[0], nil
	}
	return gazetteer.Place{}, fmt.Errorf("%q is no state; give its code, such as OH", c.AllCounties)
}

// begin makes the folder, or finds that it holds the same set.
func (c *printCommand) begin(p printer) error {
	if err := os.MkdirAll(c.Outdir, 0o755); err != nil {
		return err
	}
	choices := c.choices()
	choices.Del("site")
	want := fmt.Sprintf("edition %s\nsheets %s %s\naddress %s\nemergency number %s\n",
		p.Editions.Edition().ID, strings.ToLower(c.AllCounties), choices.Encode(), c.URL, p.EmergencyNumber())
	name := filepath.Join(c.Outdir, setFile)
	have, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return writeWhole(name, []byte(want))
	case err != nil:
		return err
	case string(have) != want:
		return fmt.Errorf("%s holds another set of sheets (%s says which); choose another --outdir, or empty it", c.Outdir, name)
	}
	return nil
}

// A sheetDone is what became of the sheet of a county.
type sheetDone int

const (
	sheetNone sheetDone = iota // there is nothing to print
	sheetMade
	sheetKept // it was there
)

func (c *printCommand) county(w world, p printer, county gazetteer.Place) (sheetDone, error) {
	printing, err := p.Printing(c.choices(), county)
	if err != nil {
		return sheetNone, c.unprintable(p, err)
	}
	name := filepath.Join(c.Outdir, printing.FileName())
	if p.press == nil {
		name = strings.TrimSuffix(name, filepath.Ext(name)) + ".html"
	}
	if _, err := os.Stat(name); err == nil {
		return sheetKept, nil
	}
	paper, err := p.Paper(printing, strings.TrimSuffix(c.URL, "/"))
	if err != nil || onlyRemote(paper) {
		return sheetNone, err
	}
	file, err := p.file(w.ctx, paper, name)
	if err != nil {
		return sheetNone, err
	}
	return sheetMade, writeWhole(name, file)
}

// onlyRemote says whether a sheet has no place of the county itself: mail and phone
// services of the state alone make no sheet of a county.
func onlyRemote(paper web.Paper) bool { return paper.Places == paper.Remote }
