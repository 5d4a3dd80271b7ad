package reader

import (
	"archive/zip"
	"errors"
	"maps"
	"path"
	"strings"

	"carrypoint/internal/record"
)

// An hsdsPackage is the tables of a tabular package in memory, as they refer to
// one another.
type hsdsPackage struct {
	rows map[string][]map[string]any // by the name of the table
}

// readPackage reads the tabular form of HSDS: a zip of CSV files. Its tables are
// small and point at each other, so they are held whole.
func readPackage(a *archive) (*record.Table, error) {
	p := hsdsPackage{rows: map[string][]map[string]any{}}
	tables := a.withExtension(".csv")
	if err := a.fits(tables); err != nil {
		return nil, err
	}
	var findings []record.Finding
	for _, f := range tables {
		found, err := p.load(a, f)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	p.nest()
	table, err := gather(HSDS, p.walk, nil)
	if err != nil {
		return nil, err
	}
	table.Findings = append(findings, table.Findings...)
	return table, nil
}

// wanted are the tables of which something is shown. Contacts are not: they are people.
var wanted = map[string]bool{
	"organizations": true, "services": true, "locations": true, "service_at_locations": true, "addresses": true, "phones": true,
	"schedules": true, "languages": true, "cost_options": true, "accessibility": true, "attributes": true, "taxonomy_terms": true,
}

func (p *hsdsPackage) load(a *archive, f *zip.File) ([]record.Finding, error) {
	name := strings.TrimSuffix(strings.ToLower(path.Base(f.Name)), ".csv")
	if !wanted[name] {
		return nil, nil
	}
	src, err := a.source(f)
	if err != nil {
		return nil, err
	}
	t, err := textOf(src, CSV)
	if err != nil {
		return nil, named(f.Name, err)
	}
	table, err := readCSV(t)
	if errors.Is(err, ErrEmpty) {
		return nil, nil // a table without rows is no fault
	}
	if err != nil {
		return nil, named(f.Name, err)
	}
	findings := t.findings
	for i := range findings {
		findings[i].Text = f.Name + ": " + findings[i].Text
	}
	for r, err := range table.Records {
		if err != nil {
			return nil, named(f.Name, err)
		}
		if r.Fault != "" {
			findings = append(findings, record.Finding{Code: "package_row_not_readable", Text: f.Name + ": a row was left out: " + r.Fault})
			continue
		}
		p.rows[name] = append(p.rows[name], rowObject(table.Header, r.Values))
	}
	return findings, nil
}

func rowObject(header, values []string) map[string]any {
	object := map[string]any{}
	for i, name := range header {
		if i < len(values) && name != "" && values[i] != "" {
			object[name] = values[i]
		}
	}
	return object
}

// walk makes of the tables what the JSON form has nested, and visits it.
func (p *hsdsPackage) walk(g *gathering) error {
	organizations := p.byID("organizations")
	services := p.byID("services")
	locations := p.byID("locations")
	shown := map[string]bool{}
	for _, at := range p.rows["service_at_locations"] {
		service, location := services[plain(at["service_id"])], locations[plain(at["location_id"])]
		shown[plain(at["service_id"])], shown[plain(at["location_id"])] = true, true
		if err := hsdsVisit(g, offer{at, service, location, organizations[plain(service["organization_id"])]}); err != nil {
			return err
		}
	}
	for _, service := range p.rows["services"] {
		if !shown[plain(service["id"])] {
			if err := hsdsVisit(g, offer{service: service, organization: organizations[plain(service["organization_id"])]}); err != nil {
				return err
			}
		}
	}
	for _, location := range p.rows["locations"] {
		if !shown[plain(location["id"])] {
			if err := hsdsVisit(g, offer{location: location, organization: organizations[plain(location["organization_id"])]}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *hsdsPackage) byID(table string) map[string]map[string]any {
	found := map[string]map[string]any{}
	for _, row := range p.rows[table] {
		if id := plain(row["id"]); id != "" {
			found[id] = row
		}
	}
	return found
}

// nest puts the rows of each lesser table into the objects that they refer to.
func (p *hsdsPackage) nest() {
	terms := p.byID("taxonomy_terms")
	for _, row := range p.rows["attributes"] {
		if term := terms[plain(row["taxonomy_term_id"])]; term != nil {
			row["taxonomy_term"] = term
		}
	}
	owners := map[string]map[string]any{}
	for _, table := range []string{"organizations", "services", "locations", "service_at_locations"} {
		maps.Copy(owners, p.byID(table))
	}
	for _, table := range []string{"addresses", "phones", "schedules", "languages", "cost_options", "accessibility", "attributes"} {
		for _, row := range p.rows[table] {
			for _, reference := range []string{"service_at_location_id", "service_id", "location_id", "organization_id", "link_id"} {
				if owner := owners[plain(row[reference])]; owner != nil {
					list, _ := owner[table].([]any)
					owner[table] = append(list, row)
					break
				}
			}
		}
	}
}
