package main

import (
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"carrypoint/internal/edition"
)

type keysCommand struct {
	New newKeyCommand `cmd:"" help:"Make a key to sign publications with."`
}

type newKeyCommand struct {
	Name string `arg:"" help:"Name of the key, such as the address of the site: it stands in every signature."`
	Out  string `required:"" placeholder:"FILE" help:"File for the private key; the public one is put beside it, in FILE.pub."`
}

// Run makes a key, and prints the public one, which servers need.
func (c *newKeyCommand) Run(w world) error {
	key, err := edition.CreateKey(c.Out, c.Name)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s\n", key.Public)
	return nil
}

// signingKey reads the key of --key; nil without one.
func signingKey(file string) (*edition.Key, error) {
	if file == "" {
		return nil, nil
	}
	return edition.ReadKey(file)
}

// verifyKeys reads the keys of --verify-key; nil without any.
func verifyKeys(textOrFile string) (note.Verifiers, error) {
	if textOrFile == "" {
		return nil, nil
	}
	return edition.ReadVerifiers(textOrFile)
}
