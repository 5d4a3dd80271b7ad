package streets

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// someStreet draws a street of any form.
var someStreet = rapid.Custom(func(t *rapid.T) *street {
	s := &street{name: someName.Draw(t, "name")}
	for _, line := range rapid.SliceOfN(someLine, 0, 4).Draw(t, "lines") {
		s.lines = append(s.lines, packLine(line))
	}
	if len(s.lines) > 0 {
		for range rapid.IntRange(0, 4).Draw(t, "ranges") {
			if one, ok := spanOf(someNumber.Draw(t, "from"), someNumber.Draw(t, "to")); ok {
				one.line = rapid.IntRange(0, len(s.lines)-1).Draw(t, "line")
				one.side = rapid.SampledFrom([]side{left, right}).Draw(t, "side")
				s.spans = append(s.spans, one)
			}
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "doors") {
		p := someLine.Draw(t, "point")[0]
		for i := range p {
			p[i] = math.Round(p[i]*perUnit) / perUnit
		}
		s.doors = append(s.doors, door{someNumber.Draw(t, "number").String(), p})
	}
	return s
})

func TestAStreetIsUnpackedAsItWasPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someStreet.Draw(t, "street")
		got, err := unpack(s.name, s.pack())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s, got, cmp.AllowUnexported(street{}, span{}, number{}, door{})); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestALineKeepsItsPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := someLine.Draw(t, "line")
		got, err := unpackLine(packLine(line))
		if err != nil || len(got) != len(line) {
			t.Fatalf("%v, %v", got, err)
		}
		for i := range line {
			if d := metresBetween(line[i], got[i]); d > 0.1 {
				t.Fatalf("a point moved %v m", d)
			}
		}
	})
}

func FuzzUnpack(f *testing.F) {
	line := packLine(straight(0, 0, 100, 50)[0])
	one, _ := spanOf(number{head: "12-", n: 1}, number{head: "13-", n: 99})
	f.Add((&street{lines: [][]byte{line}, spans: []span{one, {to: number{n: 99}}}, doors: []door{{"1a", at(1, 2)}}}).pack())
	f.Fuzz(func(t *testing.T, packed []byte) {
		s, err := unpack("x", packed)
		if err != nil {
			return
		}
		for _, one := range s.spans {
			_, _ = one.holds(number{n: 5})
			if line, err := unpackLine(s.lines[one.line]); err == nil {
				_ = houseOn(line, 0.5, left)
			}
		}
		if again, err := unpack("x", s.pack()); err != nil || !slices.Equal(again.pack(), s.pack()) {
			t.Errorf("%+v is packed as %+v, %v", s, again, err)
		}
	})
}
