package draw

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
)

// The sign of the site is a dot in a ring: a point that is looked for. It says
// nothing of what for. All of it lies within the circle that every phone shows
// when it cuts a sign to its own shape: 0.4 of the width around the middle.
const (
	ringOuter = 0.34
	ringInner = 0.26
	dotRadius = 0.13
)

// The colours of the sign: the green of the buttons, and white.
var (
	iconGround = color.NRGBA{0x0b, 0x5d, 0x1e, 0xff}
	iconLine   = color.NRGBA{0xff, 0xff, 0xff, 0xff}
)

// IconSVG is the sign of the site.
func IconSVG() string {
	const size = 100
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[1]d"><path fill="#%[2]x" d="M0 0h%[1]dv%[1]dH0z"/>`+
		`<circle cx="50" cy="50" r="%[3]g" fill="none" stroke="#%[4]x" stroke-width="%[5]g"/><circle cx="50" cy="50" r="%[6]g" fill="#%[4]x"/></svg>`,
		size, []byte{iconGround.R, iconGround.G, iconGround.B}, size*(ringOuter+ringInner)/2,
		[]byte{iconLine.R, iconLine.G, iconLine.B}, math.Round(size*(ringOuter-ringInner)), size*dotRadius)
}

// IconPNG is the same as dots, so many wide and high.
func IconPNG(size int) []byte {
	picture := image.NewPaletted(image.Rect(0, 0, size, size), iconPalette())
	for y := range size {
		for x := range size {
			picture.SetColorIndex(x, y, uint8(math.Round(iconCover(x, y, size)*(iconSteps-1))))
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		panic("draw: an icon was refused: " + err.Error()) // a picture of its own making, into memory
	}
	return b.Bytes()
}

// iconCover is how much of a dot the line covers: all, nothing, or a part at its edge.
func iconCover(x, y, size int) float64 {
	middle := float64(size) / 2
	away := math.Hypot(float64(x)+0.5-middle, float64(y)+0.5-middle)
	within := func(radius float64) float64 { return max(0, min(1, radius*float64(size)-away+0.5)) }
	return within(ringOuter) - within(ringInner) + within(dotRadius)
}

// iconSteps from ground to line make an edge that looks smooth, in few bytes.
const iconSteps = 16

func iconPalette() color.Palette {
	var palette color.Palette
	for i := range iconSteps {
		palette = append(palette, blend(float64(i)/(iconSteps-1)))
	}
	return palette
}

func blend(cover float64) color.NRGBA {
	mix := func(ground, line uint8) uint8 {
		return uint8(math.Round(float64(ground) + cover*(float64(line)-float64(ground))))
	}
	return color.NRGBA{mix(iconGround.R, iconLine.R), mix(iconGround.G, iconLine.G), mix(iconGround.B, iconLine.B), 0xff}
}
