package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// The protocols of a Request.
const (
	ProtocolFile    = "file"    // the address answers with the dataset
	ProtocolArcGIS  = "arcgis"  // a layer, or a service of one layer
	ProtocolSocrata = "socrata" // a dataset by its id
)

// The formats of what was fetched, in the words of the readers.
const (
	formatGeoJSON  = "geojson"
	formatEsriJSON = "esrijson"
	formatJSON     = "json"
)

// userAgent tells a publisher who is asking.
const userAgent = "carrypoint/1 (reads open datasets)"

// Options are what a Client needs to know of its surroundings. The zero value
// keeps nothing.
type Options struct {
	// Folder is where answers are kept, so that a publisher can be asked for
	// changes only. Empty: every dataset is fetched whole, into a temporary file.
	Folder string
	Now    func() time.Time
	Sleep  func(context.Context, time.Duration) error
	// AppToken makes a Socrata site more patient. It is sent over https only.
	AppToken string
	// Progress is told the bytes received so far in the Get that it belongs to.
	Progress func(bytes int64)
	// Guard is for tests that serve from this machine. Nothing else sets it, and
	// a test sees to that: without it only public addresses are asked.
	Guard Guard
}

// A Client fetches datasets. Several may be fetched at a time.
type Client struct {
	options   Options
	limits    limits
	dialer    *net.Dialer
	transport *http.Transport
	http      *http.Client
}

// New makes a client.
func New(o Options) *Client {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Guard == nil {
		o.Guard = public()
	}
	c := &Client{options: o, limits: production, dialer: guarded(o.Guard)}
	c.transport = &http.Transport{
		Proxy:                  nil, // a proxy would look names up behind the guard's back
		DialContext:            c.dialer.DialContext,
		TLSHandshakeTimeout:    dialTimeout,
		DisableCompression:     true, // unpacked here, within bounds
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        maxStall,
	}
	c.http = &http.Client{Transport: c.transport, CheckRedirect: followable}
	return c
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

// A Request is for one dataset.
type Request struct {
	Address  string
	Protocol string
}

// Get fetches a dataset whole. The answer must be closed.
func (c *Client) Get(ctx context.Context, r Request) (*Answer, error) {
	address, err := parseAddress(r.Address)
	if err != nil {
		return nil, err
	}
	tooLong := fmt.Errorf("%w: the dataset was not there after %v", ErrUnavailable, c.limits.total)
	ctx, cancel := context.WithTimeoutCause(ctx, c.limits.total, tooLong)
	defer cancel()
	defer c.transport.CloseIdleConnections()

	shelf, err := openShelf(c.options.Folder, r, c.options.Now())
	if err != nil {
		return nil, err
	}
	v := &visit{client: c, shelf: shelf}
	answer, err := v.by(ctx, r.Protocol, address)
	if err != nil {
		return nil, fmt.Errorf("fetching from %s: %w", host(address), shelf.abandon(err))
	}
	answer.Host = host(address)
	return answer, nil
}

func (v *visit) by(ctx context.Context, protocol string, address *url.URL) (*Answer, error) {
	switch protocol {
	case ProtocolFile:
		return v.file(ctx, address)
	case ProtocolArcGIS:
		return v.arcgis(ctx, address)
	case ProtocolSocrata:
		return v.socrata(ctx, address)
	}
	return nil, fmt.Errorf("%w: the protocol %q is none of %q, %q and %q", ErrAddress, protocol, ProtocolFile, ProtocolArcGIS, ProtocolSocrata)
}
