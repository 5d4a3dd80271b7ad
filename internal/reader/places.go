package reader

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"

	"carrypoint/internal/record"
)

// places knows in which system a file has its coordinates, and whether the
// numbers bear that out.
type places struct {
	mercator bool // Web Mercator, the one projected system that is known
	declared bool

	points  int
	outside int // too far out to be degrees
	inside  int // small enough to be degrees, and not 0,0
	swapped int // degrees if latitude came first
	areas   int
	far     orb.Point // the first that is outside
}

// systems are the codes of EPSG and Esri that are known: true for Web Mercator.
// NAD83 and its kin differ from WGS84 by less than two metres.
var systems = map[int]bool{
	4326: false, 4979: false, // WGS84
	4269: false, 4152: false, 4617: false, 4759: false, 6318: false, // NAD83 and its revisions
	3857: true, 3785: true, 900913: true, 102100: true, 102113: true,
}

// declare takes a system by its code, from a file that names one. Files made of
// several answers may name it several times, and must not differ.
func (p *places) declare(code int) error {
	mercator, known := systems[code]
	if !known {
		return fmt.Errorf("%w: they are in system %d; ask for EPSG:4326", ErrProjected, code)
	}
	return p.declareMercator(mercator)
}

func (p *places) declareMercator(mercator bool) error {
	if p.declared && p.mercator != mercator {
		return fmt.Errorf("%w: one part of the file is in degrees and another in metres", ErrProjected)
	}
	p.mercator, p.declared = mercator, true
	return nil
}

const (
	fullCircle   = 180.0
	quarter      = 90.0
	mercatorEdge = 20_037_508.5 // metres from the middle of a Web Mercator map to its edge
)

// note counts a point of the first walk.
func (p *places) note(it *item) {
	if it.at == nil {
		return
	}
	p.points++
	if it.area {
		p.areas++
	}
	x, y := math.Abs(it.at[0]), math.Abs(it.at[1])
	switch {
	case x == 0 && y == 0:
	case x <= fullCircle && y <= quarter:
		p.inside++
	case x <= quarter && y <= fullCircle:
		p.swapped++
	default:
		if p.outside == 0 {
			p.far = *it.at
		}
		p.outside++
	}
}

func finite(numbers ...float64) bool {
	return !slices.ContainsFunc(numbers, func(n float64) bool { return math.IsNaN(n) || math.IsInf(n, 0) })
}

// verdict refuses a file of which most points can't be what the file says. A few
// wrong ones among many right ones are faults of their records.
func (p *places) verdict() error {
	switch {
	case p.mercator && p.inside > p.points/2:
		return fmt.Errorf("%w: the file says Web Mercator and its numbers look like degrees; ask for EPSG:4326", ErrProjected)
	case !p.mercator && p.outside > 0 && p.outside >= p.inside+p.swapped:
		return fmt.Errorf("%w: %g, %g is beyond 180 and 90 degrees, so they are metres or feet on a map; ask for EPSG:4326", ErrProjected, p.far[0], p.far[1])
	}
	return nil
}

// place is a point in degrees, or why there is none.
func (p *places) place(at orb.Point) (*orb.Point, string) {
	x, y := math.Abs(at[0]), math.Abs(at[1])
	switch {
	case p.mercator && x <= mercatorEdge && y <= mercatorEdge:
		at = project.Mercator.ToWGS84(at)
		return &at, ""
	case p.mercator:
		return nil, fmt.Sprintf("its position, %g, %g, is not on the map", at[0], at[1])
	case x <= fullCircle && y <= quarter: // a NaN is not
		return &at, ""
	case x <= quarter && y <= fullCircle:
		return nil, fmt.Sprintf("its latitude, %g, is beyond 90 degrees: latitude and longitude seem to be swapped", at[1])
	}
	return nil, fmt.Sprintf("its position, %g, %g, is beyond 180 and 90 degrees", at[0], at[1])
}

func (p *places) findings() []record.Finding {
	if p.areas == 0 {
		return nil
	}
	return []record.Finding{{Code: "middle_of_area", Text: fmt.Sprintf("%d of %d records are drawn as areas or lines; the middle of each is taken for its position", p.areas, p.points)}}
}
