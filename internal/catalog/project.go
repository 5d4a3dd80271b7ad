package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"carrypoint/internal/site"
)

// A listed is a site with the document of its version in force.
type listed struct {
	id, missing string
	doc         []byte
}

// An overlay is everything that stewards said of one site: what lies over the
// source's document when it is published.
type overlay struct {
	corrections   []correction
	verifications []verification
	consent       *site.Consent
}

type correction struct {
	facet site.Facet
	value string    // JSON
	day   site.Date // from which on it was known to be so
}

type verification struct {
	facet  site.Facet
	value  site.Answer // of a supply
	day    site.Date
	method site.Check
}

// readOverlays reads what lies over the sites; over one, or over all for "".
func readOverlays(ctx context.Context, q querier, id string) (map[string]*overlay, error) {
	all := map[string]*overlay{}
	of := func(id string) *overlay {
		if all[id] == nil {
			all[id] = &overlay{}
		}
		return all[id]
	}
	err := each(ctx, q, "SELECT site, facet, value, day FROM correction WHERE ended_at = '' AND (site = ? OR ? = '') ORDER BY id", []any{id, id},
		func(rows *sql.Rows) error {
			var site string
			var c correction
			if err := rows.Scan(&site, &c.facet, &c.value, &c.day); err != nil {
				return err
			}
			of(site).corrections = append(of(site).corrections, c)
			return nil
		})
	if err != nil {
		return nil, err
	}
	err = each(ctx, q, "SELECT site, facet, value, day, method FROM verification WHERE ended_at = '' AND (site = ? OR ? = '') ORDER BY day, id", []any{id, id},
		func(rows *sql.Rows) error {
			var site string
			var v verification
			if err := rows.Scan(&site, &v.facet, &v.value, &v.day, &v.method); err != nil {
				return err
			}
			of(site).verifications = append(of(site).verifications, v)
			return nil
		})
	if err != nil {
		return nil, err
	}
	err = each(ctx, q, "SELECT site, reveal, not_in FROM consent WHERE site = ? OR ? = '' ORDER BY id", []any{id, id}, func(rows *sql.Rows) error {
		var id, notIn string
		var consent site.Consent
		if err := rows.Scan(&id, &consent.Position, &notIn); err != nil {
			return err
		}
		of(id).consent = &consent
		return json.Unmarshal([]byte(notIn), &consent.NotIn)
	})
	return all, err
}

// project lays over a site's document what stewards said of it.
func (l *listed) project(o *overlay) (*site.Site, error) {
	s := new(site.Site)
	if err := json.Unmarshal(l.doc, s); err != nil {
		return nil, fmt.Errorf("site %s: %w", l.id, err)
	}
	s.MissingSince = site.Date(l.missing)
	if o == nil {
		return s, nil
	}
	for _, c := range o.corrections {
		if err := c.lay(s); err != nil {
			return nil, fmt.Errorf("site %s: the correction of %s: %w", l.id, c.facet, err)
		}
	}
	for _, v := range o.verifications {
		v.lay(s)
	}
	if o.consent != nil {
		s.Consent = *o.consent
	}
	return s, nil
}

// lay replaces one facet of a document.
func (c correction) lay(s *site.Site) error {
	if code, ok := c.facet.Supply(); ok {
		var status site.Answer
		if err := json.Unmarshal([]byte(c.value), &status); err != nil {
			return err
		}
		s.Supplies = s.Supplies.With(code, status, c.day)
		return nil
	}
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	fields[string(c.facet)] = json.RawMessage(c.value)
	if text, err = json.Marshal(fields); err != nil {
		return err
	}
	*s = site.Site{}
	if err := json.Unmarshal(text, s); err != nil {
		return err
	}
	if c.facet == site.FacetHours {
		s.Hours.AsOf = c.day
	}
	return nil
}

// lay writes the day of a check beside what was checked, where that is still
// what is said. A day older than the one that stands there changes nothing.
func (v verification) lay(s *site.Site) {
	code, ofSupply := v.facet.Supply()
	switch {
	case ofSupply:
		for i := range s.Supplies {
			if supply := &s.Supplies[i]; supply.Code == code && supply.Status == v.value && supply.AsOf <= v.day {
				supply.AsOf, supply.By = v.day, v.method
			}
		}
	case v.facet == site.FacetHours && s.Hours.AsOf < v.day:
		s.Hours.AsOf = v.day
	case v.facet == site.FacetSite && s.CheckedOn < v.day:
		s.CheckedOn, s.CheckedBy = v.day, v.method
	}
}
