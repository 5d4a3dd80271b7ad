package edition

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/nearest"
	"carrypoint/internal/site"
)

// An Edition is one published dataset, open in memory. It never changes and is
// safe for concurrent use; so is every site that it gives out, which the caller
// must not change.
type Edition struct {
	ID   string // SHA-256 of the file's bytes, 64 hex digits
	Meta Meta

	sites []site.Site      // in the order of their ids
	zones []*time.Location // of each site; nil where not known
	index *nearest.Index   // over the sites that have a position
	found []int32          // a number of index -> a place in sites
	areas map[Area][]int32 // every area that a site lies in -> places in sites
	apart map[Area][]int32 // a state or province -> those of its sites that have no distance

	checked []site.Day // when each site was checked
	checks  []site.Day // the days of all checks, in order
}

// Open verifies an edition's bytes and opens it. Any error is ErrDamaged.
func Open(image []byte) (*Edition, error) {
	e, err := readImage(image)
	if err == nil {
		e.ID, err = ID(image), e.prepare()
	}
	return e.whole(err)
}

// openFile is the same for a file whose bytes were found to be those of id.
func openFile(path, id string) (*Edition, error) {
	e, err := readFile(path)
	if err == nil {
		e.ID, err = id, e.prepare()
	}
	return e.whole(err)
}

// whole gives the edition, or says that it is damaged. What could not be read
// is not damaged by that: the next look may be luckier.
func (e *Edition) whole(err error) (*Edition, error) {
	switch {
	case err == nil:
		return e, nil
	case notRead(err):
		return nil, fmt.Errorf("reading the edition: %w", err)
	}
	return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
}

// prepare makes what answers are found by.
func (e *Edition) prepare() error {
	if err := e.loadZones(); err != nil {
		return err
	}
	e.indexAreas()
	e.indexChecks()
	return e.indexPositions()
}

// ShortID is enough of the id to tell editions apart on paper and on the phone.
func (e *Edition) ShortID() string { return e.ID[:12] }

// Len is the number of sites.
func (e *Edition) Len() int { return len(e.sites) }

// Sites gives every site, in the order of their ids.
func (e *Edition) Sites() []site.Site { return e.sites }

// Site finds a site by its id, or gives site.ErrNotFound.
func (e *Edition) Site(id string, at time.Time) (Hit, error) {
	i, ok := e.place(id)
	if !ok {
		return Hit{}, fmt.Errorf("%w: %q", site.ErrNotFound, id)
	}
	return e.hit(int32(i), at), nil
}

// place is where the site of an id is in sites.
func (e *Edition) place(id string) (int, bool) {
	return slices.BinarySearchFunc(e.sites, id, func(s site.Site, id string) int { return strings.Compare(s.ID, id) })
}

func (e *Edition) loadZones() error {
	loaded := map[string]*time.Location{}
	e.zones = make([]*time.Location, len(e.sites))
	for i := range e.sites {
		name := e.sites[i].TimeZone
		if name == "" {
			continue
		}
		if loaded[name] == nil {
			zone, err := time.LoadLocation(name)
			if err != nil {
				return fmt.Errorf("site %q: %w", e.sites[i].ID, err)
			}
			loaded[name] = zone
		}
		e.zones[i] = loaded[name]
	}
	return nil
}

func (e *Edition) indexPositions() error {
	var points []orb.Point
	var marks []nearest.Marks
	for i := range e.sites {
		if s := &e.sites[i]; s.Position.Known() && s.Kind.Visited() {
			points = append(points, s.Position.Point)
			marks = append(marks, marksOf(s))
			e.found = append(e.found, int32(i))
		}
	}
	index, err := nearest.New(points, marks)
	e.index = index
	return err
}
