package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"carrypoint/internal/words"
)

// checkout is a folder with the languages of this repository, to change.
func checkout(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../data/words")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func loadWords(t *testing.T, dir string) *words.Catalog {
	t.Helper()
	c, err := words.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestALanguageGoesOutAndComesBackChecked(t *testing.T) {
	for _, ending := range []string{".csv", ".xlsx"} {
		for _, tag := range []string{"ar", "zh-Hans"} {
			t.Run(tag+ending, func(t *testing.T) {
				dir := checkout(t)
				file := filepath.Join(t.TempDir(), "words"+ending)
				if got := command("words", "export", tag, "-o", file, "--dir", dir); got.code != 0 {
					t.Fatalf("the export fails: %+v", got)
				}
				before, _ := os.ReadFile(filepath.Join(dir, tag+".json"))
				got := command("words", "import", file, "--dir", dir, "--reviewer", "A. Example", "--on", "2026-11-22")
				if got.code != 0 {
					t.Fatalf("the import fails: %+v", got)
				}
				after, err := os.ReadFile(filepath.Join(dir, tag+".json"))
				if err != nil || string(before) != string(after) {
					t.Errorf("the file changed on the way (%v)", err)
				}
				l := loadWords(t, dir).Language(tag)
				if l.Unchecked() != "" || l.Review.Reviewer != "A. Example" || l.Review.On != "2026-11-22" {
					t.Errorf("it is not checked: %+v", l.Review)
				}
				if got := command("words", "check", "--dir", dir); !strings.Contains(got.out, "checked by A. Example on 2026-11-22") {
					t.Errorf("check says %+v", got)
				}
			})
		}
	}
}

// edited exports a language as CSV and changes its rows.
func edited(t *testing.T, dir string, change func(rows [][]string) [][]string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "words.csv")
	if got := command("words", "export", "es", "-o", file, "--dir", dir); got.code != 0 {
		t.Fatalf("the export fails: %+v", got)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), byteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeWordsCSV(f, nil, change(rows)); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAWrongSpreadsheetChangesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		change func(rows [][]string) [][]string
		says   string
	}{
		"a lost gap": {func(rows [][]string) [][]string {
			for _, row := range rows {
				if row[0] == "results.heading" {
					row[2] = "Lugares cerca"
				}
			}
			return rows
		}, "results.heading has the gaps [], and must have [place]"},
		"a row that was taken out": {func(rows [][]string) [][]string { return rows[:len(rows)-1] }, "has no row; a review is of the whole language"},
		"an English that has changed since": {func(rows [][]string) [][]string {
			rows[5][1] += " and more"
			return rows
		}, "row 6: the English of"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := checkout(t)
			before, _ := os.ReadFile(filepath.Join(dir, "es.json"))
			file := edited(t, dir, c.change)
			got := command("words", "import", file, "--dir", dir, "--reviewer", "A. Example", "--on", "2026-11-22")
			if got.code != exitFailed || !strings.Contains(got.log, c.says) || !strings.Contains(got.log, "nothing was changed") {
				t.Errorf("it says %+v", got)
			}
			after, _ := os.ReadFile(filepath.Join(dir, "es.json"))
			if string(before) != string(after) || loadWords(t, dir).Language("es").Unchecked() == "" {
				t.Error("something was changed")
			}
		})
	}
}

func TestAPartCanBeCorrectedAndTakesTheReviewAway(t *testing.T) {
	dir := checkout(t)
	whole := edited(t, dir, func(rows [][]string) [][]string { return rows })
	if got := command("words", "import", whole, "--dir", dir, "--reviewer", "A. Example", "--on", "2026-11-22"); got.code != 0 {
		t.Fatalf("the review fails: %+v", got)
	}
	file := edited(t, dir, func(rows [][]string) [][]string {
		for _, row := range rows {
			if row[0] == "form.submit" {
				row[2] = "Buscar sitios"
				return [][]string{rows[0], row}
			}
		}
		t.Fatal("there is no row form.submit")
		return nil
	})
	if got := command("words", "import", file, "--dir", dir); got.code != 0 || got.out != "es: 1 texts were read\n" {
		t.Fatalf("it says %+v", got)
	}
	es := loadWords(t, dir).Language("es")
	if es.T("form.submit") != "Buscar sitios" || es.T("form.place") != "¿Dónde está?" || es.Unchecked() == "" {
		t.Errorf("it says %q, %q, and that it is checked: %t", es.T("form.submit"), es.T("form.place"), es.Unchecked() == "")
	}
}

