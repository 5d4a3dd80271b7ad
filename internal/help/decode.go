package help

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/BurntSushi/toml"

	"carrypoint/internal/site"
)

// ErrHelp says that a file is not what this package can trust a person's life to.
var ErrHelp = errors.New("not in order")

// maxBytes is far more than any of these files has.
const maxBytes = 256 << 10

func fault(format string, about ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrHelp}, about...)...)
}

// decode reads TOML strictly: a misspelt name would take a reviewer's word away
// without a sound.
func decode(text []byte, into any) error {
	if len(text) > maxBytes {
		return fault("it is larger than %d bytes", maxBytes)
	}
	known, err := toml.Decode(string(text), into)
	if err != nil {
		return fault("%v", err)
	}
	if strange := known.Undecoded(); len(strange) > 0 {
		return fault("there is no field %q", strange[0].String())
	}
	return nil
}

// checkURL takes what a page may link to.
func checkURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(u.Host, ".") || u.User != nil {
		return fault("%q is no web address", text)
	}
	return nil
}

// checkDay takes a whole day, or nothing.
func checkDay(name string, d site.Date) error {
	if _, ok := d.Start(); d != "" && (!ok || len(d) != len("2026-11-24")) {
		return fault("%s is %q; it must be a day like 2026-11-24", name, d)
	}
	return nil
}

func checkDate(name string, d site.Date) error {
	if _, err := site.ParseDate(string(d)); err != nil {
		return fault("%s: %v", name, err)
	}
	return nil
}
