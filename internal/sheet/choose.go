package sheet

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/edition"
	"carrypoint/internal/hours"
	"carrypoint/internal/site"
)

// A Request is which sites a sheet is to hold. Exactly one of IDs, Area and
// RadiusMetres chooses; the first that is set counts.
type Request struct {
	IDs          []string     // these, in this order
	Area         edition.Area // all of an area
	From         orb.Point    // else those around a point, nearest first
	RadiusMetres float64

	Region edition.Area // the state or province whose mail and phone services are listed too; zero: none
	Filter edition.Filter
	Day    *time.Weekday // only sites with listed hours on that day
	Older  bool          // with older listings, which nobody has confirmed
	ByTown bool          // of an area: town by town, and not from the middle outwards
}

// MaxSites is how many sites a sheet holds at most: more than any state lists, and
// few enough to be laid out in memory.
const MaxSites = 5000

// fewest sites are listed where none lies within the radius.
const fewest = 3

// A Reason is why a site that was asked for is not on the sheet.
type Reason string

// The reasons.
const (
	TooOld   Reason = "older"  // an older listing, and those were not asked for
	NotPrint Reason = "print"  // it asks not to be on paper
	NoHours  Reason = "hours"  // a day was asked for, and its hours are not known
	Hidden   Reason = "hidden" // by the operator's rule
	TooMany  Reason = "most"   // beyond MaxSites
	Gone     Reason = "gone"   // its id is not in the edition
)

// Reasons lists them in the order in which a sheet tells of them.
func Reasons() []Reason { return []Reason{TooOld, NotPrint, NoHours, Hidden, TooMany, Gone} }

// A Part is where a site stands in a list.
type Part int

// The parts, in their order.
const (
	Placed   Part = iota // by distance, or by town
	Unplaced             // a place to go to that no map holds
	Remote               // by mail or phone
)

// A Section is sites under one heading.
type Section struct {
	Older bool // nobody has confirmed them
	Part  Part
	Town  string // of a list by town; empty where it is not named
	Hits  []edition.Hit
}

// A List is the sites of a sheet in their order, and what it leaves out.
type List struct {
	Sections []Section
	ByTown   bool
	Beyond   bool // none lies within the radius: these are the nearest
	LeftOut  map[Reason]int
	Doubts   map[edition.Question]int // left out because the filter asks what is not known
}

// Hits are the sites in their order. The number of a site on the sheet is its
// place in it, from 1.
func (l List) Hits() []edition.Hit {
	var all []edition.Hit
	for _, s := range l.Sections {
		all = append(all, s.Hits...)
	}
	return all
}

// Len is how many sites there are.
func (l List) Len() (n int) {
	for _, s := range l.Sections {
		n += len(s.Hits)
	}
	return n
}

// Remote is how many of the sites are reached by mail or phone.
func (l List) Remote() (n int) {
	for _, s := range l.Sections {
		if s.Part == Remote {
			n += len(s.Hits)
		}
	}
	return n
}

// Choose makes the list of a request.
func Choose(e *edition.Edition, r Request, p site.Policy, now time.Time) List {
	c := chooser{
		request: r, policy: p, now: now,
		list: List{ByTown: r.ByTown && r.Area != edition.Area{} && len(r.IDs) == 0, LeftOut: map[Reason]int{}, Doubts: map[edition.Question]int{}},
	}
	switch {
	case len(r.IDs) > 0:
		c.these(e)
	case r.Area != edition.Area{}:
		c.inArea(e)
	default:
		c.around(e)
	}
	c.remote(e)
	c.list.Sections = c.sections()
	return c.list
}

// A chooser sorts the sites of a request into what is kept and what is not.
type chooser struct {
	request Request
	policy  site.Policy
	now     time.Time
	list    List
	kept    []edition.Hit
}

// these are the sites that somebody picked. Whoever picks an older listing by hand
// has asked for it.
func (c *chooser) these(e *edition.Edition) {
	c.request.Older = true
	for _, id := range c.request.IDs {
		hit, err := e.Site(id, c.now)
		if err != nil {
			c.list.LeftOut[Gone]++
			continue
		}
		c.take(hit)
	}
}

// inArea takes the sites that lie in the area, and those of it that no map holds.
func (c *chooser) inArea(e *edition.Edition) {
	area := c.request.Area
	f := c.certain()
	f.Within = area
	for _, hit := range c.near(e, f, math.Inf(1)) {
		c.take(hit)
	}
	c.sort()
	for _, hit := range e.Unplaced(area.Country, area.Region, c.certain(), c.now) {
		if liesIn(hit.Site, area) {
			c.take(hit)
		}
	}
}

// near are sites by distance, as many as a sheet holds, or all of them where more
// than that lie within reach: those that find no room are counted.
func (c *chooser) near(e *edition.Edition, f edition.Filter, reach float64) []edition.Hit {
	hits := e.Near(c.request.From, f, c.now, 0, MaxSites+1).Hits
	if len(hits) > MaxSites && hits[MaxSites].Metres <= reach {
		return e.Near(c.request.From, f, c.now, 0, e.Len()).Hits
	}
	return hits
}

func liesIn(s *site.Site, area edition.Area) bool {
	return (area.County == "" || s.Address.County == area.County) && (area.Town == "" || s.Address.Town == area.Town)
}

