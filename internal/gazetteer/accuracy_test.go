package gazetteer

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

// An address is one of a list of real ones with their positions.
type address struct {
	Address1, City, State, PostalCode string
	Coordinates                       struct{ Lat, Lng float64 }
}

func (a address) point() orb.Point { return orb.Point{a.Coordinates.Lng, a.Coordinates.Lat} }

// realAddresses lie beside the project and are not a part of it.
func realAddresses(t *testing.T) []address {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "real_us_addresses.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the list of real addresses (shared/data/real_us_addresses.json beside the project) is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Addresses []address }
	if err := json.Unmarshal(content, &list); err != nil {
		t.Fatal(err)
	}
	return list.Addresses
}

// mostLost is how many of 3,200 names of towns may not be found.
const mostLost = 21

func TestRealAddressesAreNearTheirZIPAndTown(t *testing.T) {
	g := shipped()
	var toZIP, toTown []float64
	lost := 0
	for _, a := range realAddresses(t) {
		zip, ok := g.Postcode(a.PostalCode)
		if !ok || zip.Region != a.State {
			t.Errorf("%s %s is not found", a.State, a.PostalCode)
			continue
		}
		toZIP = append(toZIP, metresBetween(zip.Point, a.point()))
		if a.City == "" {
			continue
		}
		answer := g.Resolve(a.City + ", " + a.State)
		if len(answer.Places) == 0 || answer.Part || answer.Places[0].Region != a.State {
			lost++
			t.Logf("%s, %s is not found", a.City, a.State)
			continue
		}
		toTown = append(toTown, metresBetween(answer.Places[0].Point, a.point()))
	}
	logSpread(t, "ZIP", toZIP)
	logSpread(t, "town", toTown)
	if lost > mostLost {
		t.Errorf("%d towns are not found, at most %d may be", lost, mostLost)
	}
}

func TestARealAddressLeadsToItsZIPAndWithoutItToItsTown(t *testing.T) {
	g := shipped()
	wrong, all := 0, 0
	for _, a := range realAddresses(t) {
		if a.City == "" {
			continue
		}
		full := g.Resolve(a.Address1 + ", " + a.City + ", " + a.State + " " + a.PostalCode)
		if len(full.Places) != 1 || full.Places[0].Name != a.PostalCode || !full.Part {
			t.Errorf("%v: %+v", a, full)
		}
		all++
		short := g.Resolve(a.Address1 + ", " + a.City + ", " + a.State)
		if len(short.Places) == 0 || short.Places[0].Region != a.State || metresBetween(short.Places[0].Point, a.point()) > 60_000 || !short.Part {
			wrong++
			t.Logf("%s, %s, %s: %+v", a.Address1, a.City, a.State, short)
		}
	}
	if t.Logf("%d of %d addresses without a ZIP are not near the town that was found", wrong, all); wrong > all/50 {
		t.Error("more than one in fifty")
	}
}

func metresBetween(p, q orb.Point) float64 { return arcMetres(unit(p).chord2(unit(q))) }

func logSpread(t *testing.T, what string, metres []float64) {
	t.Helper()
	slices.Sort(metres)
	at := func(part float64) float64 { return metres[int(part*float64(len(metres)-1))] / 1000 }
	t.Logf("%d addresses to the middle of their %s: %.1f km (half of them), %.1f km (nine of ten), %.1f km (99 of 100)",
		len(metres), what, at(0.5), at(0.9), at(0.99))
}
