package ingest

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/paulmach/orb"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// ErrMapping says that a text is not a mapping; the text with it says why.
var ErrMapping = errors.New("not a mapping")

// A Mapping says who publishes a source, where, under which licence, and how
// its columns become those of carrypoint. docs/mapping.md says it at length.
type Mapping struct {
	Name            string // of the source: the file's name without its ending
	Publisher       string
	Address         string   // a URL or a path; Addresses it had before are history
	AddressesBefore []string // newest first
	Licence         string
	Redistribute    site.Answer
	Protocol        Protocol
	Format          string        // the reader's word; empty: by the name and the bytes
	Sheet           string        // of a workbook
	List            string        // of a JSON file: the key of the list of records
	Every           time.Duration // how often refresh asks; 0: never
	Date            site.Date     // of the dataset, where no column has it
	Country         string
	Region          string
	Coverage        *orb.Bound // nil: anywhere
	Key             []string   // columns that name a record for good
	Live            bool       // an official feed whose own date is a check
	HoursScope      site.Scope
	Drop            []Drop
	Never           []string // columns that are never kept
	Columns         map[string]Rule

	own bool // carrypoint's own form: its rows bring ids
}

// A Protocol is how the address is asked.
type Protocol string

// The protocols.
const (
	File    Protocol = "file"
	ArcGIS  Protocol = "arcgis"
	Socrata Protocol = "socrata"
)

// A Drop keeps out rows that are not sites of this kind, by a value.
type Drop struct {
	Column string   `toml:"column"`
	Is     []string `toml:"is"`       // the whole value, whatever its case
	Has    []string `toml:"contains"` // or words within it
	Why    string   `toml:"why"`      // for the finding
}

// mappingFile is the form of the file.
type mappingFile struct {
	Publisher       string          `toml:"publisher"`
	Address         string          `toml:"address"`
	AddressesBefore []string        `toml:"addresses_before"`
	Licence         string          `toml:"licence"`
	Redistribute    string          `toml:"redistribute"`
	Protocol        string          `toml:"protocol"`
	Format          string          `toml:"format"`
	Sheet           string          `toml:"sheet"`
	List            string          `toml:"list"`
	Every           string          `toml:"every"`
	Date            string          `toml:"date"`
	Country         string          `toml:"country"`
	Region          string          `toml:"region"`
	Coverage        []float64       `toml:"coverage"`
	Key             []string        `toml:"key"`
	Live            bool            `toml:"live"`
	HoursScope      string          `toml:"hours_scope"`
	Drop            []Drop          `toml:"drop"`
	Never           []string        `toml:"never"`
	Columns         map[string]Rule `toml:"columns"`
}

// ReadMapping reads a mapping in TOML. Name is that of the source. A key that
// is not known is an error: a mistyped "never" would keep what must not be kept.
func ReadMapping(r io.Reader, name string) (*Mapping, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxMappingBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the mapping %s: %w", name, err)
	}
	if len(text) > maxMappingBytes {
		return nil, fmt.Errorf("%w: %s is larger than %d bytes", ErrMapping, name, maxMappingBytes)
	}
	var file mappingFile
	meta, err := toml.Decode(string(text), &file)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %s", ErrMapping, name, tomlFault(err))
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		key := unknown[0].String()
		return nil, fmt.Errorf("%w: %s, line %d: there is no key %q in a mapping; docs/mapping.md has them all", ErrMapping, name, lineOf(string(text), key), key)
	}
	m, key, err := file.mapping(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %s, line %d: %v", ErrMapping, name, lineOf(string(text), key), err)
	}
	return m, nil
}

func tomlFault(err error) string {
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		return err.Error()
	}
	text := parse.Message
	if text == "" {
		text = strings.TrimPrefix(err.Error(), "toml: ")
		if _, after, ok := strings.Cut(text, "): "); ok {
			text = after
		}
	}
	return fmt.Sprintf("line %d: %s", parse.Position.Line, text)
}

// lineOf is the line on which a key stands: that of its last part. It is 1 for
// a key that is not there, which is a key that is missing.
func lineOf(text, key string) int {
	last := key[strings.LastIndexByte(key, '.')+1:]
	for i, line := range strings.Split(text, "\n") {
		at := strings.Index(line, last)
		if at < 0 || last == "" {
			continue
		}
		rest := strings.TrimLeft(line[at+len(last):], `"' `)
		if strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, "]") {
			return i + 1
		}
	}
	return 1
}