func TestWordsAreRefusedWithASentence(t *testing.T) {
	dir := checkout(t)
	export := filepath.Join(t.TempDir(), "es.csv")
	if got := command("words", "export", "es", "-o", export, "--dir", dir); got.code != 0 {
		t.Fatalf("the export fails: %+v", got)
	}
	headless := filepath.Join(t.TempDir(), "headless.csv")
	if err := os.WriteFile(headless, []byte("One,Two\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		says []string
	}{
		"a language that is not there": {[]string{"export", "xx", "-o", "x.csv", "--dir", dir}, exitFailed, []string{`"xx"`, "pt-BR"}},
		"an ending that is none":       {[]string{"export", "es", "-o", "x.ods", "--dir", dir}, exitUsage, []string{"x.ods", ".xlsx"}},
		"no such folder":               {[]string{"check", "--dir", dir + "/none"}, exitFailed, []string{"--dir", "checkout"}},
		"a reviewer without a day":     {[]string{"import", export, "--dir", dir, "--reviewer", "A"}, exitUsage, []string{"--reviewer and --on belong together"}},
		"a day that is none":           {[]string{"import", export, "--dir", dir, "--reviewer", "A", "--on", "soon"}, exitUsage, []string{`"soon" is no day`}},
		"a day that is to come":        {[]string{"import", export, "--dir", dir, "--reviewer", "A", "--on", "2026-11-24"}, exitUsage, []string{"still to come"}},
		"a file of something else":     {[]string{"import", headless, "--dir", dir}, exitFailed, []string{"Key, English and Translation (…)"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantSentence(t, command(append([]string{"words"}, c.args...)...), c.code, c.says...)
		})
	}
}

func TestCheckNamesWhatIsMissing(t *testing.T) {
	dir := checkout(t)
	if err := os.WriteFile(filepath.Join(dir, "es.json"), []byte(`{"language.name": "Español", "language.dir": "ltr"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	got := command("words", "check", "--dir", dir)
	if got.code != exitFailed || !strings.Contains(got.out, "form.place is missing") || !strings.Contains(got.log, "1 languages are not whole") {
		t.Errorf("it says %+v", got)
	}
}

func TestAWorkbookRunsTheWayOfItsLanguage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ar.xlsx")
	if got := command("words", "export", "ar", "-o", file, "--dir", "../../data/words"); got.code != 0 {
		t.Fatalf("the export fails: %+v", got)
	}
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	id, err := book.GetCellStyle("Sheet1", "C5")
	if err != nil {
		t.Fatal(err)
	}
	style, err := book.GetStyle(id)
	if err != nil || style.Alignment == nil || style.Alignment.ReadingOrder != readingOrder["rtl"] {
		t.Errorf("the Arabic column has the style %+v (%v)", style, err)
	}
}

func TestThePseudoLanguageIsServedOnlyWhenItIsAskedFor(t *testing.T) {
	home := start(t, "--lang", words.Pseudo).get(t, "/")
	if home.status != 200 || !strings.Contains(home.body, `lang="en-XA"`) || !strings.Contains(home.body, "⟦Whéré áré ýöü?") {
		t.Errorf("the first page has status %d and %.300s", home.status, home.body)
	}
	offered := start(t).get(t, "/languages")
	if offered.status != 200 || !strings.Contains(offered.body, `hreflang="pt-BR"`) || strings.Contains(offered.body, words.Pseudo) {
		t.Errorf("it is offered to all: status %d, %s", offered.status, offered.body)
	}
}
