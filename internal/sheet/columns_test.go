package sheet

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestColumnsAreCountedAsScriptsAreWide(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       int
	}{
		{"Latin letters", "Alder", 5},
		{"signs of East Asia are twice as wide", "纳洛酮：", 8},
		{"Arabic letters are narrower", "نالوكسون", 7},
		{"marks on letters take no room", "صباحًا", 4},
		{"nothing", "", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := columns(test.text); got != test.want {
				t.Errorf("%q takes %d columns, want %d", test.text, got, test.want)
			}
		})
	}
}

// Whatever a text holds, what is left of it fits, and says with dots that it was cut.
func TestClippedTextFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, room := rapid.String().Draw(t, "text"), rapid.IntRange(1, 60).Draw(t, "room")
		got := clip(text, room)
		last, _ := utf8.DecodeLastRuneInString(got)
		if columns(got) > room || got != text && last != '…' {
			t.Fatalf("%q in %d columns became %q", text, room, got)
		}
	})
}
