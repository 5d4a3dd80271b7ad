package streets

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
)

func TestAnImportCountsWhatItReadAndWhatItLeftOut(t *testing.T) {
	_, report := imported(t, ImportOptions{}, zipped(t, countyName, madeUp()))
	want := Counts{Features: 36, Streets: 28, Ranges: 61,
		Skipped: map[string]int{noName: 1, noCompare: 1, noPostcode: 2, noRange: 1, noLine: 1}}
	got := report.Total
	if got.Features != want.Features || got.Streets != want.Streets || got.Ranges != want.Ranges || !maps.Equal(got.Skipped, want.Skipped) {
		t.Errorf("it counts %+v, want %+v", got, want)
	}
	if len(report.Sources) != 1 || report.Sources[0].Source != "tiger/36999" || report.Sources[0].File != countyName+".zip" || report.Sources[0].Replaced {
		t.Errorf("the sources are %+v", report.Sources)
	}
}

// lane is a county of one street.
func lane(name string) []feature {
	return []feature{{name: name, lines: straight(0, 0, 300, 0), lfrom: "1", lto: "99", zipl: sampleton}}
}

func TestACountyReplacesItselfAndNoOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "streets.sqlite")
	imports := func(files ...string) ImportReport {
		t.Helper()
		report, err := Import(context.Background(), path, files, ImportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	finds := func(want ...string) {
		t.Helper()
		s := opened(t, path)
		for _, street := range []string{"Old Ln", "New Ln", "Far Ln"} {
			if _, ok := s.Find(in11("1 " + street)); ok != slices.Contains(want, street) {
				t.Errorf("%s: %v", street, ok)
			}
		}
	}
	imports(zipped(t, "tl_2024_36999_addrfeat", lane("Old Ln")), zipped(t, "tl_2024_36998_addrfeat", lane("Far Ln")))
	finds("Old Ln", "Far Ln")
	before := opened(t, path)
	report := imports(zipped(t, "tl_2025_36999_addrfeat", lane("New Ln")))
	finds("New Ln", "Far Ln")
	if !report.Sources[0].Replaced {
		t.Errorf("it replaced nothing: %+v", report)
	}
	if _, ok := before.Find(in11("1 Old Ln")); !ok {
		t.Error("a file that was open before the import lost what it had")
	}
}

func TestManyCountiesInOneZipAndFilesBesideEachOther(t *testing.T) {
	one, two := "tl_2025_36998_addrfeat", "tl_2025_36999_addrfeat"
	both := zipOf(t, "counties.zip", map[string][]byte{
		"x/" + one + ".shp": shpOf(lane("Old Ln")), "x/" + one + ".dbf": dbfOf(lane("Old Ln")), "x/" + two + ".SHP": shpOf(lane("Far Ln")), "x/" + two + ".DBF": dbfOf(lane("Far Ln")),
		"__MACOSX/x/" + one + ".shp": {1}, "readme.txt": {2},
	})
	folder := t.TempDir()
	beside := filepath.Join(folder, "tl_2025_36997_addrfeat.shp")
	for name, content := range map[string][]byte{".shp": shpOf(lane("Peña Ln")), ".dbf": dbfOf(lane("Peña Ln")), ".cpg": []byte("utf-8\n")} {
		if err := os.WriteFile(strings.TrimSuffix(beside, ".shp")+name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, report := imported(t, ImportOptions{}, both, beside)
	if len(report.Sources) != 3 {
		t.Errorf("the sources are %+v", report.Sources)
	}
	for _, street := range []string{"1 Old Lane", "1 Far Lane", "1 Pena Lane"} {
		if _, ok := s.Find(in11(street)); !ok {
			t.Errorf("%s is not found", street)
		}
	}
}

func TestWhatCannotBeImportedChangesNothing(t *testing.T) {
	good, name := zipped(t, "tl_2025_36998_addrfeat", lane("Old Ln")), "tl_2025_36999_addrfeat"
	shp, dbf := shpOf(lane("New Ln")), dbfOf(lane("New Ln"))
	for about, c := range map[string]struct {
		file, want string
	}{
		"no such file":            {filepath.Join(t.TempDir(), name+".zip"), "no such file"},
		"no such extract":         {filepath.Join(t.TempDir(), "x.osm.pbf"), "no such file"},
		"another kind":            {written(t, "streets.csv", []byte("a,b")), "neither"},
		"no zip":                  {written(t, name+".zip", []byte("hello")), "zip"},
		"an empty zip":            {zipOf(t, name+".zip", nil), "no .shp"},
		"a name without a county": {zipOf(t, "x.zip", map[string][]byte{"x.shp": shp, "x.dbf": dbf}), "which county"},
		"a county of no state":    {zipOf(t, "x.zip", map[string][]byte{"tl_2025_99001_addrfeat.shp": shp}), "no state"},
		"no rows":                 {zipOf(t, name+".zip", map[string][]byte{name + ".shp": shp}), "no .dbf"},
		"no rows beside":          {written(t, name+".shp", shp), "no such file"},
		"rows of another file":    {zipOf(t, name+".zip", map[string][]byte{name + ".shp": shp, name + ".dbf": bytes.Replace(dbf, []byte("FULLNAME"), []byte("FULLNOMO"), 1)}), "FULLNAME"},
		"fewer lines than rows":   {zipOf(t, name+".zip", map[string][]byte{name + ".shp": shpOf(nil), name + ".dbf": dbf}), "not whole"},
		"fewer rows than lines":   {zipOf(t, name+".zip", map[string][]byte{name + ".shp": shp, name + ".dbf": dbfOf(nil)}), "row 1"},
		"cut lines":               {zipOf(t, name+".zip", map[string][]byte{name + ".shp": shp[:len(shp)-8], name + ".dbf": dbf}), ".shp"},
		"a row of 64 kB":          {zipOf(t, name+".zip", map[string][]byte{name + ".shp": shp, name + ".dbf": patched(dbf, 10, 0xff, 0xff)}), ".dbf"},
		"four billion rows":       {zipOf(t, name+".zip", map[string][]byte{name + ".shp": shp, name + ".dbf": patched(dbf, 4, 0xff, 0xff, 0xff, 0xff)}), ".dbf"},
		"a line of 4 GB":          {zipOf(t, name+".zip", map[string][]byte{name + ".shp": patched(shp, 104, 0xff, 0xff, 0xff, 0xff), name + ".dbf": dbf}), ".shp"},
		"the same county twice":   {good, "both"},
	} {
		t.Run(about, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "streets.sqlite")
			if _, err := Import(context.Background(), path, []string{good}, ImportOptions{}); err != nil {
				t.Fatal(err)
			}
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Import(context.Background(), path, []string{good, c.file}, ImportOptions{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want one with %q", err, c.want)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the street file changed")
			}
			onlyFile(t, path)
		})
	}
}

func patched(b []byte, at int, with ...byte) []byte {
	b = bytes.Clone(b)
	copy(b[at:], with)
	return b
}

// onlyFile checks that nothing lies beside a file.
func onlyFile(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside %s lie %v, %v", path, entries, err)
	}
}

