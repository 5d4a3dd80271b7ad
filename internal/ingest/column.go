package ingest

import "slices"

// A column is one of carrypoint's own columns, by its place in columns.
type column uint8

// The columns that docs/dataset.md and docs/mapping.md speak of. noColumn
// stands for the row as a whole.
const (
	colID column = iota
	colName
	colRegion
	colCountry
	colOrganization
	colKind
	colType
	colStatus
	colAccessPoint
	colAddress
	colCity
	colPostalCode
	colLat
	colLon
	colPrecision
	colTimeZone
	colPhone
	colURL
	colHours
	colHoursScope
	colSupplies
	colSuppliesNo
	colSuppliesRaw
	colCost
	colIDRequired
	colEligibility
	colWait
	colNotes
	colLanguages
	colStepFree
	colPublicAccess
	colCheckedOn
	colCheckedBy
	colSourceURL
	colSourcePublisher
	colSourceDate
	colDevices
	colFullAddress
	colMatchScore
	columnCount
	noColumn = columnCount
)

// columns are their names. The last two are for mappings only: they are read
// for what they tell of the others.
var columns = [columnCount]string{
	"id", "name", "region", "country",
	"organization", "kind", "site_type", "status", "access_point", "address", "city", "postal_code",
	"lat", "lon", "precision", "timezone", "phone", "url", "hours_raw", "hours_scope",
	"supplies", "supplies_no", "supplies_raw", "cost", "id_required", "eligibility", "wait", "notes",
	"languages", "step_free", "public_access", "checked_on", "checked_by",
	"source_url", "source_publisher", "source_date", "device_count",
	"full_address", "match_score",
}

// ownColumns are those of carrypoint's own CSV form; a file of it has at least
// the first requiredColumns of them.
const (
	ownColumns      = colDevices + 1
	requiredColumns = colCountry + 1
)

// lists are the columns that hold several words with ";" between them.
var lists = []column{colSupplies, colSuppliesNo, colLanguages}

// String is the column's name.
func (c column) String() string {
	if c >= columnCount {
		return ""
	}
	return columns[c]
}

// columnNamed finds a column by its name.
func columnNamed(name string) (column, bool) {
	at := slices.Index(columns[:], name)
	return column(max(at, 0)), at >= 0
}
