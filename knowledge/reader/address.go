package reader

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// maxAddress is the longest address that is fetched, in bytes: what browsers and search engines agree on.
const maxAddress = 2048

// parseAddress reads an address that may be fetched, by how it is written. Whether it leads to a public machine is
// known only when a connection is made: see [public].
func parseAddress(raw string) (*url.URL, error) {
	if len(raw) > maxAddress {
		return nil, refuse(BadAddress, "longer than %d bytes", maxAddress)
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, refuse(BadAddress, "not an address") // err would repeat what may be a password
	}
	return u, checkAddress(u)
}

// checkAddress refuses what no page of the public web has, and makes the host's letters plain.
func checkAddress(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return refuse(BadAddress, "its scheme is %q, and http and https are fetched", u.Scheme)
	case u.User != nil:
		return refuse(BadAddress, "it holds a name or a password")
	case u.Opaque != "" || u.Hostname() == "":
		return refuse(BadAddress, "it names no host")
	case u.Port() != "" && u.Port() != "80" && u.Port() != "443", strings.HasSuffix(u.Host, ":"):
		return refuse(BadAddress, "its port is %q, and 80 and 443 are fetched", u.Port())
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		return public(ip)
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if again, failed := idna.Lookup.ToASCII(host); err != nil || failed != nil || again != host {
		return refuse(BadAddress, "its host is no name")
	}
	if port := u.Port(); port != "" {
		u.Host = host + ":" + port
	} else {
		u.Host = host
	}
	return checkName(strings.TrimSuffix(host, "."))
}

// localNames end the names of machines that are not on the public internet (RFC 6761, 6762, 7686, 8375, and
// .internal, which ICANN has set aside; .lan and the others are what routers hand out).
var localNames = []string{
	"localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "localdomain", "home.arpa", "arpa",
	"onion", "test", "invalid", "example",
}

// checkName refuses names that some resolvers take for an IPv4 address (a last part that is a number: 2130706433,
// 0x7f.1, 0177.0.0.1), and names that only mean something in a network of one's own.
func checkName(host string) error {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" || !strings.Contains(host, ".") || '0' <= last[0] && last[0] <= '9' {
		return refuse(NotPublic, "the host %q", host)
	}
	for _, name := range localNames {
		if strings.HasSuffix(host, "."+name) {
			return refuse(NotPublic, "the host %q", host)
		}
	}
	return nil
}

// notPublic4 are the IPv4 blocks that are not of the public internet.
// Source: https://www.iana.org/assignments/iana-ipv4-special-registry, multicast and class E besides; and the address
// at which Azure answers its machines, which no registry has.
var notPublic4 = prefixes("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
	"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"168.63.129.16/32")

// Of IPv6 only global unicast is public: that leaves out loopback, unique local and link-local addresses, multicast,
// IPv4-mapped and NAT64 ones. Within it are blocks for protocols (Teredo, 2001::/32, among them), for documents, for
// 6to4, and the AS112 ones. Source: https://www.iana.org/assignments/iana-ipv6-special-registry.
var (
	public6    = netip.MustParsePrefix("2000::/3")
	notPublic6 = prefixes("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48")
)

func prefixes(texts ...string) (list []netip.Prefix) {
	for _, s := range texts {
		list = append(list, netip.MustParsePrefix(s))
	}
	return list
}

// public refuses an address that is not of the public internet, or that carries another one within itself.
func public(ip netip.Addr) error {
	blocks := notPublic6
	if ip.Is4() {
		blocks = notPublic4
	} else if !public6.Contains(ip) || ip.Zone() != "" {
		return refuse(NotPublic, "%v", ip)
	}
	for _, block := range blocks {
		if block.Contains(ip) {
			return refuse(NotPublic, "%v", ip)
		}
	}
	return nil
}
