package streets

import (
	"testing"

	"github.com/paulmach/orb"
)

// in11 is an address in the first postal code of the made-up county.
func in11(street string) Address {
	return Address{Street: street, Region: "NY", PostalCode: sampleton, Country: "US"}
}

func TestAnAddressIsFound(t *testing.T) {
	s, _ := imported(t, ImportOptions{TownOf: townOf}, zipped(t, countyName, madeUp()))
	for name, c := range map[string]struct {
		address Address
		matched string // "" if it must not be found
	}{
		"as the file writes it":                         {in11("101 Main St"), "101 Main St, 00011"},
		"in any case, with points and words":            {in11("101 MAIN STREET."), "101 Main St, 00011"},
		"with an apartment":                             {in11("101 main st apt 4"), "101 Main St, 00011"},
		"with an apartment of two words":                {in11("101 Main St Apt 4 rear"), "101 Main St, 00011"},
		"with a suite behind a comma":                   {in11("101 Main Street, Suite 107"), "101 Main St, 00011"},
		"with a suite before a comma":                   {in11("Suite 107, 101 Main Street"), "101 Main St, 00011"},
		"with a building without a number":              {in11("101 Main St Bldg"), "101 Main St, 00011"},
		"with a building by its name":                   {in11("101 Main St Building West"), "101 Main St, 00011"},
		"with two units":                                {in11("101 Main St Units J & K"), "101 Main St, 00011"},
		"with a sign before":                            {in11("#101 Main St"), "101 Main St, 00011"},
		"with a number sign":                            {in11("101 Main St #4"), "101 Main St, 00011"},
		"with a unit that no word announces":            {in11("101 Main St 4B"), "101 Main St, 00011"},
		"with a floor":                                  {in11("101 Main St 2nd floor"), "101 Main St, 00011"},
		"with the name of the house before":             {in11("Sample Library, 101 Main St"), "101 Main St, 00011"},
		"with a note in brackets":                       {in11("101 Main St (behind the church)"), "101 Main St, 00011"},
		"of a ZIP with four more digits":                {Address{Street: "101 Main St", PostalCode: "00011-1234"}, "101 Main St, 00011"},
		"with a letter behind the number":               {in11("101A Main St"), "101a Main St, 00011"},
		"with a letter apart":                           {in11("101 A Main St"), "101a Main St, 00011"},
		"with half a number":                            {in11("101 1/2 Main St"), "1011/2 Main St, 00011"},
		"with half a number as a sign":                  {in11("101½ Main St"), "1011/2 Main St, 00011"},
		"the same street in the next postal code":       {Address{Street: "101 Main St", PostalCode: uptown}, "101 Main St, 00012"},
		"in a town with one such house":                 {Address{Street: "301 Main St", City: "otherville", Region: "NY"}, "301 Main St, 00013"},
		"in a town with two such houses":                {Address{Street: "101 Main St", City: "Sampleton", Region: "NY"}, ""},
		"in a town of another state":                    {Address{Street: "301 Main St", City: "Otherville", Region: "NJ"}, ""},
		"in a town without a state":                     {Address{Street: "301 Main St", City: "Otherville"}, ""},
		"in a town, by the code of its post office":     {Address{Street: "301 Main St", City: "Otherville", Region: "NY", PostalCode: "00099"}, "301 Main St, 00013"},
		"with the code of another state":                {Address{Street: "101 Main St", Region: "NJ", PostalCode: sampleton}, ""},
		"in another country":                            {Address{Street: "101 Main St", PostalCode: sampleton, Country: "MX"}, ""},
		"without a place":                               {Address{Street: "101 Main St"}, ""},
		"not in the town, if the code is known":         {Address{Street: "31 Island Rd", City: "Otherville", Region: "NY", PostalCode: sampleton}, ""},
		"of Queens":                                     {in11("12-34 Larkspur Avenue"), "12-34 Larkspur Ave, 00011"},
		"of Queens, with a longer dash":                 {in11("12–34 Larkspur Avenue"), "12-34 Larkspur Ave, 00011"},
		"of Queens, with a zero":                        {in11("12-04 Larkspur Avenue"), "12-4 Larkspur Ave, 00011"},
		"of Queens, in the next block":                  {in11("13-34 Larkspur Avenue"), "13-34 Larkspur Ave, 00011"},
		"of Queens, in a range of two blocks":           {in11("15-07 Larkspur Ave"), "15-7 Larkspur Ave, 00011"},
		"of Queens, without its hyphen":                 {in11("1234 Larkspur Ave"), "12-34 Larkspur Ave, 00011"},
		"of Queens, beyond the block":                   {in11("12-51 Larkspur Ave"), "Larkspur Ave, 00011"},
		"of Queens, of the wrong parity":                {in11("14-02 Larkspur Ave"), "Larkspur Ave, 00011"},
		"unit first, with a dash":                       {Address{Street: "400–4567 Lougheed Highway", PostalCode: sampleton}, "4567 Lougheed Hwy, 00011"},
		"unit first, with a dash between spaces":        {Address{Street: "400 – 4567 Lougheed Highway", PostalCode: sampleton}, "4567 Lougheed Hwy, 00011"},
		"unit first":                                    {in11("101 1160 Burrard Street"), "1160 Burrard St, 00011"},
		"unit first, by its word":                       {in11("Unit 101 1160 Burrard Street"), "1160 Burrard St, 00011"},
		"unit first, by its word, with a dash":          {in11("Unit 5-1160 Burrard Street"), "1160 Burrard St, 00011"},
		"two houses":                                    {in11("154 & 164 Delaine Street"), "154 Delaine St, 00011"},
		"two houses in words":                           {in11("154 and 164 Delaine Street"), "154 Delaine St, 00011"},
		"a row of houses":                               {in11("154-164 Delaine Street"), "154 Delaine St, 00011"},
		"without its direction, of which there are two": {in11("51 Juniper St"), ""},
		"with its direction in words":                   {in11("51 East Juniper St"), "51 E Juniper St, 00011"},
		"with its direction behind":                     {in11("51 Juniper St W"), "51 W Juniper St, 00011"},
		"with the wrong direction":                      {in11("51 South Juniper St"), ""},
		"without its direction, of which there is one":  {in11("201 Willow Boulevard"), "201 N Willow Blvd, 00011"},
		"without its direction and kind":                {in11("201 Willow"), "201 N Willow Blvd, 00011"},
		"with the wrong kind":                           {in11("201 N Willow Rd"), ""},
		"an ordinal in words":                           {in11("1001 Fifth Avenue"), "1001 5th Ave, 00011"},
		"an ordinal without its ending":                 {in11("1001 5 Ave"), "1001 5th Ave, 00011"},
		"on a grid":                                     {in11("N6W23051 Bluff Road"), "n6w23051 Bluff Rd, 00011"},
		"on a grid, in two words":                       {in11("N6 W23051 Bluff Road"), "n6w23051 Bluff Rd, 00011"},
		"on another grid":                               {in11("N7W23051 Bluff Road"), "Bluff Rd, 00011"},
		"a US highway":                                  {in11("7001 U.S. Highway 12"), "7001 US Hwy 12, 00011"},
		"a US highway without a word":                   {in11("7001 US-12"), "7001 US Hwy 12, 00011"},
		"a highway of no kind":                          {in11("7001 Hwy 12"), "7001 US Hwy 12, 00011"},
		"its old name":                                  {in11("7001 Old Post Rd"), "7001 Old Post Rd, 00011"},
		"a state road, called a route":                  {in11("501 SR 9"), "501 State Rte 9, 00011"},
		"a state road, called by the state":             {in11("501 NY 9"), "501 State Rte 9, 00011"},
		"a state road is no US highway":                 {in11("501 US 9"), ""},
		"a county road":                                 {in11("21 County Road 44"), "21 Co Rd 44, 00011"},
		"in Spanish":                                    {in11("51 Calle Luna"), "51 Cll Luna, 00011"},
		"in French":                                     {in11("51 rue Principale"), "51 Rue Principale, 00011"},
		"in French, with its comma":                     {in11("51, rue Principale"), "51 Rue Principale, 00011"},
		"of a saint":                                    {in11("51 Saint Clair Street"), "51 St Clair St, 00011"},
		"of a king, shortened":                          {in11("51 MLK Dr"), "51 Martin Luther King Jr Dr, 00011"},
		"of a king, with his title":                     {in11("51 Dr. Martin Luther King Jr. Drive"), "51 Martin Luther King Jr Dr, 00011"},
		"odd, where both stand on one side":             {in11("51 Both Lane"), "51 Both Ln, 00011"},
		"even, where both stand on one side":            {in11("50 Both Lane"), "50 Both Ln, 00011"},
		"where the numbers fall":                        {in11("251 Turn Terrace"), "251 Turn Ter, 00011"},
		"of a letter":                                   {in11("51 Ave B"), "51 Avenue B, 00011"},
		"of a letter, which is no unit":                 {in11("51 Ave C"), ""},
		"in a gap of a long street":                     {in11("251 Gap Rd"), ""},
		"beyond the end of a short street":              {in11("51 Short Court"), "Short Ct, 00011"},
		"a short street without a number":               {in11("Short Court"), "Short Ct, 00011"},
		"a long street without a number":                {in11("Gap Rd"), ""},
		"a house called like a street":                  {in11("Short"), ""},
		"twice in the file":                             {in11("51 Twice Way"), ""},
		"two addresses":                                 {in11("101 Main St, 51 E Juniper St"), ""},
		"a corner":                                      {in11("Main St & 5th Ave"), ""},
		"a box at the post office":                      {in11("PO Box 101"), ""},
		"a box and a street":                            {in11("P.O. Box 7, 101 Main St"), "101 Main St, 00011"},
		"a street that is not known":                    {in11("101 Unknown St"), ""},
		"nothing":                                       {in11(""), ""},
	} {
		t.Run(name, func(t *testing.T) {
			spot, ok := s.Find(c.address)
			if spot.Matched != c.matched || ok != (c.matched != "") {
				t.Errorf("%q leads to %+v, %v; want %q", c.address.Street, spot, ok, c.matched)
			}
		})
	}
}

