package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"carrypoint/internal/edition"
)

// currentFile is the file of the edition in force.
func currentFile(t *testing.T, dir string) string {
	t.Helper()
	p, err := edition.InForce(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "editions", p.Edition+".sqlite")
}

// contents are the names below a folder, each with what the file holds.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		all[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// replace puts another file in the place of one, so that a server sees either and never half.
func replace(t *testing.T, path string, content []byte) {
	t.Helper()
	next := path + ".next"
	if err := errors.Join(os.WriteFile(next, content, 0o644), os.Rename(next, path)); err != nil {
		t.Fatal(err)
	}
}

// flip turns one byte in the middle of a file around.
func flip(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 0xff
	replace(t, path, content)
}

func cut(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	replace(t, path, content[:len(content)/2])
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func TestBuildVerifyShow(t *testing.T) {
	dir := t.TempDir()
	got := command("edition", "build", sites, "--dir", dir, "--title", "Example County", "--json")
	var built struct {
		Edition                            string
		Records, Sites, Rejected, Findings int
	}
	if err := json.Unmarshal([]byte(got.out), &built); err != nil || got.code != 0 {
		t.Fatalf("%v: %+v", err, got)
	}
	if built.Records != 4 || built.Sites != 4 || built.Rejected != 0 || len(built.Edition) != 64 {
		t.Errorf("built %+v", built)
	}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"verify the current one":         {[]string{"verify", "--dir", dir}, "edition " + built.Edition[:12] + " is whole: 4 places\n"},
		"verify a file":                  {[]string{"verify", currentFile(t, dir)}, "edition " + built.Edition[:12] + " is whole: 4 places\n"},
		"verify in JSON":                 {[]string{"verify", "--dir", dir, "--json"}, `{"edition":"` + built.Edition + `","ok":true,"sites":4}` + "\n"},
		"show in JSON":                   {[]string{"show", "--dir", dir, "--json"}, `{"edition":"` + built.Edition + `","made":"2026-11-23T18:00:00Z","sites":4,"title":"Example County"}` + "\n"},
		"show in words":                  {[]string{"show", "--dir", dir}, "edition  " + built.Edition + "\ntitle    Example County\nmade     2026-11-23 18:00 UTC\nplaces   4\nus       4 places in 1 states or provinces\nca       0 places in 0 states or provinces\n"},
		"build the same again, in words": {[]string{"build", sites, "--dir", dir, "--title", "Example County"}, "edition " + built.Edition[:12] + ": 4 of 4 rows are in it; it is the current one of " + dir + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(append([]string{"edition"}, c.args...)...)
			if diff := cmp.Diff(ending{0, c.want, ""}, got, cmp.AllowUnexported(ending{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheDataInsideTheBinaryIsAnEditionToo(t *testing.T) {
	first, again := runBinary(t, "edition", "verify"), runBinary(t, "edition", "verify")
	if first.code != 0 || !strings.Contains(first.out, "is whole") || first != again {
		t.Errorf("got %+v, then %+v", first, again)
	}
	dir := t.TempDir()
	if got := runBinary(t, "edition", "build", "--dir", dir); got.code != 0 {
		t.Errorf("building from it: %+v", got)
	}
}

func TestVerifyAndShowTellOfHarm(t *testing.T) {
	for name, c := range map[string]struct {
		harm func(t *testing.T, dir string)
		says []string
	}{
		"a flipped byte":         {func(t *testing.T, dir string) { flip(t, currentFile(t, dir)) }, []string{"the edition is damaged", "build it again"}},
		"half a file":            {func(t *testing.T, dir string) { cut(t, currentFile(t, dir)) }, []string{"the edition is damaged", "build it again"}},
		"an empty file":          {func(t *testing.T, dir string) { replace(t, currentFile(t, dir), nil) }, []string{"the edition is damaged", "build it again"}},
		"no file of the edition": {func(t *testing.T, dir string) { remove(t, currentFile(t, dir)) }, []string{"no such file", ".sqlite"}},
		"nothing in force":       {func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "current")) }, []string{"there is no current edition", "edition build"}},
		"no folder":              {remove, []string{"there is no current edition", "edition build"}},
		"a file for a folder":    {func(t *testing.T, dir string) { remove(t, dir); write(t, dir, "x") }, []string{"a file stands where a folder should be"}},
		"rubbish in force":       {func(t *testing.T, dir string) { replace(t, filepath.Join(dir, "current"), []byte("x")) }, []string{"the publication in", "it is not whole", "publish again"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folderOf(t, sites)
			c.harm(t, dir)
			for _, verb := range []string{"verify", "show"} {
				wantSentence(t, command("edition", verb, "--dir", dir), exitFailed, append(c.says, dir)...)
			}
		})
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestABuildThatFailsChangesNothing has a folder with a good edition.
func TestABuildThatFailsChangesNothing(t *testing.T) {
	folder := t.TempDir()
	empty, noText := filepath.Join(folder, "empty.csv"), filepath.Join(folder, "binary.csv")
	header, other := filepath.Join(folder, "header.csv"), filepath.Join(folder, "other.csv")
	write(t, empty, "")
	write(t, noText, "\x00\x01\x02\"\xff")
	write(t, other, "Facility,Phone\nExample Box,555-555-0101\n")
	write(t, header, "id,name,region,country\n")
	for name, c := range map[string]struct {
		file string
		says []string
	}{
		"a file that is not there":   {filepath.Join(folder, "gone.csv"), []string{"gone.csv", "no such file", "misspelt"}},
		"a folder":                   {folder, []string{folder, "is a directory"}},
		"an empty file":              {empty, []string{"empty.csv", "the file is empty", "docs/dataset.md"}},
		"no text at all":             {noText, []string{"binary.csv", "not a carrypoint CSV file", "docs/dataset.md"}},
		"a header and nothing more":  {header, []string{"none of the 0 rows", "as it was"}},
		"no row that can be let in":  {"testdata/rejected.csv", []string{"none of the 1 rows", "as it was"}},
		"a file of another kind yet": {other, []string{"not a carrypoint CSV file"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folderOf(t, sites)
			before := contents(t, dir)
			wantSentence(t, command("edition", "build", c.file, "--dir", dir, "--json"), exitFailed, c.says...)
			if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
				t.Error("the folder changed:", diff)
			}
		})
	}
}

func TestABuildTellsOfTheRowsItRefuses(t *testing.T) {
	got := command("edition", "build", "testdata/rejected.csv", "--dir", t.TempDir())
	if got.code != exitFailed || !strings.HasPrefix(got.out, "error: row 1, id") {
		t.Errorf("got %+v", got)
	}
}

func TestAFolderThatCanNotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "x")
	for name, c := range map[string]struct {
		dir  string
		says string
	}{
		"a file in its place":    {file, "a file stands where a folder should be"},
		"below a file":           {filepath.Join(file, "data"), "a file stands where a folder should be"},
		"a folder without right": {forbidden(t), "give this user the right"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.dir == "" {
				t.Skip("root may write everywhere")
			}
			wantSentence(t, command("edition", "build", sites, "--dir", c.dir), exitFailed, "making the folder of editions", "as it was", c.says)
		})
	}
}

// forbidden is a folder that nobody but root may write to; nothing for root.
func forbidden(t *testing.T) string {
	t.Helper()
	if os.Geteuid() == 0 {
		return ""
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	return dir
}
