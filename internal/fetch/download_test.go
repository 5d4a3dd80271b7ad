package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// dataset is plainly fictional, and long enough to be cut.
var dataset = func() string {
	var all strings.Builder
	all.WriteString("name,phone\n")
	for i := range 20_000 {
		fmt.Fprintf(&all, "Example House %d,555-01%02d\n", i, i%100)
	}
	return all.String()
}()

// hangUp ends an answer in its middle, as a broken line does.
func hangUp() { panic(http.ErrAbortHandler) }

func TestAFileAsItIs(t *testing.T) {
	for name, c := range map[string]struct {
		path, kind, format string
	}{
		"by its type":         {"/download", "text/csv; charset=utf-8", "csv"},
		"by its name":         {"/sites.GeoJSON", "text/plain", "geojson"},
		"by nothing":          {"/download", "application/octet-stream", ""},
		"by a broken type":    {"/sites.kmz", ";;", "kmz"},
		"a published sheet":   {"/spreadsheets/d/e/x/pub", "text/csv", "csv"},
		"a page by type only": {"/sites.csv", "text/html", "csv"},
	} {
		t.Run(name, func(t *testing.T) {
			var asked http.Header
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked = r.Header
				w.Header().Set("Content-Type", c.kind)
				w.Header().Set("Last-Modified", "Tue, 20 Oct 2026 10:00:00 GMT")
				_, _ = io.WriteString(w, dataset)
			})
			a, text := newBench(t, "", s).get(t, ProtocolFile, s.URL+c.path)
			if text != dataset {
				t.Errorf("it gives %d bytes of %d", len(text), len(dataset))
			}
			if a.Format != c.format || a.Host != s.Listener.Addr().String() || a.NotModified || a.LastEdit.Day() != 20 || len(a.Notes) > 0 {
				t.Errorf("the answer is %+v", a)
			}
			if agent := asked.Get("User-Agent"); !strings.HasPrefix(agent, "carrypoint/") {
				t.Errorf("it asks as %q", agent)
			}
			if asked.Get("Cookie") != "" || asked.Get("Referer") != "" || asked.Get("X-App-Token") != "" {
				t.Errorf("it tells more than it must: %v", asked)
			}
		})
	}
}

// A proxy would look names up by itself, where the guard can't see the answer.
func TestAProxyOfTheEnvironmentIsNotUsed(t *testing.T) {
	if New(Options{}).transport.Proxy != nil {
		t.Error("the client may ask a proxy")
	}
}

func TestWhatIsNotADataset(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   error
		says   string
	}{
		"nothing":             {text(""), ErrNotDataset, "it is empty"},
		"space only":          {text("\ufeff \r\n\t"), ErrNotDataset, "it is empty"},
		"a web page":          {text("\n<!DOCTYPE html><title>Sign in</title>"), ErrNotDataset, "web page"},
		"another web page":    {text("\ufeff<HTML lang=en>"), ErrNotDataset, "web page"},
		"not found":           {status(404), ErrGone, "look for its new address"},
		"gone":                {status(410), ErrGone, "it answers 410"},
		"a login":             {status(401), ErrForbidden, "ask the publisher"},
		"forbidden":           {status(403), ErrForbidden, "ask the publisher"},
		"a wrong request":     {status(400), ErrNotDataset, "it answers 400"},
		"no content":          {status(204), ErrNotDataset, "it answers 204"},
		"unchanged, unasked":  {status(304), ErrNotDataset, "it answers 304"},
		"a part, unasked":     {status(206), ErrUnreliable, "gives a part"},
		"unknown compression": {encoded("br", "xx"), ErrNotDataset, `compressed as "br"`},
		"broken compression":  {encoded("gzip", "not compressed at all"), gzip.ErrHeader, "unpacking the dataset"},
		"cut compression":     {encoded("gzip", string(packed(dataset)[:200])), io.ErrUnexpectedEOF, "unpacking the dataset"},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				c.answer(w, r)
			})
			folder := t.TempDir()
			newBench(t, folder, s).refuses(t, ProtocolFile, s.URL, c.want, c.says)
			if asked.Load() != 1 {
				t.Errorf("it was asked %d times", asked.Load())
			}
			if left := filesOf(t, folder); len(left) > 0 {
				t.Error("left behind:", left)
			}
		})
	}
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func encoded(encoding, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", encoding)
		_, _ = io.WriteString(w, body)
	}
}

