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
)

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

// readFault is trouble in the middle of a body. A bound that was passed is final.
func readFault(ctx context.Context, err error) error {
	if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrNotDataset) {
		return err
	}
	return trouble(ctx, err)
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
