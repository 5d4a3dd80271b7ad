package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"carrypoint/internal/edition"
	"carrypoint/internal/site"
)

func TestAnErrorOfTheDiskSaysWhatToDo(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"full":            {syscall.ENOSPC, "make room on that disk"},
		"full for a user": {syscall.EDQUOT, "quota"},
		"read-only":       {syscall.EROFS, "choose a folder on another one"},
		"forbidden":       {syscall.EACCES, "give this user the right"},
		"a file":          {syscall.ENOTDIR, "a file stands where a folder should be"},
		"gone":            {syscall.ENOENT, "misspelt"},
		"damaged":         {fmt.Errorf("%w: x", edition.ErrDamaged), "build it again"},
		"unsigned":        {fmt.Errorf("x: %w", edition.ErrUnsigned), "--key"},
		"foreign":         {fmt.Errorf("x: %w", edition.ErrForeign), "--verify-key"},
		"older":           {fmt.Errorf("%w: x", edition.ErrOlder), "carrypoint rollback"},
		"none":            {fmt.Errorf("%w in x", edition.ErrNone), "carrypoint edition build"},
		"strange rules":   {fmt.Errorf("%w: x", site.ErrPolicy), "data/policy/freshness.toml"},
		"two at once":     {errors.Join(&fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, errors.New("and more")), "; and more; make room"},
	} {
		t.Run(name, func(t *testing.T) {
			got := advised(fmt.Errorf("saving: %w", c.err))
			if !strings.HasPrefix(got, "saving: ") || !strings.Contains(got, c.want) || strings.Contains(got, "\n") {
				t.Errorf("it says %q, not %q", got, c.want)
			}
		})
	}
}

func TestAnErrorWithoutAdviceIsLeftAsItIs(t *testing.T) {
	if got := advised(errors.New("something")); got != "something" {
		t.Errorf("it says %q", got)
	}
}
