package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"carrypoint/internal/reader"
	"carrypoint/internal/record"
	"carrypoint/internal/words"
)

type wordsCommand struct {
	Check  wordsCheckCommand  `cmd:"" help:"Say of each language what is missing, and who has checked it."`
	Export wordsExportCommand `cmd:"" help:"Write a language as a spreadsheet, for a person who checks it."`
	Import wordsImportCommand `cmd:"" help:"Read such a spreadsheet back."`
}

// A wordsAt is where the files of the languages are.
type wordsAt struct {
	Dir string `default:"data/words" help:"Folder of the files of the languages, in a checkout."`
}

func (at wordsAt) catalog() (*words.Catalog, error) {
	c, err := words.Load(os.DirFS(at.Dir))
	if err != nil {
		return nil, fmt.Errorf("can't read the words in %s: %w; --dir names the folder data/words of a checkout", at.Dir, err)
	}
	return c, nil
}

func (at wordsAt) language(tag string) (*words.Catalog, *words.Language, error) {
	c, err := at.catalog()
	if err != nil {
		return nil, nil, err
	}
	l := c.Language(tag)
	if l == nil {
		return nil, nil, fmt.Errorf("there are no words in the language %q in %s; there are %s", tag, at.Dir, tags(c))
	}
	return c, l, nil
}

type wordsCheckCommand struct{ wordsAt }

// Run lists what is wrong, and fails where anything is.
func (c *wordsCheckCommand) Run(w world) error {
	catalog, err := c.catalog()
	if err != nil {
		return err
	}
	faulty := 0
	for _, l := range catalog.Languages() {
		problems := catalog.Problems(l)
		fmt.Fprintf(w.out, "%-8s %s; %s\n", l.Tag, howWhole(len(problems)), checkedBy(l))
		for _, p := range problems {
			fmt.Fprintf(w.out, "         %s\n", p)
		}
		faulty += min(len(problems), 1)
	}
	if faulty > 0 {
		return fmt.Errorf("%d languages are not whole; translate what is listed", faulty)
	}
	return nil
}

func howWhole(problems int) string {
	if problems == 0 {
		return "whole"
	}
	return fmt.Sprintf("%d problems", problems)
}

func checkedBy(l *words.Language) string {
	switch {
	case l.Tag == words.Master:
		return "the master"
	case l.Unchecked() != "":
		return "not checked by a native speaker"
	}
	return "checked by " + l.Review.Reviewer + " on " + l.Review.On
}

type wordsExportCommand struct {
	Lang string `arg:"" help:"Tag of the language, such as ar or pt-BR."`
	Out  string `short:"o" required:"" placeholder:"FILE" help:"File to write: .xlsx or .csv."`
	wordsAt
}

// Run writes a row for each text: its key, the English, the translation, and what
// to leave as it is.
func (c *wordsExportCommand) Run(w world) error {
	catalog, l, err := c.language(c.Lang)
	if err != nil {
		return err
	}
	write := map[string]func(io.Writer, *words.Language, [][]string) error{".csv": writeWordsCSV, ".xlsx": writeWordsXLSX}
	writeTo, known := write[strings.ToLower(filepath.Ext(c.Out))]
	if !known {
		return askedWrongly{fmt.Errorf("%s is neither .xlsx nor .csv; name the file with one of these endings", c.Out)}
	}
	rows := [][]string{{words.ColumnKey, words.ColumnEnglish, translationColumn(l.Tag), words.ColumnNote}}
	for _, r := range catalog.Rows(l) {
		rows = append(rows, []string{r.Key, r.English, r.Translation, r.Note})
	}
	f, err := os.Create(c.Out)
	if err != nil {
		return err
	}
	if err := errors.Join(writeTo(f, l, rows), f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", c.Out, err)
	}
	fmt.Fprintf(w.out, "%s has the %d texts of %s; when it has been checked, read it back with \"carrypoint words import\"\n", c.Out, len(rows)-1, l.Name)
	return nil
}

func translationColumn(tag string) string { return words.ColumnTranslation + " (" + tag + ")" }

// byteOrderMark tells spreadsheets that a CSV file is UTF-8: without it they show
// Arabic as gibberish.
const byteOrderMark = "\ufeff"

func writeWordsCSV(w io.Writer, _ *words.Language, rows [][]string) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// Widths of the columns of a workbook, in letters: long texts are wrapped.
var wordsWidths = []float64{26, 60, 60, 34}

// readingOrder is what a workbook calls the two directions of text.
var readingOrder = map[string]uint64{"ltr": 1, "rtl": 2}

