package discord

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
)

// A dialer connects to the gateway. gorilla’s own would do, were the guard not to stand above TLS.
type dialer struct {
	proxy func(*http.Request) (*url.URL, error) // as in [http.Transport]; nil for none
	tls   *tls.Config                           // nil for the default
}

// dialTLS connects, through the proxy if there is one, and shakes hands. ctx bounds all of it.
func (d dialer) dialTLS(ctx context.Context, network, addr string) (net.Conn, error) {
	c, err := d.dialProxied(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if d.tls != nil {
		config = d.tls.Clone()
	}
	config.ServerName, _, _ = net.SplitHostPort(addr) // gorilla's, which has both
	secure := tls.Client(c, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		_ = c.Close()
		return nil, fmt.Errorf("agree on TLS with %s: %w", addr, err)
	}
	return secure, nil
}

// dialProxied connects, through the proxy if there is one.
func (d dialer) dialProxied(ctx context.Context, network, addr string) (net.Conn, error) {
	var proxy *url.URL
	if d.proxy != nil {
		var err error
		if proxy, err = d.proxy(&http.Request{URL: &url.URL{Scheme: "https", Host: addr}}); err != nil {
			return nil, fmt.Errorf("find the proxy: %w", err)
		}
	}
	if proxy == nil {
		return new(net.Dialer).DialContext(ctx, network, addr)
	}
	if proxy.Scheme != "http" {
		return nil, fmt.Errorf("proxy %s: only http:// is supported", proxy.Redacted())
	}
	port := proxy.Port()
	if port == "" {
		port = "80"
	}
	c, err := new(net.Dialer).DialContext(ctx, network, net.JoinHostPort(proxy.Hostname(), port))
	if err != nil {
		return nil, fmt.Errorf("connect to the proxy: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { _ = c.Close() })
	defer stop()
	if err := tunnel(c, proxy, addr); err != nil {
		_ = c.Close()
		return nil, fmt.Errorf("ask proxy %s for a tunnel: %w", proxy.Redacted(), err)
	}
	return c, nil
}

// tunnel asks a proxy to connect c to addr.
func tunnel(c net.Conn, proxy *url.URL, addr string) error {
	r := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: addr}, Host: addr, Header: http.Header{}}
	if password, set := proxy.User.Password(); set {
		credentials := base64.StdEncoding.EncodeToString([]byte(proxy.User.Username() + ":" + password))
		r.Header.Set("Proxy-Authorization", "Basic "+credentials)
	}
	if err := r.Write(c); err != nil {
		return err
	}
	// The buffer can be dropped: nothing comes after the answer until the client speaks.
	resp, err := http.ReadResponse(bufio.NewReader(c), r)
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("it answers %s", resp.Status)
	}
	return nil
}
