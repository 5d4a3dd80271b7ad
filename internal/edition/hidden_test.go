package edition

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"carrypoint/internal/site"
)

// TestHidingIsBuildingWithout is the law of the list of hidden sites: no answer
// differs from those of an edition that never held them.
func TestHidingIsBuildingWithout(t *testing.T) {
	sites := invented(120, ohio)
	for i := range sites { // of every kind, in several areas, with and without a position
		s := &sites[i]
		s.Kind = site.Kinds()[i%len(site.Kinds())]
		s.Address.Region = []string{"OH", "IN", "MI"}[i%3]
		s.Address.County = []string{"", "one-county", "two-county"}[i%5%3]
		s.Address.Town = []string{"alder-falls", "birch-falls", ""}[i%7%3]
		if i%4 == 0 {
			s.Position = site.Position{}
		}
	}
	whole, _ := built(t, sites)
	rapid.Check(t, func(r *rapid.T) {
		hidden := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) string {
			return fmt.Sprintf("us-oh-example-%06d", rapid.IntRange(0, 130).Draw(r, "number")) // also of sites that are not there
		}), 0, 130).Draw(r, "hidden")
		got, err := whole.Without(hidden)
		if err != nil {
			r.Fatal(err)
		}
		want, _ := built(t, without(sites, hidden))
		sameAnswers(r, got, want, sites)
	})
}

func sameAnswers(t *rapid.T, got, want *Edition, all []site.Site) {
	same := func(what string, got, want any) {
		t.Helper()
		if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
			t.Fatalf("%s: %s", what, diff)
		}
	}
	same("sites", got.Sites(), want.Sites())
	same("count", got.Len(), want.Len())
	same("what it says of itself", got.Meta, want.Meta)
	f := Filter{
		Free: rapid.Bool().Draw(t, "free"), NoID: rapid.Bool().Draw(t, "no id"), StepFree: rapid.Bool().Draw(t, "step free"),
		Open: rapid.Bool().Draw(t, "open"), OpenAt: monday,
		Need:   rapid.SliceOfNDistinct(rapid.SampledFrom([]site.Code{site.Naloxone, site.FentanylTestStrips}), 0, 2, rapid.ID).Draw(t, "need"),
		Within: Area{Country: "us", Region: rapid.SampledFrom([]string{"oh", "in"}).Draw(t, "within")},
	}
	if rapid.Bool().Draw(t, "anywhere") {
		f.Within = Area{}
	}
	from := orb.Point{rapid.Float64Range(-86, -80).Draw(t, "lon"), rapid.Float64Range(38, 42).Draw(t, "lat")}
	same("near", got.Near(from, f, monday, 0, 200), want.Near(from, f, monday, 0, 200))
	for _, region := range []string{"oh", "in", "mi"} {
		same("by mail", ids(got.Remote("us", region, f, monday)), ids(want.Remote("us", region, f, monday)))
		same("without a place", ids(got.Unplaced("us", region, f, monday)), ids(want.Unplaced("us", region, f, monday)))
		same("areas of "+region, got.Within("us", region), want.Within("us", region))
		for _, area := range got.Within("us", region) {
			same("count of an area", got.Count(area), want.Count(area))
		}
	}
	same("regions", got.Regions("us"), want.Regions("us"))
	for _, s := range all {
		_, gotErr := got.Site(s.ID, monday)
		_, wantErr := want.Site(s.ID, monday)
		same("the page of a site", errors.Is(gotErr, site.ErrNotFound), errors.Is(wantErr, site.ErrNotFound))
	}
}

func TestHideAndUnhide(t *testing.T) {
	for name, key := range map[string]*Key{"unsigned": nil, "signed": newKey(t, "steward")} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			now := monday
			wantHidden := func(h Hiding, err error, want ...string) {
				t.Helper()
				must(t, err)
				kept, err := Hidden(dir, key.keys())
				must(t, err)
				if diff := cmp.Diff(h, kept); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff(want, h.IDs); diff != "" {
					t.Error(diff)
				}
			}
			h, err := Hidden(dir, key.keys())
			wantHidden(h, err)
			first, err := Hide(dir, key, now, "us-oh-b", "us-oh-a", "us-oh-b")
			wantHidden(first, err, "us-oh-a", "us-oh-b")
			second, err := Hide(dir, key, now, "us-oh-c")
			wantHidden(second, err, "us-oh-a", "us-oh-b", "us-oh-c")
			if second.Seq <= first.Seq {
				t.Errorf("the numbers are %d, then %d", first.Seq, second.Seq)
			}
			again, err := Hide(dir, key, now.Add(time.Hour), "us-oh-c")
			wantHidden(again, err, second.IDs...)
			if again.Seq != second.Seq {
				t.Error("hiding what is hidden made another list")
			}
			third, err := Unhide(dir, key, now, "us-oh-b", "us-oh-never")
			wantHidden(third, err, "us-oh-a", "us-oh-c")
			remove(t, filepath.Join(dir, hiddenName))
			anew, err := Hide(dir, key, now.Add(time.Hour), "us-oh-d")
			wantHidden(anew, err, "us-oh-d")
			if anew.Seq <= third.Seq {
				t.Errorf("the number fell from %d to %d", third.Seq, anew.Seq)
			}
		})
	}
}

