package words

import (
	"testing"
	"time"
)

// TestEveryLanguageSaysTimesAndNumbersItsOwnWay holds what a person who speaks the
// language looks at first.
func TestEveryLanguageSaysTimesAndNumbersItsOwnWay(t *testing.T) {
	day := time.Date(2024, 3, 11, 0, 0, 0, 0, time.UTC)
	for tag, want := range map[string]struct{ nine, halfPastFive, day, month, list, number, near string }{
		"ar":      {"9 صباحًا", "5:30 مساءً", "11 مارس 2024", "مارس 2024", "أ، ب وج", "12,345", "نحو ميلين"},
		"fr":      {"9\u00a0h", "17\u00a0h\u00a030", "11 mars 2024", "mars 2024", "أ, ب et ج", "12\u00a0345", "à environ 2 milles"},
		"ht":      {"9:00 AM", "5:30 PM", "11 mas 2024", "mas 2024", "أ, ب ak ج", "12,345", "anviwon 2 mil"},
		"ko":      {"오전 9시", "오후 5시 30분", "2024년 3월 11일", "2024년 3월", "أ, ب 및 ج", "12,345", "약 2마일"},
		"pa":      {"ਸਵੇਰੇ 9 ਵਜੇ", "ਬਾਅਦ ਦੁਪਹਿਰ 5:30 ਵਜੇ", "11 ਮਾਰਚ 2024", "ਮਾਰਚ 2024", "أ, ب ਅਤੇ ج", "12,345", "ਲਗਭਗ 2 ਮੀਲ"},
		"pt-BR":   {"9h", "17h30", "11 de março de 2024", "março de 2024", "أ, ب e ج", "12.345", "a cerca de 2 milhas"},
		"ru":      {"9:00", "17:30", "11 марта 2024\u00a0г.", "март 2024\u00a0г.", "أ, ب и ج", "12\u00a0345", "примерно 2 мили"},
		"tl":      {"9 AM", "5:30 PM", "Marso 11, 2024", "Marso 2024", "أ, ب at ج", "12,345", "mga 2 milya"},
		"vi":      {"9 giờ", "17 giờ 30", "11 tháng 3 năm 2024", "tháng 3 năm 2024", "أ, ب và ج", "12.345", "khoảng 2 dặm"},
		"zh-Hans": {"9:00", "17:30", "2024年3月11日", "2024年3月", "أ、ب和ج", "12,345", "约2英里"},
		"zh-Hant": {"9:00", "17:30", "2024年3月11日", "2024年3月", "أ、ب和ج", "12,345", "約2英里"},
	} {
		l := shipped(t).Language(tag)
		if l == nil {
			t.Errorf("there is no language %s", tag)
			continue
		}
		for _, test := range []struct{ name, got, want string }{
			{"nine in the morning", l.Clock(9 * 60), want.nine},
			{"half past five in the afternoon", l.Clock(17*60 + 30), want.halfPastFive},
			{"a day", l.Date(day), want.day},
			{"a month", l.PartialDate("2024-03"), want.month},
			{"a list of three", l.List([]string{"أ", "ب", "ج"}), want.list},
			{"a large number", l.Number(12345), want.number},
			{"two miles", l.Distance(3300, Miles, 1), want.near},
		} {
			if test.got != test.want {
				t.Errorf("%s: %s is %q, want %q", tag, test.name, test.got, test.want)
			}
		}
	}
}

func TestPluralsFollowTheNumbersOfEachLanguage(t *testing.T) {
	c := shipped(t)
	for _, test := range []struct {
		tag  string
		n    int
		want string
	}{
		{"ar", 0, "لا أماكن"}, {"ar", 1, "مكان واحد"}, {"ar", 2, "مكانان"}, {"ar", 5, "5 أماكن"}, {"ar", 11, "11 مكانًا"}, {"ar", 100, "100 مكان"},
		{"ru", 1, "1 место"}, {"ru", 3, "3 места"}, {"ru", 5, "5 мест"}, {"ru", 11, "11 мест"}, {"ru", 21, "21 место"},
		{"fr", 0, "0 lieu"}, {"fr", 1, "1 lieu"}, {"fr", 2, "2 lieux"},
		{"pa", 1, "1 ਥਾਂ"}, {"pa", 2, "2 ਥਾਂਵਾਂ"},
		{"zh-Hans", 1, "1个地点"}, {"ko", 7, "7곳"}, {"ht", 1, "1 kote"}, {"tl", 4, "4 lugar"}, {"vi", 1, "1 nơi"},
	} {
		if got := c.Language(test.tag).N("areas.places", test.n); got != test.want {
			t.Errorf("%s: %d is %q, want %q", test.tag, test.n, got, test.want)
		}
	}
	if got, want := c.Language("ru").Distance(800, Miles, 0.5), "примерно 0,5 мили"; got != want {
		t.Errorf("half a mile in Russian is %q, want %q", got, want)
	}
}

// Chinese, Korean, Arabic and Punjabi have no large and small letters.
func TestScriptsWithoutCaseStayAsTheyAre(t *testing.T) {
	for _, text := range []string{"纳洛酮", "날록손", "نالوكسون", "ਨੈਲੋਕਸੋਨ", "\u2068Narcan\u2069"} {
		if got := Capital(text); got != text {
			t.Errorf("%q began large as %q", text, got)
		}
		if got := MidSentence(text); got != text {
			t.Errorf("%q began small as %q", text, got)
		}
	}
}
