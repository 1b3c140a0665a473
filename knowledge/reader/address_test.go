package reader

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// TestAddresses are the ways in which an address leads to a machine that is nobody's business, by how it is written.
// Those that pass are connected to, and looked at again there.
func TestAddresses(t *testing.T) {
	for address, want := range map[string]Reason{
		"https://fr.wikipedia.org/wiki/Canal": 0,
		"http://journal.fr:80/":               0,
		"https://journal.fr:443/":             0,
		"https://journal.fr./":                0,
		"https://93.184.216.34/":              0,
		"https://[2606:2800:21f:cb07::1]/":    0,
		"https://éclusier.fr/été":             0,
		" https://journal.fr/ ":               0,

		"":                                     BadAddress,
		"journal.fr":                           BadAddress,
		"//journal.fr/":                        BadAddress,
		"https:journal.fr":                     BadAddress,
		"https://":                             BadAddress,
		"https:///chemin":                      BadAddress,
		"ftp://journal.fr/":                    BadAddress,
		"file:///etc/passwd":                   BadAddress,
		"gopher://journal.fr/":                 BadAddress,
		"javascript:alert(1)":                  BadAddress,
		"data:text/html,x":                     BadAddress,
		"https://moi@journal.fr/":              BadAddress,
		"https://moi:mot@journal.fr/":          BadAddress,
		"https://journal.fr@127.0.0.1/":        BadAddress,
		"https://journal.fr:22/":               BadAddress,
		"https://journal.fr:8080/":             BadAddress,
		"https://journal.fr:0443/":             BadAddress,
		"https://journal.fr:/":                 BadAddress,
		"https://journal fr/":                  BadAddress,
		"https://journal.fr\\@127.0.0.1/":      BadAddress,
		"https://jour\x00nal.fr/":              BadAddress,
		"https://jour%6eal.fr%00/":             BadAddress,
		"https://" + strings.Repeat("a", 2100): BadAddress,

		"http://localhost/":                 NotPublic,
		"http://LOCALHOST./":                NotPublic,
		"http://a.localhost/":               NotPublic,
		"http://imprimante.local/":          NotPublic,
		"http://metadata.google.internal/":  NotPublic,
		"http://postgres/":                  NotPublic,
		"http://service.lan/":               NotPublic,
		"http://1.0.0.127.in-addr.arpa/":    NotPublic,
		"http://cache.onion/":               NotPublic,
		"http://127.0.0.1/":                 NotPublic,
		"http://127.0.0.1./":                NotPublic,
		"http://127.255.255.254/":           NotPublic,
		"http://127.1/":                     NotPublic, // as inet_aton reads it
		"http://2130706433/":                NotPublic, // decimal
		"http://017700000001/":              NotPublic, // octal
		"http://0x7f000001/":                NotPublic, // hexadecimal
		"http://0177.0.0.1/":                NotPublic,
		"http://0x7f.0.0.1/":                NotPublic,
		"http://0x7F.1/":                    NotPublic,
		"http://127.0.0.0x1/":               NotPublic,
		"http://１２７.０.０.１/":                 NotPublic, // wide digits
		"http://127。0。0。1/":                 NotPublic, // ideographic full stops
		"http://①②⑦.0.0.1/":                 NotPublic, // digits in circles
		"http://0/":                         NotPublic,
		"http://0.0.0.0/":                   NotPublic,
		"http://10.0.0.1/":                  NotPublic,
		"http://172.16.0.1/":                NotPublic,
		"http://172.31.255.255/":            NotPublic,
		"http://192.168.1.1/":               NotPublic,
		"http://169.254.169.254/":           NotPublic, // metadata of AWS, Google, Azure and others
		"http://168.63.129.16/":             NotPublic, // Azure's wire server
		"http://100.64.0.1/":                NotPublic, // carrier-grade NAT
		"http://100.100.100.200/":           NotPublic, // Alibaba's metadata
		"http://192.0.0.192/":               NotPublic, // Oracle's metadata
		"http://192.0.2.1/":                 NotPublic, // documentation
		"http://198.51.100.1/":              NotPublic,
		"http://203.0.113.1/":               NotPublic,
		"http://192.88.99.1/":               NotPublic, // 6to4 relays
		"http://198.18.0.1/":                NotPublic, // benchmarks
		"http://198.19.255.255/":            NotPublic,
		"http://224.0.0.1/":                 NotPublic, // multicast
		"http://239.255.255.250/":           NotPublic,
		"http://240.0.0.1/":                 NotPublic,
		"http://255.255.255.255/":           NotPublic,
		"http://[::1]/":                     NotPublic,
		"http://[::]/":                      NotPublic,
		"http://[0:0:0:0:0:0:0:1]/":         NotPublic,
		"http://[fe80::1]/":                 NotPublic, // link-local
		"http://[fe80::1%25eth0]/":          NotPublic,
		"http://[2606:2800:21f::1%25eth0]/": NotPublic,
		"http://[fc00::1]/":                 NotPublic, // unique local
		"http://[fd00:ec2::254]/":           NotPublic, // metadata of AWS
		"http://[fec0::1]/":                 NotPublic, // site-local, of old
		"http://[ff02::1]/":                 NotPublic, // multicast
		"http://[::ffff:127.0.0.1]/":        NotPublic, // IPv4-mapped
		"http://[::ffff:7f00:1]/":           NotPublic,
		"http://[::ffff:93.184.216.34]/":    NotPublic,
		"http://[::127.0.0.1]/":             NotPublic, // IPv4-compatible
		"http://[64:ff9b::7f00:1]/":         NotPublic, // NAT64
		"http://[64:ff9b:1::a00:1]/":        NotPublic, // NAT64 of one's own
		"http://[2002:7f00:1::]/":           NotPublic, // 6to4
		"http://[2002:a9fe:a9fe::]/":        NotPublic,
		"http://[2001:0:7f00:1::]/":         NotPublic, // Teredo
		"http://[2001:db8::1]/":             NotPublic, // documentation
		"http://[3fff::1]/":                 NotPublic,
		"http://[2001:2::1]/":               NotPublic, // benchmarks
		"http://[2001:10::1]/":              NotPublic, // ORCHID
		"http://[100::1]/":                  NotPublic, // discard
		"http://[5f00::1]/":                 NotPublic, // segment routing
	} {
		_, err := parseAddress(address)
		var refused *RefusedError
		got := Reason(0)
		if errors.As(err, &refused) {
			got = refused.Reason
		}
		if got != want {
			t.Errorf("%q: got %v (%v), want %v", address, got, err, want)
		}
	}
}

