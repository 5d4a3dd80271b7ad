package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"carrypoint/internal/edition"
)

// A served is a server in this process, so that races are seen.
type served struct {
	address string
	log     *journal
	ended   chan int
	stop    context.CancelFunc
}

// serveHere serves a folder until the test ends.
func serveHere(t *testing.T, dir string) *served {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	reader, writer := io.Pipe()
	s := &served{log: &journal{}, ended: make(chan int, 1), stop: stop}
	go func() {
		s.ended <- run(world{ctx, writer, s.log, time.Now}, []string{"serve", "--addr", "127.0.0.1:0", "--dir", dir})
		_ = writer.Close() // of a pipe it gives no error
	}()
	said, _ := bufio.NewReader(reader).ReadString('\n') // without a line, the log says why
	line := firstLine.FindStringSubmatch(said)
	if line == nil {
		t.Fatalf("it began with %q; its log: %s", said, s.log)
	}
	s.address = line[3]
	t.Cleanup(func() {
		stop()
		if code := <-s.ended; code != 0 {
			t.Errorf("serving ended with code %d: %s", code, s.log)
		}
	})
	return s
}

// ready is what the server says of its edition.
func (s *served) ready(t *testing.T) string {
	t.Helper()
	return get(t, "http://"+s.address+"/readyz").body
}

// wantSoon waits for an edition.
func (s *served) wantSoon(t *testing.T, id string) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if strings.Contains(s.ready(t), id[:12]) {
			return
		}
	}
	t.Errorf("it did not move to edition %.12s; its log: %s", id, s.log)
}

// wantReady waits until a server says so of what it serves: a busy one looks late.
func (s *served) wantReady(t *testing.T, want string) {
	t.Helper()
	var said string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if said = s.ready(t); said == want {
			return
		}
	}
	t.Errorf("it said %q, want %q", said, want)
}

// rebuilt makes a new edition current and gives its id.
func rebuilt(t *testing.T, dir, title string) string {
	t.Helper()
	if got := command("edition", "build", sites, "--dir", dir, "--title", title); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	return strings.TrimSuffix(filepath.Base(currentFile(t, dir)), ".sqlite")
}

// TestHarmToTheFolderStopsNobody does one harm after the other to one server,
// with a good edition built after each.
func TestHarmToTheFolderStopsNobody(t *testing.T) {
	t.Parallel() // it mostly waits
	dir := folderOf(t, sites)
	server := serveHere(t, dir)
	for i, c := range []struct {
		name string
		harm func()
		says string // beside what it serves
	}{
		{"a flipped byte", func() { flip(t, currentFile(t, dir)) }, ""},
		{"nothing is in force", func() { remove(t, filepath.Join(dir, "current")) }, ""},
		{"rubbish is in force", func() { replace(t, filepath.Join(dir, "current"), []byte("rubbish")) }, "the publication in force was refused: it is not whole\n"},
		{"the first publication again", func() { again(t, dir, 1) }, "publication 1 was refused: it is older than what was in force\n"},
		{"everything is gone", func() { remove(t, dir) }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := server.ready(t)
			c.harm()
			time.Sleep(2 * edition.LookEvery) // it has looked
			server.wantReady(t, before+c.says)
			if got := get(t, "http://"+server.address+"/site/us-ca-example-box"); got.status != 200 {
				t.Errorf("a site of the last good edition: status %d", got.status)
			}
			server.wantSoon(t, rebuilt(t, dir, fmt.Sprint("after harm ", i)))
		})
	}
	log := server.log.String()
	for _, once := range []string{"it is not whole", "it is older than what was in force"} {
		if strings.Count(log, once) != 1 {
			t.Errorf("it did not tell once that %s: %s", once, log)
		}
	}
	if strings.Count(log, "it was refused") != 2 {
		t.Errorf("it told of more than the two that it saw: %s", log)
	}
}

// again puts a former publication in force, as a thief might.
func again(t *testing.T, dir string, seq int) {
	t.Helper()
	sealed, err := os.ReadFile(filepath.Join(dir, "publications", fmt.Sprintf("%06d.note", seq)))
	if err != nil {
		t.Fatal(err)
	}
	replace(t, filepath.Join(dir, "current"), sealed)
}

// TestAServerBeginsWithTheLastGoodEdition starts on folders that were harmed
// while no server was there.
func TestAServerBeginsWithTheLastGoodEdition(t *testing.T) {
	const good, inside = "4", "" // how many places it serves
	for name, c := range map[string]struct {
		harm   func(dir string)
		places string
		says   string
	}{
		"the current one is damaged":    {func(dir string) { flip(t, currentFile(t, dir)) }, good, "the edition is damaged"},
		"the current one is gone":       {func(dir string) { remove(t, currentFile(t, dir)) }, good, "no such file"},
		"nothing is in force":           {func(dir string) { remove(t, filepath.Join(dir, "current")) }, good, "there is no current edition"},
		"nothing is left":               {func(dir string) { remove(t, dir) }, inside, "serving the data inside the binary"},
		"a file stands in its place":    {func(dir string) { remove(t, dir); write(t, dir, "x") }, inside, "a file stands where a folder should be"},
		"no edition is whole":           {func(dir string) { spoil(t, dir) }, inside, "serving the data inside the binary"},
		"nothing is wrong, as so often": {func(string) {}, good, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folderOf(t, sites)
			rebuilt(t, dir, "newer")
			c.harm(dir)
			server := start(t, "--dir", dir)
			line := firstLine.FindStringSubmatch(server.said)
			if (line[1] == good) != (c.places == good) {
				t.Errorf("it said %q; its log: %s", server.said, server.log)
			}
			server.end(t)
			if !strings.Contains(server.log.String(), c.says) {
				t.Errorf("its log does not say %q: %s", c.says, server.log)
			}
		})
	}
}

// spoil cuts every edition of a folder short.
func spoil(t *testing.T, dir string) {
	t.Helper()
	for path := range contents(t, filepath.Join(dir, "editions")) {
		cut(t, path)
	}
}

// The issue asks for a change of edition under load without one failed request.
const (
	builds      = 6
	minRequests = 3000
)

func TestAChangeOfEditionUnderLoadFailsNoRequest(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, sites)
	server := serveHere(t, dir)
	crowd := &crowd{address: server.address}
	var finished atomic.Bool
	var visiting sync.WaitGroup
	visiting.Go(func() {
		crowd.until(t, func() bool { return finished.Load() && crowd.asked.Load() >= minRequests })
	})
	for i := range builds {
		server.wantSoon(t, rebuilt(t, dir, fmt.Sprint("edition ", i)))
		if got := command("edition", "build", "testdata/rejected.csv", "--dir", dir); got.code != exitFailed {
			t.Errorf("a worthless file was let in: %+v", got)
		}
	}
	finished.Store(true)
	visiting.Wait()
	t.Logf("%d requests, %d editions seen", crowd.asked.Load(), len(crowd.serving))
	if len(crowd.serving) < builds {
		t.Errorf("only %d editions were seen: %q", len(crowd.serving), crowd.serving)
	}
}
