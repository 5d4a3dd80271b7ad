package ingest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

const (
	// clusterAddresses is how many different addresses on one point make it a
	// form's default or the middle of an area, and no place.
	clusterAddresses = 3
	// sameDoorMetres is how near two equal addresses are one place.
	sameDoorMetres = 40
	// maxDoors is how many rows of one address are compared with a new one: a
	// campus has a dozen buildings.
	maxDoors = 16
	// runRows is how many rising ZIPs in a row are a spreadsheet's drag-fill.
	runRows = 3
	// mostRows is the share of rows with a phone from which one number on all
	// of them is a mistake, in files of at least fewRows of them.
	mostRows = 0.5
	fewRows  = 10
)

// A survey is what is known of a file as a whole, by the number of the row.
type survey struct {
	clusters map[pin]struct{} // points that are no places
	devices  map[int]int      // how many devices stand for the row
	copies   map[int]int      // the row that this one copies
	doors    map[int]int      // another row at the same address
	runs     map[int][2]int   // the first and the last row of a drag-filled run of ZIPs
	keys     map[int]int      // the first row of the same key
	findings []record.Finding
}

// A pin is a point as a key: ten-millionths of a degree.
type pin [2]int32

func pinOf(p orb.Point) pin {
	return pin{int32(math.Round(p.Lon() * 1e7)), int32(math.Round(p.Lat() * 1e7))}
}

// A trace is what a survey keeps of a row.
type trace struct {
	row             int
	skip            bool // it is kept out whatever the others say
	key, copy, door hash // 0: none
	town, phone     hash
	device          bool
	zip             int
	point           orb.Point
	placed          bool
}

// The columns that a survey reads: those that make two rows one place, those in
// which two services of a place differ, and those that say where it is.
var (
	placeColumns   = []column{colName, colOrganization, colKind, colType, colAccessPoint}
	serviceColumns = []column{colPhone, colHours, colSuppliesRaw, colEligibility, colWait, colNotes, colURL}
	surveyColumns  = slices.Concat([]column{colID}, placeColumns, serviceColumns,
		[]column{colAddress, colFullAddress, colCity, colPostalCode, colRegion, colCountry, colLat, colLon})
)

// surveyed reads the table once.
func surveyed(p *plan, t *record.Table) (*survey, error) {
	s := newSurveyor()
	traces := inOrder(t.Records, func() func(record.Record) trace {
		r := &row{plan: p}
		return func(rec record.Record) trace { return traceOf(r, rec) }
	})
	for trace, err := range traces {
		if err != nil {
			return nil, err
		}
		s.add(&trace)
	}
	return s.close(), nil
}

// traceOf reads what a survey needs of a record, as the drafts will read it.
func traceOf(r *row, rec record.Record) trace {
	*r = row{plan: r.plan, record: rec, findings: r.findings[:0]}
	t := trace{row: rec.Row}
	if rec.Fault != "" || slices.ContainsFunc(r.plan.drops, func(d dropper) bool { return d.drops(rec.Values) }) {
		t.skip = true
		return t
	}
	r.hide()
	for _, c := range surveyColumns {
		r.make(c)
	}
	a := r.address()
	t.key = r.keyHash(a)
	t.door = addressHash(a.Street, a.City)
	t.town = hashStart.words(a.City).words(a.Region)
	if zip := a.PostalCode; len(zip) >= 5 && numeric(zip[:5]) {
		for _, c := range zip[:5] {
			t.zip = t.zip*10 + int(c-'0')
		}
	}
	if phone := r.get(colPhone); phone != "" {
		t.phone = hashStart.words(phone)
	}
	t.point, t.placed = r.point()
	t.device, t.copy = r.copy(a, &t)
	return t
}

// copy is the hash of what makes two rows one place. Boxes and machines of one
// name, address and access point are several devices of it; anything else must
// agree in all that is told.
func (r *row) copy(a site.Address, t *trace) (device bool, h hash) {
	if r.plan.own || r.get(colName) == "" && a.Street == "" {
		return false, 0
	}
	switch site.Type(strings.ToLower(r.get(colType))) {
	case site.Box, site.VendingMachine:
		device = true
	}
	h = hashStart
	for _, c := range placeColumns {
		h = h.words(r.values[c])
	}
	h = h.words(a.Street).words(a.City).words(a.Region)
	if !device {
		for _, c := range serviceColumns {
			h = h.words(r.values[c])
		}
	}
	if a.Street == "" && t.placed {
		at := pinOf(t.point)
		h = h.words(fmt.Sprint(at[0], at[1]))
	}
	return device, h
}