func packed(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, text) // a buffer takes everything
	_ = z.Close()
	return b.Bytes()
}

func TestCompressionForTheWay(t *testing.T) {
	s := serve(t, encoded("gzip", string(packed(dataset))))
	if _, text := newBench(t, "", s).get(t, ProtocolFile, s.URL); text != dataset {
		t.Errorf("it gives %d bytes of %d", len(text), len(dataset))
	}
}

func TestBounds(t *testing.T) {
	zeros := make([]byte, 64<<10)
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(zeros); err != nil {
				return
			}
		}
	}
	bomb := packed(strings.Repeat("0", 10<<20)) // 10 KB
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		limits limits
		says   string
	}{
		"a body without end":       {endless, limits{bytes: 1 << 20}, "goes on after all"},
		"a bomb, by its size":      {encoded("gzip", string(bomb)), limits{bytes: 4 << 20}, "more than 4194304 bytes"},
		"a bomb, by its ratio":     {encoded("gzip", string(bomb)), limits{bytes: maxBytes}, "more than 200 times its size"},
		"a length that is too big": {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "99999999999") }, limits{bytes: 1 << 20}, "it says that it has"},
		"a length that is a lie": {func(w http.ResponseWriter, r *http.Request) {
			c, rw, err := w.(http.Hijacker).Hijack()
			if err != nil {
				return
			}
			defer c.Close()
			_, _ = rw.WriteString("HTTP/1.0 200 OK\r\nContent-Type: text/csv\r\n\r\n")
			for range 100 {
				if _, err := rw.Write(zeros); err != nil {
					return
				}
			}
		}, limits{bytes: 1 << 20}, "goes on after all"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, c.answer)
			folder := t.TempDir()
			b := newBench(t, folder, s)
			b.limits.bytes = c.limits.bytes
			b.refuses(t, ProtocolFile, s.URL, ErrTooLarge, c.says)
			if left := filesOf(t, folder); len(left) > 0 {
				t.Error("left behind:", left)
			}
		})
	}
}

func TestAnEndThatCanNotBeSeenIsNoted(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer c.Close()
		_, _ = rw.WriteString("HTTP/1.0 200 OK\r\n\r\nname\nThe Mission\n")
		_ = rw.Flush()
	})
	a, _ := newBench(t, "", s).get(t, ProtocolFile, s.URL)
	if len(a.Notes) != 1 || !strings.Contains(a.Notes[0], "cut off") {
		t.Errorf("the notes are %q", a.Notes)
	}
}

// A cutter gives a file over a line that is cut after so many bytes.
type cutter struct {
	every    int
	ranges   bool
	etag     string
	lies     bool // about the beginning of a part
	careless bool // gives a part of whatever it has now, whatever If-Range says
	changes  bool // gives another file, with another name, to the second question
	asked    int
	resumed  int
	encoding string
	body     string
}

