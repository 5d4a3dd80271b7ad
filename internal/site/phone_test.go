package site

import (
	"testing"

	"pgregory.net/rapid"
)

// TestTheUsualNumberIsReadAsThePatternsReadIt holds the quick way against the
// slow one.
func TestTheUsualNumberIsReadAsThePatternsReadIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[(]{0,2}[0-9]{2,4}[).\- ]{0,2}[0-9]{2,4}[\-. ()x]{0,2}[0-9]{3,5}[ x]?`).Draw(t, "text")
		slow := Phone{Raw: ParsePhone(text).Raw}
		slow.readPatterns()
		if quick := ParsePhone(text); quick != slow {
			t.Fatalf("%q is %+v, by the patterns %+v", text, quick, slow)
		}
	})
}
