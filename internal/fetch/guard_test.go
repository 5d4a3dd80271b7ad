package fetch

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// forms are the ways to write an address that nobody outside should reach
// through us. They are asked with the guard of production.
var forms = []string{
	"http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/",
	"http://0/", "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://127.1/",
	"http://[::ffff:127.0.0.1]/", "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::7f00:1]/", "http://[fd00::1]/", "http://[fe80::1%25eth0]/",
	"http://100.64.0.1/", "http://192.168.1.1/", "http://10.255.255.53:53/", "http://172.16.0.1/",
	// Beyond those: other spellings, other ranges, other ports.
	"http://0177.0.0.1/", "http://127.0.0.1./", "http://127.0.0.0x1/", "http://１２７.０.０.１/", "http://127。0。0。1/", "http://[::]/",
	"http://[::ffff:0:7f00:1]/", "http://[64:ff9b:1::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:7f00:1::]/", "http://[fec0::1]/",
	"http://[ff02::1]/", "http://[2001:db8::1]/", "http://[fd00:ec2::254]/", "http://[2001:4860:4860::8888%25eth0]/",
	"http://224.0.0.1/", "http://255.255.255.255/", "http://192.0.0.192/", "http://198.18.0.1/", "http://203.0.113.1/",
	"http://100.100.100.200/", "http://168.63.129.16/", "https://8.8.8.8:22/", "http://8.8.8.8:8080/",
}

func TestNoFormOfAPrivateAddressIsAsked(t *testing.T) {
	b := newBench(t, "")
	b.dialer.Resolver = nobody(t)
	for _, form := range forms {
		t.Run(form, func(t *testing.T) {
			b.refuses(t, ProtocolFile, form, ErrRefused, "")
		})
	}
}

func TestPublicAddressesAreNotRefused(t *testing.T) {
	guard := public()
	for _, address := range []string{"8.8.8.8:443", "8.8.8.8:80", "[2001:4860:4860::8888]:443"} {
		network := "tcp4"
		if netip.MustParseAddrPort(address).Addr().Is6() {
			network = "tcp6"
		}
		if err := guard(network, address, nil); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// Whatever a name server answers is judged as the number that is dialled.
func TestNoNameLeadsToAPrivateAddress(t *testing.T) {
	for _, number := range []string{
		"127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "192.168.1.1", "0.0.0.0", "168.63.129.16",
		"::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fd00::1", "fe80::1",
	} {
		t.Run(number, func(t *testing.T) {
			b := newBench(t, "")
			b.dialer.Resolver = nameServer(t, func(int) string { return number })
			b.refuses(t, ProtocolFile, "http://data.example.org/", ErrRefused, "only public addresses")
		})
	}
}

func TestANameThatChangesWhatItMeans(t *testing.T) {
	for name, second := range map[string]string{
		"to this machine":   "127.0.0.2",
		"to the metadata":   "169.254.169.254",
		"to a private host": "10.0.0.1",
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Connection", "close")
				http.Redirect(w, r, "/next", http.StatusFound)
			})
			var lookups atomic.Int32
			b := newBench(t, "", s)
			b.dialer.Resolver = nameServer(t, func(n int) string {
				lookups.Store(int32(n))
				if n == 1 {
					return "127.0.0.1" // the stand-in; to the guard it is public
				}
				return second
			})
			b.refuses(t, ProtocolFile, "http://data.example.org:"+port(t, s)+"/", ErrRefused, "only public addresses")
			if lookups.Load() < 2 {
				t.Error("the name was not looked up again, so this shows nothing")
			}
		})
	}
}

func TestAHostThatNobodyKnows(t *testing.T) {
	b := newBench(t, "")
	b.dialer.Resolver = nobody(t)
	b.refuses(t, ProtocolFile, "https://gone.example.org/sites.csv", ErrUnavailable, `no name server knows the host "gone.example.org"`)
	if len(b.pauses) > 0 {
		t.Error("it was tried again")
	}
}

func port(t *testing.T, s *httptest.Server) string {
	t.Helper()
	_, port, err := net.SplitHostPort(s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// nobody knows no name.
func nobody(t *testing.T) *net.Resolver {
	return nameServer(t, func(int) string { return "" })
}

// nameServer answers every question with the number that answer gives for the
// n-th question of its kind.
func nameServer(t *testing.T, answer func(n int) string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go answerNames(conn, answer)
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func answerNames(conn net.PacketConn, answer func(n int) string) {
	packet := make([]byte, 1500)
	asked := map[dnsmessage.Type]int{}
	for {
		n, from, err := conn.ReadFrom(packet)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(packet[:n]) != nil || len(m.Questions) != 1 {
			continue
		}
		q := m.Questions[0]
		asked[q.Type]++
		m.Response, m.Authoritative, m.Additionals = true, true, nil
		number, _ := netip.ParseAddr(answer(asked[q.Type])) // none: the name is not known
		m.Answers = records(q, number)
		if reply, err := m.Pack(); err == nil {
			_, _ = conn.WriteTo(reply, from)
		}
	}
}

// records answer the kind of question that fits the number.
func records(q dnsmessage.Question, number netip.Addr) []dnsmessage.Resource {
	head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
	switch {
	case q.Type == dnsmessage.TypeA && number.Is4():
		return []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AResource{A: number.As4()}}}
	case q.Type == dnsmessage.TypeAAAA && number.Is6():
		return []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AAAAResource{AAAA: number.As16()}}}
	}
	return nil
}
