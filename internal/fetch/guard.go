package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"syscall"

	"code.dny.dev/ssrf"
)

// A Guard judges an address, as numbers, at the moment it is dialled: after
// every name has been looked up, so that no answer of a name server gets past
// it. An error keeps the connection from being made.
type Guard func(network, address string, c syscall.RawConn) error

// cloudAgent is where Azure answers every machine of its own with what only
// that machine may know. It is a public number, so that no list of special
// addresses has it.
var cloudAgent = netip.MustParsePrefix("168.63.129.16/32")

// public lets nothing through but public addresses on ports 80 and 443.
func public() Guard {
	return ssrf.New(ssrf.WithDeniedV4Prefixes(cloudAgent)).Safe
}

// guarded makes a dialer that asks the guard about every address.
func guarded(guard Guard) *net.Dialer {
	return &net.Dialer{Timeout: dialTimeout, Control: func(network, address string, c syscall.RawConn) error {
		if err := guard(network, address, c); err != nil {
			return fmt.Errorf("%w: only public addresses on ports 80 and 443 are asked: %w", ErrRefused, err)
		}
		return nil
	}}
}
