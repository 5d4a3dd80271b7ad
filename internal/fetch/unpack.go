package fetch

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// unpack reads a body as it was before it was compressed for the way, up to
// most bytes of it.
func unpack(h http.Header, body io.Reader, most int64) (io.Reader, error) {
	packed := &counter{from: body}
	switch encoding := strings.ToLower(strings.TrimSpace(h.Get("Content-Encoding"))); encoding {
	case "", "identity":
		return &bounded{from: packed, packed: packed, most: most}, nil
	case "gzip", "x-gzip":
		plain, err := gzip.NewReader(packed)
		if err != nil {
			return nil, err
		}
		return &bounded{from: plain, packed: packed, most: most}, nil
	default:
		return nil, fmt.Errorf("%w: it is compressed as %q, which was not asked for", ErrNotDataset, said(encoding))
	}
}

// A counter counts what is read through it.
type counter struct {
	from io.Reader
	n    int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.from.Read(b)
	c.n += int64(n)
	return n, err
}

// A bounded reader ends what unpacks to too much: in all, or for its size.
type bounded struct {
	from   io.Reader
	packed *counter
	n      int64
	most   int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	b.n += int64(n)
	switch {
	case b.n > b.most:
		return 0, fmt.Errorf("%w: it is more than %d bytes", ErrTooLarge, b.most)
	case b.n > ratioFrom && b.n/maxRatio > b.packed.n:
		return 0, fmt.Errorf("%w: it unpacks to more than %d times its size, as no dataset does", ErrTooLarge, maxRatio)
	}
	return n, err
}
