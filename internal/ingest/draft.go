package ingest

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/hours"
	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// A drafter makes sites of rows and keeps the findings.
type drafter struct {
	data   *Dataset
	placer placer
	seen   map[string]int // the row of each id
	read   map[string]hours.Schedule
}

func newDrafter(places *gazetteer.Gazetteer, data *Dataset) *drafter {
	return &drafter{data: data, placer: newPlacer(places), seen: map[string]int{}, read: map[string]hours.Schedule{}}
}

// A row is one record by column name, with the findings made on it.
type row struct {
	row      int
	values   map[string]string
	findings []record.Finding
	rejected bool
}

func (r *row) get(column string) string { return r.values[column] }

func (r *row) warn(code, column, text string) {
	r.findings = append(r.findings, record.Finding{Code: code, Row: r.row, Column: column, Value: r.values[column], Text: text})
}

func (r *row) reject(code, column, text string) {
	r.warn(code, column, text)
	r.findings[len(r.findings)-1].Error = true
	r.rejected = true
}

// row drafts one row; a row with an error only leaves its findings.
func (d *drafter) row(h header, fields []string) {
	r := &row{row: d.data.Records, values: make(map[string]string, len(columns))}
	for i, column := range columns {
		if at := h[i]; at >= 0 && at < len(fields) {
			r.field(column, fields[at])
		}
	}
	s := d.draft(r)
	if err := s.Publishable(); err != nil && !r.rejected {
		r.reject("not_publishable", "", err.Error())
	}
	d.data.Findings = append(d.data.Findings, r.findings...)
	if !r.rejected {
		d.data.Sites = append(d.data.Sites, s)
	}
}

func (r *row) field(column, raw string) {
	value := clean(raw)
	limit := maxFieldRunes
	if column == "name" {
		limit = maxNameRunes
	}
	switch {
	case value == "":
		return
	case undecoded(value):
		r.values[column] = strings.ToValidUTF8(value, "?")
		r.warn("undecodable_text", column, "some characters were lost before the file was written")
	case utf8.RuneCountInString(value) > limit:
		r.reject("field_too_long", column, fmt.Sprintf("it is longer than %d characters", limit))
		return
	}
	r.values[column] = value
}

