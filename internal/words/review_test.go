package words

import (
	"encoding/json"
	"testing"
	"testing/fstest"
)

// loaded is a catalog of a master and one translation, with what the file of
// reviews says.
func loaded(t *testing.T, translation, reviews string) *Language {
	t.Helper()
	c, err := Load(fstest.MapFS{
		"en.json": {Data: []byte(`{"language.unchecked": "Not checked."}`)},
		"es.json": {Data: []byte(translation)}, ReviewsFile: {Data: []byte(reviews)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c.Language("es")
}

func TestATranslationIsUncheckedUntilSomebodySignsThisVeryFile(t *testing.T) {
	const file = `{"language.unchecked": "Sin revisar."}`
	reviewOf := func(r Review) string {
		text, err := json.Marshal(map[string]Review{"es": r})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, test := range []struct{ name, reviews, want string }{
		{"nobody has", `{}`, "Sin revisar."},
		{"somebody has", reviewOf(Review{"A. Example", "2026-11-26", sumOf([]byte(file))}), ""},
		{"a file that was changed since", reviewOf(Review{"A. Example", "2026-11-26", sumOf([]byte(file + "\n"))}), "Sin revisar."},
		{"a review without a name", reviewOf(Review{"", "2026-11-26", sumOf([]byte(file))}), "Sin revisar."},
		{"a review without a day", reviewOf(Review{"A. Example", "", sumOf([]byte(file))}), "Sin revisar."},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := loaded(t, file, test.reviews).Unchecked(); got != test.want {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}

func TestTheMasterIsNoTranslation(t *testing.T) {
	if said := shipped(t).Language(Master).Unchecked(); said != "" {
		t.Errorf("it says %q of itself", said)
	}
}

func TestReviewsThatCannotBeReadAreRefused(t *testing.T) {
	if _, err := Load(fstest.MapFS{"en.json": {Data: []byte(`{}`)}, ReviewsFile: {Data: []byte(`[`)}}); err == nil {
		t.Error("they were accepted")
	}
}
