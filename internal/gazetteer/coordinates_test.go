package gazetteer

import (
	"math"
	"testing"
)

func TestCoordinatesAreRead(t *testing.T) {
	const sixth = 1.0 / 6
	for text, want := range map[string][2]float64{ // latitude first, as people type
		"40.7,-74.0":                       {40.7, -74},
		"40.7, -74.0":                      {40.7, -74},
		" 40.7 -74.0 ":                     {40.7, -74},
		"40.7;-74":                         {40.7, -74},
		"+40.7,−74.0":                      {40.7, -74},
		"40,-74":                           {40, -74},
		"40.7 N 74.0 W":                    {40.7, -74},
		"40.7N, 74.0W":                     {40.7, -74},
		"40.7n 74w":                        {40.7, -74},
		"N40.7 W74.0":                      {40.7, -74},
		"N 40.7, W 74.0":                   {40.7, -74},
		"74.0 W 40.7 N":                    {40.7, -74},
		"33.9 S 18.4 E":                    {-33.9, 18.4},
		"40.7 N 74.0 O":                    {40.7, -74},
		"40° N 74° W":                      {40, -74},
		"40.7° -74.0°":                     {40.7, -74},
		"40°42'N 74°0'W":                   {40.7, -74},
		"40° 42' N, 74° 0' W":              {40.7, -74},
		"40°42′0″N 74°0′0″W":               {40.7, -74},
		`40°42'36"N 74°10'W`:               {40.71, -74 - sixth},
		"40º42’N 74º0’W":                   {40.7, -74},
		"geo:40.7,-74":                     {40.7, -74},
		"GEO:40.7,-74":                     {40.7, -74},
		"geo:40.7,-74,12":                  {40.7, -74},
		"geo:40.7,-74;u=35":                {40.7, -74},
		"geo:40.7,-74;crs=wgs84;u=35?z=11": {40.7, -74},
		"90,180":                           {90, 180},
		"-90,-180":                         {-90, -180},
	} {
		t.Run(text, func(t *testing.T) {
			p, ok := coordinates(text)
			if !ok || math.Abs(p.Point.Lat()-want[0]) > 1e-9 || math.Abs(p.Point.Lon()-want[1]) > 1e-9 {
				t.Fatalf("%v %v", p.Point, ok)
			}
			if p.Kind != Point || p.Precision != Exact || p.Name != "" {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestWhatIsNoPairOfCoordinates(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                      "",
		"one number":                   "40.7",
		"two whole numbers":            "12 34",
		"a ZIP+4":                      "94103 1234",
		"too far north":                "91,0.5",
		"too far east":                 "40.7,180.1",
		"0, 0":                         "0,0",
		"not a number":                 "nan,nan",
		"infinite":                     "inf,-inf",
		"an exponent":                  "4e1,-7e1",
		"two points":                   "40.7.1,-74",
		"three numbers":                "40.7,-74,12",
		"two latitudes":                "40.7 N 74.0 N",
		"one letter":                   "40.7 N 74.0",
		"a sign and a letter":          "-40.7 S 74.0 W",
		"sixty minutes":                "40°60'N 74°0'W",
		"minutes of broken degrees":    "40.5°10'N 74°0'W",
		"a word behind":                "40.7,-74.0 usa",
		"a very long number":           "40.70000000000000000000000001,-74",
		"a URI with one number":        "geo:40.7",
		"a URI in another system":      "geo:40.7,-74;crs=epsg:3857",
		"a URI with words":             "geo:here,there",
		"a URI beyond the poles":       "geo:95,10",
		"a URI without a place at all": "geo:0,0?q=chicago",
	} {
		t.Run(name, func(t *testing.T) {
			if p, ok := coordinates(text); ok {
				t.Errorf("%q is %v", text, p.Point)
			}
		})
	}
}
