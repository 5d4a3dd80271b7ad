package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// What is wrong with a small signed file, which is a publication or the list of
// hidden sites.
var (
	// ErrNotWhole says that its text is not the one that was written.
	ErrNotWhole = errors.New("it is not whole")
	// ErrUnsigned says that it has no signature where one is needed.
	ErrUnsigned = errors.New("it is not signed")
	// ErrForeign says that it is signed, but by no key that counts here.
	ErrForeign = errors.New("it is signed by another key")
	// ErrOlder says that a newer one was in force before it.
	ErrOlder = errors.New("it is older than what was in force")
)

// maxSealed is how large such a file may be: a publication has half a kilobyte,
// and who hides more sites than this holds needs another edition.
const maxSealed = 64 << 10

// sumWord begins the last line of a text, by which damage is told from a wrong
// key, and found where there is no key.
const sumWord = "sha256 "

// seal adds its sum to a text of whole lines, and signs it where there is a key.
func seal(text string, key *Key) ([]byte, error) {
	text += sumLine(text)
	if len(text) > maxSealed {
		return nil, fmt.Errorf("it has %d bytes, more than %d", len(text), maxSealed)
	}
	if key == nil {
		return []byte(text), nil
	}
	return note.Sign(&note.Note{Text: text}, key.signer)
}

func sumLine(text string) string {
	sum := sha256.Sum256([]byte(text))
	return sumWord + hex.EncodeToString(sum[:]) + "\n"
}

// unseal gives back the text, if one of the keys signed it; with nil keys, also
// if nobody did.
func unseal(sealed []byte, keys note.Verifiers) (text string, err error) {
	summed, _, signed := splitSealed(sealed)
	end := strings.LastIndex(strings.TrimSuffix(summed, "\n"), "\n") + 1
	if text = summed[:end]; summed[end:] != sumLine(text) {
		return "", ErrNotWhole
	}
	switch {
	case keys == nil:
		return text, nil
	case !signed:
		return "", ErrUnsigned
	}
	return text, verifySignature(sealed, summed, keys)
}

// splitSealed parts the text from the signatures after a blank line.
func splitSealed(sealed []byte) (text, signatures string, signed bool) {
	if text, signatures, signed = strings.Cut(string(sealed), "\n\n"); signed {
		text += "\n"
	}
	return text, signatures, signed
}

func verifySignature(sealed []byte, summed string, keys note.Verifiers) error {
	signed, err := note.Open(sealed, keys)
	if unknown := (*note.UnverifiedNoteError)(nil); errors.As(err, &unknown) {
		return fmt.Errorf("%w: %q", ErrForeign, unknown.Note.UnverifiedSigs[0].Name)
	}
	if err != nil {
		return fmt.Errorf("%w: %v", ErrNotWhole, err)
	}
	if signed.Text != summed {
		return fmt.Errorf("%w: something else in it is signed", ErrNotWhole)
	}
	return nil
}

// readSealed reads such a file, which may be no larger than they are.
func readSealed(path string) (content []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	content, err = io.ReadAll(io.LimitReader(f, 2*maxSealed)) // text and signatures
	return content, err
}
