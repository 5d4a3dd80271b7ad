package gazetteer

import (
	"math"

	"github.com/paulmach/orb"
)

// A spot is a place on the globe in units of 0.0001 degree, 11 metres of latitude.
type spot struct{ lon, lat int32 }

func (s spot) point() orb.Point {
	return orb.Point{float64(s.lon) / scale, float64(s.lat) / scale}
}

// A box is a bound. Its west is east of its east where it crosses the 180th meridian.
type box struct{ min, max spot }

func (b box) bound() orb.Bound { return orb.Bound{Min: b.min.point(), Max: b.max.point()} }

// earthRadiusMetres is the mean radius R1 of the WGS 84 ellipsoid.
const earthRadiusMetres = 6_371_008.8

const metresPerDegree = earthRadiusMetres * math.Pi / 180

// polar is the latitude beyond which a square of some kilometres has no longitudes worth naming.
const polar = 89

// square is the bound that reaches radius metres from p to each side.
func square(p orb.Point, metres float64) orb.Bound {
	high := metres / metresPerDegree
	wide := high / math.Cos(min(math.Abs(p.Lat()), polar)*math.Pi/180)
	return orb.Bound{
		Min: orb.Point{wrap(p.Lon() - wide), max(p.Lat()-high, -90)},
		Max: orb.Point{wrap(p.Lon() + wide), min(p.Lat()+high, 90)},
	}
}

// wrap brings a longitude back between -180 and 180.
func wrap(lon float64) float64 {
	switch {
	case lon < -180:
		return lon + 360
	case lon > 180:
		return lon - 360
	}
	return lon
}

// What an estimated town is made of: American towns have about 1,000 people on a square kilometre, and the
// smallest have a street or two. The largest spread no further than a map of their surroundings.
const (
	peoplePerSquareKilometre = 1000
	leastTownMetres          = 1_500
	mostTownMetres           = 30_000
)

// townRadius estimates how far a town reaches from its middle, in metres.
func townRadius(population uint32) float64 {
	kilometres := math.Sqrt(float64(population) / peoplePerSquareKilometre / math.Pi)
	return min(max(kilometres*1000, leastTownMetres), mostTownMetres)
}

// A vector is a point of the unit sphere.
type vector [3]float64

func unit(p orb.Point) vector {
	sinLat, cosLat := math.Sincos(p.Lat() * math.Pi / 180)
	sinLon, cosLon := math.Sincos(p.Lon() * math.Pi / 180)
	return vector{cosLat * cosLon, cosLat * sinLon, sinLat}
}

// chord2 is the square of the straight distance through the sphere; it orders places as the great circle does.
func (v vector) chord2(w vector) float64 {
	x, y, z := v[0]-w[0], v[1]-w[1], v[2]-w[2]
	return x*x + y*y + z*z
}

// arcMetres is the great circle of a chord.
func arcMetres(chord2 float64) float64 {
	return 2 * earthRadiusMetres * math.Asin(min(1, math.Sqrt(chord2)/2))
}