func TestAHouseStandsOnItsSide(t *testing.T) {
	s, _ := imported(t, ImportOptions{}, zipped(t, countyName, madeUp()))
	for name, c := range map[string]struct {
		street      string
		east, north float64 // metres in the made-up county; Main Street runs from west to east at 1000
	}{
		"odd numbers left, which is north":      {"149 Main St", 147, 1008},
		"even numbers right, which is south":    {"150 Main St", 152, 992},
		"the first one, not in the crossing":    {"101 Main St", 10, 1008},
		"the last one, not in the crossing":     {"199 Main St", 290, 1008},
		"in Queens, half way in its block":      {"12-25 Larkspur Ave", 100, 8},
		"in Queens, at the end of two blocks":   {"15-99 Larkspur Ave", 790, 8},
		"where the numbers fall, half way":      {"249 Turn Ter", 153, 16008},
		"one that is known by its street alone": {"99 Short Ct", 75, 6000},
	} {
		t.Run(name, func(t *testing.T) {
			spot, ok := s.Find(in11(c.street))
			if want := at(c.east, c.north); !ok || metresBetween(spot.Point, want) > 100 || spot.Precision == AtAddress && metresBetween(spot.Point, want) > 3 {
				east, north := planeAt(at(0, 0)).to(spot.Point)
				t.Errorf("%s is %.0f m east and %.0f m north (%v, %v), want %v, %v", c.street, east, north, spot, ok, c.east, c.north)
			}
		})
	}
}

