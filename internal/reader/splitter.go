package reader

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// A splitter cuts a text into rows and rows into fields. It differs from
// encoding/csv in what happens at a broken quote: that one takes the rest of the
// file for one field, this one goes on with the next line. It also takes a bare
// carriage return for the end of a row, and leaves those within quotes alone.
type splitter struct {
	in        io.Reader
	separator byte
	lineEnd   byte

	buffer []byte // where the window lies
	window []byte // what was read and is not yet given
	ended  bool   // nothing is left to read
	failed error
	fields []string
	text   []byte // the fields of a row with quotes, one after the other
	ends   []int  // where each ends in text
}

func newSplitter(in io.Reader, separator, lineEnd byte) *splitter {
	buffer := make([]byte, headBytes)
	return &splitter{in: in, separator: separator, lineEnd: lineEnd, buffer: buffer, window: buffer[:0]}
}

// line is the next line as it stands. The error is io.EOF at the end.
func (s *splitter) line() (line, fault string, err error) {
	end := s.lineLength(0)
	switch {
	case s.failed != nil:
		return "", "", s.failed
	case end < 0:
		_, fault, err := s.skipLongLine()
		return "", fault, err
	case end == 0 && len(s.window) == 0:
		return "", "", io.EOF
	}
	line = string(s.window[:end])
	s.drop(end + 1)
	return line, "", nil
}

// next is the next row, which is good until the call after. A fault says why it
// can't be read, beside the fields before it. The error is io.EOF at the end.
func (s *splitter) next() (fields []string, fault string, err error) {
	end := s.lineLength(0)
	switch {
	case s.failed != nil:
		return nil, "", s.failed
	case end < 0:
		return s.skipLongLine()
	case end == 0 && len(s.window) == 0:
		return nil, "", io.EOF
	}
	line := s.window[:end]
	if bytes.IndexByte(line, '"') >= 0 || s.lineEnd == '\n' && hasBareReturn(line) {
		return s.quoted()
	}
	text := string(bytes.TrimSuffix(line, []byte("\r")))
	s.drop(end + 1)
	s.fields = s.fields[:0]
	for {
		field, rest, more := cut(text, s.separator)
		s.fields = append(s.fields, field)
		if !more {
			return s.fields, faultOf(s.fields), nil
		}
		text = rest
	}
}

func cut(text string, separator byte) (field, rest string, more bool) {
	if i := strings.IndexByte(text, separator); i >= 0 {
		return text[:i], text[i+1:], true
	}
	return text, "", false
}

func hasBareReturn(line []byte) bool {
	i := bytes.IndexByte(line, '\r')
	return i >= 0 && i < len(line)-1
}

// faultOf finds what no list of sites has in a row.
func faultOf(fields []string) string {
	if len(fields) > maxColumns {
		return fmt.Sprintf("the row has %d columns, more than %d", len(fields), maxColumns)
	}
	for i, f := range fields {
		if len(f) > maxFieldBytes {
			return fmt.Sprintf("column %d has %d bytes, more than %d", i+1, len(f), maxFieldBytes)
		}
	}
	return ""
}

// lineLength is the number of bytes before the end of the line that holds the
// byte at from; -1 for a line that is too long.
func (s *splitter) lineLength(from int) int {
	for {
		if i := bytes.IndexByte(s.window[from:], s.lineEnd); i >= 0 {
			return from + i
		}
		if len(s.window) > maxRowBytes {
			return -1
		}
		from = len(s.window)
		if !s.more() {
			return len(s.window)
		}
	}
}

// more reads on; false says that nothing came.
func (s *splitter) more() bool {
	if s.ended {
		return false
	}
	if len(s.window) == cap(s.window) {
		if len(s.window) > len(s.buffer)/2 {
			s.buffer = make([]byte, 2*len(s.buffer))
		}
		s.window = s.buffer[:copy(s.buffer, s.window)]
	}
	n, err := s.in.Read(s.window[len(s.window):cap(s.window)])
	s.window = s.window[:len(s.window)+n]
	if err != nil {
		s.ended = true
		if err != io.EOF { // readers give it bare
			s.failed = err
		}
	}
	return n > 0 || !s.ended
}

