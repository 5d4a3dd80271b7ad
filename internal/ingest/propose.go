package ingest

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"carrypoint/internal/hours"
	"carrypoint/internal/record"
)

// toFillIn begins what only a person knows. A mapping that still says so is refused.
const toFillIn = "FILL IN"

// proposeRows is how many rows a proposal looks at: enough to tell a column of
// hours from one of notes.
const proposeRows = 2000

// A look is what was seen in one column.
type look struct {
	at       int
	name     string // of the column, or "#3" where the name is empty or another's
	full     int    // rows with a text
	numbers  int
	least    float64
	most     float64
	zips     int
	phones   int
	urls     int
	times    int // texts that read as opening hours
	states   int
	streets  int // texts that begin with a house number and go on
	whole    int // streets with a town behind a comma
	answers  int
	dates    int
	canada   int // Canadian postal codes
	secrets  int
	distinct map[string]int
}

// DraftMapping proposes a mapping for a table, from the names of its columns and
// what stands in them, as a commented text that ReadMapping accepts once its
// publisher is filled in. from is what is known of it so far: its name, address
// and protocol, and how it was read. Notes say what could not be placed. Nothing of a row
// is in the text but the words of columns with few of them.
func DraftMapping(t *record.Table, from *Mapping) (text string, notes []string, err error) {
	looks, points, err := lookAt(t)
	if err != nil {
		return "", nil, err
	}
	p := &proposal{table: t, looks: looks, taken: map[int]bool{}, lines: map[column]string{}}
	p.propose(points)
	return p.text(from), p.notes, nil
}

// lookAt reads the first rows of a table.
func lookAt(t *record.Table) ([]look, orb.Bound, error) {
	looks := make([]look, len(t.Header))
	for at, name := range t.Header {
		looks[at] = look{at: at, name: name, least: math.Inf(1), most: math.Inf(-1), distinct: map[string]int{}}
		if name == "" || t.Column(name) != at || strings.ContainsAny(name, "\n\"\\") {
			looks[at].name = fmt.Sprintf("#%d", at+1)
		}
	}
	var points orb.Bound
	seen := 0
	for rec, err := range t.Records {
		if err != nil {
			return nil, points, err
		}
		if rec.Point != nil && onGlobe(*rec.Point) && *rec.Point != (orb.Point{}) {
			if points.IsZero() {
				points = rec.Point.Bound()
			}
			points = points.Extend(*rec.Point)
		}
		for at := range looks {
			looks[at].add(value(rec.Values, at))
		}
		if seen++; seen >= proposeRows {
			break
		}
	}
	return looks, points, nil
}

