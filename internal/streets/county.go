package streets

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// A county is what a file of address ranges covers, by its code at the Census: two digits of the state, three
// of the county.
type county struct{ fips, region string }

// countyFile is how the Census names its files: tl_2021_30059_addrfeat.zip, tl_rd22_12001_addrfeat.shp.
var countyFile = regexp.MustCompile(`(?i)^tl_[a-z0-9]+_(\d{5})_addrfeat$`)

// countyOf reads the county from the name of a file.
func countyOf(file string) (county, error) {
	base := strings.TrimSuffix(path.Base(file), path.Ext(file))
	match := countyFile.FindStringSubmatch(base)
	if match == nil {
		return county{}, fmt.Errorf("%s does not say which county it is: keep the name that the Census gave it, such as tl_2025_30059_addrfeat.zip", file)
	}
	region, known := regionsByFIPS[match[1][:2]]
	if !known {
		return county{}, fmt.Errorf("%s names no state that there is: %s", file, match[1][:2])
	}
	return county{fips: match[1], region: region}, nil
}

// regionsByFIPS has the postal codes of the states and territories by their numbers at the Census.
var regionsByFIPS = map[string]string{
	"01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC", "12": "FL",
	"13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY", "22": "LA", "23": "ME",
	"24": "MD", "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT", "31": "NE", "32": "NV", "33": "NH",
	"34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH", "40": "OK", "41": "OR", "42": "PA", "44": "RI",
	"45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT", "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI",
	"56": "WY", "60": "AS", "66": "GU", "69": "MP", "72": "PR", "78": "VI",
}