func (c *cutter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.asked++
	body, tag := c.body, c.etag
	if c.changes && c.asked > 1 {
		body, tag = strings.ToUpper(body), `"second"`
	}
	w.Header().Set("ETag", tag)
	if c.encoding != "" {
		w.Header().Set("Content-Encoding", c.encoding)
	}
	from := 0
	if first, ok := strings.CutPrefix(r.Header.Get("Range"), "bytes="); ok && c.ranges && (c.careless || r.Header.Get("If-Range") == tag) {
		c.resumed++
		from, _ = strconv.Atoi(strings.TrimSuffix(first, "-"))
		told := from
		if c.lies {
			told = from - 1
		}
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", told, len(body)-1, len(body)))
		w.Header().Set("Content-Length", strconv.Itoa(len(body)-from))
		w.WriteHeader(http.StatusPartialContent)
	} else {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	rest := body[from:]
	if len(rest) <= c.every {
		_, _ = io.WriteString(w, rest)
		return
	}
	_, _ = io.WriteString(w, rest[:c.every])
	w.(http.Flusher).Flush()
	hangUp()
}

func TestACutDownloadGoesOn(t *testing.T) {
	half := len(dataset)/2 + 1
	for name, c := range map[string]struct {
		server  cutter
		want    string // what is received; empty for an error
		resumed bool
	}{
		"where it was":                           {cutter{every: len(dataset)/30 + 1, ranges: true, etag: `"first"`}, dataset, true},
		"where it was, compressed":               {cutter{every: 20_000, ranges: true, etag: `"first"`, encoding: "gzip", body: string(packed(dataset))}, dataset, true},
		"not where the server has no parts":      {cutter{every: half, etag: `"first"`}, "", false},
		"not by a weak name":                     {cutter{every: half, ranges: true, etag: `W/"first"`}, "", false},
		"not without a name":                     {cutter{every: half, ranges: true}, "", false},
		"not in another file":                    {cutter{every: half, ranges: true, etag: `"first"`, changes: true}, strings.ToUpper(dataset), true},
		"not in another file, if it is careless": {cutter{every: half, ranges: true, etag: `"first"`, changes: true, careless: true}, "", true},
		"not at another place than asked":        {cutter{every: half, ranges: true, etag: `"first"`, lies: true}, "", true},
		"for ever, if nothing arrives any more":  {cutter{every: 0, ranges: true, etag: `"first"`}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			if c.server.body == "" {
				c.server.body = dataset
			}
			s := httptest.NewServer(&c.server)
			defer s.Close()
			b := newBench(t, "", s)
			if c.want == "" {
				b.refuses(t, ProtocolFile, s.URL, ErrUnavailable, "tried 5 times")
			} else if _, text := b.get(t, ProtocolFile, s.URL); text != c.want {
				t.Errorf("it gives %d bytes, want %d", len(text), len(c.want))
			}
			if c.want == "" && c.server.asked > maxTries+2 {
				t.Errorf("a server that is no use was asked %d times", c.server.asked)
			}
			if (c.server.resumed > 0) != c.resumed {
				t.Errorf("it went on %d times", c.server.resumed)
			}
		})
	}
}

func TestAServerThatCutsForEverIsLeft(t *testing.T) {
	c := &cutter{every: 1, ranges: true, etag: `"first"`, body: dataset}
	s := httptest.NewServer(c)
	defer s.Close()
	newBench(t, "", s).refuses(t, ProtocolFile, s.URL, ErrUnavailable, "cut after")
	if c.asked > maxResumes+maxTries {
		t.Errorf("it was asked %d times", c.asked)
	}
}

func TestSlowServers(t *testing.T) {
	drip := func(every time.Duration) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write([]byte("x")); err != nil {
					return
				}
				w.(http.Flusher).Flush()
				select {
				case <-time.After(every):
				case <-r.Context().Done():
				}
			}
		}
	}
	silent := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		limits limits
		says   string
	}{
		"one that says nothing":              {silent, limits{stall: 20 * time.Millisecond, total: 10 * time.Second}, "nothing arrived for 20ms"},
		"one that stops":                     {drip(time.Hour), limits{stall: 20 * time.Millisecond, total: 10 * time.Second}, "nothing arrived for 20ms"},
		"one that always says one byte more": {drip(2 * time.Millisecond), limits{stall: time.Second, total: 60 * time.Millisecond}, "not there after 60ms"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, c.answer)
			b := newBench(t, "", s)
			b.limits.stall, b.limits.total = c.limits.stall, c.limits.total
			b.refuses(t, ProtocolFile, s.URL, ErrUnavailable, c.says)
		})
	}
}

