package reader

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte("\x1f\x8b")) }

// gunzip is a packed source, unpacked as it is read, within bounds.
func gunzip(packed source) source {
	return source{func() (io.ReadCloser, error) {
		in, err := packed.open()
		if err != nil {
			return nil, err
		}
		counted := &counter{r: in}
		unpacked, err := gzip.NewReader(counted)
		if err != nil {
			_ = in.Close() // it was only read
			return nil, fmt.Errorf("%w: it begins like a gzip archive and is none: %v", ErrFormat, err)
		}
		return stream{&unpacker{in: counted, r: unpacked}, in}, nil
	}}
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// An unpacker stops what bursts: too many bytes, or too many for the few that they
// were packed in.
type unpacker struct {
	in  *counter
	r   io.Reader
	out int64
}

func (u *unpacker) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.out += int64(n)
	switch {
	case u.out > MaxBytes:
		return 0, tooLarge("it unpacks to more than %d bytes", int64(MaxBytes))
	case bursts(u.out, u.in.n):
		return 0, tooLarge("it unpacks to more than %d times its size", maxRatio)
	case err != nil && !errors.Is(err, io.EOF):
		return n, fmt.Errorf("%w: its compressed bytes are damaged or cut short: %v", ErrFormat, err)
	}
	return n, err
}

// bursts reports whether so few packed bytes may not hold so many.
func bursts(unpacked, packed int64) bool {
	return unpacked > ratioFloor && unpacked/maxRatio > packed
}