func TestHideRefuses(t *testing.T) {
	dir := t.TempDir()
	_, err := Hide(dir, nil, monday, "us-oh-a")
	must(t, err)
	var many []string
	for i := range 3000 {
		many = append(many, fmt.Sprintf("us-oh-example-site-number-%06d", i))
	}
	for name, c := range map[string]struct {
		ids  []string
		says string
	}{
		"what is no id":         {[]string{"us-oh-a\nsite us-oh-b"}, "is no id of a site"},
		"an empty id":           {[]string{""}, "is no id of a site"},
		"more than it can hold": {many, "publish an edition without these sites"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Hide(dir, nil, monday, c.ids...); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
			if h, err := Hidden(dir, nil); err != nil || len(h.IDs) != 1 {
				t.Errorf("hidden are %+v, %v", h, err)
			}
		})
	}
	if _, err := Hide(filepath.Join(dir, "nowhere"), nil, monday, "us-oh-a"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there gave %v", err)
	}
}

// TestAListThatCanNotBeTrustedIsNotAddedTo keeps what it names from being lost,
// or signed by somebody who never read it.
func TestAListThatCanNotBeTrustedIsNotAddedTo(t *testing.T) {
	key, other := newKey(t, "steward"), newKey(t, "other")
	for name, c := range map[string]struct {
		before func(dir string) error
		want   error
	}{
		"it is damaged":         {func(dir string) error { return os.WriteFile(filepath.Join(dir, hiddenName), []byte("x"), 0o644) }, ErrNotWhole},
		"it is not signed":      {func(dir string) error { _, err := Hide(dir, nil, monday, "us-oh-a"); return err }, ErrUnsigned},
		"it is another's":       {func(dir string) error { _, err := Hide(dir, other, monday, "us-oh-a"); return err }, ErrForeign},
		"a folder has its name": {func(dir string) error { return os.Mkdir(filepath.Join(dir, hiddenName), 0o755) }, syscall.EISDIR},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			must(t, c.before(dir))
			if _, err := Hide(dir, key, monday, "us-oh-b"); !errors.Is(err, c.want) || !strings.Contains(err.Error(), "move it away") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAFullDiskLeavesTheListOfHiddenSites(t *testing.T) {
	for _, step := range steps {
		dir := t.TempDir()
		before, err := Hide(dir, nil, monday, "us-oh-a")
		must(t, err)
		left := names(t, dir)
		w := publisher{dir, nil, monday, fullAt(step)}
		if _, err := w.changeHidden(func([]string) []string { return nil }); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("full at %s: got %v", step, err)
		}
		after, err := Hidden(dir, nil)
		must(t, err)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(left, names(t, dir)); diff != "" {
			t.Error(diff)
		}
	}
}

// TestWhatIsHiddenStaysHidden harms the list under a follower.
func TestWhatIsHiddenStaysHidden(t *testing.T) {
	key, other := newKey(t, "steward"), newKey(t, "steward")
	const hidden = "us-oh-example-000003"
	path := func(dir string) string { return filepath.Join(dir, hiddenName) }
	sealed := func(h Hiding, k *Key) []byte {
		b, err := seal(h.text(), k)
		must(t, err)
		return b
	}
	none := Hiding{Seq: monday.Unix() + 100, Since: monday}
	for name, c := range map[string]struct {
		harm func(t *testing.T, dir string)
		told error
		says string
	}{
		"the list is gone":            {func(t *testing.T, dir string) { remove(t, path(dir)) }, fs.ErrNotExist, "the list of hidden sites was refused: its file is not there"},
		"it is cut short":             {func(t *testing.T, dir string) { must(t, os.Truncate(path(dir), 60)) }, ErrNotWhole, "the list of hidden sites was refused: it is not whole"},
		"it is empty":                 {func(t *testing.T, dir string) { must(t, os.Truncate(path(dir), 0)) }, ErrNotWhole, "the list of hidden sites was refused: it is not whole"},
		"a newer one is not signed":   {func(t *testing.T, dir string) { replace(t, path(dir), sealed(none, nil)) }, ErrUnsigned, "the list of hidden sites was refused: it is not signed"},
		"a newer one is by another":   {func(t *testing.T, dir string) { replace(t, path(dir), sealed(none, other)) }, ErrForeign, "the list of hidden sites was refused: it is signed by a key that this server does not know"},
		"an older one is replayed":    {func(t *testing.T, dir string) { replace(t, path(dir), sealed(Hiding{Seq: 5, Since: monday}, key)) }, ErrOlder, "the list of hidden sites was refused: it is older than what was in force"},
		"another edition is in force": {func(t *testing.T, dir string) { publishAs(t, dir, 31, key) }, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			publishAs(t, dir, 30, key)
			f, refused := follow(t, dir, key)
			_, err := Hide(dir, key, monday, hidden)
			must(t, err)
			wantGone(t, f, hidden)
			c.harm(t, dir)
			for range 3 {
				wantGone(t, f, hidden)
			}
			wantTold(t, f, *refused, c.told, c.says)
			if c.told != nil {
				remove(t, path(dir))
			}
			h, err := Hide(dir, key, monday.Add(time.Hour), "us-oh-example-000004")
			must(t, err)
			wantGone(t, f, "us-oh-example-000004")
			if s := f.State(); s.Hiding.Seq != h.Seq || len(s.Refused) > 0 {
				t.Errorf("it serves list %d and not %d, and refuses %v", s.Hiding.Seq, h.Seq, s.Refused)
			}
		})
	}
}

