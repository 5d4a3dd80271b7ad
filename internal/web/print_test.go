package web

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"

	"carrypoint/internal/pdf"
)

const daytonCards = "/print/us/oh/dayton/cards.pdf"

// printingBy is the fictional site with a browser of its own, and what it logs.
func printingBy(print func(context.Context, []byte) ([]byte, error)) (*Server, *bytes.Buffer) {
	s, log := *invented(), new(bytes.Buffer)
	s.PDFs = pdf.NewShelf(1<<20, print)
	s.Log = slog.New(slog.NewTextHandler(log, nil))
	return &s, log
}

func TestAPDFIsMadeOfItsSheet(t *testing.T) {
	s, _ := printingBy(func(_ context.Context, html []byte) ([]byte, error) { return html, nil })
	h := s.Handler()
	w := ask(h, "GET", daytonCards)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/pdf" || w.Header().Get("Content-Disposition") != `inline; filename="us-oh-dayton-cards.pdf"` {
		t.Errorf("%d, %v", w.Code, w.Header())
	}
	if sheet := ask(h, "GET", "/print/us/oh/dayton/cards").Body.String(); w.Body.String() != sheet {
		t.Error("what is printed is not the sheet that people see")
	}
}

func TestWhatCantBePrintedNowIsSaid(t *testing.T) {
	for name, test := range map[string]struct {
		err    error
		status int
		again  string
		logged bool
	}{
		"too many wait":    {pdf.ErrBusy, http.StatusServiceUnavailable, "60", false},
		"it took too long": {pdf.ErrSlow, http.StatusServiceUnavailable, "60", false},
		"it is too large":  {pdf.ErrTooLarge, http.StatusRequestEntityTooLarge, "", false},
		"it fails":         {errors.New("the browser is gone"), http.StatusInternalServerError, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			s, log := printingBy(func(context.Context, []byte) ([]byte, error) { return nil, test.err })
			w := ask(s.Handler(), "GET", daytonCards)
			if w.Code != test.status || w.Header().Get("Retry-After") != test.again || (log.Len() > 0) != test.logged {
				t.Errorf("%d, come back after %q; the log: %s", w.Code, w.Header().Get("Retry-After"), log)
			}
		})
	}
	if w := ask(invented().Handler(), "GET", daytonCards); w.Code != http.StatusNotFound {
		t.Errorf("without a browser it answers %d", w.Code)
	}
}

func TestWhoLeavesBeforeThePDFIsThereIsNoFailure(t *testing.T) {
	invented() // outside of the bubble, for other tests share it
	synctest.Test(t, func(t *testing.T) {
		s, log := printingBy(func(ctx context.Context, _ []byte) ([]byte, error) { <-t.Context().Done(); return nil, ctx.Err() })
		h := s.Handler()
		ctx, leave := context.WithCancel(t.Context())
		answered := make(chan *httptest.ResponseRecorder)
		go func() { answered <- answer(h, httptest.NewRequestWithContext(ctx, "GET", daytonCards, nil)) }()
		synctest.Wait()
		leave()
		if w := <-answered; log.Len() > 0 || w.Code == http.StatusInternalServerError {
			t.Errorf("%d, and the log says %s", w.Code, log)
		}
	})
}

func TestWhoPrintsLeavesRoomForWhoLooksForAPlace(t *testing.T) {
	invented()
	synctest.Test(t, func(t *testing.T) {
		ready := make(chan struct{})
		s, _ := printingBy(func(_ context.Context, html []byte) ([]byte, error) { <-ready; return html, nil })
		h := s.Handler()
		answered := make(chan *httptest.ResponseRecorder)
		for range maxPrinting {
			go func() { answered <- ask(h, "GET", daytonCards) }()
		}
		synctest.Wait()
		for path, want := range map[string]int{
			"/print/us/oh/list": http.StatusServiceUnavailable, "/es/print/us/oh": http.StatusServiceUnavailable,
			"/near/45402": http.StatusOK, "/overdose": http.StatusOK, "/print": http.StatusOK,
		} {
			if w := ask(h, "GET", path); w.Code != want || (w.Header().Get("Retry-After") != "") != (want != http.StatusOK) {
				t.Errorf("%s answers %d while others print, and is to be asked for again after %q", path, w.Code, w.Header().Get("Retry-After"))
			}
		}
		close(ready)
		for range maxPrinting {
			if w := <-answered; w.Code != http.StatusOK {
				t.Errorf("who waits is answered with %d", w.Code)
			}
		}
		if w := ask(h, "GET", "/print/us/oh/list"); w.Code != http.StatusOK {
			t.Errorf("when nobody prints any more it answers %d", w.Code)
		}
	})
}
