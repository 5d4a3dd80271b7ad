package fetch

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var today = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// A bench is a client in front of stand-ins on this machine. Its clock stands
// still and its pauses take no time.
type bench struct {
	*Client
	mu     sync.Mutex
	pauses []time.Duration
	now    time.Time
}

// newBench lets the stand-ins through, and nothing else that is not public.
func newBench(t *testing.T, folder string, standIns ...*httptest.Server) *bench {
	t.Helper()
	b := &bench{now: today}
	b.Client = New(Options{
		Folder: folder,
		Now:    func() time.Time { return b.now },
		Sleep: func(ctx context.Context, d time.Duration) error {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.pauses = append(b.pauses, d)
			return context.Cause(ctx)
		},
		Guard: func(network, address string, c syscall.RawConn) error {
			for _, s := range standIns {
				if s.Listener.Addr().String() == address {
					return nil
				}
			}
			return public()(network, address, c)
		},
	})
	b.limits = limits{bytes: 4 << 20, page: 1 << 20, stall: maxStall, total: 2 * time.Minute}
	return b
}

// serve starts a stand-in that ends with the test.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// get fetches and expects an answer; its file is read.
func (b *bench) get(t *testing.T, protocol, address string) (*Answer, string) {
	t.Helper()
	a, err := b.Get(t.Context(), Request{Address: address, Protocol: protocol})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	text, err := os.ReadFile(a.Path)
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(text)) != a.Size {
		t.Errorf("the answer says that it has %d bytes, and has %d", a.Size, len(text))
	}
	return a, string(text)
}

// refuses expects an error of a kind, whose text says something.
func (b *bench) refuses(t *testing.T, protocol, address string, kind error, says string) {
	t.Helper()
	a, err := b.Get(t.Context(), Request{Address: address, Protocol: protocol})
	if err == nil {
		_ = a.Close()
		t.Fatalf("it was fetched; want the error %q", kind)
	}
	if !errors.Is(err, kind) || !strings.Contains(err.Error(), says) {
		t.Errorf("it fails with:\n%v\nwant %q, saying %q", err, kind, says)
	}
}

func TestAClosedAnswerLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte("name\nThe Mission\n"))
	})
	b := newBench(t, "", s)
	a, err := b.Get(t.Context(), Request{Address: s.URL + "/sites.csv", Protocol: ProtocolFile})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	b.refuses(t, ProtocolFile, s.URL+"/gone", ErrGone, "look for its new address")
	if left := filesOf(t, os.TempDir()); len(left) > 0 {
		t.Error("left behind:", left)
	}
}

func TestAnUnknownProtocolIsRefused(t *testing.T) {
	newBench(t, "").refuses(t, "ftp", "https://data.example.org/", ErrAddress, `the protocol "ftp"`)
}

func TestWhoeverAsksCanStop(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	ctx, stop := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, stop)
	_, err := newBench(t, "", s).Get(ctx, Request{Address: s.URL, Protocol: ProtocolFile})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped, it gave %v", err)
	}
}

func TestSleepEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := sleep(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("sleeping gave %v", err)
	}
	if err := sleep(t.Context(), time.Millisecond); err != nil {
		t.Errorf("sleeping gave %v", err)
	}
}

// The guard is the only way to let a private address through. Whoever sets it
// outside a test opens a door.
func TestOnlyTestsSetTheGuard(t *testing.T) {
	root := filepath.Join("..", "..")
	read := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // the compiler says so
		}
		read++
		if imports(file, "carrypoint/internal/fetch") && setsGuard(file) {
			t.Errorf("%s sets the guard of package fetch", path)
		}
		return nil
	})
	if err != nil || read < 50 {
		t.Errorf("read %d files: %v", read, err)
	}
}

func imports(file *ast.File, path string) bool {
	return slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == strconv.Quote(path) })
}

// setsGuard finds both ways to set a field: in a literal, and by assignment.
func setsGuard(file *ast.File) (found bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			key, ok := n.Key.(*ast.Ident)
			found = found || ok && key.Name == "Guard"
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				field, ok := left.(*ast.SelectorExpr)
				found = found || ok && field.Sel.Name == "Guard"
			}
		}
		return true
	})
	return found
}

func filesOf(t *testing.T, folder string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// quiet keeps a stand-in's own complaints out of the output.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// letThrough lets everything on this machine through.
func letThrough(network, address string, c syscall.RawConn) error {
	if at, err := netip.ParseAddrPort(address); err == nil && at.Addr().IsLoopback() {
		return nil
	}
	return public()(network, address, c)
}

func fileText(t interface{ Fatalf(string, ...any) }, path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return string(text)
}

func TestAGuardThatIsSetIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		sets bool
	}{
		"in a literal":    {`_ = fetch.New(fetch.Options{Guard: nil})`, true},
		"by assignment":   {`var o fetch.Options; o.Guard = nil`, true},
		"not by the rest": {`_ = fetch.New(fetch.Options{Folder: "x"})`, false},
	} {
		t.Run(name, func(t *testing.T) {
			source := "package any\nimport \"carrypoint/internal/fetch\"\nfunc f() { " + c.body + " }\n"
			file, err := parser.ParseFile(token.NewFileSet(), "any.go", source, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			if !imports(file, "carrypoint/internal/fetch") || setsGuard(file) != c.sets {
				t.Errorf("it is found: %v", setsGuard(file))
			}
		})
	}
}

func TestSeveralDatasetsAtATime(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.Path) })
	b := newBench(t, t.TempDir(), s)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			path := "/" + strconv.Itoa(i)
			a, err := b.Get(t.Context(), Request{s.URL + path, ProtocolFile})
			if err != nil {
				t.Error(err)
				return
			}
			if text, err := os.ReadFile(a.Path); err != nil || string(text) != path {
				t.Errorf("%s gives %q: %v", path, text, err)
			}
		})
	}
	all.Wait()
}
