package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"carrypoint/internal/catalog"
	"carrypoint/internal/edition"
)

// The tests of faults do harm at random moments to whoever writes to a folder
// that is served. Here they do it a few times; "make faults" does it as often as
// its variables say. Each prints the seed of its choices, and FAULTS_SEED makes
// the same ones again.

// times is how often a test does harm.
func times(t *testing.T, variable string, few int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return few
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q; give a number", variable, text)
	}
	return n
}

func choices(t *testing.T) *rand.Rand {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("FAULTS_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("FAULTS_SEED is %q; give a number", text)
		}
	}
	t.Logf("FAULTS_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// boxesUnderFault make an edition of a megabyte: enough that every step writes
// for a while, and little enough for hundreds of rounds.
const boxesUnderFault = 1000

// A victim is a county's folder of data, served while its writers come to harm.
type victim struct {
	t      *testing.T
	dir    string
	desk   countyDesk // what is imported, and by which mapping: out of harm's way
	edits  int
	took   map[string]time.Duration // how long a step took when it was last done
	server *process
	guard  *guard

	run         int   // the newest run that was said to be in force
	publication int64 // the newest that was said to be published
}

// newVictim publishes a first edition in a folder, and serves it until the test ends.
func newVictim(t *testing.T, dir string) *victim {
	t.Helper()
	v := &victim{t: t, dir: dir, desk: newDesk(t), took: map[string]time.Duration{}}
	v.must(v.bring(v.edit(), harm{}))
	v.server = start(t, "--dir", dir)
	v.guard = newGuard(t, v.server.address)
	v.stands()
	return v
}

// edit writes another edit of the dataset: other hours of two fifths of its boxes.
func (v *victim) edit() (file string) {
	v.t.Helper()
	v.edits++
	return v.desk.boxes(1, boxesUnderFault, func(n int, row []string) {
		row[4], row[5] = fmt.Sprintf("%.5f", 39.2+float64(n%40)/50), fmt.Sprintf("%.5f", -84.8+float64(n/40)/50)
		if n%5 == v.edits%5 {
			row[7] = fmt.Sprintf("Mon-Fri 9:%02dam-5pm", v.edits%60)
		}
	})
}

// A harm comes to one step on the way to the public; the zero value is none.
type harm struct {
	step  string
	kill  time.Duration // after which the step is killed; 0 for never
	under []string      // the program that the step is run under
}

// steps are the way to the public.
var steps = []string{"import", "apply", "publish"}

// command runs a command on the folder. A killed one has the code -1.
func (v *victim) command(h harm, args ...string) ending {
	v.t.Helper()
	line := append(append([]string{binary(v.t)}, args...), "--dir", v.dir, "--json")
	ctx := v.t.Context()
	if h.step == args[0] {
		line = append(slices.Clone(h.under), line...)
		if h.kill > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, h.kill)
			defer cancel()
		}
	}
	var out, log bytes.Buffer
	cmd := exec.CommandContext(ctx, line[0], line[1:]...)
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, &log, 10*time.Second
	began := time.Now()
	err := cmd.Run()
	if err == nil && h.under == nil {
		v.took[args[0]] = time.Since(began)
	}
	if exited := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exited) && ctx.Err() == nil {
		v.t.Fatal(err)
	}
	return ending{cmd.ProcessState.ExitCode(), out.String(), log.String()}
}

// bring brings a file to the public: import, apply and publish, each in a
// process of its own. It ends with the first that fails, and remembers what was
// said to be done. step is that one.
func (v *victim) bring(file string, h harm) (got ending, step string) {
	v.t.Helper()
	mapping := filepath.Join(v.desk.dir, sourcesFolder, "county.toml")
	if got = v.command(h, "import", file, "--source", mapping); got.code != 0 {
		return got, "import"
	}
	run := decoded[jsonRun](v.t, got.out).Run
	got = v.command(h, "apply", fmt.Sprint(run), "--confirm")
	if strings.HasSuffix(got.out, "\n") {
		v.run = decoded[jsonRun](v.t, got.out).Run
	}
	if got.code != 0 {
		return got, "apply"
	}
	got = v.command(h, "publish")
	if strings.HasSuffix(got.out, "\n") {
		v.publication = decoded[jsonPublication](v.t, got.out).Seq
	}
	return got, "publish"
}

// must fails the test where a step failed that nobody harmed.
func (v *victim) must(got ending, step string) {
	v.t.Helper()
	if got.code != 0 {
		v.t.Fatalf("%s failed, and nothing was done to it: %+v", step, got)
	}
}

// stands fails the test unless all that was said to be done is there and whole,
// and is served.
func (v *victim) stands() {
	v.t.Helper()
	v.published()
	v.catalogued()
}

// published looks at what is in force, and at what is served.
func (v *victim) published() {
	v.t.Helper()
	v.serves(v.whole())
}

