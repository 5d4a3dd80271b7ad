package streets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	_ "modernc.org/sqlite" // the "sqlite" driver
)

// ErrDamaged says that a file is not one that Import made; the text with it says what is wrong.
var ErrDamaged = errors.New("the street file is damaged or of another version; delete it and import the streets again")

// applicationID marks the file as one of streets: "CPST" in the header's own field.
const applicationID = 0x43505354

// formatVersion rises with every change that an older binary can't read, and with every change of how names
// are folded: the cores in the file would not be those that are looked up.
const formatVersion = 1

// schema is the whole form of the file. What one source (a county, an extract of OpenStreetMap) knows of one
// area (a postal code, a town) hangs together, so that it goes together when the source is imported again. A
// street of an area is one row: its ranges, lines and doors are packed, and read at once.
const schema = `
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, file TEXT NOT NULL) STRICT;
CREATE TABLE area (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source,
  postcode TEXT NOT NULL, town TEXT NOT NULL, city TEXT NOT NULL, region TEXT NOT NULL, country TEXT NOT NULL
) STRICT;
CREATE INDEX area_of_source ON area (source);
CREATE INDEX area_by_postcode ON area (postcode);
CREATE INDEX area_by_town ON area (town, region);
CREATE TABLE street (id INTEGER PRIMARY KEY, area INTEGER NOT NULL REFERENCES area, core TEXT NOT NULL, name TEXT NOT NULL, packed BLOB NOT NULL) STRICT;
CREATE INDEX street_by_core ON street (area, core);
`

// inArea finds what has a core in the areas of a postal code or of a town. What has a town and no postal code
// belongs to both.
const (
	selected = `SELECT a.postcode, a.city, s.name, s.packed FROM area a JOIN street s ON s.area = a.id`

	inPostcode = selected + ` WHERE s.core = ?1 AND a.postcode = ?2 AND ?2 <> ''
		AND (?3 = '' OR a.region = '' OR a.region = ?3) AND (?4 = '' OR a.country = '' OR a.country = ?4)`

	inTown = selected + ` WHERE s.core = ?1 AND a.town = ?2 AND a.region = ?3 AND ?2 <> '' AND ?3 <> ''
		AND (?4 = '' OR a.country = '' OR a.country = ?4) AND (a.postcode = '' OR NOT ?5)`

	allAreas = `SELECT DISTINCT postcode, town, region FROM area`
)

// readOnly names the database in a file, which nobody writes to any more: Import replaces it whole.
func readOnly(path string) string {
	return (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: "mode=ro&immutable=1"}).String()
}

func verifyFormat(ctx context.Context, db *sql.DB) error {
	var application, version int
	err := errors.Join(
		db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application),
		db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version))
	switch {
	case err != nil:
		return damaged(err)
	case application != applicationID || version != formatVersion:
		return fmt.Errorf("%w (it is not of format %d)", ErrDamaged, formatVersion)
	}
	return nil
}

func damaged(err error) error { return fmt.Errorf("%w (%v)", ErrDamaged, err) }
