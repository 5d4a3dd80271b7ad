package words

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// steps are the keys of what to do: a wrong number there is a wrong dose.
var steps = []string{"overdose.", "strips.", "carry.", "go.", "sheet.overdose"}

var number = regexp.MustCompile(`\d+(?:[.,]\d+)?`)

// numbers are those of a text, in order, with a point in decimals. One is left out:
// many languages have a word for it where English has the digit, and the other way
// round.
func numbers(text string) []string {
	var all []string
	for _, n := range number.FindAllString(text, -1) {
		if n = strings.ReplaceAll(n, ",", "."); n != "1" {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all
}

func TestTheStepsHaveTheSameNumbersInEveryLanguage(t *testing.T) {
	c := shipped(t)
	master := c.Language(Master)
	compared := 0
	for _, key := range master.order {
		if !slices.ContainsFunc(steps, func(prefix string) bool { return strings.HasPrefix(key, prefix) }) || master.messages[key].many {
			continue
		}
		want := numbers(master.T(key))
		compared += len(want)
		for _, l := range c.Languages() {
			if got := numbers(l.T(key)); !slices.Equal(got, want) {
				t.Errorf("%s: %s has the numbers %v, the English %v: %s", l.Tag, key, got, want, l.T(key))
			}
		}
	}
	if compared < 20 {
		t.Errorf("only %d numbers were compared", compared)
	}
}

func TestANumberThatIsAnotherIsSeen(t *testing.T) {
	for name, texts := range map[string][2]string{
		"another dose":    {"Wait 2 to 3 minutes.", "Espere de 2 a 5 minutos."},
		"a number lost":   {"Add 2.5 mL.", "Añada agua."},
		"a point lost":    {"Add 2.5 mL.", "Añada 25 ml."},
		"one that is new": {"Call.", "Llame al 112."},
	} {
		if slices.Equal(numbers(texts[0]), numbers(texts[1])) {
			t.Errorf("%s is not seen: %q", name, texts)
		}
	}
	if !slices.Equal(numbers("Add 2.5 mL."), numbers("Ajoutez 2,5 ml.")) {
		t.Error("a decimal comma is taken for another number")
	}
}
