package edition

import (
	"cmp"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// A Publication is one act of putting an edition in force. Each has a number of
// its own, above all before it, also where the edition is an older one: so a
// server can tell what is new from what somebody has put back.
type Publication struct {
	Seq       int64     `json:"seq"`
	Edition   string    `json:"edition"` // its id
	Bytes     int64     `json:"bytes"`
	Sites     int       `json:"sites"`
	Made      time.Time `json:"made"`      // when the edition was made, UTC
	Published time.Time `json:"published"` // UTC
	Again     int64     `json:"again"`     // the publication that was put in force again; 0 for none
	Title     string    `json:"title"`
}

// publicationWord begins the text of a publication, with the version of its form.
const publicationWord = "carrypoint publication 1"

// text is the publication in lines, without its sum.
func (p Publication) text() string {
	return fmt.Sprintf("%s\nseq %d\nedition %s\nbytes %d\nsites %d\nmade %s\npublished %s\nagain %d\ntitle %s\n",
		publicationWord, p.Seq, p.Edition, p.Bytes, p.Sites, moment(p.Made), moment(p.Published), p.Again, p.Title)
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

var editionID = regexp.MustCompile(`^[0-9a-f]{64}$`)

// parsePublication reads a text that is exactly as text would write it.
func parsePublication(text string) (Publication, error) {
	lines := map[string]string{}
	for line := range strings.Lines(text) {
		word, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		lines[word] = value
	}
	var err error
	p := Publication{
		Seq: number(lines["seq"], &err), Edition: lines["edition"], Bytes: number(lines["bytes"], &err), Sites: int(number(lines["sites"], &err)),
		Made: instant(lines["made"], &err), Published: instant(lines["published"], &err), Again: number(lines["again"], &err), Title: lines["title"],
	}
	switch {
	case err != nil:
		return Publication{}, fmt.Errorf("%w: %v", ErrNotWhole, err)
	case p.text() != text || p.Seq < 1 || p.Bytes < 1 || p.Bytes > maxBytes || !editionID.MatchString(p.Edition):
		return Publication{}, fmt.Errorf("%w: it does not read %q and then every line in its place", ErrNotWhole, publicationWord)
	}
	return p, nil
}

// number reads a number that is not below nought.
func number(text string, failed *error) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err == nil && n < 0 {
		err = fmt.Errorf("%d is below nought", n)
	}
	*failed = cmp.Or(*failed, err)
	return n
}

func instant(text string, failed *error) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	*failed = cmp.Or(*failed, err)
	return t
}

// readPublication reads a publication that one of the keys signed.
func readPublication(path string, keys note.Verifiers) (Publication, error) {
	sealed, err := readSealed(path)
	if err != nil {
		return Publication{}, fmt.Errorf("reading a publication: %w", err)
	}
	p, err := openPublication(sealed, keys)
	if err != nil {
		return Publication{}, fmt.Errorf("the publication in %s: %w", path, err)
	}
	return p, nil
}

func openPublication(sealed []byte, keys note.Verifiers) (Publication, error) {
	text, err := unseal(sealed, keys)
	if err != nil {
		return Publication{}, err
	}
	return parsePublication(text)
}

// name is what a refusal calls it.
func (p Publication) name() string { return fmt.Sprintf("publication %d", p.Seq) }

// Kept says whether the edition is still in the folder, so that it can be put in
// force again.
func (p Publication) Kept(dir string) bool {
	info, err := os.Stat(editionPath(dir, p.Edition))
	return err == nil && info.Size() == p.Bytes
}

// load opens the edition of a publication, which must be what it tells of.
func (p Publication) load(dir string) (*Edition, error) {
	path := editionPath(dir, p.Edition)
	if info, err := os.Stat(path); err == nil && info.Size() != p.Bytes { // also while it is being copied
		return nil, fmt.Errorf("%w: %s has not the %d bytes that %s tells of", ErrDamaged, path, p.Bytes, p.name())
	}
	e, err := Load(path)
	if err != nil {
		return nil, err
	}
	if err := p.tellsOf(e.Meta); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return e, nil
}

func (p Publication) tellsOf(meta Meta) error {
	if p.Sites != meta.Sites || !p.Made.Equal(meta.Made) || p.Title != meta.Title {
		return fmt.Errorf("%w: it is not what %s tells of", ErrDamaged, p.name())
	}
	return nil
}
