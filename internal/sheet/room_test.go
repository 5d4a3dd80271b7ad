package sheet

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestWhatDoesNotFitIsCutWithDots(t *testing.T) {
	for _, test := range []struct {
		name, text string
		room       int
		want       string
	}{
		{"what fits stays as it is", "Alder Example", 13, "Alder Example"},
		{"at a space where one is near", "Alder Example Machine", 16, "Alder Example…"},
		{"in a word where none is near", "Donaudampfschiff", 9, "Donaudam…"},
		{"without a comma before the dots", "Dayton, Ohio, US", 14, "Dayton, Ohio…"},
		{"signs of East Asia are twice as wide", "示例中心示例", 9, "示例中心…"},
		{"accents take no room", "e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"},
		{"where there is hardly any room", "Alder", 1, "…"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := clip(test.text, test.room); got != test.want {
				t.Errorf("%q in %d is %q, want %q", test.text, test.room, got, test.want)
			}
		})
	}
}

var anyText = rapid.StringOfN(rapid.RuneFrom([]rune("aB1 ,.;:-–示例中مثا<>&\u0301e")), 0, 80, -1)

// Law: a text is cut exactly where it has not the room, fits then, says that it was cut, and is a beginning of itself.
func TestACutTextFitsAndSaysSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, room := anyText.Draw(t, "text"), rapid.IntRange(1, 90).Draw(t, "room")
		got := clip(text, room)
		fits := columns(text) <= room
		switch {
		case !utf8.ValidString(got):
			t.Fatalf("%q is no text", got)
		case columns(got) > room:
			t.Fatalf("%q takes %d", got, columns(got))
		case fits && got != text:
			t.Fatalf("%q fits and became %q", text, got)
		case !fits && !strings.HasSuffix(got, "…"):
			t.Fatalf("%q does not say that it was cut", got)
		case !fits && !strings.HasPrefix(text, strings.TrimSuffix(got, "…")):
			t.Fatalf("%q does not begin with %q", text, got)
		}
	})
}

// Law: a text takes a line at least, no fewer where it is longer or the lines are narrower, and all of it has room.
func TestRowsHaveRoomForAText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, more, width := anyText.Draw(t, "text"), anyText.Draw(t, "more"), rapid.IntRange(2, 60).Draw(t, "width")
		n := rows(text, width)
		switch {
		case n < 1:
			t.Fatalf("%d lines", n)
		case n*width < columns(text):
			t.Fatalf("%d lines of %d for %d", n, width, columns(text))
		case rows(text+more, width) < n:
			t.Fatal("a longer text takes fewer lines")
		case rows(text, width+1) > n:
			t.Fatal("wider lines are more")
		}
	})
}