func TestNoFilesAreNoImport(t *testing.T) {
	if _, err := Import(context.Background(), filepath.Join(t.TempDir(), "s"), nil, ImportOptions{}); err == nil {
		t.Error("it is no error")
	}
}

func TestAStreetFileThatIsNotThereOrNoneIsAnError(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := Open(t.TempDir()); err == nil {
		t.Error("a folder is no error")
	}
	for name, content := range map[string][]byte{"empty": nil, "a text": []byte("hello"), "a long text": bytes.Repeat([]byte("hello "), 1000)} {
		path := written(t, "streets.sqlite", content)
		if _, err := Open(path); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Import(context.Background(), path, []string{zipped(t, countyName, lane("A Ln"))}, ImportOptions{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("importing into %s: %v", name, err)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(after, content) {
			t.Errorf("%s was overwritten", name)
		}
	}
}

func TestADamagedStreetIsSaidOnceTheFileIsClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "streets.sqlite")
	if _, err := Import(context.Background(), path, []string{zipped(t, countyName, lane("Long Winding Ln"))}, ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, []byte("Long Winding Ln")) + len("Long Winding Ln")
	s, err := Open(written(t, "damaged.sqlite", patched(content, at, 0xff, 0xff, 0xff)))
	if err != nil {
		t.Fatal(err)
	}
	if spot, ok := s.Find(in11("1 Long Winding Ln")); ok {
		t.Errorf("it leads to %+v", spot)
	}
	if err := s.Close(); !errors.Is(err, errPacked) {
		t.Errorf("closing says %v", err)
	}
}

