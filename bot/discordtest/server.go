// Package discordtest is a fake Discord on loopback, REST and gateway, for tests.
//
// [New] starts one. [Server.Transport] carries the requests that a client means for discord.com to
// it, so the real discordgo client talks to it unchanged; [Server.Gateway] plays the gateway and its
// faults, and [Server.REST] the rest of the API.
//
// Its promise: whatever a client does that Discord would not stand, the test that started the fake
// fails, and says what was done.
package discordtest

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"
)

// Token is the bot token that the fake accepts. It has the shape of a real one, so that a search for
// it in logs finds what a real one would leave there, and opens nothing.
const Token = "MDAwMDAwMDAwMDAwMDAwMDAwMA.FAKE00.not-a-token-only-for-the-fake-discord" // #nosec G101

// ApplicationID is the snowflake of the application that [Token] belongs to.
const ApplicationID = "100000000000000001"

// A Server is a fake Discord. It may be used by many goroutines.
type Server struct {
	// Gateway is what the server dispatches, breaks and has seen on its websockets.
	Gateway *Gateway
	// REST is what the server has received and breaks over HTTP.
	REST *REST

	t    testing.TB
	addr string // of the listener; the same for the life of the server, even after Refuse
	srv  *http.Server

	done     chan struct{} // closed when the test ends
	mu       sync.Mutex
	listener net.Listener // nil while connections are refused
	serving  sync.WaitGroup
}

// New starts a fake Discord, which ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{t: t, done: make(chan struct{})}
	s.Gateway = newGateway(s)
	s.REST = newREST(s)
	mux := http.NewServeMux()
	s.routesGateway(mux)
	s.routesREST(mux)
	s.srv = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	if err := s.listen("127.0.0.1:0"); err != nil {
		t.Fatalf("discordtest: %v", err)
	}
	t.Cleanup(s.close)
	return s
}

// URL is the address of the fake, without a path: "http://127.0.0.1:port".
func (s *Server) URL() string { return "http://" + s.addr }

// Transport carries every request to the fake, whatever host and path the client meant. A request
// for a host that is neither the fake nor Discord fails the test: no test reaches the network.
func (s *Server) Transport() http.RoundTripper {
	direct := http.DefaultTransport.(*http.Transport).Clone()
	direct.Proxy = nil
	s.t.Cleanup(direct.CloseIdleConnections)
	return transport{s, direct}
}

type transport struct {
	s      *Server
	direct *http.Transport
}

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	switch r.URL.Hostname() {
	case "discord.com", "cdn.discordapp.com", "127.0.0.1":
	default:
		t.s.fail("request to %s: no test reaches the network", r.URL.Host)
		return nil, &url.Error{Op: r.Method, URL: r.URL.Host, Err: net.UnknownNetworkError("not the fake Discord")}
	}
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", t.s.addr
	r.Host = t.s.addr
	return t.direct.RoundTrip(r)
}

// Refuse closes every connection and refuses new ones until d has passed, as a network that is down.
// It returns at once.
func (s *Server) Refuse(d time.Duration) {
	s.mu.Lock()
	if s.listener != nil {
		_ = s.listener.Close()
		s.listener = nil
	}
	s.mu.Unlock()
	s.srv.SetKeepAlivesEnabled(false) // closes the idle connections
	s.Gateway.cut()
	s.serving.Go(func() {
		select {
		case <-s.done:
			return
		case <-time.After(d):
		}
		s.srv.SetKeepAlivesEnabled(true)
		if err := s.listen(s.addr); err != nil {
			s.fail("listen again: %v", err)
		}
	})
}

// listen opens addr and serves it, unless the test is over.
func (s *Server) listen(addr string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over() {
		return nil
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on loopback: %w", err)
	}
	s.listener = l
	if s.addr == "" {
		s.addr = l.Addr().String()
	}
	s.serving.Go(func() { _ = s.srv.Serve(l) })
	return nil
}

// close ends every connection and waits for what the server started.
func (s *Server) close() {
	s.mu.Lock()
	close(s.done)
	s.mu.Unlock()
	_ = s.srv.Close()
	s.Gateway.close()
	s.serving.Wait()
}

// over reports whether the test has ended: t must no longer be called.
func (s *Server) over() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// fail reports what a client did wrong, as an error of the test.
func (s *Server) fail(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over() {
		return // a request that ends after the test; t would panic
	}
	s.t.Errorf("discordtest: "+format, args...)
}
