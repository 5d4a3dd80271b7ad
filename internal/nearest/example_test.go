package nearest_test

import (
	"fmt"

	"carrypoint/internal/nearest"

	"github.com/paulmach/orb"
)

func Example() {
	const naloxone, strips, free nearest.Marks = 1, 2, 4
	points := []orb.Point{{-87.6298, 41.8781}, {-87.9065, 43.0389}, {-89.6501, 39.7817}}
	names := []string{"Chicago", "Milwaukee", "Springfield"}
	index, err := nearest.New(points, []nearest.Marks{naloxone | free, naloxone, strips | free})
	if err != nil {
		fmt.Println(err)
		return
	}
	evanston := orb.Point{-87.6877, 42.0451}
	freeOnes := nearest.Filter{All: free, Any: []nearest.Marks{naloxone | strips}}
	for _, n := range index.Near(nil, evanston, 2, freeOnes) {
		fmt.Printf("%s, %.0f km\n", names[n.Number], n.Metres/1000)
	}
	// Output:
	// Chicago, 19 km
	// Springfield, 301 km
}
