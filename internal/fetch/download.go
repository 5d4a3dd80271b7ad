package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// A download brings the body of one answer to disk, as it was sent. After a cut
// it goes on where it was, if the server lets it, and begins again otherwise.
type download struct {
	visit *visit
	url   *url.URL
	// conditions ask for the body only if it is not the kept one.
	conditions headers
	to         *os.File

	begun     http.Header // of the answer that the body began with
	size      int64
	furthest  int64  // the most bytes that ever arrived
	etag      string // names the body exactly; without it there is no going on
	noParts   bool   // the server gave a wrong part once
	unchanged bool   // the kept body is the newest
	openEnded bool   // the end of the body is the end of the connection
}

func (d *download) run(ctx context.Context) error {
	return d.visit.persist(ctx, func() error { return d.try(ctx) })
}

func (d *download) try(ctx context.Context) error {
	watched, dog := watch(ctx, d.visit.client.limits.stall)
	defer dog.rest()
	ask := d.conditions
	resuming := d.size > 0 && d.etag != ""
	if resuming {
		ask = headers{"Range": fmt.Sprintf("bytes=%d-", d.size), "If-Range": d.etag}
	}
	response, err := d.visit.send(watched, d.url, ask)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	return d.take(watched, response, resuming, dog)
}

// take reads an answer to the end of the file.
func (d *download) take(ctx context.Context, response *http.Response, resuming bool, dog *watchdog) error {
	switch status := response.StatusCode; {
	case status == http.StatusNotModified && !resuming && len(d.conditions) > 0:
		d.unchanged = true
		return nil
	case resuming && status == http.StatusPartialContent && d.goesOn(response.Header):
		return d.copy(ctx, response.Body, dog)
	case resuming && (status == http.StatusPartialContent || status == http.StatusRequestedRangeNotSatisfiable):
		d.etag, d.noParts = "", true // from now on whole, or not at all
		return &passing{err: errors.New("asked for the rest of a body, it gives another part")}
	case status == http.StatusPartialContent:
		return fmt.Errorf("%w: asked for all of it, the server gives a part", ErrUnreliable)
	}
	if err := d.visit.fault(response); err != nil {
		return err
	}
	if response.ContentLength > d.visit.client.limits.bytes {
		return fmt.Errorf("%w: it says that it has %d bytes; at most %d are read", ErrTooLarge, response.ContentLength, d.visit.client.limits.bytes)
	}
	if err := d.begin(response.Header); err != nil {
		return err
	}
	d.openEnded = response.ContentLength < 0 && len(response.TransferEncoding) == 0
	return d.copy(ctx, response.Body, dog)
}

func (d *download) begin(h http.Header) error {
	if err := d.to.Truncate(0); err != nil {
		return fmt.Errorf("saving the dataset: %w", err)
	}
	if _, err := d.to.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("saving the dataset: %w", err)
	}
	d.begun, d.size = h, 0
	if !d.noParts {
		d.etag = strongETag(h)
	}
	return nil
}

// strongETag names the bytes of a body. A weak one ("W/…") names only what they mean.
func strongETag(h http.Header) string {
	if tag := h.Get("ETag"); len(tag) > 2 && strings.HasPrefix(tag, `"`) {
		return tag
	}
	return ""
}

// goesOn reports whether an answer is the rest of the body that was begun.
func (d *download) goesOn(h http.Header) bool {
	first, ok := firstByte(h.Get("Content-Range"))
	tag := h.Get("ETag")
	return ok && first == d.size && (tag == "" || tag == d.etag) &&
		h.Get("Content-Encoding") == d.begun.Get("Content-Encoding")
}

// firstByte reads the beginning of "bytes 100-199/200".
func firstByte(text string) (int64, bool) {
	text, ok := strings.CutPrefix(text, "bytes ")
	if !ok {
		return 0, false
	}
	text, _, ok = strings.Cut(text, "-")
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= 0
}

// copy adds a body to the file. Where it is cut, what arrived is kept for the
// next try.
func (d *download) copy(ctx context.Context, body io.Reader, dog *watchdog) error {
	in := d.visit.meter(body, dog, d.visit.client.limits.bytes-d.size)
	n, err := io.Copy(d.to, in)
	d.size += n
	switch {
	case err == nil:
		return nil
	case in.fault == nil:
		return fmt.Errorf("saving the dataset: %w", err)
	}
	further := d.size > d.furthest
	d.furthest = max(d.furthest, d.size)
	err = readFault(ctx, in.fault)
	var again *passing
	if errors.As(err, &again) {
		return &passing{err: fmt.Errorf("the connection was cut after %d bytes: %w", d.size, again.err), moved: further && d.etag != ""}
	}
	return err
}
