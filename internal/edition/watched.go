package edition

import (
	"errors"
	"os"
	"slices"
)

// A watched is a small file that a follower looks at: what it was when it was
// read, and why what it said is refused, if it is.
type watched struct {
	mark    mark
	refusal *Refusal
}

// read remembers a file whose content was read. Where it could not be, the next
// look reads it again.
func (w *watched) read(now mark, err error) {
	w.mark = mark{}
	if err == nil || judged(err) {
		w.mark = now
	}
}

// judged says whether an error is one of the content, which stays until somebody
// writes the file.
func judged(err error) bool {
	return slices.ContainsFunc([]error{ErrNotWhole, ErrUnsigned, ErrForeign}, func(cause error) bool { return errors.Is(err, cause) })
}

// judge takes a refusal, or none, and says whether there is one to tell of.
func (w *watched) judge(what string, err error) (isNew bool) {
	before := w.refusal
	if err == nil {
		w.refusal = nil
		return false
	}
	w.refusal = &Refusal{what, err}
	return before == nil || before.Error() != w.refusal.Error()
}

// A mark tells one state of a file from the next without reading it. The zero
// mark is of no file.
type mark struct{ info os.FileInfo }

func markOf(path string) mark {
	info, err := os.Stat(path)
	if err != nil {
		return mark{} // whoever reads it says why
	}
	return mark{info}
}

// same says that it is the same file, and that nobody wrote to it.
func (m mark) same(other mark) bool {
	return m.info != nil && other.info != nil && os.SameFile(m.info, other.info) &&
		m.info.Size() == other.info.Size() && m.info.ModTime().Equal(other.info.ModTime())
}
