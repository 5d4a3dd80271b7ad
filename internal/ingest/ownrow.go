package ingest

import (
	"strconv"
	"strings"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// OwnHeader names the columns of carrypoint's own CSV form.
func OwnHeader() []string { return append([]string{}, columns[:ownColumns]...) }

// OwnRow is a site as a row of carrypoint's own form. Read again, it gives the
// same site, but for what the catalog lays over it.
func OwnRow(s *site.Site) []string {
	row := make([]string, ownColumns)
	for c, text := range map[column]string{
		colID: s.ID, colName: s.Name, colRegion: s.Address.Region, colCountry: s.Address.Country, colOrganization: s.Organization,
		colKind: string(s.Kind), colType: string(s.Type), colStatus: string(s.Status), colAccessPoint: s.AccessPoint,
		colAddress: s.Address.Street, colCity: s.Address.City, colPostalCode: s.Address.PostalCode,
		colTimeZone: s.TimeZone, colPhone: phoneCell(s.Phones), colURL: s.URL, colHours: s.Hours.Raw, colHoursScope: string(s.Hours.Scope),
		colSupplies: supplyCell(s.Supplies, site.Yes), colSuppliesNo: supplyCell(s.Supplies, site.No), colSuppliesRaw: s.SuppliesRaw,
		colCost: string(s.Cost), colIDRequired: string(s.IDRequired), colEligibility: s.Eligibility, colWait: s.Wait, colNotes: s.Notes,
		colLanguages: strings.Join(s.Languages, ";"), colStepFree: string(s.StepFree), colPublicAccess: string(s.PublicAccess),
		colCheckedOn: string(s.CheckedOn), colCheckedBy: string(s.CheckedBy),
		colSourceURL: s.Source.URL, colSourcePublisher: s.Source.Publisher, colSourceDate: string(s.Source.Date),
	} {
		row[c] = text
	}
	if s.Devices > 0 {
		row[colDevices] = strconv.Itoa(s.Devices)
	}
	if s.Position.Mapped() {
		row[colLat], row[colLon] = degrees(s.Position.Point.Lat()), degrees(s.Position.Point.Lon())
		row[colPrecision] = string(s.Position.Precision)
	}
	return row
}

func degrees(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func phoneCell(phones []site.Phone) string {
	var all []string
	for _, p := range phones {
		all = append(all, p.Raw)
	}
	return strings.Join(all, "; ")
}

func supplyCell(supplies site.Supplies, status site.Answer) string {
	var all []string
	for _, s := range supplies {
		if s.Status == status {
			all = append(all, string(s.Code))
		}
	}
	return strings.Join(all, ";")
}

// OwnTable is one site as a table of carrypoint's own form, with other texts in
// some of its columns. An unknown column is an error of whoever asks.
func OwnTable(s *site.Site, changed map[string]string) (*record.Table, error) {
	row := OwnRow(s)
	for name, text := range changed {
		c, ok := columnNamed(name)
		if !ok || c >= ownColumns {
			return nil, &UnknownColumnError{name}
		}
		row[c] = text
	}
	placeAgain(row, changed)
	return &record.Table{Format: "csv", Header: OwnHeader(), Records: func(yield func(record.Record, error) bool) {
		yield(record.Record{Row: 1, Values: row}, nil)
	}}, nil
}

// placeAgain takes the old pin, and a postal code of the old town, off a site that
// has another address now and brings no position of its own.
func placeAgain(row []string, changed map[string]string) {
	said := func(c column) bool { _, ok := changed[c.String()]; return ok }
	if said(colLat) || said(colLon) || !said(colAddress) && !said(colCity) && !said(colPostalCode) {
		return
	}
	row[colLat], row[colLon], row[colPrecision] = "", "", ""
	if said(colCity) && !said(colPostalCode) {
		row[colPostalCode] = ""
	}
}

// An UnknownColumnError names a column that carrypoint's own form does not have.
type UnknownColumnError struct{ Name string }

func (e *UnknownColumnError) Error() string {
	return strconv.Quote(e.Name) + " is not a column; docs/dataset.md has them all"
}