// drop forgets the first n bytes, or all where there are fewer.
func (s *splitter) drop(n int) {
	s.window = s.window[min(n, len(s.window)):]
}

// skipLongLine goes to the end of a line of which no row can be made.
func (s *splitter) skipLongLine() (fields []string, fault string, err error) {
	for {
		if i := bytes.IndexByte(s.window, s.lineEnd); i >= 0 {
			s.drop(i + 1)
			break
		}
		s.window = s.window[:0]
		if !s.more() {
			break
		}
	}
	return nil, fmt.Sprintf("the row has more than %d bytes", maxRowBytes), s.failed
}

// quoted reads a row that has quotes, or carriage returns that may end it.
func (s *splitter) quoted() ([]string, string, error) {
	s.text, s.ends = s.text[:0], s.ends[:0]
	at := 0
	for {
		next, fault := s.field(at)
		if s.failed != nil {
			return nil, "", s.failed
		}
		if fault == "" && next > maxRowBytes {
			fault = "no quote closes within a row's length"
		}
		if fault != "" {
			return s.recover(fault)
		}
		s.ends = append(s.ends, len(s.text))
		if next >= len(s.window) || s.window[next] != s.separator {
			s.drop(s.afterLineEnd(next))
			fields := s.collect()
			return fields, faultOf(fields), nil
		}
		at = next + 1
	}
}

// field reads one field that begins at a place, and gives the place of the
// separator or line end after it.
func (s *splitter) field(at int) (next int, fault string) {
	if !s.has(at) || s.window[at] != '"' {
		return s.bareField(at), ""
	}
	at++
	for {
		i := bytes.IndexByte(s.window[at:], '"')
		if i < 0 {
			if len(s.window) > maxRowBytes {
				return len(s.window), "a quote is opened and not closed"
			}
			s.text = append(s.text, s.window[at:]...)
			at = len(s.window)
			if !s.more() {
				return at, "a quote is opened and not closed"
			}
			continue
		}
		s.text = append(s.text, s.window[at:at+i]...)
		at += i + 1
		if !s.has(at) {
			return at, ""
		}
		switch c := s.window[at]; c {
		case '"':
			s.text = append(s.text, '"')
			at++
		case s.separator, '\r', '\n':
			return at, ""
		default:
			return at, "text follows a closing quote"
		}
	}
}

// bareField takes a quote that does not open a field for a letter: 5" pipe.
func (s *splitter) bareField(at int) (next int) {
	next = at
	for next <= maxRowBytes && s.has(next) {
		c := s.window[next]
		if c == s.separator || c == '\n' || c == '\r' {
			break
		}
		next++
	}
	s.text = append(s.text, s.window[at:next]...)
	return next
}

// has reports whether there is a byte at a place, reading on if it must.
func (s *splitter) has(at int) bool {
	for at >= len(s.window) {
		if !s.more() {
			return false
		}
	}
	return true
}

// afterLineEnd is the place after the line end at a place, which may have two bytes.
func (s *splitter) afterLineEnd(at int) int {
	if s.has(at) && s.window[at] == '\r' && s.has(at+1) && s.window[at+1] == '\n' {
		return at + 2
	}
	return at + 1
}

// recover gives up a row and goes on after its first line. What is read twice so
// ends at the next line with a quote that opens or closes, so a file is read no
// more than twice.
func (s *splitter) recover(fault string) ([]string, string, error) {
	line := s.lineLength(0)
	if line < 0 {
		return s.skipLongLine()
	}
	if i := bytes.IndexByte(s.window[:line], '\r'); i >= 0 {
		line = i
	}
	s.drop(s.afterLineEnd(line))
	return s.collect(), "its quotes do not match: " + fault, nil
}

// collect makes the fields of one text: one allocation a row.
func (s *splitter) collect() []string {
	end := 0
	if len(s.ends) > 0 {
		end = s.ends[len(s.ends)-1]
	}
	text := string(s.text[:end])
	s.fields = s.fields[:0]
	start := 0
	for _, end := range s.ends {
		s.fields = append(s.fields, text[start:end])
		start = end
	}
	return s.fields
}
