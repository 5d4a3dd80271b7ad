package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"carrypoint/internal/catalog"
	"carrypoint/internal/edition"
	"carrypoint/internal/ingest"
	"carrypoint/internal/site"
)

// advice says of each cause what a person can do about it. The first that fits
// an error counts.
var advice = []struct {
	cause error
	do    string
}{
	{catalog.ErrNeedsConfirm, "look at it with: carrypoint runs NUMBER; then apply it with --confirm"},
	{ingest.ErrMapping, "docs/mapping.md says what a mapping holds"},
	{ingest.ErrNotDataset, "docs/dataset.md says what such a file holds"},
	{edition.ErrNone, "make one with: carrypoint edition build FILE --dir FOLDER"},
	{edition.ErrDamaged, "get the file again, or build it again with: carrypoint edition build FILE --dir FOLDER"},
	{edition.ErrKeyNeeded, "nothing was changed"},
	{edition.ErrUnsigned, "publish it again with --key, or serve without --verify-key"},
	{edition.ErrForeign, "publish it again with the key that servers know, or add this one to the file of --verify-key"},
	{edition.ErrNotWhole, "publish again with: carrypoint publish --dir FOLDER"},
	{edition.ErrOlder, "to go back to an older edition, use: carrypoint rollback --dir FOLDER"},
	{site.ErrPolicy, "data/policy/freshness.toml of the source code says what each rule does"},
	{syscall.ENOSPC, "make room on that disk and try again"},
	{syscall.EDQUOT, "make room within this user's quota and try again"},
	{syscall.EROFS, "that disk can only be read: choose a folder on another one"},
	{syscall.ENOTDIR, "a file stands where a folder should be: choose another folder, or move the file away"},
	{fs.ErrPermission, "give this user the right to it, or choose another file or folder"},
	{fs.ErrNotExist, "its name is misspelt, or it was moved away"},
}

// advised is an error as one sentence: what happened, to what, and what to do.
func advised(err error) string {
	text := strings.ReplaceAll(err.Error(), "\n", "; ") // errors that were joined
	for _, a := range advice {
		if errors.Is(err, a.cause) {
			return fmt.Sprintf("%s; %s", text, a.do)
		}
	}
	return text
}
