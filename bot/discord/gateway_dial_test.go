package discord

import (
	"bufio"
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Over TLS, directly or through a proxy, the other end is the one that was asked for.
func TestDial(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "Voici.") }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of the handshakes that are to fail
	server.StartTLS()
	defer server.Close()
	addr := server.Listener.Addr().String()
	trusting := &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
	proxy := tunnels(t)

	tests := []struct {
		name string
		d    dialer
		want string // of the error; empty for none
	}{
		{"direct", dialer{tls: trusting}, ""},
		{"unknown authority", dialer{}, "agree on TLS"},
		{"proxy", dialer{via("http://user:secret@" + proxy), trusting}, ""},
		{"proxy without password", dialer{via("http://" + proxy), trusting}, "407"},
		{"proxy that is gone", dialer{via("http://127.0.0.1:1"), trusting}, "connect to the proxy"},
		{"proxy of another kind", dialer{via("socks5://user:secret@" + proxy), trusting}, "only http://"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			c, err := tt.d.dialTLS(ctx, "tcp", addr)
			if tt.want != "" {
				if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "secret") {
					t.Errorf("got error %v, want %q and no password", err, tt.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = c.Close() }()
			r := httptest.NewRequest(http.MethodGet, "https://"+addr, nil)
			_ = r.Write(c)
			resp, err := http.ReadResponse(bufio.NewReader(c), r)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = resp.Body.Close() }()
			if body, _ := io.ReadAll(resp.Body); string(body) != "Voici." {
				t.Errorf("got %q", body)
			}
		})
	}
}

// A proxy that says nothing is given up when the context ends.
func TestDialEndsWithItsContext(t *testing.T) {
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = mute.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err = (dialer{proxy: via("http://" + mute.Addr().String())}).dialTLS(ctx, "tcp", "discord.invalid:443"); err == nil {
		t.Error("connected to nothing")
	}
}

func via(proxy string) func(*http.Request) (*url.URL, error) {
	return func(*http.Request) (*url.URL, error) { return url.Parse(proxy) }
}

// tunnels starts a proxy for user:secret. It returns its address.
func tunnels(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Authorization", r.Header.Get("Proxy-Authorization"))
		if user, password, _ := r.BasicAuth(); r.Method != http.MethodConnect || user != "user" || password != "secret" {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		there, err := net.Dial("tcp", r.Host)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer func() { _ = there.Close() }()
		here, buffered, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = here.Close() }()
		_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { _, _ = io.Copy(there, buffered); _ = there.Close() }()
		_, _ = io.Copy(here, there)
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}
