package reader

import (
	"errors"
	"io"
)

// A source is bytes that can be read from their beginning as often as needed.
type source struct {
	open func() (io.ReadCloser, error)
}

func bytesOf(r io.ReaderAt, size int64) source {
	return source{func() (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(r, 0, size)), nil
	}}
}

// head is the first bytes, fewer where there are no more.
func (s source) head() ([]byte, error) {
	r, err := s.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head := make([]byte, headBytes)
	n, err := io.ReadFull(r, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], err
}

// all is every byte, of a source that is small by its nature.
func (s source) all(limit int64) ([]byte, error) {
	r, err := s.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = tooLarge("a part of it has more than %d bytes", limit)
	}
	return data, err
}

// A stream is a reader with the closing of what it reads from.
type stream struct {
	io.Reader
	io.Closer
}
