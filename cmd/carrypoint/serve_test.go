package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The issue allows one second from start to ready. A busy machine delays one start
// or the other, so the fastest of those within a minute is held to it.
const readyWithin = time.Second

// patience is how long a test waits for what must happen soon on a machine that may
// be busy. It is spent only where the test is about to fail.
const patience = 30 * time.Second

// A process is the released binary, serving.
type process struct {
	*exec.Cmd
	address string // "127.0.0.1:12345"
	said    string // its first line
	log     *journal
}

// A journal is a log that may be read while it is written.
type journal struct {
	sync.Mutex
	bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.Lock()
	defer j.Unlock()
	return j.Buffer.Write(b)
}

func (j *journal) String() string {
	j.Lock()
	defer j.Unlock()
	return j.Buffer.String()
}

// firstLine is what serving says of itself, on a port that the system chose.
var firstLine = regexp.MustCompile(`^carrypoint serves (\d+) places of edition ([0-9a-f]{12}) at http://(127\.0\.0\.1:\d+)\n$`)

// start serves on a free port until the test ends.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	return begin(t, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
}

func begin(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(binary(t), args...), log: &journal{}}
	p.Stderr = p.log
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.Process.Kill() // most tests have ended it
		_ = p.Wait()
	})
	p.said, _ = bufio.NewReader(out).ReadString('\n') // without a line, the log says why
	line := firstLine.FindStringSubmatch(p.said)
	if line == nil {
		t.Fatalf("it began with %q; its log: %s", p.said, p.log)
	}
	p.address = line[3]
	return p
}

// end stops it, so that its log is whole.
func (p *process) end(t *testing.T) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("it ended with %v; its log: %s", err, p.log)
	}
}

// A reply is what a page answered.
type reply struct {
	status int
	body   string
}

func (p *process) get(t *testing.T, path string) reply {
	t.Helper()
	return get(t, "http://"+p.address+path)
}

func get(t *testing.T, url string) reply {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response.StatusCode, string(body)}
}

func TestServingSaysWhatAndWhereAndAnswers(t *testing.T) {
	dir := folderOf(t, sites)
	t.Setenv("CARRYPOINT_ADDR", "127.0.0.1:0")
	t.Setenv("CARRYPOINT_DIR", dir)
	t.Setenv("CARRYPOINT_TITLE", "Example Resources")
	t.Setenv("CARRYPOINT_LANG", "es")
	server := begin(t) // serving is what it does without a command
	line := firstLine.FindStringSubmatch(server.said)
	if line[1] != "4" || !strings.Contains(currentFile(t, dir), line[2]) {
		t.Errorf("it said %q of %s", server.said, currentFile(t, dir))
	}
	if got := server.get(t, "/livez"); got != (reply{200, "live\n"}) {
		t.Errorf("/livez gave %+v", got)
	}
	if got := server.get(t, "/readyz"); got != (reply{200, "ready: edition " + line[2] + ", publication 1\n"}) {
		t.Errorf("/readyz gave %+v", got)
	}
	home := server.get(t, "/")
	for _, part := range []string{`lang="es"`, "Example Resources"} {
		if home.status != 200 || !strings.Contains(home.body, part) {
			t.Errorf("the first page has status %d and no %s", home.status, part)
		}
	}
}

func TestServingIsReadyWithinASecond(t *testing.T) {
	binary(t) // building it takes longer
	fastest := startToReady(t)
	for end := time.Now().Add(2 * patience); fastest > readyWithin && time.Now().Before(end); {
		fastest = min(fastest, startToReady(t))
	}
	t.Logf("from start to ready: %d ms", fastest.Milliseconds())
	if fastest > readyWithin {
		t.Errorf("from start to ready: %s, more than %s", fastest, readyWithin)
	}
}

func startToReady(t *testing.T) time.Duration {
	t.Helper()
	began := time.Now()
	server := start(t)
	if got := server.get(t, "/readyz"); got.status != 200 {
		t.Errorf("/readyz gave %+v", got)
	}
	took := time.Since(began)
	server.end(t)
	return took
}

func TestServingThatCanNotBegin(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for name, c := range map[string]struct {
		args []string
		says []string
	}{
		"a port in use":            {[]string{"--addr", taken.Addr().String()}, []string{taken.Addr().String() + " is in use by another program", "stop it", "--addr"}},
		"an address without port":  {[]string{"--addr", "localhost"}, []string{`"localhost"`, "missing port", "127.0.0.1:8080"}},
		"an address of nobody":     {[]string{"--addr", "203.0.113.7:8080"}, []string{`"203.0.113.7:8080"`, "--addr"}},
		"rules that are not there": {[]string{"--policy", "nowhere.toml"}, []string{"--policy", "nowhere.toml", "misspelt"}},
		"a rule that is none":      {[]string{"--policy", written(t, "rules.toml", "hide_after = 540\n")}, []string{"rules.toml", `no rule "hide_after"`, "hide_after_days", "data/policy/freshness.toml"}},
		"a language without text":  {[]string{"--lang", "tlh"}, []string{`"tlh"`, "--lang may be en"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantSentence(t, runBinary(t, append([]string{"serve"}, c.args...)...), exitFailed, c.says...)
		})
	}
}

// half sends all of a form but its body, and returns when the server reads it.
func half(t *testing.T, address string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // the server closes it too
	fmt.Fprintf(conn, "POST /near HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\nExpect: 100-continue\r\n\r\n", address)
	reader := bufio.NewReader(conn)
	if line, err := reader.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 100") {
		t.Fatalf("the server does not read the form: %q %v", line, err)
	}
	if _, err := reader.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return conn, reader
}

// closed waits until nobody listens at an address.
func closed(t *testing.T, address string) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return
		}
		conn.Close()
	}
	t.Fatal("it goes on to accept connections")
}

func TestStoppingAnswersWhatIsUnderWay(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		t.Run(signal.String(), func(t *testing.T) {
			server := start(t)
			conn, reader := half(t, server.address)
			if err := server.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			closed(t, server.address)
			fmt.Fprint(conn, "q=94103")
			response, err := http.ReadResponse(reader, nil)
			if err != nil {
				t.Fatal("the request under way was dropped:", err)
			}
			response.Body.Close()
			if response.StatusCode != http.StatusSeeOther || response.Header.Get("Location") != "/near/94103" {
				t.Errorf("status %d to %q", response.StatusCode, response.Header.Get("Location"))
			}
			if err := server.Wait(); err != nil {
				t.Errorf("it ended with %v; its log: %s", err, server.log)
			}
		})
	}
}

func TestASecondSignalEndsAtOnce(t *testing.T) {
	server := start(t)
	half(t, server.address)
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	for end := time.Now().Add(stopTimeout / 2); time.Now().Before(end); { // after stopTimeout one signal is enough
		_ = server.Process.Signal(syscall.SIGTERM) // until it has gone
		select {
		case <-ended:
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Error("it waits for the request that nobody finishes")
}