func TestUnitsComeFirstInCanada(t *testing.T) {
	s, _ := imported(t, ImportOptions{}, pbfFile(t, "made-up", []osmThing{
		{tags: map[string]string{"addr:housenumber": "120", "addr:street": "Sample Street", "addr:postcode": "V0V 0V1", "addr:country": "CA"}, at: []orb.Point{at(0, 0)}},
		{tags: map[string]string{"addr:housenumber": "150", "addr:street": "Sample Street", "addr:postcode": "V0V 0V1", "addr:country": "CA"}, at: []orb.Point{at(200, 0)}},
	}))
	for country, want := range map[string]string{"CA": "150 Sample Street, V0V", "": "120 Sample Street, V0V"} {
		spot, _ := s.Find(Address{Street: "120-150 Sample St", PostalCode: "v0v0v9", Country: country})
		if spot.Matched != want {
			t.Errorf("in %q it is %+v, want %q", country, spot, want)
		}
	}
}

func TestATerritoryIsACountryOrAState(t *testing.T) {
	s, _ := imported(t, ImportOptions{}, zipped(t, "tl_2025_72999_addrfeat", lane("Cll Luna")))
	for _, a := range []Address{
		{Street: "1 Calle Luna", PostalCode: sampleton, Region: "PR", Country: "US"},
		{Street: "1 Calle Luna", PostalCode: sampleton, Region: "PR", Country: "PR"},
		{Street: "1 Calle Luna", PostalCode: sampleton, Country: "PR"},
	} {
		if _, ok := s.Find(a); !ok {
			t.Errorf("%+v is not found", a)
		}
	}
}
