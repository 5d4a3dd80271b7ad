package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// How near two records must be to be of one place (record-schema.md 5), and how
// near a site may have moved and still be the same when nothing else tells.
const (
	sameMetres  = 40
	movedWithin = 100
)

// DuplicateSite is the finding that another source lists the same place.
const DuplicateSite = "duplicate_site"

// A candidate is a listed site that a run has not held under its key.
type candidate struct {
	known *known
	doc   *site.Site
}

// pair finds the candidates that new records are about: of the same name, or
// of a like name in the same street, and near. A record that fits two, or a
// candidate that fits two, is left alone, because a wrong identity is worse than
// a new one. The answer is by the place of the record in drafts.
func pair(drafts []record.Draft, old []candidate) map[int]*known {
	by := map[string][]int{} // what a site is called, or where it is -> candidates
	for o, was := range old {
		for _, clue := range clues(was.doc) {
			by[clue] = append(by[clue], o)
		}
	}
	fits := map[int][]int{} // record -> candidates
	wanted := map[int]int{} // candidate -> how many records fit it
	for n := range drafts {
		for _, clue := range clues(&drafts[n].Site) {
			for _, o := range by[clue] {
				if !slices.Contains(fits[n], o) && renamed(old[o].doc, &drafts[n].Site) {
					fits[n] = append(fits[n], o)
					wanted[o]++
				}
			}
		}
	}
	pairs := map[int]*known{}
	for n, all := range fits {
		if len(all) == 1 && wanted[all[0]] == 1 {
			pairs[n] = old[all[0]].known
		}
	}
	return pairs
}

// clues are what two records of one site have in common, one of them at least.
func clues(s *site.Site) []string {
	city := "|" + folded(s.Address.City)
	all := []string{"name|" + folded(s.Name) + city}
	if street := folded(s.Address.Street); street != "" {
		all = append(all, "street|"+street+city)
	}
	return all
}

// renamed says whether two documents that share a clue are the same site under
// two keys.
func renamed(was, is *site.Site) bool {
	sameStreet := folded(was.Address.Street) == folded(is.Address.Street)
	if !sameStreet && !(was.Position.Mapped() && is.Position.Mapped()) {
		return false // a chain has many shops of one name in a town
	}
	return !far(was.Position, is.Position, movedWithin) && alike(was.Name, is.Name) &&
		(folded(was.AccessPoint) == folded(is.AccessPoint) || folded(was.Name) == folded(is.Name))
}

// alike says whether two names are the same, or share a word that tells: one of
// four letters or more.
func alike(a, b string) bool {
	if folded(a) == folded(b) {
		return true
	}
	words := strings.Fields(strings.ToLower(b))
	return slices.ContainsFunc(strings.Fields(strings.ToLower(a)), func(word string) bool {
		return len(word) >= 4 && slices.Contains(words, word)
	})
}

// far says whether two positions are known to be further apart.
func far(a, b site.Position, metres float64) bool {
	return a.Mapped() && b.Mapped() && geo.DistanceHaversine(a.Point, b.Point) > metres
}

// folded is a text without case, punctuation and spaces.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// neighbours are the listed sites of other sources, by the cell that they lie in
// and by their street and town.
type neighbours struct {
	cells map[cell][]*neighbour
	doors map[string][]*neighbour
}

type neighbour struct {
	id           string
	position     site.Position
	name         string
	folded, door string
}

// A cell is about 110 m high and never narrower than 40 m below 69 degrees.
type cell struct{ x, y int }

const cellsPerDegree = 1000

func cellOf(p orb.Point) cell {
	return cell{int(math.Floor(p.Lon() * cellsPerDegree)), int(math.Floor(p.Lat() * cellsPerDegree))}
}

// doorOf is a street with its town and state; empty where the street is not known.
func doorOf(s *site.Site) string {
	if s.Address.Street == "" {
		return ""
	}
	return folded(s.Address.Street) + "|" + folded(s.Address.City) + "|" + s.Address.Region
}

func (c *Catalog) newNeighbours(ctx context.Context, source string) (*neighbours, error) {
	n := &neighbours{cells: map[cell][]*neighbour{}, doors: map[string][]*neighbour{}}
	err := each(ctx, c.db, `SELECT v.doc FROM site s JOIN version v ON v.id = s.version WHERE s.source <> ? AND s.merged_into = ''`, []any{source},
		func(rows *sql.Rows) error {
			var text []byte
			if err := rows.Scan(&text); err != nil {
				return err
			}
			var s site.Site
			if err := json.Unmarshal(text, &s); err != nil {
				return err
			}
			n.add(&s)
			return nil
		})
	return n, err
}

func (n *neighbours) add(s *site.Site) {
	o := &neighbour{id: s.ID, position: s.Position, name: s.Name, folded: folded(s.Name), door: doorOf(s)}
	if s.Position.Mapped() {
		at := cellOf(s.Position.Point)
		n.cells[at] = append(n.cells[at], o)
	}
	if o.door != "" {
		n.doors[o.door] = append(n.doors[o.door], o)
	}
}

// same finds a site of another source that is probably the same place: of the
// same name or street within 40 m, or of a like name in the same street. The
// same name counts most, then the nearest, then the id.
func (n *neighbours) same(s *site.Site) string {
	if len(n.cells)+len(n.doors) == 0 {
		return ""
	}
	door := doorOf(s)
	var best *neighbour
	take := func(o *neighbour) {
		if best == nil || n.closer(s, o, best) {
			best = o
		}
	}
	for _, o := range n.doors[door] {
		if door != "" && alike(o.name, s.Name) {
			take(o)
		}
	}
	if s.Position.Mapped() {
		at := cellOf(s.Position.Point)
		for x := at.x - 1; x <= at.x+1; x++ {
			for y := at.y - 1; y <= at.y+1; y++ {
				for _, o := range n.cells[cell{x, y}] {
					if (o.folded == folded(s.Name) || door != "" && o.door == door) && !far(o.position, s.Position, sameMetres) {
						take(o)
					}
				}
			}
		}
	}
	if best == nil {
		return ""
	}
	return best.id
}

// closer says whether a is more probably the same place as s than b is.
func (n *neighbours) closer(s *site.Site, a, b *neighbour) bool {
	name := folded(s.Name)
	if same := a.folded == name; same != (b.folded == name) {
		return same
	}
	metres := func(o *neighbour) float64 {
		if !o.position.Mapped() || !s.Position.Mapped() {
			return math.Inf(1)
		}
		return geo.DistanceHaversine(o.position.Point, s.Position.Point)
	}
	if da, db := metres(a), metres(b); da != db {
		return da < db
	}
	return a.id < b.id
}
