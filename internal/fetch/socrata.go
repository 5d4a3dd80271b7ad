package fetch

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"
)

// A socrataAddress is a dataset on a Socrata site.
type socrataAddress struct {
	site  *url.URL // scheme and host
	id    string
	where string // which rows are wanted; empty for all
}

// socrataID is how every dataset is named: "wzna-yuqm". It stands in an address
// as a step of its own, with or without a format behind.
var socrataID = regexp.MustCompile(`^([a-z0-9]{4}-[a-z0-9]{4})(?:\.[a-z]+)?$`)

// forSocrata are the parts of a pasted query that are asked for again, in
// carrypoint's own way.
var forSocrata = map[string]bool{"$limit": true, "$offset": true, "$order": true, "accessType": true}

// parseSocrata finds the id in the addresses that a person copies: …/resource/ID.json,
// …/d/ID, …/api/views/ID, …/Health/Some-Name/ID.
func parseSocrata(u *url.URL) (socrataAddress, error) {
	a := socrataAddress{site: &url.URL{Scheme: u.Scheme, Host: u.Host}}
	for step := range strings.SplitSeq(u.Path, "/") {
		if match := socrataID.FindStringSubmatch(step); match != nil {
			a.id = match[1]
		}
	}
	if a.id == "" {
		return a, fmt.Errorf("%w: a Socrata address has the dataset's id in it, as in %s/resource/abcd-1234.json", ErrAddress, a.site)
	}
	for name, values := range u.Query() {
		switch {
		case name == "$where":
			a.where = values[0]
		case strings.EqualFold(name, "$$app_token"):
			return a, fmt.Errorf("%w: it holds an app token; tokens are given to carrypoint, not written into a source", ErrAddress)
		case values[0] != "" && !forSocrata[name]:
			return a, fmt.Errorf("%w: of a query, only \"$where\" is understood, not %q", ErrAddress, said(name))
		}
	}
	return a, nil
}

func (a socrataAddress) about() *url.URL { return a.site.JoinPath("api/views", a.id+".json") }

// query asks for rows.
func (a socrataAddress) query(what url.Values) *url.URL {
	u := a.site.JoinPath("resource", a.id+".json")
	if a.where != "" {
		what.Set("$where", a.where)
	}
	u.RawQuery = what.Encode()
	return u
}

// socrata fetches all rows of a dataset.
func (v *visit) socrata(ctx context.Context, address *url.URL) (*Answer, error) {
	a, err := parseSocrata(address)
	if err != nil {
		return nil, err
	}
	about, err := v.view(ctx, a)
	if err != nil {
		return nil, err
	}
	if kept := v.shelf.kept; kept != nil && kept.Stamp != "" && kept.Stamp == about.stamp() {
		return v.shelf.same(), nil
	}
	look := func() (view, error) { return v.view(ctx, a) }
	read := func(about view) (*os.File, label, error) { return v.readRows(ctx, a, about) }
	return steady(v.shelf, about, look, read)
}

// token is sent where nobody on the way can read it.
func (v *visit) token(a socrataAddress) headers {
	if token := v.client.options.AppToken; token != "" && a.site.Scheme == "https" {
		return headers{"X-App-Token": token}
	}
	return nil
}
