package gazetteer

import (
	"slices"
	"strings"
)

// A postcode is a ZIP, or the first half of a Canadian postal code (a forward sortation area).
type postcode struct {
	code   uint32 // packed by packCode
	town   int32  // its record, or none
	spot   spot
	region uint16
	county uint16 // as in record
	zone   uint16
	radius uint16 // hundreds of metres
}

const (
	zipLetters  = 5
	halfLetters = 3 // of a Canadian postal code
)

// packCode writes "94103" or "v6a", in any case, as a number in base 36; anything else is 0.
func packCode(code string) uint32 {
	if !isZIP(code) && !isHalf(code) {
		return 0
	}
	packed := uint32(1) // so that "00501" is not "501"
	for i := range len(code) {
		packed = packed*36 + digit36(code[i])
	}
	return packed
}

func digit36(c byte) uint32 {
	if isDigit(c) {
		return uint32(c - '0')
	}
	return uint32(c|0x20-'a') + 10
}

func unpackCode(packed uint32) string {
	var code []byte
	for ; packed > 1; packed /= 36 {
		code = append(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[packed%36])
	}
	slices.Reverse(code)
	return string(code)
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func allDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}

func isZIP(text string) bool { return len(text) == zipLetters && allDigits(text) }

// isHalf reports whether a text looks like the first half of a Canadian postal code, "V6A", and isOtherHalf
// like the second, "1A1".
func isHalf(text string) bool {
	return len(text) == halfLetters && isLetter(text[0]) && isDigit(text[1]) && isLetter(text[2])
}

func isOtherHalf(text string) bool {
	return len(text) == halfLetters && isDigit(text[0]) && isLetter(text[1]) && isDigit(text[2])
}

// Postcode finds a ZIP or the first half of a Canadian postal code, in any case: "94103", "v6a".
func (g *Gazetteer) Postcode(code string) (Place, bool) {
	packed := packCode(code)
	i, ok := slices.BinarySearchFunc(g.postcodes, packed, func(p postcode, code uint32) int { return int(p.code) - int(code) })
	if !ok {
		return Place{}, false
	}
	return g.postal(&g.postcodes[i]), true
}

func (g *Gazetteer) postal(p *postcode) Place {
	in, name, point := &g.regions[p.region], unpackCode(p.code), p.spot.point()
	place := Place{
		Name: name, Region: in.code, Country: in.country, Kind: Postcode, Precision: AtPostcode,
		Point: point, Extent: square(point, float64(p.radius)*100),
		County: g.countySlug(in, p.county), TimeZone: g.zones[p.zone], Slug: strings.ToLower(name),
	}
	if p.town != none {
		place.Town = g.records[p.town].name
	}
	return place
}

// A coded text is one that holds a postcode.
type coded struct {
	code string
	rest []string // the other words
	sure bool     // it stands where postcodes stand, and looks like nothing else
}

// resolvePostcode answers a text that holds a ZIP or a Canadian postal code. The code wins over what stands
// beside it; ok is false if there is none.
func (g *Gazetteer) resolvePostcode(words []string) (answer Answer, ok bool) {
	if rest, country := cutCountry(words); country != "" {
		words = rest
	}
	c, found := codedOf(words)
	if !found {
		return Answer{}, false
	}
	place, known := g.Postcode(c.code)
	agrees := known && g.agrees(c.rest, place)
	switch {
	case !c.sure && !agrees:
		return Answer{}, false
	case known:
		return Answer{Places: []Place{place}, Part: !agrees}, true
	case len(c.rest) == 0:
		return Answer{}, true
	}
	answer = g.resolveWords(c.rest)
	answer.Part = len(answer.Places) > 0
	return answer, true
}

// agrees reports whether words name a place in the state of a postcode, or nothing at all.
func (g *Gazetteer) agrees(words []string, p Place) bool {
	if len(words) == 0 {
		return true
	}
	return slices.ContainsFunc(g.meant(words), func(f find) bool {
		in := &g.regions[g.records[f.record].region]
		return in.code == p.Region && in.country == p.Country
	})
}

// zipMore and bothHalves are the lengths of the last digits of a ZIP+4 and of a Canadian code without a space.
const (
	zipMore    = 4
	bothHalves = 6
)

// codedOf finds the postcode of a text: at its end, or else at its beginning. Five digits at the beginning may
// be a house number, and half a code at the end may be a road (A1A).
func codedOf(words []string) (coded, bool) {
	if code, n, whole := codeAt(words, len(words)); n > 0 {
		rest := words[:len(words)-n]
		return coded{code, rest, whole || len(rest) == 0}, true
	}
	for n := 2; n > 0; n-- {
		if n < len(words) {
			if code, used, _ := codeAt(words[:n], n); used == n {
				return coded{code, words[n:], false}, true
			}
		}
	}
	return coded{}, false
}

// codeAt finds the code that ends before a word, how many words it has, and whether it is more than half of a
// Canadian one.
func codeAt(words []string, end int) (code string, n int, whole bool) {
	last := words[end-1]
	before := ""
	if end > 1 {
		before = words[end-2]
	}
	switch {
	case isZIP(last):
		return last, 1, true
	case len(last) == zipLetters+zipMore && allDigits(last):
		return last[:zipLetters], 1, true
	case isZIP(before) && len(last) == zipMore && allDigits(last):
		return before, 2, true
	case isHalf(before) && isOtherHalf(last):
		return before, 2, true
	case len(last) == bothHalves && isHalf(last[:halfLetters]) && isOtherHalf(last[halfLetters:]):
		return last[:halfLetters], 1, true
	case isHalf(last):
		return last, 1, false
	}
	return "", 0, false
}
