package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

// Bounds of the server. Discord waits 3 s for a reply, so a request that takes longer to arrive, or a
// reply that takes longer to leave, serves nobody.
const (
	readHeaderTimeout = 3 * time.Second
	readTimeout       = 5 * time.Second // header and body
	writeTimeout      = 10 * time.Second
	idleTimeout       = 2 * time.Minute // longer than a proxy's usual 60 s, so that the proxy closes first
	maxHeader         = 16 << 10        // bytes

	// Of HTTP/2. A proxy that has more to ask at once opens another connection.
	maxStreams = 128      // requests on a connection at once
	maxUnread  = 64 << 10 // bytes of a connection that wait to be read, over all its requests; the least there is
)

// protocols are what a proxy may speak to the endpoint: HTTP/1.1, and HTTP/2 without TLS (h2c).
func protocols() *http.Protocols {
	p := new(http.Protocols)
	p.SetHTTP1(true)
	p.SetUnencryptedHTTP2(true)
	return p
}

// Serve answers what arrives on l until ctx ends. Then it goes on for [EndpointOptions.Delay], closes l,
// lets the replies in flight finish, and returns nil; after [EndpointOptions.Drain] it closes their
// connections and returns an error that says so. It always closes l. It must be called once.
func (e *Endpoint) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler:           e,
		Protocols:         protocols(),
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: maxStreams, MaxReceiveBufferPerConnection: maxUnread},
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(e.log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(netutil.LimitListener(l, e.opts.MaxConns)) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve interactions on %v: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	e.draining.Store(true)
	sleep(context.WithoutCancel(ctx), e.opts.Delay)
	err := e.shutdown(srv)
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// shutdown ends srv once its replies in flight have gone and the work behind them is done, or at the latest
// after the drain time.
func (e *Endpoint) shutdown(srv *http.Server) error {
	// Not derived from the context of Serve, which is over.
	ctx, cancel := context.WithTimeout(context.Background(), e.opts.Drain)
	defer cancel()
	deadline, _ := ctx.Deadline()
	defer func() { e.later.drain(max(time.Until(deadline), 0)) }()
	err := srv.Shutdown(ctx)
	if err == nil {
		return nil
	}
	_ = srv.Close()
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop serving interactions: replies were still in flight after %v", e.opts.Drain)
	}
	return fmt.Errorf("stop serving interactions: %w", err)
}
