package reader

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"carrypoint/internal/record"
)

// readLines reads JSON Lines: an object on every line. A line that is none is
// the fault of its record alone.
func readLines(t *text) (*record.Table, error) {
	return gather(JSONLines, func(g *gathering) error {
		in, err := t.open()
		if err != nil {
			return err
		}
		defer in.Close()
		lines := newSplitter(in, 0, t.lineEnd)
		var it item
		for {
			line, fault, err := lines.line()
			if err != nil {
				return endOf(err)
			}
			if fault == "" && strings.TrimSpace(line) == "" {
				continue
			}
			it.reset()
			if fault == "" {
				fault = parseLine(&it, line)
			}
			it.fault = fault
			if err := g.visit(&it); err != nil {
				return err
			}
		}
	}, nil)
}

// parseLine makes an item of a line, or says why it can't.
func parseLine(it *item, line string) (fault string) {
	j := newJSONReader(strings.NewReader(line))
	token, err := j.next()
	if err == nil && token != json.Delim('{') {
		return "the line is no JSON object"
	}
	if err == nil {
		err = j.flatten(it, "", token)
	}
	if err == nil {
		if _, err = j.next(); errors.Is(err, io.EOF) {
			return ""
		}
		it.fields = it.fields[:0]
		return "something follows the JSON object of the line"
	}
	it.fields = it.fields[:0]
	return "the line is no JSON object: " + err.Error()
}
