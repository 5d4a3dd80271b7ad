package fetch

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
)

// A merger writes the rows of many pages as one list: a head, the rows with
// commas between, a tail.
type merger struct {
	to   *bufio.Writer
	hash hash.Hash
	size int64
	most int64
	rows int
}

func newMerger(to *os.File, most int64) *merger {
	return &merger{to: bufio.NewWriterSize(to, 256<<10), hash: sha256.New(), most: most}
}

func (m *merger) write(parts ...[]byte) error {
	for _, b := range parts {
		m.hash.Write(b) // never fails
		m.size += int64(len(b))
		if m.size > m.most {
			return fmt.Errorf("%w: its rows are more than %d bytes", ErrTooLarge, m.most)
		}
		if _, err := m.to.Write(b); err != nil {
			return fmt.Errorf("saving the dataset: %w", err)
		}
	}
	return nil
}

// row adds one row, on a line of its own.
func (m *merger) row(raw json.RawMessage) error {
	between := []byte("\n")
	if m.rows > 0 {
		between = []byte(",\n")
	}
	m.rows++
	var line bytes.Buffer
	if err := json.Compact(&line, raw); err != nil {
		return fmt.Errorf("%w: a row is not JSON: %w", ErrNotDataset, err)
	}
	return m.write(between, line.Bytes())
}

// end writes the tail. The file is then complete, but not yet safe on disk.
func (m *merger) end(tail string) error {
	if err := m.write([]byte(tail)); err != nil {
		return err
	}
	if err := m.to.Flush(); err != nil {
		return fmt.Errorf("saving the dataset: %w", err)
	}
	return nil
}

func (m *merger) sum() string { return hex.EncodeToString(m.hash.Sum(nil)) }
