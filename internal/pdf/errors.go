package pdf

import "errors"

// What can go wrong, by what there is to do about it.
var (
	// ErrNone says that there is no browser to print with.
	ErrNone = errors.New("no Chromium was found: install chromium or Google Chrome, or name the path of one")
	// ErrBusy says that as many pages wait as may.
	ErrBusy = errors.New("too many pages wait to be printed: try again in a minute")
	// ErrSlow says that a page was given up.
	ErrSlow = errors.New("printing took too long: print fewer places at once")
	// ErrTooLarge says that a page was not tried.
	ErrTooLarge = errors.New("the page is too large to print: print fewer places at once")
	// ErrClosed says that the press is closed.
	ErrClosed = errors.New("nothing is printed any more: the press is closed")
)
