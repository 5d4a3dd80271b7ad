package edition

import (
	"errors"
	"fmt"
	"io/fs"
)

// A Refusal says what of a data folder a follower does not serve, and why.
type Refusal struct {
	What string // "publication 8", "the list of hidden sites"
	Err  error  // for the log: it names files
}

func (r *Refusal) Error() string { return r.What + ": " + r.Err.Error() }

// Unwrap gives the cause.
func (r *Refusal) Unwrap() error { return r.Err }

// reasons say each cause in words that name no file. The first that fits counts.
var reasons = []struct {
	cause error
	words string
}{
	{ErrUnsigned, "it is not signed"},
	{ErrForeign, "it is signed by a key that this server does not know"},
	{ErrNotWhole, "it is not whole"},
	{ErrOlder, "it is older than what was in force"},
	{ErrDamaged, "its edition is damaged"},
	{fs.ErrNotExist, "its file is not there"},
}

// Words are the refusal as one sentence for everybody: it names no file.
func (r *Refusal) Words() string {
	for _, reason := range reasons {
		if errors.Is(r.Err, reason.cause) {
			return fmt.Sprintf("%s was refused: %s", r.What, reason.words)
		}
	}
	return r.What + " was refused: it could not be read"
}
