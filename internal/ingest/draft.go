package ingest

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"carrypoint/internal/hours"
	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// A drafter makes sites of records. Each worker has one.
type drafter struct {
	plan   *plan
	survey *survey
	placer placer
	read   map[string]hours.Schedule
	row    row // of the record at hand
}

func newDrafter(p *plan, s *survey, places Places) *drafter {
	return &drafter{plan: p, survey: s, placer: newPlacer(places), read: map[string]hours.Schedule{}}
}

// draft reads one record. A rejected one has its findings, and its key where it
// has one: what the source lists and may not be shown must be known too.
func (d *drafter) draft(rec record.Record) record.Draft {
	d.row = row{plan: d.plan, record: rec}
	r := &d.row
	if rec.Fault != "" {
		r.reject("row_not_readable", noColumn, rec.Fault)
		return record.Draft{Record: rec, Findings: r.findings, Rejected: true}
	}
	dropped := d.dropped(r)
	r.hide()
	r.fill()
	s := d.site(r)
	draft := record.Draft{Key: d.key(r, s.Address), Slug: slug(&s), Site: s}
	if dropped {
		r.findings = r.findings[:1] // what else is wrong with it is nobody's concern
	} else {
		d.judge(r, &draft.Site)
	}
	if draft.Site.PublicAccess == site.No {
		r.muffle()
	}
	if d.plan.own {
		draft.Slug = s.ID
	}
	draft.Record, draft.Findings, draft.Rejected = r.record, r.findings, r.rejected
	return draft
}

// dropped keeps out what the mapping says is no site of this kind.
func (d *drafter) dropped(r *row) bool {
	for _, drop := range d.plan.drops {
		if !drop.drops(r.record.Values) {
			continue
		}
		why := drop.Why
		if why == "" {
			why = "rows of this kind are not sites of this dataset"
		}
		r.findings = append(r.findings, record.Finding{Code: "excluded_type", Row: r.record.Row, Column: drop.Column, Value: clean(value(r.record.Values, drop.at)), Text: why})
		r.refuse()
		return true
	}
	return false
}

// judge looks at the site as a whole: whether it may be shown, and whether it
// stands elsewhere in the file.
func (d *drafter) judge(r *row, s *site.Site) {
	if why, ok := notPublic(r, s); ok {
		s.PublicAccess = site.No
		r.rejectHushed(why.code, d.plan.names[why.in], why.text)
	}
	if s.PublicAccess == site.Yes && school(s.Name) {
		r.warn("school", colName, "it reads like a school for children; its source says that the public may go in")
	}
	if s.Address.Country == "" || s.Address.Region == "" {
		r.reject("no_region", colRegion, "a site needs a country and a state or province")
	}
	if s.Status != site.Active {
		r.warn("not_active", colStatus, fmt.Sprintf("its status is %q; it is not published", s.Status))
	}
	if first, ok := d.survey.copies[r.record.Row]; ok {
		r.reject("duplicate_row", noColumn, fmt.Sprintf("it is the same as row %d; it was not counted as a site of its own", first))
	} else if other, ok := d.survey.doors[r.record.Row]; ok {
		r.warn("duplicate_address", colAddress, fmt.Sprintf("row %d has the same address; is it the same place?", other))
		r.findings[len(r.findings)-1].Other = other
	}
	if n := d.survey.devices[r.record.Row]; n > s.Devices {
		s.Devices = n
	}
}

// key names the record within its source. A key that an earlier row has is an
// error where the source told which columns name a record; a key that was made
// of a name and an address is told apart by the number of the row.
func (d *drafter) key(r *row, a site.Address) string {
	key := r.key(a)
	first, taken := d.survey.keys[r.record.Row]
	switch {
	case !taken:
	case d.plan.own:
		r.reject("duplicate_id", colID, fmt.Sprintf("row %d has the same id", first))
	case len(d.plan.Key) > 0:
		r.reject("duplicate_key", noColumn, fmt.Sprintf("row %d has the same %s, which should name one record", first, strings.Join(d.plan.Key, " and ")))
	default:
		r.warn("duplicate_key", noColumn, fmt.Sprintf("it has the same name, address and access point as row %d; it is told apart by its place in the file only", first))
		key += fmt.Sprintf("~%d", r.record.Row)
	}
	return key
}

func (d *drafter) site(r *row) site.Site {
	d.columns(r)
	s := site.Site{
		ID:           r.id(),
		Name:         r.get(colName),
		Organization: r.get(colOrganization),
		Kind:         oneOf(r, colKind, site.Place, site.Kinds()),
		Type:         oneOf(r, colType, site.Other, types),
		Status:       status(r),
		AccessPoint:  r.get(colAccessPoint),
		Address:      d.address(r),
		URL:          webAddress(r, colURL),
		SuppliesRaw:  r.get(colSuppliesRaw),
		Cost:         oneOf(r, colCost, site.CostUnknown, site.Costs()),
		IDRequired:   oneOf(r, colIDRequired, site.IDUnknown, site.IDRules()),
		Eligibility:  r.get(colEligibility),
		Wait:         r.get(colWait),
		Notes:        r.get(colNotes),
		Languages:    items(r.get(colLanguages)),
		StepFree:     answer(r, colStepFree),
		PublicAccess: answer(r, colPublicAccess),
		Devices:      devices(r),
		CheckedOn:    date(r, colCheckedOn),
		CheckedBy:    oneOf(r, colCheckedBy, site.Check(""), site.Checks()),
		Source:       d.source(r),
	}
	d.live(&s)
	asOf := s.CheckedOn
	if asOf == "" {
		asOf = s.Source.Date
	}
	s.Supplies = supplies(r, asOf)
	s.Hours = d.hours(r)
	s.Hours.AsOf = asOf
	s.Phones = phones(r)
	name(r, &s)
	d.placer.place(r, &s, d.survey)
	return s
}

