package reader

import (
	"context"
	"net"
	"net/netip"
	"syscall"
	"time"
)

// A dialFunc makes a connection, as [net.Dialer.DialContext] does.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// dialPublic makes connections to public addresses only. It looks at the address that is connected to, once the name
// has been resolved: a name that leads elsewhere a moment later is looked at again, as it is the connection that is.
func dialPublic(resolver *net.Resolver) dialFunc {
	d := &net.Dialer{Timeout: 5 * time.Second, Resolver: resolver, ControlContext: checkConnection}
	return d.DialContext
}

// checkConnection is called with each address, before it is connected to.
func checkConnection(_ context.Context, network, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	switch {
	case err != nil:
		return refuse(NotPublic, "connect to %q", address)
	case network != "tcp4" && network != "tcp6" || to.Port() != 80 && to.Port() != 443:
		return refuse(NotPublic, "connect to %s over %s", address, network)
	}
	return public(to.Addr())
}
