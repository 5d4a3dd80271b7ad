package main

import (
	"fmt"
	"strings"

	"carrypoint/internal/catalog"
	"carrypoint/internal/site"
)

type checkCommand struct {
	Site     string       `arg:"" help:"The site's id."`
	By       site.Check   `required:"" enum:"phone,visit,host,source" help:"How it was asked: phone, visit, host or source."`
	On       string       `required:"" help:"The day on which it was asked, such as 2026-11-24."`
	Supplies []suppliesOf `help:"What they hand out: naloxone,fentanyl_test_strips=no."`
	Facts    []factOf     `help:"What else was asked and is as listed: hours, phones, address, cost, id_required …"`
	desk
	author
}

// A suppliesOf is one supply with what was said of it; "naloxone" is a yes.
type suppliesOf struct {
	code   site.Code
	answer site.Answer
}

// UnmarshalText reads CODE, CODE=yes or CODE=no.
func (s *suppliesOf) UnmarshalText(text []byte) error {
	code, answer, given := strings.Cut(string(text), "=")
	if !given {
		answer = string(site.Yes)
	}
	s.code, s.answer = site.Code(code), site.Answer(answer)
	if s.answer != site.Yes && s.answer != site.No {
		return fmt.Errorf("%q is not yes or no", answer)
	}
	return (*need)(&s.code).UnmarshalText([]byte(code))
}

// A factOf is a facet of a site that was asked about.
type factOf site.Facet

// UnmarshalText reads the name of a facet.
func (f *factOf) UnmarshalText(text []byte) error {
	facet := site.Facet(text)
	if _, supply := facet.Supply(); supply || !facet.Known() {
		return fmt.Errorf("%q is nothing that is listed of a site; say hours, phones, address, cost or id_required, and supplies with --supplies", text)
	}
	*f = factOf(facet)
	return nil
}

// Run records that somebody asked, on a day, and what was said.
func (c *checkCommand) Run(w world) error {
	v := catalog.Verification{Day: site.Date(c.On), Method: c.By, Supplies: map[site.Code]site.Answer{}}
	for _, s := range c.Supplies {
		if before, told := v.Supplies[s.code]; told && before != s.answer {
			return fmt.Errorf("--supplies says both yes and no of %s", s.code)
		}
		v.Supplies[s.code] = s.answer
	}
	for _, f := range c.Facts {
		v.Facets = append(v.Facets, site.Facet(f))
	}
	return c.with(w, func(cat *catalog.Catalog) error {
		if err := cat.Verify(w.ctx, c.Site, v, c.act()); err != nil {
			return err
		}
		if c.JSON {
			return printJSON(w, map[string]any{"site": c.Site, "checked_on": c.On, "checked_by": c.By, "supplies": len(v.Supplies), "facts": len(v.Facets)})
		}
		fmt.Fprintf(w.out, "%s was checked on %s by %s; publish it with: carrypoint publish --dir %s\n", c.Site, c.On, c.By, c.Dir)
		return nil
	})
}