// A surveyor gathers the traces.
type surveyor struct {
	*survey
	pins     map[pin]pinned
	first    map[hash]int32 // row of each copy
	keyed    map[hash]int32
	door     map[hash]int32 // the newest of its doors, as a place in all
	all      []door
	phones   map[hash]int
	phoned   int
	run      []int // rows of the run of ZIPs so far
	lastZIP  int
	lastTown hash
}

type pinned struct {
	doors [clusterAddresses - 1]uint32
	n     uint8
}

type door struct {
	row      int32
	older    int32
	lon, lat float32
	placed   bool
}

func newSurveyor() *surveyor {
	return &surveyor{
		survey: &survey{clusters: map[pin]struct{}{}, devices: map[int]int{}, copies: map[int]int{}, doors: map[int]int{}, runs: map[int][2]int{}, keys: map[int]int{}},
		pins:   map[pin]pinned{}, first: map[hash]int32{}, keyed: map[hash]int32{}, door: map[hash]int32{}, phones: map[hash]int{},
	}
}

func (s *surveyor) add(t *trace) {
	if t.skip {
		s.endRun()
		return
	}
	s.addZIP(t)
	s.addPhone(t)
	if t.placed && t.door != 0 {
		s.addPin(t)
	}
	if s.addCopy(t) {
		return
	}
	if t.key != 0 {
		if first, taken := s.keyed[t.key]; taken {
			s.keys[t.row] = int(first)
		} else {
			s.keyed[t.key] = int32(t.row)
		}
	}
	if t.door != 0 {
		s.addDoor(t)
	}
}

// addCopy says whether the row is another copy of one before it.
func (s *surveyor) addCopy(t *trace) bool {
	if t.copy == 0 {
		return false
	}
	first, copied := s.first[t.copy]
	if !copied {
		s.first[t.copy] = int32(t.row)
		return false
	}
	s.copies[t.row] = int(first)
	if t.device {
		s.devices[int(first)] = max(s.devices[int(first)], 1) + 1
	}
	return true
}

func (s *surveyor) addPin(t *trace) {
	at, short := pinOf(t.point), uint32(t.door)
	known := s.pins[at]
	if slices.Contains(known.doors[:min(int(known.n), len(known.doors))], short) {
		return
	}
	if int(known.n) < len(known.doors) {
		known.doors[known.n] = short
	}
	if known.n++; known.n >= clusterAddresses {
		known.n = clusterAddresses
		s.clusters[at] = struct{}{}
	}
	s.pins[at] = known
}

// addDoor looks for a row at the same address. Two that are both on the map,
// and further apart than a door is wide, are two places of one campus.
func (s *surveyor) addDoor(t *trace) {
	head, known := s.door[t.door]
	if !known {
		head = -1
	}
	steps := 0
	for at := head; at >= 0; at = s.all[at].older {
		other := s.all[at]
		apart := t.placed && other.placed && geo.Distance(t.point, orb.Point{float64(other.lon), float64(other.lat)}) > sameDoorMetres
		if !apart {
			s.doors[t.row] = int(other.row)
			return
		}
		if steps++; steps >= maxDoors {
			return
		}
	}
	s.all = append(s.all, door{row: int32(t.row), older: head, lon: float32(t.point.Lon()), lat: float32(t.point.Lat()), placed: t.placed})
	s.door[t.door] = int32(len(s.all) - 1)
}

func (s *surveyor) addZIP(t *trace) {
	if t.zip == 0 || t.zip != s.lastZIP+1 || t.town != s.lastTown {
		s.endRun()
	}
	s.run = append(s.run, t.row)
	s.lastZIP, s.lastTown = t.zip, t.town
}

func (s *surveyor) endRun() {
	if len(s.run) >= runRows {
		for _, row := range s.run {
			s.runs[row] = [2]int{s.run[0], s.run[len(s.run)-1]}
		}
	}
	s.run, s.lastZIP = s.run[:0], 0
}

func (s *surveyor) addPhone(t *trace) {
	if t.phone == 0 {
		return
	}
	s.phoned++
	if _, known := s.phones[t.phone]; known || len(s.phones) < maxPhones {
		s.phones[t.phone]++
	}
}

func (s *surveyor) close() *survey {
	s.endRun()
	most := 0
	for _, n := range s.phones {
		most = max(most, n)
	}
	if s.phoned >= fewRows && float64(most) > mostRows*float64(s.phoned) {
		s.findings = append(s.findings, record.Finding{Code: "one_phone", Text: fmt.Sprintf(
			"the same phone number stands on %d of %d rows that have one; is it the publisher's own?", most, s.phoned)})
	}
	return s.survey
}
