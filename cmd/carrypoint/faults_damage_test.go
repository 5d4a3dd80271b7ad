package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"carrypoint/internal/edition"
)

// A damage is a way in which a file comes to differ from what was written.
type damage struct {
	name   string
	damage func(content []byte) []byte
}

// TestDamageIsRefusedAndTheLastGoodEditionServes flips bytes of the edition in
// force and of the file that names it, and cuts them short.
func TestDamageIsRefusedAndTheLastGoodEditionServes(t *testing.T) {
	flips, cuts, random := times(t, "FAULTS_FLIPS", 8), times(t, "FAULTS_TRUNCATIONS", 4), choices(t)
	v := newVictim(t, t.TempDir())
	before, err := edition.InForce(v.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	v.must(v.bring(v.edit(), harm{}))
	v.stands()
	now, err := edition.InForce(v.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	flip := damage{"a flipped byte", func(content []byte) []byte {
		content[random.IntN(len(content))] ^= byte(1 + random.IntN(255))
		return content
	}}
	cut := damage{"a file cut short", func(content []byte) []byte { return content[:random.IntN(len(content))] }}
	for _, c := range []struct {
		what, path string
		serves     string // who begins to serve the damaged folder
	}{
		{"the edition", filepath.Join(v.dir, "editions", now.Edition+".sqlite"), before.Edition},
		{"the publication in force", filepath.Join(v.dir, "current"), now.Edition},
	} {
		t.Run(c.what, func(t *testing.T) {
			began := time.Now()
			good, err := os.ReadFile(c.path)
			if err != nil {
				t.Fatal(err)
			}
			for i := range flips + cuts {
				d := flip
				if i >= flips {
					d = cut
				}
				damaged := d.damage([]byte(string(good)))
				putBack(t, c.path, damaged)
				if err := refused(v.dir, c.serves); err != nil {
					t.Errorf("%s in %s, %d bytes: %v", d.name, c.what, len(damaged), err)
				}
			}
			server := start(t, "--dir", v.dir)
			if got := server.get(t, "/readyz"); got.status != 200 || !strings.HasPrefix(got.body, "ready: edition "+c.serves[:12]) || !strings.Contains(got.body, "was refused") {
				t.Errorf("a server that begins in a damaged folder says %+v", got)
			}
			putBack(t, c.path, good)
			v.serves(now.Edition[:12]) // which was served all the time
			t.Logf("%d flips and %d cuts in %s", flips, cuts, time.Since(began).Round(time.Second))
		})
	}
	v.recovers()
}

// putBack writes a file in the place of one that may not be written to.
func putBack(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := errors.Join(os.Remove(path), os.WriteFile(path, content, 0o644)); err != nil {
		t.Fatal(err)
	}
}

// refused says what is wrong where a damaged folder is not refused, or where who
// begins to serve it serves anything but an edition.
func refused(dir, serves string) error {
	if e, err := edition.Current(dir, nil); err == nil {
		return fmt.Errorf("edition %s was opened", e.ShortID())
	}
	f := &edition.Follower{Dir: dir}
	if err := f.Begin(); err == nil {
		return errors.New("whoever begins to serve it tells of nothing")
	}
	if e := f.Edition(); e == nil || e.ID != serves {
		return fmt.Errorf("it does not serve edition %.12s", serves)
	}
	return nil
}
