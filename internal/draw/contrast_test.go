package draw

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// leastContrast is what WCAG 2.2 asks of text that is not large (1.4.3).
const leastContrast = 4.5

// A look is the colours of the classes of a picture, by property.
type look map[string]map[string]string

func (l look) set(class, property, value string) {
	if l[class] == nil {
		l[class] = map[string]string{}
	}
	l[class][property] = value
}

// lightLook is what the elements of pictures say: two of them, for inland there is no water to see.
func lightLook(t *testing.T) look {
	l := look{}
	shore := orb.Point{-45.5, 40}
	m := Map{Width: 360, Height: 300, From: &shore, Pins: pins(orb.Point{-46, 38}, orb.Point{-45, 39}), Labels: []Label{{shore, "Northport", 1}},
		Rings: []Ring{{40_000, "25 miles"}}, ScaleText: miles}
	m.Pins[0].Vague = true
	for _, e := range elements(t, open(t, island()).SVG(nil, m)) {
		for _, property := range []string{"fill", "stroke", "fill-opacity"} {
			if value := e.attr[property]; e.class != "" && value != "" {
				l.set(e.class, property, value)
			}
		}
	}
	return l
}

var (
	cssRule        = regexp.MustCompile(`(\.m-[^{}]*)\{([^{}]*)\}`)
	cssDeclaration = regexp.MustCompile(`([a-z-]+):([^;]+)`)
)

// darkLook is the light one with what Style says of a dark screen.
func darkLook(t *testing.T) look {
	l := lightLook(t)
	_, dark, found := strings.Cut(Style, "prefers-color-scheme:dark")
	if !found {
		t.Fatal("the style has nothing for a dark screen")
	}
	for _, rule := range cssRule.FindAllStringSubmatch(dark, -1) {
		for _, class := range strings.Split(rule[1], ",") {
			for _, d := range cssDeclaration.FindAllStringSubmatch(rule[2], -1) {
				l.set(strings.TrimPrefix(class, "."), d[1], d[2])
			}
		}
	}
	return l
}

// TestTextCanBeRead measures text against all that it may lie on: its own outline, land and water, the
// halo of a pin over either; and the number of a pin against the pin.
func TestTextCanBeRead(t *testing.T) {
	for name, l := range map[string]look{"light": lightLook(t), "dark": darkLook(t)} {
		t.Run(name, func(t *testing.T) {
			paint := func(class, property string) rgb { return parseColour(t, class, l[class][property]) }
			opacity, err := strconv.ParseFloat(l["m-area"]["fill-opacity"], 64)
			if err != nil {
				t.Fatal(err)
			}
			land, water, halo := paint("m-land", "fill"), paint("m-water", "fill"), paint("m-area", "fill")
			grounds := map[string]rgb{"land": land, "water": water, "a halo on land": land.under(halo, opacity), "a halo on water": water.under(halo, opacity)}
			for _, text := range []string{"m-name", "m-far"} {
				for ground, colour := range grounds {
					readable(t, text+" on "+ground, paint(text, "fill"), colour)
				}
				readable(t, text+" on its outline", paint(text, "fill"), paint(text, "stroke"))
			}
			readable(t, "m-num on m-pin", paint("m-num", "fill"), paint("m-pin", "fill"))
			readable(t, "m-vnum on m-vague", paint("m-vnum", "fill"), paint("m-vague", "fill"))
		})
	}
}

func readable(t *testing.T, what string, text, ground rgb) {
	t.Helper()
	if got := contrast(text, ground); got < leastContrast {
		t.Errorf("%s has a contrast of %.2f, want %v", what, got, leastContrast)
	}
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	for name, c := range map[string]struct {
		a, b string
		want float64
	}{
		"black on white":      {"#000", "#ffffff", 21},
		"grey on white":       {"#767676", "#fff", 4.54},
		"a colour on itself":  {"#8a1c4f", "#8a1c4f", 1},
		"the order is no use": {"#fff", "#767676", 4.54},
	} {
		t.Run(name, func(t *testing.T) {
			if got := contrast(parseColour(t, name, c.a), parseColour(t, name, c.b)); math.Abs(got-c.want) > 0.01 {
				t.Errorf("contrast = %.2f, want %v", got, c.want)
			}
		})
	}
}

// rgb is red, green and blue, each from 0 to 1.
type rgb [3]float64

// parseColour reads "#rgb" and "#rrggbb".
func parseColour(t *testing.T, of, hex string) rgb {
	t.Helper()
	digits := strings.TrimPrefix(hex, "#")
	if len(digits) == 3 {
		digits = strings.Join([]string{digits[:1], digits[:1], digits[1:2], digits[1:2], digits[2:], digits[2:]}, "")
	}
	v, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || len(digits) != 6 {
		t.Fatalf("%s has the colour %q", of, hex)
	}
	return rgb{float64(v>>16) / 255, float64(v>>8&0xFF) / 255, float64(v&0xFF) / 255}
}

// under is a colour below another that lets some of it through.
func (c rgb) under(over rgb, opacity float64) rgb {
	for i := range c {
		c[i] += (over[i] - c[i]) * opacity
	}
	return c
}

// luminance is the relative luminance of WCAG.
func (c rgb) luminance() float64 {
	for i, v := range c {
		if c[i] = v / 12.92; v > 0.04045 {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}

// contrast is the contrast ratio of WCAG.
func contrast(a, b rgb) float64 {
	light, dark := max(a.luminance(), b.luminance()), min(a.luminance(), b.luminance())
	return (light + 0.05) / (dark + 0.05)
}