func writeWordsXLSX(w io.Writer, l *words.Language, rows [][]string) error {
	book := excelize.NewFile()
	defer book.Close()
	const sheet = "Sheet1" // the one that every new workbook has
	wrapped, err := book.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	translated, err := book.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{
		WrapText: true, Vertical: "top", ReadingOrder: readingOrder[l.Dir],
	}})
	if err != nil {
		return err
	}
	stream, err := book.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for i, width := range wordsWidths {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, row := range rows {
		cells := []any{
			excelize.Cell{StyleID: wrapped, Value: row[0]}, excelize.Cell{StyleID: wrapped, Value: row[1]},
			excelize.Cell{StyleID: translated, Value: row[2]}, excelize.Cell{StyleID: wrapped, Value: row[3]},
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}

type wordsImportCommand struct {
	File     string `arg:"" help:"The spreadsheet, as it came back."`
	Reviewer string `placeholder:"NAME" help:"Native speaker who has checked all of it. Pages say that a language is unchecked until there is one."`
	On       string `placeholder:"DATE" help:"Day on which they had checked it, such as 2026-11-26."`
	wordsAt
}

// Run writes the language, and who has checked it, or refuses the file with all
// that is wrong with it.
func (c *wordsImportCommand) Run(w world) error {
	if err := c.reviewFlags(w.now()); err != nil {
		return askedWrongly{err}
	}
	tag, rows, err := readWords(c.File)
	if err != nil {
		return err
	}
	catalog, l, err := c.language(tag)
	if err != nil {
		return err
	}
	file, faults := catalog.Import(l, rows, c.Reviewer != "")
	if len(faults) > 0 {
		for _, fault := range faults {
			fmt.Fprintln(w.log, fault)
		}
		return fmt.Errorf("%s is not taken and nothing was changed; put right what is listed above (%d) and import it again", c.File, len(faults))
	}
	if err := os.WriteFile(filepath.Join(c.Dir, tag+".json"), file, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s: %d texts were read\n", tag, len(rows))
	if c.Reviewer == "" {
		return nil
	}
	if err := words.Sign(c.Dir, tag, words.ReviewOf(file, c.Reviewer, c.On)); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s: pages no longer say that it is unchecked\n", tag)
	return nil
}

// reviewFlags refuses half a signature, and one of a day that is to come.
func (c *wordsImportCommand) reviewFlags(now time.Time) error {
	if (c.Reviewer == "") != (c.On == "") {
		return errors.New("--reviewer and --on belong together: give both, or none")
	}
	if c.On == "" {
		return nil
	}
	day, err := time.Parse(time.DateOnly, c.On)
	if err != nil {
		return fmt.Errorf("--on %q is no day; write it as 2026-11-26", c.On)
	}
	if day.After(now) {
		return fmt.Errorf("--on %s is still to come; give the day on which the language had been checked", c.On)
	}
	return nil
}

// readWords reads the rows of a spreadsheet with the language of its translations.
func readWords(file string) (tag string, rows []words.Numbered, err error) {
	table, done, err := reader.OpenFile(file, reader.Options{})
	if err != nil {
		return "", nil, err
	}
	defer done()
	key, english := table.Column(words.ColumnKey), table.Column(words.ColumnEnglish)
	translation, tag := translations(table)
	if key < 0 || english < 0 || translation < 0 {
		return "", nil, fmt.Errorf("%s has no columns %s, %s and %s; keep the first row of the export as it was",
			file, words.ColumnKey, words.ColumnEnglish, translationColumn("…"))
	}
	for r, err := range table.Records {
		if err != nil {
			return "", nil, err
		}
		if r.Fault != "" {
			return "", nil, fmt.Errorf("%s, row %d: %s", file, r.Row+1, r.Fault)
		}
		rows = append(rows, words.Numbered{Number: r.Row + 1, Row: words.Row{
			Key: cell(r, key), English: cell(r, english), Translation: cell(r, translation),
		}})
	}
	return tag, rows, nil
}

// translations finds the column of the translations, and its language.
func translations(table *record.Table) (column int, tag string) {
	for i, name := range table.Header {
		if rest, ok := strings.CutPrefix(name, words.ColumnTranslation+" ("); ok {
			return i, strings.TrimSuffix(rest, ")")
		}
	}
	return -1, ""
}

// cell is a copy of a value, which the reader will overwrite; a short row has fewer.
func cell(r record.Record, column int) string {
	if column >= len(r.Values) {
		return ""
	}
	return strings.Clone(strings.TrimSpace(r.Values[column]))
}