func TestProgressGoesFromNothingToAll(t *testing.T) {
	var all []Progress
	o := ImportOptions{Progress: func(p Progress) { all = append(all, p) }}
	imported(t, o, zipped(t, countyName, madeUp()), pbfFile(t, "village", village()))
	for i, p := range all {
		if p.Share < 0 || p.Share > 1 || p.Of != 2 || p.Number < 1 || p.Number > 2 || i > 0 && (p.Number < all[i-1].Number || p.Number == all[i-1].Number && p.Share < all[i-1].Share) {
			t.Errorf("step %d is %+v", i, p)
		}
	}
	if last := all[len(all)-1]; last != (Progress{File: "village.osm.pbf", Number: 2, Of: 2, Share: 1}) {
		t.Errorf("the last step is %+v", last)
	}
}

func TestACancelledImportChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "streets.sqlite")
	ctx, cancel := context.WithCancel(context.Background())
	o := ImportOptions{Progress: func(p Progress) {
		if p.Number == 2 {
			cancel()
		}
	}}
	_, err := Import(ctx, path, []string{zipped(t, countyName, madeUp()), pbfFile(t, "village", village())}, o)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) > 0 {
		t.Errorf("it left %v", entries)
	}
}

func TestOfTwoImportsAtATimeTheSecondIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "streets.sqlite")
	for range 2 { // first without a street file, then with one
		first := zipped(t, "tl_2025_36998_addrfeat", lane("Old Ln"))
		o := ImportOptions{Progress: func(p Progress) {
			if p.Share == 1 {
				if _, err := Import(context.Background(), path, []string{first}, ImportOptions{}); err != nil {
					t.Error(err)
				}
			}
		}}
		_, err := Import(context.Background(), path, []string{zipped(t, countyName, madeUp())}, o)
		if err == nil || !strings.Contains(err.Error(), "import again") {
			t.Errorf("the error is %v", err)
		}
		if _, ok := opened(t, path).Find(in11("1 Old Ln")); !ok {
			t.Error("what the first one read is lost")
		}
		onlyFile(t, path)
	}
}

func TestTheSameFilesGiveTheSameBytes(t *testing.T) {
	files := []string{zipped(t, countyName, madeUp()), pbfFile(t, "village", village())}
	var made [2][]byte
	for i := range made {
		path := filepath.Join(t.TempDir(), "streets.sqlite")
		if _, err := Import(context.Background(), path, files, ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		made[i], _ = os.ReadFile(path)
	}
	if len(made[0]) == 0 || !bytes.Equal(made[0], made[1]) {
		t.Error("they differ")
	}
}

func TestWhatAKilledImportLeftIsRemovedOnceItIsOld(t *testing.T) {
	folder := t.TempDir()
	old, young := filepath.Join(folder, buildPrefix+"1"), filepath.Join(folder, buildPrefix+"2")
	for _, path := range []string{old, young} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-buildTimeout - time.Minute)
	if err := os.Chtimes(old, long, long); err != nil {
		t.Fatal(err)
	}
	if _, err := Import(context.Background(), filepath.Join(folder, "s"), []string{zipped(t, countyName, lane("A Ln"))}, ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old one is there: %v", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("one that may be at work is gone: %v", err)
	}
}

// The variables that make the test binary an import to be killed.
const (
	victimPath = "STREETS_TEST_PATH"
	victimFile = "STREETS_TEST_FILE"
)

// kills is how often an import is killed; each takes a few milliseconds.
const kills = 15

