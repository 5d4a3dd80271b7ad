package edition

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// A Hiding is the list of sites that no answer may hold, whatever edition is in
// force: so a site that became dangerous is gone in seconds, without a build.
type Hiding struct {
	// Seq is above that of every list before it. It follows the clock where that
	// is further, so that it rises also after somebody has moved the list away.
	Seq   int64     `json:"seq"`
	Since time.Time `json:"since"` // when the list became this one, UTC
	IDs   []string  `json:"ids"`   // rising; also of sites that the edition does not hold
}

// hidingWord begins the text of the list, with the version of its form.
const hidingWord = "carrypoint hidden 1"

var siteID = regexp.MustCompile(`^[a-z0-9-]{1,120}$`)

func notSiteID(id string) bool { return !siteID.MatchString(id) }

// Hide adds sites to those that are hidden. Hiding one again changes nothing.
func Hide(dir string, key *Key, now time.Time, ids ...string) (Hiding, error) {
	return publisher{dir, key, now, onDisk}.changeHidden(func(hidden []string) []string { return append(hidden, ids...) })
}

// Unhide takes sites from those that are hidden.
func Unhide(dir string, key *Key, now time.Time, ids ...string) (Hiding, error) {
	return publisher{dir, key, now, onDisk}.changeHidden(func(hidden []string) []string {
		return slices.DeleteFunc(hidden, func(id string) bool { return slices.Contains(ids, id) })
	})
}

// Hidden reads the list of hidden sites of a data folder, which is empty where
// there is none. With keys, one of them must have signed it.
func Hidden(dir string, keys note.Verifiers) (Hiding, error) {
	path := filepath.Join(dir, hiddenName)
	sealed, err := readSealed(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Hiding{}, nil
	}
	if err != nil {
		return Hiding{}, fmt.Errorf("reading the list of hidden sites: %w", err)
	}
	text, err := unseal(sealed, keys)
	if err != nil {
		return Hiding{}, fmt.Errorf("the list of hidden sites in %s: %w", path, err)
	}
	h, err := parseHiding(text)
	if err != nil {
		return Hiding{}, fmt.Errorf("the list of hidden sites in %s: %w", path, err)
	}
	return h, nil
}

func (w publisher) changeHidden(change func([]string) []string) (h Hiding, err error) {
	err = w.locked(func(Publication) error {
		h, err = w.rewriteHidden(change)
		return err
	})
	if err != nil {
		return Hiding{}, fmt.Errorf("changing the list of hidden sites: %w", err)
	}
	return h, nil
}

func (w publisher) rewriteHidden(change func([]string) []string) (Hiding, error) {
	path := filepath.Join(w.dir, hiddenName)
	if err := needKey(path, w.key); err != nil {
		return Hiding{}, err
	}
	before, err := Hidden(w.dir, w.key.keys())
	if errors.Is(err, ErrUnsigned) {
		before, err = w.emptyUnsigned(err)
	}
	if err != nil {
		return Hiding{}, fmt.Errorf("%w; look at it, move it away, and hide again the sites that it names", err)
	}
	ids := slices.Compact(slices.Sorted(slices.Values(change(slices.Clone(before.IDs)))))
	if slices.Equal(ids, before.IDs) {
		return before, nil
	}
	if i := slices.IndexFunc(ids, notSiteID); i >= 0 {
		return Hiding{}, fmt.Errorf("%q is no id of a site", ids[i])
	}
	h := Hiding{max(before.Seq+1, w.now.Unix()), w.now.UTC(), ids}
	sealed, err := seal(h.text(), w.key)
	if err != nil {
		return Hiding{}, fmt.Errorf("%w; publish an edition without these sites", err)
	}
	written, err := w.create.writeAside(path, sealed)
	if err != nil {
		return Hiding{}, err
	}
	return h, written.place()
}

// emptyUnsigned is a list of the time before there was a key: it may be signed
// from now on if it names nothing. What it names, a person must look at.
func (w publisher) emptyUnsigned(unsigned error) (Hiding, error) {
	h, err := Hidden(w.dir, nil)
	if err != nil || len(h.IDs) > 0 {
		return Hiding{}, unsigned
	}
	return h, nil
}

// text is the list in lines, without its sum.
func (h Hiding) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nseq %d\nsince %s\n", hidingWord, h.Seq, moment(h.Since))
	for _, id := range h.IDs {
		fmt.Fprintf(&b, "site %s\n", id)
	}
	return b.String()
}

// parseHiding reads a text that is exactly as text would write it.
func parseHiding(text string) (Hiding, error) {
	var h Hiding
	var err error
	for line := range strings.Lines(text) {
		switch word, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " "); word {
		case "seq":
			h.Seq = number(value, &err)
		case "since":
			h.Since = instant(value, &err)
		case "site":
			h.IDs = append(h.IDs, value)
		}
	}
	if err != nil {
		return Hiding{}, fmt.Errorf("%w: %v", ErrNotWhole, err)
	}
	rising := slices.IsSorted(h.IDs) && len(slices.Compact(slices.Clone(h.IDs))) == len(h.IDs)
	if h.text() != text || h.Seq < 1 || !rising || slices.ContainsFunc(h.IDs, notSiteID) {
		return Hiding{}, fmt.Errorf("%w: it does not read %q and then every line in its place", ErrNotWhole, hidingWord)
	}
	return h, nil
}
