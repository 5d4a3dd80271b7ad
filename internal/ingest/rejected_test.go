package ingest

import (
	"encoding/csv"
	"strings"
	"testing"
)

func TestRejectedRowsComeBackWithTheirError(t *testing.T) {
	table := tableOf(good(nil), good(map[string]string{"Name": "Oxford House Example", "Notes": "=HYPERLINK(\"x\")", "Extra": "Door code 4711#"}))
	var out strings.Builder
	f, err := NewRejectedFile(&out, table.Header)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range draftsOf(t, sourceMapping, table) {
		if d.Rejected {
			if err := f.Add(d.Record.Values, d.Why()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	last := len(rows[0]) - 1
	if rows[0][last] != "error" || !strings.Contains(rows[1][last], "row 2, Name: it reads like a place where people live") {
		t.Errorf("the last column is %q", rows[1][last])
	}
	if rows[1][11] != "'=HYPERLINK(\"x\")" || strings.Contains(out.String(), "4711") {
		t.Errorf("the row is %q", rows[1])
	}
}

func TestCellsAreTextToASpreadsheet(t *testing.T) {
	for text, want := range map[string]string{
		"Example": "Example", "": "", "=1+1": "'=1+1", "+1 555": "'+1 555", "-1": "-1", "-84.19": "-84.19", "-1+1": "'-1+1", "@x": "'@x", "\tx": "'\tx", "\r": "'\r", "\x00": "'\x00",
		" =1": "' =1", "＝1": "'＝1", "a=1": "a=1", "1-2": "1-2",
	} {
		if got := Cell(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func FuzzCell(f *testing.F) {
	for _, text := range []string{"=1+1", " \ufeff+x", "＠x", "plain", "\"", "a,b\n=c", "\xff=1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var out strings.Builder
		rows := csv.NewWriter(&out)
		if err := rows.Write([]string{Cell(text), "x"}); err != nil {
			t.Fatal(err)
		}
		rows.Flush()
		back, err := csv.NewReader(strings.NewReader(out.String())).Read()
		if err != nil {
			t.Fatalf("%q: %v", out.String(), err)
		}
		if first := strings.TrimLeft(back[0], " \u00a0\ufeff"); first != "" && strings.ContainsRune(formulas, []rune(first)[0]) {
			t.Errorf("%q is a formula", back[0])
		}
		if got := strings.TrimPrefix(back[0], "'"); strings.ReplaceAll(got, "\r", "") != strings.ReplaceAll(strings.TrimPrefix(text, "'"), "\r", "") && got != text {
			t.Errorf("%q came back as %q", text, back[0])
		}
	})
}