// TestConnections looks at what is connected to, whatever name it had.
func TestConnections(t *testing.T) {
	for to, ok := range map[string]bool{
		"93.184.216.34:443":      true,
		"93.184.216.34:80":       true,
		"[2606:2800:21f::1]:443": true,
		"93.184.216.34:25":       false,
		"127.0.0.1:80":           false,
		"[::1]:80":               false,
		"[::ffff:127.0.0.1]:80":  false,
		"[fe80::1%eth0]:80":      false,
		"journal.fr:80":          false,
		"/var/run/docker.sock":   false,
	} {
		if err := checkConnection(t.Context(), "tcp4", to, nil); (err == nil) != ok {
			t.Errorf("%s: got error %v", to, err)
		}
	}
	if checkConnection(t.Context(), "udp4", "93.184.216.34:443", nil) == nil {
		t.Error("a connection that is not TCP is made")
	}
}

// errNoNetwork stands for the network: no test connects to a public address.
var errNoNetwork = errors.New("there is no network here")

// TestRebinding has a name lead to a public address when it is first asked for, and to this machine afterwards: at no
// time is this machine connected to.
func TestRebinding(t *testing.T) {
	const public1 = "93.184.216.34"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		if c, err := listener.Accept(); err == nil {
			t.Error("this machine was connected to")
			_ = c.Close()
		}
	}()

	names := &changing{answers: []string{public1, "127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1"}}
	var connected []string
	dialer := &net.Dialer{
		Resolver: &net.Resolver{PreferGo: true, StrictErrors: true, Dial: names.dial},
		ControlContext: func(ctx context.Context, network, address string, c syscall.RawConn) error {
			if err := checkConnection(ctx, network, address, c); err != nil {
				return err
			}
			connected = append(connected, address)
			return errNoNetwork
		},
	}
	f := newFetcher(FetcherOptions{}, dialer.DialContext)
	if _, err := f.Fetch(t.Context(), "http://journal.fr/"); reasonOf(t, err) != Unreachable || !errors.Is(err, errNoNetwork) {
		t.Errorf("the first time: got error %v", err)
	}
	for range 4 {
		if _, err := f.Fetch(t.Context(), "http://journal.fr/"); reasonOf(t, err) != NotPublic {
			t.Errorf("afterwards: got error %v", err)
		}
	}
	if len(connected) != 1 || connected[0] != public1+":80" {
		t.Errorf("connected to %v", connected)
	}
	// dialPublic is that dialer, without the test's end to it.
	if _, err := dialPublic(&net.Resolver{PreferGo: true, Dial: names.dial})(t.Context(), "tcp", "journal.fr:80"); err == nil ||
		!strings.Contains(err.Error(), NotPublic.String()) {
		t.Errorf("got error %v", err)
	}
}

// changing is a name server that answers with the next address each time that a name is looked up, and with the last
// one from then on.
type changing struct {
	mu      sync.Mutex
	answers []string
}

func (c *changing) next(kind dnsmessage.Type) (netip.Addr, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ip := netip.MustParseAddr(c.answers[0])
	if ip.Is4() != (kind == dnsmessage.TypeA) {
		return netip.Addr{}, false
	}
	if len(c.answers) > 1 {
		c.answers = c.answers[1:]
	}
	return ip, true
}

// dial connects a resolver to the name server, over TCP within this process.
func (c *changing) dial(context.Context, string, string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	go c.serve(theirs)
	return ours, nil
}

func (c *changing) serve(conn net.Conn) {
	defer conn.Close()
	for {
		var size [2]byte
		if _, err := conn.Read(size[:]); err != nil {
			return
		}
		query := make([]byte, int(size[0])<<8|int(size[1]))
		if _, err := conn.Read(query); err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(query) != nil || len(m.Questions) != 1 {
			return
		}
		m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
		q := m.Questions[0]
		header := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
		if ip, ok := c.next(q.Type); ok && ip.Is4() {
			m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AResource{A: ip.As4()}}}
		} else if ok {
			m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AAAAResource{AAAA: ip.As16()}}}
		}
		answer, err := m.Pack()
		if err != nil {
			return
		}
		if _, err := conn.Write(append([]byte{byte(len(answer) >> 8), byte(len(answer))}, answer...)); err != nil {
			return
		}
	}
}