func wantGone(t *testing.T, f *Follower, id string) {
	t.Helper()
	f.look()
	if _, err := f.Edition().Site(id, monday); !errors.Is(err, site.ErrNotFound) {
		t.Errorf("%s is still there: %v", id, err)
	}
}

func TestASiteComesBackFromTheEdition(t *testing.T) {
	dir := t.TempDir()
	p := publish(t, dir, 30)
	f, refused := follow(t, dir, nil)
	const first, second = "us-oh-example-000003", "us-oh-example-000004"
	_, err := Hide(dir, nil, monday, first, second)
	must(t, err)
	wantGone(t, f, first)
	_, err = Unhide(dir, nil, monday, first)
	must(t, err)
	wantGone(t, f, second)
	if _, err := f.Edition().Site(first, monday); err != nil || f.State().Publication != p {
		t.Error("it did not come back:", err)
	}
	image, err := os.ReadFile(editionPath(dir, p.Edition))
	must(t, err)
	remove(t, editionPath(dir, p.Edition))
	_, err = Unhide(dir, nil, monday, second)
	must(t, err)
	wantGone(t, f, second) // nothing to take it from
	if len(*refused) != 1 || !errors.Is((*refused)[0], fs.ErrNotExist) {
		t.Errorf("told of %v", *refused)
	}
	replace(t, editionPath(dir, p.Edition), image)
	publish(t, dir, 31)
	f.look()
	if _, err := f.Edition().Site(second, monday); err != nil {
		t.Error("it did not come with the next edition:", err)
	}
}

func sortedIDs(ids []string) []string {
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	return ids
}

func anyHiding(t *rapid.T) Hiding {
	return Hiding{
		Seq: rapid.Int64Range(1, 1<<40).Draw(t, "seq"), Since: time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "since"), 0).UTC(),
		IDs: sortedIDs(rapid.SliceOfDistinct(rapid.StringMatching(`[a-z0-9-]{1,30}`), rapid.ID[string]).Draw(t, "ids")),
	}
}

func TestAListComesOutOfItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyHiding(t)
		got, err := parseHiding(want.text())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestEveryChangeOfAListIsFound(t *testing.T) {
	key := newKey(t, "steward")
	for name, k := range map[string]*Key{"unsigned": nil, "signed": key} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(6, 7))
			dir := t.TempDir()
			_, err := Hide(dir, k, monday, "us-oh-a", "us-oh-b")
			must(t, err)
			path := filepath.Join(dir, hiddenName)
			good, err := os.ReadFile(path)
			must(t, err)
			for range 400 {
				damaged := []byte(string(good))
				harm(random, damaged)
				must(t, os.WriteFile(path, damaged, 0o644))
				if h, err := Hidden(dir, k.keys()); err == nil {
					t.Fatalf("a flipped byte gave %+v", h)
				}
			}
			for end := range good {
				must(t, os.WriteFile(path, good[:end], 0o644))
				if h, err := Hidden(dir, k.keys()); err == nil {
					t.Fatalf("%d of %d bytes gave %+v", end, len(good), h)
				}
			}
		})
	}
}

func FuzzHiding(f *testing.F) {
	f.Add(Hiding{Seq: 7, Since: monday, IDs: []string{"us-oh-a", "us-oh-b"}}.text())
	f.Add(hidingWord + "\nseq 1\nsince 2026-11-23T15:00:00Z\n")
	f.Add(hidingWord + "\nseq 1\nsince 2026-11-23T15:00:00+00:00\nsite \n")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := parseHiding(text)
		if err != nil {
			return
		}
		if h.text() != text || h.Seq < 1 {
			t.Errorf("%q is read as %+v", text, h)
		}
		for i, id := range h.IDs {
			if !siteID.MatchString(id) || i > 0 && h.IDs[i-1] >= id {
				t.Errorf("%q holds %q", text, id)
			}
		}
	})
}
