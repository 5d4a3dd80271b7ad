package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carrypoint/internal/pdf"
)

func TestAPrintThatCantBeDoneIsRefusedWithASentence(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		code int
		says []string
	}{
		{"nothing is named", []string{"print"}, exitUsage, []string{"name one place"}},
		{"a place and sites", []string{"print", "45402", "--site", "us-oh-alder"}, exitUsage, []string{"name one place"}},
		{"a state without a folder", []string{"print", "--all-counties", "OH"}, exitUsage, []string{"--outdir"}},
		{"a folder and a file", []string{"print", "--all-counties", "OH", "--outdir", "x", "-o", "y.pdf"}, exitUsage, []string{"leave -o out"}},
		{"no such format", []string{"print", "45402", "--format", "scroll"}, exitUsage, []string{"--format"}},
		{"no such paper", []string{"print", "45402", "--paper", "a3"}, exitUsage, []string{"--paper"}},
		{"no such day", []string{"print", "45402", "--day", "someday"}, exitUsage, []string{"--day"}},
		{"no such language", []string{"print", "45402", "--lang", "xx"}, exitUsage, []string{`"xx"`, "en", "es"}},
		{"three languages", []string{"print", "45402", "--lang", "en,es,en,xx"}, exitUsage, []string{"--lang"}},
		{"no such distance", []string{"print", "45402", "--radius", "far"}, exitUsage, []string{`"far"`, "200"}},
		{"no such place", []string{"print", "zzqx vrblt"}, exitFailed, []string{"no place that the gazetteer knows"}},
		{"no such state", []string{"print", "--all-counties", "ZZ", "--outdir", t.TempDir()}, exitFailed, []string{`"ZZ" is no state`}},
		{"no such browser", []string{"print", "45402", "--chromium", "/no/such/browser"}, exitFailed, []string{"no Chromium was found"}},
		{"no such folder to write to", []string{"print", "45402", "-o", "/no/such/folder/x.html"}, exitFailed, []string{"/no/such/folder"}},
	} {
		t.Run(test.name, func(t *testing.T) { wantSentence(t, command(test.args...), test.code, test.says...) })
	}
}

func TestASheetIsWrittenAsAPage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "dayton.html")
	got := command("print", "45402", "--radius", "25mi", "--format", "list", "--lang", "es,en", "--older", "--url", "https://example.org/", "-o", file)
	if got.code != 0 || !strings.HasPrefix(got.out, file+": ") || !strings.Contains(got.out, " places") || got.log != "" {
		t.Fatalf("%+v", got)
	}
	page := string(read(t, file))
	for _, part := range []string{`<html lang="es"`, "size:letter", "25 millas", "within 25 miles", "example.org/<wbr>es/<wbr>near/<wbr>45402", "Fin de la lista", "End of list"} {
		if !strings.Contains(strings.ToLower(page), strings.ToLower(part)) {
			t.Errorf("the sheet does not say %q", part)
		}
	}
}

func TestOlderListingsAreLeftOutUnlessAskedFor(t *testing.T) {
	file := filepath.Join(t.TempDir(), "dayton.html")
	got := command("print", "45402", "-o", file)
	if got.code != 0 || !strings.Contains(got.out, "0 places, ") || !strings.Contains(got.out, "older listings left out") || !strings.Contains(got.log, "--older") || !strings.Contains(got.log, "--url") {
		t.Errorf("%+v", got)
	}
	if page := string(read(t, file)); !strings.Contains(page, "older listings are left out") {
		t.Error("the sheet does not say how many it leaves out")
	}
}

// A set that was cut off goes on where it ended, and a folder never holds two sets.
func TestTheSheetsOfAState(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "de")
	state := func(more ...string) ending {
		return command(append([]string{"print", "--all-counties", "DE", "--outdir", folder, "--older"}, more...)...)
	}
	first := state()
	if first.code != 0 || !strings.Contains(first.out, " sheets made, 0 were there already") {
		t.Fatalf("%+v", first)
	}
	sheets, err := filepath.Glob(filepath.Join(folder, "us-de-*"))
	if err != nil || len(sheets) == 0 {
		t.Fatal("there is no sheet", err)
	}
	if err := os.Remove(sheets[0]); err != nil {
		t.Fatal(err)
	}
	if again := state(); again.code != 0 || !strings.Contains(again.out, ": 1 sheets made") {
		t.Errorf("%+v", again)
	}
	if _, err := os.Stat(sheets[0]); err != nil {
		t.Error(err)
	}
	wantSentence(t, state("--format", "cards"), exitFailed, "holds another set", "--outdir")
	wantSentence(t, state("--emergency-number", "112"), exitFailed, "holds another set", "--outdir")
}

func TestASheetIsWrittenAsAPDF(t *testing.T) {
	if _, err := pdf.Find(""); err != nil {
		t.Skip("there is no Chromium here to make a PDF; \"make test\" installs it first")
	}
	file := filepath.Join(t.TempDir(), "cards.pdf")
	got := command("print", "45402", "--radius", "10mi", "--format", "cards", "--lang", "es,en", "--paper", "letter", "-o", file)
	if got.code != 0 || !strings.HasPrefix(string(read(t, file)), "%PDF-") {
		t.Errorf("%+v", got)
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