func TestTryingAgain(t *testing.T) {
	for name, c := range map[string]struct {
		first  http.HandlerFunc
		times  int
		tries  int // in all
		pauses func(p []time.Duration) bool
		want   error
	}{
		"a busy server":                      {status(503), 2, 3, grow, nil},
		"too many questions":                 {status(429), 1, 2, grow, nil},
		"an answer that is not ready":        {status(202), 3, 4, grow, nil},
		"a broken line":                      {func(http.ResponseWriter, *http.Request) { hangUp() }, 1, 2, grow, nil},
		"a server that stays busy":           {status(500), 99, maxTries, grow, ErrUnavailable},
		"one that says when, in seconds":     {later("7"), 1, 2, exactly(7 * time.Second), nil},
		"one that says when, as a date":      {later("Wed, 25 Nov 2026 12:01:00 GMT"), 1, 2, exactly(time.Minute), nil},
		"one that names a date that is past": {later("Wed, 25 Nov 2020 12:01:00 GMT"), 1, 2, grow, nil},
		"one that says nonsense":             {later("soon"), 1, 2, grow, nil},
		"one that says less than nothing":    {later("-5"), 1, 2, grow, nil},
		"one that asks for too long":         {later("86400"), 1, 1, nil, ErrUnavailable},
		"one that asks for almost for ever":  {later("99999999999999999999"), 1, 2, grow, nil},
		"a wrong request":                    {status(400), 99, 1, nil, ErrNotDataset},
		"a request that took too long":       {status(408), 99, 1, nil, ErrNotDataset},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if int(asked.Add(1)) <= c.times {
					c.first(w, r)
					return
				}
				_, _ = io.WriteString(w, dataset)
			})
			b := newBench(t, "", s)
			if c.want == nil {
				b.get(t, ProtocolFile, s.URL)
			} else {
				b.refuses(t, ProtocolFile, s.URL, c.want, "")
			}
			if int(asked.Load()) != c.tries {
				t.Errorf("it was asked %d times, want %d", asked.Load(), c.tries)
			}
			if len(b.pauses) != c.tries-1 || (c.pauses != nil && !c.pauses(b.pauses)) {
				t.Errorf("the pauses are %v", b.pauses)
			}
		})
	}
}

