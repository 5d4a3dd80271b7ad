package fetch

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// parseAddress reads the address of a dataset. Where its host leads is judged
// when it is dialled.
func parseAddress(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxAddress {
		return nil, fmt.Errorf("%w: it is longer than %d characters", ErrAddress, maxAddress)
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %q is not a web address", ErrAddress, said(text))
	}
	if err := checkAddress(u); err != nil {
		return nil, err
	}
	u.Fragment, u.RawFragment = "", "" // a place on a page: no server is told of it
	return u, nil
}

func checkAddress(u *url.URL) error {
	switch host := u.Hostname(); {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w: it must begin with https:// or http://", ErrAddress)
	case u.User != nil:
		return fmt.Errorf("%w: it holds a user name or a password; only open datasets are fetched", ErrAddress)
	case host == "" || u.Opaque != "":
		return fmt.Errorf("%w: it names no host", ErrAddress)
	default:
		return checkHost(host)
	}
}

// checkHost refuses what some resolvers read as a number and what only means
// something inside a network, before anybody is asked about it.
func checkHost(host string) error {
	if _, err := netip.ParseAddr(host); err == nil {
		return nil
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	last := labels[len(labels)-1]
	if last != "" && last[0] >= '0' && last[0] <= '9' {
		return fmt.Errorf("%w: the host %q is a number, not a name", ErrRefused, said(host))
	}
	if len(labels) < 2 {
		return fmt.Errorf("%w: the host %q is a name inside a network; a public one has a dot", ErrRefused, said(host))
	}
	return nil
}

// followable judges a redirect. It stays on the host that the source names: a
// new host is a new publisher until a person says otherwise.
func followable(next *http.Request, before []*http.Request) error {
	from := before[0].URL
	switch {
	case len(before) > maxRedirects:
		return fmt.Errorf("%w: it leads from one address to the next more than %d times", ErrRefused, maxRedirects)
	case checkAddress(next.URL) != nil:
		return fmt.Errorf("%w: it leads to an address that can't be used", ErrRefused)
	case next.URL.Scheme == "http" && before[len(before)-1].URL.Scheme == "https":
		return fmt.Errorf("%w: it leads from https to http, where anybody on the way can change the answer", ErrRefused)
	case !sameHost(from, next.URL) && !sheetDownload(from, next.URL):
		return fmt.Errorf("%w: it leads to another host, %q; if the publisher's page names that one too, write it into the source", ErrRefused, said(next.URL.Host))
	}
	return nil
}

func sameHost(a, b *url.URL) bool { return hostName(a) == hostName(b) }

func hostName(u *url.URL) string {
	return strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
}

// sheetDownload knows the one pair of hosts that belong together: a published
// Google Sheet is always handed out by a second host. Its name is checked to
// the end, because machines of Google's customers have names in that domain too.
func sheetDownload(from, to *url.URL) bool {
	label, isGoogle := strings.CutSuffix(hostName(to), ".googleusercontent.com")
	return hostName(from) == "docs.google.com" && to.Scheme == "https" && isGoogle && !strings.Contains(label, ".") &&
		strings.HasPrefix(label, "doc-") && strings.HasSuffix(label, "-sheets")
}

// host is what an address is known by to a steward: "gis.example.org".
func host(u *url.URL) string { return strings.ToLower(u.Host) }
