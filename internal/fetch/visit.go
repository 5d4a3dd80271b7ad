package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// A visit is one Get: all that is asked of one server for one dataset.
type visit struct {
	client   *Client
	shelf    *shelf
	received int64 // bytes, as sent, of all answers
}

// headers of a request, by name.
type headers map[string]string

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