// mapping checks the file. With an error comes the key that is to blame.
func (f *mappingFile) mapping(name string) (m *Mapping, key string, err error) {
	m = &Mapping{
		Name: name, Publisher: f.Publisher, Address: f.Address, AddressesBefore: f.AddressesBefore, Licence: f.Licence,
		Protocol: File, Format: f.Format, Sheet: f.Sheet, List: f.List,
		Country: strings.ToUpper(f.Country), Region: strings.ToUpper(f.Region),
		Key: f.Key, Live: f.Live, HoursScope: site.Scope(f.HoursScope), Drop: f.Drop, Never: f.Never, Columns: f.Columns,
	}
	if m.Publisher == "" {
		return nil, "publisher", errors.New("a mapping names its publisher: every page says where a fact is from")
	}
	if strings.HasPrefix(f.Publisher, toFillIn) {
		return nil, "publisher", errors.New("its publisher is still to be filled in: every page says where a fact is from")
	}
	if m.Redistribute, err = site.ParseAnswer(f.Redistribute); err != nil {
		return nil, "redistribute", err
	}
	if f.Protocol != "" {
		m.Protocol = Protocol(f.Protocol)
	}
	if !slices.Contains([]Protocol{File, ArcGIS, Socrata}, m.Protocol) {
		return nil, "protocol", fmt.Errorf("%q is not a protocol: they are file, arcgis and socrata", f.Protocol)
	}
	if m.Every, err = interval(f.Every); err != nil {
		return nil, "every", err
	}
	if m.Date, err = site.ParseDate(f.Date); err != nil {
		return nil, "date", err
	}
	if m.Coverage, err = bound(f.Coverage); err != nil {
		return nil, "coverage", err
	}
	if m.HoursScope != "" && !slices.Contains(scopes, m.HoursScope) {
		return nil, "hours_scope", fmt.Errorf("%q is not supply, building or office", f.HoursScope)
	}
	for _, d := range m.Drop {
		if d.Column == "" || len(d.Is) == 0 && len(d.Has) == 0 {
			return nil, "drop", errors.New("a drop needs a column, and values in is or words in contains")
		}
	}
	if len(m.Columns) == 0 {
		return nil, "columns", errors.New("no column is mapped")
	}
	for name, rule := range m.Columns {
		if _, ok := columnNamed(name); !ok || name == columns[colID] {
			return nil, name, fmt.Errorf("carrypoint has no column %q to map to; docs/mapping.md has them all", name)
		}
		for _, from := range rule.columns() {
			if slices.ContainsFunc(m.Never, func(never string) bool { return strings.EqualFold(never, from) }) {
				return nil, "never", fmt.Errorf("the column %q is under never, and %s is made of it", from, name)
			}
		}
	}
	return m, "", nil
}

var scopes = []site.Scope{site.ScopeSupply, site.ScopeBuilding, site.ScopeOffice}

// interval reads "7d", "12h" or nothing.
func interval(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	days, isDays := strings.CutSuffix(text, "d")
	if n, err := strconv.Atoi(days); isDays && err == nil && n > 0 && n <= 3650 {
		return time.Duration(n) * 24 * time.Hour, nil
	}
	if d, err := time.ParseDuration(text); err == nil && d >= time.Minute {
		return d, nil
	}
	return 0, fmt.Errorf("%q is not a time like 7d or 12h", text)
}

// bound reads west, south, east and north in degrees.
func bound(edges []float64) (*orb.Bound, error) {
	if len(edges) == 0 {
		return nil, nil
	}
	if len(edges) != 4 {
		return nil, errors.New("coverage is four numbers: west, south, east, north")
	}
	b := orb.Bound{Min: orb.Point{edges[0], edges[1]}, Max: orb.Point{edges[2], edges[3]}}
	if !onGlobe(b.Min) || !onGlobe(b.Max) || b.Min.Lon() >= b.Max.Lon() || b.Min.Lat() >= b.Max.Lat() {
		return nil, errors.New("coverage is west, south, east, north, in degrees; west and south are the smaller ones")
	}
	return &b, nil
}

// place is where a column of the source stands, by its name or by "#3"; -1 for none.
func place(t *record.Table, name string) int {
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		if n, err := strconv.Atoi(digits); err == nil && n >= 1 && n <= len(t.Header) {
			return n - 1
		}
	}
	return t.Column(strings.TrimSpace(name))
}