func (l *look) add(raw string) {
	text, _ := tidy(raw, "; ", false)
	if text == "" {
		return
	}
	l.full++
	if entryCode(text) {
		l.secrets++
	}
	if len(l.distinct) <= maxWords {
		l.distinct[text]++
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && !math.IsNaN(n) {
		l.numbers++
		if n != 0 {
			l.least, l.most = min(l.least, n), max(l.most, n)
		}
	}
	if d, err := readDate(text, false); err == nil && d != "" {
		l.dates++
	}
	five, _, _ := strings.Cut(text, "-")
	switch {
	case numeric(five) && len(five) == 5:
		l.zips++
	case canadian(text):
		l.zips++
		l.canada++
	case digits(text) >= 10 && digits(text) <= 11 && strings.ContainsAny(text, "(-. "):
		l.phones++
	case strings.HasPrefix(text, "http://"), strings.HasPrefix(text, "https://"):
		l.urls++
	case len(text) == 2 && strings.ToUpper(text) == text && lettered(text):
		l.states++
	case startsWithNumber(text) && strings.Contains(text, " ") && lettered(text) && !l.hoursLike(text):
		l.streets++
		if a := splitAddress(text, nil); a.City != "" {
			l.whole++
		}
	case l.hoursLike(text):
		l.times++
	}
	switch strings.ToLower(text) {
	case "yes", "no", "y", "n", "true", "false":
		l.answers++
	}
}

// hoursLike reads the text as hours while the column may still be one of hours.
func (l *look) hoursLike(text string) bool {
	if len(text) < 3 || l.full > 50 && l.times == 0 {
		return false
	}
	status := hours.Parse(text).Status
	return status == hours.Scheduled || status == hours.AlwaysOpen || status == hours.ByAppointment
}

// mostly says whether most of the texts of a column are of one sort.
func (l *look) mostly(n int) bool { return n > 0 && 10*n >= 7*l.full }

// maxWords is how many different texts make a column a choice of words.
const maxWords = 12

// A proposal is a mapping in the making.
type proposal struct {
	table *record.Table
	looks []look
	taken map[int]bool
	lines map[column]string
	key   string
	never []string
	cover *orb.Bound
	notes []string
}

// words that the names of columns are made of, best first for each column.
var headerWords = []struct {
	to    column
	words []string
}{
	{colLat, []string{"latitude", "lat", "y"}},
	{colLon, []string{"longitude", "lon", "lng", "long", "x"}},
	{colMatchScore, []string{"match score", "score"}},
	{colPostalCode, []string{"zip code", "zipcode", "postal code", "postal", "postcode", "zip"}},
	{colRegion, []string{"state", "st", "province", "st abbr", "state abbr", "region"}},
	{colCity, []string{"city", "town", "municipality", "locality"}},
	{colPhone, []string{"phone", "telephone", "phone number", "tel"}},
	{colURL, []string{"website", "url", "web", "link"}},
	{colWait, []string{"wait", "wait time", "waiting time", "delivery time", "delivery times", "shipping time", "shipping times", "turnaround"}}, // before the hours, which are "times" too
	{colHours, []string{"hours", "opening hours", "hours of operation", "times", "schedule", "publicly available"}},
	{colAddress, []string{"address", "street address", "street", "address 1", "addr", "full address"}},
	{colAccessPoint, []string{"access point", "location detail", "where", "placement", "narcanlocation"}},
	{colType, []string{"site type", "location type", "device type", "type", "category", "kind", "facility type"}},
	{colOrganization, []string{"organization", "organisation", "agency", "provider", "supplier", "host"}},
	{colPublicAccess, []string{"publicly available", "public access", "open to public"}},
	{colSuppliesRaw, []string{"supplies", "services", "products", "items", "contents"}},
	{colEligibility, []string{"eligibility", "requirements", "restrictions"}},
	{colNotes, []string{"notes", "comments", "note", "description", "additional information"}},
	{colName, []string{"name", "site name", "location name", "facility", "pharmacy name", "location", "title"}},
	{colSourceDate, []string{"last updated", "updated", "last edit", "editdate", "date"}},
}

func (p *proposal) propose(points orb.Bound) {
	for i := range p.looks {
		if l := &p.looks[i]; secretHeader(p.table.Header[l.at]) || l.secrets > 0 {
			p.never = append(p.never, l.name)
			p.taken[l.at] = true
			p.note("column %s may hold entry codes: it is under never, and nothing of it is kept", strconv.Quote(l.name))
		}
	}
	p.byValue(colURL, func(l *look) bool { return l.mostly(l.urls) })
	if !points.IsZero() {
		p.leave(colLat, colLon)
	}
	for _, want := range headerWords {
		if l := p.named(want.to, want.words); l != nil {
			p.take(want.to, l)
		}
	}
	p.byValue(colPhone, func(l *look) bool { return l.mostly(l.phones) })
	p.byValue(colPostalCode, func(l *look) bool { return l.mostly(l.zips) })
	p.byValue(colRegion, func(l *look) bool { return l.mostly(l.states) })
	p.byValue(colAddress, func(l *look) bool { return l.mostly(l.streets) })
	p.byValue(colHours, func(l *look) bool { return l.times > 1 && l.mostly(l.times) })
	p.byValue(colLat, func(l *look) bool {
		return l.mostly(l.numbers) && l.least >= 15 && l.most <= 72 && l.least != math.Trunc(l.least)
	})
	p.byValue(colLon, func(l *look) bool {
		return l.mostly(l.numbers) && l.least >= -180 && l.most <= -50 && l.least != math.Trunc(l.least)
	})
	p.identify()
	p.coverage(points)
	p.rest()
}

// leave sets aside the columns of coordinates of a file that has a geometry,
// which is better: of one shapefile they were wrong on 85 of 92 rows.
func (p *proposal) leave(to ...column) {
	for _, want := range headerWords {
		if !slices.Contains(to, want.to) {
			continue
		}
		for l := p.named(want.to, want.words); l != nil; l = p.named(want.to, want.words) {
			p.taken[l.at] = true
			p.note("column %s was left out: the geometry of the file is used instead", strconv.Quote(l.name))
		}
	}
}

// named finds the column of a name, whose texts are of the right sort.
func (p *proposal) named(to column, words []string) *look {
	for _, exact := range []bool{true, false} {
		for _, word := range words {
			for i := range p.looks {
				l := &p.looks[i]
				header := strings.Join(strings.FieldsFunc(strings.ToLower(p.table.Header[l.at]), func(r rune) bool { return !letter(byte(r)) || r > 0x7f }), " ")
				match := header == word || !exact && len(word) > 3 && strings.Contains(" "+header+" ", " "+word+" ")
				if match && l.full > 0 && !p.taken[l.at] && l.fits(to) {
					return l
				}
			}
		}
	}
	return nil
}

// fits refuses a column whose texts are not what its name says: an "x" that is
// no longitude, a "state" that is a sentence.
func (l *look) fits(to column) bool {
	switch to {
	case colLat:
		return l.mostly(l.numbers) && l.least >= -90 && l.most <= 90
	case colLon:
		return l.mostly(l.numbers) && l.least >= -180 && l.most <= 180
	case colRegion:
		return len(l.distinct) <= 60 && !l.mostly(l.numbers)
	case colMatchScore:
		return l.mostly(l.numbers)
	case colSourceDate:
		return l.mostly(l.dates)
	case colPublicAccess:
		return l.mostly(l.answers)
	case colHours, colWait:
		return !l.mostly(l.answers)
	case colName, colCity, colOrganization:
		return !l.mostly(l.numbers) && !l.mostly(l.urls)
	}
	return true
}

func (p *proposal) byValue(to column, right func(*look) bool) {
	if p.lines[to] != "" || to == colAddress && p.lines[colFullAddress] != "" {
		return
	}
	for i := range p.looks {
		if l := &p.looks[i]; !p.taken[l.at] && l.full > 0 && right(l) {
			p.take(to, l)
			return
		}
	}
}

func (p *proposal) take(to column, l *look) {
	if p.lines[to] != "" {
		return
	}
	p.taken[l.at] = true
	from := strconv.Quote(l.name)
	switch {
	case to == colAddress && 2*l.whole > l.full:
		to = colFullAddress
	case to == colType && len(l.distinct) <= maxWords:
		from = p.typeTable(l)
	}
	p.lines[to] = from
	if to == colSuppliesRaw {
		p.lines[colSupplies] = fmt.Sprintf(`{ from = %s, contains = "supplies" }`, from)
	}
}

// typeGuesses are words that tell what sort of place a type is.
var typeGuesses = phrases(map[string]string{
	"naloxbox": "box", "box": "box", "vending": "vending_machine", "pharmacy": "pharmacy", "syringe": "ssp", "needle": "ssp", "library": "library",
	"health department": "health_department", "clinic": "clinic", "hospital": "hospital", "treatment": "treatment", "school": "school_college", "college": "school_college",
	"fire": "fire_station", "police": "police", "shelter": "drop_in_shelter", "church": "faith", "mobile": "mobile_van", "recovery": "recovery_centre", "dawn": "health_department",
})

func (p *proposal) typeTable(l *look) string {
	var words []string
	for _, word := range slices.Sorted(mapKeys(l.distinct)) {
		guess := find(word, typeGuesses, false)
		if guess == "" {
			guess = "other"
			p.note("what sort of place is %s? docs/dataset.md has the words for site_type; rows that are no sites of this kind go under [[drop]]", strconv.Quote(word))
		}
		words = append(words, fmt.Sprintf("%s = %q", strconv.Quote(word), guess))
	}
	return fmt.Sprintf("{ from = %s, table = { %s } }", strconv.Quote(l.name), strings.Join(words, ", "))
}

func mapKeys(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// identify looks for a column that names the records.
func (p *proposal) identify() {
	for i := range p.looks {
		l := &p.looks[i]
		header := strings.ToLower(p.table.Header[l.at])
		switch header {
		case "id", "objectid", "fid", "frid", "globalid", "site_id", "siteid", "num", "key":
			if p.taken[l.at] || l.full == 0 {
				continue
			}
			if p.lines[colName] == "" && l.numbers == 0 {
				p.take(colName, l) // "ID" is what it is called
				continue
			}
			if p.key == "" {
				p.key = l.name
				p.taken[l.at] = true
				p.note("does %s name a record for good? If its publisher counts rows anew, take key out: name, address and access point are used then", strconv.Quote(l.name))
			}
		}
	}
}

// coverage is the box around the points, with a tenth of a degree to spare.
func (p *proposal) coverage(points orb.Bound) {
	if points.IsZero() && p.lines[colLat] != "" && p.lines[colLon] != "" {
		var lat, lon *look
		for i := range p.looks {
			switch strconv.Quote(p.looks[i].name) {
			case p.lines[colLat]:
				lat = &p.looks[i]
			case p.lines[colLon]:
				lon = &p.looks[i]
			}
		}
		if lat != nil && lon != nil && lat.most >= lat.least && lon.most >= lon.least {
			points = orb.Bound{Min: orb.Point{lon.least, lat.least}, Max: orb.Point{lon.most, lat.most}}
		}
	}
	if points.IsZero() || points.Max.Lon()-points.Min.Lon() > 90 {
		return
	}
	const spare = 0.1
	points = points.Pad(spare)
	points.Min = orb.Point{max(points.Min.Lon(), -180), max(points.Min.Lat(), -90)}
	points.Max = orb.Point{min(points.Max.Lon(), 180), min(points.Max.Lat(), 90)}
	p.cover = &points
}

func (p *proposal) rest() {
	for i := range p.looks {
		if l := &p.looks[i]; !p.taken[l.at] && l.full > 0 {
			p.note("column %s was not placed", strconv.Quote(l.name))
		}
	}
	if p.lines[colName] == "" {
		p.note("no column looks like a name: sites are called by their type and street")
	}
	if p.lines[colAddress] == "" && p.lines[colFullAddress] == "" {
		p.note("no column looks like an address")
	}
	if p.lines[colRegion] == "" {
		p.note("no column has the state: fill in region")
	}
	if p.lines[colSupplies] == "" {
		p.note("no column says what is handed out: say what every site of this source has, or leave supplies out; naloxone never implies test strips")
	}
}

func (p *proposal) note(format string, args ...any) {
	p.notes = append(p.notes, fmt.Sprintf(format, args...))
}

// text writes the mapping.
func (p *proposal) text(from *Mapping) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# A mapping for %s, proposed from its columns. docs/mapping.md explains every key.", strings.Map(oneLine, from.Name))
	line("# Look at each line before you trust it.")
	line("")
	line("publisher = %q", toFillIn+": who publishes it")
	line("address = %s  # where it is: https://… or a file", tomlText(from.Address))
	if from.Protocol != File && from.Protocol != "" {
		line("protocol = %q", string(from.Protocol))
	}
	line("licence = \"none\"      # what its publisher states; \"none\" is reported on every import")
	line("redistribute = \"unknown\"")
	line("format = %q", p.table.Format)
	if from.Sheet != "" {
		line("sheet = %s", tomlText(from.Sheet))
	}
	if from.List != "" {
		line("list = %s", tomlText(from.List))
	}
	line("every = \"7d\"         # how often refresh reads it; take the line out for never")
	line("country = %q", p.country())
	if p.lines[colRegion] == "" {
		line("region = \"\"           # the state, such as \"OH\", where no column has it")
	}
	if p.cover != nil {
		line("coverage = [%.2f, %.2f, %.2f, %.2f]  # west, south, east, north of the points; draw it around what the publisher covers", p.cover.Min[0], p.cover.Min[1], p.cover.Max[0], p.cover.Max[1])
	}
	if p.key != "" {
		line("key = [%s]", strconv.Quote(p.key))
	}
	if len(p.never) > 0 {
		var names []string
		for _, name := range p.never {
			names = append(names, strconv.Quote(name))
		}
		line("never = [%s]", strings.Join(names, ", "))
	}
	for _, note := range p.notes {
		line("# %s", strings.Map(oneLine, note))
	}
	line("")
	line("[columns]")
	for to := range columnCount {
		if from := p.lines[to]; from != "" {
			line("%s = %s", to, from)
		}
	}
	if p.lines[colType] == "" {
		line("site_type = { const = \"other\" }")
	}
	return b.String()
}

// country is Canada where the postal codes are.
func (p *proposal) country() string {
	for i := range p.looks {
		if l := &p.looks[i]; p.lines[colPostalCode] == strconv.Quote(l.name) && 2*l.canada > l.full {
			return "CA"
		}
	}
	return "US"
}

// tomlText is a text as a string of TOML, whose escapes are those of Go but for
// bytes that can't be printed.
func tomlText(text string) string { return strconv.Quote(strings.Map(oneLine, text)) }

// oneLine takes line ends out of what goes into a comment.
func oneLine(r rune) rune {
	if r < ' ' || r == 0x7f {
		return ' '
	}
	return r
}