func later(when string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", when)
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// grow accepts pauses that double from the first, give or take half.
func grow(pauses []time.Duration) bool {
	middle := firstPause
	for _, p := range pauses {
		if p < middle/2 || p > middle*3/2+1 {
			return false
		}
		middle = min(2*middle, maxPause)
	}
	return true
}

func exactly(d time.Duration) func([]time.Duration) bool {
	return func(pauses []time.Duration) bool { return len(pauses) == 1 && pauses[0] == d }
}

func TestNobodyListens(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	b := newBench(t, "", s)
	b.refuses(t, ProtocolFile, s.URL, ErrUnavailable, "tried 5 times")
	if len(b.pauses) != maxTries-1 {
		t.Errorf("it paused %d times", len(b.pauses))
	}
}

func TestACertificateOfNobodyIsNotAccepted(t *testing.T) {
	s := httptest.NewUnstartedServer(text(dataset))
	s.Config.ErrorLog = quiet()
	s.StartTLS()
	defer s.Close()
	b := newBench(t, "", s)
	b.refuses(t, ProtocolFile, s.URL, ErrUnavailable, "certificate is not good")
	if len(b.pauses) > 0 {
		t.Error("it was tried again")
	}
}

func TestProgressCountsWhatArrives(t *testing.T) {
	s := serve(t, text(dataset))
	b := newBench(t, "", s)
	var told []int64
	b.options.Progress = func(n int64) { told = append(told, n) }
	b.get(t, ProtocolFile, s.URL)
	for i := 1; i < len(told); i++ {
		if told[i] <= told[i-1] {
			t.Fatalf("progress goes back: %v", told)
		}
	}
	if len(told) == 0 || told[len(told)-1] != int64(len(dataset)) {
		t.Errorf("progress ends at %v, want %d", told, len(dataset))
	}
}

// A keeper gives a file and knows whether who asks has it.
type keeper struct {
	body, etag, modified string
	whole                int // times that it gave the file
	asked                []http.Header
}

func (k *keeper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.asked = append(k.asked, r.Header)
	if k.etag != "" {
		w.Header().Set("ETag", k.etag)
	}
	if k.modified != "" {
		w.Header().Set("Last-Modified", k.modified)
	}
	if (k.etag != "" && r.Header.Get("If-None-Match") == k.etag) || (k.etag == "" && k.modified != "" && r.Header.Get("If-Modified-Since") == k.modified) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	k.whole++
	_, _ = io.WriteString(w, k.body)
}

func TestWhatIsKeptIsNotFetchedAgain(t *testing.T) {
	const october, november = "Tue, 20 Oct 2026 10:00:00 GMT", "Tue, 03 Nov 2026 10:00:00 GMT"
	for name, c := range map[string]struct {
		first  keeper
		change func(k *keeper, folder string, b *bench)
		whole  int  // times that the file was given
		same   bool // the second answer is not modified
	}{
		"by its ETag":           {keeper{etag: `"a"`}, nil, 1, true},
		"by a weak ETag":        {keeper{etag: `W/"a"`}, nil, 1, true},
		"by its date":           {keeper{modified: october}, nil, 1, true},
		"by its bytes":          {keeper{}, nil, 2, true},
		"but a new ETag is new": {keeper{etag: `"a"`}, func(k *keeper, _ string, _ *bench) { k.etag, k.body = `"b"`, "name\n" }, 2, false},
		"but a new date is new": {keeper{modified: october}, func(k *keeper, _ string, _ *bench) { k.modified, k.body = november, "name\n" }, 2, false},
		"but a damaged file is fetched": {keeper{etag: `"a"`}, func(_ *keeper, folder string, _ *bench) {
			eachFile(folder, func(path string) { flip(path, ".json") })
		}, 2, false},
		"but a lost file is fetched": {keeper{etag: `"a"`}, func(_ *keeper, folder string, _ *bench) {
			eachFile(folder, func(path string) {
				if filepath.Ext(path) == "" {
					_ = os.Remove(path)
				}
			})
		}, 2, false},
		"but without its label it is fetched": {keeper{etag: `"a"`}, func(_ *keeper, folder string, _ *bench) {
			eachFile(folder, func(path string) {
				if filepath.Ext(path) == ".json" {
					_ = os.WriteFile(path, []byte("{"), 0o600)
				}
			})
		}, 2, false},
		"but after a month it is fetched": {keeper{etag: `"a"`}, func(_ *keeper, _ string, b *bench) { b.now = b.now.Add(keptFor + time.Hour) }, 2, false},
	} {
		t.Run(name, func(t *testing.T) {
			c.first.body = dataset
			s := httptest.NewServer(&c.first)
			defer s.Close()
			folder := filepath.Join(t.TempDir(), "fetched")
			b := newBench(t, folder, s)
			if a, _ := b.get(t, ProtocolFile, s.URL+"/sites.csv"); a.NotModified {
				t.Error("the first answer is said to be known")
			}
			if c.change != nil {
				c.change(&c.first, folder, b)
			}
			a, text := b.get(t, ProtocolFile, s.URL+"/sites.csv")
			if text != c.first.body || a.Format != "csv" {
				t.Errorf("the second answer has %d bytes of %d, and is %q", len(text), len(c.first.body), a.Format)
			}
			if c.first.whole != c.whole {
				t.Errorf("the file was given %d times, want %d", c.first.whole, c.whole)
			}
			if a.NotModified != c.same {
				t.Errorf("not modified is %v", a.NotModified)
			}
			if files := filesOf(t, folder); len(files) != 2 {
				t.Errorf("kept: %v", files)
			}
		})
	}
}

func eachFile(folder string, do func(path string)) {
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		do(filepath.Join(folder, e.Name()))
	}
}

// flip changes one byte of a file, unless its name ends so.
func flip(path, except string) {
	if filepath.Ext(path) == except {
		return
	}
	text, err := os.ReadFile(path)
	if err == nil {
		text[len(text)/2] ^= 1
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		panic(err)
	}
}