// whole looks at what is in force, and says which edition it is.
func (v *victim) whole() (id string) {
	v.t.Helper()
	p, err := edition.InForce(v.dir, nil)
	if err != nil {
		v.t.Fatal("what is in force: ", err)
	}
	if p.Seq < v.publication {
		v.t.Errorf("publication %d was said to be made, and %d is in force", v.publication, p.Seq)
	}
	v.publication = p.Seq
	e, err := edition.Current(v.dir, nil)
	if err != nil {
		v.t.Fatal("the edition in force: ", err)
	}
	if e.Len() != boxesUnderFault {
		v.t.Errorf("the edition in force has %d sites, not %d", e.Len(), boxesUnderFault)
	}
	return e.ShortID()
}

// serves waits until the server says that it serves an edition.
func (v *victim) serves(id string) {
	v.t.Helper()
	if v.server == nil {
		return
	}
	var got reply
	for range 600 {
		if got = v.server.get(v.t, "/readyz"); got.status == http.StatusOK && strings.HasPrefix(got.body, "ready: edition "+id) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	v.t.Fatalf("it does not serve edition %s; it says %+v; its log: %s", id, got, v.server.log)
}

// catalogued looks at the catalog.
func (v *victim) catalogued() {
	v.t.Helper()
	if said := v.ask("PRAGMA integrity_check"); said != "ok" {
		v.t.Fatalf("the catalog is not whole: %s", said)
	}
	if v.run > 0 {
		if state := v.ask("SELECT state FROM run WHERE id = ?", v.run); state != string(catalog.Applied) {
			v.t.Errorf("run %d was said to be in force, and is %q", v.run, state)
		}
	}
}

// ask puts a question to the catalog, past its package: a fault must not be
// hidden by what the package makes good.
func (v *victim) ask(query string, args ...any) (answer string) {
	v.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(v.dir, catalog.Name)+"?mode=rw&_pragma=busy_timeout(10000)")
	if err != nil {
		v.t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(query, args...).Scan(&answer); err != nil {
		v.t.Fatalf("%s: %v", query, err)
	}
	return answer
}

// leftovers are the files that crashed builds left in the folder.
func (v *victim) leftovers() []string {
	v.t.Helper()
	var all []string
	for _, pattern := range []string{".build-*", "editions/.build-*", "publications/.build-*"} {
		found, err := filepath.Glob(filepath.Join(v.dir, pattern))
		if err != nil {
			v.t.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

// keptEditions is how many a folder keeps.
const keptEditions = 10

// recovers fails the test unless the next dataset reaches the public now that
// nobody does harm, and nothing is left of what did not. It says how many files there were.
func (v *victim) recovers() (left int) {
	v.t.Helper()
	leftovers := v.leftovers()
	editions, err := filepath.Glob(filepath.Join(v.dir, "editions", "*.sqlite"))
	if err != nil {
		v.t.Fatal(err)
	}
	before := time.Now().Add(-time.Hour) // whoever wrote them is not at work any more
	for _, path := range append(editions, leftovers...) {
		if err := os.Chtimes(path, before, before); err != nil {
			v.t.Fatal(err)
		}
	}
	v.must(v.bring(v.edit(), harm{}))
	v.stands()
	if rest := v.leftovers(); len(rest) > 0 {
		v.t.Errorf("a publication leaves what crashed builds left: %v", rest)
	}
	if editions, _ = filepath.Glob(filepath.Join(v.dir, "editions", "*.sqlite")); len(editions) > keptEditions {
		v.t.Errorf("%d editions are kept, more than %d", len(editions), keptEditions)
	}
	if unfinished := v.ask("SELECT count(*) FROM run WHERE state = ?", string(catalog.Reading)); unfinished != "0" {
		v.t.Errorf("%s runs are left that were never finished", unfinished)
	}
	return len(leftovers)
}

// A guard visits a server page after page, while harm is done elsewhere.
type guard struct {
	crowd
	wrong atomic.Int64
}

// guardPause leaves the processors to those who are to be harmed.
const guardPause = 20 * time.Millisecond

// newGuard visits until the test ends. Every answer but a whole page fails it.
func newGuard(t *testing.T, address string) *guard {
	g := &guard{crowd: crowd{address: address}}
	client := &http.Client{Transport: &http.Transport{}, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	off, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		for i := 0; ; i++ {
			select {
			case <-off:
				return
			case <-time.After(guardPause):
			}
			g.asked.Add(1)
			if err := g.ask(client, paths[i%len(paths)]); err != nil {
				if g.wrong.Add(1) <= 5 { // the others are of the same cause
					t.Errorf("a visitor: %v", err)
				}
			}
		}
	}()
	t.Cleanup(func() {
		close(off)
		<-gone
		client.CloseIdleConnections()
		t.Logf("the server was asked %d times, %d answers were wrong", g.asked.Load(), g.wrong.Load())
	})
	return g
}
