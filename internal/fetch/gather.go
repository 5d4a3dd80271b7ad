package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
)

// A gathering reads one layer in one form, page after page, and checks what it
// is given against itself.
type gathering struct {
	visit   *visit
	address arcgisAddress
	layer   *layer
	form    form
	out     *merger
	notes   []string

	seen     map[string]bool // the ids of the features so far
	begun    bool            // the head is written
	system   system          // of the first page with features
	inside   int             // positions that can be degrees, 0,0 apart
	outside  int             // positions that can't
	repeated int             // features that came twice
	short    int             // pages smaller than asked for, before the last
}

func (g *gathering) run(ctx context.Context) error {
	read := g.pages
	if !g.layer.givesPages() {
		read = g.batches
	}
	if err := read(ctx); err != nil {
		return err
	}
	if !g.begun {
		if err := g.begin(&featurePage{}); err != nil {
			return err
		}
	}
	if err := g.judgeSystem(); err != nil {
		return err
	}
	g.note()
	return g.out.end("\n]}\n")
}

// pages reads from offset to offset. The server's own count says when all is
// there: its flag for "more" is missing in old versions and stuck in others.
func (g *gathering) pages(ctx context.Context) error {
	count, err := g.count(ctx)
	if err != nil {
		return err
	}
	for offset := 0; ; {
		p, err := g.page(ctx, url.Values{
			"where":             {g.address.where},
			"resultOffset":      {strconv.Itoa(offset)},
			"resultRecordCount": {strconv.Itoa(g.layer.pageSize())},
		})
		if err != nil {
			return err
		}
		if len(p.features) == 0 {
			break
		}
		if err := g.add(p, offset); err != nil {
			return err
		}
		offset += len(p.features)
		if !p.more && g.out.rows >= count {
			break
		}
		if len(p.features) < g.layer.pageSize() {
			g.short++
		}
	}
	return g.checkCount(count)
}

func (g *gathering) checkCount(count int) error {
	if g.out.rows != count {
		return fmt.Errorf("%w: it says that the layer has %d features, and gives %d", ErrUnreliable, count, g.out.rows)
	}
	return nil
}

func (g *gathering) count(ctx context.Context) (count int, err error) {
	u := g.address.query(url.Values{"f": {"json"}, "where": {g.address.where}, "returnCountOnly": {"true"}})
	err = g.visit.ask(ctx, u, nil, func(body []byte) (err error) {
		count, err = parseCount(body)
		return err
	})
	if err == nil && count > maxFeatures {
		err = fmt.Errorf("%w: it has %d features; at most %d are read", ErrTooLarge, count, maxFeatures)
	}
	return count, err
}

// page asks for features in the gathering's form.
func (g *gathering) page(ctx context.Context, what url.Values) (p *featurePage, err error) {
	what.Set("f", g.form.query)
	what.Set("outFields", "*")
	what.Set("outSR", strconv.Itoa(int(worldwide)))
	what.Set("returnGeometry", "true")
	if g.layer.ordersBy() {
		what.Set("orderByFields", g.layer.objectID())
	}
	err = g.visit.ask(ctx, g.address.query(what), nil, func(body []byte) (err error) {
		p, err = parseFeatures(body, g.form, g.layer.objectID())
		return err
	})
	return p, err
}

// add writes a page's features. One that came before is left out: a layer that
// is not in order gives it twice, and then the count says whether another is
// missing.
func (g *gathering) add(p *featurePage, offset int) error {
	if !g.begun {
		if err := g.begin(p); err != nil {
			return err
		}
	}
	if p.system != g.system {
		return fmt.Errorf("%w: one page is in %s, the next in %s", ErrUnreliable, g.system, p.system)
	}
	fresh, err := g.addFresh(g.fresh(p))
	switch {
	case err != nil:
		return err
	case fresh == 0:
		return fmt.Errorf("%w: asked for features from number %d, it gives those again that it gave before", ErrUnreliable, offset+1)
	case g.out.rows > maxFeatures:
		return fmt.Errorf("%w: it has more than %d features", ErrTooLarge, maxFeatures)
	}
	return nil
}

func (g *gathering) addFresh(features []feature) (int, error) {
	for _, f := range features {
		g.locate(f)
		if err := g.out.row(f.raw); err != nil {
			return 0, err
		}
	}
	return len(features), nil
}

// fresh are the features of a page that did not come before. Where features
// have no ids two equal ones may both be right, so only whole pages are told
// apart.
func (g *gathering) fresh(p *featurePage) []feature {
	var all []feature
	page := sha256.New()
	for _, f := range p.features {
		page.Write(f.raw) // never fails
		if f.id != "" && g.seen[f.id] {
			g.repeated++
			continue
		}
		if f.id != "" {
			g.seen[f.id] = true
		}
		all = append(all, f)
	}
	key := "page " + string(page.Sum(nil))
	if g.seen[key] {
		return nil
	}
	g.seen[key] = true
	return all
}

// begin writes what stands before the features.
func (g *gathering) begin(first *featurePage) error {
	g.begun, g.system = true, first.system
	if g.form == formGeoJSON {
		return g.out.write([]byte(`{"type":"FeatureCollection","features":[`))
	}
	reference := first.reference
	if first.system == unsaid {
		reference = json.RawMessage(`{"wkid":4326}`) // as asked; judgeSystem looks at the numbers
	}
	head := []byte("{")
	for _, member := range []struct {
		name string
		raw  []json.RawMessage // the first that says something
	}{
		{"geometryType", []json.RawMessage{first.geometry, g.layer.geometry}},
		{"spatialReference", []json.RawMessage{reference}},
		{"fields", []json.RawMessage{first.fields, g.layer.fields}},
	} {
		if i := slices.IndexFunc(member.raw, func(raw json.RawMessage) bool { return !empty(raw) }); i >= 0 {
			head = fmt.Appendf(head, "%q:%s,", member.name, member.raw[i])
		}
	}
	return g.out.write(append(head, `"features":[`...))
}

func (g *gathering) locate(f feature) {
	switch {
	case !f.where || (f.x == 0 && f.y == 0):
	case f.degrees():
		g.inside++
	default:
		g.outside++
	}
}

// judgeSystem refuses positions that a reader would put in the wrong place. The
// numbers count for more than what the server calls them.
func (g *gathering) judgeSystem() error {
	const askFor = "ask the publisher for a layer in degrees, or export it as GeoJSON or KML"
	switch g.system {
	case unsaid, worldwide:
		if g.outside > 0 {
			return fmt.Errorf("%w: asked for degrees, it gives %d positions outside the globe and calls them degrees; %s", ErrProjected, g.outside, askFor)
		}
	case mercator:
		if g.outside == 0 && g.inside > 0 {
			return fmt.Errorf("%w: it calls its positions metres of %s, but all of them look like degrees; %s", ErrProjected, g.system, askFor)
		}
		g.notes = append(g.notes, fmt.Sprintf("The server ignores the wish for degrees: positions are in metres of %s.", g.system))
	default:
		return fmt.Errorf("%w: asked for degrees, it gives %s; %s", ErrProjected, g.system, askFor)
	}
	return nil
}

// note says what was odd and did no harm.
func (g *gathering) note() {
	if g.out.rows == 0 {
		g.notes = append(g.notes, "The layer has no features at all.")
	}
	if g.repeated > 0 {
		g.notes = append(g.notes, fmt.Sprintf("The server gave %d features twice; each was taken once, and the total is what the server says.", g.repeated))
	}
	if g.short > 0 {
		g.notes = append(g.notes, fmt.Sprintf("The server gave fewer features than asked for on %d pages; the total is what the server says.", g.short))
	}
}