func TestTwoDatasetsAreKeptApart(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"same"`)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, r.URL.Path)
	})
	b := newBench(t, t.TempDir(), s)
	for range 2 {
		for _, path := range []string{"/one", "/two"} {
			if _, text := b.get(t, ProtocolFile, s.URL+path); text != path {
				t.Errorf("%s gives %q", path, text)
			}
		}
	}
}

func TestAFailureLeavesWhatIsKept(t *testing.T) {
	answer := text(dataset)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { answer(w, r) })
	folder := t.TempDir()
	b := newBench(t, folder, s)
	b.get(t, ProtocolFile, s.URL)
	before := filesOf(t, folder)
	for _, answer = range []http.HandlerFunc{status(404), status(500), text(""), text("<html>"), encoded("gzip", "x")} {
		if _, err := b.Get(t.Context(), Request{s.URL, ProtocolFile}); err == nil {
			t.Error("it was fetched")
		}
	}
	if after := filesOf(t, folder); strings.Join(after, " ") != strings.Join(before, " ") {
		t.Errorf("before: %v, after: %v", before, after)
	}
	answer = text(dataset)
	if a, _ := b.get(t, ProtocolFile, s.URL); !a.NotModified {
		t.Error("what was kept is not known any more")
	}
}

func TestWhatACrashLeftIsRemovedOnceItIsOld(t *testing.T) {
	folder := t.TempDir()
	crashed, atWork := filepath.Join(folder, partPrefix+"crashed"), filepath.Join(folder, partPrefix+"at-work")
	for path, age := range map[string]time.Duration{crashed: partAge + time.Hour, atWork: time.Hour} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, today.Add(-age), today.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	s := serve(t, text(dataset))
	newBench(t, folder, s).get(t, ProtocolFile, s.URL)
	if _, err := os.Stat(crashed); !errors.Is(err, os.ErrNotExist) {
		t.Error("what a crash left was not removed")
	}
	if _, err := os.Stat(atWork); err != nil {
		t.Error("another fetch lost its file:", err)
	}
}

func TestKeptFilesAreForNobodyElse(t *testing.T) {
	s := serve(t, text(dataset))
	folder := filepath.Join(t.TempDir(), "fetched")
	newBench(t, folder, s).get(t, ProtocolFile, s.URL)
	eachFile(folder, func(path string) {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v: %v", filepath.Base(path), info.Mode(), err)
		}
	})
}

func TestAFolderThatCanNotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := newBench(t, filepath.Join(file, "fetched")).Get(t.Context(), Request{"https://data.example.org/", ProtocolFile})
	if err == nil || !strings.Contains(err.Error(), "making the folder of fetched datasets") {
		t.Errorf("the error is %v", err)
	}
}

func TestAFolderThatGoesAwayMeanwhile(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "fetched")
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_ = os.RemoveAll(folder)
		_, _ = io.WriteString(w, dataset)
	})
	_, err := newBench(t, folder, s).Get(t.Context(), Request{s.URL, ProtocolFile})
	if err == nil || !strings.Contains(err.Error(), "making a file for the dataset") {
		t.Errorf("the error is %v", err)
	}
}

// A crash after the new file and before its label leaves the answer of before.
func TestACrashBeforeTheLabel(t *testing.T) {
	server := &keeper{body: dataset, etag: `"a"`}
	s := httptest.NewServer(server)
	defer s.Close()
	folder := filepath.Join(t.TempDir(), "fetched[1]")
	b := newBench(t, folder, s)
	first, _ := b.get(t, ProtocolFile, s.URL)
	key, _, _ := strings.Cut(filepath.Base(first.Path), "-")
	stray := filepath.Join(folder, key+"-0123456789ab")
	if err := os.WriteFile(stray, []byte("name\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if a, text := b.get(t, ProtocolFile, s.URL); !a.NotModified || text != dataset {
		t.Error("what was kept is not known any more")
	}
	server.etag, server.body = `"b"`, "name\nThe Mission\n"
	b.get(t, ProtocolFile, s.URL)
	if files := filesOf(t, folder); len(files) != 2 {
		t.Errorf("kept: %v", files)
	}
}
