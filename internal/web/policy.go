package web

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/BurntSushi/toml"

	"carrypoint/internal/site"
)

// maxPolicyBytes is far more than any such file has.
const maxPolicyBytes = 64 << 10

// ReadPolicy reads rules of freshness, in TOML. What the text does not say is as
// in base; what is no rule, or can't be followed, is an error.
func ReadPolicy(r io.Reader, base site.Policy) (site.Policy, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxPolicyBytes+1))
	if err != nil {
		return site.Policy{}, fmt.Errorf("reading the rules of freshness: %w", err)
	}
	if len(text) > maxPolicyBytes {
		return site.Policy{}, fmt.Errorf("%w: the file is larger than %d bytes", site.ErrPolicy, maxPolicyBytes)
	}
	p := base
	known, err := toml.NewDecoder(bytes.NewReader(text)).Decode(&p)
	if err != nil {
		return site.Policy{}, fmt.Errorf("%w: %v", site.ErrPolicy, err)
	}
	if strange := known.Undecoded(); len(strange) > 0 {
		return site.Policy{}, fmt.Errorf("%w: there is no rule %q; the rules are %s", site.ErrPolicy, strange[0], strings.Join(policyKeys, ", "))
	}
	return p, p.Check()
}

var policyKeys = []string{"call_first_after_days", "rank_behind_after_days", "rank_behind_metres", "older_after_days", "hide_after_days"}
