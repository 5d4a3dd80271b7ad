package edition

import "carrypoint/internal/site"

// Without is the edition as it would be if it had been built without some sites:
// no answer of it holds them. It keeps the id. Ids that it does not hold are no
// matter.
func (e *Edition) Without(ids []string) (*Edition, error) {
	hidden := map[string]bool{}
	for _, id := range ids {
		if _, there := e.place(id); there {
			hidden[id] = true
		}
	}
	if len(hidden) == 0 {
		return e, nil
	}
	left := &Edition{ID: e.ID, Meta: e.Meta, sites: make([]site.Site, 0, len(e.sites)-len(hidden))}
	for i := range e.sites {
		if !hidden[e.sites[i].ID] {
			left.sites = append(left.sites, e.sites[i])
		}
	}
	left.Meta.Sites = len(left.sites)
	return left, left.prepare()
}
