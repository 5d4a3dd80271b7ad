package reader

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	wktName  = regexp.MustCompile(`^\s*(\w+)\s*\[\s*"([^"]*)"`)
	wktDatum = regexp.MustCompile(`(?i)DATUM\s*\[\s*"([^"]*)"`)
)

// declareWKT takes a system by its text, as a .prj file has it. A datum that is
// not known is refused like a projection: old ones are a street away.
func (p *places) declareWKT(wkt string) error {
	found := wktName.FindStringSubmatch(wkt)
	if found == nil {
		return fmt.Errorf("%w: the text of their system can't be read: %q", ErrProjected, clip(wkt, 60))
	}
	kind, name := strings.ToUpper(found[1]), found[2]
	switch {
	case strings.HasPrefix(kind, "GEOG") && knownDatum(wkt):
		return p.declareMercator(false)
	case strings.HasPrefix(kind, "PROJ") && webMercator(name):
		return p.declareMercator(true)
	}
	return fmt.Errorf("%w: they are in the system %q; export the file in WGS84 (EPSG:4326)", ErrProjected, clip(name, 80))
}

func knownDatum(wkt string) bool {
	found := wktDatum.FindStringSubmatch(wkt)
	if found == nil {
		return false
	}
	datum := letters(found[1])
	for _, known := range []string{"wgs84", "wgs1984", "worldgeodeticsystem1984", "northamerican1983", "northamericandatum1983", "nad83", "northamerican1983csrs"} {
		if strings.TrimPrefix(datum, "d") == known {
			return true
		}
	}
	return false
}

func webMercator(name string) bool {
	switch letters(name) {
	case "wgs1984webmercatorauxiliarysphere", "wgs1984webmercator", "wgs84pseudomercator", "popularvisualisationcrsmercator", "wgs84webmercatorauxiliarysphere":
		return true
	}
	return false
}

// letters folds a name to its letters and digits: the same system is written
// with blanks, slashes and underscores.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(name))
}
