package draw

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"math"
	"strings"
	"testing"
)

func TestTheSignIsTheSameInDotsAndInLines(t *testing.T) {
	const size = 200
	picture, err := png.Decode(bytes.NewReader(IconPNG(size)))
	if err != nil || picture.Bounds().Dx() != size || picture.Bounds().Dy() != size {
		t.Fatalf("%v, %v", picture.Bounds(), err)
	}
	for _, test := range []struct {
		name string
		away float64 // from the middle, as a share of the width
		line bool
	}{
		{"the dot", 0, true}, {"between dot and ring", 0.2, false}, {"the ring", 0.3, true}, {"outside", 0.42, false},
	} {
		r, _, _, _ := picture.At(size/2+int(test.away*size), size/2).RGBA()
		if line := r == 0xffff; line != test.line {
			t.Errorf("%s is white: %v", test.name, line)
		}
	}
	svg := IconSVG()
	if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
		t.Error(err)
	}
	for _, want := range []string{`fill="#0b5d1e"`, `r="30"`, `stroke="#ffffff" stroke-width="8"`, `r="13"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("the drawing has no %s: %s", want, svg)
		}
	}
}

func TestNoPhoneCutsTheSign(t *testing.T) {
	const size, shown = 128, 0.4
	for y := range size {
		for x := range size {
			away := math.Hypot(float64(x)+0.5-size/2, float64(y)+0.5-size/2)
			if away > shown*size && iconCover(x, y, size) > 0 {
				t.Fatalf("the sign reaches %d, %d", x, y)
			}
		}
	}
}
