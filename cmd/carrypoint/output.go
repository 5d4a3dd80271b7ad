package main

import (
	"encoding/json"
	"fmt"
	"io"
)

// An output is where answers are written. It remembers the first failure, so
// that no answer is lost in silence and no command looks after every line.
type output struct {
	io.Writer
	first error
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if o.first == nil {
		o.first = err
	}
	return n, err
}

func (o *output) failure() error {
	if o.first == nil {
		return nil
	}
	return fmt.Errorf("the answer could not be written: %w", o.first)
}

func printJSON(w world, v any) error {
	encoder := json.NewEncoder(w.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}
