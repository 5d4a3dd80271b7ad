package reader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"

	"carrypoint/internal/record"
)

// A text is a source of characters. How they are coded is decided on all of the
// bytes, so that one é far down does not change the letters above it.
type text struct {
	src      source
	coding   encoding.Encoding // nil: the bytes are UTF-8 as they stand
	mark     int64             // bytes of a byte order mark, to be left out
	drop     transform.Transformer
	lineEnd  byte // what ends every line: a line feed, or where there is none a carriage return
	findings []record.Finding
}

// textOf looks through a source once. KML may hold fewer characters than others:
// XML has no place for control characters.
func textOf(src source, format string) (*text, error) {
	t := &text{src: src, lineEnd: '\n'}
	head, err := src.head()
	if err != nil {
		return nil, err
	}
	marked := false
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		t.mark, marked = 3, true
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		t.coding, marked = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), true
	}
	seen, err := t.survey()
	if err != nil {
		return nil, err
	}
	switch {
	case seen.invalid && marked:
		t.coding = unicode.UTF8 // says by its mark what it is: the broken bytes become U+FFFD
	case seen.invalid:
		t.coding = charmap.Windows1252
		t.find("decoded_windows_1252", "the file is not UTF-8, so it was read as Windows-1252; look at the accents")
	}
	if seen.nul {
		t.drop = runes.Remove(runes.Predicate(func(r rune) bool { return r == 0 }))
		t.find("nul_bytes_dropped", "the file has NUL bytes; they were left out")
	}
	if format == KML {
		t.drop = runes.Remove(runes.Predicate(forbiddenInXML))
	}
	if seen.returns && !seen.feeds {
		t.lineEnd = '\r'
	}
	return t, nil
}

func forbiddenInXML(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff'
}

func (t *text) find(code, sentence string) {
	t.findings = append(t.findings, record.Finding{Code: code, Text: sentence})
}

// open begins the text anew: UTF-8, without a byte order mark.
func (t *text) open() (io.ReadCloser, error) {
	in, err := t.src.open()
	if err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, in, t.mark); err != nil {
		_ = in.Close() // it was only read
		return nil, fmt.Errorf("reading the byte order mark: %w", err)
	}
	r := io.Reader(in)
	if t.coding != nil {
		r = transform.NewReader(r, t.coding.NewDecoder())
	}
	if t.drop != nil {
		r = transform.NewReader(r, t.drop)
	}
	return stream{r, in}, nil
}

// A survey is what matters of all characters of a text.
type survey struct {
	invalid bool // some bytes are not UTF-8
	nul     bool
	feeds   bool // \n
	returns bool // \r
}

func (t *text) survey() (survey, error) {
	var seen survey
	r, err := t.open()
	if err != nil {
		return seen, err
	}
	defer r.Close()
	buffer := make([]byte, headBytes)
	kept := 0 // bytes of a character that the last piece cut in two
	for {
		n, err := r.Read(buffer[kept:])
		piece := buffer[:kept+n]
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return seen, err
		}
		whole := len(piece)
		if !last {
			whole = wholeCharacters(piece)
		}
		seen.add(piece[:whole])
		if last {
			return seen, nil
		}
		kept = copy(buffer, piece[whole:])
	}
}

func (s *survey) add(piece []byte) {
	s.invalid = s.invalid || !utf8.Valid(piece)
	s.nul = s.nul || bytes.IndexByte(piece, 0) >= 0
	s.feeds = s.feeds || bytes.IndexByte(piece, '\n') >= 0
	s.returns = s.returns || bytes.IndexByte(piece, '\r') >= 0
}

// wholeCharacters is the length of a piece without a character that is cut at its end.
func wholeCharacters(piece []byte) int {
	for back := 1; back < utf8.UTFMax && back <= len(piece); back++ {
		at := len(piece) - back
		if utf8.RuneStart(piece[at]) {
			if !utf8.FullRune(piece[at:]) {
				return at
			}
			break
		}
	}
	return len(piece)
}
