package ingest

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// ErrNotOfMapping says that a table has none of the columns that a mapping
// names: it is another file, or its publisher renamed everything.
var ErrNotOfMapping = errors.New("the mapping does not fit the file")

// Places find a record that comes without coordinates. They are asked by
// several workers at once.
type Places struct {
	Gazetteer *gazetteer.Gazetteer
	// Find finds an address in the street file that the operator brought in; nil
	// where there is none.
	Find func(street, city, region, postcode, country string) (orb.Point, site.Precision, bool)
}

// Drafts are the sites that a mapping makes of a table.
type Drafts struct {
	mapping  *Mapping
	table    *record.Table
	places   Places
	now      time.Time
	findings []record.Finding
}

// Drafts reads a table with the mapping. Now is the day from which a date lies
// in the future; zero is no day, and nothing lies after it.
func (m *Mapping) Drafts(t *record.Table, p Places, now time.Time) *Drafts {
	return &Drafts{mapping: m, table: t, places: p, now: now}
}

// Findings are those about the file as a whole, known once All has begun: the
// reader's own and those of the mapping.
func (d *Drafts) Findings() []record.Finding { return d.findings }

// All gives one draft for each record in the order of the file, the rejected
// ones included. The records are read twice: what is known only of the file as
// a whole (coordinates that many share, copied rows) is known before the first
// draft. An error ends the drafts; then none of them may be used.
func (d *Drafts) All() iter.Seq2[record.Draft, error] {
	return func(yield func(record.Draft, error) bool) {
		plan, err := newPlan(d.mapping, d.table, d.places.Gazetteer, d.now)
		if err != nil {
			yield(record.Draft{}, err)
			return
		}
		survey, err := surveyed(plan, d.table)
		if err != nil {
			yield(record.Draft{}, err)
			return
		}
		d.findings = append(append(d.findings[:0:0], d.table.Findings...), plan.findings()...)
		d.findings = append(d.findings, survey.findings...)
		drafts := inOrder(d.table.Records, func() func(record.Record) record.Draft {
			return newDrafter(plan, survey, d.places).draft
		})
		handsOut := false
		defer func() {
			if !handsOut && len(d.table.Header) > 0 {
				d.findings = append(d.findings, record.Finding{Code: "no_supplies",
					Text: "no row says that anything is handed out; is this a list of places for naloxone or test strips?"})
			}
		}()
		for draft, err := range drafts {
			handsOut = handsOut || len(draft.Site.Supplies) > 0
			if !yield(draft, err) {
				return
			}
		}
	}
}

// A plan is a mapping made ready for one table.
type plan struct {
	*Mapping
	now     time.Time
	header  []string
	makers  [columnCount]*maker
	names   [columnCount]string // of the source's column, for findings
	key     []int
	never   []int
	drops   []dropper
	secret  []bool // beside the header: columns that hold entry codes by their name
	missing []string
	regions map[string]string // a state's name, lower case -> its code
}

type dropper struct {
	Drop
	at  int
	is  map[string]bool
	has []phrase
}

func newPlan(m *Mapping, t *record.Table, places *gazetteer.Gazetteer, now time.Time) (*plan, error) {
	p := &plan{Mapping: m, now: now, header: t.Header, regions: regionNames(places)}
	read := 0
	for to := range columnCount {
		p.names[to] = to.String()
		rule, ok := m.Columns[to.String()]
		if !ok {
			continue
		}
		maker := newMaker(&rule, to, t)
		p.makers[to] = &maker
		if names := rule.columns(); len(names) > 0 {
			p.names[to] = strings.Join(names, " + ")
		}
		for i, at := range maker.from {
			if at < 0 {
				p.missing = append(p.missing, rule.columns()[i])
			} else {
				read++
			}
		}
	}
	if err := p.fits(t, read); err != nil {
		return nil, err
	}
	for _, name := range m.Key {
		p.key = append(p.key, place(t, name))
	}
	for _, name := range m.Never {
		if at := place(t, name); at >= 0 {
			p.never = append(p.never, at)
		}
	}
	for _, d := range m.Drop {
		p.drops = append(p.drops, newDropper(d, t))
	}
	for _, name := range t.Header {
		p.secret = append(p.secret, secretHeader(name))
	}
	return p, nil
}

// fits refuses a table that is not the one the mapping was written for.
func (p *plan) fits(t *record.Table, read int) error {
	if p.own {
		return ownHeader(t)
	}
	if read == 0 {
		return fmt.Errorf("%w: it names the columns %s, and the file has %s", ErrNotOfMapping, quoted(p.missing), quoted(t.Header))
	}
	return nil
}

// quoted lists some names for an error: not all of a file of four hundred.
func quoted(names []string) string {
	const most = 12
	more := ""
	if len(names) > most {
		names, more = names[:most], ", …"
	}
	var all []string
	for _, name := range names {
		all = append(all, fmt.Sprintf("%q", name))
	}
	return strings.Join(all, ", ") + more
}

// findings are those that a mapping and a header give before any row is read.
func (p *plan) findings() []record.Finding {
	if p.own {
		return nil
	}
	var all []record.Finding
	warn := func(code, column, value, text string) {
		all = append(all, record.Finding{Code: code, Column: column, Value: value, Text: text})
	}
	for _, name := range p.missing {
		warn("column_missing", name, "", "the mapping names this column and the file does not have it; has its publisher renamed it?")
	}
	switch strings.ToLower(strings.TrimSpace(p.Licence)) {
	case "", "none", "unknown", "unclear":
		warn("no_licence", "", p.Licence, "no licence is stated: nobody said that this dataset may be passed on; ask its publisher")
	}
	if p.Redistribute == site.No {
		warn("not_redistributable", "", "", "its licence does not allow it to be passed on")
	}
	if future(p.Date, p.now) {
		warn("date_in_future", "", string(p.Date), "the date of the dataset lies in the future")
	}
	return all
}

func newDropper(d Drop, t *record.Table) dropper {
	made := dropper{Drop: d, at: place(t, d.Column), is: map[string]bool{}}
	for _, text := range d.Is {
		made.is[tableKey(text)] = true
	}
	words := map[string]string{}
	for _, text := range d.Has {
		words[text] = text
	}
	made.has = phrases(words)
	return made
}

// drops says whether a value keeps the row out.
func (d *dropper) drops(values []string) bool {
	text := value(values, d.at)
	if text == "" {
		return false
	}
	return d.is[tableKey(text)] || len(d.has) > 0 && find(text, d.has, false) != ""
}

// regionNames are the states and provinces by their names.
func regionNames(places *gazetteer.Gazetteer) map[string]string {
	names := map[string]string{}
	for _, country := range []string{"US", "CA"} {
		for _, state := range places.States(country) {
			names[strings.ToLower(state.Name)] = state.Region
			names[strings.ToLower(state.Region)] = state.Region
		}
	}
	return names
}