// around takes the sites within the radius, or the nearest few where there are none.
func (c *chooser) around(e *edition.Edition) {
	hits := c.near(e, c.certain(), c.request.RadiusMetres)
	within := len(hits)
	for i, hit := range hits {
		if hit.Metres > c.request.RadiusMetres {
			within = i
			break
		}
		c.take(hit)
	}
	if len(c.kept) == 0 && len(c.list.LeftOut) == 0 && len(c.list.Doubts) == 0 {
		c.beyond(hits[within:])
	}
	c.sort()
}

// beyond takes the nearest few of what lies outside of the radius, where there is
// nothing at all within it, not even something that was left out.
func (c *chooser) beyond(hits []edition.Hit) {
	for _, hit := range hits {
		if reason, doubt := c.judge(hit); reason == "" && doubt == "" {
			c.kept = append(c.kept, hit)
		}
		if len(c.kept) == fewest {
			break
		}
	}
	c.list.Beyond = len(c.kept) > 0
}

// sort puts the sites in the order of their ranks.
func (c *chooser) sort() {
	slices.SortStableFunc(c.kept, func(a, b edition.Hit) int {
		return cmp.Or(cmp.Compare(c.rank(a), c.rank(b)), strings.Compare(a.Site.ID, b.Site.ID))
	})
}

// rank is the order of pages: the distance, and more for what was not checked for long.
func (c *chooser) rank(h edition.Hit) float64 {
	if c.policy.Behind(h.Site.CheckedOn.Day(), site.DayOf(c.now)) {
		return h.Metres + float64(c.policy.RankBehindMetres)
	}
	return h.Metres
}

// remote takes what comes to people of the state. No day and no distance applies to it.
func (c *chooser) remote(e *edition.Edition) {
	region := c.request.Region
	if region == (edition.Area{}) {
		return
	}
	c.request.Day = nil
	for _, hit := range e.Remote(region.Country, region.Region, c.request.Filter, c.now) {
		c.take(hit)
	}
}

// certain is the part of the filter that has an answer for every site. What may be
// unknown is asked of each one, so that it can be counted.
func (c *chooser) certain() edition.Filter {
	f := c.request.Filter
	return edition.Filter{Need: f.Need, Kinds: f.Kinds, Types: f.Types}
}

// take keeps a site, or counts why it is left out.
func (c *chooser) take(h edition.Hit) {
	reason, doubt := c.judge(h)
	switch {
	case doubt != "":
		c.list.Doubts[doubt]++
	case reason == notAsked:
	case reason != "":
		c.list.LeftOut[reason]++
	case len(c.kept) == MaxSites:
		c.list.LeftOut[TooMany]++
	default:
		c.kept = append(c.kept, h)
	}
}

// notAsked is the reason of a site that does not meet the request: nobody misses it.
const notAsked Reason = "not asked"

func (c *chooser) judge(h edition.Hit) (reason Reason, doubt edition.Question) {
	freshness := c.policy.Of(h.Site, c.now)
	if h.Site.Kind.Visited() {
		if keep, doubt := c.request.Filter.Keeps(h.Site, h.Zone); !keep {
			return notAsked, doubt
		}
	}
	switch {
	case freshness == site.Hidden:
		return Hidden, ""
	case !h.Site.Consent.In(site.Print):
		return NotPrint, ""
	case freshness == site.Older && !c.request.Older:
		return TooOld, ""
	}
	return c.onDay(h.Site), ""
}

// onDay asks whether hours are listed for the day of the request.
func (c *chooser) onDay(s *site.Site) Reason {
	if c.request.Day == nil {
		return ""
	}
	switch s.Hours.Schedule.Status {
	case hours.AlwaysOpen:
		return ""
	case hours.Scheduled:
		for _, day := range s.Hours.Schedule.Week() {
			if day.Weekday == *c.request.Day && len(day.Intervals) > 0 {
				return ""
			}
		}
		return notAsked
	}
	return NoHours
}

// sections puts the kept sites under their headings: confirmed ones first.
func (c *chooser) sections() []Section {
	var all []Section
	for _, older := range []bool{false, true} {
		for _, part := range []Part{Placed, Unplaced, Remote} {
			var hits []edition.Hit
			for _, h := range c.kept {
				if partOf(h.Site) == part && older == (c.policy.Of(h.Site, c.now) == site.Older) {
					hits = append(hits, h)
				}
			}
			if len(c.request.IDs) == 0 && part == Placed && c.list.ByTown {
				all = append(all, towns(hits, older)...)
			} else if len(hits) > 0 {
				all = append(all, Section{Older: older, Part: part, Hits: hits})
			}
		}
	}
	return all
}

func partOf(s *site.Site) Part {
	switch {
	case !s.Kind.Visited():
		return Remote
	case !s.Position.Known():
		return Unplaced
	}
	return Placed
}

// towns makes a section of each town, by name; the sites of a town are by name too.
func towns(hits []edition.Hit, older bool) []Section {
	slices.SortStableFunc(hits, func(a, b edition.Hit) int {
		townA, townB := strings.ToLower(a.Site.Address.City), strings.ToLower(b.Site.Address.City)
		switch {
		case townA == townB:
			return strings.Compare(a.Site.Name, b.Site.Name)
		case townA == "" || townB == "": // where it is not named, last
			return len(townB) - len(townA)
		}
		return strings.Compare(townA, townB)
	})
	var all []Section
	for _, h := range hits {
		last := len(all) - 1
		if last < 0 || !strings.EqualFold(all[last].Town, h.Site.Address.City) {
			all = append(all, Section{Older: older, Town: h.Site.Address.City})
			last++
		}
		all[last].Hits = append(all[last].Hits, h)
	}
	return all
}