func TestMain(m *testing.M) {
	if path := os.Getenv(victimPath); path != "" {
		_, err := Import(context.Background(), path, []string{os.Getenv(victimFile)}, ImportOptions{})
		if err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

func TestAKilledImportLeavesTheOldFileWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "streets.sqlite")
	if _, err := Import(context.Background(), path, []string{zipped(t, "tl_2025_36998_addrfeat", lane("Old Ln"))}, ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	file := zipped(t, countyName, slices.Repeat(madeUp(), 50))
	begin := time.Now()
	runVictim(t, path+"-measured", file, time.Minute)
	whole := time.Since(begin)
	finished := 0
	for i := range kills {
		if runVictim(t, path, file, whole*time.Duration(i)/kills) {
			finished++
		}
		s, err := Open(path)
		if err != nil {
			t.Fatalf("killed after %d of %d: %v", i, kills, err)
		}
		_, old := s.Find(in11("1 Old Ln"))
		_, fresh := s.Find(in11("1001 5th Ave"))
		if !old || finished > 0 && !fresh {
			t.Errorf("killed after %d of %d: old %v, new %v, %d had finished", i, kills, old, fresh, finished)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("an import of %v was killed %d times, and %d times was done before", whole, kills-finished, finished)
}

// runVictim runs an import that is killed after a while; done is false if it was.
func runVictim(t *testing.T, path, file string, after time.Duration) (done bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimPath+"="+path, victimFile+"="+file)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	return cmd.Wait() == nil
}

func FuzzShapefile(f *testing.F) {
	f.Add(shpOf(lane("A Ln")), dbfOf(lane("A Ln")))
	f.Fuzz(func(t *testing.T, shp, dbf []byte) {
		var c collection
		l, err := scan(bytes.NewReader(shp), int64(len(shp)), bytes.NewReader(dbf), "UTF-8")
		if err != nil {
			return
		}
		r := tigerReader{into: &c}
		if err := r.read(context.Background(), l, func(float64) {}); err != nil {
			return
		}
		for _, streets := range c.areas {
			for _, s := range streets {
				if _, err := unpack(s.name, s.pack()); err != nil {
					t.Errorf("%+v: %v", s, err)
				}
			}
		}
	})
}

func FuzzFind(f *testing.F) {
	path := filepath.Join(f.TempDir(), "streets.sqlite")
	if _, err := Import(context.Background(), path, []string{zipped(f, countyName, madeUp()), pbfFile(f, "village", village())}, ImportOptions{TownOf: townOf}); err != nil {
		f.Fatal(err)
	}
	s := opened(f, path)
	for _, street := range []string{"101 main st apt 4", "400–4567 Lougheed Highway", "101 1160 Burrard Street", "12-34 56th Ave", "154 & 164 Delaine Street",
		"2859 Boudinot Ave, Suite 107", "N6 W23001 Bluff Rd", "101½ Main", "51, rue Principale", "7001 US-12 #4", "PO Box 7", "&&&", "1 1 1 1 1 1"} {
		f.Add(street, "Sampleton", sampleton)
	}
	f.Fuzz(func(t *testing.T, street, city, postcode string) {
		spot, ok := s.Find(Address{Street: street, City: city, Region: "NY", PostalCode: postcode})
		if ok != (spot != Spot{}) {
			t.Errorf("%+v, %v", spot, ok)
		}
		if ok && spot.Precision != AtAddress && spot.Precision != AtStreet {
			t.Errorf("%q is no precision", spot.Precision)
		}
		if ok && !(orb.Bound{Min: at(-1000, -1000), Max: at(20_000, 40_000)}).Contains(spot.Point) {
			t.Errorf("%q leads to %v, which is far from all streets", street, spot)
		}
	})
}

// TestEveryStateOfTheCensusHasACode checks the table against the number of states, Washington and territories.
func TestEveryStateOfTheCensusHasACode(t *testing.T) {
	codes := map[string]bool{}
	for fips, code := range regionsByFIPS {
		if len(fips) != 2 || !allDigits(fips) || len(code) != 2 || codes[code] {
			t.Errorf("%s: %s", fips, code)
		}
		codes[code] = true
	}
	if len(codes) != 50+1+5 {
		t.Errorf("there are %d", len(codes))
	}
}
