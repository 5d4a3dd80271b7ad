package fetch

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// A visit is one Get: all that is asked of one server for one dataset.
type visit struct {
	client   *Client
	shelf    *shelf
	received int64 // bytes, as sent, of all answers
}

// headers of a request, by name.
type headers map[string]string

// persist sends a request until it succeeds, fails for good, or has been tried
// often enough.
func (v *visit) persist(ctx context.Context, try func() error) error {
	pauses := &backoff.ExponentialBackOff{
		InitialInterval: firstPause, MaxInterval: maxPause,
		Multiplier: 2, RandomizationFactor: backoff.DefaultRandomizationFactor,
	}
	for tries, resumes := 1, 0; ; tries++ {
		err := try()
		var again *passing
		if err == nil || !errors.As(err, &again) {
			return err
		}
		if again.moved && resumes < maxResumes {
			resumes++
			tries = 1
			pauses.Reset()
		}
		if again.after > maxRetryAfter {
			return fmt.Errorf("%w: it asks to be left alone for %v; %w", ErrUnavailable, again.after, again.err)
		}
		if tries >= maxTries {
			return fmt.Errorf("%w: tried %d times; %w", ErrUnavailable, tries, again.err)
		}
		if err := v.client.options.Sleep(ctx, max(again.after, pauses.NextBackOff())); err != nil {
			return err
		}
	}
}

// send sends one request. The answer's body must be read through its meter.
func (v *visit) send(ctx context.Context, u *url.URL, h headers) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrAddress, said(u.Redacted()))
	}
	r.Header.Set("User-Agent", userAgent)
	r.Header.Set("Accept-Encoding", "gzip")
	for name, value := range h {
		r.Header.Set(name, value)
	}
	response, err := v.client.http.Do(r)
	if err != nil {
		return nil, trouble(ctx, err)
	}
	return response, nil
}

// trouble says what a failed exchange means, and whether it may pass.
func trouble(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // it repeats the address, and so does Get
	}
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	switch {
	case errors.Is(err, ErrRefused):
		return err
	case errors.As(err, &certificate):
		return fmt.Errorf("%w: its certificate is not good: %w", ErrUnavailable, err)
	case errors.As(err, &name) && name.IsNotFound:
		return fmt.Errorf("%w: no name server knows the host %q; check the address, and the network here", ErrUnavailable, said(name.Name))
	}
	return &passing{err: err}
}

// longestFault is how much of an error's body is read for its message.
const longestFault = 8 << 10

// fault says what the status of an answer means; nil for one with a body to read.
func (v *visit) fault(response *http.Response) error {
	status := response.StatusCode
	if status == http.StatusOK || status == http.StatusPartialContent {
		return nil
	}
	after := v.retryAfter(response.Header.Get("Retry-After"))
	body := faultBody(response)
	text := fmt.Sprintf("it answers %d%s", status, message(body))
	switch {
	case status == http.StatusNotFound || status == http.StatusGone:
		return fmt.Errorf("%w: %s; %s", ErrGone, text, findAgain)
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return fmt.Errorf("%w: %s; ask the publisher for an open address", ErrForbidden, text)
	case saysGone(body):
		return parseArcGISBody(body, nil)
	case status == http.StatusTooManyRequests || status >= 500 || status == http.StatusAccepted:
		// 202 is Socrata's word for "not ready, ask again".
		return &passing{err: errors.New(text), after: after}
	}
	return fmt.Errorf("%w: %s", ErrNotDataset, text)
}

// faultBody is the beginning of the body of an error; empty where it can't be
// read, which is no trouble of its own.
func faultBody(response *http.Response) []byte {
	plain, err := unpack(response.Header, io.LimitReader(response.Body, longestFault), longestFault)
	if err != nil {
		return nil
	}
	body, err := io.ReadAll(plain)
	if err != nil {
		return nil
	}
	return body
}

// message is the sentence in the body of an error, for a person to read.
func message(body []byte) string {
	var plain struct {
		Message string `json:"message"`
	}
	var nested struct {
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	switch {
	case json.Unmarshal(body, &plain) == nil && plain.Message != "":
		return fmt.Sprintf(" and says %q", said(plain.Message))
	case json.Unmarshal(body, &nested) == nil && nested.Error.Message != "":
		return fmt.Sprintf(" and says %q", said(nested.Error.Message))
	}
	return ""
}

// retryAfter reads either form of the header: seconds, or a date.
func (v *visit) retryAfter(text string) time.Duration {
	if seconds, err := strconv.ParseInt(strings.TrimSpace(text), 10, 32); err == nil {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if date, err := http.ParseTime(text); err == nil {
		return max(0, date.Sub(v.client.options.Now()))
	}
	return 0
}

// ask reads one answer of a server that pages, whole. The parser is part of the
// try: such servers report passing trouble inside answers that look good.
func (v *visit) ask(ctx context.Context, u *url.URL, h headers, parse func(body []byte) error) error {
	return v.persist(ctx, func() error {
		body, err := v.once(ctx, u, h)
		if err != nil {
			return err
		}
		return parse(body)
	})
}

func (v *visit) once(ctx context.Context, u *url.URL, h headers) ([]byte, error) {
	ctx, dog := watch(ctx, v.client.limits.stall)
	defer dog.rest()
	response, err := v.send(ctx, u, h)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if err := v.fault(response); err != nil {
		return nil, err
	}
	return v.read(ctx, response, dog)
}

func (v *visit) read(ctx context.Context, response *http.Response, dog *watchdog) ([]byte, error) {
	plain, err := unpack(response.Header, v.meter(response.Body, dog, v.client.limits.page), v.client.limits.page)
	if err != nil {
		return nil, readFault(ctx, err)
	}
	body, err := io.ReadAll(plain)
	if err != nil {
		return nil, readFault(ctx, err)
	}
	return body, nil
}

// readFault is trouble in the middle of a body. A bound that was passed is final.
func readFault(ctx context.Context, err error) error {
	if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrNotDataset) {
		return err
	}
	return trouble(ctx, err)
}
