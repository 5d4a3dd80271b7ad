package fetch

import (
	"errors"
	"strings"
	"time"
	"unicode"
)

// What can go wrong, by what there is to do about it. The text of an error says
// what happened to which address.
var (
	// ErrAddress says that the address itself can't be used.
	ErrAddress = errors.New("this address can't be used")
	// ErrRefused says that carrypoint does not go where the address leads: a
	// private machine, an odd port, another host.
	ErrRefused = errors.New("not asked, for safety")
	// ErrGone says that the dataset is no longer there.
	ErrGone = errors.New("the dataset is gone from its address")
	// ErrForbidden says that the publisher does not let everybody read it.
	ErrForbidden = errors.New("the dataset is not open to everybody")
	// ErrUnavailable says that the server did not answer in time, or not now.
	ErrUnavailable = errors.New("the server does not answer now")
	// ErrTooLarge says that the answer is larger than any list of sites.
	ErrTooLarge = errors.New("the answer is too large")
	// ErrUnreliable says that the server contradicts itself, so that its list
	// may be short or doubled.
	ErrUnreliable = errors.New("the server contradicts itself")
	// ErrProjected says that positions are not in degrees, nor in a system that
	// the readers know.
	ErrProjected = errors.New("the positions are not in degrees")
	// ErrNotDataset says that the answer is something else: a web page, nothing
	// at all, or not what the protocol gives.
	ErrNotDataset = errors.New("the answer is not a dataset")
)

// findAgain is what a person does about a dataset that is gone.
const findAgain = "look for its new address on the publisher's page and write that into the source; the source keeps its earlier addresses, and no site is closed by this"

// A passing error may be gone when the request is sent again.
type passing struct {
	err   error
	after time.Duration // how long the server asks to be left alone
	moved bool          // some bytes arrived, so another try is not the same one
}

func (p *passing) Error() string { return p.err.Error() }
func (p *passing) Unwrap() error { return p.err }

// longestSaid is how much of a server's own words an error repeats.
const longestSaid = 200

// said makes a server's words fit for an error: one line, printable, short.
func said(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if runes := []rune(text); len(runes) > longestSaid {
		text = string(runes[:longestSaid]) + "…"
	}
	return text
}
