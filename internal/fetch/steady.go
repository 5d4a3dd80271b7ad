package fetch

import (
	"errors"
	"fmt"
	"os"
)

// A stamped description of a dataset tells whether the dataset was edited.
type stamped interface{ stamp() string }

// steady reads a dataset until nobody edited it meanwhile: pages of before and
// after an edit don't fit together.
func steady[T stamped](s *shelf, before T, look func() (T, error), read func(T) (*os.File, label, error)) (*Answer, error) {
	for range maxRereads {
		part, what, err := read(before)
		if err != nil && !errors.Is(err, ErrUnreliable) {
			return nil, err
		}
		after, trouble := look()
		switch same := trouble == nil && after.stamp() == before.stamp(); {
		case trouble != nil:
			return nil, errors.Join(trouble, drop(part))
		case same && err != nil:
			return nil, err // no edit excuses it
		case same:
			return s.put(part, what)
		}
		if err := drop(part); err != nil {
			return nil, err
		}
		before = after
	}
	return nil, fmt.Errorf("%w: it was edited while it was read, %d times; try again later", ErrUnreliable, maxRereads)
}

func drop(part *os.File) error {
	if part == nil {
		return nil
	}
	return discard(part)
}
