package edition

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// A Key signs publications and the list of hidden sites, and knows its own
// signature. The nil Key signs nothing.
type Key struct {
	// Public is what a server needs to verify what the key signed: the text of
	// --verify-key.
	Public string

	signer    note.Signer
	verifiers note.Verifiers
}

// keys are those by which what the key signed before is known again.
func (k *Key) keys() note.Verifiers {
	if k == nil {
		return nil
	}
	return k.verifiers
}

// CreateKey makes a key of a name, such as "steward.example.org", and writes it
// into two new files: the private one, which only this user may read, and beside
// it, with .pub after its name, the public one. It replaces no file.
func CreateKey(path, name string) (*Key, error) {
	secret, _, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	key, err := parseKey(secret)
	if err != nil {
		return nil, fmt.Errorf("%q is no name for a key: leave out spaces and the plus sign", name)
	}
	if err := writeNew(path, secret, 0o600); err != nil {
		return nil, fmt.Errorf("writing the key: %w", err)
	}
	if err := writeNew(path+".pub", key.Public, 0o644); err != nil {
		return nil, fmt.Errorf("writing the public key: %w", errors.Join(err, os.Remove(path)))
	}
	return key, nil
}

// writeNew writes one line into a file that is not there yet.
func writeNew(path, line string, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if _, err = f.WriteString(line + "\n"); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// ReadKey reads the private key in a file that CreateKey wrote.
func ReadKey(path string) (*Key, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the key: %w", err)
	}
	key, err := parseKey(strings.TrimSpace(string(content)))
	if err != nil { // its text is secret
		return nil, fmt.Errorf("%s holds no private key; make one with: carrypoint keys new NAME --out FILE", path)
	}
	return key, nil
}

// privateWord begins a private key.
const privateWord = "PRIVATE+KEY+"

// parseKey reads "PRIVATE+KEY+name+hash+secret".
func parseKey(secret string) (*Key, error) {
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, err
	}
	encoded, err := base64.StdEncoding.DecodeString(strings.SplitN(secret, "+", 5)[4]) // a signer has all five parts
	if err != nil || len(encoded) != 1+ed25519.SeedSize {                              // a byte before the seed says what kind it is
		return nil, errors.New("it is no Ed25519 key")
	}
	private := ed25519.NewKeyFromSeed(encoded[1:])
	public, err := note.NewEd25519VerifierKey(signer.Name(), private.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, err
	}
	verifiers, err := parseVerifiers(public)
	return &Key{public, signer, verifiers}, err
}

// ReadVerifiers reads the public keys of which one must have signed: the text of
// one, or a file with one on each line. While a key is changed for another, a
// server knows both.
func ReadVerifiers(textOrFile string) (note.Verifiers, error) {
	if keys, err := parseVerifiers(textOrFile); err == nil {
		return keys, nil
	}
	if strings.HasPrefix(textOrFile, privateWord) { // which must not stand in a log
		return nil, errors.New("that is a private key; servers need the public one, of the file that ends with .pub")
	}
	content, err := os.ReadFile(textOrFile)
	if err != nil {
		return nil, fmt.Errorf("%q is no public key and no file with one: %w", textOrFile, err)
	}
	keys, err := parseVerifiers(string(content))
	if err != nil {
		return nil, fmt.Errorf("%s holds no public key on each line: %w", textOrFile, err)
	}
	return keys, nil
}

func parseVerifiers(text string) (note.Verifiers, error) {
	var all []note.Verifier
	for line := range strings.Lines(strings.TrimSpace(text)) {
		verifier, err := note.NewVerifier(strings.TrimSpace(line))
		if err != nil {
			return nil, err
		}
		all = append(all, verifier)
	}
	if len(all) == 0 {
		return nil, errors.New("it is empty")
	}
	return note.VerifierList(all...), nil
}