// columns puts in the mapping's own words where a row has none.
func (d *drafter) columns(r *row) {
	if r.get(colHoursScope) == "" {
		r.values[colHoursScope] = string(d.plan.HoursScope)
	}
}

var types = append(site.Types(), site.Correctional, site.PrivateResidence)

// source is who says so.
func (d *drafter) source(r *row) site.Source {
	source := site.Source{URL: webAddress(r, colSourceURL), Publisher: r.get(colSourcePublisher), Date: date(r, colSourceDate), Licence: d.plan.Licence}
	if source.Publisher == "" {
		source.Publisher = d.plan.Publisher
	}
	if source.Date == "" && !future(d.plan.Date, d.plan.now) {
		source.Date = d.plan.Date
	}
	if source.URL == "" && strings.HasPrefix(d.plan.Address, "https://") {
		source.URL = d.plan.Address
	}
	return source
}

// live takes the record's own date in an official live feed for a check by its
// source. The date of the whole dataset is none: one row may have changed.
func (d *drafter) live(s *site.Site) {
	if d.plan.Live && d.plan.makers[colSourceDate] != nil && s.Source.Date != d.plan.Date && s.CheckedOn == "" && s.Source.Date != "" {
		s.CheckedOn, s.CheckedBy = s.Source.Date, site.BySource
	}
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,119}$`)

// id is the id that carrypoint's own form brings.
func (r *row) id() string {
	if !r.plan.own {
		return ""
	}
	id := r.get(colID)
	if !idForm.MatchString(id) {
		r.reject("bad_id", colID, "an id is 1 to 120 of a to z, 0 to 9 and -")
	}
	return id
}

func answer(r *row, c column) site.Answer {
	text := strings.ToLower(r.get(c))
	if !r.plan.own {
		switch text {
		case "y", "true", "1":
			text = "yes"
		case "n", "false", "0":
			text = "no"
		}
	}
	a, err := site.ParseAnswer(text)
	if err != nil {
		r.warn("unknown_word", c, err.Error())
	}
	return a
}

func devices(r *row) int {
	text := r.get(colDevices)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 10_000 {
		r.warn("unknown_word", colDevices, fmt.Sprintf("%q is not a number of machines or boxes", text))
		return 0
	}
	return n
}

// supplies reads the codes handed out, and those that a source says are not.
func supplies(r *row, asOf site.Date) site.Supplies {
	var all site.Supplies
	add := func(c column, status site.Answer) {
		for _, word := range items(r.get(c)) {
			code := site.Code(word)
			if !code.Known() {
				r.warn("unknown_supply", c, fmt.Sprintf("%q is not a supply code", word))
				continue
			}
			if !slices.ContainsFunc(all, func(s site.Supply) bool { return s.Code == code }) {
				all = append(all, site.Supply{Code: code, Status: status, AsOf: asOf})
			}
		}
	}
	add(colSupplies, site.Yes)
	add(colSuppliesNo, site.No)
	if len(all) > 1 {
		slices.SortStableFunc(all, func(a, b site.Supply) int {
			return slices.Index(supplyOrder, a.Code) - slices.Index(supplyOrder, b.Code)
		})
	}
	return all
}

var supplyOrder = site.Codes()

// hours reads the opening hours. The same text is read once by each worker.
func (d *drafter) hours(r *row) site.Hours {
	raw := r.get(colHours)
	schedule, done := d.read[raw]
	if !done {
		schedule = hours.Parse(raw)
		if len(d.read) >= maxCached {
			clear(d.read)
		}
		d.read[raw] = schedule
	}
	if raw != "" && (schedule.Status == hours.Unknown || schedule.Status == hours.CallFirst) {
		r.warn("hours_not_readable", colHours, "the hours could not be read with certainty; the text is shown as it is")
	}
	return site.Hours{
		Raw:      raw,
		Scope:    oneOf(r, colHoursScope, site.ScopeUnknown, scopes),
		Schedule: schedule,
	}
}

// webAddress keeps an http or https address with a host that has a dot and
// neither user nor odd port; anything else is dropped with a warning.
func webAddress(r *row, c column) string {
	text := r.get(c)
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(u.Host, ".") || u.User != nil || u.Port() != "" {
		r.warn("bad_web_address", c, "it is not an http or https address")
		return ""
	}
	return u.String()
}

// status is whether a site is in use. A word that is not of the vocabulary keeps
// the row out: it may well mean that the place is closed.
func status(r *row) site.Status {
	text := strings.ToLower(r.get(colStatus))
	if text == "" || text == "unknown" {
		return site.Active
	}
	if !slices.Contains(site.Statuses(), site.Status(text)) {
		r.reject("unknown_status", colStatus, fmt.Sprintf("%q does not say whether it is in use; map it to one of %v", text, site.Statuses()))
	}
	return site.Status(text)
}
