// Package internal holds the rules about what may import what to a test. The arrows are those of the
// design; a new one is drawn there and here in the same commit.
package internal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "carrypoint/"

// arrows says which packages of this module each package may import. Whatever is not here may import none.
// Web has the sites and their hours besides what the pages need: it is the place where domain values are
// turned into words, as docs/architecture.md says.
var arrows = map[string][]string{
	"views": {"internal/words"},
	"internal/web": {"views", "internal/facts", "internal/edition", "internal/gazetteer", "internal/sheet", "internal/pdf",
		"internal/draw", "internal/words", "internal/help", "internal/catalog", "internal/record", "internal/site", "internal/hours"},
	"internal/facts":   {"views", "internal/help", "internal/site", "internal/hours", "internal/words"},
	"internal/sheet":   {"views", "internal/facts", "internal/help", "internal/edition", "internal/site", "internal/hours", "internal/words"},
	"internal/edition": {"internal/nearest", "internal/site", "internal/hours"},
	"internal/catalog": {"internal/site", "internal/record"},
	"internal/ingest":  {"internal/site", "internal/hours", "internal/gazetteer", "internal/record"},
	"internal/record":  {"internal/site"},
	"internal/reader":  {"internal/record"},
	"internal/help":    {"internal/site"},
	"internal/site":    {"internal/hours"},
	"data/build":       {"data", "internal/gazetteer", "internal/draw"},
}

// A fence says which packages alone may import a package of somebody else.
type fence struct {
	around string
	open   []string
	reason string
}

var fences = []fence{
	{"modernc.org/sqlite", []string{"internal/edition", "internal/catalog", "internal/streets"}, "a database is behind one package"},
	{"net/http", []string{"cmd", "internal/web", "internal/fetch"}, "the network is at the edge"},
	{"github.com/chromedp", []string{"internal/pdf"}, "a browser is behind one package"},
	{"rsc.io/qr", []string{"internal/draw"}, "one room draws"},
}

// A wall says what a package may not reach, not even through others.
type wall struct {
	around, against, reason string
}

var walls = []wall{
	{"views", "database/sql", "a page shows what it is given"},
	{"views", "github.com/paulmach/orb", "a page knows no geometry"},
}

// A goPackage is what go list says of a package. Imports of tests are not among them.
type goPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func TestOnlyTheArrowsOfTheDesignExist(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < 5 {
		t.Fatalf("go list found only %d packages", len(packages))
	}
	for _, f := range faults(packages) {
		t.Error(f)
	}
}

func TestNoArrowIsDrawnThatNobodyTakes(t *testing.T) {
	taken := map[string][]string{}
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		for _, path := range p.Imports {
			taken[name] = append(taken[name], strings.TrimPrefix(path, module))
		}
	}
	for name, drawn := range arrows {
		for _, path := range drawn {
			if !slices.ContainsFunc(taken[name], func(imported string) bool { return within(imported, path) }) {
				t.Errorf("%s does not import %s: take the arrow away, here and in docs/architecture.md", name, path)
			}
		}
	}
}

func TestEveryWrongArrowIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		p    goPackage
		want string
	}{
		"an arrow that is drawn":        {goPackage{ImportPath: "carrypoint/internal/site", Imports: []string{"carrypoint/internal/hours"}}, ""},
		"a command":                     {goPackage{ImportPath: "carrypoint/cmd/any", Imports: []string{"carrypoint/internal/web", "net/http"}}, ""},
		"an arrow that points up":       {goPackage{ImportPath: "carrypoint/internal/hours", Imports: []string{"carrypoint/internal/site"}}, "internal/hours may not import internal/site"},
		"a package that nobody drew":    {goPackage{ImportPath: "carrypoint/internal/new", Imports: []string{"carrypoint/data"}}, "internal/new may not import data"},
		"a file below data":             {goPackage{ImportPath: "carrypoint/data/build", Imports: []string{"carrypoint/data/law"}}, ""},
		"a package that begins alike":   {goPackage{ImportPath: "carrypoint/data/build", Imports: []string{"carrypoint/database"}}, "data/build may not import database"},
		"a database in a command":       {goPackage{ImportPath: "carrypoint/cmd/any", Imports: []string{"modernc.org/sqlite"}}, "cmd/any may not import modernc.org/sqlite: a database is behind one package"},
		"a database in the pages":       {goPackage{ImportPath: "carrypoint/internal/web", Imports: []string{"modernc.org/sqlite"}}, "internal/web may not import modernc.org/sqlite: a database is behind one package"},
		"part of a driver":              {goPackage{ImportPath: "carrypoint/internal/web", Imports: []string{"modernc.org/sqlite/vfs"}}, "internal/web may not import modernc.org/sqlite/vfs: a database is behind one package"},
		"the network inside":            {goPackage{ImportPath: "carrypoint/internal/words", Imports: []string{"net/http"}}, "internal/words may not import net/http: the network is at the edge"},
		"a browser in a command":        {goPackage{ImportPath: "carrypoint/cmd/any", Imports: []string{"github.com/chromedp/cdproto/page"}}, "cmd/any may not import github.com/chromedp/cdproto/page: a browser is behind one package"},
		"a code drawn in the pages":     {goPackage{ImportPath: "carrypoint/internal/web", Imports: []string{"rsc.io/qr"}}, "internal/web may not import rsc.io/qr: one room draws"},
		"a database through another":    {goPackage{ImportPath: "carrypoint/views", Deps: []string{"database/sql"}}, "views may not reach database/sql: a page shows what it is given"},
		"geometry, by way of a package": {goPackage{ImportPath: "carrypoint/views", Deps: []string{"github.com/paulmach/orb/geo"}}, "views may not reach github.com/paulmach/orb/geo: a page knows no geometry"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(faults([]goPackage{c.p}), "\n"); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

// SQLite in Go is translated C, and runs on the C library of exactly the version that it was translated
// with. A newer one compiles, and then corrupts memory.
func TestSQLiteHasTheLibcThatItPins(t *testing.T) {
	var sqlite, libc struct{ Version, GoMod string }
	goJSON(t, &sqlite, "list", "-m", "-json", "modernc.org/sqlite")
	goJSON(t, &libc, "list", "-m", "-json", "modernc.org/libc")
	var pins struct {
		Require []struct{ Path, Version string }
	}
	goJSON(t, &pins, "mod", "edit", "-json", sqlite.GoMod)
	for _, pin := range pins.Require {
		if pin.Path == "modernc.org/libc" {
			if libc.Version != pin.Version {
				t.Errorf("modernc.org/libc is %s, but modernc.org/sqlite %s pins %s", libc.Version, sqlite.Version, pin.Version)
			}
			return
		}
	}
	t.Errorf("modernc.org/sqlite %s pins no modernc.org/libc", sqlite.Version)
}

// meets are packages of the library whose use says that goroutines share something.
var meets = []string{"sync", "sync/atomic", "database/sql", "net/http", "golang.org/x/sync"}

// TestTheRaceDetectorLooksWhereGoroutinesMeet reads the list of packages of the Makefile.
func TestTheRaceDetectorLooksWhereGoroutinesMeet(t *testing.T) {
	makefile, err := os.ReadFile("../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`(?m)^meeting := (.+)$`).FindSubmatch(makefile)
	if list == nil {
		t.Fatal(`the Makefile has no line "meeting := …" of the packages that are tested with the race detector`)
	}
	watched := strings.Fields(string(list[1]))
	for _, p := range listPackages(t) {
		name, inside := strings.CutPrefix(p.ImportPath, module+"internal/")
		if inside && slices.ContainsFunc(p.Imports, func(path string) bool { return withinAny(path, meets) }) && !slices.Contains(watched, name) {
			t.Errorf("goroutines meet in internal/%s: add it to the packages of \"meeting\" in the Makefile", name)
		}
	}
}

// faults says every import that no rule allows.
func faults(packages []goPackage) []string {
	var all []string
	for _, p := range packages {
		name := strings.TrimPrefix(p.ImportPath, module)
		for _, path := range p.Imports {
			if fault := judge(name, path); fault != "" {
				all = append(all, fault)
			}
		}
		all = append(all, breaches(name, p.Deps)...)
	}
	return all
}

// judge says what is wrong with one import, or nothing. The commands may import all that is ours.
func judge(name, path string) string {
	if imported, ours := strings.CutPrefix(path, module); ours {
		if !within(name, "cmd") && !withinAny(imported, arrows[name]) {
			return fmt.Sprintf("%s may not import %s", name, imported)
		}
		return ""
	}
	for _, f := range fences {
		if within(path, f.around) && !withinAny(name, f.open) {
			return fmt.Sprintf("%s may not import %s: %s", name, path, f.reason)
		}
	}
	return ""
}

func breaches(name string, reached []string) []string {
	var all []string
	for _, w := range walls {
		for _, path := range reached {
			if name == w.around && within(path, w.against) {
				all = append(all, fmt.Sprintf("%s may not reach %s: %s", name, path, w.reason))
			}
		}
	}
	return all
}

// within reports whether path is root or below it.
func within(path, root string) bool {
	return path == root || strings.HasPrefix(path, root+"/")
}

func withinAny(path string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool { return within(path, root) })
}

// listPackages lists those that do not compile too (-e): the compiler speaks of them, and the arrows
// can be judged all the same.
func listPackages(t *testing.T) []goPackage {
	t.Helper()
	var packages []goPackage
	out := runGo(t, "list", "-e", "-json=ImportPath,Imports,Deps", module+"...")
	for in := json.NewDecoder(strings.NewReader(out)); ; {
		var p goPackage
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

func goJSON(t *testing.T, into any, args ...string) {
	t.Helper()
	if err := json.Unmarshal([]byte(runGo(t, args...)), into); err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
}

func runGo(t *testing.T, args ...string) string {
	t.Helper()
	var stderr strings.Builder
	cmd := exec.Command("go", args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	return string(out)
}
