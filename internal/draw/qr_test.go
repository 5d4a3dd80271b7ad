package draw

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
	"rsc.io/qr"
)

func TestEveryModuleOfACodeIsDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 200, 400).Draw(t, "text")
		picture, err := QR(nil, text, "")
		if err != nil {
			t.Fatal(err)
		}
		code, err := qr.Encode(text, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		black := paint(t, picture)
		for y := -quiet; y < code.Size+quiet; y++ {
			for x := -quiet; x < code.Size+quiet; x++ {
				if black[[2]int{x + quiet, y + quiet}] != code.Black(x, y) {
					t.Fatalf("the module at %d, %d is wrong in %s", x, y, picture)
				}
			}
		}
		if side := strconv.Itoa(code.Size + 8); !bytes.Contains(picture, []byte(`viewBox="0 0 `+side+" "+side+`"`)) {
			t.Errorf("the viewBox is not %s modules wide in %s", side, picture)
		}
	})
}

// paint fills the path of a picture as a browser does: a module is black where the edges to its left go
// around it more often one way than the other.
func paint(t interface{ Fatalf(string, ...any) }, picture []byte) map[[2]int]bool {
	paths := regexp.MustCompile(`<path fill="#000" d="([^"]*)"`).FindAllSubmatch(picture, -1)
	if len(paths) != 1 {
		t.Fatalf("there are %d paths", len(paths))
	}
	around := map[[2]int]int{}
	var x, y, startX, startY int
	down := func(n int) {
		for row := min(y, y+n); row < max(y, y+n); row++ {
			for column := x; column < 200; column++ {
				around[[2]int{column, row}] += n / max(n, -n)
			}
		}
		y += n
	}
	for _, m := range regexp.MustCompile(`([Mhvz])(-?\d*)(?: (\d+))?`).FindAllSubmatch(paths[0][1], -1) {
		n, _ := strconv.Atoi(string(m[2]))
		switch m[1][0] {
		case 'M':
			x = n
			y, _ = strconv.Atoi(string(m[3]))
			startX, startY = x, y
		case 'h':
			x += n
		case 'v':
			down(n)
		case 'z':
			if x != startX {
				t.Fatalf("a walk from %d, %d has a last line that is askew, from %d, %d", startX, startY, x, y)
			}
			down(startY - y)
		}
	}
	black := map[[2]int]bool{}
	for module, n := range around {
		black[module] = n != 0
	}
	return black
}

func TestAQRCodeIsAPictureWithAName(t *testing.T) {
	picture, err := QR([]byte("<p>"), "https://example.org/a/alder-falls", `The list of "Alder Falls" <online> & new`)
	if err != nil {
		t.Fatal(err)
	}
	rest, ok := strings.CutPrefix(string(picture), "<p>")
	if !ok {
		t.Errorf("it does not follow what was there: %s", picture)
	}
	var svg struct {
		Role  string `xml:"role,attr"`
		Label string `xml:"aria-label,attr"`
		Crisp string `xml:"shape-rendering,attr"`
	}
	if err := xml.Unmarshal([]byte(rest), &svg); err != nil {
		t.Fatalf("%v in %s", err, rest)
	}
	if svg.Role != "img" || svg.Label != `The list of "Alder Falls" <online> & new` || svg.Crisp != "crispEdges" {
		t.Errorf("it is %+v", svg)
	}
	if len(rest) > 2100 {
		t.Errorf("it has %d bytes; a page of cards holds ten", len(rest))
	}
}

func TestATextThatNoCodeHolds(t *testing.T) {
	dst, err := QR([]byte("<p>"), strings.Repeat("a", 2332), "")
	if err == nil || !strings.Contains(err.Error(), "2332 bytes") || string(dst) != "<p>" {
		t.Errorf("it gives %q and %v", dst, err)
	}
	if _, err := QR(nil, strings.Repeat("a", 2331), ""); err != nil {
		t.Error(err)
	}
}
