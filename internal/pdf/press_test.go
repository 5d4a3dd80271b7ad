package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// ours is the press that most tests share, for a start takes as long as many prints.
var ours *Press

func TestMain(m *testing.M) {
	if binary, err := Find(""); err == nil {
		ours = New(binary)
	}
	code := m.Run()
	if ours != nil {
		ours.Close()
	}
	os.Exit(code)
}

func shared(t *testing.T) *Press {
	t.Helper()
	if ours == nil {
		t.Skip("there is no Chromium on PATH to print with")
	}
	return ours
}

// own is a press that a test may do harm to.
func own(t *testing.T) *Press {
	t.Helper()
	p := New(shared(t).binary)
	t.Cleanup(p.Close)
	return p
}

func printed(t *testing.T, p *Press, html string) []byte {
	t.Helper()
	pdf, err := p.PDF(t.Context(), []byte(html))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(pdf), []byte("%%EOF")) {
		t.Fatalf("it is no whole PDF but %d bytes: %.20q", len(pdf), pdf)
	}
	return pdf
}

// read is the text of a PDF, in the order in which it is read aloud.
func read(t *testing.T, pdf []byte) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext on PATH to read a PDF with")
	}
	cmd := exec.Command(tool, "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const twoTowns = `<!doctype html><html lang="es-MX"><title>A list</title><style>
@page{size:%s;margin:20mm;@bottom-right{content:"Sheet " counter(page) " of " counter(pages)}}
div{break-before:page}</style><h1>Northport</h1><p>Call 555-0163, <b>free</b>.</p><div><h2>Alder Falls</h2><p dir="rtl" lang="ar">الهاتف <bdi dir="ltr">555-0187</bdi></p></div>`

func TestAPrintedPageIsReadable(t *testing.T) {
	pdf := printed(t, shared(t), fmt.Sprintf(twoTowns, "letter"))
	text := read(t, pdf)
	for _, want := range []string{"Northport", "Call 555-0163, free.", "Alder Falls", "555-0187", "الهاتف", "Sheet 1 of 2", "Sheet 2 of 2"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in %q", want, text)
		}
	}
	if bytes.Contains(pdf, []byte("Headless")) {
		t.Error("it says which browser printed it")
	}
	for _, header := range []string{"about:blank", "A list"} {
		if strings.Contains(text, header) {
			t.Errorf("the browser printed a header of its own: %q", text)
		}
	}
}

func TestAPrintedPageHasItsStructure(t *testing.T) {
	pdf := printed(t, shared(t), fmt.Sprintf(twoTowns, "letter"))
	for name, want := range map[string]string{
		"the title":                   `/Title \(A list\)`,
		"the language":                `/Lang \(es-MX\)`,
		"the language of a part":      `/Lang \(ar\)`,
		"a tree of tags":              `/StructTreeRoot \d+ 0 R`,
		"the mark of a tagged file":   `/MarkInfo <<[^>]*/Marked true>>`,
		"a heading":                   `/S /H2`,
		"an outline":                  `/Outlines \d+ 0 R`,
		"a chapter in the outline":    `/Title \(Northport\)`,
		"a subchapter in the outline": `/Title \(Alder Falls\)`,
	} {
		t.Run(name, func(t *testing.T) {
			if !regexp.MustCompile(want).Match(pdf) {
				t.Errorf("there is no %s", want)
			}
		})
	}
}

func TestThePaperIsWhatThePageSays(t *testing.T) {
	for size, want := range map[string]string{
		"letter":           "612 792",
		"A4":               "594.95996 841.91998",
		"letter landscape": "792 612",
	} {
		t.Run(size, func(t *testing.T) {
			pdf := printed(t, shared(t), fmt.Sprintf(twoTowns, size))
			boxes := regexp.MustCompile(`/MediaBox \[0 0 ([\d. ]+)\]`).FindAllSubmatch(pdf, -1)
			if len(boxes) != 2 {
				t.Fatalf("there are %d sheets, want 2", len(boxes))
			}
			for _, box := range boxes {
				if string(box[1]) != want {
					t.Errorf("a sheet has %s points, want %s", box[1], want)
				}
			}
		})
	}
}

func TestNothingStaysOfThePageBefore(t *testing.T) {
	p := shared(t)
	printed(t, p, `<!doctype html><meta http-equiv="Content-Security-Policy" content="style-src 'none'"><title>First</title>First`)
	text := read(t, printed(t, p, `<!doctype html><style>p::after{content:"styled"}</style><p>Second `))
	if got := strings.Join(strings.Fields(text), " "); got != "Second styled" {
		t.Errorf("the second page reads %q", got)
	}
}

// A doorbell counts who comes to an address of this machine, even without a word.
type doorbell struct {
	net.Listener
	rung atomic.Int32
}

func listen(t *testing.T) *doorbell {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &doorbell{Listener: l}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			visit, err := l.Accept()
			if err != nil {
				return
			}
			d.rung.Add(1)
			_ = visit.Close()
		}
	}()
	return d
}

func TestNoNetworkIsReached(t *testing.T) {
	d := listen(t)
	secret := filepath.Join(t.TempDir(), "secret.svg")
	if err := os.WriteFile(secret, []byte(`<svg xmlns="http://www.w3.org/2000/svg"><text y="20">secret</text></svg>`), 0o600); err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(d.Addr().String())
	var html strings.Builder
	html.WriteString(`<!doctype html><title>t</title>here`)
	for _, at := range []string{"http://127.0.0.1:" + port, "http://localhost:" + port, "https://127.0.0.1:" + port, "ws://127.0.0.1:" + port, "file://" + secret} {
		for _, way := range []string{
			`<link rel="preconnect" href="%s"><link rel="dns-prefetch" href="%[1]s">`, `<link rel="stylesheet" href="%s/a.css">`, `<link rel="icon" href="%s/i.png">`,
			`<style>@import "%s/b.css"; @font-face{font-family:f;src:url(%[1]s/f.woff2)} p{font-family:f;background:url(%[1]s/c.png)}</style><p>here</p>`,
			`<img src="%s/a.png" alt="">`, `<script src="%s/a.js"></script>`, `<iframe src="%s"></iframe>`, `<object data="%s"></object>`, `<embed src="%s">`,
			`<video autoplay poster="%s/p.png" src="%[1]s/v.mp4"></video>`, `<svg><image href="%s/d.svg"/><use href="%[1]s/e.svg#e"/></svg>`,
		} {
			fmt.Fprintf(&html, way, at)
		}
	}
	pdf := printed(t, shared(t), html.String())
	if n := d.rung.Load(); n > 0 {
		t.Errorf("an address in the page was asked %d times", n)
	}
	if text := read(t, pdf); strings.Contains(text, "secret") || !strings.Contains(text, "here") {
		t.Errorf("it reads %q", text)
	}
}

func TestNoScriptIsRun(t *testing.T) {
	text := read(t, printed(t, shared(t), `<!doctype html><title>t</title><p id="p">before</p><noscript>without</noscript>
<script>document.getElementById("p").textContent = "after"</script><svg onload="document.body.append('loaded')"></svg>`))
	if !strings.Contains(text, "before") || !strings.Contains(text, "without") || strings.Contains(text, "loaded") {
		t.Errorf("it reads %q", text)
	}
}

func TestADeadBrowserIsReplaced(t *testing.T) {
	p := own(t)
	printed(t, p, "<!doctype html>one")
	was := process(p)
	if err := was.Kill(); err != nil {
		t.Fatal(err)
	}
	printed(t, p, "<!doctype html>two")
	if process(p).Pid == was.Pid {
		t.Error("the dead one printed")
	}
}

func process(p *Press) *os.Process { return chromedp.FromContext(p.warm.tab).Browser.Process() }

func TestABrowserIsKeptWarmAndLetGoWhenIdle(t *testing.T) {
	p := own(t)
	printed(t, p, "<!doctype html>one")
	was, home := process(p), p.warm.home
	printed(t, p, "<!doctype html>two")
	if process(p).Pid != was.Pid {
		t.Error("the second page was printed by another browser")
	}
	p.idle = 20 * time.Millisecond // from the next page on
	printed(t, p, "<!doctype html>three")
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		p.turn <- struct{}{}
		gone := p.warm == nil
		<-p.turn
		if gone {
			break
		}
		if time.Now().After(end) {
			t.Fatal("it is still there")
		}
	}
	if was.Signal(os.Interrupt) == nil {
		t.Error("its process still runs")
	}
	if _, err := os.Stat(home); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("its folder is still there: %v", err)
	}
}

// busy has a press whose turn is taken, and gives a func that ends the turn.
func busy(t *testing.T) (*Press, func()) {
	t.Helper()
	p := New(filepath.Join(t.TempDir(), "no-browser"))
	t.Cleanup(p.Close)
	if err := p.takeTurn(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.places <- struct{}{}
	return p, func() { <-p.places; p.endTurn() }
}

func TestAFullQueueIsSaid(t *testing.T) {
	p, end := busy(t)
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error)
	for range maxWaiting {
		go func() {
			_, err := p.PDF(ctx, nil)
			left <- err
		}()
	}
	for len(p.places) < cap(p.places) {
		time.Sleep(time.Millisecond)
	}
	if _, err := p.PDF(t.Context(), nil); !errors.Is(err, ErrBusy) {
		t.Errorf("one more gives %v", err)
	}
	leave()
	for range maxWaiting {
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("who leaves is told %v", err)
		}
	}
	if _, err := p.PDF(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("who has left already is told %v", err)
	}
	if len(p.places) != 1 {
		t.Errorf("who left still takes a place: %d are taken", len(p.places))
	}
	end()
}

// long is a page that is never printed within a tenth of a second.
var long = "<!doctype html>" + strings.Repeat("<p>one more line", 50_000)

func TestAPrintIsGivenUpWithItsContext(t *testing.T) {
	p := own(t)
	printed(t, p, "<!doctype html>one")
	ctx, leave := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer leave()
	if _, err := p.PDF(ctx, []byte(long)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it gives %v", err)
	}
	printed(t, p, "<!doctype html>two")
}

func TestAClosedPressPrintsNothing(t *testing.T) {
	p := own(t)
	printed(t, p, "<!doctype html>one")
	was := process(p)
	printing := make(chan error)
	go func() {
		_, err := p.PDF(context.Background(), []byte(long))
		printing <- err
	}()
	for len(p.turn) == 0 {
		time.Sleep(time.Millisecond)
	}
	p.Close()
	if err := <-printing; !errors.Is(err, ErrClosed) {
		t.Errorf("who is printing is told %v", err)
	}
	if _, err := p.PDF(t.Context(), nil); !errors.Is(err, ErrClosed) {
		t.Errorf("who comes later is told %v", err)
	}
	if was.Signal(os.Interrupt) == nil {
		t.Error("the browser still runs")
	}
	p.Close()
}

func TestABrowserThatDoesNotStart(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "chromium")
	if err := os.WriteFile(broken, []byte("#!/bin/sh\necho no display >&2\nexit 3\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ binary, want string }{
		"it is not there":      {broken + "-not-there", "no such file"},
		"it says why and ends": {broken, "no display"},
	} {
		t.Run(name, func(t *testing.T) {
			p := New(c.binary)
			defer p.Close()
			_, err := p.PDF(t.Context(), nil)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.binary) || errors.Is(err, context.Canceled) {
				t.Errorf("it gives %v", err)
			}
		})
	}
}

func TestAPageThatIsTooLarge(t *testing.T) {
	p := New("no-browser")
	defer p.Close()
	if _, err := p.PDF(t.Context(), make([]byte, maxPage+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("it gives %v", err)
	}
}
