package nearest

import (
	"math"

	"github.com/paulmach/orb"
)

// earthRadiusMetres is the mean radius R1 = (2a+b)/3 of the WGS 84 ellipsoid, as the International Union
// of Geodesy and Geophysics defines it (H. Moritz, "Geodetic Reference System 1980", Journal of Geodesy
// 74, 2000). The equatorial radius that orb uses would make every distance 0.11 % too long.
const earthRadiusMetres = 6371008.8

// A vector is a point in space; on the globe its length is 1.
type vector [3]float64

// onGlobe reports whether p is a longitude and a latitude in degrees. No comparison holds for NaN.
func onGlobe(p orb.Point) bool {
	return math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90
}

// unit turns a place on the globe into its unit vector. A coordinate is good to about 1e-16 of the
// earth's radius, a nanometre. A place that can be written in two ways has one vector: the sine of π
// and the cosine of π/2 are not quite zero in floating point, so a pole and the 180th meridian are
// written out.
func unit(p orb.Point) vector {
	lon, lat := p.Lon(), p.Lat()
	if math.Abs(lat) == 90 {
		return vector{0, 0, math.Copysign(1, lat)}
	}
	sinLat, cosLat := math.Sincos(lat * math.Pi / 180)
	if math.Abs(lon) == 180 {
		return vector{-cosLat, 0, sinLat}
	}
	sinLon, cosLon := math.Sincos(lon * math.Pi / 180)
	return vector{cosLat * cosLon, cosLat * sinLon, sinLat}
}

// squaredLength is rounded after every step. Without the conversions a compiler may fuse a product and a
// sum, and then the distance to a box could come out longer than the distance to a point in the box.
func squaredLength(x, y, z float64) float64 {
	return float64(x*x) + float64(y*y) + float64(z*z)
}

func squaredChord(a, b *vector) float64 {
	return squaredLength(a[0]-b[0], a[1]-b[1], a[2]-b[2])
}

// metres is the great-circle distance that belongs to a squared chord. It is good to some nanometres
// for places that are close, and to decimetres near the far side of the earth, where the chord hardly
// changes with the distance.
func metres(squaredChord float64) float64 {
	return 2 * earthRadiusMetres * math.Asin(min(1, math.Sqrt(squaredChord)/2))
}
