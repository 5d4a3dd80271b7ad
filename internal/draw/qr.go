package draw

import (
	"fmt"
	"strconv"

	"rsc.io/qr"
)

// quiet is the empty room around a QR code, in modules. The standard (ISO/IEC 18004) asks for four: without
// it a camera doesn't find the code among other print.
const quiet = 4

// QR appends a QR code that reads as text; title is what somebody is told who doesn't see it. The viewBox is
// in modules and has the quiet zone, so the page alone says how large the code is. It is black on white on
// every screen, for not every camera reads it the other way round, and of level M: a fold or a stain on it
// does no harm.
func QR(dst []byte, text, title string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return dst, fmt.Errorf("no QR code holds the %d bytes of %.40q: use a shorter text", len(text), text)
	}
	size := strconv.Itoa(code.Size + 2*quiet)
	dst = append(dst, `<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" aria-label="`...)
	dst = escape(dst, title)
	dst = append(dst, `" viewBox="0 0 `+size+` `+size+`" shape-rendering="crispEdges"><rect width="`+size+`" height="`+size+`" fill="#fff"/><path fill="#000" d="`...)
	dst = appendEdges(dst, code)
	return append(dst, `"/></svg>`...), nil
}

// A heading is one of the four ways along the edge of a module, clockwise from the right.
type heading int

// step is how far one module is in each heading, and ahead is where the module to the right of the edge lies
// that leads from a corner.
var (
	step  = [4][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}
	ahead = [4][2]int{{0, 0}, {-1, 0}, {-1, -1}, {0, -1}}
)

// appendEdges walks once around everything that is black. Modules drawn one by one would have seams: in a PDF
// that is magnified they show as white hairs.
func appendEdges(dst []byte, code *qr.Code) []byte {
	walked := make([]bool, code.Size*code.Size) // the upper edges of modules; every walk goes along one
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) && !code.Black(x, y-1) && !walked[y*code.Size+x] {
				dst = appendWalk(dst, code, walked, x, y)
			}
		}
	}
	return dst
}

// appendWalk walks from the left end of an upper edge back to it, with black on the right.
func appendWalk(dst []byte, code *qr.Code, walked []bool, x, y int) []byte {
	black := func(h heading) bool { return code.Black(x+ahead[h&3][0], y+ahead[h&3][1]) }
	startX, startY := x, y
	dst = fmt.Appendf(dst, "M%d %d", x+quiet, y+quiet)
	for h, length := heading(0), 0; ; {
		if h == 0 {
			walked[y*code.Size+x] = true
		}
		x, y, length = x+step[h][0], y+step[h][1], length+1
		turned := h
		switch {
		case !black(h):
			turned++
		case black(h - 1):
			turned--
		}
		if turned == h {
			continue
		}
		if turned &= 3; turned == 0 && x == startX && y == startY {
			return append(dst, 'z') // which draws the last line
		}
		dst = appendLine(dst, h, length)
		h, length = turned, 0
	}
}

func appendLine(dst []byte, h heading, length int) []byte {
	dst = append(dst, "hvhv"[h])
	return strconv.AppendInt(dst, int64(length*(step[h][0]+step[h][1])), 10)
}
