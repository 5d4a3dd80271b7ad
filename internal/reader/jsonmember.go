package reader

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// text reads a member that is a text; any other value leaves it empty.
func (j *jsonReader) text(into *string) error {
	token, err := j.inner()
	if err != nil {
		return err
	}
	*into, _ = token.(string)
	return j.skip(token)
}

// truth reads a member that is true or false; any other value is false.
func (j *jsonReader) truth(into *bool) error {
	token, err := j.inner()
	if err != nil {
		return err
	}
	*into, _ = token.(bool)
	return j.skip(token)
}

// list reads a member that is a list, and passes over any other value.
func (j *jsonReader) list(read func() error) error {
	token, err := j.inner()
	if err != nil {
		return err
	}
	if token == json.Delim('[') {
		return read()
	}
	return j.skip(token)
}

// refusal reads the member by which servers say that something went wrong.
func (j *jsonReader) refusal(into *string) error {
	token, err := j.inner()
	if err != nil {
		return err
	}
	v, err := j.value(token)
	if err != nil || v == nil || v == false {
		return err
	}
	if *into = plain(at(v, "message")); *into == "" {
		*into = plain(v)
	}
	return nil
}

func refused(reason string) error {
	return fmt.Errorf("%w: it is no data but the answer of a server in trouble: %q", ErrFormat, clip(strings.TrimSpace(reason), 200))
}

// endOf makes the end of a text no error.
func endOf(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