func (d *drafter) draft(r *row) site.Site {
	s := site.Site{
		ID:           d.id(r),
		Name:         r.get("name"),
		Organization: r.get("organization"),
		Kind:         oneOf(r, "kind", site.Place, site.Kinds()),
		Type:         oneOf(r, "site_type", site.Other, append(site.Types(), site.Correctional, site.PrivateResidence)),
		Status:       oneOf(r, "status", site.Active, site.Statuses()),
		AccessPoint:  r.get("access_point"),
		Address: site.Address{
			Street: r.get("address"), City: r.get("city"), PostalCode: r.get("postal_code"),
			Region: strings.ToUpper(r.get("region")), Country: strings.ToUpper(r.get("country")),
		},
		URL:          webAddress(r, "url"),
		SuppliesRaw:  r.get("supplies_raw"),
		Cost:         oneOf(r, "cost", site.CostUnknown, site.Costs()),
		IDRequired:   oneOf(r, "id_required", site.IDUnknown, site.IDRules()),
		Eligibility:  r.get("eligibility"),
		Notes:        r.get("notes"),
		Languages:    list(r.get("languages")),
		StepFree:     answer(r, "step_free"),
		PublicAccess: answer(r, "public_access"),
		CheckedOn:    date(r, "checked_on"),
		CheckedBy:    oneOf(r, "checked_by", site.Check(""), site.Checks()),
		Source:       site.Source{URL: webAddress(r, "source_url"), Publisher: r.get("source_publisher"), Date: date(r, "source_date")},
	}
	if s.Name == "" {
		r.reject("no_name", "name", "a site needs a name")
	}
	asOf := s.CheckedOn
	if asOf == "" {
		asOf = s.Source.Date
	}
	s.Supplies = supplies(r, asOf)
	s.Hours = d.hours(r)
	s.Hours.AsOf = asOf
	s.Phones = phones(r)
	d.placer.place(r, &s)
	return s
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,119}$`)

func (d *drafter) id(r *row) string {
	id := r.get("id")
	switch first, taken := d.seen[id]; {
	case !idForm.MatchString(id):
		r.reject("bad_id", "id", "an id is 1 to 120 of a to z, 0 to 9 and -")
	case taken:
		r.reject("duplicate_id", "id", fmt.Sprintf("row %d has the same id", first))
	default:
		d.seen[id] = r.row
	}
	return id
}

// oneOf reads a word of a vocabulary. Nothing, and "unknown", give fallback; a
// word that is not in it is a warning and gives fallback too.
func oneOf[T ~string](r *row, column string, fallback T, words []T) T {
	text := strings.ToLower(r.get(column))
	switch {
	case text == "" || text == "unknown":
		return fallback
	case slices.Contains(words, T(text)):
		return T(text)
	}
	r.warn("unknown_word", column, fmt.Sprintf("%q is not a word of the vocabulary", text))
	return fallback
}

func answer(r *row, column string) site.Answer {
	a, err := site.ParseAnswer(strings.ToLower(r.get(column)))
	if err != nil {
		r.warn("unknown_word", column, err.Error())
	}
	return a
}

// date reads a date; one after tomorrow can't be true and is dropped by the
// ages worked out from it, so it needs no clock here.
func date(r *row, column string) site.Date {
	d, err := site.ParseDate(r.get(column))
	if err != nil {
		r.warn("bad_date", column, err.Error())
	}
	return d
}

func list(text string) []string {
	var items []string
	for item := range strings.SplitSeq(text, ";") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// supplies reads the codes handed out, and those that a source says are not.
func supplies(r *row, asOf site.Date) site.Supplies {
	var all site.Supplies
	add := func(column string, status site.Answer) {
		for _, word := range list(r.get(column)) {
			code := site.Code(word)
			if !code.Known() {
				r.warn("unknown_supply", column, fmt.Sprintf("%q is not a supply code", word))
				continue
			}
			if !slices.ContainsFunc(all, func(s site.Supply) bool { return s.Code == code }) {
				all = append(all, site.Supply{Code: code, Status: status, AsOf: asOf})
			}
		}
	}
	add("supplies", site.Yes)
	add("supplies_no", site.No)
	order := site.Codes()
	slices.SortStableFunc(all, func(a, b site.Supply) int {
		return slices.Index(order, a.Code) - slices.Index(order, b.Code)
	})
	return all
}

// hours reads the opening hours. The same text is read once for the whole file.
func (d *drafter) hours(r *row) site.Hours {
	raw := r.get("hours_raw")
	schedule, done := d.read[raw]
	if !done {
		schedule = hours.Parse(raw)
		d.read[raw] = schedule
	}
	if raw != "" && schedule.Status == hours.Unknown {
		r.warn("hours_not_readable", "hours_raw", "the hours could not be read with certainty; the text is shown as it is")
	}
	return site.Hours{
		Raw:      raw,
		Scope:    oneOf(r, "hours_scope", site.ScopeUnknown, []site.Scope{site.ScopeSupply, site.ScopeBuilding, site.ScopeOffice}),
		Schedule: schedule,
	}
}

func phones(r *row) []site.Phone {
	var all []site.Phone
	for _, text := range list(strings.ReplaceAll(r.get("phone"), " or ", ";")) {
		p := site.ParsePhone(text)
		if p.Dial == "" {
			r.warn("phone_not_readable", "phone", fmt.Sprintf("%q is not one number of ten digits or a short code; it is shown without a link", text))
		}
		all = append(all, p)
	}
	return all
}

// webAddress keeps an http or https address with a host that has a dot and
// neither user nor odd port; anything else is dropped with a warning.
func webAddress(r *row, column string) string {
	text := r.get(column)
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(u.Host, ".") || u.User != nil || u.Port() != "" {
		r.warn("bad_web_address", column, "it is not an http or https address")
		return ""
	}
	return u.String()
}

// zone keeps an IANA name that this binary knows.
func zone(r *row) string {
	name := r.get("timezone")
	if name == "" {
		return ""
	}
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		r.warn("unknown_time_zone", "timezone", fmt.Sprintf("%q is not an IANA time zone", name))
		return ""
	}
	return name
}
