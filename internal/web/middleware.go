package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"runtime"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"carrypoint/internal/edition"
)

// Limits on a request, each with its reason.
const (
	// maxBody holds a form with every box ticked ten times over.
	maxBody = 16 << 10
	// maxInFlight pages are made at once; one more waits for nobody and is told
	// to come back. Far above what two cores can make progress on.
	maxInFlight = 256
	// compressFrom is the size from which gzip saves a packet.
	compressFrom = 1024
)

func chain(h http.Handler, around ...func(http.Handler) http.Handler) http.Handler {
	for i := len(around) - 1; i >= 0; i-- {
		h = around[i](h)
	}
	return h
}

// secured puts the headers of the promise on every answer: nothing from
// elsewhere, no script but our own file, no style but those that were hashed.
func secured(styles ...string) func(http.Handler) http.Handler {
	headers := map[string]string{
		"Content-Security-Policy": contentPolicy(styles...),
		// Not no-referrer: with that, old browsers post with "Origin: null" and are refused.
		"Referrer-Policy":              "same-origin",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":           "geolocation=(self), camera=(), microphone=()",
		"Strict-Transport-Security":    "max-age=63072000; includeSubDomains",
		// Until the answer itself says that others may keep it.
		"Cache-Control": cachePrivate,
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for name, value := range headers {
				w.Header().Set(name, value)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// contentPolicy allows some style sheets, by their hashes.
func contentPolicy(styles ...string) string {
	var allowed []string
	for _, style := range styles {
		sum := sha256.Sum256([]byte(style))
		allowed = append(allowed, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return strings.Join([]string{
		"default-src 'none'", "style-src " + strings.Join(allowed, " "),
		"script-src 'self'", "connect-src 'self'", "img-src data:", "worker-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
	}, "; ")
}

// tooMany is said without words of any language being looked up, before the number of
// the emergency services.
const tooMany = "Too many people are searching at this moment. Try again in 2 seconds. If someone is overdosing, call "

// limited refuses what comes when too much is under way, at once and cheaply.
func limited(most int, emergencyNumber string) func(http.Handler) http.Handler {
	visitors, refused := make(slots, most), tooMany+emergencyNumber+"."
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !visitors.take() {
				w.Header().Set("Retry-After", "2")
				http.Error(w, refused, http.StatusServiceUnavailable)
				return
			}
			defer visitors.leave()
			next.ServeHTTP(w, r)
		})
	}
}

func compressed() func(http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(compressFrom), gzhttp.CompressionLevel(compressionLevel))
	if err != nil {
		panic("web: gzhttp refused constant options: " + err.Error())
	}
	return func(next http.Handler) http.Handler { return wrap(next) }
}

// compressionLevel is where a page of results stays under its limit with room for
// a sentence more. One level less makes it 96 bytes larger in 7 % less time; two
// levels more save 69 bytes in 25 % more.
const compressionLevel = 7

// recovered turns a panic into the page of a failure. The log gets the place in
// the code and never the value, which may hold what a person typed.
func (t *tongue) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				t.Log.Error("a page panicked", "at", panicPlace())
				t.fail(w)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// panicPlace is the function that panicked: the first of this module's above
// the runtime's own.
func panicPlace() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") || !more {
			return frame.Function
		}
	}
}

// sameOrigin refuses forms that a page of another site sends.
func (t *tongue) sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.refuse(w, r, refusal(http.StatusForbidden, "error.elsewhere"))
	}))
	return protection.Handler(next)
}

// formsOnly bounds bodies and refuses those without a length: a form has one,
// and a server that reads both lengths can be tricked about where a request ends.
func formsOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.TransferEncoding) > 0 {
			w.Header().Set("Connection", "close")
			http.Error(w, "A form must say its length.", http.StatusLengthRequired)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}

func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// live says that the process runs; ready that it has an edition to answer from.
func (s *Server) live(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "live\n") }

// ready says what is served, and what is refused at present and why. It goes on
// to be ready while anything is served.
func (s *Server) ready(w http.ResponseWriter, _ *http.Request) {
	now := s.Editions.State()
	if now.Edition == nil {
		plain(w, http.StatusServiceUnavailable, "not ready: no edition could be opened\n"+refusedLines(now))
		return
	}
	text := "ready: edition " + now.Edition.ShortID()
	if seq := now.Publication.Seq; seq > 0 {
		text += fmt.Sprintf(", publication %d", seq)
	}
	if n := len(now.Hiding.IDs); n > 0 {
		text += fmt.Sprintf(", %d hidden", n)
	}
	plain(w, http.StatusOK, text+"\n"+refusedLines(now))
}

func refusedLines(now edition.State) string {
	var lines strings.Builder
	for _, refused := range now.Refused {
		fmt.Fprintln(&lines, refused.Words())
	}
	return lines.String()
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // the person has gone: there is nobody to tell
}
