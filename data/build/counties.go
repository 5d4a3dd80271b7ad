package main

// countyName writes the name of a county with what it is: us-atlas has "Cook", "Orleans" and "Anchorage".
func countyName(id, region, name string) string {
	switch {
	case region == "AK":
		return name + " " + alaskan(id)
	case region == "LA":
		return name + " Parish"
	case region == "PR":
		return name + " Municipio"
	case region == "MP":
		return name + " Municipality"
	case region == "AS" && name != "Rose Island" && name != "Swains Island":
		return name + " District"
	case independent(id) && region != "NV":
		return name + " city"
	case region == "DC", region == "GU", region == "VI", region == "AS", region == "NV" && independent(id):
		return name
	}
	return name + " County"
}

// independent reports whether a number is that of a city that is in no county: Baltimore, St. Louis, Carson
// City and those of Virginia. The Census numbers them from 510.
func independent(id string) bool { return id[2:] >= "510" && cityStates[id[:2]] }

var cityStates = map[string]bool{"24": true, "29": true, "32": true, "51": true}

// alaskan is what stands for counties in Alaska.
func alaskan(id string) string {
	switch id[2:] {
	case "020", "230":
		return "Municipality"
	case "110", "220", "275", "282":
		return "City and Borough"
	case "013", "060", "068", "090", "100", "122", "130", "150", "164", "170", "185", "188", "195":
		return "Borough"
	}
	return "Census Area"
}
