package reader

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A jsonReader walks through JSON token by token, so that a file takes no more
// memory than one record of it.
type jsonReader struct {
	in    *meter
	dec   *json.Decoder
	depth int
}

func newJSONReader(r io.Reader) *jsonReader {
	in := &meter{r: r}
	in.mark()
	dec := json.NewDecoder(in)
	dec.UseNumber() // a ZIP code stays as it is written
	return &jsonReader{in: in, dec: dec}
}

// A meter bounds what is read between two marks.
type meter struct {
	r    io.Reader
	left int
}

func (m *meter) mark() { m.left = maxRecordBytes }

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, tooLarge("one record has more than %d bytes", maxRecordBytes)
	}
	n, err := m.r.Read(p[:min(len(p), m.left)])
	m.left -= n
	return n, err
}

// next is one token. The error is io.EOF, and nothing else, between two documents.
func (j *jsonReader) next() (json.Token, error) {
	token, err := j.dec.Token()
	if err != nil {
		return nil, j.explain(err)
	}
	switch token {
	case json.Delim('{'), json.Delim('['):
		if j.depth++; j.depth > maxDepth {
			return nil, tooLarge("its JSON is nested more than %d deep", maxDepth)
		}
	case json.Delim('}'), json.Delim(']'):
		j.depth--
	}
	return token, nil
}

func (j *jsonReader) explain(err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF) && j.depth == 0:
		return io.EOF
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: its JSON ends in the middle, as after a download that was cut short", ErrFormat)
	case errors.As(err, &syntax):
		return fmt.Errorf("%w: its JSON is broken at byte %d: %v", ErrFormat, j.dec.InputOffset(), err)
	}
	return err
}

// decode reads the next value whole.
func (j *jsonReader) decode(into any) error {
	err := j.dec.Decode(into)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF // a value was due
	}
	if err != nil {
		return j.explain(err)
	}
	return nil
}

// elements visits each value of an array of which the bracket was read.
func (j *jsonReader) elements(visit func(json.Token) error) error {
	for {
		token, err := j.inner()
		if err != nil || token == json.Delim(']') {
			return err
		}
		if err := visit(token); err != nil {
			return err
		}
	}
}

// members visits each member of an object of which the brace was read.
func (j *jsonReader) members(visit func(name string, value json.Token) error) error {
	return j.keys(func(name string) error {
		value, err := j.inner()
		if err != nil {
			return err
		}
		return visit(name, value)
	})
}

// keys visits the name of each member; the visitor reads its value.
func (j *jsonReader) keys(visit func(name string) error) error {
	for {
		token, err := j.inner()
		if err != nil || token == json.Delim('}') {
			return err
		}
		name, ok := token.(string)
		if !ok {
			return fmt.Errorf("%w: a member of its JSON has no name", ErrFormat)
		}
		if err := visit(name); err != nil {
			return err
		}
	}
}

// inner is a token where one is due.
func (j *jsonReader) inner() (json.Token, error) {
	token, err := j.next()
	if errors.Is(err, io.EOF) {
		err = fmt.Errorf("%w: its JSON ends in the middle", ErrFormat)
	}
	return token, err
}

// skip reads to the end of a value, however long it is.
func (j *jsonReader) skip(token json.Token) error {
	if token != json.Delim('{') && token != json.Delim('[') {
		return nil
	}
	for outside := j.depth - 1; j.depth > outside; {
		j.in.mark()
		if _, err := j.inner(); err != nil {
			return err
		}
	}
	return nil
}

func (j *jsonReader) skipNext() error {
	token, err := j.inner()
	if err != nil {
		return err
	}
	return j.skip(token)
}

// value reads a value into memory: strings, json.Number, bool, nil, []any, map[string]any.
func (j *jsonReader) value(token json.Token) (any, error) {
	switch token {
	case json.Delim('['):
		list := []any{}
		err := j.elements(func(token json.Token) error {
			v, err := j.value(token)
			list = append(list, v)
			return err
		})
		return list, err
	case json.Delim('{'):
		object := map[string]any{}
		err := j.members(func(name string, token json.Token) error {
			v, err := j.value(token)
			object[name] = v
			return err
		})
		return object, err
	}
	return token, nil
}

// flatten adds a value to an item: an object as a column for each member
// ("location.city"), anything else as one column.
func (j *jsonReader) flatten(it *item, at string, token json.Token) error {
	if token == json.Delim('{') {
		return j.members(func(name string, token json.Token) error {
			return j.flatten(it, join(at, name), token)
		})
	}
	v, err := j.value(token)
	if err != nil {
		return err
	}
	it.set(at, plain(v))
	return nil
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// plain is a JSON value as text: a number as written, a list of plain values with
// semicolons, and anything deeper as JSON.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case []any:
		if texts, ok := plainList(v); ok {
			return strings.Join(texts, "; ")
		}
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "" // what was read from JSON can be written as JSON
	}
	return strings.TrimSpace(out.String())
}

func plainList(list []any) ([]string, bool) {
	var texts []string
	for _, v := range list {
		switch v.(type) {
		case []any, map[string]any:
			return nil, false
		}
		if text := plain(v); text != "" {
			texts = append(texts, text)
		}
	}
	return texts, true
}
