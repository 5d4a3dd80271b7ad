package sheet

import (
	"os"
	"testing"

	"carrypoint/internal/words"
)

// cardEmergency is how many letters of the first line of a card, at 7.5 pt and
// bold, were seen to fit on A4 paper, whose cards are the narrower ones.
const cardEmergency = 60

// A card cuts what is too long for a line. Of what to do when somebody does not
// breathe nothing may be cut, in any language.
func TestTheEmergencyLineFitsOnACardInEveryLanguage(t *testing.T) {
	catalog, err := words.Load(os.DirFS("../../data/words"))
	if err != nil {
		t.Fatal(err)
	}
	for _, say := range catalog.Languages() {
		t.Run(say.Tag, func(t *testing.T) {
			if line := say.T("sheet.overdose_short", "number", "911"); columns(line) > cardEmergency {
				t.Errorf("%q takes %d columns of %d", line, columns(line), cardEmergency)
			}
		})
	}
}
